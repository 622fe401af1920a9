"""Random streams named for what they decide, so that one choice can never shift another."""

import hashlib
import random


def stream(*names: str | int) -> random.Random:
    """Return the random stream of that name: equal names, equal draws, on every machine and Python version."""
    digest = hashlib.sha256("/".join(str(name) for name in names).encode()).digest()
    return random.Random(int.from_bytes(digest[:8]))
