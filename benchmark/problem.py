"""What a problem is: a goal, fragments of information, an answer form and a target.

All types are frozen plain data, so that they travel through a log's JSON and back unchanged. Behaviour lives
elsewhere: families make and solve problems (`data/families`), instruments read them (beside this file).
"""

from collections.abc import Collection
from typing import Annotated, Literal, TypeAlias, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

Value: TypeAlias = bool | int | float | str | tuple[str, ...]
"""A fragment's value; a tuple is a list argument."""

ValueKind: TypeAlias = Literal[
    "count", "money", "duration", "percent", "ratio", "measure", "date", "choice", "yesno", "text", "list"
]
"""What sort of thing a value is: it decides which question words can ask for it ("how many", "when", ...)."""

CertificateKind: TypeAlias = Literal["proved", "traced", "trial", "stated", "none"]
"""How necessity was shown, strongest first."""

CERTIFICATE_KINDS: tuple[CertificateKind, ...] = get_args(CertificateKind)

Split: TypeAlias = Literal["train", "dev", "test"]

CANARY = "askfirst:canary:7d0e6f0a-4b5c-4a57-9d0a-6a0c2f1e8b43"
"""Stands in every published file, so that training sets can be searched for it."""


class Frozen(BaseModel):
    """A value object: immutable, hashable, without unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NumberForm(Frozen):
    """The answer is one number."""

    kind: Literal["number"] = "number"
    unit: str = ""
    """What is counted or measured, in the plural: "apples", "dollars", "minutes"; empty for a bare number."""
    tolerance: float = Field(default=0.0, ge=0)
    """Largest absolute difference from the target that still counts as right, in `unit`."""


class ChoiceForm(Frozen):
    """The answer is one option of a list."""

    kind: Literal["choice"] = "choice"
    options: tuple[str, ...] = Field(min_length=2)


class Parameter(Frozen):
    """One parameter of a function that the subject may call."""

    name: str
    type: Literal["string", "integer", "number", "boolean", "date", "enum", "list"]
    """`date` is written YYYY-MM-DD; `list` is a list of strings whose order does not matter."""
    description: str
    options: tuple[str, ...] = ()
    """The allowed values of an `enum`; empty for every other type."""
    required: bool = True
    default: Value | None = None
    """The value that an omitted optional argument takes."""


class CallForm(Frozen):
    """The answer is one call of one function: `name(argument=value, ...)`."""

    kind: Literal["call"] = "call"
    function: str
    description: str = ""
    parameters: tuple[Parameter, ...]


class CallsForm(Frozen):
    """The answer is one or more calls of the functions at hand."""

    kind: Literal["calls"] = "calls"
    functions: tuple[CallForm, ...] = Field(min_length=1)
    ordered: bool = False
    """Whether the order of the calls counts."""


class QueryForm(Frozen):
    """The answer is one SQL query; what it returns is compared, not how it is written."""

    kind: Literal["query"] = "query"
    ordered: bool = False
    """Whether the order of the rows counts; duplicates always do."""


class CodeForm(Frozen):
    """The answer is Python source that defines one function; what it returns is compared, not how it is written."""

    kind: Literal["code"] = "code"
    function: str
    """The function's name."""


class TextForm(Frozen):
    """The answer is a text that has to meet constraints which a program can check."""

    kind: Literal["text"] = "text"
    noun: str = "text"
    """What sort of text: "notice", "email"."""


class OpenForm(Frozen):
    """The source has no right answer: only asking is measured, and the accuracies are unscored."""

    kind: Literal["open"] = "open"


AnswerForm: TypeAlias = Annotated[
    NumberForm | ChoiceForm | CallForm | CallsForm | QueryForm | CodeForm | TextForm | OpenForm,
    Field(discriminator="kind"),
]

BlockForm: TypeAlias = QueryForm | CodeForm | TextForm
"""Forms whose answer takes lines of its own, below the marker."""


class Certificate(Frozen):
    """Why a fragment counts as necessary.

    `proved` is a proof: another value, the rest unchanged, gives another answer. The weaker kinds may lack value and
    answer.
    """

    kind: CertificateKind
    value: Value = ""
    """The other value, from the fragment's domain; empty where none is known."""
    answer: str = ""
    """The answer under it, different from the problem's target; empty where none is known."""
    text: str = ""
    """The fragment's text as it would be under that value; empty where it is not known."""
    note: str = ""
    """What the weaker kinds rest on, for people: the step that uses the fragment, the tries that failed."""


class Fragment(Frozen):
    """One atomic piece of information."""

    id: str
    """Unique within the problem; letters, digits and underscores."""
    text: str
    """A sentence that can be read alone: it names what it is about and holds its value."""
    question: str
    """The plainest question that asks for exactly this fragment; it does not hold the value."""
    aliases: tuple[str, ...] = ()
    """Noun phrases by which people refer to it ("ticket price", "number of guests"); none holds the value."""
    kind: ValueKind
    value: Value
    domain: tuple[Value, ...] = ()
    """Every value it could have had, in a fixed order; `value` is one of them. Domains are independent of each other:
    every combination over a problem's fragments is a valid problem. Empty where only the text is known, as with
    fragments that were cut from a source's prose; `value` is that text then."""
    necessary: bool
    weight: float = Field(default=1.0, gt=0)
    """How much it matters to the user, where the source says so; 1 where it doesn't."""
    certificate: Certificate | None = None
    """Present exactly when `necessary`."""

    @model_validator(mode="after")
    def _check(self) -> "Fragment":
        if self.necessary != (self.certificate is not None):
            raise ValueError(f"fragment {self.id!r}: a certificate belongs to a necessary fragment, and only there")
        if self.domain and (len(self.domain) < 2 or self.value not in self.domain):
            raise ValueError(f"fragment {self.id!r}: value {self.value!r}; expected one of several in {self.domain!r}")
        if self.certificate and self.certificate.kind == "proved" and not (self.domain and self.certificate.answer):
            raise ValueError(f"fragment {self.id!r}: a proof needs a domain and the other answer")
        return self


class Problem(Frozen):
    """A fully specified task.

    The answer is determined by the goal and the necessary fragments, and for each necessary fragment it is not
    determined by all the others: the necessary set is the only smallest sufficient set, so `determined` is a plain
    subset test.
    """

    id: str
    """Stable: `<family>/<template>/<seed>`; it never depends on a value."""
    family: str
    template: str
    theme: str = ""
    level: int = Field(ge=1)
    split: Split
    instructions: str = ""
    """What stays in every arm's opening beside the goal: a service manual, a function's signature."""
    goal: str
    """The request that stays when everything is withheld."""
    fragments: tuple[Fragment, ...]
    """In the seeded order in which an opening shows them; none where a source says that a request lacks nothing."""
    form: AnswerForm
    target: str
    """The right answer, written in the form's canonical spelling."""
    solution: str
    """What the family's solver reads to answer again under other values: an expression, a decision table, a call."""
    source: str = ""
    """Where a problem of a public set comes from: set, revision and row; empty for the procedural families."""
    licence: str = ""
    """The source's licence, by its SPDX id; empty for the procedural families."""
    canary: str = CANARY

    @model_validator(mode="after")
    def _check(self) -> "Problem":
        ids = [fragment.id for fragment in self.fragments]
        if len(set(ids)) != len(ids):
            raise ValueError(f"problem {self.id!r}: fragment ids must be unique, got {ids!r}")
        return self

    @property
    def necessary(self) -> tuple[str, ...]:
        """Ids of the necessary fragments, in the problem's order."""
        return tuple(fragment.id for fragment in self.fragments if fragment.necessary)

    @property
    def inert(self) -> tuple[str, ...]:
        """Ids of the inert fragments, in the problem's order."""
        return tuple(fragment.id for fragment in self.fragments if not fragment.necessary)

    @property
    def certificate_kind(self) -> CertificateKind:
        """The weakest kind among the necessary fragments' certificates; `none` without a necessary fragment."""
        kinds: list[CertificateKind] = [each.certificate.kind for each in self.fragments if each.certificate]
        return max(kinds, key=CERTIFICATE_KINDS.index) if kinds else "none"

    def fragment(self, fragment_id: str) -> Fragment:
        """Return the fragment with that id.

        Raises:
            KeyError: If the problem has none.
        """
        for fragment in self.fragments:
            if fragment.id == fragment_id:
                return fragment
        raise KeyError(f"problem {self.id!r} has no fragment {fragment_id!r}")

    def determined(self, known: Collection[str]) -> bool:
        """Say whether the answer follows from the goal and the known fragments."""
        return set(self.necessary) <= set(known)
