"""A problem's fragments as the question matcher sees them: weighted words, names, kinds of values.

Built once a problem. Values are no names: what a text says is indexed without its value's words, and the words of the
whole domain count as options, so that which value is the true one decides nothing.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from askfirst.benchmark.asked import MEASURE_UNITS, MEASURES, Asked, asked_of
from askfirst.benchmark.problem import CallForm, Fragment, NumberForm, Problem, Value, ValueKind
from askfirst.benchmark.words import (
    LIGHT,
    STOPS,
    clean,
    is_everyday,
    is_slip,
    related,
    stem,
    synonyms,
    words_of,
)

SYNONYM = 0.85
"""What a synonym counts against the word itself, as does a word of the same family."""
SLIP = 0.95
"""What a word counts that is a slip of the keyboard away."""
IN_TEXT = 0.75
"""What a word counts that stands in a fragment's text but in none of its names."""
OPTION = 0.85
"""What a word of the fragment's domain counts ("is it red or amber?")."""
UNKNOWN = 1.1
"""What a word weighs that no fragment holds; `ONLY_GOAL` where the goal does, `VERB` where it is a common verb."""
ONLY_GOAL = 0.5
VERB = 0.35
ABSENT = 1.25
"""How much more a word counts against an entry that lacks it where another fragment has it, with a least weight."""
LEAST_ABSENT = 0.45
REQUESTED = 0.25
"""The most that a word of a request counts against a fragment that lacks it."""
TOPIC = 0.1
"""What a proper name in the goal weighs that is no person's: the device, the place that all is about."""
COMMON = 0.15
"""What a word weighs that every fragment holds."""

_PREPOSITIONS = frozenset("of in on at by for with about to from per each that who which a an the is".split())
_CLAUSES = frozenset("whether how where when what why who".split())
_LEADS = frozenset("what which is are was were the a an please tell me give".split())
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december".split()
)
_TOKEN = re.compile(r"[^\W\d_]\w*|'s\b|\S")
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_TIME_UNITS = frozenset(stem(word) for word in ("second", "minute", "hour", "day", "week", "month", "year"))
_MONEY_UNITS = frozenset(stem(word) for word in ("dollar", "euro", "pound", "cent"))

Stems = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Entry:
    """One fragment, or the goal."""

    id: str
    """Empty for the goal."""
    kind: ValueKind
    support: Stems
    """What each stem counts here, in (0, 1]."""
    asked: frozenset[Asked]
    """What its own question asks for."""
    names: tuple[tuple[Stems, float], ...]
    """Each way to refer to it: its stems with their weights, and the weights' sum (greater than 0)."""
    heads: frozenset[str]
    """The stems of the nouns that its noun phrases are built around ("price" of "price of the guitar")."""
    options: frozenset[str]
    """The stems of its domain's words, where these are words."""
    argument: bool
    """Whether the called function has a parameter for it."""
    people: frozenset[str]
    """People that it names, in lower case."""
    days: frozenset[str]
    """Weekdays and months that it names, in lower case."""
    values: frozenset[str]
    """Its value's words: they decide only between fragments that are equally good."""


@dataclass(frozen=True, slots=True)
class FragmentIndex:
    """What `match_question` needs of a problem."""

    entries: tuple[Entry, ...]
    """The fragments in the problem's order, and the goal as the last."""
    people: frozenset[str]
    """People that the problem names, in lower case."""
    topic: frozenset[str]
    """Stems of the goal's proper names that are no person's: the device, the place."""
    request: frozenset[str]
    """Unless a number is looked for: the stems of what the goal says, which are no fact that could be asked for."""
    holders: Mapping[str, tuple[tuple[int, float], ...]]
    """Positions of the entries that a stem stands in, with what it counts there."""
    known: Mapping[str, tuple[tuple[str, float], ...]]
    """By a question's stem, the problem's stems that it meets, with what the meeting counts in (0, 1]."""
    written: Mapping[str, tuple[tuple[str, str], ...]]
    """The problem's words as they are written, with their stems, by first letter: where slips are looked for."""
    exact: Mapping[tuple[str, ...], tuple[int, ...]]
    """Positions of the fragments that go by exactly these words."""

    @property
    def size(self) -> int:
        """The number of fragments."""
        return len(self.entries) - 1

    def meets(self, word: str, root: str) -> tuple[tuple[str, float], ...]:
        """Return the problem's stems that a question's word meets, with what the meeting counts in (0, 1]."""
        if (found := self.known.get(root)) is not None:
            return found
        if len(word) < 4 or is_everyday(root):
            return ()
        near = {other: SYNONYM for _, other in self.written.get(word[0], ()) if related(root, other)}
        near |= {other: SLIP for written, other in self.written.get(word[0], ()) if is_slip(word, written)}
        return tuple(sorted(near.items()))


def rarity(holders: int, count: int) -> float:
    """Return what a word tells apart that stands in `holders` of `count` fragments, in [COMMON, 1]."""
    if holders == 0:
        return UNKNOWN
    return 1.0 if count < 2 else COMMON + (1 - COMMON) * log(count / min(holders, count)) / log(count)


def naming(words: Iterable[str]) -> tuple[str, ...]:
    """Return words without the question's beginning and articles, for comparing word for word."""
    kept = [word for word in words if word not in ("the", "a", "an", "please")]
    while kept and kept[0] in _LEADS:
        kept.pop(0)
    return tuple(stem(word) for word in kept)


def content(words: Iterable[str]) -> list[tuple[str, str]]:
    """Return the words that can identify something with their stems: no stop or question words, signs or numbers."""
    pairs = ((word, stem(word)) for word in words if word.isalpha() and len(word) > 1)
    return [(word, root) for word, root in pairs if word not in STOPS]


def index_fragments(problem: Problem) -> FragmentIndex:
    """Prepare a problem for `match_question`."""
    people = _people(problem)
    descriptions = _descriptions(problem)
    drafts = [_draft(fragment, descriptions.get(fragment.id, "")) for fragment in problem.fragments]
    sentences = _SENTENCE.split(problem.goal)
    goal_names = [words_of(clean(one)) for one in [one for one in sentences if "?" in one] or sentences]
    drafts.append(_Draft((), goal_names, dict.fromkeys(_stems(words_of(clean(problem.goal))), 1.0)))

    holders: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, draft in enumerate(drafts):
        for root, strength in draft.support.items():
            holders[root].append((place, strength))
    count = len(problem.fragments)
    topic = frozenset(stem(word) for word in _proper(problem.goal) - people)
    request = frozenset[str]()
    if not isinstance(problem.form, NumberForm):
        function = problem.form.function if isinstance(problem.form, CallForm) else ""
        request = frozenset(_stems(words_of(clean(f"{problem.goal} {function}"))))
    weights = {
        root: TOPIC if root in topic
        else min(rarity(sum(place < count for place, _ in places), count), LIGHT.get(root, 1.0))
        for root, places in holders.items()
    }  # fmt: skip

    entries: list[Entry] = []
    written: defaultdict[str, dict[str, str]] = defaultdict(dict)
    exact: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, draft in enumerate(drafts):
        fragment = problem.fragments[place] if place < count else None
        names = [{root: weights[root] for _, root in content(words)} for words in draft.names]
        said = {word for words in draft.names for word in words}
        entries.append(
            Entry(
                id=fragment.id if fragment else "",
                kind=fragment.kind if fragment else _answer_kind(problem),
                asked=draft.asked,
                support=draft.support,
                heads=draft.heads,
                options=draft.options,
                argument=bool(fragment and fragment.id in descriptions),
                names=tuple((name, total) for name in names if (total := sum(name.values())) > 0),
                people=frozenset(people & (said | draft.said)),
                days=frozenset(CALENDAR & (said | draft.said)),
                values=frozenset(words_of(clean(_spell(fragment.value)))) if fragment else frozenset(),
            )
        )
        for word in said | draft.said:
            written[word[0]][word] = stem(word)
        for words in draft.exact:
            if place not in exact[naming(words)]:
                exact[naming(words)].append(place)
    exact.pop((), None)
    return FragmentIndex(
        entries=tuple(entries),
        people=people,
        topic=topic,
        request=request,
        holders={root: tuple(places) for root, places in holders.items()},
        known=_known(holders),
        written={letter: tuple(sorted(words.items())) for letter, words in written.items()},
        exact={name: tuple(places) for name, places in exact.items()},
    )


@dataclass(frozen=True, slots=True)
class _Draft:
    exact: Sequence[Sequence[str]]
    names: Sequence[Sequence[str]]
    support: Stems
    said: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()
    options: frozenset[str] = frozenset()
    asked: frozenset[Asked] = frozenset()


def _draft(fragment: Fragment, description: str) -> _Draft:
    exact = [words_of(clean(text)) for text in (fragment.question, *fragment.aliases)]
    names = [_without_exceptions(words) for words in exact]
    if description:
        names += [words_of(clean(fragment.id)), words_of(clean(description))]
    named = _stems(word for name in names for word in name)
    options = {word for value in fragment.domain for word in words_of(clean(_spell(value)))}
    said = frozenset(words_of(clean(fragment.text))) - options
    support = dict.fromkeys(_stems(said), IN_TEXT)
    optional = frozenset(_stems(options)) if fragment.kind in ("choice", "text", "list") else frozenset[str]()
    support |= dict.fromkeys(optional, OPTION)
    support |= dict.fromkeys(named, 1.0)
    heads = frozenset(filter(None, map(_head, fragment.aliases)))
    heads = frozenset[str]() if heads & MEASURES else heads
    question = names[0]
    return _Draft(exact, names, support, said, heads, optional, frozenset(asked_of(question, _stems(question))))


def _without_exceptions(words: Sequence[str]) -> list[str]:
    """Leave out what a name excludes ("the pupils who don't take the bus"): the two words that come after a "not"."""
    kept: list[str] = []
    skip = 0
    for word in words:
        if word == "not":
            skip = 2
        elif skip and word not in STOPS:
            skip -= 1
        else:
            kept.append(word)
    return kept if content(kept) else list(words)


def _head(alias: str) -> str | None:
    """Return the stem of a noun phrase's noun: the last word before a preposition; None for a clause."""
    words = words_of(clean(alias))
    if not words or words[0] in _CLAUSES:
        return None
    end = next((place for place, word in enumerate(words) if word in _PREPOSITIONS and place > 0), len(words))
    return stem(words[end - 1])


def _stems(words: Iterable[str]) -> list[str]:
    return [root for _, root in content(words)]


def _known(stems: Iterable[str]) -> dict[str, tuple[tuple[str, float], ...]]:
    known: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for root in stems:
        known[root][root] = 1.0
        for other in synonyms(root):
            known[other].setdefault(root, SYNONYM)
    return {root: tuple(found.items()) for root, found in known.items()}


def _descriptions(problem: Problem) -> dict[str, str]:
    """A function's parameters are names of the fragments that hold their values."""
    if not isinstance(problem.form, CallForm):
        return {}
    return {parameter.name: parameter.description or parameter.name for parameter in problem.form.parameters}


def _answer_kind(problem: Problem) -> ValueKind:
    if isinstance(problem.form, CallForm):
        return "text"
    if not isinstance(problem.form, NumberForm):
        return "choice"
    units = {stem(word) for word in words_of(clean(problem.form.unit))}
    asked = {stem(word) for word in words_of(clean(problem.goal))}
    if units & _MONEY_UNITS or "money" in asked or (not units and asked & {stem("pay"), stem("cost"), stem("spend")}):
        return "money"
    if units & _TIME_UNITS:
        return "duration"
    if units & MEASURE_UNITS:
        return "measure"
    return "percent" if "percent" in units else "count"


def _spell(value: Value) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


_PROPER = re.compile(r"(?<=[\w,] )[A-Z][a-z]\w+")


def _proper(text: str) -> set[str]:
    return {word.lower() for word in _PROPER.findall(text)} - CALENDAR


def _people(problem: Problem) -> frozenset[str]:
    """Single capitalised words inside a sentence, or with a possessive, that are no value and no calendar word."""
    found: set[str] = set()
    for text in (problem.goal, *(text for one in problem.fragments for text in (one.text, one.question, *one.aliases))):
        tokens = ["."] + _TOKEN.findall(text) + ["."]
        for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
            alone = not before[0].isupper() and not after[0].isupper() and token.isalpha() and len(token) > 1
            if alone and token[0].isupper() and token[1:].islower() and (before not in ".?!:" or after == "'s"):
                found.add(token.lower())
    values = {word for one in problem.fragments for value in one.domain for word in words_of(clean(_spell(value)))}
    return frozenset(found - CALENDAR - values)
