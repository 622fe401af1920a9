"""Turns read and matched a second on one core, against parsing the same messages from JSON, in one run.

Run: make bench. The labelled questions of the public set are the messages: long and short, lists, courtesies, slips.
"""

import json
import time
from collections.abc import Callable
from importlib.resources import files

from rich.console import Console
from rich.table import Table

from askfirst.benchmark.labels import LabelledQuestion
from askfirst.benchmark.matcher import index_fragments, match_question
from askfirst.benchmark.problem import Problem
from askfirst.benchmark.reader import read_turn

ROUNDS = 5
FLOOR = 2_000
"""Turns a second that one core should read and match: then no evaluation waits for its instruments."""


def rows(name: str) -> list[str]:
    """Return the rows of a labelled file, without its head."""
    return files("askfirst.data").joinpath(f"labelled/{name}").read_text(encoding="utf-8").splitlines()[1:]


def seconds(work: Callable[[], object]) -> float:
    """Return the processor seconds of the quickest of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def main() -> None:
    """Print one table."""
    problems = {problem.id: problem for problem in map(Problem.model_validate_json, rows("problems.jsonl"))}
    indexes = {name: index_fragments(problem) for name, problem in problems.items()}
    questions = [LabelledQuestion.model_validate_json(row) for row in rows("questions.jsonl")]
    english = [one for one in questions if one.language == "en"]
    written = [json.dumps({"role": "assistant", "content": one.text}) for one in english]

    def read() -> list[tuple[str, tuple[str, ...]]]:
        return [
            (one.problem, read_turn(one.text, problems[one.problem].form, said=problems[one.problem].goal).questions)
            for one in english
        ]

    def read_and_match() -> None:
        for problem, asked in read():
            for question in asked:
                match_question(question, indexes[problem])

    def match_whole() -> None:
        for one in english:
            match_question(one.text, indexes[one.problem])

    parsing = seconds(lambda: [json.loads(message) for message in written])
    table = Table(title=f"{len(english):,} messages, one core, quickest of {ROUNDS} rounds")
    for column in ("work", "turns a second", "of parsing as JSON"):
        table.add_column(column, justify="right")
    for name, work in (("read", read), ("read and match", read_and_match), ("match whole messages", match_whole)):
        spent = seconds(work)
        table.add_row(name, f"{len(english) / spent:,.0f}", f"{spent / parsing:,.0f} x")
    preparing = seconds(lambda: [index_fragments(problem) for problem in problems.values()])
    console = Console()
    console.print(table)
    console.print(f"A problem is prepared in {preparing / len(problems) * 1000:.1f} ms, once a dialogue.")
    console.print(f"The floor for reading and matching is {FLOOR:,} turns a second.")


if __name__ == "__main__":
    main()
