"""The option that a message commits to without a marker."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from askfirst.benchmark import answer_phrases as phrases
from askfirst.benchmark.answers import named_options
from askfirst.benchmark.commitments import NO_COMMITMENT, Asking, Commitment, continues_conclusion
from askfirst.benchmark.content import Said, content_words
from askfirst.benchmark.message import Sentence
from askfirst.benchmark.problem import ChoiceForm

GOAL_SHARE = 0.6
"""Share of the words of the user's question that a sentence needs to answer it."""

_OPTION = "\u25ca"
"""Stands for the option in a sentence, so that patterns can say what comes before and after it."""
_COPULA = r"(?:is|was|must be|has to be|appears to be|seems to be|would be|will be|lies|remains|points|goes|:|=)"
_STRONG = re.compile(
    rf"\b(?:cause|problem|issue|fault|culprit|diagnosis|answer|reason|solution|explanation|source|option|choice|result"
    rf"|conclusion)\b[^.?!]{{0,60}}?(?:\b|(?=[:=])){_COPULA}[^.?!]{{0,60}}{_OPTION}"
    rf"|{_OPTION}[^.?!{_OPTION}]{{0,12}} (?:is|as|would be|must be) (?:(?:the|my|your|our|a|most|likely|correct|right"
    r"|probable|only|best|first) ){0,3}(?:cause|problem|issue|fault|culprit|diagnosis|answer|reason|solution|choice"
    r"|option|pick|one|result)\b"
    rf"|\b(?:go(?:ing)? (?:with|for)|recommend|choose|choosing|pick|opt for|settle on|decide (?:on|for)|select"
    rf"|(?:my|final) (?:answer|choice|pick|recommendation))\b[^.?!]{{0,40}}{_OPTION}"
    rf"|\b(?:ursache|antwort|lösung|ergebnis|causa|respuesta|solución)\b[^.?!]{{0,60}}{_OPTION}"
    rf"|(?:原因|答案|结论|结果)[^.?!]{{0,30}}{_OPTION}"
)
"""Names an option as the answer."""
_LEADING = re.compile(
    r"(?:\b(?:caused by|due to|because of|points? to|indicates?|suggests?|diagnos\w+|conclud\w+|therefore|so|thus"
    r"|hence|must be|it's|it is|this is|that's|that is|you have|consistent with|matches|determined|identified"
    r"|result of|comes down to|i'd say|i believe|i think|likely|goes (?:on|to|in)|leaves|left with|only|remains"
    r"|applies|allows?|belongs|also|daher|deshalb|somit|es|queda)\b|=>|\u2192|\u21d2|所以|因此|是)"
    rf"[^.?!]{{0,100}}{_OPTION}"
)
_FOLLOWING = re.compile(
    rf"{_OPTION}\W{{0,4}}(?:it is|is (?:most |very |quite )?(?:likely|right|correct)|fits|applies|remains|wins"
    rf"|matches|seems"
    r" (?:right|likely))\b"
)
_MENTIONED = re.compile(
    rf"[\"']\W?{_OPTION}\W?[\"'] (?:appears|comes|stands|occurs|is (?:listed|named|mentioned)|needs|requires)"
    rf"|{_OPTION}[\"'*]* would (?:need|require|have)\b"
)
_THEN = re.compile(r"\b(?:so|therefore|thus|hence|leaving|which leaves|also|daher|deshalb)\b|=>|\u2192")
"""Parts what a sentence rules out or considers from what it concludes."""


def find_choice(
    sentences: Sequence[Sentence], form: ChoiceForm, asking: Asking, said: Said | None = None
) -> Commitment:
    """Find the option that a message commits to; the last committing sentence counts.

    Args:
        sentences: The message's own sentences.
        form: The options.
        asking: Where the message asks.
        said: What the user has said: a sentence in the words of the user's question answers it.
    """
    hedged: set[str] = set()
    for place in range(len(sentences) - 1, -1, -1):
        sentence = sentences[place]
        options = () if place in asking.places or sentence.lower.endswith("?") else named_options(sentence.text, form)
        if not options:
            continue
        named = _read_sentence(sentence, options, form)
        tentative = phrases.CHOICE_TENTATIVE.search(named.text) is not None
        commits = named.firm or _answers_goal(sentence, said) or continues_conclusion(sentences, place)
        alone = place == len(sentences) - 1 and len(sentence.text) < len(named.options[0]) + 12
        in_time = named.strong or place > asking.last or phrases.EXPLICIT.search(sentence.lower)
        if named.mentioned:
            continue
        if len(named.options) == 1 and not tentative and (commits or alone) and in_time:
            why = "committing sentence" if commits else "only an option"
            return Commitment(state="committed", answer=named.options[0], why=why, place=place)
        if tentative or (len(named.options) > 1 and commits):
            hedged.update(named.options)
    return Commitment(state="hedged", why="tentative option", branches=len(hedged)) if hedged else NO_COMMITMENT


class _Named(NamedTuple):
    """How a sentence names options."""

    options: Sequence[str]
    text: str
    """The sentence in lower case, with a sign in place of the first option."""
    strong: bool
    """It names the option as the answer."""
    firm: bool
    """It commits to the option."""
    mentioned: bool
    """It only mentions the option."""


def _read_sentence(sentence: Sentence, options: Sequence[str], form: ChoiceForm) -> _Named:
    """Read how a sentence names options; of several, the one counts that it concludes with."""
    lower = sentence.lower
    tail = _THEN.split(lower)[-1]
    if len(options) > 1 and tail != lower and len(last := named_options(tail, form)) == 1:
        options, lower = last, f"so {tail}"  # "it is not the fan, so it's the empty tank"
    text = lower.replace(options[0].lower(), _OPTION)
    strong = _STRONG.search(text) is not None
    firm = strong or _LEADING.search(text) is not None or _FOLLOWING.search(text) is not None
    return _Named(options, text, strong, firm, _MENTIONED.search(text) is not None)


def _answers_goal(sentence: Sentence, said: Said | None) -> bool:
    """Say whether a sentence says in the user's words what the user wants to know."""
    if said is None or len(said.goal) < 2 or said.repeated_in(sentence.text):
        return False
    return len(said.goal & content_words(sentence.text)) >= GOAL_SHARE * len(said.goal)
