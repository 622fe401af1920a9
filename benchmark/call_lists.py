"""Answers of several calls: all the calls of the functions at hand that a text makes, and their canonical spelling."""

from collections.abc import Sequence
from typing import NamedTuple

from askfirst.benchmark.calls import Call, FoundCall, find_calls, fold_value, spell_call, to_argument, unescape
from askfirst.benchmark.problem import CallForm, CallsForm

SEPARATOR = "; "


class ListedCall(NamedTuple):
    """A call that was read, and the form of its function."""

    found: FoundCall
    form: CallForm


def find_listed_calls(text: str, form: CallForm | CallsForm) -> tuple[ListedCall, ...]:
    """Find what looks like a call of the form's functions in a text, readable or not, in order, without overlaps.

    Spans are positions in `unescape(text)`.
    """
    functions = form.functions if isinstance(form, CallsForm) else (form,)
    mentioned = unescape(text).casefold()
    found = [
        ListedCall(each, function)
        for function in functions
        if function.function.casefold() in mentioned
        for each in find_calls(text, function)
    ]
    # of calls that start together the longer name's is meant: "mv" stands within "mv_all"
    found.sort(key=lambda each: (each.found.start, -len(each.form.function)))
    readable = _without_overlaps([each for each in found if each.found.call is not None])
    rest = [each for each in found if each.found.call is None]
    return _without_overlaps(sorted([*readable, *rest], key=lambda each: (each.found.start, each.found.call is None)))


def _without_overlaps(calls: Sequence[ListedCall]) -> tuple[ListedCall, ...]:
    kept: list[ListedCall] = []
    for each in calls:
        if not kept or each.found.start >= kept[-1].found.end:
            kept.append(each)
    return tuple(kept)


def find_call_list(text: str, form: CallsForm) -> tuple[ListedCall, ...]:
    """Find the calls of all the form's functions in a text, in order; what stands within a call's span is no call.

    Spans are positions in `unescape(text)`.
    """
    return tuple(each for each in find_listed_calls(text, form) if each.found.call is not None)


def spell_call_list(calls: Sequence[ListedCall]) -> str:
    """Spell calls canonically, in the order given; without one the text is empty."""
    return SEPARATOR.join(spell_call(each.form, each.found.call.arguments) for each in calls if each.found.call)


def equal_call_lists(one: str, other: str, form: CallsForm) -> bool:
    """Say whether two texts make the same calls, each as often, in the same order where the form asks for one."""
    first, second = _compared(one, form), _compared(other, form)
    return first == second if form.ordered else sorted(first) == sorted(second)


def _compared(text: str, form: CallsForm) -> list[str]:
    return [
        repr((each.form.function, sorted(arguments_of(each.found.call, each.form).items())))
        for each in find_call_list(text, form)
        if each.found.call is not None
    ]


def arguments_of(call: Call, form: CallForm) -> dict[str, object]:
    """Return the values of all parameters as they are compared, defaults filled in."""
    defaults = {each.name: to_argument(each.default, each) for each in form.parameters if each.default is not None}
    return {name: fold_value(value) for name, value in {**defaults, **call.arguments}.items()}
