"""What a file history is called: on the screen, and in the address."""

from collections.abc import Collection, Sequence

from components.desk import Desk
from components.lookups import Plan, PlanState
from components.numbers import Kind, Number, shown
from components.store import Headline


def short_title(line: Headline) -> str:
    """Return the number that names a history where there is little room: `US 10,765,880 B2`."""
    return shown(line.patent_number or line.apno) or line.key


def title(line: Headline) -> str:
    """Return what a history is called on the screen: `US 10,765,880 B2 · 14/412,875`."""
    names = [shown(name) for name in (line.patent_number, line.apno) if name]
    return " · ".join(dict.fromkeys(names)) or line.key


def patents_of(plan: Plan) -> str:
    """Return the numbers of a plan as the address holds them: each once, in the service's form or else as typed."""
    items = plan.of(PlanState.HELD, PlanState.FREE, PlanState.CHARGED, PlanState.AMBIGUOUS)
    return ",".join(dict.fromkeys(_in_address(item.number) for item in items))


def address_of(line: Headline, *, claimed: Collection[str] = ()) -> str:
    """Return the number that names a history in the address.

    Args:
        line: the history.
        claimed: keys of the histories whose publication number opens another history (`claimed_by_others`).
    """
    published = line.patent_number if line.key not in claimed else ""
    return published or _of_application(line.apno) or line.key


def claimed_by_others(desk: Desk, lines: Sequence[Headline]) -> frozenset[str]:
    """Return the keys of those histories whose publication number the store now assigns to another application."""
    leads = desk.store.resolve({line.patent_number for line in lines if line.patent_number})
    return frozenset(line.key for line in lines if leads.get(line.patent_number, line.key) != line.key)


def _in_address(number: Number) -> str:
    if len(number.readings) != 1:
        return number.typed
    name = number.reading.normalised
    return _of_application(name) if number.reading.kind is Kind.JP_APPLICATION else name


def _of_application(name: str) -> str:
    """Mark the number of a Japanese application, because a publication can have the same digits."""
    return f"特願{name.removeprefix('JP')}" if name.startswith("JP") else name
