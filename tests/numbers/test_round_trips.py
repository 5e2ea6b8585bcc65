"""Properties: whatever is typed, and numbers made at random printed in many forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.numbers import Number, Standing, choose, display_form, mark_doubles, parse

SERIES = st.sampled_from([2, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 29, 35, 60, 61, 62, 63, 90, 95, 96])
WORDS = [
    "US",
    "EP",
    "WO",
    "JP",
    "KR",
    "DE",
    "CN",
    "PCT/",
    "特開",
    "평",
    "No. ",
    "Pat. ",
    "https://",
    "patents.google.com/patent/",
]
DIGITS = ["7,654,321", "14/", "706,838", "B2", ".4", "1.1E+07", "２０", "２", "0", "9", "D", "RE"]
MARKS = ["-", " ", ",", ";", "\n", "\t", "\u200b", "("]
PIECES = st.sampled_from([*WORDS, *DIGITS, *MARKS])


def settled(text: str) -> str:
    """Return the normalised form of a text that must be one understood number."""
    (number,) = parse(text)
    assert number.standing is Standing.UNDERSTOOD, number
    return number.reading.normalised


def sound(numbers: list[Number]) -> bool:
    """Return whether each number keeps the promises of its standing."""
    for place, number in enumerate(numbers):
        count = len(number.readings)
        fits = {Standing.UNDERSTOOD: count == 1, Standing.DOUBLED: count == 1, Standing.AMBIGUOUS: count > 1}
        if not fits.get(number.standing, count == 0) or not number.typed or number.typed != number.typed.strip():
            return False
        if (number.standing is Standing.DOUBLED) != (number.double_of is not None and number.double_of < place):
            return False
        if number.standing is not Standing.UNDERSTOOD and not number.reason:
            return False
    return True


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=25).map("".join)))
def test_parsing_never_raises(text):
    """Any text gives a list that keeps its promises; what was typed is in the text; marking again changes nothing."""
    numbers = parse(text)
    assert sound(numbers)
    assert all(number.typed in text for number in numbers)
    assert mark_doubles(numbers) == numbers


@given(st.lists(PIECES, max_size=12).map("".join))
def test_each_reading_can_be_chosen_and_asked(text):
    """Every reading has a form to ask for, a form to show, and can be chosen."""
    for number in parse(text):
        for reading in number.readings:
            assert reading.request_forms
            assert reading.display_form
            assert all(
                ask.startswith(reading.normalised) or reading.normalised == reading.request_forms[0]
                for ask in reading.request_forms
            )
            assert choose(number, reading.normalised).reading == reading


@given(st.integers(6_167_569, 12_999_999), st.sampled_from(["B1", "B2"]))
def test_grants_survive_printing(number, kind):
    """A grant printed in any form is the same grant."""
    whole = f"US{number}{kind}"
    forms = [
        f"US {number:,} {kind}",
        f"U.S. Patent No. {number:,} {kind}",
        f"us-{number}-{kind}".lower(),
        f"US{number:08}{kind}",
    ]
    assert {settled(form) for form in (whole, *forms, display_form(whole))} == {whole}
    assert settled(f"{number:,}") == f"US{number}"
    assert settled(f"Pat. No. {number}") == f"US{number}"


@given(SERIES, st.integers(1, 999_999))
def test_us_applications_survive_printing(series, serial):
    """An application printed in any form is the same application."""
    apno = f"US{series:02}/{serial:06}"
    comma = f"{serial:06}"[:3] + "," + f"{serial:06}"[3:]
    forms = [
        display_form(apno),
        f"{series}/{comma}",
        f"US {series}/{serial:06}",
        f"Appl. No. {series:02}/{comma}",
        f"Serial No. {series:02}{serial:06}",
    ]
    assert {settled(form) for form in (apno, *forms)} == {apno}


@given(st.integers(2001, 2026), st.integers(1, 999_999), st.sampled_from(["A1", "A2", "A9"]))
def test_us_publications_survive_printing(year, serial, kind):
    """A publication printed in any form, also the short one of the exchange format, is the same publication."""
    whole = f"US{year}{serial:07}{kind}"
    forms = [
        display_form(whole),
        f"US{year}{serial:06}{kind}",
        f"US {year}/{serial:07} {kind}",
        f"Pub. No. US {year}/{serial:07} {kind}",
    ]
    assert {settled(form) for form in (whole, *forms)} == {whole}


@given(st.sampled_from(["D", "PP", "RE"]), st.integers(1000, 49_999), st.booleans())
def test_small_series_survive_printing(series, number, padded):
    """Designs, plants and reissues are the same with country, padding and commas."""
    body = f"{number:07}" if padded else f"{number:,}"
    assert settled(f"US {series}{body}") == settled(f"{series}{number:,}") == settled(f"US{series}{number}")


@given(st.integers(1000, 9_999_999), st.sampled_from(["A1", "A2", "B1", "B2", "A4"]))
def test_european_publications_survive_printing(number, kind):
    """Padding and blanks do not matter."""
    whole = f"EP{number:07}{kind}"
    forms = [
        display_form(whole),
        f"EP{number}{kind}",
        f"EP {number:,} {kind}".replace(",", " "),
        f"European Patent No. {number:07} {kind}",
    ]
    assert {settled(form) for form in (whole, *forms)} == {whole}


@given(st.integers(2, 25), st.integers(1, 999_999))
def test_european_applications_survive_printing(year, serial):
    """With check digit, with blanks, in the exchange format: the same application."""
    apno = f"EP{year:02}{serial:06}"
    check = display_form(apno)[-1]
    forms = [f"{apno}.{check}", f"EP {year:02} {serial:06}.{check}", f"EP20{year:02}0{serial:06}"]
    forms += [f"EP {year:02} {serial // 1000:03} {serial % 1000:03}.{check}", display_form(apno)]
    assert {settled(form) for form in (apno, *forms)} == {apno}


@given(st.integers(1978, 2026), st.integers(1, 299_999), st.sampled_from(["A1", "A2"]))
def test_world_publications_survive_printing(year, serial, kind):
    """Two and four digits of the year, with and without slash and padding: the same publication."""
    whole = f"WO{year}{serial:06}{kind}"
    forms = [
        display_form(whole),
        f"WO {year % 100:02}/{serial:06} {kind}",
        f"WO/{year}/{serial:06} {kind}",
        f"WO{year}/{serial:06}{kind}",
    ]
    forms += [f"WO{year % 100:02}{serial:05}{kind}"] if serial < 100_000 else []
    assert {settled(form) for form in (whole, *forms)} == {whole}


@given(st.integers(1971, 2026), st.integers(1, 999_999))
def test_japanese_publications_survive_printing(year, serial):
    """Western, Heisei and Showa years, in Latin and Japanese letters: the same publication."""
    whole = f"JP{year}{serial:06}A"
    forms = [
        f"JP {year}-{serial} A",
        f"特開{year}-{serial:06}",
        f"JP-A-{year}-{serial}",
        f"特開{year}－{serial}号公報",
        display_form(whole),
    ]
    if 1989 <= year <= 1999:
        forms += [
            f"JP H{year - 1988}-{serial}",
            f"特開平{year - 1988}-{serial}",
            f"JPH{year - 1988:02}{serial:06}A",
            f"JP{year - 1988}-{serial}",
        ]
    if year <= 1988:
        forms += [
            f"JP S{year - 1925}-{serial}",
            f"特開昭{year - 1925}-{serial}",
            f"JPS{year - 1925}{serial:06}A",
            f"JP{year - 1925}-{serial}",
        ]
    assert {settled(form) for form in (whole, *forms)} == {whole}


@given(st.integers(1999, 2026), st.integers(1, 4_999_999))
def test_korean_numbers_survive_printing(year, serial):
    """Patents and publications with and without the leading 10."""
    patent, publication = f"KR10{serial:07}B1", f"KR10{year}{serial:07}A"
    assert {settled(form) for form in (patent, display_form(patent), f"KR10-{serial:07}", f"KR {serial:07} B1")} == {
        patent
    }
    forms = (
        publication,
        display_form(publication),
        f"KR{year}{serial:07}A",
        f"10-{year}-{serial:07}",
        f"KR 10-{year}-{serial:07} A",
    )
    assert {settled(form) for form in forms} == {publication}


@given(
    st.sampled_from([(10, "A1"), (10, "B4"), (20, "U1"), (60, "T2")]), st.integers(2004, 2026), st.integers(0, 999_999)
)
def test_german_numbers_survive_printing(series, year, serial):
    """Blanks do not matter; only utility models, series 20, have the kind code U."""
    first, kind = series
    whole = f"DE{first}{year}{serial:06}{kind}"
    assert {settled(form) for form in (whole, display_form(whole), f"DE {first} {year} {serial:06} {kind}")} == {whole}


@pytest.mark.parametrize(
    "typed", ["US5012236B1", "US7654321A", "USD1055174", "EP2458380", "WO2004050828", "JP4627367", "DE3106419"]
)
def test_a_normalised_form_is_its_own_normalised_form(typed):
    """Typing the normalised form again changes nothing."""
    assert settled(settled(typed)) == settled(typed)
