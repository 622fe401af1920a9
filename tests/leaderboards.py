"""Leaderboards made by hand: the page's tests need every part of one, in any number, without logs."""

from collections.abc import Mapping, Sequence
from random import Random

from askfirst.reports.gate.parts import TWINS, UNDER
from askfirst.reports.intervals import Estimate
from askfirst.reports.leaderboard.board import (
    Across,
    Board,
    Ceiling,
    Curve,
    Entry,
    InstrumentError,
    Leaderboard,
    Pair,
    RankRange,
    ShownDialogue,
    ShownFragment,
    ShownQuestion,
    ShownTurn,
    Slice,
    Timing,
    Usage,
)
from askfirst.reports.leaderboard.figures import DIGITS, TEMPLATE_MEASURES
from askfirst.reports.leaderboard.picture_slot import PICTURES, Picture
from askfirst.reports.paired import Difference

MEASURES = (
    "joint_success",
    "asking_success",
    "premature_rate",
    "informed_rate",
    "forced_rate",
    "unanswered_rate",
    "known_at_attempt",
    "accuracy_under",
    "accuracy_full",
    "accuracy_decoy",
    "accuracy_first",
    "lucky_rate",
    "over_ask_rate",
    "discrimination",
    "ask_recall",
    "ask_precision",
    "ask_f1",
    "efficiency",
    "redundancy",
    "compound_rate",
    "generic_rate",
    "unanswerable_rate",
    "inert_rate",
    "specificity",
    "information_gain",
    "information_share",
    "turns",
    "questions",
    "asking_success_1x",
    "asking_success_1_5x",
    "asking_success_3x",
    "asking_success_any",
)
FAMILIES = (
    "arithmetic",
    "troubleshooting",
    "actions",
    "schedules",
    "recipes",
    "queries",
    "programs",
    "diagnosis",
)
DICTIONARY = (
    ("joint_success", "asking_success, and right in all three arms", "0..1", "higher"),
    ("premature_rate", "first attempt voluntary, answer not determined by what was known", "0..1", "lower"),
)
CSV = "model,joint_success\r\ngamma-12b,0.81\r\n"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 120" width="320" height="120">'
    "<style>rect{{fill:{paper}}}text{{font:14px sans-serif;fill:{ink}}}</style>"
    '<rect width="320" height="120"/><text x="16" y="64">{name}</text></svg>'
)
HOSTILE = (
    "<script>document.title='owned'</script></script><img src=x onerror=\"document.title='owned'\">"
    "<svg onload=document.title='owned'><style>*{display:none}</style><!-- ]]> {{ 7*7 }} {% raw %} ${7*7} &lt;b&gt; "
    "\x1b[31mred\x1b[0m \x00 \u202egnp.exe\u202c \u2066x\u2069 `code` | **bold** [x](javascript:alert(1)) @everyone "
    "http://evil.invalid/ \"' onfocus=alert(1) autofocus"
)


def make_leaderboard(
    models: Sequence[str] = ("gamma-12b", "alpha-70b-instruct", "beta-7b", "delta-1b"),
    families: Sequence[str] = FAMILIES[:3],
    dialogues: int = 3,
    templates: int = 3,
    boards: Sequence[Mapping[str, str]] = ({}, {"condition": "drip"}, {"persona": "terse"}),
    says: str = "",
    measures: Sequence[str] = MEASURES,
    policies: Sequence[str] = ("oracle", "never_ask", "always_ask"),
    older: bool = True,
) -> Leaderboard:
    """Make a report of several models and three reference policies, the same for the same arguments.

    Args:
        models: Best first.
        families: Of the problems.
        dialogues: Shown for each model of the first board.
        templates: Of each family.
        boards: What distinguishes each board's settings from the defaults.
        measures: What is known of each entry.
        policies: Of the first board, the others have no more than one.
        older: Whether each board has an older entry of its best model.
        says: Put into everything that comes from models, problems and people.
    """
    entries: dict[str, Entry] = {}
    made: list[Board] = []
    for number, settings in enumerate(boards):
        board, inside = _board(number, settings, models, families, templates, measures, policies, says)
        if not older:
            inside = [entry for entry in inside if entry.newest]
            board = board.model_copy(update={"order": tuple(entry.key for entry in inside)})
        made.append(board)
        entries |= {entry.key: entry for entry in inside}
    shown = [
        dialogue
        for place, model in enumerate(models)
        for dialogue in _dialogues(place, model, dialogues, len(models), says)
    ]
    return Leaderboard(
        title=f"Who asks first?{says}",
        boards=tuple(made),
        entries=entries,
        across=tuple(
            across
            for place, model in enumerate(models)
            for across in (
                Across(
                    measure="recovery",
                    entry=f"b0-m{place}",
                    model=model + says,
                    value=0.8 - place / 20,
                    low=0.6,
                    high=0.9,
                    n=60,
                    reason="",
                ),
                Across(
                    measure="use_gap",
                    entry=f"b0-m{place}",
                    model=model + says,
                    value=None,
                    low=None,
                    high=None,
                    n=12,
                    reason=f"12 problems; expected at least 30{says}",
                ),
            )
        ),
        dialogues=tuple(shown),
        instruments=(
            InstrumentError(
                instrument="reader",
                figure=f"turns read wrong{says}",
                value=0.031,
                low=0.02,
                high=0.05,
                n=600,
                identity="rules 7",
            ),
            InstrumentError(
                instrument="matcher",
                figure="questions matched wrong",
                value=0.047,
                low=None,
                high=None,
                n=None,
                identity="words 5",
            ),
        ),
        exploit_ceiling=Ceiling(
            joint_success=Estimate(mean=0.04, low=0.01, high=0.11, n=60, templates=12),
            families=tuple(families),
            data="d0",
            seed=0,
            identities={"reader": "rules 7"},
        ),
        gates=(
            {
                "verdict": "PASS",
                "sentence": f"No metric fell by more than .05.{says}",
                "candidate": f"{models[0]}{says}",
                "baseline": "2026-01",
                "date": "2026-02-03",
            },
        ),
        warnings=(f"beta-7b has no problems of actions: left out of the comparison{says}",),
        seed=0,
        dialogues_per_model=dialogues,
        viewer="",
        versions={"askfirst": "0.1.0", "inspect_ai": "0.3.285"},
        command=f"askfirst report logs/*.eval -o report{says}",
        canary="askfirst-canary-0000",
    )


def make_pictures(says: str = "") -> dict[str, Picture]:
    """Make small pictures, one for each name."""
    return {
        name: Picture(
            title=f"{name.capitalize()}{says}",
            description=f"What {name} shows, in words.{says}",
            light_svg=SVG.format(paper="#fff", ink="#111", name=name),
            dark_svg=SVG.format(paper="#111", ink="#eee", name=name),
        )
        for name in PICTURES
    }


def _board(
    number: int,
    settings: Mapping[str, str],
    models: Sequence[str],
    families: Sequence[str],
    templates: int,
    measures: Sequence[str],
    policies: Sequence[str],
    says: str,
) -> tuple[Board, list[Entry]]:
    shared = {"task": "suite", "condition": "ask", "persona": "cooperative", "user": "rules", "protocol": "marked"}
    shared |= {"system": "neutral", "arms": "under, full, decoy"} | settings
    keys = [f"b{number}-m{place}" for place in range(len(models))]
    inside = [
        _entry(key, model, place, len(models), keys, f"b{number}", families, templates, measures, says)
        for place, (key, model) in enumerate(zip(keys, models, strict=True))
    ]
    reference = [
        _entry(f"b{number}-{name}", name, place, None, keys, f"b{number}", families, templates, measures, "")
        for place, name in enumerate(policies if number == 0 else policies[:1])
    ]
    older = [
        inside[0].model_copy(
            update={
                "key": f"b{number}-m0-older",
                "newest": False,
                "shared": None,
                "date": "2025-11-02",
                "created": "2025-11-02T12:00:00+00:00",
                "slices": {name: part.model_copy(update={"rank": None}) for name, part in inside[0].slices.items()},
            }
        )
    ]
    pairs = tuple(
        Pair(
            better=keys[at],
            worse=keys[at + 1],
            difference=Difference(mean=0.05, low=-0.01, high=0.11, n=54),
            p_adjusted=0.12,
        )
        for at in range(len(keys) - 1)
    )
    board = Board(
        key=f"b{number}",
        title=", ".join(f"{name} {value}" for name, value in settings.items()) or "Asking on the suite",
        settings=shared,
        problems=54,
        left_out=(f"actions: only some models have it{says}",) if number == 0 else (),
        sentence=f"{models[0]} asks best; the lead of {models[1 % len(models)]} over the next is within noise.{says}",
        order=tuple(entry.key for entry in (*inside, *reference, *older)),
        pairs=pairs,
    )
    return board, [*inside, *reference, *older]


def _entry(
    key: str,
    model: str,
    place: int,
    of: int | None,
    keys: Sequence[str],
    board: str,
    families: Sequence[str],
    templates: int,
    measures: Sequence[str],
    says: str,
) -> Entry:
    """Make one entry; `of` is how many models are ranked, None for a reference policy."""
    random = Random(key)
    names = ["all", *(f"family:{name}" for name in families), "level:1", "level:2"]
    rank = None
    if of is not None:
        best, worst = max(1, place), min(of, place + 2)
        rank = RankRange(best=best, worst=worst, place=place + 1, tied_with=tuple(keys[best - 1 : worst]))
    slices = {name: _slice(random, place, 54 if name == "all" else 18, measures, rank) for name in names}
    slices |= {
        f"template:{family}/{number:02d}": _slice(
            random, place, 6, [each for each in TEMPLATE_MEASURES if each in measures], None
        )
        for family in families
        for number in range(templates)
    }
    under, twins = [0.5 - place / 40, 0.2, 0.1, 0.1, 0.05, 0.05 + place / 40], [0.7, 0.2, 0.1]
    return Entry(
        key=key,
        model=model + says,
        policy=of is None,
        board=board,
        date=f"2026-02-{place + 1:02d}",
        created=f"2026-02-{place + 1:02d}T12:00:00+00:00",
        series=model + says,
        step=None,
        newest=True,
        shared=None if rank is None else slices["all"].estimates["joint_success"],
        samples=162,
        errored=place,
        incomplete=place,
        unscored={"ask_precision": 3} if place else {},
        unsure=place,
        slices=slices,
        parts=dict(zip((*UNDER, *TWINS), (*under, *twins), strict=True)),
        patience=_curve(random, ("1", "1.5", "2", "3", "any")),
        accuracy_by_hidden=_curve(random, ("1", "2", "3")),
        gain_by_question=_curve(random, ("1", "2", "3", "4")),
        timing=tuple(Timing(turn=turn, known=0.5, dialogues=9) for turn in (1, 2, 3)),
        words=(
            f"It asks for what is missing in most dialogues.{says}",
            "It asks all the same when nothing is missing.",
        ),
        certificates={"proved": 50, "traced": 4},
        identities={"data": "sha256:0123456789abcdef", "reader": "rules 7", "sampling": f"temperature 0{says}"},
        usage=Usage(
            calls=410,
            input_tokens=123_456,
            output_tokens=23_456,
            cost_usd=None if place == 1 else 0.0123 * (place + 1),
            seconds=612.4,
        ),
        logs=(f"2026-02-0{place + 1}_suite.eval{says}",),
        command=f"inspect eval askfirst/suite --model {model}{says}",
    )


def _slice(random: Random, place: int, n: int, measures: Sequence[str], rank: RankRange | None) -> Slice:
    estimates = {
        name: _estimate(min(1.0, max(0.0, 0.8 - place * 0.09 + random.uniform(-0.03, 0.03))), n) for name in measures
    }
    if "turns" in estimates:
        estimates |= {
            name: Estimate(mean=2.5 + place, low=2.0, high=3.5 + place, n=n, templates=9)
            for name in ("turns", "questions")
        }
    if place == 2 and "ask_precision" in estimates:
        estimates["ask_precision"] = None
    return Slice(problems=n, estimates=estimates, rank=rank)


def _estimate(mean: float, n: int) -> Estimate:
    low, high = max(0.0, mean - 0.083), min(1.0, mean + 0.071)
    return Estimate(mean=round(mean, DIGITS), low=round(low, DIGITS), high=round(high, DIGITS), n=n, templates=9)


def _curve(random: Random, names: Sequence[str]) -> Curve:
    start = random.uniform(0.2, 0.4)
    return Curve(points=tuple((name, _estimate(start + at / 10, 54)) for at, name in enumerate(names)))


def _dialogues(place: int, model: str, count: int, of: int, says: str) -> list[ShownDialogue]:
    chosen = ("best", "typical", "worst", "disagreement")
    made = [_dialogue(place, number, chosen[number % 3], "", says) for number in range(count)]
    partner = place + 1 if place % 2 == 0 else place - 1
    if count and partner < of:
        made.append(_dialogue(place, 99, "disagreement", f"b0-m{partner}:99", says))
    return made


def _dialogue(place: int, number: int, chosen: str, beside: str, says: str) -> ShownDialogue:
    early = chosen == "worst" or (chosen == "disagreement" and place % 2 == 1)
    fragments = (
        ShownFragment(id="start", text=f"Mia starts with 7 apples.{says}", necessary=True, status="shown", turn=None),
        ShownFragment(
            id="bought",
            text="She buys 5 more at the market.",
            necessary=True,
            status="never asked" if early else "elicited",
            turn=None if early else 1,
        ),
        ShownFragment(id="colour", text="The apples are red.", necessary=False, status="not needed", turn=None),
        ShownFragment(id="eaten", text="Her brother eats 2.", necessary=True, status="told", turn=1),
    )
    question = ShownQuestion(
        text=f"How many apples did Mia buy?{says}",
        targets=("bought",),
        kind="direct",
        why=f"names 'buy' and 'apples', which are of bought{says}",
        unsure=place == 1,
        hit=True,
    )
    general = ShownQuestion(
        text="Anything else I should know?", targets=(), kind="generic", why="general", unsure=False, hit=False
    )
    asking = ShownTurn(
        number=1,
        said=f"Before I answer: how many apples did Mia buy? Anything else I should know?{says}",
        kind="clarification",
        questions=(question, general),
        attempted=False,
        answer="",
        right=False,
        lacking=(),
        reply=f"She buys 5 more at the market. Her brother eats 2.{says}",
    )
    answer = ShownTurn(
        number=1 if early else 2,
        said=f"Mia has {7 if early else 10} apples.\nANSWER: {7 if early else 10}{says}",
        kind="answer_attempt",
        questions=(),
        attempted=True,
        answer=f"{7 if early else 10}{says}",
        right=not early,
        lacking=("bought",) if early else (),
        reply="",
    )
    return ShownDialogue(
        key=f"b0-m{place}:{number}",
        entry=f"b0-m{place}",
        problem=f"arithmetic_{number:02d}{says}",
        arm="under",
        epoch=1,
        chosen=chosen,
        outcome="premature" if early else "informed",
        target=f"10{says}",
        right=not early,
        opening=f"How many apples does Mia have? Mia starts with 7 apples.{says}",
        fragments=fragments,
        turns=(answer,) if early else (asking, answer),
        beside=beside,
        viewer="" if place else "viewer/index.html#/logs/x.eval",
    )
