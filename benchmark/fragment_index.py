"""A problem's fragments as the question matcher sees them: weighted words, names, kinds of values.

Built once a problem. Values are no names: what a text says is indexed without its value's words, and the words of the
whole domain count as options, so that which value is the true one decides nothing.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import NamedTuple, TypeAlias

from askfirst.benchmark.asked import MEASURE_UNITS, MEASURES, MONEY_UNITS, TIME_UNITS, Asked, asked_of
from askfirst.benchmark.clashes import Telling, days_of, dimensions_of, modifiers_of
from askfirst.benchmark.counted import counted_after_number, counted_in
from askfirst.benchmark.names import CALENDAR, option_words, people_of, proper_names, spell
from askfirst.benchmark.problem import CallForm, Fragment, NumberForm, Problem, ValueKind
from askfirst.benchmark.vocabulary import word_set
from askfirst.benchmark.words import (
    LIGHT,
    SHARED,
    STOPS,
    SYNONYM,
    content,
    naming,
    related,
    stem,
    stem_set,
    substitutes,
    words_in,
)

SLIP = 0.95
"""What a word counts that is a slip of the keyboard away."""
IN_TEXT = 0.8
"""What a word counts that stands in a fragment's text but in none of its names."""
OPTION = 0.85
"""What a word of the fragment's domain counts ("is it red or amber?")."""
TOPIC = 0.1
"""What a proper name in the goal weighs that is no person's: the device, the place that all is about."""
COMMON = 0.15
"""What a word weighs that every fragment holds."""

_PREPOSITIONS = word_set("of in on at by for with about to from per each that who which a an the is")
_CLAUSES = word_set("whether how where when what why who")
_SENTENCE = re.compile(r"(?<=[.?!])\s+")
_PAYING = stem_set("pay cost spend")

Stems: TypeAlias = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Entry:
    """One fragment, or the goal."""

    id: str
    """Empty for the goal."""
    kind: ValueKind
    asked: frozenset[Asked]
    """What its own question asks for."""
    counted: frozenset[str]
    """The stems of what its own question counts ("tickets" of "How many tickets ...?"); empty if it counts nothing."""
    telling: Telling
    """What tells it from others of its kind."""
    options: frozenset[str]
    """The stems of its domain's words, where these are words."""
    argument: bool
    """Whether the called function has a parameter for it."""
    values: frozenset[str]
    """Its value's words: they decide only between fragments that are equally good."""


class Name(NamedTuple):
    """One way to refer to an entry."""

    place: int
    """The entry's position."""
    weight: float
    """The sum of its words' weights, greater than 0."""
    head: str | None
    """The stem of the noun that it is built around ("price" of "price of the guitar"); None for a clause."""


@dataclass(frozen=True, slots=True)
class FragmentIndex:
    """What `match_question` needs of a problem."""

    entries: tuple[Entry, ...]
    """The fragments in the problem's order, and the goal as the last."""
    size: int
    """The number of fragments, and the goal's position."""
    people: frozenset[str]
    """People that the problem names, in lower case."""
    topic: frozenset[str]
    """Stems of the goal's proper names that are no person's."""
    request: frozenset[str]
    """Unless a number is looked for: the stems of what the goal says, which are no fact that could be asked for."""
    holders: Mapping[str, tuple[tuple[int, float], ...]]
    """By stem, the positions of the entries that it stands in, with what it counts there, in (0, 1]."""
    names: tuple[Name, ...]
    """Each way to refer to each entry."""
    named: Mapping[str, tuple[tuple[int, float], ...]]
    """By stem, the positions of the names that hold it, with what it weighs there."""
    families: Mapping[str, tuple[str, ...]]
    """The problem's stems by their first letters: where words of one family are looked for."""
    words: frozenset[str]
    """The problem's words as they are written."""
    exact: Mapping[tuple[str, ...], tuple[int, ...]]
    """Positions of the fragments that go by exactly these words; none for the goal and its sentences."""

    def meets(self, word: str, root: str) -> tuple[tuple[str, float], ...]:
        """Return the problem's stems that a question's word meets, with what the meeting counts, in (0, 1]."""
        near = substitutes(root)  # both ways alike
        if found := tuple(
            (other, 1.0 if other == root else near[other]) for other in self.holders if other == root or other in near
        ):
            return found
        if len(root) < SHARED:
            return ()
        return tuple((other, SYNONYM) for other in self.families.get(root[:SHARED], ()) if related(root, other))


@lru_cache(maxsize=1_024)
def rarity(holders: int, count: int) -> float:
    """Return what a word tells apart that stands in `holders` of `count` fragments, in [COMMON, 1]."""
    if count < 2:
        return 1.0
    return COMMON + (1 - COMMON) * log(count / min(max(holders, 1), count)) / log(count)


def index_fragments(problem: Problem) -> FragmentIndex:
    """Prepare a problem for `match_question`."""
    people = people_of(problem)
    drafts = [*_draft_fragments(problem), _draft_goal(problem)]
    topic = frozenset(stem(word) for word in proper_names(problem.goal) - people)
    holders: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    exact: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, draft in enumerate(drafts):
        for root, strength in draft.support.items():
            holders[root].append((place, strength))
        for name in dict.fromkeys(_read(words).naming for words in draft.exact):
            if name and draft.fragment:
                exact[name].append(place)
            elif name:
                exact.setdefault(name, [])
    said = frozenset[str]().union(*(draft.said for draft in drafts))
    weights = {root: TOPIC if root in topic else _weight(root, places, drafts) for root, places in holders.items()}
    names, named = _index_names(drafts, weights)
    goal = words_in(problem.goal)
    return FragmentIndex(
        entries=tuple(_finish(draft, people, goal) for draft in drafts),
        size=len(drafts) - 1,
        names=names,
        named=named,
        people=people,
        topic=topic,
        request=_request(problem),
        holders={root: tuple(places) for root, places in holders.items()},
        families=_families(holders),
        words=said,
        exact={name: tuple(places) for name, places in exact.items()},
    )


@dataclass(frozen=True, slots=True)
class _Draft:
    """An entry before its words are weighed against the other entries."""

    fragment: Fragment | None
    kind: ValueKind
    exact: Sequence[tuple[str, ...]]
    names: Sequence[tuple[str, ...]]
    support: Stems
    said: frozenset[str]
    options: frozenset[str] = frozenset()
    argument: bool = False


def _draft_fragments(problem: Problem) -> list[_Draft]:
    parameters = problem.form.parameters if isinstance(problem.form, CallForm) else ()
    descriptions = {parameter.name: parameter.description for parameter in parameters}
    drafts: list[_Draft] = []
    for fragment in problem.fragments:
        exact = [words_in(text) for text in (fragment.question, *fragment.aliases)]
        names = [_without_exceptions(words) for words in exact]
        if (description := descriptions.get(fragment.id)) is not None:
            names += [words_in(fragment.id), words_in(description)]
        options = option_words(fragment)
        text = frozenset(words_in(fragment.text)) - options
        chosen = frozenset(_stems(options)) if fragment.kind in ("choice", "text", "list") else frozenset[str]()
        support = dict.fromkeys(_stems(sorted(text)), IN_TEXT) | dict.fromkeys(sorted(chosen), OPTION)
        support |= dict.fromkeys((root for name in names for root in _read(name).roots), 1.0)
        said = text.union(options, *names)
        drafts.append(_Draft(fragment, fragment.kind, exact, names, support, said, chosen, fragment.id in descriptions))
    return drafts


def _draft_goal(problem: Problem) -> _Draft:
    sentences = _SENTENCE.split(problem.goal)
    names = [words_in(one) for one in [one for one in sentences if "?" in one] or sentences]
    support = dict.fromkeys(_stems(words_in(problem.goal)), 1.0)
    exact = [words_in(one) for one in (problem.goal, *sentences)]
    return _Draft(None, _answer_kind(problem), exact, names, support, frozenset[str]().union(*names))


def _index_names(
    drafts: Sequence[_Draft], weights: Stems
) -> tuple[tuple[Name, ...], dict[str, tuple[tuple[int, float], ...]]]:
    names: list[Name] = []
    named: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, draft in enumerate(drafts):
        for number, words in enumerate(draft.names):
            read = _read(words)
            stems = {root: weights[root] for root in read.roots}
            if (total := sum(stems.values())) > 0:
                for root, weight in stems.items():
                    named[root].append((len(names), weight))
                head = read.head if draft.fragment and number > 0 else None
                names.append(Name(place, total, None if head in MEASURES else head))
    return tuple(names), {root: tuple(places) for root, places in named.items()}


def _families(stems: Iterable[str]) -> dict[str, tuple[str, ...]]:
    families: defaultdict[str, list[str]] = defaultdict(list)
    for root in sorted(stems):
        if len(root) >= SHARED:
            families[root[:SHARED]].append(root)
    return {start: tuple(found) for start, found in families.items()}


def _finish(draft: _Draft, people: frozenset[str], goal: Sequence[str]) -> Entry:
    asked = asked_of(draft.names[0], [stem(word) for word in draft.names[0]]) if draft.fragment else ()
    text = words_in(draft.fragment.text) if draft.fragment else ()
    return Entry(
        id=draft.fragment.id if draft.fragment else "",
        kind=draft.kind,
        asked=frozenset(asked),
        counted=_counted(draft, text),
        telling=Telling(
            kind=draft.kind,
            people=people & draft.said,
            days=CALENDAR & draft.said,
            times=days_of(" ".join([*text, ".", *draft.names[0]])),
            own=frozenset(_stems([*text, *draft.names[0]])),
            modifiers=modifiers_of([text, draft.names[0], goal], people) if draft.fragment else {},
            dimensions=dimensions_of(text),
            wording=tuple(draft.names[0]),
        ),
        options=draft.options,
        argument=draft.argument,
        values=frozenset(words_in(spell(draft.fragment.value))) if draft.fragment else frozenset(),
    )


def _counted(draft: _Draft, text: Sequence[str]) -> frozenset[str]:
    """Return what a fragment counts: by its names, else by what stands behind its number."""
    by_names = frozenset(root for words in draft.names for root in _read(words).counted)
    return by_names or (counted_after_number(text) if draft.kind == "count" else by_names)


def _weight(root: str, places: Sequence[tuple[int, float]], drafts: Sequence[_Draft]) -> float:
    goal = len(drafts) - 1
    held = len(places) - (places[-1][0] == goal)  # places go up, and the goal's is the last
    return min(rarity(held, goal), LIGHT.get(root, 1.0))


def _stems(words: Iterable[str]) -> list[str]:
    return [root for _, root in content(words)]


def _without_exceptions(words: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out what a name excludes ("the pupils who don't take the bus"): the two words that come after a "not"."""
    if "not" not in words:
        return words
    kept: list[str] = []
    skip = 0
    for word in words:
        if word == "not":
            skip = 2
        elif skip and word not in STOPS:
            skip -= 1
        else:
            kept.append(word)
    return tuple(kept) if content(kept) else words


class _Phrase(NamedTuple):
    """A way to refer to something, read."""

    roots: tuple[str, ...]
    """Stems of the words that can identify something."""
    naming: tuple[str, ...]
    head: str | None
    counted: frozenset[str]


@lru_cache(maxsize=8_192)
def _read(words: tuple[str, ...]) -> _Phrase:
    """Read a name; remembered, since problems of a template share most of them."""
    return _Phrase(tuple(_stems(words)), naming(words), _head(words), counted_in(words))


def _head(words: Sequence[str]) -> str | None:
    """Return the stem of a noun phrase's noun: the last word before a preposition; None for a clause."""
    if not words or words[0] in _CLAUSES:
        return None
    end = next((place for place, word in enumerate(words) if word in _PREPOSITIONS and place > 0), len(words))
    return stem(words[end - 1])


def _request(problem: Problem) -> frozenset[str]:
    if isinstance(problem.form, NumberForm):
        return frozenset()
    function = problem.form.function if isinstance(problem.form, CallForm) else ""
    return frozenset(_stems(words_in(f"{problem.goal} {function}")))


def _answer_kind(problem: Problem) -> ValueKind:
    if not isinstance(problem.form, NumberForm):
        return "text" if isinstance(problem.form, CallForm) else "choice"
    units = stem_set(problem.form.unit.lower())
    asked = frozenset(stem(word) for word in words_in(problem.goal))
    if units & MONEY_UNITS or "money" in asked or (not units and asked & _PAYING):
        return "money"
    if units & TIME_UNITS:
        return "duration"
    if units & MEASURE_UNITS:
        return "measure"
    return "percent" if "percent" in units else "count"
