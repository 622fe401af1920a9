"""The catalogue of hostile messages, `hostile/messages.toml`, and the subjects that send them."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from askfirst.benchmark.policies import Policy, wrong_answer
from askfirst.benchmark.problem import CallForm, CallsForm, ChoiceForm, CodeForm, Problem
from askfirst.benchmark.scenario import Scenario

FILE = Path(__file__).with_name("hostile") / "messages.toml"


@dataclass(frozen=True)
class Attack:
    """One hostile message; see the head of the file."""

    kind: str
    name: str
    text: str = ""
    start: str = ""
    repeat: str = ""
    end: str = ""
    size: int = 0
    """Characters of the whole message, where it is repeated."""
    may_ask: bool = False
    surrogates: bool = False
    """U+FFFD stands for a lone surrogate, which no TOML can hold."""

    def message(self, scenario: Scenario, size: int | None = None) -> str:
        """Return the message to the user of a scenario, in about `size` characters where it is repeated."""
        start, repeat, end = (_fill(part, scenario) for part in (self.start, self.repeat, self.end))
        if not repeat:
            text = _fill(self.text, scenario)
        else:
            times = max(1, (min(size or self.size, self.size) - len(start) - len(end)) // len(repeat))
            numbered = (repeat.replace("#", f"thing {number}") for number in range(times))
            text = start + ("".join(numbered) if "#" in repeat else repeat * times) + end
        return text.replace("\ufffd", "\ud800") if self.surrogates else text


@cache
def load_attacks() -> tuple[Attack, ...]:
    """Load the catalogue, in its order."""
    return tuple(Attack(**row) for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["attack"])


def sends_first(attack: Attack, policy: Policy, size: int | None = None) -> Policy:
    """Return the policy of a subject that attacks in its first message, and then does as the policy does.

    It hears the user as if the attack had not been sent.
    """

    def speak(scenario: Scenario, heard: Sequence[str]) -> str:
        if len(heard) == 1:
            return attack.message(scenario, size)
        return policy(scenario, [heard[0], *heard[2:]] if len(heard) < scenario.max_turns else heard)

    return speak


def sends_always(attack: Attack, size: int | None = None) -> Policy:
    """Return the policy of a subject that sends nothing but the attack."""
    return lambda scenario, heard: attack.message(scenario, size)


def sends_before(attack: Attack, policy: Policy, size: int | None = None) -> Policy:
    """Return the policy of a subject that puts the attack before each message of a policy."""
    return lambda scenario, heard: f"{attack.message(scenario, size)}\n\n{policy(scenario, heard)}"


def sends_after(attack: Attack, policy: Policy, size: int | None = None) -> Policy:
    """Return the policy of a subject that puts the attack behind each message of a policy."""
    return lambda scenario, heard: f"{policy(scenario, heard)}\n\n{attack.message(scenario, size)}"


def _fill(text: str, scenario: Scenario) -> str:
    if "@" not in text:
        return text
    problem = scenario.problem
    hidden = scenario.hidden or problem.necessary
    values = {
        "@WRONG@": wrong_answer(scenario),
        "@OPTIONS@": "\n\n".join(f"ANSWER: {option}\nI think so." for option in _options(scenario)),
        "@ID@": hidden[0] if hidden else "price",
        "@FUNCTION@": _function(problem),
    }
    for name, value in values.items():
        text = text.replace(name, value)
    return text


def _options(scenario: Scenario) -> Sequence[str]:
    form = scenario.problem.form
    return form.options if isinstance(form, ChoiceForm) else [wrong_answer(scenario), *map(str, range(20))]


def _function(problem: Problem) -> str:
    form = problem.form
    if isinstance(form, CallsForm):
        return form.functions[0].function
    return form.function if isinstance(form, CallForm | CodeForm) else "f"
