"""The sentence on top of a board: who leads, by how much that is settled, and who does better with fewer questions."""

from collections.abc import Mapping, Sequence

from askfirst.reports.joined import join_words
from askfirst.reports.leaderboard.board import Pair, RankRange
from askfirst.reports.leaderboard.ranking import Compared
from askfirst.reports.leaderboard.words import SUCCESS, percent

NO_ANSWERS = "These problems have no right answer: models stand in order of how well they ask, and none is ranked."
"""What stands on top of a board of which every source is without a right answer."""


def to_pairs(compared: Sequence[Compared]) -> tuple[Pair, ...]:
    """Return comparisons with the better model first."""
    pairs: list[Pair] = []
    for each in compared:
        difference = each.difference
        turned = difference.mean < 0
        if turned:
            low, high = (None if end is None else -end for end in (difference.high, difference.low))
            difference = difference.model_copy(update={"mean": -difference.mean, "low": low, "high": high})
        better, worse = (each.other, each.one) if turned else (each.one, each.other)
        pairs.append(Pair(better=better, worse=worse, difference=difference, p_adjusted=each.p_adjusted))
    return tuple(pairs)


def write_sentence(
    names: Mapping[str, str],
    means: Mapping[str, float],
    ranges: Mapping[str, RankRange],
    questions: Sequence[Compared],
    right: Sequence[Compared],
    condition: str = "ask",
    shared: int = 0,
) -> str:
    """Say what a board shows.

    Args:
        names: Of ranked models, by key, best first.
        means: Of the headline over the problems that all have, by key.
        ranges: Places, by key; empty where nothing is shared.
        questions: Every two models, by questions a dialogue.
        right: Every two models, by accuracy with something missing.
        condition: Of the `under` arm.
        shared: How many problems all have, where some model has more; 0 where all have the same.
    """
    if not names:
        return "Only reference policies: no model is ranked."
    keys = list(names)
    first = keys[0]
    if condition not in SUCCESS:
        return "Nothing can be asked here: this is the floor from which recovery is measured, and ranks nobody."
    if not ranges:
        return "No problem is shared by all models: none is ranked."
    alike = f"the {shared} problems that all have"
    if not means[first]:
        return f"No model {SUCCESS[condition]} in any {f'of {alike}' if shared else 'problem'}."
    lead = f"{names[first]} {SUCCESS[condition]} in {percent(means[first])} of {alike if shared else 'problems'}"
    if len(keys) == 1:
        return f"{lead}; it is the only model."
    beaten = [key for key in keys[1:] if key not in ranges[first].tied_with]
    level = [key for key in keys[1:] if key in ranges[first].tied_with]
    if not level:
        sentence = f"{lead}, more than every other model."
    elif len(level) == len(keys) - 1 and all(len(ranges[key].tied_with) == len(keys) - 1 for key in keys):
        sentence = f"{lead}, but no model is certainly better than another."
    else:
        told = f"; its lead over {_list([names[key] for key in level])} is within noise"
        sentence = f"{lead}{', more than ' + _list([names[key] for key in beaten]) if beaten else ''}{told}."
    return f"{sentence}{_asks_less(names, questions, right)}"


def _asks_less(names: Mapping[str, str], questions: Sequence[Compared], right: Sequence[Compared]) -> str:
    fewer = {pair for each in questions if each.certain for pair in [_order(each, higher=False)]}
    better = {pair for each in right if each.certain for pair in [_order(each, higher=True)]}
    places = list(names)
    found = sorted(fewer & better, key=lambda pair: (places.index(pair[0]), places.index(pair[1])))
    if not found:
        return ""
    one, other = found[0]
    return f" {names[one]} asks less, but is right more often with something missing, than {names[other]}."


def _order(pair: Compared, higher: bool) -> tuple[str, str]:
    return (pair.one, pair.other) if (pair.difference.mean > 0) == higher else (pair.other, pair.one)


def _list(names: Sequence[str]) -> str:
    if len(names) > 3:
        return f"{len(names)} models"
    return join_words(names)
