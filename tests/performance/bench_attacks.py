"""Processor time that the instrument takes for a turn of a hostile subject: the slowest turn of every attack.

Run: make bench. Each attack is sent in every family, first at the size that 8,000 tokens can hold, then at its own, to
the conversation as a whole: reader, matcher, user and information, without the check of an answer.
"""

import asyncio
import time

from rich.console import Console
from rich.table import Table

from askfirst.benchmark.checking import Verdict
from askfirst.benchmark.dialogue import Conversation
from askfirst.benchmark.problem import Problem
from askfirst.benchmark.scenario import Scenario, Settings
from askfirst.data.problems import draw_scenarios
from askfirst.data.registry import FAMILIES, family_information
from hostile_messages import load_attacks

ROUNDS = 3
HONEST = "We add the 12 apples to the 30 pears that Mia bought, which gives 42 pieces of fruit in all. " * 530
WARM = "What is the price of one? Wie viel kostet das? 请告诉我价格是多少吗? The answer is 1/2 or 5.\nANSWER: 5"
LIMIT_MS = 50
"""Processor milliseconds that a turn should take at most, for a message that a subject with 8,000 tokens can write."""
WRITABLE = 50_000
"""Characters of such a message."""


async def no_check(problem: Problem, answer: str) -> Verdict:
    """Judge nothing: what a check may take is limited where it runs."""
    return Verdict(right=False)


def milliseconds(scenario: Scenario, message: str) -> float:
    """Return the processor milliseconds of the quickest of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        conversation = Conversation(scenario, family_information, no_check)
        began = time.process_time()
        asyncio.run(conversation.take(message))
        best = min(best, time.process_time() - began)
    return 1000 * best


def main() -> None:
    """Print one table."""
    scenarios = draw_scenarios(list(FAMILIES.values()), len(FAMILIES), Settings(arms=("under",), hide=1))
    for scenario in scenarios:
        milliseconds(scenario, WARM)
    honest = max(milliseconds(scenario, HONEST) for scenario in scenarios)
    table = Table(title=f"slowest turn of {len(FAMILIES)} families, one core, quickest of {ROUNDS} rounds")
    for column in ("kind", "attack", "characters", "ms", "of honest prose", "at its own size", "ms"):
        table.add_column(column, justify="left" if column in ("kind", "attack") else "right")
    over: list[str] = []
    for attack in load_attacks():
        small, whole = (max((attack.message(each, size) for each in scenarios), key=len) for size in (WRITABLE, None))
        slowest = max(milliseconds(each, attack.message(each, WRITABLE)) for each in scenarios)
        giant = max(milliseconds(each, attack.message(each)) for each in scenarios) if len(whole) > len(small) else None
        over += [attack.name] * (slowest > LIMIT_MS)
        cells = (f"{len(small):,}", f"{slowest:.1f}", f"{slowest / honest:.1f} x")
        table.add_row(
            attack.kind, attack.name, *cells, *(("", "") if giant is None else (f"{len(whole):,}", f"{giant:.0f}"))
        )
    console = Console()
    console.print(table)
    console.print(f"Honest prose of {len(HONEST):,} characters takes {honest:.1f} ms.")
    console.print(f"Over {LIMIT_MS} ms: {', '.join(over) or 'none'}.")


if __name__ == "__main__":
    main()
