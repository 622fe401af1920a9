"""What the viewer shows beside a turn, for people, in Markdown."""

import re

from askfirst.benchmark.record import Turn
from askfirst.benchmark.scenario import Scenario


def describe_turn(turn: Turn, scenario: Scenario) -> str:
    """Describe a turn for people, in Markdown: what the viewer shows beside it."""
    lines = [f"**turn {turn.number}: {turn.kind}** ({turn.reader_rule})"]
    if turn.attempted:
        determined = scenario.problem.determined(turn.known)
        verdict = "right" if turn.right else "wrong"
        when = "after the last call" if turn.after_last_call else "determined" if determined else "premature"
        lines.append(f"- answer {describe_answer(turn.answer)}: {verdict}, {when}{describe_check(turn)}")
    for question in turn.questions:
        targets = ", ".join(question.targets) or question.kind
        outcome = f"reveals {', '.join(question.hits)}" if question.hits else "reveals nothing new"
        bits = "" if question.gain_bits is None else f", {question.gain_bits:.2f} bits"
        lines.append(f"- asks for **{targets}**: {outcome}{bits} ({question.why})")
    if turn.revealed:
        lines.append(f"- now known: {', '.join(turn.revealed)}")
    if turn.misstated:
        lines.append(f"- told with a wrong value: {turn.misstated}")
    if turn.corrected:
        lines.append(f"- put right: {turn.corrected}")
    return "\n".join(lines)


def describe_answer(answer: str) -> str:
    """Quote an answer in Markdown: in line, or as a block where it has several lines."""
    if "\n" not in answer:
        return f"`{answer or '?'}`"
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", answer)), default=0))
    return f"\n\n{fence}\n{answer}\n{fence}\n\n"


def describe_check(turn: Turn) -> str:
    """Say what the check added: the share of parts that are right, and its note."""
    share = "" if turn.share is None else f", {turn.share:.0%} of its parts"
    return share + (f" ({turn.check_note})" if turn.check_note else "")
