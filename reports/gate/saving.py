"""Writes single files: each is there in full or, if anything fails, as it was before."""

from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib

from askfirst.benchmark.errors import GateError
from askfirst.reports.plot import STYLE


def save_text(path: Path, text: str) -> None:
    """Write a text file at once; its folder is made if need be.

    Raises:
        GateError: If it can't be written.
    """
    save_bytes(path, text.encode())


def save_bytes(path: Path, content: bytes) -> None:
    """Write a file at once; its folder is made if need be.

    Raises:
        GateError: If it can't be written.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(content)
        partial.replace(path)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise GateError(
            f"{path}: can't be written ({error.strerror}); expected a writable path; choose another"
        ) from error


def to_svg(figure: Any, title: str, description: str) -> bytes:
    """Return a matplotlib figure as SVG: equal figures, equal bytes. Draw it within `styled`."""
    found = BytesIO()
    figure.savefig(found, format="svg", metadata={"Title": title, "Description": description, "Date": None})
    return found.getvalue()


def styled() -> Any:
    """Return the context in which the gate's figures are drawn and written."""
    plotting: Any = matplotlib  # its types are incomplete
    return plotting.rc_context(STYLE)
