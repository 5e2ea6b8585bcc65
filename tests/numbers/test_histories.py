"""The numbers of real file histories, in the forms in which people print them."""

import csv
from pathlib import Path

import pytest

from components.numbers import parse

INDEX = Path(__file__).resolve().parents[3] / "shared" / "data" / "index.csv"
pytestmark = pytest.mark.skipif(
    not INDEX.parent.is_dir(), reason="the real file histories are not beside the repository"
)


def rows() -> list[dict[str, str]]:
    """Read the index of the file histories."""
    with INDEX.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def candidates(text: str) -> list[str]:
    """Return every form that a text may be asked for."""
    return [ask for number in parse(text) for reading in number.readings for ask in reading.request_forms]


def _stem(number: str) -> str:
    return number.rstrip("0123456789")[:-1]


def printed(number: str) -> list[str]:
    """Return the forms in which a publication is printed, made with nothing but the number's own letters and digits."""
    office, digits, kind = number[:2], "".join(filter(str.isdigit, number.rstrip("0123456789")[:-1])), ""
    body = number[2:]
    place = max(index for index, char in enumerate(body) if char.isalpha())
    digits, kind = body[:place], body[place:]
    forms = [
        number,
        number.lower(),
        f"{office} {digits} {kind}",
        f"{office}-{digits}-{kind}",
        f"{office}{digits}",
        f"({number})",
    ]
    if office == "US" and digits.isdigit() and len(digits) < 9:
        forms += [f"{int(digits):,}", f"US {int(digits):,} {kind}", f"U.S. Pat. No. {int(digits):,}"]
    if office == "US" and len(digits) == 11:
        forms += [
            f"US {digits[:4]}/{digits[4:]} {kind}",
            f"{digits[:4]}/{digits[4:]}",
            f"Pub. No.: US {digits[:4]}/{digits[4:]} {kind}",
        ]
    return forms


def test_patent_and_publication_numbers_are_read_in_every_form():
    """Each printed form of each publication leads to the publication."""
    checked = 0
    for row in rows():
        for number in filter(None, {row["patent_number"], row["publication_number"]}):
            for form in printed(number):
                asks = candidates(form)
                # without its kind code, an earlier kind of the same number is as right: EP1000000B1 for EP1000000A1
                kindless = number[-2:] not in form.upper()
                right = [ask for ask in asks if (_stem(ask) == _stem(number) if kindless else ask == number)]
                assert right, (form, asks)
                checked += 1
    assert checked > 400


def test_application_numbers_are_read_in_every_form():
    """With and without commas, blanks, country and words, each leads to the application number of the index."""
    for row in rows():
        apno = row["apno"]
        forms = [apno, apno.lower(), f"Appl. No. {apno}"]
        if apno.startswith("US"):
            series, serial = apno[2:].split("/")
            comma = f"{series}/{serial[:3]},{serial[3:]}"
            forms += [
                f"{series}/{serial}",
                comma,
                f"US {comma}",
                f"Ser. No. {comma}",
                f"Application No. {series}{serial}",
            ]
            forms += [
                f"{series} / {serial}",
                f"USSN {comma}",
                f"https://patentcenter.uspto.gov/applications/{series}{serial}",
            ]
        for form in forms:
            assert apno in candidates(form), form


def test_the_whole_index_pasted_is_understood():
    """All application and patent numbers pasted as one list: nothing is refused."""
    text = "\n".join(f"{row['apno']}\t{row['patent_number']}" for row in rows())
    assert [number.typed for number in parse(text) if not number.readings] == []
    assert len(parse(text)) == 2 * len(rows())
