"""Writes the files that are committed: each is there in full or, if anything fails, as it was before."""

from pathlib import Path

from askfirst.benchmark.errors import GateError


def save_text(path: Path, text: str) -> None:
    """Write a text file at once.

    Raises:
        GateError: If it can't be written.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        partial.write_text(text, encoding="utf-8", newline="\n")
        partial.replace(path)
    except OSError as error:
        raise GateError(
            f"{path}: can't be written ({error.strerror}); expected a writable path; choose another"
        ) from error
    finally:
        partial.unlink(missing_ok=True)
