"""Look-ups in the worker: paid once, kept, stopped, resumed."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from components.access import LOCAL_PERSON
from components.lookups import Job
from components.numbers import Number, parse
from tests.lookups.conftest import LookupSetup, MakeSetup
from tests.people import spender
from tests.waiting import until

SYNTHETIC = [f"US{number}B2" for number in range(9_900_001, 9_900_101)]


def outcomes(job: Job) -> list[str]:
    """What became of each number."""
    return [outcome.state for outcome in job.snapshot().outcomes]


def look_up(setup: LookupSetup, *numbers: Number) -> Job:
    """Look up these numbers, to the end."""
    job = setup.lookups.start(setup.lookups.plan(numbers))
    assert job.wait(60).ended
    return job


def searched(typed: str, *names: str) -> Number:
    """Return a number that is asked for under these names, one after the other."""
    (number,) = parse(typed)
    return replace(number, readings=(replace(number.reading, request_forms=names),))


def ledger_states(setup: LookupSetup) -> dict[tuple[str, str], str]:
    """The latest state of each number of each call."""
    return {(row.request_id, row.number): row.state for row in reversed(setup.store.ledger())}


def test_a_history_arrives_whole_and_is_bought_once(make_setup: MakeSetup) -> None:
    """184 documents are listed for 14/412,875; asked again, nothing is called."""
    setup = make_setup()
    job = setup.run("US10765880B2")
    assert outcomes(job) == ["fetched"]
    history = setup.store.load(["US14/412875"])["US14/412875"]
    assert (history.documents_held, history.documents_reported, history.complete) == (184, 184, True)
    assert (setup.billing.total, setup.billing.calls) == (1, 1)
    again = setup.run("US10765880B2 14/412875")
    assert outcomes(again) == ["held", "passed over"]
    assert (setup.billing.total, setup.billing.calls) == (1, 1)


def test_a_hundred_patents_take_four_calls_and_are_charged_once_each(make_setup: MakeSetup) -> None:
    """At the default batch of 25; again: no call."""
    setup = make_setup(switches={"synthetic": 100})
    job = setup.run("\n".join(SYNTHETIC))
    assert job.snapshot().charged == 100
    assert setup.billing.calls == 4
    assert set(setup.billing.by_number.values()) == {1}
    assert setup.billing.total == 100
    setup.run("\n".join(SYNTHETIC))
    assert setup.billing.calls == 4


def test_a_kind_code_is_searched_at_no_extra_charge(make_setup: MakeSetup) -> None:
    """US 10,765,880 is a B2: the B1 that is asked for first is unknown and costs nothing; a number without any, too."""
    setup = make_setup()
    job = look_up(setup, searched("US 10,765,880", "US10765880B1", "US10765880B2"), *parse("US 10,999,999"))
    assert outcomes(job) == ["fetched", "not covered"]
    assert setup.store.load(["US14/412875"])["US14/412875"].documents_held == 184
    assert (setup.billing.total, setup.billing.by_number) == (1, {"US10765880B2": 1})


def test_the_kind_code_that_is_known_ends_the_search(make_setup: MakeSetup) -> None:
    """As US 10,765,880 is typed, its B2 is asked for first: one call, and none for the B1."""
    setup = make_setup()
    job = setup.run("US 10,765,880")
    assert parse("US 10,765,880")[0].reading.request_forms == ("US10765880B2", "US10765880B1")
    assert outcomes(job) == ["fetched"]
    assert (setup.billing.total, setup.billing.calls) == (1, 1)


def test_one_bad_number_never_loses_the_others(make_setup: MakeSetup) -> None:
    """A number for which the service refuses the whole call is isolated; the rest arrives and is charged once."""
    setup = make_setup(switches={"synthetic": 30, "refuse": ("US9900013B2",)})
    job = setup.run("\n".join(SYNTHETIC[:25]))
    states = outcomes(job)
    assert states.count("fetched") == 24
    assert states[12] == "failed"
    assert job.snapshot().outcomes[12].message.startswith("Not accepted by PatSnap (invalid parameter)")
    assert setup.billing.total == 24
    assert set(setup.billing.by_number) == set(SYNTHETIC[:25]) - {"US9900013B2"}


def test_everything_charged_is_in_the_ledger(make_setup: MakeSetup) -> None:
    """What the service counted is what the ledger says."""
    setup = make_setup(switches={"synthetic": 10})
    setup.run("\n".join([*SYNTHETIC[:10], "US10999999B2"]))
    states = list(ledger_states(setup).values())
    assert states.count("billed") == setup.billing.total == 10
    assert "reserved" not in states
    assert setup.store.totals().ever.billed == 10


def test_an_empty_balance_halts_and_resume_buys_only_the_rest(make_setup: MakeSetup) -> None:
    """After two calls the account is empty: those 50 are kept, and the resume charges the other 50."""
    setup = make_setup(switches={"synthetic": 100, "inject": "67200005:*:2"}, patsnap_workers=1)
    job = setup.run("\n".join(SYNTHETIC))
    progress = job.snapshot()
    assert progress.state == "halted"
    assert "balance" in progress.message.lower()
    assert progress.can_resume
    assert setup.billing.total == 50
    setup.sandbox.switch(inject="")
    rest = setup.lookups.resume(job, user=LOCAL_PERSON)
    assert rest.wait(60).state == "finished"
    assert setup.billing.total == 100
    assert set(setup.billing.by_number.values()) == {1}


def test_stop_begins_no_further_call_and_keeps_what_arrived(make_setup: MakeSetup) -> None:
    """What was under way still ends and is kept; resume buys the rest, and nothing twice."""
    setup = make_setup(switches={"synthetic": 100, "latency": 0.4}, patsnap_workers=1, patsnap_batch=10)
    job = setup.lookups.start(setup.plan("\n".join(SYNTHETIC)))
    until(lambda: setup.billing.calls >= 2, "the second call")
    job.stop()
    assert job.wait(30).state == "stopped"
    assert setup.billing.calls <= 3
    kept = outcomes(job).count("fetched")
    assert kept == setup.billing.total
    assert 0 < kept < 100
    setup.sandbox.switch(latency=0)
    assert setup.lookups.resume(job, user=LOCAL_PERSON).wait(60).state == "finished"
    assert setup.billing.total == 100


def test_the_cap_of_a_day_is_never_passed(make_setup: MakeSetup) -> None:
    """Twenty may be charged today: the quote says so before the click, and what does not fit is left for later."""
    setup = make_setup(switches={"synthetic": 100}, review_cap_day=20, patsnap_batch=25)
    plan = setup.plan("\n".join(SYNTHETIC[:30]))
    assert setup.lookups.quote(plan).label == "Look up 20 · 20 charged"
    assert {item.note for item in plan.items[20:]} == {"the cap of 20 for today (UTC) leaves 20"}
    job = setup.run("\n".join(SYNTHETIC[:30]))
    assert job.snapshot().state == "finished"
    assert setup.billing.total == job.snapshot().charged == outcomes(job).count("fetched") == 20
    assert outcomes(job).count("stopped") == 10
    assert job.snapshot().can_resume
    assert setup.lookups.quote(setup.lookups.plan_rest(job)).charged == 0


def test_what_another_look_up_spent_meanwhile_is_left_out_and_the_rest_is_bought(make_setup: MakeSetup) -> None:
    """A cap that allowed thirty when the price was shown leaves five by the click: five are bought, and it says why."""
    setup = make_setup(switches={"synthetic": 100}, review_cap_day=30, patsnap_batch=25)
    plan = setup.plan("\n".join(SYNTHETIC[:30]))
    setup.run("\n".join(SYNTHETIC[50:75]))
    job = setup.lookups.start(plan)
    progress = job.wait(30)
    assert progress.state == "halted"
    assert progress.message.startswith("The cap of 30 for today (UTC) does not allow")
    assert "raise REVIEW_CAP_DAY" in progress.message
    assert setup.billing.total == 30
    assert outcomes(job).count("fetched") == 5
    assert {outcome.message for outcome in progress.outcomes if outcome.state == "stopped"} == {
        "Not asked; nothing was charged."
    }


def test_two_sessions_that_ask_at_once_buy_once(make_setup: MakeSetup) -> None:
    """Eight look-ups of the same twenty patents, in two workers on one store: twenty charges."""
    setup = make_setup(switches={"synthetic": 20, "latency": 0.2})
    second = make_setup(on=setup)
    ready = threading.Barrier(8)

    def look_up(worker: LookupSetup) -> Job:
        plan = worker.plan("\n".join(SYNTHETIC[:20]))
        ready.wait(20)
        job = worker.lookups.start(plan)
        job.wait(60)
        return job

    with ThreadPoolExecutor(8) as pool:
        jobs = list(pool.map(look_up, [setup, second] * 4))
    assert setup.billing.total == 20
    assert set(setup.billing.by_number.values()) == {1}
    assert {state for job in jobs for state in outcomes(job)} == {"held", "fetched"}
    assert [len(outcomes(job)) for job in jobs] == [20] * 8


def test_a_file_cut_off_by_an_empty_account_is_continued_where_it_ends(make_setup: MakeSetup) -> None:
    """184 documents at 100 a call: the first page is kept, and the resume asks for the second alone."""
    setup = make_setup(switches={"limit_cap": 100, "over_cap": "cap", "inject": "67200005:1:1"})
    job = setup.run("US10765880B2")
    assert job.snapshot().state == "halted"
    held = setup.store.load(["US14/412875"])["US14/412875"]
    assert (held.documents_held, held.complete) == (100, False)
    plan = setup.plan("US10765880B2")
    assert plan.charged == 1
    assert "100 of 184" in plan.items[0].note
    assert setup.lookups.resume(job, user=LOCAL_PERSON).wait(30).state == "finished"
    held = setup.store.load(["US14/412875"])["US14/412875"]
    assert (held.documents_held, held.complete) == (184, True)
    assert len(set(held.documents.ids())) == 184
    assert all(setup.store.link("US14/412875", name) for name in held.documents.ids())
    assert setup.billing.total == 2


def test_a_refresh_is_charged_once_and_renews_the_links(make_setup: MakeSetup) -> None:
    """Links that have expired live again after one look-up of that patent."""
    setup = make_setup(switches={"link_lifetime": 0})
    setup.run("US10765880B2")
    key = "US14/412875"
    document = setup.store.load([key])[key].documents.ids()[0]
    assert setup.store.link(key, document) is None
    setup.sandbox.switch(link_lifetime=600)
    plan = setup.lookups.plan_refresh([key])
    assert plan.charged == 1
    job = setup.lookups.start(plan)
    assert job.wait(30).state == "finished"
    assert setup.store.link(key, document) is not None
    assert setup.billing.total == 2


def test_a_look_up_is_found_again_by_its_numbers(make_setup: MakeSetup) -> None:
    """A page that was reloaded meanwhile joins it instead of starting another."""
    setup = make_setup(switches={"synthetic": 5, "latency": 1.0})
    job = setup.lookups.start(setup.plan(SYNTHETIC[0]))
    until(lambda: setup.billing.calls, "the first call")
    plan = setup.plan(SYNTHETIC[0])
    assert plan.charged == 0
    assert setup.lookups.job_under_way(plan) is job
    assert setup.lookups.job_under_way(setup.plan(SYNTHETIC[1])) is None
    job.wait(20)
    assert setup.billing.total == 1


@pytest.mark.parametrize("unknown", ["left_out", "empty_entry", "refuse"])
@pytest.mark.parametrize("data_as", ["auto", "list"])
def test_unknown_numbers_cost_nothing_however_the_service_answers(
    make_setup: MakeSetup, unknown: str, data_as: str
) -> None:
    """Left out, empty or refusing the whole call: the known one arrives, the unknown one is reported."""
    setup = make_setup(switches={"unknown": unknown, "data_as": data_as})
    job = setup.run("US10765880B2\nUS10999999B2")
    assert outcomes(job) == ["fetched", "failed" if unknown == "refuse" else "not covered"]
    assert setup.billing.total == 1


def test_what_was_called_free_is_never_bought(make_setup: MakeSetup) -> None:
    """A second look-up waits for the first; if the first ends without the number, it is left to a resume."""
    setup = make_setup(switches={"synthetic": 5, "latency": 1.0}, patsnap_workers=1, patsnap_batch=1)
    first = setup.lookups.start(setup.plan("\n".join(SYNTHETIC[:2])))
    until(lambda: setup.billing.calls, "the first call")
    plan = setup.plan("\n".join(SYNTHETIC[:2]))
    assert setup.lookups.quote(plan).label == "Look up 2 · free"
    second = setup.lookups.start(plan)
    first.stop()
    assert first.wait(30).state == "stopped"
    progress = second.wait(30)
    assert [outcome.state for outcome in progress.outcomes] == ["held", "stopped"]
    assert progress.can_resume
    assert (setup.billing.total, progress.calls) == (1, 0)


def test_a_kind_code_is_searched_where_the_service_refuses_unknown_numbers(make_setup: MakeSetup) -> None:
    """A refused kind code does not end the search: the number goes on to its next one, alone and beside others."""
    setup = make_setup(switches={"unknown": "refuse"})
    reissue = searched("USRE41192", "USRE41192E", "USRE41192E1")
    grant = searched("US 10,765,880", "US10765880B1", "US10765880B2")
    assert outcomes(look_up(setup, reissue)) == ["fetched"]
    assert outcomes(look_up(setup, grant, *parse("US10000000B2"))) == ["fetched", "fetched"]
    assert setup.billing.by_number == {"USRE41192E1": 1, "US10765880B2": 1, "US10000000B2": 1}


def test_an_early_end_says_what_has_arrived_of_each_number(make_setup: MakeSetup) -> None:
    """Of three, two were whole and one was cut when the account ran out: none reads as if it had cost nothing."""
    setup = make_setup(switches={"limit_cap": 100, "over_cap": "cap", "inject": "67200005:1:1"})
    job = setup.run("US10765880B2\nUS10000000B2\nEP1000000B1")
    progress = job.snapshot()
    assert progress.state == "halted"
    assert outcomes(job) == ["stopped", "fetched", "fetched"]
    assert "100 of 184 documents arrived" in progress.outcomes[0].message
    assert setup.billing.total == 3


def test_the_worst_case_of_the_quote_is_never_passed(make_setup: MakeSetup) -> None:
    """Eight workers page through long files ten documents at a time; together they stop at what was quoted."""
    setup = make_setup(
        switches={"limit_cap": 10, "over_cap": "cap", "synthetic": 8, "synthetic_documents": 400, "latency": 0.005},
        patsnap_batch=1,
    )
    plan = setup.plan("\n".join(SYNTHETIC[:8]))
    worst_case = setup.lookups.quote(plan).worst_case
    progress = setup.lookups.start(plan).wait(60)
    assert worst_case == 40
    assert progress.state == "halted"
    assert setup.billing.total <= worst_case
    # The service's true page is known by now: what is held in part is priced by it, and the rest as usual files are.
    rest = setup.lookups.quote(setup.plan("\n".join(SYNTHETIC[:8])))
    assert rest.documents_a_call == 10
    plan = setup.plan("\n".join(SYNTHETIC[:8]))
    lengths = [400 - setup.store.headlines([item.key])[0].documents_held if item.key else 52 for item in plan.items]
    assert rest.charged == sum(-(-documents // 10) for documents in lengths)
    assert rest.worst_case >= 8 * 400 // 10 - worst_case


def test_a_look_up_is_rejoined_by_its_own_user_only(make_setup: MakeSetup) -> None:
    """A colleague who types one of its numbers does not see the list that it stands in."""
    setup = make_setup(switches={"synthetic": 5, "latency": 1.0})
    job = setup.lookups.start(setup.plan("\n".join(SYNTHETIC[:3])), user=spender("one@example.com"))
    plan = setup.plan(SYNTHETIC[0])
    assert setup.lookups.job_under_way(plan, user="one@example.com") is job
    assert setup.lookups.job_under_way(plan, user="other@example.com") is None
    job.wait(20)


def test_a_halted_look_up_has_ended_only_when_its_last_call_has(make_setup: MakeSetup) -> None:
    """One call is refused for the balance while others are still under way: what these bring is told too."""
    setup = make_setup(switches={"synthetic": 40, "latency": 0.8, "inject": "67200005:1:3"}, patsnap_batch=10)
    job = setup.lookups.start(setup.plan("\n".join(SYNTHETIC[:40])))
    until(lambda: job.snapshot().message or job.ended, "the reason")
    assert not job.ended
    progress = job.wait(30)
    assert progress.state == "halted"
    assert "fetching" not in outcomes(job)
    assert outcomes(job).count("fetched") == setup.billing.total


def test_an_account_error_after_charges_tells_what_the_look_up_has_charged(make_setup: MakeSetup) -> None:
    """Two batches arrive and the third finds the account empty: the message speaks of the look-up, not of that call."""
    setup = make_setup(switches={"synthetic": 30, "inject": "67200005:*:2"}, patsnap_workers=1, patsnap_batch=10)
    progress = setup.run("\n".join(SYNTHETIC[:30])).snapshot()
    assert progress.state == "halted"
    assert "This look-up has charged 20." in progress.message
    assert "Nothing was charged" not in progress.message


def test_a_resumed_history_finds_nothing_missing_that_is_held(make_setup: MakeSetup, tmp_path: Path) -> None:
    """The links of the first page are kept in the store: the resume does not call them missing."""
    setup = make_setup(switches={"limit_cap": 100, "over_cap": "cap", "inject": "67200005:1:1"})
    job = setup.run("US10765880B2")
    whole = make_setup(store_url=f"sqlite:///{tmp_path}/whole/store.db", switches={"limit_cap": 100, "over_cap": "cap"})
    whole.run("US10765880B2")
    assert setup.lookups.resume(job, user=LOCAL_PERSON).wait(30).state == "finished"
    key = "US14/412875"
    assert setup.store.load([key])[key].findings == whole.store.load([key])[key].findings
