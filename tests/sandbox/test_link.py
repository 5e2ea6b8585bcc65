"""Signed links, and the PDFs behind them."""

import io
import re
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qs, urlsplit

import httpx
import pypdf
import pytest
import time_machine
from starlette.applications import Starlette
from starlette.routing import Mount

from components.sandbox import create_sandbox
from components.sandbox.server import listen, make_server

GRANT = "US10765880B2"


def one(caller, **body):
    """The first document of an answer."""
    return caller.data(**{"patent_number": GRANT, "limit": 1} | body)["doc_detail"][0]


def pages_of(answer):
    """The pages of a PDF that must have arrived."""
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf"), answer.text[:300]
    return pypdf.PdfReader(io.BytesIO(answer.content)).pages


def test_link_has_the_form_of_the_contract(caller):
    """`sign` holds start and end 3600 s apart, `response-expires` an HTTP date; a signature follows."""
    before = int(time.time())
    path = one(caller)["path"]
    after = int(time.time())
    parts = urlsplit(path)
    assert re.fullmatch(r"/documents/[\w-]+\.pdf", parts.path)
    assert f"{parts.scheme}://{parts.netloc}" == caller.sandbox.base_url
    match = re.match(r"sign=q-sign-time=(\d+);(\d+)", parts.query)
    start, end = int(match[1]), int(match[2])
    assert before <= start <= after
    assert end - start == 3600
    query = parse_qs(parts.query, strict_parsing=True)
    assert set(query) == {"sign", "response-expires"}
    assert parsedate_to_datetime(query["response-expires"][0]).timestamp() == end
    assert re.search(r"&q-signature=[0-9a-f]{64}$", query["sign"][0])


@pytest.mark.parametrize("seconds", [3598, 3601, 86_400])
def test_link_ends_with_its_time(caller, seconds):
    """Until the end of its time a link is open, from then on it is refused with 403."""
    path = one(caller)["path"]
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=seconds)):
        answer = caller.http.get(path)
    assert answer.status_code == (200 if seconds < 3600 else 403)
    assert answer.content.startswith(b"%PDF-") is (seconds < 3600)


@pytest.mark.parametrize(("lifetime", "told"), [(0, None), (0, 3600), (3600, 0)])
def test_earlier_of_the_two_times_ends_the_link(caller, switch, lifetime, told):
    """A link whose signature or whose response-expires is over is refused, whatever the other says."""
    switch(link_lifetime=lifetime, response_expires_after=told)
    answer = caller.http.get(one(caller)["path"])
    assert answer.status_code == 403
    assert "expired" in answer.text


def test_link_that_was_changed_is_refused(caller):
    """Another document, another time, another date, no signature: 403 each."""
    path, other = (document["path"] for document in caller.data(patent_number=GRANT, limit=2)["doc_detail"])
    end = re.search(r";(\d+)", path)[1]
    date = urlsplit(path).query.partition("&response-expires=")[2]
    changed = [
        path.partition("?")[0] + "?" + other.partition("?")[2],
        path.replace(f";{end}", f";{int(end) + 9999}"),
        path.replace(date, date.replace("20", "21", 1)),
        path.partition("&response-expires")[0],
        path.partition("?")[0],
        re.sub(r"q-signature=\w+", "q-signature=%C3%9F", path),
    ]
    assert path not in changed
    assert [caller.http.get(link).status_code for link in changed] == [403] * len(changed)


def test_links_outlive_a_restart(caller):
    """The key is fixed, so another sandbox opens a link that this one gave out."""
    path = one(caller)["path"]
    with _served(create_sandbox()) as base:
        again = path.replace(caller.sandbox.base_url, base)
        assert again != path
        assert len(pages_of(httpx.get(again))) == 1


def test_links_begin_with_the_base_of_the_switch(caller, switch):
    """A deployed app decides what its links begin with; a slash at the end does no harm."""
    switch(link_base="https://sandbox.invalid/sandbox/")
    assert one(caller)["path"].startswith("https://sandbox.invalid/sandbox/documents/US14412875-")


def test_mounted_app_serves_calls_and_links_but_no_controls():
    """Mounted under a prefix, links carry the prefix and open; counter and switches are closed."""
    with _served(Starlette(routes=[Mount("/sandbox", create_sandbox())])) as base:
        answer = httpx.post(
            f"{base}/sandbox/advanced-patent-data/overseas-patent-documents",
            json={"patent_number": GRANT},
            headers={"Authorization": "Bearer sandbox"},
        )
        path = answer.json()["data"]["doc_detail"][0]["path"]
        assert path.startswith(f"{base}/sandbox/documents/")
        assert len(pages_of(httpx.get(path))) == 1
        assert httpx.get(f"{base}/sandbox/_sandbox/billing").status_code == 404
        assert httpx.post(f"{base}/sandbox/_sandbox/switches", json={"latency": 9}).status_code == 404


def test_app_in_process_can_be_mounted_beside_its_own_port(caller):
    """The running sandbox's own app, served a second time under a prefix, opens the links that it gave out."""
    path = one(caller)["path"]
    with _served(Starlette(routes=[Mount("/sandbox", caller.sandbox.app)])) as base:
        assert len(pages_of(httpx.get(path.replace(caller.sandbox.base_url, f"{base}/sandbox")))) == 1


def test_pdf_has_the_pages_that_the_office_counted(caller):
    """Every document of a file of 1 to 42 pages each has that many; none where the office gave none has one."""
    documents = caller.data(patent_number="US11646472B2", limit=100)["doc_detail"]
    assert len(documents) == 45
    for document in documents:
        assert len(pages_of(caller.http.get(document["path"]))) == document.get("page_number", 1)


def test_long_document_has_all_its_pages(caller):
    """The longest document carried has 257 pages, each numbered."""
    documents = caller.data(patent_number="USRE41192E1", limit=1000)["doc_detail"]
    longest = max(documents, key=lambda document: document["page_number"])
    pages = pages_of(caller.http.get(longest["path"]))
    assert len(pages) == 257
    assert "Page 1 of 257" in pages[0].extract_text()
    assert "Page 257 of 257" in pages[256].extract_text()


def test_each_page_says_what_it_stands_for(caller):
    """Patent, application, code, description, date and page stand on the page, and that it is a placeholder."""
    document = one(caller, doc_code="CTNF", date_from=20161025, date_to=20161025)
    pages = pages_of(caller.http.get(document["path"]))
    assert len(pages) == document["page_number"] == 8
    for number, page in enumerate(pages, start=1):
        text = " ".join(page.extract_text().split())
        for words in (
            "PLACEHOLDER", "not the office's document", "US10765880B2", "US14/412875", "Document code CTNF",
            "Non-Final Rejection", "25 Oct 2016", f"Page {number} of 8",
        ):  # fmt: skip
            assert words in text


def test_japanese_documents_are_one_readable_page(caller):
    """Japanese descriptions and titles stand on the page; without or with 0 pages there is one."""
    without = one(caller, patent_number="JP7533889B2", doc_code="A131")
    (page,) = pages_of(caller.http.get(without["path"]))
    text = page.extract_text()
    assert "拒絶理由通知書" in text
    assert "立体配線構造体の製造方法" in text
    assert "gives no number of pages" in text
    zero = one(caller, patent_number="JP6768620B2")
    assert zero["page_number"] == 0
    assert len(pages_of(caller.http.get(zero["path"]))) == 1


def test_every_document_carried_opens(caller):
    """No link of any file history is dead."""
    numbers = [
        "US10765880B2", "US8433457B2", "US8620758B2", "US10000000B2", "US11646472B2", "US20170071586A1",
        "USRE41192E1", "EP1000000B1", "JP6768620B2", "JP7533889B2", "US10902286B2", "US20030133974A1",
    ]  # fmt: skip
    data = caller.data(patent_number=",".join(numbers), limit=1000)
    assert [entry["patent_number"] for entry in data] == numbers
    for entry in data:
        # The head of a document tells enough: its first, its last, and one in the middle of each file.
        documents = entry["doc_detail"]
        for document in (documents[0], documents[len(documents) // 2], documents[-1]):
            assert caller.http.get(document["path"]).content.startswith(b"%PDF-")


def test_document_that_does_not_exist_is_not_found(caller, switch):
    """A well-signed link to a document that is no longer there is answered with 404."""
    switch(synthetic=1, synthetic_documents=1)
    path = one(caller, patent_number="US9900001B2")["path"]
    assert caller.http.get(path).status_code == 200
    switch(synthetic=0)
    assert caller.http.get(path).status_code == 404


class _served:  # noqa: N801 - reads as a verb
    """An app on a real socket of its own."""

    def __init__(self, app):
        self.listener = listen("127.0.0.1", 0)
        self.server = make_server(app)
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.listener]}, daemon=True)

    def __enter__(self):
        port = self.listener.getsockname()[1]
        self.thread.start()
        return f"http://127.0.0.1:{port}"

    def __exit__(self, *_):
        self.server.should_exit = True
        self.thread.join()
