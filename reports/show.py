"""Annotated dialogues in the terminal: what was hidden, what was asked, and where an answer came too early."""

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from textwrap import indent

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.text import Text

from askfirst.benchmark.measures import has_target, outcome_of
from askfirst.benchmark.problem import Fragment
from askfirst.benchmark.record import AskedQuestion, Turn
from askfirst.benchmark.scenario import Scenario
from askfirst.benchmark.timeline import attempt_turn
from askfirst.reports.dialogues import LoggedDialogue, read_dialogues
from askfirst.reports.printable import message, printable

MAX_MESSAGE_CHARACTERS = 4_000
"""What is printed of one message; the log has the rest."""

STATUS_STYLES = {
    "shown": "dim",
    "elicited": "green",
    "told": "cyan",
    "never asked": "bold red",
    "not needed": "dim",
}
OUTCOME_STYLES = {"informed": "green", "premature": "bold red", "forced": "yellow", "unanswered": "yellow"}


def show_log(log: Path, problem: str | None = None, limit: int = 3, console: Console | None = None) -> None:
    """Print dialogues of a log: those of one problem, or the first few.

    Args:
        log: A log file.
        problem: A problem's or a sample's id; None for the first `limit` dialogues.
        limit: Most dialogues to print when no problem is named, at least 1.
        console: Where to print; standard output by default.

    Raises:
        LogError: If the log can't be read, or has no such problem.
    """
    dialogues: Iterable[LoggedDialogue] = read_dialogues(log, problem)
    if problem is None:
        dialogues = islice(dialogues, limit)
    out = console or Console()
    for logged in dialogues:
        out.print(render_dialogue(logged))


def render_dialogue(logged: LoggedDialogue) -> RenderableType:
    """Lay one dialogue out for the terminal."""
    scenario = logged.scenario
    parts: list[RenderableType] = [_headline(logged), _fragments(scenario, logged.turns), Text()]
    parts.append(_message("user", logged.opening, "blue"))
    for position, turn in enumerate(logged.turns):
        said = logged.said[position] if position < len(logged.said) else ""
        parts.append(Rule(style="dim"))
        parts.append(_message(f"subject {turn.number}", said or "(empty message)", "magenta"))
        parts.append(Padding(Group(*_annotations(scenario, turn, attempt_turn(logged.turns))), (0, 0, 0, 4)))
        if turn.reply:
            parts.append(_message("user", turn.reply, "blue"))
    if logged.calls_again:
        parts.append(Text(f"calls that failed and were made again: {logged.calls_again}", style="dim"))
    if logged.error:
        parts.append(Text(f"sample failed: {printable(logged.error)}", style="bold red"))
    return Panel(Group(*parts), title=Text(logged.sample_id), title_align="left")


def fragment_status(scenario: Scenario, turns: Sequence[Turn], fragment: Fragment) -> str:
    """Say what became of a fragment, in a key of `STATUS_STYLES` and, if it was revealed, the turn."""
    if fragment.id in scenario.opening_known:
        return "shown"
    for turn in turns:
        if fragment.id in turn.revealed:
            asked = any(fragment.id in question.hits for question in turn.questions)
            return f"{'elicited' if asked else 'told'} in turn {turn.number}"
    return "never asked" if fragment.necessary else "not needed"


def _headline(logged: LoggedDialogue) -> Text:
    scenario = logged.scenario
    line = Text(f"arm {scenario.arm}, condition {scenario.condition}: ")
    if scenario.arm == "under":
        outcome = outcome_of(scenario, logged.turns)
        line.append(outcome, style=OUTCOME_STYLES[outcome])
        line.append("; ")
    attempts = [turn for turn in logged.turns if turn.attempted]
    if not attempts:
        line.append("no answer", style="yellow")
    else:
        line.append(f"answered {name_answer(attempts[-1].answer or 'several things')}, ")
        if has_target(scenario):
            right = attempts[-1].right
            line.append("right" if right else "wrong", style="green" if right else "red")
        else:
            line.append("which nothing judges: the source has no right answer", style="dim")
    if scenario.problem.target:
        line.append(f" (target {name_answer(scenario.problem.target)})")
    return line


def name_answer(answer: str) -> str:
    """Quote an answer in one line: of several lines, the first and how many there are."""
    first, _, rest = answer.partition("\n")
    return f"{first!r} and {len(rest.splitlines())} more lines" if rest else repr(answer)


def _wrong_parts(scenario: Scenario, turn: Turn) -> Text:
    """Say what the check found of a wrong answer, and show a target that the headline could not hold."""
    share = "" if turn.share is None else f", {turn.share:.0%} of its parts right"
    line = Text(f"· wrong{share}", style="red")
    if turn.check_note:
        line.append(f": {printable(turn.check_note)}")
    if "\n" in scenario.problem.target:
        line.append(f"\n  target:\n{indent(scenario.problem.target, '    ')}", style="dim")
    return line


def _fragments(scenario: Scenario, turns: Sequence[Turn]) -> Text:
    lines = Text()
    for fragment in scenario.problem.fragments:
        status = fragment_status(scenario, turns, fragment)
        style = STATUS_STYLES[status.partition(" in turn")[0]]
        need = "necessary" if fragment.necessary else "inert"
        lines.append(f"  {fragment.id}", style=style)
        lines.append(f" ({need}, {status}): {fragment.text}\n", style=style)
    return lines


def _message(speaker: str, text: str, style: str) -> RenderableType:
    return Text.assemble((f"{speaker}: ", f"bold {style}"), message(text, MAX_MESSAGE_CHARACTERS))


def _annotations(scenario: Scenario, turn: Turn, first: int | None) -> list[Text]:
    lines = [Text(f"· {turn.kind} ({turn.reader_rule})", style="dim")]
    lines += [_describe_question(question) for question in turn.questions]
    if turn.attempted and not turn.right and scenario.problem.target:
        lines.append(_wrong_parts(scenario, turn))
    if turn.malformed:
        lines.append(Text("· the marked answer can't be parsed: no attempt", style="yellow"))
    if turn.attempted and turn.number == first and scenario.arm == "under":
        lacking = [name for name in scenario.hidden_necessary if name not in turn.known]
        if turn.after_last_call:
            lines.append(Text("· forced: the user had asked for an answer now", style="yellow"))
        elif lacking:
            lines.append(Text(f"· PREMATURE: answers without {', '.join(lacking)}", style="bold red"))
        else:
            lines.append(Text("· informed: everything needed is known", style="green"))
    return lines


def _describe_question(question: AskedQuestion) -> Text:
    targets = ", ".join(question.targets) or question.kind
    line = Text(f"· asks for {targets}", style="green" if question.hits else "yellow")
    if question.hits:
        line.append(" (hidden, now revealed)")
    elif question.known:
        line.append(" (known already)")
    if question.gain_bits is not None:
        line.append(f", {question.gain_bits:.2f} of at best {question.best_bits:.2f} bits")
    line.append(f": {printable(question.text)}", style="dim")
    return line
