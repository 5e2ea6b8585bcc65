"""The body of a call, read as the contract describes it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args

from components.sandbox.catalogue import IdentifierField
from components.sandbox.errors import Refused
from components.sandbox.refusals import BAD_REQUEST, INVALID_PARAMETER
from components.sandbox.switches import Switches

MAX_NUMBERS = 100
_INT32 = 2**31 - 1


@dataclass(frozen=True, slots=True)
class DocumentsRequest:
    """What a call for documents asks for."""

    numbers: tuple[str, ...]
    """As they were asked for, without repetitions."""
    by: IdentifierField
    first_date: int
    last_date: int
    """The last day; both days are included. Without them 0 and 99999999."""
    codes: frozenset[str]
    """The document codes to answer with; empty for all."""
    limit: int
    offset: int


def read_request(raw: bytes, switches: Switches) -> DocumentsRequest:
    """Return what the body of a call asks for.

    Raises:
        Refused: it is no JSON object (68300007), or a parameter is missing or invalid (68300004).
    """
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        raise Refused(BAD_REQUEST) from None
    if not isinstance(body, dict):
        raise Refused(BAD_REQUEST)
    by, numbers = _numbers(body, switches)
    first, last = _date(body, "date_from"), _date(body, "date_to")
    outside = 1 if switches.dates == "excluded" else 0
    limit = _limit(body, switches)
    return DocumentsRequest(
        numbers=numbers,
        by=by,
        first_date=0 if first is None else first + outside,
        last_date=99_999_999 if last is None else last - outside,
        codes=frozenset(_split(_text(body, "doc_code"))),
        limit=limit,
        offset=_integer(body, "offset", lowest=0) or 0,
    )


def _numbers(body: Mapping[str, Any], switches: Switches) -> tuple[IdentifierField, tuple[str, ...]]:
    """Return the field that names the patents, and the numbers in it."""
    given: dict[IdentifierField, list[str]] = {by: _split(_text(body, by)) for by in get_args(IdentifierField)}
    named = [by for by in given if given[by]]
    if not named or (len(named) > 1 and switches.several == "refuse"):
        raise Refused(INVALID_PARAMETER)
    by = named[0]
    numbers = given[by]
    max_numbers = 1 if by == "apno" and switches.apno_list == "refuse" else MAX_NUMBERS
    if len(numbers) > max_numbers or any(number.startswith("CN") or number in switches.refuse for number in numbers):
        raise Refused(INVALID_PARAMETER)
    return by, tuple(dict.fromkeys(numbers))


def _limit(body: Mapping[str, Any], switches: Switches) -> int:
    """Return how many documents are asked for, within what the switches allow."""
    limit = _integer(body, "limit", lowest=1)
    if limit is None:
        limit = switches.limit_default
    elif limit > switches.limit_cap and switches.over_cap == "refuse":
        raise Refused(INVALID_PARAMETER)
    return min(limit, switches.limit_cap)


def _text(body: Mapping[str, Any], name: str) -> str:
    """Return a parameter that is a text; empty if it is missing."""
    value = body.get(name)
    if value is None:
        return ""
    # A lone surrogate can stand in JSON but not in an answer.
    if not isinstance(value, str) or any("\ud800" <= character <= "\udfff" for character in value):
        raise Refused(INVALID_PARAMETER)
    return value


def _split(text: str) -> list[str]:
    """Return the members of a comma-separated list."""
    return [part.strip() for part in text.split(",") if part.strip()]


def _integer(body: Mapping[str, Any], name: str, *, lowest: int) -> int | None:
    """Return a parameter that is a whole number; `None` if it is missing."""
    value = body.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 10:
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= _INT32:
        raise Refused(INVALID_PARAMETER)
    return value


def _date(body: Mapping[str, Any], name: str) -> int | None:
    """Return a parameter that is a date as `yyyymmdd`; `None` if it is missing."""
    value = _integer(body, name, lowest=0)
    if value is None:
        return None
    try:
        date(value // 10_000, value // 100 % 100, value % 100)
    except ValueError:
        raise Refused(INVALID_PARAMETER) from None
    return value
