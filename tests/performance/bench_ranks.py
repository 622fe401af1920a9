"""Whether rank ranges hold the true places of all models at once: simulated leaderboards whose order is known.

`python bench_ranks.py [BOARDS]` draws that many of each kind (default 400: about two minutes).
"""

import sys
from pathlib import Path

import numpy as np
from rich.console import Console

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from simulated_boards import Truth, covers


def spread(models: int, low: float = 0.2, high: float = 0.8) -> list[float]:
    """Return means at equal steps."""
    return [float(mean) for mean in np.linspace(low, high, models)]


KINDS = {
    "5 apart, 100 problems, 8 templates": Truth(spread(5), 100, 8, 0.2),
    "5 equal, 100 problems, 8 templates": Truth([0.5] * 5, 100, 8, 0.2),
    "5 equal near 1, 100 problems, 8 templates": Truth([0.95] * 5, 100, 8, 0.3),
    "5 equal near 0, 100 problems, 20 templates": Truth([0.03] * 5, 100, 20, 0.3),
    "5 equal, 100 problems, 3 templates": Truth([0.5] * 5, 100, 3, 0.2),
    "10 apart, 200 problems, 20 templates": Truth(spread(10), 200, 20, 0.2),
    "10 in 3 ties, 200 problems, 20 templates": Truth([0.3] * 3 + [0.5] * 4 + [0.7] * 3, 200, 20, 0.2),
    "10 equal, 200 problems, 20 uneven templates": Truth([0.5] * 10, 200, 20, 0.2, uneven=True),
    "20 apart, 300 problems, 40 templates": Truth(spread(20), 300, 40, 0.1),
    "20 equal, 300 problems, 40 templates": Truth([0.5] * 20, 300, 40, 0.2),
    "20 equal, 100 problems, 8 templates": Truth([0.5] * 20, 100, 8, 0.3),
    "20 equal near 1, 100 problems, 8 templates": Truth([0.97] * 20, 100, 8, 0.3),
    "20 in ties of 2, 300 problems, 40 uneven": Truth(sorted(spread(10) * 2), 300, 40, 0.2, uneven=True),
}


def main(boards: int) -> None:
    """Print coverage by kind; fail where it is certainly below .95."""
    console = Console(highlight=False, width=100)
    console.print(f"{'leaderboards':<46} {'all covered':>11} {'mean width':>11}   ({boards} each)")
    failed: list[str] = []
    for name, truth in KINDS.items():
        generator = np.random.default_rng(0)
        found = [covers(truth, generator) for _ in range(boards)]
        share = sum(held for held, _ in found) / boards
        console.print(f"{name:<46} {share:>11.3f} {sum(width for _, width in found) / boards:>11.1f}")
        if share + 2 * (0.95 * 0.05 / boards) ** 0.5 < 0.95:
            failed.append(name)
    if failed:
        sys.exit(f"below .95: {', '.join(failed)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
