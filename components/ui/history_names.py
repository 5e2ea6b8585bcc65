"""What a file history is called: on the screen, and in the address."""

from collections.abc import Collection

from components.lookups import Plan, PlanState
from components.numbers import Number, NumberKind, display_form
from components.store import Headline
from components.words import shortened

_LONGEST_NAME = 100
"""Characters of a number on the screen; the service's forms have at most 20."""


def short_title(headline: Headline) -> str:
    """Return the number that names a history where there is little room: `US 10,765,880 B2`."""
    return shortened(display_form(headline.patent_number or headline.apno) or headline.key, _LONGEST_NAME)


def title(headline: Headline) -> str:
    """Return what a history is called on the screen: `US 10,765,880 B2 · 14/412,875`."""
    names = [shortened(display_form(name), _LONGEST_NAME) for name in (headline.patent_number, headline.apno) if name]
    return " · ".join(dict.fromkeys(names)) or shortened(headline.key, _LONGEST_NAME)


def patents_of(plan: Plan) -> str:
    """Return the numbers of a plan as the address holds them: each once, in the service's form or else as typed."""
    items = plan.items_in(PlanState.HELD, PlanState.FREE, PlanState.CHARGED, PlanState.AMBIGUOUS)
    return ",".join(dict.fromkeys(address_form(item.number) for item in items))


def address_of(headline: Headline, *, claimed: Collection[str] = ()) -> str:
    """Return the number that names a history in the address.

    Args:
        headline: what the store holds of the history, without its documents.
        claimed: keys of the histories whose publication number opens another history (`lookups.claimed_by_others`).
    """
    published = headline.patent_number if headline.key not in claimed else ""
    return published or _marked_if_japanese(headline.apno) or headline.key


def address_form(number: Number) -> str:
    """Return a number as the address holds it: in the service's form, or as typed where that is not certain."""
    if len(number.readings) != 1:
        return number.typed
    name = number.reading.normalised
    return _marked_if_japanese(name) if number.reading.kind is NumberKind.JP_APPLICATION else name


def _marked_if_japanese(name: str) -> str:
    """Mark the number of a Japanese application, because a publication can have the same digits."""
    return f"特願{name.removeprefix('JP')}" if name.startswith("JP") else name
