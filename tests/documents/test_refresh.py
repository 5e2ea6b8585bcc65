"""The page that stands in for an expired document: its button goes the way of every look-up."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette

from components.desk import Desk, open_desk
from components.documents import Permit
from components.numbers import parse
from components.sandbox import RunningSandbox
from components.settings import Settings
from tests.documents.visitors import routes_of
from tests.serving import serve

NUMBER, KEY = "US9900001B2", "US99/000001"
BUTTON = "Refresh the links · "


@contextmanager
def expired(folder: Path, **settings: object) -> Iterator[tuple[Desk, RunningSandbox, httpx.Client, str]]:
    """Serve a desk that holds a file of 230 documents, which take three calls, with links that have expired."""
    desk = open_desk(Settings(review_store_url=f"sqlite:///{folder / 'data' / 'store.db'}", **settings))
    sandbox = desk.sandbox
    assert sandbox is not None
    try:
        sandbox.switch(synthetic=1, synthetic_documents=230, limit_cap=100, link_lifetime=0)
        assert desk.lookups.start(desk.lookups.plan(parse(NUMBER))).wait(30).state == "finished"
        sandbox.switch(link_lifetime=600)
        document = desk.store.load([KEY])[KEY].documents.ids()[0]
        app = Starlette(routes=routes_of(desk))
        with serve(uvicorn.Config(app, log_level="warning")) as url, httpx.Client(base_url=url, timeout=60) as client:
            yield desk, sandbox, client, desk.documents.tokens.document_path(KEY, document)
    finally:
        desk.close()


def permit_in(page: httpx.Response) -> dict[str, str]:
    """The form of a page with a button."""
    return {"permit": page.text.split('name="permit" value="')[1].split('"')[0]}


def test_the_button_states_what_a_long_file_costs(tmp_path: Path) -> None:
    """Three calls, three charges, as it says; they are booked to the one person that there is without a login."""
    with expired(tmp_path) as (desk, sandbox, client, path):
        before = sandbox.billing.total
        page = client.get(path)
        assert f"{BUTTON}3 charged" in page.text
        assert "The links are fresh" in client.post("/documents/refresh", data=permit_in(page)).text
        assert sandbox.billing.total - before == 3
        assert client.get(path).status_code == 303
        assert desk.store.totals(user="local").ever.billed == sandbox.billing.total


def permit_for(desk: Desk, *, charges: int) -> dict[str, str]:
    """The form of a page that stated this many charges."""
    retrieved = desk.store.headlines([KEY])[0].retrieved.isoformat()
    document = desk.store.load([KEY])[KEY].documents.ids()[0]
    return {"permit": desk.documents.tokens.permit_token(Permit(KEY, document, retrieved, "", charges))}


@pytest.mark.parametrize("ending", ["", "/view", "/pages/1", "/download"])
def test_above_the_threshold_it_is_left_to_the_review_page(tmp_path: Path, ending: str) -> None:
    """There it is confirmed; here there is no button, and a permit of before buys nothing."""
    with expired(tmp_path, review_confirm_above=2) as (desk, sandbox, client, path):
        before = sandbox.billing.total
        page = client.get(path + ending)
        assert "has expired" in page.text
        assert "<form" not in page.text
        assert "Open in Review" in page.text
        answer = client.post("/documents/refresh", data=permit_for(desk, charges=3))
        assert answer.status_code == 409
        assert "has to be confirmed" in answer.text
        assert sandbox.billing.total == before


def test_a_price_that_has_risen_since_is_not_paid(tmp_path: Path) -> None:
    """The page stated one charge; by now the file takes three."""
    with expired(tmp_path) as (desk, sandbox, client, _):
        before = sandbox.billing.total
        answer = client.post("/documents/refresh", data=permit_for(desk, charges=1))
        assert answer.status_code == 409
        assert "costs more by now" in answer.text
        assert sandbox.billing.total == before


def test_a_cap_holds_here_too(tmp_path: Path) -> None:
    """The refresh ends at the cap and says which; what was held is still in view."""
    with expired(tmp_path, review_cap_day=5) as (desk, sandbox, client, path):
        assert sandbox.billing.total == 3
        answer = client.post("/documents/refresh", data=permit_in(client.get(path)))
        assert answer.status_code == 502
        assert "REVIEW_CAP_DAY" in answer.text
        assert sandbox.billing.total == 5
        assert len(desk.store.load([KEY])[KEY].documents) == 230


def test_after_a_damaged_store_nothing_is_bought_before_its_notice_is_read(tmp_path: Path) -> None:
    """As on the Review page, where the notice stands."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    (folder / "store.db.damaged-20260101T000000Z").write_bytes(b"broken")
    with expired(tmp_path) as (desk, sandbox, client, path):
        before = sandbox.billing.total
        assert "<form" not in client.get(path).text
        desk.store.acknowledge()
        assert f"{BUTTON}3 charged" in client.get(path).text
        assert sandbox.billing.total == before
