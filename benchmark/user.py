"""The rule-based simulated user: the matcher chose the fragments, this code speaks their texts word for word."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from askfirst.benchmark.matcher import Match
from askfirst.benchmark.scenario import DRIPPING, LAST_CALL, Scenario, bullet_list

USER_IDENTITY = "rules-1"
"""Goes up whenever a reply could change."""

ASK_BACK = "What do you need to know?"
DONT_KNOW = "I don't know."
DOES_NOT_MATTER = "That does not matter here."
GO_ON = "Please go on."
UNREADABLE = "I can't read that as an answer. Please go on."
NOTHING_LEFT = "That is all I know. Please go on."


class Reply(NamedTuple):
    """What the user says, and which fragments are new in it."""

    text: str
    revealed: tuple[str, ...]


def reply_to(
    scenario: Scenario,
    known: Collection[str],
    matches: Sequence[Match],
    *,
    attempted: bool,
    malformed: bool,
    said: Sequence[str],
    recapped: bool,
) -> Reply:
    """Return the user's reply to a turn that did not end the dialogue. Same inputs, same bytes.

    Args:
        scenario: The scenario.
        known: Ids of the fragments that the subject knows.
        matches: What each of the turn's questions targets, in order.
        attempted: Whether the turn attempts an answer: then its questions are answered by nobody.
        malformed: Whether the turn marks an answer that can't be parsed.
        said: Texts of all that the user has said so far, goal first, for the conditions that restate it.
        recapped: Whether the user has restated everything, which `recap` does once.
    """
    due = _due_fragments(scenario, known, () if attempted else matches)
    sentences = [] if attempted else _answers(scenario, known, due, matches)
    problem = scenario.problem
    if scenario.condition in DRIPPING:
        sentences.extend(text for name in due if (text := problem.fragment(name).text) not in sentences)
        left = [name for name in scenario.hidden if name not in known]
        if not left and scenario.condition == "recap" and not recapped:
            sentences = [f"Here is everything again:\n{bullet_list(tuple(said))}"]
        elif not left and not sentences:
            sentences = [NOTHING_LEFT]
        elif scenario.condition == "snowball":
            sentences = [f"What I have said so far:\n{bullet_list(tuple(said))}\n\n{' '.join(sentences)}"]
    if not sentences:
        sentences = [UNREADABLE if malformed else GO_ON]
    return Reply(" ".join(sentences), due)


def with_last_call(text: str) -> str:
    """Add the sentence that asks for an answer now."""
    return f"{text}\n\n{LAST_CALL}"


def _due_fragments(scenario: Scenario, known: Collection[str], matches: Sequence[Match]) -> tuple[str, ...]:
    """Return the hidden fragments that this reply reveals, in the order in which they were asked for."""
    left = [name for name in scenario.hidden_necessary if name not in known]
    asked = list(dict.fromkeys(name for match in matches for name in match.targets if name in left))
    if scenario.condition in DRIPPING:
        return tuple((asked or left)[:1])
    return tuple(asked)


def _answers(scenario: Scenario, known: Collection[str], due: Collection[str], matches: Sequence[Match]) -> list[str]:
    """Return one sentence for each thing that the questions ask, in their order, none twice."""
    sentences: list[str] = []
    for match in matches:
        if match.kind == "general":
            sentences.append(ASK_BACK)
        elif match.kind == "unanswerable":
            sentences.append(DONT_KNOW)
        for name in match.targets:
            fragment = scenario.problem.fragment(name)
            if name in due or name in known:
                sentences.append(fragment.text)
            elif not fragment.necessary:
                sentences.append(DOES_NOT_MATTER)
            # what is left is hidden, necessary and not due: in a dripping condition its turn comes later
    return list(dict.fromkeys(sentences))
