"""The rules of planning, as functions of what the store holds: no store, no service, no threads."""

from datetime import UTC, datetime

import pytest

from components.lookups import PlanState
from components.lookups.plan import charges_of, make_plan, make_refresh_plan
from components.numbers import parse
from components.store import Headline

RETRIEVED = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def headline(
    key: str, number: str, *, documents_held: int = 40, documents_reported: int = 40, complete: bool = True
) -> Headline:
    """Make the line of a held history."""
    return Headline(
        key=key,
        patent_number=number,
        apno=key,
        patent_id="",
        documents_held=documents_held,
        documents_reported=documents_reported,
        complete=complete,
        retrieved=RETRIEVED,
    )


COMPLETE = headline("US14/706838", "US11205304B2")
BEGUN = headline("US13/000001", "US9000001B2", documents_held=1000, documents_reported=3500, complete=False)
REST = "1,000 of 3,500 documents held; the rest is charged 3 times more"
HELD = {"US11205304B2": COMPLETE, "US14/706838": COMPLETE, "US9000001B2": BEGUN}


@pytest.mark.parametrize(
    ("typed", "state", "key", "note", "charges"),
    [
        ("US11205304B2", PlanState.HELD, "US14/706838", "", 1),
        ("US9000001B2", PlanState.CHARGED, "US13/000001", REST, 3),
        ("US9000002B2", PlanState.CHARGED, None, "", 1),
        ("US9000003B2", PlanState.FREE, None, "not covered, as the service said within the last 24 hours", 1),
        ("US9000004B2", PlanState.FREE, None, "being fetched already", 1),
    ],
    ids=["held", "begun", "unknown", "not covered", "under way"],
)  # fmt: skip
def test_a_number_is_planned_by_what_is_known_of_it(
    typed: str, state: PlanState, key: str | None, note: str, charges: int
) -> None:
    """Held is held; the rest of a long file costs a charge for each thousand; nobody pays for what is under way."""
    (item,) = make_plan(
        parse(typed), held=HELD, absent={"US9000003B2"}, under_way={"US9000004B2"}, documents_a_call=1000
    ).items
    assert (item.state, item.key, item.note, item.charges) == (state, key, note, charges)
    assert item.retrieved == (RETRIEVED if key else None)


def test_what_another_look_up_buys_is_free_though_it_is_held() -> None:
    """A refresh under way brings the newer list; until then the held one is shown."""
    (item,) = make_plan(
        parse("US11205304B2"), held=HELD, absent=(), under_way={"US11205304B2"}, documents_a_call=1000
    ).items
    assert (item.state, item.key) == (PlanState.FREE, "US14/706838")


def test_two_names_of_one_file_are_one_wanted_history() -> None:
    """The second is doubled and names the first; the key stands once."""
    plan = make_plan(parse("US11205304B2\nUS 14/706,838"), held=HELD, absent=(), under_way=(), documents_a_call=1000)
    assert [item.state for item in plan.items] == [PlanState.HELD, PlanState.DOUBLED]
    assert plan.items[1].note == "the same file as US 11,205,304 B2"
    assert (plan.wanted, plan.charged, plan.keys) == (1, 0, ("US14/706838",))


def test_what_cannot_be_asked_for_is_never_charged() -> None:
    """A Chinese number is refused with its reason, whatever the store holds."""
    (item,) = make_plan(parse("CN112345678A"), held={}, absent=(), under_way=(), documents_a_call=1000).items
    assert item.state is PlanState.REFUSED
    assert item.note


@pytest.mark.parametrize(("documents", "charges"), [(0, 1), (1, 1), (1000, 1), (1001, 2), (3500, 4)])
def test_a_file_is_charged_once_for_each_call(documents: int, charges: int) -> None:
    """A thousand documents come with one call; even an empty file takes one."""
    assert charges_of(documents, documents_a_call=1000) == charges


def test_a_refresh_costs_what_is_left_of_it() -> None:
    """Of a file of 3,500 documents, 2,000 of which a stopped refresh has brought, two calls are left."""
    long = headline("US13/000002", "US9000005B2", documents_held=3500, documents_reported=3500)
    (item,) = make_refresh_plan(
        [long], claimed=(), documents_paid={"US13/000002": 2000}, under_way=(), documents_a_call=1000
    ).items
    assert (item.state, item.charges, item.number.typed) == (PlanState.CHARGED, 2, "US9000005B2")


def test_a_refresh_asks_by_application_where_another_claims_the_publication() -> None:
    """The publication number would bring, and charge for, the other application."""
    (item,) = make_refresh_plan(
        [COMPLETE], claimed={"US14/706838"}, documents_paid={}, under_way=(), documents_a_call=1000
    ).items
    assert (item.number.typed, item.number.reading.field) == ("US14/706838", "apno")
