"""Reading what is to be split: GSM8K rows, texts in JSON lines, plain text."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast, get_args

from askfirst.benchmark.errors import DataError
from askfirst.benchmark.problem import Frozen

Format: TypeAlias = Literal["gsm8k", "text", "jsonl"]
FORMATS: tuple[Format, ...] = get_args(Format)


class Row(Frozen):
    """One text to split."""

    where: str
    """File and line, for messages and as the problem's source."""
    text: str
    answer: str = ""
    """GSM8K's solution, or the right number; empty where none is known."""


def load_rows(path: Path, format: Format) -> list[Row]:
    """Load a file's texts, in order.

    Args:
        path: The file. `gsm8k`: JSON lines, or one JSON list, of objects with `question` and `answer`; `jsonl`: JSON
            lines with `text` and perhaps `answer`; `text`: problems with an empty line between them.
        format: How to read it.

    Raises:
        DataError: If the file is missing, empty or not of that form: the message names file, line and field.
    """
    try:
        content = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: not readable ({error}); expected a text file in UTF-8; check the path") from error
    rows = list(_read_text(path, content) if format == "text" else _read_json(path, content, format))
    if not rows:
        raise DataError(f"{path}: empty; expected at least one problem; check the file")
    return rows


def _read_text(path: Path, content: str) -> Iterator[Row]:
    start, lines = 0, [*content.splitlines(), ""]
    for number, line in enumerate(lines):
        if line.strip():
            continue
        if text := " ".join(" ".join(lines[start:number]).split()):
            first = next(at for at in range(start, number) if lines[at].strip())
            yield Row(where=f"{path.name}:{first + 1}", text=text)
        start = number + 1


def _read_json(path: Path, content: str, format: Format) -> Iterator[Row]:
    for where, item in _items(path, content):
        if not isinstance(item, dict):
            raise DataError(f"{path}:{where}: found {item!r}; expected a JSON object; mend it")
        fields = cast(dict[str, Any], item)
        name, needed = ("question", True) if format == "gsm8k" else ("text", False)
        text = _field(path, where, fields, name)
        answer = _field(path, where, fields, "answer") if needed or "answer" in fields else ""
        yield Row(where=f"{path.name}:{where}", text=text, answer=answer)


def _items(path: Path, content: str) -> Iterator[tuple[int, Any]]:
    """Yield line numbers (of a list: positions from 1) and values."""
    if content.lstrip().startswith("["):
        try:
            yield from enumerate(json.loads(content), start=1)
        except json.JSONDecodeError as error:
            raise DataError(
                f"{path}:{error.lineno}: no JSON ({error.msg}); expected a list of objects; mend it"
            ) from error
        except (ValueError, RecursionError) as error:  # a number or a nesting beyond what Python reads
            raise DataError(f"{path}: not readable as JSON ({error}); expected a list of objects; mend it") from error
        return
    for number, line in enumerate(content.splitlines(), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except json.JSONDecodeError as error:
                raise DataError(
                    f"{path}:{number}: no JSON ({error.msg}); expected one object a line; mend it"
                ) from error
            except (ValueError, RecursionError) as error:
                raise DataError(
                    f"{path}:{number}: not readable as JSON ({error}); expected one object a line; mend it"
                ) from error


def _field(path: Path, where: int, fields: dict[str, Any], name: str) -> str:
    value: Any = fields.get(name)
    value = str(value) if name == "answer" and isinstance(value, int | float) else value
    if not isinstance(value, str) or not value.strip():
        raise DataError(f"{path}:{where}: field {name!r}: found {value!r}; expected a text; add or mend it")
    return value
