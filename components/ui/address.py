"""The view in the address: what a copied link brings back. It prefills and filters; it never spends.

A new field of the view is a line in `View`, a row in `FIELDS` and a key in `state`; its widget uses the key.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from components.charts import FileGroup
from components.histories import PaperRef
from components.numbers import MOST_CHARACTERS
from components.page_texts import Box
from components.ui.groups_in_address import read_groups, write_groups
from components.ui.state import (
    ALL_DOCUMENTS,
    AXIS,
    CHOSEN_CATEGORIES,
    CHOSEN_CODES,
    CHOSEN_DATES,
    CHOSEN_ROUNDS,
    CHOSEN_SIDES,
    FILE_GROUPS,
    FILTER_TIMELINE,
    FIND_INSIDE,
    FIND_TEXT,
    GROUPING,
    HIDDEN_COLUMNS,
    INSIDE_SCOPE,
    INSIDE_VIEW,
    NUMBERS_TEXT,
    OLDEST_FIRST,
    OPEN_PAGE,
    OPEN_PAPER,
    OPEN_PLACES,
    READING_LIST,
    SELECTED_EVENTS,
    WANTED_COLUMNS,
)

EVERYTHING: Final = "everything"
"""The reading list that leaves nothing out."""
GROUPINGS: Final = ("none", "submission", "round")
AXES: Final = ("auto", "calendar", "filed", "first_action", "allowed")
"""What the timeline's axis counts: what suits the files, calendar time, or months since one of these days."""
INSIDE_SCOPES: Final = ("files", "listed", "held")
"""In which papers words are searched for: those of the chosen files, those that the documents list, or all held."""
INSIDE_VIEWS: Final = ("search", "grounds", "claims", "words", "references")
"""What the tab "Inside" shows: the search, the grounds of rejection, the claims, what each side says, references."""

_EARLIEST, _LATEST = date(1790, 1, 1), date(9999, 12, 31)
"""The missing end of an open range of days is replaced by one of these."""
_DOCUMENT: Final = re.compile(r"(?:(?P<history>.+) )?(?P<document>(?:\d{8}|undated)-.+)", re.DOTALL)
"""A paper, `US14/412875 20190412-CTNF-1`; a document alone belongs to the history of the paper before it."""
_PLACE: Final = re.compile(r"([0-9]{1,4})\.([0-9]{1,4})\.([0-9]{1,4})\.([0-9]{1,4})")
_PARTS: Final = 10_000
"""Edges of a place are written as so many parts of the page's width and height."""
_MOST_PLACES: Final = 60
"""A passage has fewer lines: a page has about so many."""


@dataclass(frozen=True, slots=True)
class View:
    """What the address says, parsed; what makes no sense in it is left out."""

    patents: str = ""
    codes: tuple[str, ...] = ()
    side: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    rounds: tuple[int, ...] = ()
    dates: tuple[date, ...] = ()
    """Empty, or first and last day."""
    find: str = ""
    reading_list: str = EVERYTHING
    group: str = GROUPINGS[0]
    oldest_first: bool = False
    hidden_columns: tuple[str, ...] = ()
    wanted_columns: tuple[str, ...] = ()
    """Shown although the table has no room for them."""
    all_documents: bool = False
    axis: str = AXES[0]
    filter_timeline: bool = False
    """Whether the timeline shows only what passes the filters."""
    groups: tuple[FileGroup, ...] = ()
    """The files that stand together under a name."""
    open_paper: PaperRef | None = None
    open_page: int | None = None
    """The page at which that paper opens, from 1; its beginning where none is named."""
    open_places: tuple[Box, ...] = ()
    """The lines that are marked on that page."""
    inside: str = ""
    """What is searched for inside the papers."""
    inside_scope: str = INSIDE_SCOPES[0]
    inside_view: str = INSIDE_VIEWS[0]
    selected_events: tuple[PaperRef, ...] = ()


@dataclass(frozen=True, slots=True)
class ViewField:
    """How one field of the view stands in the address and in the session state."""

    name: str
    """Name of the field of `View`, which holds its default too."""
    parameters: tuple[str, ...]
    """The query parameters that hold it."""
    key: str
    """Key of its widget in the session state."""
    read: Callable[..., Any]
    """Makes the value from the texts of its parameters; a missing parameter is an empty text."""
    write: Callable[[Any], tuple[str, ...]]
    """Makes the texts of its parameters from the value; an empty text is left out of the address."""
    is_filter: bool = False
    """Whether it hides documents, so that clearing the filters clears it."""
    is_list: bool = False
    """Whether its widget holds a list where the view holds a tuple."""
    longest: int | None = None
    """In characters. A longer text stays out as a whole: mail programs and proxies cut long addresses off."""
    longest_read: int = 8_000
    """In characters. A longer text makes no sense in an address, which servers cut at about so many."""

    @property
    def default(self) -> Any:  # noqa: ANN401 - each field has a type of its own
        """The value where the address says nothing."""
        return getattr(_DEFAULT, self.name)

    def widget_value(self, value: Any) -> Any:  # noqa: ANN401
        """Return a value as the widget holds it."""
        return list(value) if self.is_list else value


_DEFAULT: Final = View()


def _text(value: str) -> tuple[str]:
    return (value,)


def _read_list(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _write_list(values: Iterable[object]) -> tuple[str]:
    return (",".join(map(str, values)),)


def _read_numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in _read_list(text) if re.fullmatch(r"[0-9]{1,4}", part))


def _read_days(first_text: str, last_text: str) -> tuple[date, ...]:
    """Read a range of days; one end is enough, and a range that ends before it begins is empty."""
    first, last = _day(first_text), _day(last_text)
    if first is None and last is None:
        return ()
    days = (first or _EARLIEST, last or _LATEST)
    return days if days[0] <= days[1] else ()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _write_days(days: tuple[date, ...]) -> tuple[str, str]:
    if len(days) != 2:
        return "", ""
    first, last = days
    return (
        first.isoformat() if first.year > _EARLIEST.year else "",
        last.isoformat() if last.year < _LATEST.year else "",
    )


def _read_papers(text: str) -> tuple[PaperRef, ...]:
    """Read papers separated by commas; a document alone belongs to the history of the paper before it."""
    papers: dict[PaperRef, None] = {}
    history = ""
    for part in text.split(","):
        match = _DOCUMENT.fullmatch(part)
        if match is None:
            continue
        history = match["history"] or history
        if history:
            papers[PaperRef(history, match["document"])] = None
    return tuple(papers)


def _write_papers(papers: Iterable[PaperRef]) -> tuple[str]:
    parts = []
    before = ""
    for history, document in papers:
        parts.append(document if history == before else f"{history} {document}")
        before = history
    return (",".join(parts),)


def _read_paper(text: str) -> PaperRef | None:
    match = _DOCUMENT.fullmatch(text)
    return PaperRef(match["history"], match["document"]) if match and match["history"] else None


def _write_paper(paper: PaperRef | None) -> tuple[str]:
    return ("",) if paper is None else _write_papers([paper])


def _read_page(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[1-9][0-9]{0,4}", text) else None


def _write_page(page: int | None) -> tuple[str]:
    return ("" if page is None else str(page),)


def _read_places(text: str) -> tuple[Box, ...]:
    """Read the places of lines on a page: left, top, right and bottom of each, in ten thousandths."""
    matches = [_PLACE.fullmatch(part) for part in text.split(",")[:_MOST_PLACES]]
    boxes = [Box(*(int(edge) / _PARTS for edge in match.groups())) for match in matches if match]
    return tuple(box for box in boxes if box.left < box.right and box.top < box.bottom)


def _write_places(places: tuple[Box, ...]) -> tuple[str]:
    edges = [[min(max(round(edge * _PARTS), 0), _PARTS - 1) for edge in box] for box in places]
    return (",".join(".".join(map(str, box)) for box in edges),)


def _read_name(text: str) -> str:
    return text.strip() or EVERYTHING


def _name_reader(names: tuple[str, ...]) -> Callable[[str], str]:
    """Return a reader that knows these names and takes any other text for the first of them."""
    return lambda text: text if text in names else names[0]


def _switch(on: str) -> tuple[Callable[[str], bool], Callable[[bool], tuple[str]]]:
    """Return the reader and the writer of a switch that this word turns on."""
    return lambda text: text == on, lambda value: (on if value else "",)


FIELDS: Final = (
    ViewField("patents", ("patents",), NUMBERS_TEXT, str.strip, _text, longest=1_800, longest_read=MOST_CHARACTERS),
    ViewField("codes", ("codes",), CHOSEN_CODES, _read_list, _write_list, is_filter=True, is_list=True),
    ViewField("side", ("side",), CHOSEN_SIDES, _read_list, _write_list, is_filter=True, is_list=True),
    ViewField("category", ("category",), CHOSEN_CATEGORIES, _read_list, _write_list, is_filter=True, is_list=True),
    ViewField("rounds", ("round",), CHOSEN_ROUNDS, _read_numbers, _write_list, is_filter=True, is_list=True),
    ViewField("dates", ("from", "to"), CHOSEN_DATES, _read_days, _write_days, is_filter=True),
    ViewField("find", ("find",), FIND_TEXT, str, _text, is_filter=True),
    ViewField("reading_list", ("list",), READING_LIST, _read_name, _text, is_filter=True),
    ViewField("group", ("group",), GROUPING, _name_reader(GROUPINGS), _text),
    ViewField("oldest_first", ("order",), OLDEST_FIRST, *_switch("oldest")),
    ViewField("hidden_columns", ("hide",), HIDDEN_COLUMNS, _read_list, _write_list, is_list=True),
    ViewField("wanted_columns", ("with",), WANTED_COLUMNS, _read_list, _write_list, is_list=True),
    ViewField("all_documents", ("show",), ALL_DOCUMENTS, *_switch("all")),
    ViewField("axis", ("axis",), AXIS, _name_reader(AXES), _text),
    ViewField("filter_timeline", ("timeline",), FILTER_TIMELINE, *_switch("filtered")),
    ViewField("groups", ("families",), FILE_GROUPS, read_groups, write_groups, longest=1_500),
    ViewField("open_paper", ("doc",), OPEN_PAPER, _read_paper, _write_paper),
    ViewField("open_page", ("page",), OPEN_PAGE, _read_page, _write_page),
    ViewField("open_places", ("marked",), OPEN_PLACES, _read_places, _write_places, longest=900),
    ViewField("inside", ("inside",), FIND_INSIDE, str, _text, longest=600),
    ViewField("inside_scope", ("within",), INSIDE_SCOPE, _name_reader(INSIDE_SCOPES), _text),
    ViewField("inside_view", ("view",), INSIDE_VIEW, _name_reader(INSIDE_VIEWS), _text),
    ViewField(
        "selected_events", ("events",), SELECTED_EVENTS, _read_papers, _write_papers, is_filter=True, longest=1_200
    ),
)
PARAMETERS: Final = tuple(parameter for field in FIELDS for parameter in field.parameters)
"""All query parameters of the view, in the order in which they are written."""


def parse_view(parameters: Mapping[str, str]) -> View:
    """Return the view that query parameters describe."""
    return View(**{field.name: field.read(*_texts(field, parameters)) for field in FIELDS})


def _texts(field: ViewField, parameters: Mapping[str, str]) -> list[str]:
    """Return the texts of a field's parameters; a missing or far too long one is empty."""
    texts = (parameters.get(name, "") for name in field.parameters)
    return [text if len(text) <= field.longest_read else "" for text in texts]


def parameters_of(view: View) -> dict[str, str]:
    """Return the query parameters of a view; what is at its default, or too long, is left out."""
    written: dict[str, str] = {}
    for field in FIELDS:
        value = getattr(view, field.name)
        if value != field.default and _fits(field, value):
            written |= {name: text for name, text in zip(field.parameters, field.write(value), strict=True) if text}
    return written


def fits_address(name: str, value: object) -> bool:
    """Return whether the value of a field, by its name in `View`, is short enough for an address."""
    return _fits(next(field for field in FIELDS if field.name == name), value)


def _fits(field: ViewField, value: object) -> bool:
    return field.longest is None or sum(map(len, field.write(value))) <= field.longest
