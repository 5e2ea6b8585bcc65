"""What a call is answered with: the `data` of the contract, in every shape that it leaves open."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from components.sandbox.catalogue import Catalogue
from components.sandbox.errors import Refused
from components.sandbox.facts import History, Paper
from components.sandbox.questions import Question
from components.sandbox.refusals import INVALID_PARAMETER
from components.sandbox.switches import Switches

_KIND_CODE = re.compile(r"[A-Z]\d?$")
_CODE_WIDTH = 8

Sign = Callable[[str], str]
"""Gives the signed address of the document of a name."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that went well."""

    envelope: dict[str, Any]
    charged: tuple[str, ...]
    """The numbers that were asked for and returned."""


@dataclass(frozen=True, slots=True)
class _Match:
    """A number that was asked for, with the documents that match; `None` where the number is unknown."""

    asked: str
    history: History | None
    places: tuple[int, ...] = ()


def answer(question: Question, *, catalogue: Catalogue, switches: Switches, sign: Sign) -> Answer:
    """Answer a call for documents.

    Raises:
        Refused: a number is unknown and the switch `unknown` refuses the call for it (68300004).
    """
    matches = [_match(number, question, catalogue, switches) for number in question.numbers]
    if switches.unknown == "refuse" and any(match.history is None for match in matches):
        raise Refused(INVALID_PARAMETER)
    if switches.unknown == "left_out":
        matches = [match for match in matches if match.history is not None]
    if switches.batch_order == "reversed":
        matches.reverse()
    pages = [(match, window) for match, window in _windows(matches, question, switches) if window is not None]
    as_list = switches.data_as == "list" or (switches.data_as == "auto" and len(question.numbers) > 1)
    if not as_list:
        pages = pages[:1]
    entries = [_entry(match, window, question, switches, sign) for match, window in pages]
    envelope: dict[str, Any] = {"status": True, "error_code": 0, "error_msg": None}
    if entries:
        envelope["data"] = entries if as_list else entries[0]
    elif switches.nothing_as != "absent":
        empty_list = switches.nothing_as == "empty_list" or (switches.nothing_as == "natural" and as_list)
        envelope["data"] = [] if empty_list else None
    return Answer(envelope, tuple(match.asked for match, _ in pages if match.history is not None))


def paper_name(history: History, place: int) -> str:
    """Name the PDF of a document by the history and its place in the office's list, from 0."""
    return f"{history.key}-{place + 1:04}"


def find_paper(name: str, catalogue: Catalogue, switches: Switches) -> tuple[History, int] | None:
    """Find the document of such a name: its history and its place; `None` where there is none."""
    key, _, place = name.rpartition("-")
    history = catalogue.keyed(key, switches)
    if history is None or not re.fullmatch(r"[0-9]{4,6}", place) or not 1 <= int(place) <= len(history.papers):
        return None
    return history, int(place) - 1


def _match(number: str, question: Question, catalogue: Catalogue, switches: Switches) -> _Match:
    history = catalogue.find(question.by, number, switches)
    if history is None:
        return _Match(number, None)
    places = [
        place
        for place, paper in enumerate(history.papers)
        if question.first_date <= paper.date <= question.last_date
        and (not question.codes or paper.code.strip() in question.codes)
    ]
    if switches.order != "office":
        places.sort(key=lambda place: history.papers[place].date, reverse=switches.order == "newest_first")
    return _Match(number, history, tuple(places))


def _windows(
    matches: list[_Match], question: Question, switches: Switches
) -> list[tuple[_Match, tuple[int, ...] | None]]:
    """Page the documents; `None` for a patent that has no part in this page of the whole answer."""
    start, end = question.offset, question.offset + question.limit
    if switches.limit_scope == "patent":
        return [(match, match.places[start:end]) for match in matches]
    windows: list[tuple[_Match, tuple[int, ...] | None]] = []
    passed = 0
    for match in matches:
        window = match.places[max(start - passed, 0) : max(end - passed, 0)]
        # A patent without documents takes no room, so it stands in the page in which its turn comes.
        here = bool(window) or (not match.places and start <= passed < end)
        windows.append((match, window if here else None))
        passed += len(match.places)
    return windows


def _entry(
    match: _Match, window: tuple[int, ...], question: Question, switches: Switches, sign: Sign
) -> dict[str, Any]:
    history = match.history
    number = int if switches.numbers_as == "int" else str
    names: dict[str, Any] = {"apno": None, "patent_id": None, "patent_number": None}
    if history is None:
        names[question.by] = match.asked
    else:
        names = {
            "apno": history.apno,
            "patent_id": history.patent_id,
            "patent_number": _patent_number(match.asked, history, question, switches),
        }
    return names | {
        "doc_count": number(len(match.places) + switches.count_off),
        "doc_detail_count": number(len(window)),
        "doc_detail": [] if history is None else [_document(history, place, switches, sign) for place in window],
    }


def _patent_number(asked: str, history: History, question: Question, switches: Switches) -> str:
    number = history.patent_number
    if switches.answer_number == "asked" and question.by == "patent_number":
        number = asked
    return _KIND_CODE.sub("", number) if switches.answer_number == "without_kind" else number


def _document(history: History, place: int, switches: Switches, sign: Sign) -> dict[str, Any]:
    paper: Paper = history.papers[place]
    number = int if switches.numbers_as == "int" else str
    document: dict[str, Any] = {
        "date": number(paper.date),
        "doc_code": paper.code.ljust(_CODE_WIDTH) if switches.pad_codes else paper.code,
        "description": paper.description,
    }
    if paper.pages is not None:
        document["page_number"] = number(paper.pages)
    elif switches.no_pages_as != "missing":
        document["page_number"] = None if switches.no_pages_as == "null" else number(0)
    document["path"] = sign(paper_name(history, place))
    return document
