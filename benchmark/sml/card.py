"""A model card for each checkpoint: what it is, how it was made, and what its training log says."""

from pathlib import Path

from askfirst.benchmark.sml.run_folder import write_atomically
from askfirst.benchmark.sml.run_record import RunRecord
from askfirst.benchmark.sml.student import ADAPTER_CONFIG

WHAT = {
    "solve": "Fine-tuned on worked solutions in one turn: the common ancestor of the other recipes.",
    "single_turn": "Reinforced on right answers in one turn, without a teacher: the control.",
    "offline_sml": "Fine-tuned on its own successful dialogues with a teacher (offline social meta-learning).",
    "sml": "Reinforced on dialogues with a teacher (online social meta-learning).",
    "q_priming": "Fine-tuned on successful dialogues some of whose wrong turns gave way to questions (Q-priming).",
    "q_priming_sml": "Q-priming, then reinforced on dialogues with a teacher.",
}
FIGURES = {
    "loss": "loss",
    "reward": "mean reward",
    "solved": "dialogues that end right",
    "solved_first": "right in the first turn",
    "asked_first": "first turns that ask",
    "questions": "questions a dialogue",
    "leaks": "teacher's turns that gave the answer away",
}


def render_card(record: RunRecord, *, adapters: bool) -> str:
    """Write the card in Markdown; nothing in it is a path of the machine that trained."""
    settings = record.settings
    name = Path(record.model).name
    lines = [
        "---",
        f"base_model: {name}",
        f"library_name: {'peft' if adapters else 'transformers'}",
        "tags: [askfirst, social-meta-learning]",
        "---",
        "",
        f"# {name}: {settings.recipe}",
        "",
        WHAT[settings.recipe],
        "Every training problem was fully specified; no template of the evaluation was used.",
        "",
        "| | |",
        "|---|---|",
        f"| recipe | `{settings.recipe}` |",
        f"| started from | {name} |",
        f"| seed | {settings.seed} |",
        f"| problems | {settings.n} of {', '.join(settings.families)}, levels {', '.join(map(str, settings.levels))} |",
        f"| data hash | `{record.data_hash}` |",
        f"| teacher | {settings.teacher} |",
        f"| time | {record.seconds / 60:.0f} min on {record.hardware} |",
        f"| student tokens sampled | {record.student_tokens:,} |",
        f"| tokens trained on | {record.trained_tokens:,} |",
        f"| versions | {', '.join(f'{name} {number}' for name, number in record.versions.items())} |",
        "",
        "## Last step of training",
        "",
        "On training problems; the benchmark's scores are in its own logs.",
        "",
        "| figure | value |",
        "|---|---|",
        *(f"| {label} | {record.final[name]:.3g} |" for name, label in FIGURES.items() if name in record.final),
        "",
        "## Settings",
        "",
        "```json",
        settings.model_dump_json(indent=2),
        "```",
    ]
    return "\n".join(lines) + "\n"


def write_card(folder: Path, record: RunRecord) -> None:
    """Write a folder's card."""
    write_atomically(folder / "README.md", render_card(record, adapters=(folder / ADAPTER_CONFIG).is_file()))
