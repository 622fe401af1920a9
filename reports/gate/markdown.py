"""A report as Markdown for a job summary or a comment, in which nothing that a model wrote is markup."""

from collections.abc import Iterator
from textwrap import wrap
from typing import NamedTuple

from askfirst.reports.gate.blocks import Block, Bullets, Command, Grid, Paragraph, SideBySide
from askfirst.reports.gate.escaping import escape, fence
from askfirst.reports.gate.phrases import badge, count
from askfirst.reports.gate.story import WORST, tell
from askfirst.reports.gate.verdict import GateReport, Spoken
from askfirst.reports.printable import message, one_line

JOB_SUMMARY_LIMIT = 1_000_000
"""Bytes; GitHub shows no step's summary of more than 1 MiB, and other commands of the step may write there too."""
COMMENT_LIMIT = 64_000
"""Bytes; GitHub takes comments of 65,536 characters, and an action may add a line of its own."""
LEAST_LIMIT = 16_384
"""Bytes that the verdict's sentence and the note of what is left out always fit in."""

MOST_DIALOGUES = 20
MOST_TURNS = 12
MOST_CHARACTERS = 2_000
"""Of one message."""
MOST_INLINE = 500
"""Characters of one name or reason."""
FULL_WIDTH, HALF_WIDTH = 110, 56
"""Columns of code that stand in a page without a scroll bar, which would hide text."""


def render_markdown(report: GateReport, limit: int = JOB_SUMMARY_LIMIT) -> str:
    """Write a report as GitHub's Markdown of at most `limit` bytes, with a newline at its end.

    Where it would be longer, dialogues are left out first, the worst problem's last, then sections from the end; the
    text says so.

    Args:
        report: What the check found.
        limit: Bytes in UTF-8, at least `LEAST_LIMIT`.

    Raises:
        ValueError: If `limit` is too small.
    """
    if limit < LEAST_LIMIT:
        raise ValueError(f"limit must be at least {LEAST_LIMIT} bytes, got {limit}")
    head = f"## {badge(report.verdict)}\n\n**{_inline(report.sentence.removeprefix(f'{report.verdict}: '))}**"
    sections = [_Written(title, list(map(_render_block, blocks))) for title, blocks in tell(report, MOST_DIALOGUES)]
    for shorter, note in _ever_shorter(sections):
        text = "\n\n".join([head, *(section.text for section in shorter), *([f"_{note}_"] if note else [])]) + "\n"
        if len(text.encode()) <= limit:
            return text
    raise AssertionError("the sentence alone is within the least limit")  # cut to MOST_INLINE


class _Written(NamedTuple):
    """A section in Markdown, its blocks apart."""

    title: str
    blocks: list[str]

    @property
    def text(self) -> str:
        return "\n\n".join([f"### {self.title}", *self.blocks])


def _ever_shorter(sections: list[_Written]) -> Iterator[tuple[list[_Written], str]]:
    """Yield what to write, longest first, each with a note that says what is left out."""
    yield sections, ""
    worst = [section for section in sections if section.title == WORST]
    rest = [section for section in sections if section.title != WORST]
    dialogues = sum(len(section.blocks) for section in worst)
    for kept in range(dialogues - 1, 0, -1):
        shortened = _Written(WORST, worst[0].blocks[:kept])
        note = f"the dialogues of {count(dialogues - kept, 'problem')}"
        yield [shortened if section.title == WORST else section for section in sections], _left_out([note])
    for kept in range(len(rest), -1, -1):
        yield rest[:kept], _left_out([section.title for section in (*worst, *rest[kept:])])


def _left_out(names: list[str]) -> str:
    return f"Left out, for this would be too long: {'; '.join(names)}. See gate.json."


def _render_block(block: Block) -> str:
    match block:
        case Paragraph(text):
            return _inline(text)
        case Bullets(items):
            return "\n".join(f"- {_inline(item)}" for item in items)
        case Command(text):
            return fence(one_line(text, MOST_CHARACTERS))
        case Grid(header, rows):
            cells = [header, ("---",) * len(header), *(tuple(_inline(cell.text) for cell in row) for row in rows)]
            return "\n".join(f"| {' | '.join(row)} |" for row in cells)
        case SideBySide():
            return _render_dialogues(block)


def _render_dialogues(pair: SideBySide) -> str:
    openings = {spoken.opening for spoken in (pair.baseline, pair.candidate) if spoken is not None}
    shared = [fence(_speak("user", opening, FULL_WIDTH)) for opening in openings if len(openings) == 1]
    columns = [fence(_write_spoken(spoken, bool(shared))) for spoken in (pair.baseline, pair.candidate)]
    return "\n\n".join(
        [
            f"<details><summary>{_inline(pair.title)}</summary>",
            *shared,
            f'<table><tr><th>{pair.against}</th><th>candidate</th></tr><tr><td valign="top">',
            columns[0],
            '</td><td valign="top">',
            columns[1],
            "</td></tr></table>",
            "</details>",
        ]
    )


def _write_spoken(spoken: Spoken | None, opening_shown: bool) -> str:
    if spoken is None:
        return "(its log is not at hand)"
    lines = [] if opening_shown else [_speak("user", spoken.opening, HALF_WIDTH)]
    for turn in spoken.turns[:MOST_TURNS]:
        lines.append(_speak("model", turn.said or "(empty message)", HALF_WIDTH))
        lines.append(_fold(f"· {one_line(turn.note, MOST_INLINE)}", HALF_WIDTH))
        lines += [_speak("user", turn.reply, HALF_WIDTH)] if turn.reply else []
    if len(spoken.turns) > MOST_TURNS:
        lines.append(f"({len(spoken.turns) - MOST_TURNS} more turns)")
    return "\n".join([*lines, _fold(f"=> {one_line(spoken.outcome, MOST_INLINE)}", HALF_WIDTH)])


def _speak(speaker: str, text: str, width: int) -> str:
    """Set a message in from its speaker, so that none can put words into another's mouth."""
    return f"{speaker}:\n{_fold(message(text, MOST_CHARACTERS), width, indent='  ')}"


def _fold(text: str, width: int, indent: str = "") -> str:
    lines = [part for line in text.split("\n") for part in wrap(line, width - len(indent)) or [""]]
    return "\n".join(f"{indent}{line}".rstrip() for line in lines)


def _inline(text: str) -> str:
    return escape(one_line(text, MOST_INLINE))
