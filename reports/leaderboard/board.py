"""What the leaderboard says: the content of `leaderboard.json`, from which the page and every other output is made.

Every number on the page is here, so that `--verify` can compute it again from the logs. Shares and rates are in [0, 1].
"""

from collections.abc import Mapping
from typing import Final, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from askfirst.benchmark.problem import Frozen
from askfirst.reports.intervals import Estimate
from askfirst.reports.paired import Difference

SCHEMA_VERSION: Final = 1
"""Goes up whenever a field changes its meaning or goes away."""

HEADLINE = "joint_success"
"""What ranks."""

ALL = "all"
"""The slice of everything."""

ASK = "ask"
"""The condition whose entries have measures over several logs."""

Status: TypeAlias = Literal["elicited", "told", "never asked", "not needed", "shown"]
"""What became of a fragment in a dialogue; `told` came unasked."""


class RankRange(Frozen):
    """A place among the models of a board: as good as `best`, no worse than `worst`."""

    best: int
    """From 1: one more than there are models that are certainly better."""
    worst: int
    """As many as there are models, less those that are certainly worse."""
    place: int
    """From 1, by the mean; models whose means are equal share it."""
    tied_with: tuple[str, ...]
    """Keys of the entries from which this one can't be told apart."""


class Slice(Frozen):
    """One entry's figures on some of its problems."""

    problems: int
    estimates: Mapping[str, Estimate | None]
    """By measure; None where no problem has a value."""
    rank: RankRange | None
    """None for a reference policy, and where models share too few problems."""


class Curve(Frozen):
    """Estimates along something that is counted or named, such as hidden fragments; in order."""

    points: tuple[tuple[str, Estimate], ...]


class Timing(Frozen):
    """When first attempts came, and what was known then."""

    turn: int
    """Of the first attempt, from 1."""
    known: float
    """Share of the hidden necessary fragments known by then; cells are quarters: 0, .25, .5, .75, and 1 for all."""
    dialogues: int


class Usage(Frozen):
    """What an evaluation took."""

    calls: int
    """Messages of the model."""
    input_tokens: int
    output_tokens: int
    cost_usd: float | None
    """None where the logs know no price."""
    seconds: float | None
    """Of working time, summed over samples."""


class Entry(Frozen):
    """One model under one set of conditions: a row of the table, and a page."""

    key: str
    """Stable and unique on the board; letters, digits and hyphens, fit for a link."""
    model: str
    """As people call it; of one from a folder, the folder's name; with what tells it from others of that name."""
    policy: bool
    """A reference policy, whose scores are known beforehand."""
    board: str
    """Key of the board that it belongs to."""
    date: str
    """Day of its newest log, YYYY-MM-DD."""
    created: str
    """When that was, in ISO 8601 and UTC: what orders runs of one day."""
    series: str
    """What makes several entries a line over time: the model, or a training run's checkpoints, `*` for their step."""
    step: int | None
    """Of a training run's checkpoint."""
    newest: bool
    """Only the newest of a model's entries on a board is ranked."""
    shared: Estimate | None
    """The headline over the problems that every ranked entry has, by which it is ranked; None without a rank."""
    samples: int
    errored: int
    incomplete: int
    """Problems that lack an arm, and so have no joint measure."""
    unscored: Mapping[str, int]
    """Problems without a value, by measure; measures that every problem has are left out."""
    unsure: int
    """Samples in which the matcher only guessed."""
    slices: Mapping[str, Slice]
    """By name: `all`, `family:<name>`, `level:<number>`, `template:<name>`."""
    parts: Mapping[str, float]
    """What dialogues came to, by name in `gate.parts.PARTS`, as a share of those of the part's arms."""
    patience: Curve
    """asking_success by how many questions a user stands, in multiples of what was missing."""
    accuracy_by_hidden: Curve
    """accuracy_under by the number of hidden fragments."""
    gain_by_question: Curve
    """Information gained, as a share of the best question's, by the question's number in its dialogue."""
    timing: tuple[Timing, ...]
    words: tuple[str, ...]
    """What it does well and badly, a sentence each, drawn from the numbers."""
    certificates: Mapping[str, int]
    """Problems by how the necessity of their fragments was shown."""
    identities: Mapping[str, str]
    """Data hash, task version, reader, matcher, user, grader, sampling ..."""
    usage: Usage
    logs: tuple[str, ...]
    """Names of the log files, without folders."""
    command: str
    """What runs this evaluation again."""


class Pair(Frozen):
    """Two entries of one board, compared on the problems that both have."""

    better: str
    worse: str
    difference: Difference
    """In the headline, the better one's minus the other's; the interval is of this pair alone."""
    p_adjusted: float
    """Two-sided, after Holm's correction over all pairs of the board."""


class Across(Frozen):
    """A measure that needs several logs of one model."""

    measure: Literal["recovery", "use_gap"]
    entry: str
    """Key of the entry, in condition `ask`, that it belongs to."""
    model: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    reason: str
    """Why it is unscored; empty where it has a value."""


class Board(Frozen):
    """Entries that can be compared: same data, task, condition, persona, user, protocol and system message."""

    key: str
    title: str
    settings: Mapping[str, str]
    """What they have in common: task, condition, persona, user, protocol, system, arms, data ..."""
    problems: int
    """Problems that every ranked entry has; only these are compared."""
    left_out: tuple[str, ...]
    """In words, what some entries have and others lack."""
    sentence: str
    """What the table shows, for people."""
    order: tuple[str, ...]
    """Keys of its entries: ranked models by the headline, best first, then reference policies, then older entries."""
    pairs: tuple[Pair, ...]


class ShownFragment(Frozen):
    """A fragment beside a dialogue."""

    id: str
    text: str
    necessary: bool
    status: Status
    turn: int | None
    """In which it was revealed."""


class ShownQuestion(Frozen):
    """One atomic question."""

    text: str
    targets: tuple[str, ...]
    kind: str
    why: str
    """The matcher's reason."""
    unsure: bool
    hit: bool
    """Whether it got a hidden necessary fragment revealed."""


class ShownTurn(Frozen):
    """One message and the reply to it."""

    number: int
    said: str
    kind: str
    questions: tuple[ShownQuestion, ...]
    attempted: bool
    answer: str
    right: bool | None
    """None where the problem has no right answer."""
    lacking: tuple[str, ...]
    """Ids of what it answers without; only of the first attempt."""
    reply: str


class ShownDialogue(Frozen):
    """A dialogue that the page shows turn by turn."""

    key: str
    entry: str
    problem: str
    arm: str
    epoch: int
    chosen: str
    """Why this one: `worst`, `typical`, `best`, `disagreement`."""
    outcome: str
    target: str
    right: bool | None
    """None where the problem has no right answer."""
    opening: str
    fragments: tuple[ShownFragment, ...]
    turns: tuple[ShownTurn, ...]
    beside: str
    """Key of the other model's dialogue on the same problem, where two are shown side by side; else empty."""
    viewer: str
    """Address in Inspect's own viewer, where one was built; else empty."""


class InstrumentError(Frozen):
    """A published error rate of an instrument, from an audit's JSON."""

    instrument: str
    figure: str
    value: float
    low: float | None
    high: float | None
    n: int | None
    identity: str


class Ceiling(Frozen):
    """What a policy gets that knows every answer and asks by habit or by spelling, and what that was measured on."""

    joint_success: Estimate
    families: tuple[str, ...]
    """Whose problems it was measured on, all together: under `MEASURED_UNDER`, and no others."""
    data: str
    """Hash over its scenarios."""
    seed: int
    """That these were drawn with."""
    identities: Mapping[str, str]
    """Of reader, matcher and user."""


class Leaderboard(Frozen):
    """The whole report."""

    schema_version: Literal[1] = SCHEMA_VERSION
    title: str
    boards: tuple[Board, ...]
    """The one with most models first."""
    entries: Mapping[str, Entry]
    """By key."""
    across: tuple[Across, ...]
    dialogues: tuple[ShownDialogue, ...]
    instruments: tuple[InstrumentError, ...]
    """Empty where no audit was given: the page says so."""
    exploit_ceiling: Ceiling | None
    gates: tuple[Mapping[str, str], ...]
    """Gate verdicts that were given: verdict, sentence, candidate, baseline, date."""
    warnings: tuple[str, ...]
    """Such as models of which families are missing, or two runs of one model."""
    seed: int
    """Of the choice of dialogues."""
    dialogues_per_model: int = Field(ge=0)
    """Of each reason to show one, at most; a budget of bytes holds as well."""
    viewer: str
    """Address of a bundle of Inspect's viewer; empty without one."""
    versions: Mapping[str, str]
    command: str
    canary: str

    @model_validator(mode="after")
    def _names_only_its_entries(self) -> Self:
        """Check that whatever names an entry finds it, so that nothing that reads a report has to.

        Raises:
            ValueError: If there is no board, or an entry is missing or has no figures on all problems.
        """
        if not self.boards:
            raise ValueError("has no board")
        named = {key for board in self.boards for key in board.order}
        named |= {key for board in self.boards for pair in board.pairs for key in (pair.better, pair.worse)}
        named |= {dialogue.entry for dialogue in self.dialogues}
        if missing := sorted(named - self.entries.keys()):
            raise ValueError(f"names the entry {missing[0]!r}, which it does not have")
        if partial := [key for key, entry in self.entries.items() if ALL not in entry.slices]:
            raise ValueError(f"entry {partial[0]!r} has no figures on all problems")
        return self
