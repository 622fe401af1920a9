"""Token ids of a dialogue under any instruct model's chat template.

A dialogue of the trainer is never rendered again as a whole: what the student sampled stays, token for token, and what
comes after it is appended. Rendering anew could tokenize the student's words differently, and some templates drop parts
of earlier turns; then the tokens that are trained would not be those that were sampled. In an evaluation the model gets
what every server would give it: the messages rendered as a whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from jinja2 import TemplateError

from askfirst.benchmark.errors import CheckpointError

_STUDENT = "student-words-stand-here"
_OPENING = "opening-stands-here"


@dataclass(frozen=True)
class Chat:
    """A tokenizer with its chat template."""

    tokenizer: Any
    """A tokenizer of transformers; its types name optional packages."""

    def __post_init__(self) -> None:
        """Refuse a tokenizer without a chat template."""
        if not self.tokenizer.chat_template:
            raise CheckpointError(
                f"{self.tokenizer.name_or_path}: no chat template; expected an instruct model's tokenizer; "
                "choose an instruct model"
            )

    def open(self, system: str, message: str) -> list[int]:
        """Return the tokens of a system message and the first user message, up to where the student's words begin.

        Templates that know no system role get it at the head of the user's message.
        """
        return self.read([("system", system), ("user", message)])

    def read(self, turns: Sequence[tuple[str, str]], **settings: Any) -> list[int]:
        """Return the tokens of a whole dialogue, up to where the model's next words begin.

        Templates that know no system role get a first system message at the head of the user's.

        Args:
            turns: Roles and texts.
            settings: For the template, such as `enable_thinking`.
        """
        try:
            text = self._render(turns, **settings)
        except TemplateError:
            if len(turns) < 2 or (turns[0][0], turns[1][0]) != ("system", "user"):
                raise
            text = self._render([("user", f"{turns[0][1]}\n\n{turns[1][1]}"), *turns[2:]], **settings)
        return self._tokenize(text)

    def reply(self, message: str, *, ended: bool) -> list[int]:
        """Return the tokens between the student's last word and its next turn: the end of the turn, then a reply.

        Args:
            message: What the student is told.
            ended: Whether the student's own tokens already hold the end of its turn.
        """
        turns = [("user", _OPENING), ("assistant", _STUDENT), ("user", message)]
        ids = self._tokenize(self._render(turns).partition(_STUDENT)[2])
        return ids[1:] if ended and ids and ids[0] in self.end_ids else ids

    @cached_property
    def end_ids(self) -> frozenset[int]:
        """Tokens with which a turn of the student ends: at least one."""
        turns = [("user", _OPENING), ("assistant", _STUDENT), ("user", _OPENING)]
        after = self._tokenize(self._render(turns).partition(_STUDENT)[2])
        special = set(self.tokenizer.all_special_ids)
        ends = {after[0]} & special if after else set[int]()
        if self.tokenizer.eos_token_id is not None:
            ends.add(self.tokenizer.eos_token_id)
        if not ends:
            raise CheckpointError(
                f"{self.tokenizer.name_or_path}: no token ends a turn; expected an eos token; set one in the tokenizer"
            )
        return frozenset(ends)

    @property
    def end_id(self) -> int:
        """The token that ends a turn in training texts: the template's own where it has one."""
        after = self.reply(_OPENING, ended=False)
        return after[0] if after[0] in self.end_ids else min(self.end_ids)

    def student(self, text: str) -> list[int]:
        """Return the tokens of a turn that was written for the student, its end included."""
        return [*self._tokenize(text), self.end_id]

    def text(self, ids: Sequence[int]) -> str:
        """Return the words of sampled tokens, without special ones and without space around them."""
        return self.words(ids).strip()

    def words(self, ids: Sequence[int]) -> str:
        """Return the words of sampled tokens as they were sampled, without special ones."""
        return self.tokenizer.decode(list(ids), skip_special_tokens=True)

    def _render(self, turns: Sequence[tuple[str, str]], **settings: Any) -> str:
        messages = [{"role": role, "content": content} for role, content in turns]
        return self.tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True, **settings)

    def _tokenize(self, text: str) -> list[int]:
        # a template writes its own special tokens, so the tokenizer must not add them again
        return self.tokenizer(text, add_special_tokens=False)["input_ids"]
