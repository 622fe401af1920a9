"""A dialogue as tokens: the prompt, then pieces by student and teacher, with the mask that tells them apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Piece:
    """Tokens that follow each other and have one author."""

    ids: tuple[int, ...]
    by_student: bool
    logprobs: tuple[float, ...] = ()
    """Of the student's tokens as they were sampled, at most 0; empty for tokens that nobody sampled."""


@dataclass
class Transcript:
    """Grows by pieces while the dialogue goes on."""

    prompt: tuple[int, ...]
    pieces: list[Piece] = field(default_factory=list[Piece])

    def add_student(self, ids: Sequence[int], logprobs: Sequence[float] = ()) -> None:
        """Add a turn of the student, with its end if it was sampled."""
        if logprobs and len(logprobs) != len(ids):
            raise ValueError(f"{len(ids)} tokens with {len(logprobs)} log-probabilities")
        self.pieces.append(Piece(tuple(ids), True, tuple(logprobs)))

    def add_teacher(self, ids: Sequence[int]) -> None:
        """Add what comes between two turns of the student."""
        self.pieces.append(Piece(tuple(ids), False))

    @property
    def ids(self) -> list[int]:
        """All tokens, the prompt's first."""
        return [*self.prompt, *self.completion]

    @property
    def completion(self) -> list[int]:
        """The tokens after the prompt."""
        return [token for piece in self.pieces for token in piece.ids]

    @property
    def mask(self) -> list[int]:
        """One number a token of the completion: 1 for the student's tokens, 0 for all others."""
        return [int(piece.by_student) for piece in self.pieces for _ in piece.ids]

    @property
    def logprobs(self) -> list[float]:
        """One number a token of the completion, 0 where nobody sampled it."""
        return [value for piece in self.pieces for value in piece.logprobs or (0.0,) * len(piece.ids)]

    @property
    def labels(self) -> list[int]:
        """One number a token of `ids`: the token where the student wrote it, -100 (no loss) elsewhere."""
        marks = [0] * len(self.prompt) + self.mask
        return [token if mark else -100 for token, mark in zip(self.ids, marks, strict=True)]

    @property
    def student_tokens(self) -> int:
        """How many tokens the student wrote."""
        return sum(self.mask)


def to_json(transcript: Transcript) -> dict[str, Any]:
    """Return a transcript as JSON has it, without log-probabilities."""
    return {
        "prompt": list(transcript.prompt),
        "pieces": [{"ids": list(piece.ids), "by_student": piece.by_student} for piece in transcript.pieces],
    }


def from_json(row: Mapping[str, Any]) -> Transcript:
    """Return what `to_json` wrote."""
    pieces = [Piece(tuple(piece["ids"]), bool(piece["by_student"])) for piece in row["pieces"]]
    return Transcript(tuple(row["prompt"]), pieces)
