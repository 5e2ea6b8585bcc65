"""Cutting pages out of the documents that match, by patent or over the whole answer."""

import pytest

from components.sandbox import Switches
from components.sandbox.recordings import RecordedHistory
from components.sandbox.request_body import DocumentsRequest
from components.sandbox.responses import AskedNumber, pages_of, success_envelope


def history(key: str) -> RecordedHistory:
    """Make a file history; its documents do not matter here."""
    return RecordedHistory(key, key, key, "", "", "USPTO", (), key)


ASKED = [
    AskedNumber("A", history("A"), (0, 1, 2)),
    AskedNumber("B", history("B"), ()),
    AskedNumber("C", history("C"), (4, 5)),
]


def pages(scope: str, *, offset: int, limit: int) -> dict[str, tuple[int, ...]]:
    """Cut a page; positions of the documents by number."""
    request = DocumentsRequest(
        numbers=("A", "B", "C"),
        by="patent_number",
        first_date=0,
        last_date=99_999_999,
        codes=frozenset(),
        limit=limit,
        offset=offset,
    )
    cut = pages_of(ASKED, request, Switches(limit_scope=scope))
    return {page.asked.number: page.positions for page in cut}


@pytest.mark.parametrize(
    ("offset", "limit", "expected"),
    [
        (0, 10, {"A": (0, 1, 2), "B": (), "C": (4, 5)}),
        (0, 2, {"A": (0, 1), "B": (), "C": (4, 5)}),
        (2, 2, {"A": (2,), "B": (), "C": ()}),
        (9, 2, {"A": (), "B": (), "C": ()}),
    ],
)
def test_every_patent_has_a_page_of_its_own(offset: int, limit: int, expected: dict) -> None:
    """Past its end the page is empty, and the patent is returned all the same."""
    assert pages("patent", offset=offset, limit=limit) == expected


@pytest.mark.parametrize(
    ("offset", "limit", "expected"),
    [
        (0, 10, {"A": (0, 1, 2), "B": (), "C": (4, 5)}),
        (0, 2, {"A": (0, 1)}),
        (0, 3, {"A": (0, 1, 2)}),
        (2, 2, {"A": (2,), "B": (), "C": (4,)}),
        (3, 1, {"B": (), "C": (4,)}),
        (4, 9, {"C": (5,)}),
        (5, 9, {}),
    ],
)
def test_one_page_is_filled_from_one_patent_after_the_other(offset: int, limit: int, expected: dict) -> None:
    """A patent without documents takes no room: it is returned in the page in which its turn comes."""
    assert pages("answer", offset=offset, limit=limit) == expected


@pytest.mark.parametrize(
    ("nothing_as", "as_list", "expected"),
    [
        ("natural", True, []),
        ("natural", False, None),
        ("null", True, None),
        ("empty_list", False, []),
        ("absent", True, "absent"),
    ],
)
def test_an_answer_without_entries_is_wrapped_as_the_switch_says(
    nothing_as: str, *, as_list: bool, expected: object
) -> None:
    """The contract does not say what stands in `data` then."""
    envelope = success_envelope([], as_list=as_list, switches=Switches(nothing_as=nothing_as))
    assert envelope.get("data", "absent") == expected
    assert (envelope["status"], envelope["error_code"]) == (True, 0)


@pytest.mark.parametrize(("as_list", "expected"), [(True, [{"apno": "A"}]), (False, {"apno": "A"})])
def test_entries_are_wrapped_as_a_list_or_as_one_object(*, as_list: bool, expected: object) -> None:
    """An object has room for one."""
    assert success_envelope([{"apno": "A"}], as_list=as_list, switches=Switches())["data"] == expected
