"""Look-ups in walled-off workspaces: bought apart, at the same time, and nothing twice within one."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest

from components.access import LOCAL_PERSON
from components.desk import Desk, open_desk
from components.lookups import AnswerFileRefused, PlanState
from components.numbers import parse
from components.settings import Settings
from tests.patsnap.service import PATH, Asked, Contract, Reply, Server, document, entry
from tests.waiting import until

NUMBER = "US9900001B2"
OTHER = "US9900002B2"
ENTRIES = {number: entry(number, [document(1)], apno=f"US14/{number[2:9]}") for number in (NUMBER, OTHER)}

OpenedDesk = Callable[..., Desk]


class HeldService(Contract):
    """Answers as the contract says, but the first calls only once they are let go.

    Args:
        hold: how many calls wait.
    """

    def __init__(self, hold: int) -> None:
        super().__init__(ENTRIES)
        self.let_go = threading.Event()
        self.arrived = 0
        self._left = hold
        self._counting = threading.Lock()

    def __call__(self, asked: Asked) -> Reply:
        """Answer one call."""
        with self._counting:
            self.arrived += 1
            waits, self._left = self._left > 0, self._left - 1
        if waits:
            assert self.let_go.wait(60)
        return super().__call__(asked)


@pytest.fixture
def desk_on(store_url: str) -> Iterator[OpenedDesk]:
    """Open a desk against a service on a real socket; it is closed at the end."""
    with ExitStack() as ending:

        def opened(service: Callable[[Asked], Reply], **settings: object) -> Desk:
            server = ending.enter_context(Server(service).running())
            given = {"patsnap_api_key": "sk-test", "patsnap_base_url": server.base, "patsnap_path": PATH, **settings}
            desk = open_desk(Settings(review_store_url=store_url, **given))
            ending.callback(desk.close)
            return desk

        yield opened


def bought(desk: Desk, text: str = NUMBER) -> str:
    """Look numbers up to the end, and return how that ended."""
    return desk.lookups.start(desk.lookups.plan(parse(text))).wait(60).state


def states(desk: Desk, text: str = NUMBER) -> list[PlanState]:
    """Return what a look-up would do with each number."""
    return [item.state for item in desk.lookups.plan(parse(text)).items]


@contextmanager
def let_go(service: HeldService) -> Iterator[None]:
    """Let the held calls go at the end, whatever happens."""
    try:
        yield
    finally:
        service.let_go.set()


def test_two_workspaces_buy_the_same_number_at_the_same_time(desk_on: OpenedDesk) -> None:
    """While one's call is under way, another plans, buys and has it; neither waits, and each is charged once."""
    service = HeldService(hold=1)
    shared = desk_on(service)
    merger = shared.for_workspace("merger")
    with let_go(service):
        first = shared.lookups.start(shared.lookups.plan(parse(NUMBER)))
        until(lambda: service.arrived, "the first call")
        assert states(shared) == [PlanState.FREE]
        assert states(merger) == [PlanState.CHARGED]
        assert bought(merger) == "finished"
        assert not first.ended
        assert shared.store.headlines() == []
    assert first.wait(60).state == "finished"
    assert service.billed == Counter({NUMBER: 2})
    assert bought(shared) == bought(merger) == "finished"
    assert service.billed == Counter({NUMBER: 2})
    assert Counter(row.workspace for row in shared.store.whole_ledger(current=True)) == {"": 1, "merger": 1}


def test_no_workspace_waits_for_another_s_other_names_of_one_office(desk_on: OpenedDesk) -> None:
    """An application number is asked for although the other workspace asks for a publication of its office."""
    service = HeldService(hold=1)
    shared = desk_on(service)
    merger = shared.for_workspace("merger")
    with let_go(service):
        first = shared.lookups.start(shared.lookups.plan(parse(OTHER)))
        until(lambda: service.arrived, "the first call")
        assert bought(merger, "US14/990001") == "finished"
        assert service.arrived > 1
        assert not first.ended


def test_within_a_walled_off_workspace_nothing_is_bought_twice(desk_on: OpenedDesk) -> None:
    """Eight look-ups of one number begin at once in each of two workspaces: one charge in each."""
    service = HeldService(hold=0)
    shared = desk_on(service, patsnap_workers=8)
    desks = [shared.for_workspace(name) for name in ("merger", "litigation")]
    jobs = [desk.lookups.start(desk.lookups.plan(parse(NUMBER))) for _ in range(8) for desk in desks]
    assert {job.wait(60).state for job in jobs} == {"finished"}
    assert service.billed == Counter({NUMBER: 2})
    assert [len(desk.store.headlines()) for desk in desks] == [1, 1]
    assert shared.store.headlines() == []


def test_what_is_in_doubt_in_one_workspace_is_asked_about_there_alone(desk_on: OpenedDesk) -> None:
    """A broken call leaves its number uncertain in its workspace; in the others it is simply not bought yet."""
    broken = [Reply(status=500)]
    contract = Contract(ENTRIES)
    shared = desk_on(lambda asked: broken.pop() if broken else contract(asked))
    merger = shared.for_workspace("merger")
    bought(merger)
    assert states(merger) == [PlanState.UNCERTAIN]
    assert states(shared) == states(shared.for_workspace("litigation")) == [PlanState.CHARGED]
    assert bought(shared) == "finished"
    assert states(merger) == [PlanState.UNCERTAIN]


def test_what_the_service_does_not_cover_is_remembered_in_one_workspace_alone(desk_on: OpenedDesk) -> None:
    """That somebody asked for a number within a day is not told to another workspace."""
    shared = desk_on(Contract(ENTRIES))
    merger = shared.for_workspace("merger")
    bought(merger, "US9900077B2")
    assert states(merger, "US9900077B2") == [PlanState.FREE]
    assert states(shared, "US9900077B2") == [PlanState.CHARGED]


def test_a_job_is_found_in_its_workspace_alone(desk_on: OpenedDesk) -> None:
    """Neither by its id nor by its numbers is it watched from another, though its person is the same."""
    service = HeldService(hold=1)
    shared = desk_on(service)
    merger = shared.for_workspace("merger")
    with let_go(service):
        job = merger.lookups.start(merger.lookups.plan(parse(NUMBER)))
        until(lambda: service.arrived, "the call")
        assert merger.lookups.job(job.id) is job
        assert shared.lookups.job(job.id) is None
        assert merger.lookups.job_under_way(merger.lookups.plan(parse(NUMBER))) is job
        assert shared.lookups.job_under_way(shared.lookups.plan(parse(NUMBER))) is None
    job.wait(60)


def test_a_file_of_unsaved_answers_is_taken_back_in_its_own_workspace_alone(desk_on: OpenedDesk) -> None:
    """Another workspace of the same service refuses it, and nothing is saved."""
    shared = desk_on(Contract(ENTRIES))
    merger = shared.for_workspace("merger")
    for desk, foreign in ((merger, shared), (shared, merger), (merger, shared.for_workspace("Merger"))):
        file = desk.lookups.unsaved_file("local")
        with pytest.raises(AnswerFileRefused, match="workspace"):
            foreign.lookups.take_back(file, user=LOCAL_PERSON)
        assert desk.lookups.take_back(file, user=LOCAL_PERSON) == 0


def test_caps_of_day_and_person_count_every_workspace(desk_on: OpenedDesk) -> None:
    """What a person has spent in one workspace is put beyond the cap in another, before the click and at it."""
    shared = desk_on(Contract(ENTRIES), review_cap_day=10)
    merger = shared.for_workspace("merger")
    shared.store.set_person_cap("local", 1)
    before = shared.lookups.plan(parse(OTHER), user="local")
    assert bought(merger) == "finished"
    (item,) = shared.lookups.plan(parse(OTHER), user="local").items
    assert item.state is PlanState.BEYOND_CAP
    assert item.note == ("the cap of 1 for you today (UTC) leaves 0; an administrator can raise it on the Usage page")
    assert [each.state for each in shared.lookups.plan(parse(OTHER), user="grace").items] == [PlanState.CHARGED]
    ended = shared.lookups.start(before).wait(60)
    assert (ended.state, ended.charged) == ("halted", 0)
    assert "ask an administrator to raise yours on the Usage page" in ended.message
    assert {use.cap: use.used for use in merger.store.caps_use("local")} == {"day": 1, "person": 1}


def test_a_desk_of_a_workspace_is_made_once_and_shares_what_is_common(desk_on: OpenedDesk) -> None:
    """One for each name; client, settings and sandbox are the process's, all else is its own and leads nowhere else."""
    shared = desk_on(Contract(ENTRIES))
    merger = shared.for_workspace("merger")
    assert shared.for_workspace("") is shared
    assert shared.for_workspace("merger") is merger.for_workspace("merger") is merger
    assert (merger.client, merger.settings, merger.sandbox) == (shared.client, shared.settings, shared.sandbox)
    for part in ("store", "lookups", "tables", "documents"):
        assert getattr(merger, part) is not getattr(shared, part)
    for name in ("", "litigation"):
        with pytest.raises(ValueError, match="no other"):
            merger.for_workspace(name)


def test_calls_of_all_workspaces_share_the_threads(desk_on: OpenedDesk) -> None:
    """With one worker, two workspaces together have one call under way at a time."""
    service = HeldService(hold=1)
    shared = desk_on(service, patsnap_workers=1)
    desks = [shared, shared.for_workspace("merger")]
    with let_go(service):
        jobs = [desk.lookups.start(desk.lookups.plan(parse(NUMBER))) for desk in desks]
        until(lambda: service.arrived, "the first call")
        until(lambda: all(desk.store.look_ups() for desk in desks), "both look-ups")
        assert service.arrived == 1
    assert {job.wait(60).state for job in jobs} == {"finished"}


def test_deleting_a_workspace_leaves_nothing_of_it_in_the_process(desk_on: OpenedDesk) -> None:
    """Its desk goes with its jobs and tables; a new one holds nothing and would be charged again."""
    shared = desk_on(Contract(ENTRIES))
    merger = shared.for_workspace("merger")
    job = merger.lookups.start(merger.lookups.plan(parse(NUMBER)))
    job.wait(60)
    until(lambda: merger.store.look_ups()[0].ended_at, "its end")
    shared.delete_workspace("merger")
    again = shared.for_workspace("merger")
    assert again is not merger
    assert again.lookups.job(job.id) is None
    assert states(again) == [PlanState.CHARGED]
    assert [row.number for row in shared.store.whole_ledger(current=True)] == ["deleted 1"]


def test_a_deleted_person_s_ended_look_ups_are_forgotten(desk_on: OpenedDesk) -> None:
    """The numbers in them stay in no process; what was bought stays with the workspace."""
    shared = desk_on(Contract(ENTRIES))
    merger = shared.for_workspace("merger")
    jobs = [desk.lookups.start(desk.lookups.plan(parse(NUMBER))) for desk in (shared, merger)]
    for job in jobs:
        job.wait(60)
    shared.delete_person("local")
    assert shared.lookups.job(jobs[0].id) is merger.lookups.job(jobs[1].id) is None
    assert states(shared) == states(merger) == [PlanState.HELD]
