"""The progress of a training run in the terminal."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

SHOWN: Mapping[str, str] = {
    "loss": "loss",
    "reward": "reward",
    "solved": "solved",
    "asked_first": "asks",
    "questions": "questions",
    "leaks": "leaks",
    "tokens_per_s": "tok/s",
}
"""Figures beside the bar, with their labels."""


@contextmanager
def show_progress(console: Console) -> Generator[Callable[[str, int, int, Mapping[str, float]], None]]:
    """Show a bar a phase, and yield what moves it: name, steps done, steps in all, newest figures."""
    columns = (TextColumn("{task.description:<12}"), BarColumn(bar_width=30), MofNCompleteColumn(), TimeElapsedColumn())
    progress = Progress(*columns, TextColumn("{task.fields[figures]}"), console=console)
    tasks: dict[str, TaskID] = {}

    def show(phase: str, done: int, total: int, figures: Mapping[str, float]) -> None:
        if phase not in tasks:
            # a display without bars would still print an empty line before an error
            progress.start()
            tasks[phase] = progress.add_task(phase, total=total, figures="")
        text = "  ".join(f"{label} {figures[name]:.3g}" for name, label in SHOWN.items() if name in figures)
        progress.update(tasks[phase], completed=done, total=total, figures=text)

    try:
        yield show
    finally:
        if tasks:
            progress.stop()
