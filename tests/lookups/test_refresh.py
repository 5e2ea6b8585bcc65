"""A refresh is a look-up: planned, priced by the length of the file, confirmed, capped, booked to who asked for it."""

from datetime import UTC, datetime, timedelta

import time_machine

from components.access import LOCAL_PERSON
from components.lookups import PlanState
from components.lookups.plan import names_of
from tests.lookups.conftest import LookupSetup, MakeSetup
from tests.people import spender

SHORT = "US10765880B2"
LONG, LONG_KEY = "US9900001B2", "US99/000001"
LONG_FILE = {"synthetic": 3, "synthetic_documents": 230, "limit_cap": 100}
"""A file of 230 documents at a service that gives at most 100 a call: three calls, each charged."""


def held(setup: LookupSetup, text: str) -> str:
    """Look a patent up and give its key."""
    setup.run(text)
    (key,) = setup.plan(text).keys
    return key


def test_a_short_file_is_refreshed_for_one(make_setup: MakeSetup) -> None:
    """The button says so; what is held stays held until then."""
    setup = make_setup()
    key = held(setup, SHORT)
    plan = setup.lookups.plan_refresh([key])
    quote = setup.lookups.quote(plan)
    assert quote.label == "Refresh · 1 charged"
    assert (quote.wanted, quote.charged, quote.calls) == (1, 1, 1)
    assert setup.billing.total == 1


def test_a_long_file_is_quoted_at_what_it_costs(make_setup: MakeSetup) -> None:
    """Three calls of a hundred documents; the charges are as many as the button said."""
    setup = make_setup(switches=LONG_FILE)
    key = held(setup, LONG)
    before = setup.billing.total
    plan = setup.lookups.plan_refresh([key])
    quote = setup.lookups.quote(plan)
    assert quote.label == "Refresh · 3 charged"
    assert (quote.calls, quote.needs_confirmation) == (3, False)
    assert "230 documents" in plan.items[0].note
    progress = setup.lookups.start(plan, user=spender("ada@example.com")).wait(60)
    assert (progress.state, progress.charged) == ("finished", 3)
    assert setup.billing.total - before == 3
    assert {row.user for row in setup.store.ledger() if row.run == setup.store.ledger()[0].run} == {"ada@example.com"}
    assert setup.store.totals(user="ada@example.com").ever.billed == 3


def test_a_refresh_above_the_threshold_is_confirmed(make_setup: MakeSetup) -> None:
    """`REVIEW_CONFIRM_ABOVE` counts charges, not files."""
    setup = make_setup(switches=LONG_FILE, review_confirm_above=2)
    plan = setup.lookups.plan_refresh([held(setup, LONG)])
    assert setup.lookups.quote(plan).needs_confirmation


def test_a_refresh_stops_at_a_cap_and_goes_on_where_it_stopped(make_setup: MakeSetup) -> None:
    """A cap of two a run ends it after two of three calls; the whole file stays in view, the rest is quoted at 1."""
    setup = make_setup(switches=LONG_FILE)
    key = held(setup, LONG)
    whole = setup.store.load([key])[key]
    capped = make_setup(on=setup, review_cap_run=2)
    progress = capped.lookups.start(capped.lookups.plan_refresh([key])).wait(60)
    assert (progress.state, progress.charged) == ("halted", 2)
    assert "REVIEW_CAP_RUN" in progress.message
    assert setup.store.load([key])[key] == whole
    rest = setup.lookups.plan_refresh([key])
    assert setup.lookups.quote(rest).label == "Refresh · 1 charged"
    assert setup.lookups.start(rest).wait(60).charged == 1
    assert setup.store.headlines([key])[0].retrieved > whole.retrieved


def test_resuming_a_refresh_refreshes_what_it_did_not_reach(make_setup: MakeSetup) -> None:
    """It is not taken for held because an older state of it is."""
    setup = make_setup()
    key = held(setup, SHORT)
    before = setup.store.headlines([key])[0].retrieved
    job = setup.lookups.start(setup.lookups.plan_refresh([key]))
    job.stop()
    first = job.wait(60)
    resumed = setup.lookups.resume(job, user=LOCAL_PERSON).wait(60)
    assert resumed.state == "finished"
    assert first.charged + resumed.charged == 1
    assert setup.store.headlines([key])[0].retrieved > before


def test_what_is_being_fetched_already_is_not_refreshed_twice(make_setup: MakeSetup) -> None:
    """A second refresh at the same time waits for the first and is free."""
    setup = make_setup(switches={"latency": 0.5})
    key = held(setup, SHORT)
    first = setup.lookups.start(setup.lookups.plan_refresh([key]))
    second = setup.lookups.plan_refresh([key])
    assert [item.state for item in second.items] == [PlanState.FREE]
    assert setup.lookups.quote(second).label == "Refresh · free"
    assert setup.lookups.start(second).wait(60).charged == 0
    assert first.wait(60).charged == 1
    assert setup.billing.total == 2


def test_a_refresh_asks_by_the_application_where_the_publication_leads_elsewhere(make_setup: MakeSetup) -> None:
    """A publication number that another application has claimed since would bring that one."""
    setup = make_setup()
    key = held(setup, SHORT)
    line = setup.store.headlines([key])[0]
    (item,) = setup.lookups.plan_refresh([key]).items
    assert (item.number.reading.field, item.number.reading.request_forms) == ("patent_number", (line.patent_number,))
    assert set(names_of(item.number)) == {SHORT}
    other = setup.store.load([key])[key]
    setup.store.save(type(other)(**{name: getattr(other, name) for name in other.__slots__} | {"apno": "US99/999999"}))
    (item,) = setup.lookups.plan_refresh([key]).items
    assert (item.number.reading.field, item.number.reading.request_forms) == ("apno", ("US14/412875",))
    progress = setup.lookups.start(setup.lookups.plan_refresh([key])).wait(60)
    assert progress.outcomes[0].key == key


def test_only_what_is_held_can_be_refreshed(make_setup: MakeSetup) -> None:
    """An unknown key is left out; nothing is asked."""
    setup = make_setup()
    plan = setup.lookups.plan_refresh(["US14/999999"])
    assert plan.items == ()
    assert setup.lookups.quote(plan).charged == 0
    assert setup.lookups.plan_refresh([]).items == ()


def test_waiting_for_a_refresh_that_fails_is_not_told_as_a_refresh(make_setup: MakeSetup) -> None:
    """The older state is still held; it is not what was asked for."""
    setup = make_setup(switches={"latency": 0.5})
    key = held(setup, SHORT)
    first = setup.lookups.start(setup.lookups.plan_refresh([key]))
    second = setup.lookups.start(setup.lookups.plan_refresh([key]))
    setup.sandbox.switch(inject="67200005")
    assert first.wait(60).charged == 0
    outcome = second.wait(60).outcomes[0]
    assert outcome.state == "stopped"
    assert "ended without it" in outcome.message


def test_a_refresh_after_the_clock_was_set_back_does_what_it_says(make_setup: MakeSetup) -> None:
    """What is held was retrieved in an hour that is still to come: asked for all the same, and charged as quoted."""
    setup = make_setup()
    key = held(setup, SHORT)
    with time_machine.travel(datetime.now(UTC) - timedelta(hours=1)):
        plan = setup.lookups.plan_refresh([key])
        progress = setup.lookups.start(plan).wait(60)
    assert [outcome.state for outcome in progress.outcomes] == ["fetched"]
    assert (progress.charged, setup.billing.total) == (1, 2)
