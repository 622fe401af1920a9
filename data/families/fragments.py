"""A problem's fragments from a template's: words drawn, values put in, certificates attached."""

from collections.abc import Callable, Collection, Mapping

from askfirst.benchmark.problem import Certificate, Fragment, Value
from askfirst.data.families.template import FragmentTemplate, Template, draw_order, draw_text, fill


def draw_fragments(
    template: Template,
    seed: int,
    words: Mapping[str, str],
    values: Mapping[str, Value],
    necessary: Collection[str],
    certify: Callable[[FragmentTemplate], Certificate],
) -> tuple[Fragment, ...]:
    """Return a problem's fragments in the order in which an opening shows them.

    Args:
        template: What the problem is made from.
        seed: The problem's seed.
        words: The words of the template's slots.
        values: Every fragment's value, by id.
        necessary: Ids of the fragments that are necessary in this problem.
        certify: Finds the certificate of a necessary fragment, or raises.
    """

    def certified(fragment: FragmentTemplate) -> Certificate:
        certificate = certify(fragment)
        text = draw_text(template, fragment, seed, words, certificate.value)
        return certificate.model_copy(update={"text": text})

    return tuple(
        Fragment(
            id=fragment.id,
            text=draw_text(template, fragment, seed, words, values[fragment.id]),
            question=fill(fragment.question, words),
            aliases=tuple(fill(alias, words) for alias in fragment.aliases),
            kind=fragment.kind,
            value=values[fragment.id],
            domain=fragment.values,
            necessary=fragment.id in necessary,
            certificate=certified(fragment) if fragment.id in necessary else None,
        )
        for fragment in draw_order(template, seed)
    )
