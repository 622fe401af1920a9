"""Loads chosen dialogues in full and lays them out for the page, within a budget of bytes.

Only what is chosen is loaded. Text is kept as it was said, control characters too: whoever shows it has to escape it.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from inspect_ai.log import read_eval_log_sample

from askfirst.benchmark.errors import LogError
from askfirst.benchmark.measures import has_target, is_right, outcome_of
from askfirst.benchmark.record import AskedQuestion, Turn
from askfirst.benchmark.scenario import Scenario
from askfirst.benchmark.timeline import attempt_turn
from askfirst.reports.damage import UNREADABLE, describe_damage
from askfirst.reports.dialogues import LoggedDialogue, read_dialogue
from askfirst.reports.leaderboard.board import ShownDialogue, ShownFragment, ShownQuestion, ShownTurn, Status
from askfirst.reports.leaderboard.boards import short_hash
from askfirst.reports.leaderboard.choose import Choice
from askfirst.reports.leaderboard.loading import Candidate, Loaded
from askfirst.reports.leaderboard.public import last_part
from askfirst.reports.show import fragment_status

BUDGET_BYTES = 160_000
"""What all dialogues of a report may take as JSON: the page has to stay under 1.5 MB, and marks them up."""

MAX_CHARACTERS = 4_000
"""What is kept of one message; the log has the rest."""

MAX_MISSES = 5
"""Dialogues that do not fit the budget any more, after which no more are tried."""

SURROGATE = re.compile(r"[\ud800-\udfff]")
"""Half of a character, which no file can hold."""


def show_dialogues(
    choices: Sequence[Choice], keys: Mapping[str, str], viewer: str, budget: int = BUDGET_BYTES
) -> tuple[ShownDialogue, ...]:
    """Load dialogues in the order of the choices until the budget is spent; each is there once.

    Args:
        choices: What to show, what matters most first.
        keys: Of entries, by evaluation id.
        viewer: Address of a bundle of Inspect's viewer; empty without one.
        budget: Bytes of JSON.

    Raises:
        LogError: If a sample can't be read.
    """
    shown: dict[str, ShownDialogue] = {}
    spent = misses = 0
    for choice in choices:
        if misses > MAX_MISSES:
            break
        both = [(choice.log, choice.candidate), *([choice.beside] if choice.beside else [])]
        names = [dialogue_key(keys[log.eval_id], each) for log, each in both]
        beside = names[1] if len(names) > 1 else ""
        new = {
            name: show_dialogue(log, each, keys[log.eval_id], choice.reason, viewer)
            for name, (log, each) in zip(names, both, strict=True)
            if name not in shown
        }
        size = sum(len(each.model_dump_json().encode()) for each in new.values())
        if spent + size > budget:
            misses += 1  # a shorter one may still fit
            continue
        spent += size
        shown |= new
        if beside and not shown[names[0]].beside:
            shown[names[0]] = shown[names[0]].model_copy(update={"beside": beside})
    return tuple(shown.values())


def dialogue_key(entry: str, candidate: Candidate) -> str:
    """Return a dialogue's key, fit for a link."""
    return f"{entry}-{short_hash(candidate.sample, str(candidate.epoch))}"


def show_dialogue(log: Loaded, candidate: Candidate, entry: str, chosen: str, viewer: str) -> ShownDialogue:
    """Load one dialogue and lay it out.

    Raises:
        LogError: If the sample can't be read.
    """
    logged = _load(log.path, candidate.sample, candidate.epoch)
    scenario, turns = logged.scenario, logged.turns
    return ShownDialogue(
        key=dialogue_key(entry, candidate),
        entry=entry,
        problem=candidate.problem,
        arm=candidate.arm,
        epoch=candidate.epoch,
        chosen=chosen,
        outcome=outcome_of(scenario, turns),
        target=cut(scenario.problem.target) if has_target(scenario) else "",
        right=bool(is_right(turns)) if has_target(scenario) else None,
        opening=cut(logged.opening),
        fragments=tuple(_fragment(scenario, turns, place) for place in range(len(scenario.problem.fragments))),
        turns=tuple(_turn(scenario, turn, logged.said, attempt_turn(turns)) for turn in turns),
        beside="",
        viewer=_address(viewer, last_part(log.path), candidate) if viewer else "",
    )


def cut(text: str) -> str:
    """Return a text's first characters, and how many more there are; halves of characters are replaced."""
    text = SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text)
    more = len(text) - MAX_CHARACTERS
    return text if more <= 0 else f"{text[:MAX_CHARACTERS]} ... ({more} more characters)"


def _address(viewer: str, log: str, candidate: Candidate) -> str:
    sample = quote(candidate.sample, safe="")
    return f"{viewer.rstrip('/')}/#/logs/{quote(log, safe='')}/samples/sample/{sample}/{candidate.epoch}"


def _load(path: str, sample: str, epoch: int) -> LoggedDialogue:
    try:
        return read_dialogue(read_eval_log_sample(path, sample, epoch), Path(path).name)
    except UNREADABLE as error:
        raise LogError(f"{path}: sample {sample!r}: {describe_damage(error)}") from error


def _fragment(scenario: Scenario, turns: Sequence[Turn], place: int) -> ShownFragment:
    fragment = scenario.problem.fragments[place]
    status, _, turn = fragment_status(scenario, turns, fragment).partition(" in turn ")
    return ShownFragment(
        id=fragment.id,
        text=cut(fragment.text),
        necessary=fragment.necessary,
        status=_status(status),
        turn=int(turn) if turn else None,
    )


def _status(name: str) -> Status:
    for status in ("elicited", "told", "never asked", "not needed", "shown"):
        if name == status:
            return status
    raise ValueError(f"{name!r} is no status of a fragment")


def _turn(scenario: Scenario, turn: Turn, said: Sequence[str], first: int | None) -> ShownTurn:
    lacking = [name for name in scenario.hidden_necessary if name not in turn.known]
    return ShownTurn(
        number=turn.number,
        said=cut(said[turn.number - 1]) if turn.number <= len(said) else "",
        kind=turn.kind,
        questions=tuple(_question(question) for question in turn.questions),
        attempted=turn.attempted,
        answer=cut(turn.answer),
        right=turn.right if has_target(scenario) else None,
        lacking=tuple(lacking) if turn.number == first else (),
        reply=cut(turn.reply),
    )


def _question(question: AskedQuestion) -> ShownQuestion:
    return ShownQuestion(
        text=cut(question.text),
        targets=question.targets,
        kind=question.kind,
        why=cut(question.why),
        unsure=question.unsure,
        hit=bool(question.hits),
    )
