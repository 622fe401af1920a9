"""What of settings and foreign texts may be published: no secret, no address, and of a path only its last part.

All that a report says of a machine goes through here, so that nothing which is hidden in one place stands in another.
"""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, cast

from askfirst.benchmark.errors import LogError
from askfirst.reports.leaderboard.exchange import LINK

PRIVATE = frozenset(
    {"key", "keys", "apikey", "token", "secret", "password", "passwd", "auth", "authorization", "credential", "bearer"}
    | {"url", "uri", "host", "endpoint", "address", "header", "proxy", "cookie", "organization", "account", "signature"}
)
"""Words of an argument's name by which its value is left out, in the singular; `tokens` are counted, not secret."""

HIDDEN = "[hidden]"
"""What stands for a secret within a text."""

ADDRESS = re.compile(r"(?!file:)\b[A-Za-z][\w+.-]{0,30}://[^\s,'\"()<>]*")
"""An address of whatever protocol, its query and password with it."""

NAMED = re.compile(
    r"""(?<![\w-])(?P<name>[A-Za-z][\w-]*)(?P<sign>['"]?\s*[=:]\s*)"""
    r"""(?:(?:Bearer|Basic)\s+)?(?:'[^']*'|"[^"]*"|\{[^{}]*\}|\[[^\[\]]*\]|[^\s,;&'"(){}\[\]]+)"""
)
"""A name and its value within a text, as `name=value`, `name: value` or part of a dictionary."""

SECRET = re.compile(r"\b(?:sk-|hf_|gh[pousr]_|xox[abpr]-|AKIA)[A-Za-z0-9_-]{16,}")
"""Keys of common services, which are known by how they begin."""

PATH = re.compile(r"(?:/|~|\.{1,2}/|[A-Za-z]:[\\/]|\\\\|file://)")
"""How a path begins."""

WITHIN = re.compile(r"(?<![\w.])(?:file://|[/~]|\.{1,2}/|[A-Za-z]:[\\/]|\\\\)[^\s,'\"()]*[^\s,'\"()/\\]")
"""A path within a text."""


def to_public(value: Any, name: str = "") -> Any:
    """Return what may be published of a value: of lists and mappings too, however deep.

    Args:
        value: Of an argument, as JSON has it.
        name: The argument's; one that ends in `path` or is `templates` holds a path, even a relative one.
    """
    if isinstance(value, Mapping):
        named = cast(Mapping[Any, Any], value)
        return {key: to_public(each, str(key)) for key, each in named.items() if not is_private(str(key))}
    if isinstance(value, list | tuple):
        return [to_public(each, name) for each in cast(Sequence[Any], value)]
    if not isinstance(value, str):
        return value
    return public_text(last_part(value)) if name == "templates" or name.endswith("path") else public_text(value)


def public_text(text: str) -> str:
    """Return a text without secrets and addresses, and of each path in it only the last part."""
    text = NAMED.sub(_hide_named, text)
    text = SECRET.sub(HIDDEN, ADDRESS.sub("[address]", text))
    # a path alone may hold spaces
    return last_part(text) if PATH.match(text) else WITHIN.sub(lambda found: last_part(found[0]), text)


def last_part(path: str) -> str:
    """Return the name of a file or folder, whatever the system that wrote the path."""
    pure = PureWindowsPath(path) if "\\" in path else PurePosixPath(path.removeprefix("file://"))
    return pure.name or "model"


def is_private(name: str) -> bool:
    """Say whether an argument may hold a secret or an address, by its name."""
    words = re.split(r"[_\W]+|(?<=[a-z])(?=[A-Z])", name)
    return any(PRIVATE & {word, word.removesuffix("s")} for word in map(str.lower, words) if word != "tokens")


def is_address(value: Any) -> bool:
    """Say whether a value is an address and nothing else."""
    return isinstance(value, str) and ADDRESS.match(value) is not None


def check_viewer(viewer: str) -> None:
    """Check that an address of a viewer can be linked from a page; empty is none.

    Raises:
        LogError: If it can't: then it would tell something of this machine and lead nobody anywhere.
    """
    if viewer and not LINK.fullmatch(f"{viewer.rstrip('/')}/"):
        raise LogError(
            f"--viewer: {viewer!r}; expected http://, https:// or a path relative to the page, such as view/; "
            "put the bundle beside the report"
        )


def _hide_named(found: re.Match[str]) -> str:
    return f"{found['name']}{found['sign']}{HIDDEN}" if is_private(found["name"]) else found[0]
