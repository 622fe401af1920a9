"""A hash of the source that decides something, so that equal identities mean equal decisions."""

import hashlib
import re
from pathlib import Path

_IMPORT = re.compile(r"^from askfirst\.benchmark(?:\.(\w+)[\w.]* import| import ([\w, ]+))", re.MULTILINE)
_PACKAGE = Path(__file__).parent


def hash_sources(module: str) -> str:
    """Return twelve hexadecimal digits that change when a module, or one that it imports, changes.

    Modules of this package are followed, at the top of which their imports stand; of a subpackage every file counts,
    its data too. What other packages do is not covered: their versions are in the log.

    Args:
        module: Name of a module of this package ("reader").
    """
    digest = hashlib.sha256()
    for path in sorted(_sources(module), key=lambda path: path.relative_to(_PACKAGE).as_posix()):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def _sources(module: str) -> set[Path]:
    """Return the files of a module and of all that it imports from this package."""
    found: set[Path] = set()
    waiting = [_PACKAGE / f"{module}.py"]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        if path.suffix != ".py":
            continue
        for name in _imported(path.read_text(encoding="utf-8")):
            folder = _PACKAGE / name
            inside = [each for each in folder.iterdir() if each.is_file()] if folder.is_dir() else []
            waiting += inside or [folder.with_suffix(".py")]
    return found


def _imported(source: str) -> list[str]:
    """Return the names of this package's modules that a module imports."""
    return [
        name.split()[0]
        for module, names in _IMPORT.findall(source)
        for name in ([module] if module else names.split(","))
    ]
