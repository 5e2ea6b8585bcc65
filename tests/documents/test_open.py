"""The route `/documents/<token>` on a real desk: redirect, expiry, refresh, and what foreign pages cannot do."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette

from components.desk import Desk, open_desk
from components.documents import Permit, sandbox_routes
from components.numbers import parse
from components.rule_tables import RuleTableBroken
from components.sandbox import RunningSandbox
from components.settings import Settings
from components.store import StoreDamaged
from tests.documents.visitors import BEN, routes_of
from tests.serving import serve

KEY = "JP2017-187096"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk on the in-process sandbox that holds one history."""
    opened = open_desk(Settings(review_store_url=f"sqlite:///{tmp_path / 'data' / 'store.db'}"))
    assert opened.sandbox is not None
    try:
        yield opened
    finally:
        opened.close()


def sandbox(desk: Desk) -> RunningSandbox:
    """The service of this desk."""
    assert desk.sandbox is not None
    return desk.sandbox


def fetch(desk: Desk) -> str:
    """Fetch the history and give the path of its first document."""
    job = desk.lookups.start(desk.lookups.plan(parse("JP6768620B2")))
    assert job.wait(20).state == "finished"
    document = desk.store.load([KEY])[KEY].documents.ids()[0]
    return desk.documents.tokens.document_path(KEY, document)


@pytest.fixture
def browser(desk: Desk) -> Iterator[httpx.Client]:
    """A client of the routes on a real socket; it follows no redirect by itself."""
    app = Starlette(routes=[*routes_of(desk), *sandbox_routes(lambda: desk.sandbox)])
    with serve(uvicorn.Config(app, log_level="warning")) as url, httpx.Client(base_url=url) as client:
        yield client


def test_a_living_link_redirects_without_telling_where_from(desk: Desk, browser: httpx.Client) -> None:
    """303 to the signed link, no referrer, never cached; the PDF is one."""
    answer = browser.get(fetch(desk))
    assert answer.status_code == 303
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["location"].startswith("/sandbox/documents/")
    document = browser.get(answer.headers["location"])
    assert document.status_code == 200
    assert document.content.startswith(b"%PDF-")
    assert sandbox(desk).billing.total == 1


def test_opening_an_expired_link_asks_first_and_the_button_pays_once(desk: Desk, browser: httpx.Client) -> None:
    """Looking costs nothing; one press renews all links; a second press finds them renewed."""
    sandbox(desk).switch(link_lifetime=0)
    path = fetch(desk)
    page = browser.get(path)
    assert page.status_code == 200
    assert "expired" in page.text
    assert "JP 6768620 B2" in page.text
    assert sandbox(desk).billing.total == 1
    permit = page.text.split('name="permit" value="')[1].split('"')[0]
    sandbox(desk).switch(link_lifetime=600)
    for _ in range(2):
        answer = browser.post("/documents/refresh", data={"permit": permit})
        assert answer.status_code == 200
        assert path.rsplit(".", 2)[0] in answer.text
    assert sandbox(desk).billing.total == 2
    assert browser.get(path).status_code == 303


def test_a_refresh_that_fails_says_why(desk: Desk, browser: httpx.Client) -> None:
    """The balance is empty: nothing is charged and the page says what happened."""
    sandbox(desk).switch(link_lifetime=0)
    page = browser.get(fetch(desk))
    permit = page.text.split('name="permit" value="')[1].split('"')[0]
    sandbox(desk).switch(inject="67200005")
    answer = browser.post("/documents/refresh", data={"permit": permit})
    assert answer.status_code == 502
    assert "balance" in answer.text.lower()
    assert sandbox(desk).billing.total == 1


def test_no_foreign_page_can_spend(desk: Desk, browser: httpx.Client) -> None:
    """A form elsewhere, a link taken for a permit, and no permit at all are refused."""
    sandbox(desk).switch(link_lifetime=0)
    path = fetch(desk)
    permit = browser.get(path).text.split('name="permit" value="')[1].split('"')[0]
    foreign = browser.post("/documents/refresh", data={"permit": permit}, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403
    assert browser.post("/documents/refresh", data={"permit": path.removeprefix("/documents/")}).status_code == 404
    assert browser.post("/documents/refresh").status_code == 404
    assert browser.get("/documents/refresh").status_code == 404
    assert sandbox(desk).billing.total == 1


def test_a_changed_token_opens_nothing(desk: Desk, browser: httpx.Client) -> None:
    """404 with what to do; the text of the token is not repeated."""
    path = fetch(desk)
    answer = browser.get(path + "x")
    assert answer.status_code == 404
    assert "not made by this app" in answer.text


def test_a_link_to_a_host_that_is_not_allowed_is_not_followed(tmp_path: Path) -> None:
    """The service's links lead to an origin that the settings do not name: the page says so and links nowhere."""
    from components.sandbox import start_in_process

    with start_in_process(link_base="https://evil.example") as service:
        desk = open_desk(
            Settings(
                patsnap_api_key="sk-test",
                patsnap_base_url=service.base_url,
                review_store_url=f"sqlite:///{tmp_path / 'data' / 'store.db'}",
            )
        )
        path = fetch(desk)
        app = Starlette(routes=routes_of(desk))
        with serve(uvicorn.Config(app, log_level="warning")) as url:
            answer = httpx.get(url + path)
        desk.close()
    assert answer.status_code == 403
    assert "PATSNAP_PDF_ORIGINS" in answer.text
    assert "evil.example" not in answer.text


def test_whoever_may_not_spend_gets_no_button_and_can_press_none(desk: Desk) -> None:
    """The page says to whom a refresh is left, and a permit changes nothing."""
    sandbox(desk).switch(link_lifetime=0)
    path = fetch(desk)
    app = Starlette(routes=routes_of(desk, BEN))
    with serve(uvicorn.Config(app, log_level="warning")) as url:
        page = httpx.get(url + path)
        assert "expired" in page.text
        assert "<form" not in page.text
        assert "REVIEW_SPEND" in page.text
        line = desk.store.headlines([KEY])[0]
        document = desk.store.load([KEY])[KEY].documents.ids()[0]
        permit = desk.documents.tokens.permit_token(Permit(KEY, document, line.retrieved.isoformat(), "", 1, BEN.name))
        assert httpx.post(f"{url}/documents/refresh", data={"permit": permit}).status_code == 403
    assert sandbox(desk).billing.total == 1


@pytest.mark.parametrize("error", [StoreDamaged("It is damaged."), RuleTableBroken("periods.csv", "Mend it.")])
def test_the_sandboxs_documents_are_unavailable_while_the_desk_cannot_be_opened(error: Exception) -> None:
    """The pages say why; this route says no more than that it is not its fault."""

    def refuse() -> RunningSandbox | None:
        raise error

    app = Starlette(routes=sandbox_routes(refuse))
    with serve(uvicorn.Config(app, log_level="warning")) as url:
        assert httpx.get(f"{url}/sandbox/documents/x.pdf").status_code == 503
