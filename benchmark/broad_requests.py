"""Requests that name a topic at most, and lists that belong to one question: patterns over lower-case texts.

"I need more information about the trip" asks for a fact only where nothing says which: where "such as how many people
come" or "How many people come?" stands beside it, that is what is asked.
"""

import re

_INFORMATION = (
    r"(?:information|infos?|details?|context|data|specifics|clarifications?|clarity|clues?|hints?|background"
    r"|particulars|inputs?|pieces? (?:of (?:the |this )?)?(?:information|data|puzzle)|rest of (?:the|your) [a-z]+"
    r"|(?:full|complete|original|entire) (?:problem|question|story)(?: statement)?|story|passage"
    r"|problem (?:description|statement|text))"
)
_QUALIFIED = r"(?: (?!about\b|of\b|for\b|on\b|in\b|to\b|how\b|what\b|which\b|where\b|when\b|who\b)[a-z'-]+){0,4}?"

_BROAD = re.compile(
    rf"\b(?:need|needs|require|provide|give|share|have|know|specify|tell|supply|send|like|love|missing|for|add|offer"
    rf"|include|get|clarify)\b(?: me| us)?{_QUALIFIED} {_INFORMATION}\b"
    rf"|^(?:(?:what|which)(?: (?:other|more|further|additional|specific))*|(?:do you know|is there))? ?"
    rf"(?:any |some |more |further |other |additional )*{_INFORMATION}\b"
    r"|^\W*(?:(?:or|and) )*(?:any|some|all)(?: [a-z]+){0,3}? "
    rf"(?:{_INFORMATION}|constraints|conditions|totals|amounts|numbers|values|factors|considerations)\b"
    r"|^\W*(?:(?:or|and) )*(?:anything|something) else\b"
    r"|^\W*any(?: [a-z]+){0,2} other (?:things?|points?|facts?|wishes|requirements|preferences)\b"
)
_NAMING = re.compile(
    rf"\b{_INFORMATION}(?P<about>[^,:;?]{{0,80}}?)[,:]? \(?(?:such as|including|like|namely|specifically|for example,?"
    r"|for instance,?|e\.g\.,?|i\.e\.,?)[:]? (?P<named>.*)",
    re.IGNORECASE | re.DOTALL,
)
FOLLOW_UP = re.compile(r"[,;]?\s+(?:(?:and|or|but),? )?if (?:so\b|(?:yes|not|no),).*", re.DOTALL)
"""A second question that depends on the first one's answer, in one sentence with it."""
FOLLOWS_UP = re.compile(r"^\W*(?:(?:and|or|but),? )?(?:if (?:so|yes|not|no)\b,?|at what price\?|why or why not)")
SAYS_AGAIN = re.compile(
    r"^\W*(?:in other words|put (?:differently|another way)|or rather|that is(?: to say)?,|i mean|to put it|meaning)\b"
)
CHOICES_LEAD = re.compile(
    r"\b(?:which (?:one|of (?:these|them|the following))|one of (?:these|the)(?: following)? (?:options|categories"
    r"|values|choices)"
    r"|(?:options|choices|possible values|allowed values|categories) (?:are|include)|choose (?:from|between|one))\b"
)
"""What opens a list of a question's possible answers."""
QUESTION_LEAD = re.compile(
    r"^(?:(?:so|and|also|then|now|for (?:example|instance)),? )*(?:did|does|do|is|was|are|were|has|have|had|can|could"
    r"|will|would)\b[^.?!]*:$"
)
"""A question whose list of items are its possible endings: "Did he:"."""


def is_broad(lower: str) -> bool:
    """Say whether a lower-case request asks for information as such, of whatever topic."""
    return _BROAD.search(lower) is not None


def named_in(text: str) -> str | None:
    """Return what a request for information names as examples of it ("details such as the price"), or None."""
    found = _NAMING.search(text)
    return found["named"] if found else None
