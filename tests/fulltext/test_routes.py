"""The routes of the pages' texts: what they say of a page and of a search, and to whom they say it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request

from components.access import Person
from components.desk import Desk, open_desk
from components.fulltext import shown_page, text_routes
from components.page_texts import Box, PageText, Word
from components.settings import Settings
from components.store import StoreFailed
from tests.documents.visitors import ANN, BEN, EVE, WHO
from tests.seeding import seed
from tests.serving import serve
from tests.ui.conftest import recording_of

KEY, REJECTION, REPLY = "US14/412875", "20161025-CTNF-1", "20170425-REM-1"
SHA = "5" * 64
HOSTILE = "<img src=x onerror=alert(1)>"
READ = PageText(
    1,
    "read",
    "Tesseract 5.3.0",
    "eng",
    (
        Word("Claims", Box(0.1, 0.1, 0.2, 0.12), 0, 96),
        Word("1-4", Box(0.21, 0.1, 0.25, 0.12), 0, 96),
        Word(HOSTILE, Box(0.1, 0.2, 0.4, 0.22), 1, 96),
    ),
)
BAD = replace(READ, page=2, languages="eng+deu", words=tuple(word._replace(confidence=54) for word in READ.words))
EMPTY = PageText(3, "empty", "Tesseract 5.3.0", "eng")
FAILED = PageText(4, "failed", "", problem="This page of the PDF is damaged and cannot be read.")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk whose shared workspace holds a file with one paper of five pages, four of which were looked at."""
    store = tmp_path_factory.mktemp("texts") / "data" / "store.db"
    seed(store, [recording_of("US14412875")])
    opened = open_desk(Settings(review_store_url=f"sqlite:///{store}"))
    opened.store.texts.begin(KEY, REJECTION, SHA, pages=5)
    for page in (READ, BAD, EMPTY, FAILED):
        assert opened.store.texts.keep(SHA, page)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def site(desk: Desk) -> Iterator[httpx.Client]:
    """A client of the routes, for Ann, Ben and Eve, who say in a header who they are."""
    people: dict[str, Person] = {person.name: person for person in (ANN, BEN, EVE)}

    def person_of(request: Request) -> Person | None:
        return people.get(request.headers.get(WHO, ""))

    routes = text_routes(
        lambda workspace: desk.for_workspace(workspace).documents,
        lambda workspace: desk.for_workspace(workspace).fulltext,
        person_of=person_of,
    )
    config = uvicorn.Config(Starlette(routes=routes), log_level="warning")
    with serve(config) as url, httpx.Client(base_url=url, timeout=30, headers={WHO: BEN.name}) as client:
        yield client


def path(desk: Desk, document: str = REJECTION) -> str:
    """The path of a paper, as a page of the shared workspace links to it."""
    return desk.documents.tokens.document_path(KEY, document)


def text_of(site: httpx.Client, desk: Desk, page: int) -> dict[str, Any]:
    """What is said of a page of the rejection."""
    answer = site.get(f"{path(desk)}/text/{page}")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    found: dict[str, Any] = answer.json()
    return found


def test_a_page_is_given_with_its_words_their_places_and_how_sure_they_are(desk: Desk, site: httpx.Client) -> None:
    """To a colleague too who may not spend; what a paper says stays what it says."""
    found = text_of(site, desk, 1)
    assert found["words"] == ["Claims", "1-4", HOSTILE]
    assert found["boxes"] == [[0.1, 0.1, 0.2, 0.12], [0.21, 0.1, 0.25, 0.12], [0.1, 0.2, 0.4, 0.22]]
    assert found["lines"] == [0, 0, 1]
    assert (found["outcome"], found["engine"], found["languages"]) == ("read", "Tesseract 5.3.0", "eng")
    assert (found["confidence"], found["turned"], found["problem"], found["bad"]) == (96, 0, "", False)
    assert found["note"] == "Read by Tesseract 5.3.0 (English) with 96 % confidence."


def test_each_page_says_what_became_of_it(desk: Desk, site: httpx.Client) -> None:
    """Badly legible, empty, failed, not read yet, and none of that number; "not read" never looks like "none"."""
    notes = {page: text_of(site, desk, page)["note"] for page in (2, 3, 4, 5, 6, 10**30)}
    assert notes == {
        2: "Badly legible: read with 54 % confidence by Tesseract 5.3.0 (English and German); "
        "check against the picture.",
        3: "No words were found on this page by Tesseract 5.3.0 (English).",
        4: "This page of the PDF is damaged and cannot be read.",
        5: "This page is not read yet.",
        6: "This paper has no page of this number.",
        10**30: "This paper has no page of this number.",
    }
    assert text_of(site, desk, 2)["bad"]
    unread = site.get(f"{path(desk, REPLY)}/text/1").json()
    assert (unread["outcome"], unread["note"]) == ("not read", "This page is not read yet.")


def test_a_text_layer_and_a_turned_page_say_so(desk: Desk) -> None:
    """A text layer names no engine; a page that lay on its side says how it was turned."""
    desk.store.texts.begin(KEY, "20180601-REM-1", "6" * 64, pages=2)
    desk.store.texts.keep("6" * 64, replace(READ, engine="text layer", languages=""))
    desk.store.texts.keep("6" * 64, replace(READ, page=2, turned=90))
    notes = [shown_page(desk.fulltext, KEY, "20180601-REM-1", page)["note"] for page in (1, 2)]
    assert notes == [
        "The text is the PDF's own.",
        "Read by Tesseract 5.3.0 (English) with 96 % confidence. It was turned by 90° to be read.",
    ]


def test_places_are_told_with_what_was_not_searched(desk: Desk, site: httpx.Client) -> None:
    """The boxes of the words on each page; what is not read is not "not found"."""
    found = site.get(f"{path(desk)}/places", params={"words": "claims"}).json()
    assert found["places"] == [[1, [0.1, 0.1, 0.2, 0.12]], [2, [0.1, 0.1, 0.2, 0.12]]]
    assert found["note"] == "Read so far: 4 of 5 pages. 1 page could not be read."
    missing = site.get(f"{path(desk)}/places", params={"words": "lever"}).json()
    assert (missing["places"], missing["read"]) == ([], True)
    assert missing["note"] == "Not found. Read so far: 4 of 5 pages. 1 page could not be read."
    unread = site.get(f"{path(desk, REPLY)}/places", params={"words": "lever"}).json()
    assert (unread["places"], unread["read"], unread["note"]) == ([], False, "This paper is not read yet.")


@pytest.mark.parametrize("words", ["-claims", '"lever', "x" * 401, "*", "') OR 1=1 --", '" NEAR/', "\x00", " "])
def test_what_cannot_be_searched_for_is_answered_in_words(desk: Desk, site: httpx.Client, words: str) -> None:
    """Neither an error of the server nor a page of all words."""
    answer = site.get(f"{path(desk)}/places", params={"words": words})
    assert answer.status_code == 200
    assert answer.json()["places"] == []


def test_a_refused_query_says_what_to_type(desk: Desk, site: httpx.Client) -> None:
    """Words that are only forbidden find nothing: the answer says so instead of nothing."""
    assert site.get(f"{path(desk)}/places", params={"words": "-claims"}).json()["problem"]
    assert site.get(f"{path(desk)}/places", params={"words": "x" * 401}).json()["problem"] == (
        "Type at most 400 characters."
    )


@pytest.mark.parametrize("what", ["text/1", "places?words=claims"])
def test_nobody_else_is_told_anything(desk: Desk, site: httpx.Client, what: str) -> None:
    """Neither who is not known, nor another workspace, nor who forges a link."""
    unknown = site.get(f"{path(desk)}/{what}", headers={WHO: "nobody"})
    foreign = site.get(f"{path(desk)}/{what}", headers={WHO: EVE.name})
    forged = site.get(f"{path(desk)[:-1]}/{what}")
    merger = desk.for_workspace("merger").documents.tokens.document_path(KEY, REJECTION)
    theirs = site.get(f"{merger}/{what}")
    assert [answer.status_code for answer in (unknown, foreign, forged, theirs)] == [403, 403, 404, 403]
    for answer in (unknown, foreign, forged, theirs):
        assert set(answer.json()) == {"title", "text"}
        assert "Claims" not in answer.text
        assert answer.headers["cache-control"] == "no-store"
    # The other workspace holds nothing of it, whatever it asks for by a link of its own.
    assert site.get(f"{merger}/text/1", headers={WHO: EVE.name}).json()["outcome"] == "not read"


def test_an_answer_is_data_and_nothing_else(desk: Desk, site: httpx.Client) -> None:
    """A browser neither shows it as a page nor keeps it; no other site reads it; there is nothing to change by it."""
    answer = site.get(f"{path(desk)}/text/1")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; sandbox")
    assert answer.headers["x-frame-options"] == "DENY"
    assert site.post(f"{path(desk)}/text/1").status_code == 405


def test_a_store_that_cannot_be_read_says_so(desk: Desk, site: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the store's own words."""

    def fail(*_: object) -> None:
        raise StoreFailed("The store is away.")

    monkeypatch.setattr(type(desk.fulltext), "page", fail)
    answer = site.get(f"{path(desk)}/text/1")
    assert (answer.status_code, answer.json()["text"]) == (503, "The store is away.")
