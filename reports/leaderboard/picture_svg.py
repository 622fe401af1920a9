"""From matplotlib's SVG to one that is small, adapts to light and dark, and says in words what it shows.

Matplotlib writes each element's style out in full, wraps each in groups, and knows one colour scheme. Here styles
become classes, groups go, coordinates are rounded, and colours become variables that a dark scheme sets anew.
"""

import re
from collections.abc import Mapping
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
FONT = 'system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif'
"""As on the page."""
HALO = "halo"
"""Id of what is outlined with the paper's colour, so that lines beneath a text don't cross it."""
SCALE = 1.6
"""Points to pixels: as large as a picture gets."""

_NUMBER = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")
_UNTURNED = "rotate(-0 "
_DEFAULTS = {"stroke-dashoffset: 0", "opacity: 1", "text-anchor: start", "font-weight: 400"}


class _Writer:
    """Takes an SVG in, element by element, and gives each distinct style a class."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables
        self.classes: dict[str, str] = {}
        self.ids: dict[str, str] = {}
        self.body: list[str] = []

    def write(self, element: ElementTree.Element, halo: bool = False) -> None:
        tag = element.tag.removeprefix(SVG)
        if tag in {"metadata", "style"} or not element.tag.startswith(SVG):
            return
        halo = halo or element.get("id") == HALO
        if tag in {"svg", "g", "defs"}:
            inside = [child for child in element if child.tag != f"{SVG}style"]
            if inside and tag == "defs":
                self.body.append("<defs>")
            for child in inside:
                self.write(child, halo)
            if inside and tag == "defs":
                self.body.append("</defs>")
            return
        attributes = self._attributes(element, halo)
        text = escape(element.text.strip("\n")) if tag == "text" and element.text else ""
        self.body.append(f"<{tag}{attributes}>{text}</{tag}>" if text else f"<{tag}{attributes}/>")

    def _attributes(self, element: ElementTree.Element, halo: bool) -> str:
        written = ""
        for name, value in element.items():
            if name == "style":
                if style := self._class(value, halo):
                    written += f' class="{style}"'
            elif name == "id":
                written += f' id="{self._id(value)}"'
            elif name == HREF:
                written += f' href="#{self._id(value.removeprefix("#"))}"'
            elif name == "d":
                written += f' d="{_shorten_path(value)}"'
            elif name != "transform" or not value.startswith(_UNTURNED):
                written += f" {name}={quoteattr(_round(value, 1))}"
        return written

    def _class(self, style: str, halo: bool) -> str:
        rules = [rule.strip() for rule in style.split(";")]
        kept = [rule for rule in rules if rule and rule not in _DEFAULTS and not rule.startswith("font-family")]
        if halo:
            kept.append("paint-order: stroke; stroke: var(--c0); stroke-width: 2.5")
        text = ";".join(kept).replace(": ", ":").replace("; ", ";")
        for color, variable in self.variables.items():
            text = text.replace(color, variable)
        text = _round(text, 2)
        return self.classes.setdefault(text, f"s{len(self.classes)}") if text else ""

    def _id(self, name: str) -> str:
        return self.ids.setdefault(name, f"m{len(self.ids)}")


def adapt_svg(svg: str, title: str, description: str, dark: Mapping[str, str]) -> str:
    """Make matplotlib's SVG small and able to adapt to the reader's colour scheme.

    Args:
        svg: As matplotlib writes it, with text as text and without clipping.
        title: In words; so is the description. Both without control characters.
        description: What stands for the picture.
        dark: What each colour becomes in a dark scheme, as `#rrggbb`; the first is the paper's.

    Returns:
        A whole document: the same text for the same arguments.
    """
    root = ElementTree.fromstring(svg)
    writer = _Writer({color: f"var(--c{at})" for at, color in enumerate(dark)})
    writer.write(root)
    _, _, width, height = (float(number) for number in root.attrib["viewBox"].split())
    light = "".join(f"--c{at}:{color};" for at, color in enumerate(dark))
    night = "".join(f"--c{at}:{color};" for at, color in enumerate(dark.values()))
    rules = "".join(f".{name}{{{text}}}" for text, name in writer.classes.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width * SCALE:.0f}" height="{height * SCALE:.0f}" '
        f'viewBox="0 0 {width:g} {height:g}" role="img" aria-labelledby="title description">'
        f'<title id="title">{escape(title)}</title><desc id="description">{escape(description)}</desc>'
        f"<style>:root{{color-scheme:light dark;{light}}}@media(prefers-color-scheme:dark){{:root{{{night}}}}}"
        f"text{{font-family:{FONT}}}path,use{{stroke-linejoin:round}}{rules}</style>{''.join(writer.body)}</svg>\n"
    )


def _shorten_path(path: str) -> str:
    text = _round(" ".join(path.split()), 2)
    return re.sub(r" ?([MLCQZz]) ?", r"\1", text)


def _round(text: str, digits: int) -> str:
    def write(found: re.Match[str]) -> str:
        number = f"{float(found[0]):.{digits}f}".rstrip("0").rstrip(".")
        return "0" if number in {"-0", ""} else number

    return _NUMBER.sub(write, text)
