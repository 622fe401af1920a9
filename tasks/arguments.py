"""Task arguments, as people type them after `-T`: their names, defaults, meaning and checks."""

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, TypeAlias, TypedDict, TypeVar, get_args, get_type_hints

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.problem import Frozen, Split
from askfirst.benchmark.scenario import (
    ARMS,
    Arm,
    Condition,
    OnAttempt,
    Persona,
    Protocol,
    Settings,
    System,
    check_persona,
)

MatcherName: TypeAlias = Literal["words", "embedding"]

SPLITS: tuple[Split, ...] = get_args(Split)

Word = TypeVar("Word", bound=str)


class SettingArguments(TypedDict, total=False):
    """What every task takes; each has a default."""

    condition: str
    """How the user treats what is withheld: ask (default), drip, recap, snowball, concat or closed."""
    arms: str | list[str]
    """`all` (default), one of under, full and decoy, or a list of them."""
    hide: int | str
    """Necessary fragments that `under` hides: a number, `all`, or `some` (default: a seeded number from 1 to all)."""
    max_turns: int
    """Messages that the subject may send. Default 10."""
    on_attempt: str | None
    """`end` or `continue`; None (default) for what the condition implies."""
    system: str
    """`neutral` (default) says nothing about asking, `invite` says that asking is allowed."""
    protocol: str
    """`marked` (default) asks for a line `ANSWER: ...`, `natural` asks for nothing."""
    persona: str
    """How the simulated user behaves: cooperative (default), forthcoming, terse, impatient, unsure, chatty or corrects;
    some only in condition ask."""
    matcher: str
    """What says which facts a question asks for: `words` (default), the rules alone; or `embedding`, which asks a small
    local model where the rules are unsure (needs the extra `embeddings`)."""
    shard: str | None
    """`2/8`: only the second of eight disjoint sets of whole problems; `askfirst merge` joins the logs of all eight.
    None (default) for all."""


class TaskArguments(SettingArguments, total=False):
    """What every task of the procedural families takes; each has a default."""

    n: int
    """Problems, spread evenly over families and templates; each gives one sample an arm. Default 100."""
    level: int | None
    """One difficulty level, 1 to 4; None (default) for all."""
    seed: int
    """Different seeds share no problem. Default 0."""
    split: str
    """Which public templates: train, dev or test (default)."""
    templates: str | None
    """A private template file or folder instead of the public templates; one family's task only."""


class AdapterArguments(SettingArguments, total=False):
    """What every task of a public data set takes; each has a default, some the data set's own."""

    n: int | None
    """Problems, chosen by `seed`; None (default) for all. Each gives one sample an arm that it has."""
    seed: int
    """Which n problems. Default 0."""
    path: str | None
    """A local copy instead of the package or the Hub: a file, or a folder of them."""


class ProblemSet(Frozen):
    """Which problems an evaluation draws."""

    n: int
    seed: int
    split: Split
    level: int | None
    templates: Path | None


class RowSet(Frozen):
    """Which problems of a public data set an evaluation takes."""

    n: int | None
    seed: int
    path: Path | None
    max_turns: int | None
    """None for the data set's own."""


def parse_arguments(arguments: TaskArguments) -> tuple[ProblemSet, Settings]:
    """Check a task's arguments and fill in the defaults.

    Raises:
        DataError: If one is unknown or not what it must be; the message names it, its value and what is allowed.
    """
    _refuse_unknown(arguments, TaskArguments)
    level, templates = arguments.get("level"), arguments.get("templates")
    problem_set = ProblemSet(
        n=_whole("n", arguments.get("n", 100), least=1),
        seed=_whole("seed", arguments.get("seed", 0), least=0),
        split=_one_of("split", arguments.get("split", "test"), SPLITS),
        level=None if level is None else _whole("level", level, least=1),
        templates=None if templates is None else Path(templates),
    )
    return problem_set, _parse_settings(arguments, Settings())


def parse_adapter_arguments(arguments: AdapterArguments, defaults: Settings) -> tuple[RowSet, Settings]:
    """Check the arguments of a public data set's task and fill in the defaults.

    Args:
        arguments: What was given.
        defaults: The data set's own settings.

    Raises:
        DataError: If one is unknown or not what it must be; the message names it, its value and what is allowed.
    """
    _refuse_unknown(arguments, AdapterArguments)
    n, path = arguments.get("n"), arguments.get("path")
    row_set = RowSet(
        n=None if n is None else _whole("n", n, least=1),
        seed=_whole("seed", arguments.get("seed", 0), least=0),
        path=None if path is None else Path(path),
        max_turns=_whole("max_turns", arguments["max_turns"], least=1) if "max_turns" in arguments else None,
    )
    return row_set, _parse_settings(arguments, defaults)


def parse_matcher(arguments: SettingArguments) -> MatcherName:
    """Return which matcher was chosen.

    Raises:
        DataError: If there is none of that name.
    """
    return _one_of("matcher", arguments.get("matcher", "words"), get_args(MatcherName))


def _refuse_unknown(arguments: SettingArguments, known: type) -> None:
    allowed = sorted(get_type_hints(known))
    if unknown := sorted(set(arguments) - set(allowed)):
        raise DataError(f"-T: unknown arguments {unknown!r}; expected some of {allowed!r}; correct the name")


def _parse_settings(arguments: SettingArguments, defaults: Settings) -> Settings:
    chosen_on_attempt = arguments.get("on_attempt")
    settings = Settings(
        arms=_parse_arms(arguments.get("arms", "all")),
        condition=_one_of("condition", arguments.get("condition", defaults.condition), get_args(Condition)),
        hide=_parse_hide(arguments.get("hide", defaults.hide)),
        max_turns=_whole("max_turns", arguments.get("max_turns", defaults.max_turns), least=1),
        on_attempt=None if chosen_on_attempt is None else _one_of("on_attempt", chosen_on_attempt, get_args(OnAttempt)),
        protocol=_one_of("protocol", arguments.get("protocol", "marked"), get_args(Protocol)),
        system=_one_of("system", arguments.get("system", "neutral"), get_args(System)),
        persona=_one_of("persona", arguments.get("persona", "cooperative"), get_args(Persona)),
    )
    check_persona(settings)
    return settings


def _parse_arms(arms: str | Sequence[str]) -> tuple[Arm, ...]:
    names = list(ARMS) if arms == "all" else [arms] if isinstance(arms, str) else list(arms)
    chosen = [_one_of("arms", name, ARMS) for name in names]
    if len(set(chosen)) != len(chosen) or not chosen:
        raise DataError(f"arms: {arms!r}; expected 'all' or some of {list(ARMS)!r}, each once; correct it")
    return tuple(arm for arm in ARMS if arm in chosen)


def _parse_hide(hide: int | str) -> int | Literal["some", "all"]:
    words: tuple[Literal["some", "all"], ...] = ("some", "all")
    if isinstance(hide, str):
        return _one_of("hide", hide, words, beside=" or a number")
    return _whole("hide", hide, least=1)


def _whole(name: str, value: object, least: int) -> int:
    if type(value) is not int or value < least:
        raise DataError(f"{name}: {value!r}; expected a whole number of at least {least}; correct it")
    return value


def _one_of(name: str, value: object, allowed: Sequence[Word], beside: str = "") -> Word:
    for word in allowed:
        if value == word:
            return word
    raise DataError(f"{name}: {value!r}; expected one of {list(allowed)!r}{beside}; correct it")
