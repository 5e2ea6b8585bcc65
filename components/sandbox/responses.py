"""The answer to a call for documents, in every shape that the contract leaves open.

It is made in three steps: find what each number asks for, cut the page that `limit` and `offset` ask for, and wrap the
entries in the envelope.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from components.sandbox.catalogue import Catalogue
from components.sandbox.errors import Refused
from components.sandbox.recordings import RecordedDocument, RecordedHistory
from components.sandbox.refusals import INVALID_PARAMETER
from components.sandbox.request_body import DocumentsRequest
from components.sandbox.switches import Switches

_KIND_CODE = re.compile(r"[A-Z]\d?$")
_CODE_WIDTH = 8

SignLink = Callable[[str], str]
"""Returns the signed address of a document, by the name of its PDF."""


@dataclass(frozen=True, slots=True)
class ServiceResponse:
    """A successful answer."""

    envelope: dict[str, Any]
    charged: tuple[str, ...]
    """The numbers that were asked for and returned, and so charged."""


@dataclass(frozen=True, slots=True)
class AskedNumber:
    """A number that was asked for, its history, and the documents in it that match the request."""

    number: str
    history: RecordedHistory | None
    """`None` where the number is unknown."""
    positions: tuple[int, ...] = ()
    """Positions of the matching documents in the history, in the order in which they are answered."""


@dataclass(frozen=True, slots=True)
class Page:
    """The documents of one number that stand in this answer."""

    asked: AskedNumber
    positions: tuple[int, ...]


def respond(request: DocumentsRequest, *, catalogue: Catalogue, switches: Switches, sign: SignLink) -> ServiceResponse:
    """Return the answer to a call for documents.

    Raises:
        Refused: a number is unknown and the switch `unknown` refuses the call for it (68300004).
    """
    pages = pages_of(look_up_numbers(request, catalogue, switches), request, switches)
    as_list = switches.data_as == "list" or (switches.data_as == "auto" and len(request.numbers) > 1)
    if not as_list:
        pages = pages[:1]
    entries = [_patent_entry(page, request, switches, sign) for page in pages]
    return ServiceResponse(
        success_envelope(entries, as_list=as_list, switches=switches),
        charged=tuple(page.asked.number for page in pages if page.asked.history is not None),
    )


def look_up_numbers(request: DocumentsRequest, catalogue: Catalogue, switches: Switches) -> list[AskedNumber]:
    """Find what each number asks for, in the order in which the numbers are answered.

    Raises:
        Refused: a number is unknown and the switch `unknown` refuses the call for it (68300004).
    """
    asked = [_look_up(number, request, catalogue, switches) for number in request.numbers]
    known = [number for number in asked if number.history is not None]
    if switches.unknown == "refuse" and len(known) < len(asked):
        raise Refused(INVALID_PARAMETER)
    if switches.unknown == "left_out":
        asked = known
    return asked[::-1] if switches.batch_order == "reversed" else asked


def pages_of(asked: Sequence[AskedNumber], request: DocumentsRequest, switches: Switches) -> list[Page]:
    """Cut the page that `limit` and `offset` ask for, by patent or over the whole answer.

    Returns:
        A page for each number that has a part in this answer; one without documents may have an empty part.
    """
    start, end = request.offset, request.offset + request.limit
    if switches.limit_scope == "patent":
        return [Page(number, number.positions[start:end]) for number in asked]
    pages = []
    passed = 0
    for number in asked:
        positions = number.positions[max(start - passed, 0) : max(end - passed, 0)]
        # A patent without documents takes no room, so it stands in the page in which its turn comes.
        if positions or (not number.positions and start <= passed < end):
            pages.append(Page(number, positions))
        passed += len(number.positions)
    return pages


def success_envelope(entries: list[dict[str, Any]], *, as_list: bool, switches: Switches) -> dict[str, Any]:
    """Wrap the entries of an answer as the service does; a switch says what `data` is if there are none."""
    envelope: dict[str, Any] = {"status": True, "error_code": 0, "error_msg": None}
    if entries:
        envelope["data"] = entries if as_list else entries[0]
    elif switches.nothing_as != "absent":
        empty_list = switches.nothing_as == "empty_list" or (switches.nothing_as == "natural" and as_list)
        envelope["data"] = [] if empty_list else None
    return envelope


def document_name(history: RecordedHistory, position: int) -> str:
    """Return the name of a document's PDF, by its position in the office's list, from 0."""
    return f"{history.key}-{position + 1:04}"


def find_document(name: str, catalogue: Catalogue, switches: Switches) -> tuple[RecordedHistory, int] | None:
    """Return the history and the position of the document with such a name; `None` if there is none."""
    key, _, ordinal = name.rpartition("-")
    history = catalogue.by_key(key, switches)
    if history is None or not re.fullmatch(r"[0-9]{4,6}", ordinal) or not 1 <= int(ordinal) <= len(history.documents):
        return None
    return history, int(ordinal) - 1


def _look_up(number: str, request: DocumentsRequest, catalogue: Catalogue, switches: Switches) -> AskedNumber:
    """Find the documents of one number that match the request, in the order in which they are answered."""
    history = catalogue.by_name(request.by, number, switches)
    if history is None:
        return AskedNumber(number, None)
    positions = [
        position
        for position, document in enumerate(history.documents)
        if request.first_date <= document.date <= request.last_date
        and (not request.codes or document.code.strip() in request.codes)
    ]
    if switches.order != "office":
        newest_first = switches.order == "newest_first"
        positions.sort(key=lambda position: history.documents[position].date, reverse=newest_first)
    return AskedNumber(number, history, tuple(positions))


def _patent_entry(page: Page, request: DocumentsRequest, switches: Switches, sign: SignLink) -> dict[str, Any]:
    """Return the entry of one patent."""
    history = page.asked.history
    as_json = int if switches.numbers_as == "int" else str
    names: dict[str, Any] = {"apno": None, "patent_id": None, "patent_number": None}
    if history is None:
        names[request.by] = page.asked.number
    else:
        names = {
            "apno": history.apno,
            "patent_id": history.patent_id,
            "patent_number": _patent_number(page.asked.number, history, request, switches),
        }
    return names | {
        "doc_count": as_json(len(page.asked.positions) + switches.count_off),
        "doc_detail_count": as_json(len(page.positions)),
        "doc_detail": []
        if history is None
        else [_document_entry(history, position, switches, sign) for position in page.positions],
    }


def _patent_number(asked: str, history: RecordedHistory, request: DocumentsRequest, switches: Switches) -> str:
    """Return the patent number with which an entry answers."""
    number = history.patent_number
    if switches.answer_number == "asked" and request.by == "patent_number":
        number = asked
    return _KIND_CODE.sub("", number) if switches.answer_number == "without_kind" else number


def _document_entry(history: RecordedHistory, position: int, switches: Switches, sign: SignLink) -> dict[str, Any]:
    """Return the entry of one document."""
    document: RecordedDocument = history.documents[position]
    as_json = int if switches.numbers_as == "int" else str
    entry: dict[str, Any] = {
        "date": as_json(document.date),
        "doc_code": document.code.ljust(_CODE_WIDTH) if switches.pad_codes else document.code,
        "description": document.description,
    }
    if document.pages is not None:
        entry["page_number"] = as_json(document.pages)
    elif switches.no_pages_as != "missing":
        entry["page_number"] = None if switches.no_pages_as == "null" else as_json(0)
    entry["path"] = sign(document_name(history, position))
    return entry
