"""Who is given what: documents to those who work in their workspace, packs and files to their maker alone."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import httpx
import pandas as pd
import pytest
import time_machine
import uvicorn
from itsdangerous import URLSafeTimedSerializer
from starlette.applications import Starlette

from components.access import Person
from components.desk import Desk, open_desk
from components.documents import Documents, OfferedFile, OfferedFiles, Pack, file_path, sandbox_routes
from components.exports import Selection
from components.numbers import parse
from components.prosecution import read_history
from components.settings import Settings
from components.store import Store
from tests.documents.visitors import ANN, BEN, EVE, WHO, routes_of, served, served_to_several
from tests.serving import serve

KEY, NUMBER = "JP2017-187096", "JP6768620B2"
TOLD = (NUMBER, "6768620", KEY, "JP 6768620 B2", "2017-187096")
"""What names the patent, none of which a stranger may be told."""
NOTE = "CANARY privileged: weak claim 4"
EVERY_MANNER = ("", "/view", "/download", "/pages/1")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk on the in-process sandbox whose shared workspace holds one history, bought by Ann."""
    store = tmp_path_factory.mktemp("who") / "data" / "store.db"
    opened = open_desk(Settings(review_store_url=f"sqlite:///{store}"))
    assert opened.lookups.start(opened.lookups.plan(parse(NUMBER)), user=ANN).wait(20).state == "finished"
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def merger(desk: Desk) -> Documents:
    """The documents of a walled-off workspace that bought the same history for itself."""
    walled_off = desk.for_workspace("merger")
    assert walled_off.lookups.start(walled_off.lookups.plan(parse(NUMBER)), user=EVE).wait(20).state == "finished"
    return walled_off.documents


@pytest.fixture
def files() -> OfferedFiles:
    """What pages offer to take away."""
    return OfferedFiles()


@pytest.fixture
def site(desk: Desk, merger: Documents, files: OfferedFiles) -> Iterator[httpx.Client]:
    """A client of the routes of both workspaces; it follows no redirect by itself."""
    with (
        served_to_several({"": desk.documents, "merger": merger}, files) as url,
        httpx.Client(base_url=url, timeout=30) as client,
    ):
        yield client


def by(person: Person) -> dict[str, str]:
    """The header that says who asks."""
    return {WHO: person.name}


def path_in(documents: Documents, store: Store, index: int = 0) -> str:
    """Return the path of a document, as a page of that workspace links to it."""
    return documents.tokens.document_path(KEY, store.load([KEY])[KEY].documents.ids()[index])


def selection_with_note(desk: Desk) -> Selection:
    """Return the first two documents with a private note."""
    tables = read_history(desk.store.load([KEY])[KEY])
    documents = tables.documents.head(2).assign(link="", read=True, note=NOTE)
    return Selection(documents, tables.histories, tables.rounds, {}, pd.DataFrame(), datetime.now(UTC))


def says_nothing(answer: httpx.Response) -> bool:
    """Return whether a page is for a stranger: it names no patent, holds no PDF and cannot be kept."""
    held = answer.text + str(answer.headers)
    return not any(name in held for name in (*TOLD, "%PDF", NOTE)) and answer.headers["cache-control"] == "no-store"


def test_whoever_is_not_known_gets_nothing(desk: Desk) -> None:
    """Every path answers 403 with what to do, and no store is asked; where the middleware fails, nothing opens."""
    path = path_in(desk.documents, desk.store)
    pack = desk.documents.tokens.pack_path("x")
    with served(desk, None) as url:
        answers = [httpx.get(url + path + manner) for manner in EVERY_MANNER]
        answers += [httpx.get(url + pack), httpx.get(url + file_path("x")), httpx.post(f"{url}/documents/refresh")]
    for answer in answers:
        assert answer.status_code == 403
        assert "log in" in answer.text
        assert says_nothing(answer)


def test_a_colleague_opens_what_another_bought(desk: Desk, site: httpx.Client) -> None:
    """Whoever works in the workspace may open, view and save it, also without the right to spend."""
    path = path_in(desk.documents, desk.store, 2)
    assert site.get(path, headers=by(BEN)).status_code == 303
    for manner in ("/view", "/download", ""):
        assert site.get(path + manner, headers=by(BEN)).content.startswith(b"%PDF-")
    assert site.get(path + "/pages/1", headers=by(BEN)).content.startswith(b"\x89PNG")


@pytest.mark.parametrize("manner", EVERY_MANNER)
def test_another_workspace_is_told_what_to_do_and_nothing_else(
    desk: Desk, merger: Documents, files: OfferedFiles, manner: str
) -> None:
    """Both ways, also by a link of before there were workspaces; the store of the other workspace is not asked."""
    merger_store = desk.store.for_workspace("merger")
    shared = path_in(desk.documents, desk.store)  # the first link of a store makes the secret
    secret = str(desk.store.fact("token secret"))
    before = URLSafeTimedSerializer(secret, salt="document").dumps(
        [KEY, desk.store.load([KEY])[KEY].documents.ids()[0]]
    )
    with served_to_several({"merger": merger}, files) as url:
        for path in (shared, f"/documents/{before}"):
            answer = httpx.get(url + path + manner, headers=by(EVE))
            assert answer.status_code == 403
            assert "another workspace" in answer.text
            assert "Ask whoever sent you the link" in answer.text
            assert says_nothing(answer)
        own = httpx.get(url + path_in(merger, merger_store) + "/view", headers=by(EVE))
        assert own.content.startswith(b"%PDF-")
    with served_to_several({"": desk.documents}, files) as url:
        answer = httpx.get(url + path_in(merger, merger_store) + manner, headers=by(ANN))
        assert answer.status_code == 403
        assert says_nothing(answer)
        assert httpx.get(f"{url}/documents/{before}/view", headers=by(ANN)).content.startswith(b"%PDF-")


def test_a_pack_is_given_to_its_maker_alone(desk: Desk, site: httpx.Client) -> None:
    """It holds the maker's notes: a colleague and another workspace get a page, by range and by HEAD as well."""
    pack: Pack = desk.documents.packs.start(selection_with_note(desk), "zip", user=ANN.name)
    assert pack.wait(60).state == "ready"
    own = site.get(pack.link, headers=by(ANN))
    with zipfile.ZipFile(BytesIO(own.content)) as archive:
        assert any(NOTE in archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    assert own.headers["cache-control"] == "no-store"
    assert site.get(pack.link, headers=by(ANN) | {"Range": "bytes=0-3"}).content == own.content[:4]
    for person in (BEN, EVE):
        for answer in (
            site.get(pack.link, headers=by(person)),
            site.get(pack.link, headers=by(person) | {"Range": "bytes=0-3"}),
            site.head(pack.link, headers=by(person)),
        ):
            assert answer.status_code == 403
            assert says_nothing(answer)
            assert b"PK" not in answer.content


def offered(maker: Person, made: list[str]) -> OfferedFile:
    """Return a file on offer that notes each time it is made."""

    def make() -> bytes:
        made.append(maker.name)
        return NOTE.encode()

    return OfferedFile("US1_prosecution.csv", "text/csv", make, maker)


def test_a_file_is_made_for_its_maker_when_asked_for(site: httpx.Client, files: OfferedFiles) -> None:
    """Under its name, never kept and never run; a look at it makes nothing; nobody else gets it."""
    made: list[str] = []
    path = file_path(files.offer(offered(ANN, made)))
    assert site.head(path, headers=by(ANN)).status_code == 200
    for person in (BEN, EVE):
        answer = site.get(path, headers=by(person))
        assert answer.status_code == 403
        assert "maker" in answer.text
        assert says_nothing(answer)
    assert made == []
    for _ in range(2):
        answer = site.get(path, headers=by(ANN))
        assert answer.text == NOTE
        assert answer.headers["content-disposition"] == 'attachment; filename="US1_prosecution.csv"'
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "sandbox" in answer.headers["content-security-policy"]
    assert len(made) == 2
    gone = site.get(file_path("x" * 43), headers=by(ANN))
    assert gone.status_code == 410
    assert "Make it once more" in gone.text


def test_a_new_login_or_lost_rights_take_a_file_off_offer(site: httpx.Client, files: OfferedFiles) -> None:
    """What an administrator's page offered is not made for the same person without that right; it says what to do."""
    made: list[str] = []
    for before, status in ((replace(ANN, session="an earlier one"), 410), (replace(ANN, may_administer=True), 403)):
        answer = site.get(file_path(files.offer(offered(before, made))), headers=by(ANN))
        assert answer.status_code == status
        assert says_nothing(answer)
    assert made == []


def test_a_person_moved_to_another_workspace_leaves_the_files_behind(site: httpx.Client, files: OfferedFiles) -> None:
    """What was made in one workspace is not given in another, to the same person either."""
    elsewhere = Person(EVE.name, EVE.email, may_spend=True, workspace="")
    path = file_path(files.offer(offered(elsewhere, [])))
    assert site.get(path, headers=by(EVE)).status_code == 403


def test_files_on_offer_are_bounded_in_number_and_age() -> None:
    """The oldest make room; a page drawn anew keeps its link; twelve hours after it was drawn the file is gone."""
    now = [0.0]
    files = OfferedFiles(clock=lambda: now[0])
    first, bens = files.offer(offered(ANN, [])), files.offer(offered(BEN, []))
    for _ in range(79):
        files.offer(offered(ANN, []))
    assert files.find(first) is not None
    assert files.offer(offered(ANN, []), token=first) == first
    second = files.offer(offered(ANN, []))
    assert files.find(first) is not None
    assert files.find(bens) is not None
    now[0] = 12 * 3600 - 1
    assert files.find(second) is not None
    assert files.offer(offered(BEN, []), token=bens) == bens
    now[0] = 12 * 3600 + 1
    assert files.find(second) is None
    assert files.find(bens) is not None
    assert files.offer(offered(BEN, []), token=second) != second
    assert files.offer(offered(ANN, []), token=bens) != bens
    files.withdraw(person=BEN.name)
    assert files.find(bens) is None
    eves = files.offer(offered(EVE, []))
    files.withdraw(workspace="merger")
    assert files.find(eves) is None


def permit_in(page: httpx.Response) -> dict[str, str]:
    """The form of a page with a button."""
    return {"permit": page.text.split('name="permit" value="')[1].split('"')[0]}


def test_only_the_person_a_button_was_made_for_spends_with_it_and_is_booked(desk: Desk, site: httpx.Client) -> None:
    """A colleague who may spend, one who may not and another workspace are refused; nothing is charged for them."""
    assert desk.sandbox is not None
    charged = desk.sandbox.billing.total
    path = path_in(desk.documents, desk.store, -1)
    cal = Person("cal@example.com", may_spend=True)
    with time_machine.travel(datetime.now(UTC) + timedelta(hours=2)):
        form = permit_in(site.get(path, headers=by(ANN)))
        assert "<form" not in site.get(path, headers=by(BEN)).text
        with served(desk, cal) as colleague:
            answers = [httpx.post(f"{colleague}/documents/refresh", data=form)]
        answers += [site.post("/documents/refresh", data=form, headers=by(person)) for person in (BEN, EVE)]
        answers.append(site.post("/documents/refresh", data=form))
        for answer in answers:
            assert answer.status_code == 403
            assert says_nothing(answer)
        assert desk.sandbox.billing.total == charged
        assert "The links are fresh" in site.post("/documents/refresh", data=form, headers=by(ANN)).text
    assert desk.sandbox.billing.total == charged + 1
    assert desk.store.totals(user=ANN.name).ever.billed == 2
    assert desk.store.totals(user="local").ever.billed == 0


@pytest.mark.parametrize(
    "program",
    [
        "Microsoft Office Existence Discovery",
        "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Excel 16.0.17830; Pro)",
        "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
    ],
)
def test_a_program_that_only_looks_is_sent_nowhere(desk: Desk, program: str) -> None:
    """Office follows a link without the cookie and opens wherever it led: it gets a page, and the browser the link."""
    path = path_in(desk.documents, desk.store)
    with served(desk, None) as url:
        for method in ("HEAD", "GET"):
            answer = httpx.request(method, url + path, headers={"User-Agent": program})
            assert answer.status_code == 200
            assert "location" not in answer.headers
            assert says_nothing(answer)
        answer = httpx.options(url + path, headers={"User-Agent": program})
        assert answer.status_code == 204
        assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
        assert "dav" not in answer.headers
        assert httpx.request("PROPFIND", url + path, headers={"User-Agent": program}).status_code == 405


def test_below_a_base_path_every_address_of_the_app_begins_with_it(desk: Desk) -> None:
    """Routes, redirect, form, the way back to the Review page and the way on after a refresh; nothing stays above."""
    routes = [*routes_of(desk, base_path="/review"), *sandbox_routes(lambda: desk.sandbox, base_path="/review")]
    path = path_in(desk.documents, desk.store, 1)
    with serve(uvicorn.Config(Starlette(routes=routes), log_level="warning")) as url:
        assert httpx.get(url + path).status_code == 404
        answer = httpx.get(f"{url}/review{path}")
        assert answer.headers["location"].startswith("/review/sandbox/documents/")
        assert httpx.get(url + answer.headers["location"]).content.startswith(b"%PDF-")
        with time_machine.travel(datetime.now(UTC) + timedelta(hours=9)):
            page = httpx.get(f"{url}/review{path}")
            assert 'action="/review/documents/refresh"' in page.text
            assert 'href="/review/?patents=' in page.text
            fresh = httpx.post(f"{url}/review/documents/refresh", data=permit_in(page))
            assert "url=/review/documents/" in fresh.text
            assert 'href="/review/documents/' in fresh.text
