"""What the page takes of a picture, whoever draws it."""

from collections.abc import Mapping
from typing import TypeAlias

from askfirst.benchmark.problem import Frozen

PICTURES = ("tradeoff", "forest", "timing", "heatmap", "hidden", "gain", "curves")
"""The pictures that a report can have, in the order in which the page shows them."""


class Picture(Frozen):
    """A picture for readers who see it, and words for those who don't."""

    title: str
    description: str
    """What it shows, in words that stand for it."""
    light_svg: str
    """A whole SVG document, by itself: the page shows it as an image, out of reach of the page's style and script."""
    dark_svg: str = ""
    """The same for dark backgrounds; empty where `light_svg` adapts by itself, with a media query in its own style."""


Pictures: TypeAlias = Mapping[str, Picture]
"""By name in `PICTURES`; pictures that a report lacks are missing."""
