"""Places for labels: beside points without covering others, and in a column without touching."""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import NamedTuple

REACHES = (9.0, 13.0, 18.0, 24.0, 31.0, 39.0)
"""How far from its point a label may be, in points; the nearest free place is taken."""
DIRECTIONS = tuple(number * pi / 8 for number in (-2, 2, -6, 6, 0, 8, -4, 4, -1, 1, -3, 3, -5, 5, -7, 7))
"""To the upper right first."""
CLOSE = REACHES[1]
"""Labels that are farther from their points need a line to them."""


class Box(NamedTuple):
    """What a label or a marker covers."""

    left: float
    top: float
    width: float
    height: float

    @classmethod
    def around(cls, x: float, y: float, width: float, height: float) -> "Box":
        """Return the box whose middle is at a place."""
        return cls(x - width / 2, y - height / 2, width, height)

    def covers(self, other: "Box") -> float:
        """Return the area that two boxes share, at least 0."""
        across = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        down = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        return max(0.0, across) * max(0.0, down)


def place_beside(
    points: Sequence[tuple[float, float]],
    widths: Sequence[float],
    height: float,
    within: Box,
    avoid: Sequence[Box] = (),
    marker: float = 8.0,
) -> list[tuple[float, float]]:
    """Return the middle of each point's label: near it, within the box, over no marker and no other label.

    Where nothing is free, the place that covers least is taken.

    Args:
        points: In the order in which they choose.
        widths: Of the labels, as many as there are points.
        height: Of every label.
        within: What labels may not leave.
        avoid: What labels should not cover, besides markers.
        marker: Width of the points' markers.
    """
    taken = [*avoid, *(Box.around(x, y, marker, marker) for x, y in points)]
    placed: list[tuple[float, float]] = []
    for (x, y), width in zip(points, widths, strict=True):
        best, least = (x, y), float("inf")
        for reach in REACHES:
            for turn in DIRECTIONS:
                # a wide label starts farther to the side
                place = (x + cos(turn) * (reach + width / 2 - height / 2), y + sin(turn) * reach)
                box = Box.around(*place, width, height)
                outside = box.width * box.height - box.covers(within)
                covered = 4 * outside + sum(box.covers(other) for other in taken)
                if covered < least - 1e-6:
                    best, least = place, covered
            if least < 1e-6:
                break
        placed.append(best)
        taken.append(Box.around(*best, width, height))
    return placed


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move places along a line apart until they are `gap` from each other, in their order, as little as need be.

    Args:
        wanted: In any order; places that are equal stay in theirs.
        gap: Least distance.
        low: Where the first may be; given up where there is too little room.
        high: Where the last may be.
    """
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    places: list[float] = []
    for at in order:
        places.append(max(wanted[at], low, places[-1] + gap if places else low))
    beyond = high
    for at in reversed(range(len(places))):
        places[at] = min(places[at], beyond)
        beyond = places[at] - gap
    if places and places[0] < low:
        places = [low + number * gap for number in range(len(places))]
    moved = [0.0] * len(wanted)
    for at, place in zip(order, places, strict=True):
        moved[at] = place
    return moved
