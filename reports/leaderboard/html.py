"""HTML that runs nothing but our own script: escaping, the security policy by hashes, and files carried within."""

import base64
import hashlib
import re
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from askfirst.reports.printable import printable

TEMPLATES = Path(__file__).parent / "templates"
SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
"""Spaces that are no plain ones: harmless, so they stay spaces."""


def make_environment(filters: Mapping[str, Callable[..., Any]]) -> Environment:
    """Return where templates are rendered: everything is escaped, nothing may be missing, controls are made visible.

    Args:
        filters: What templates may use beyond Jinja's own, by name.
    """
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=show_controls,
        keep_trailing_newline=True,
    )
    environment.filters.update({"data_url": to_data_url, **filters})
    return environment


def show_controls(value: Any) -> Any:
    """Replace control characters and marks that turn the reading direction by a visible sign; markup is left alone."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return printable(SPACES.sub(" ", value))
    return value


def load_asset(name: str) -> Markup:
    """Return a file of ours, to be written into the page as it is."""
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))


def content_policy(style: str, script: str = "") -> str:
    """Return a policy under which a page loads nothing and runs only what was hashed.

    Args:
        style: The whole text between the tags of the one style element.
        script: The same of the one script element; empty where the page has none.
    """
    rules = ["default-src 'none'", "img-src data:", f"style-src {_hash(style)}"]
    rules += [f"script-src {_hash(script)}"] if script else []
    return "; ".join((*rules, "base-uri 'none'", "form-action 'none'"))


def embed_file(text: str) -> str:
    """Pack a file to be carried within the page: deflated, in base64, which has nothing that HTML could misread."""
    return base64.b64encode(zlib.compress(text.encode(), level=9)).decode()


def to_data_url(svg: str) -> str:
    """Write an SVG document as an address, in base64 so that it can stand in a `srcset`."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
