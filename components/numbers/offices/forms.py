"""The forms of numbers that are understood, for people: each with an example, what it is read as, and its source."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from components.numbers import rules
from components.numbers.offices import national
from components.rule_tables import Row, load_csv

FILE: Final = "documented_forms.csv"


class DocumentedForm(Row):
    """A form that the module of an office family reads (`documented_forms.csv`): what there is to say about it."""

    office: str
    what: str
    """What has such a number, in words for people."""
    example: str
    reads: str
    """The normalised form of the example; empty where it is refused."""
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class KnownForm:
    """A form in which the numbers of an office are understood."""

    office: str
    """Code of the office, or `PCT`."""
    name: str
    """Name of the office."""
    what: str
    """What has such a number: an application, a patent …"""
    example: str
    reads: str
    """The normalised form of the example; empty where it is refused."""
    note: str
    source: str


def documented_form_rows(folder: Path = rules.FOLDER) -> tuple[DocumentedForm, ...]:
    """Return the rows of `documented_forms.csv`."""
    return load_csv(folder / FILE, DocumentedForm)


@cache
def known_forms() -> tuple[KnownForm, ...]:
    """Return every form that is understood: the offices with the most forms of their own first, then by code."""
    names = rules.offices() | {"PCT": "International application"}
    documented = [
        KnownForm(row.office, names[row.office], row.what, row.example, row.reads, row.note, row.source)
        for row in documented_form_rows()
    ]
    by_example = {(row.office, row.example): row for row in national.national_form_rows()}
    others = [
        KnownForm(row.office, names[row.office], row.what, row.example, row.reads, row.note, row.source)
        for row in by_example.values()
    ]
    return (*documented, *others)


def examples(office: str) -> tuple[str, ...]:
    """Return up to two numbers of an office as they are written; none if its forms are not known."""
    forms = [form for form in known_forms() if form.office == office and form.reads]
    unlike_first = (form.example for form in forms if form.what != forms[0].what)
    return tuple(form.example for form in forms[:1]) + tuple(example for example in [next(unlike_first, "")] if example)
