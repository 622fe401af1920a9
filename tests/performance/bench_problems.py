"""Problems a second, certificates included, against reading the same problems back from JSON; and memory.

Run: make bench
"""

import resource
import time
from itertools import islice

from rich.console import Console
from rich.table import Table

from askfirst.benchmark.problem import Problem
from askfirst.data.families.family import Family
from askfirst.data.families.template import split_of
from askfirst.data.registry import FAMILIES

PROBLEMS = 10_000
EARLY = 1_000
"""Problems after which memory is noted first: if it grew with the number, the second reading would show it."""


def peak_mb() -> float:
    """Return the most memory that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def make(family: Family, start: int, stop: int) -> float:
    """Make problems without keeping them; return the processor seconds."""
    templates = family.load(None)
    began = time.process_time()
    for seed in range(start, stop):
        template = templates[seed % len(templates)]
        family.make(template, seed, split_of(family.name, template.id))
    return time.process_time() - began


def read_back(family: Family, count: int) -> float:
    """Return the processor seconds that parsing as many problems from JSON takes, the least that a stored set costs."""
    templates = family.load(None)
    some = [family.make(template, 0, "test").model_dump_json() for template in islice(templates, 20)]
    began = time.process_time()
    for number in range(count):
        Problem.model_validate_json(some[number % len(some)])
    return time.process_time() - began


def main() -> None:
    """Print one table."""
    table = Table(title=f"{PROBLEMS:,} problems with certificates, one core")
    for column in ("family", "seconds", "of reading JSON", "peak MB at 1,000", "peak MB at 10,000"):
        table.add_column(column, justify="right")
    for name, family in FAMILIES.items():
        family.load(None)
        first = make(family, 0, EARLY)
        early = peak_mb()
        seconds = first + make(family, EARLY, PROBLEMS)
        late = peak_mb()
        ratio = seconds / read_back(family, PROBLEMS)
        table.add_row(name, f"{seconds:.1f}", f"{ratio:.1f} x", f"{early:.0f}", f"{late:.0f}")
    Console().print(table)


if __name__ == "__main__":
    main()
