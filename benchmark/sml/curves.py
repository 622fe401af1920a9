"""The curves of a run as one SVG file: what changes from step to step."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from askfirst.benchmark.sml.run_folder import read_lines
from askfirst.benchmark.sml.settings import PHASES
from askfirst.benchmark.sml.watching import PROGRESS

PANELS: Sequence[tuple[str, Mapping[str, str]]] = (
    ("Loss", {"loss": "loss"}),
    ("Reward, mean a dialogue", {"reward": "reward"}),
    (
        "Share of dialogues",
        {"solved": "right in the end", "solved_first": "right at once", "asked_first": "first turn asks"},
    ),
    ("A dialogue", {"questions": "questions", "turns": "turns"}),
    ("Student tokens a second", {"tokens_per_s": "tokens a second"}),
)
"""Titles, and what each shows: names of figures with their labels."""


def write_curves(folder: Path) -> Path | None:
    """Draw the figures of a run's log over its steps, phases one after the other.

    Returns:
        `curves.svg` in the folder, or None where nothing was logged.
    """
    rows: list[dict[str, Any]] = []
    ends: list[int] = []
    for phase in PHASES:
        path = folder / "train" / phase / PROGRESS
        if not path.is_file():
            continue
        start = len(rows)
        rows.extend(row | {"at": start + row["step"]} for row in read_lines(path))
        ends.append(len(rows))
    if not rows:
        return None
    return _draw(rows, ends[:-1], folder / "curves.svg")


def _draw(rows: Sequence[Mapping[str, Any]], ends: Sequence[int], path: Path) -> Path:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    panels = [(title, lines) for title, lines in PANELS if any(name in row for row in rows for name in lines)]
    with cast(Any, matplotlib).rc_context({"svg.hashsalt": "askfirst", "svg.fonttype": "none"}):
        figure, axes = pyplot.subplots(len(panels), 1, figsize=(7, 1.9 * len(panels)), sharex=True, squeeze=False)
        for axis, (title, lines) in zip(axes[:, 0], panels, strict=True):
            for name, label in lines.items():
                points = [(row["at"], row[name]) for row in rows if name in row]
                if points:
                    axis.plot(*zip(*points, strict=True), label=label, linewidth=1.2)
            for end in ends:
                axis.axvline(end + 0.5, color="0.7", linewidth=0.8)
            axis.set_title(title, loc="left", fontsize=9)
            # the loss of reinforcement may be below 0
            if not any(row.get(name, 0) < 0 for row in rows for name in lines):
                axis.set_ylim(bottom=0)
            if len(lines) > 1:
                axis.legend(fontsize=7, frameon=False)
        axes[-1, 0].set_xlabel("step")
        figure.tight_layout()
        cast(Any, figure).savefig(path, metadata={"Date": None})
        pyplot.close(figure)
    return path
