"""Draws the training curves of docs/experiment.md: usage `python plot_experiment.py RUNS FILE.svg`."""

import json
import sys
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

RECIPES = {"single_turn": "#7f7f7f", "sml": "#1f77b4", "q_priming_sml": "#d95f02"}
FIGURES = {"solved": "ended right", "solved_first": "right in the first turn", "asked_first": "asked in the first turn"}


def main(runs: Path, file: Path) -> None:
    """Draw each figure of the training log by step: every seed thin, their mean of three steps thick."""
    plt.rcParams |= {"svg.hashsalt": "askfirst", "font.size": 9}
    _, axes = plt.subplots(1, len(FIGURES), figsize=(9, 2.8), sharey=True, layout="constrained")
    for axis, (name, title) in zip(axes, FIGURES.items(), strict=True):
        for recipe, color in RECIPES.items():
            logs = sorted(runs.glob(f"{recipe}-[0-9]/train/reinforcing/progress.jsonl"))
            seeds = np.array([[json.loads(line)[name] for line in log.read_text().splitlines()] for log in logs])
            steps = np.arange(1, seeds.shape[1] + 1)
            for seed in seeds:
                axis.plot(steps, seed, color=color, lw=0.5, alpha=0.5)
            mean = np.convolve(seeds.mean(axis=0), np.ones(3) / 3, mode="valid")
            axis.plot(steps[1:-1], mean, color=color, lw=1.8, label=recipe)
        axis.set_title(title, fontsize=9)
        axis.set_xlabel("step")
        axis.set_ylim(-0.02, 0.75)
        axis.spines[["top", "right"]].set_visible(False)
    axes[0].set_ylabel("share of dialogues")
    axes[-1].legend(frameon=False, fontsize=8)
    plt.savefig(file, metadata={"Date": None})


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
