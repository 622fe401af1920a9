"""The query, program or text that a message commits to, and what the words around it ask."""

from dataclasses import dataclass

from askfirst.benchmark.alternatives import are_alternatives, offers_cases
from askfirst.benchmark.answer_phrases import refuses
from askfirst.benchmark.answers import ReadValue
from askfirst.benchmark.blocks import (
    fences_that_may_answer,
    is_readable,
    is_sketch,
    natural_block,
    says_no_answer,
)
from askfirst.benchmark.code_blocks import holds_versions, other_program
from askfirst.benchmark.commitments import NO_COMMITMENT, Commitment
from askfirst.benchmark.content import Said
from askfirst.benchmark.fences import Block
from askfirst.benchmark.marker import find_marked_block
from askfirst.benchmark.message import read_sentences
from askfirst.benchmark.problem import BlockForm, CodeForm, TextForm
from askfirst.benchmark.questions import Requests, find_requests
from askfirst.benchmark.texts import declines_text, find_text, is_for_user, promises_text
from askfirst.benchmark.unfit_texts import breaks_off, is_no_text, rambles

MAX_REFUSAL_WORDS = 15
"""Words of an unannounced text up to which words of refusal make it one: a letter may say "we can't deliver"."""


@dataclass(frozen=True, slots=True)
class BlockTurn:
    """What a message commits to whose answer would be a block."""

    requests: Requests
    """What is asked around the block."""
    rest: str
    """The message without the block."""
    marked: ReadValue | None = None
    commitment: Commitment = NO_COMMITMENT


def read_block_turn(text: str, form: BlockForm, known: Said | None, said: str) -> BlockTurn:
    """Read a turn whose answer would be a query, a program or a text; only what stands around it can ask.

    Args:
        text: The subject's own words.
        form: The form of the answer.
        known: What the user has said, as far as it was read.
        said: The same, as it was said.
    """
    marked = find_marked_block(text, form)
    if marked is not None:
        rest = _without(text, marked)
        requests = find_requests(read_sentences(rest), known)
        return BlockTurn(requests=requests, rest=rest, marked=_value_of(marked, form))
    if are_alternatives(text, fences_that_may_answer(text, form)):
        requests = find_requests(read_sentences(text), known)
        return BlockTurn(requests=requests, rest=text, commitment=_hedge("a block for each case"))
    block = natural_block(text, form)
    if block is not None and is_sketch(block, form):
        rest = _without(text, block)
        return BlockTurn(requests=find_requests(read_sentences(rest), known), rest=rest)
    requests = find_requests(read_sentences(text if block is None else _without(text, block)), known)
    if block is None and isinstance(form, CodeForm) and not requests.asked:
        block = other_program(text)  # a program whose function has another name, which its check will say
    if block is not None:
        commitment = Commitment(state="committed", answer=block.text, why=f"a {form.kind}")
        return BlockTurn(requests=requests, rest=_without(text, block), commitment=commitment)
    if offers_cases(text):
        return BlockTurn(requests=requests, rest=text, commitment=_hedge("an answer for each case"))
    turn = _read_text(text, form, known, said) if isinstance(form, TextForm) else None
    return turn or BlockTurn(requests=requests, rest=text)


def _hedge(why: str) -> Commitment:
    return Commitment(state="hedged", why=why, branches=2)


def _without(text: str, block: Block) -> str:
    return f"{text[: block.start]}\n{text[block.end :]}"


def _value_of(block: Block, form: BlockForm) -> ReadValue:
    several = block.several or (isinstance(form, CodeForm) and holds_versions(block.text, form.function))
    if several or says_no_answer(block, form):
        return ReadValue(state="several" if several else "declined")
    if not is_readable(block, form):
        return ReadValue(state="malformed")
    return ReadValue(state="one", answer=block.text)


def _read_text(text: str, form: TextForm, known: Said | None, said: str) -> BlockTurn | None:
    """Read a message that may be the text itself; None where it asks the user, or speaks about writing it."""
    found = find_text(text, form.noun)
    if found is None:
        return None
    block = found.block
    if rambles(block.text):
        return None
    if not found.announced:
        own = find_requests(read_sentences(block.text), known)
        if is_for_user(own.asked, block.text, form.noun, said) or declines_text(block.text, form.noun):
            return None
        if refuses(block.text.lower()) and len(block.text.split()) <= MAX_REFUSAL_WORDS:
            return None
        if breaks_off(block.text) or promises_text(block.text, form.noun) or is_no_text(block.text, form.noun, said):
            return None
    rest = _without(text, block)
    commitment = Commitment(
        state="committed", answer=block.text, why="the announced text" if found.announced else "the whole message"
    )
    return BlockTurn(requests=find_requests(read_sentences(rest), known), rest=rest, commitment=commitment)
