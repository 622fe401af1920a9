"""What a dialogue comes to, in the words of someone who has to mend it: which part of asking failed."""

from collections.abc import Mapping, Sequence
from math import isnan

PARTS: Mapping[str, bool] = {
    "asked well and right": False,
    "answered early without asking": True,
    "asked, but not for all that was missing": True,
    "asked for more than twice what was missing": True,
    "asked well, then wrong": True,
    "neither asked nor answered": True,
    "with nothing missing: right without asking": False,
    "with nothing missing: asked all the same": True,
    "with nothing missing: wrong, or no answer": True,
}
"""Every name, and whether more of it is worse. Those of the `under` arm come first, and sum to 1; so do the others."""


def part_of(arm: str, values: Mapping[str, float]) -> str | None:
    """Return what one dialogue came to, a name of `PARTS`; None where its measures do not say.

    Args:
        arm: The dialogue's arm.
        values: The dialogue's measures; unscored ones are missing or NaN.
    """
    known = {name: value for name, value in values.items() if not isnan(value)}
    return _under(known) if arm == "under" else _twin(known)


def part_shares(parts: Sequence[str]) -> dict[str, float]:
    """Return each part's share of its arms' dialogues, in [0, 1]; parts of arms without a dialogue are missing."""
    shares: dict[str, float] = {}
    for group in (UNDER, TWINS):
        inside = [part for part in parts if part in group]
        shares |= {name: inside.count(name) / len(inside) for name in group if inside}
    return shares


UNDER = tuple(PARTS)[:6]
TWINS = tuple(PARTS)[6:]


def _under(values: Mapping[str, float]) -> str | None:
    if not {"premature_rate", "asking_success", "questions"} <= values.keys():
        return None
    asked = values["questions"] > 0
    if values["asking_success"]:
        # where a source has no right answer, asking well is all that there is to get right
        return "asked well, then wrong" if values.get("accuracy_under") == 0 else "asked well and right"
    if values.get("informed_rate"):
        return "asked for more than twice what was missing"
    if asked:
        return "asked, but not for all that was missing"
    return "answered early without asking" if values["premature_rate"] else "neither asked nor answered"


def _twin(values: Mapping[str, float]) -> str | None:
    if "over_ask_rate" not in values:
        return None
    if values["over_ask_rate"]:
        return "with nothing missing: asked all the same"
    accuracies = [values[name] for name in ("accuracy_full", "accuracy_decoy") if name in values]
    right = accuracies[0] if accuracies else values.get("asking_success", 0.0)
    return "with nothing missing: right without asking" if right else "with nothing missing: wrong, or no answer"
