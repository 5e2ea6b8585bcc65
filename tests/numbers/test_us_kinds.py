"""US kind codes by date, from 1790 to today: what they say about a number, and what is asked for.

Authority: MPEP 901.04 and 901.04(a); USPTO, "Kind Codes Included on the USPTO Patent Documents"; USPTO PTDL, "Patent
Document Kind Codes" (forms before and since 2001-01-02); USPTO Grant Red Book, B130 (two-place codes E1, H1, S1, I1 to
I5); USPTO, "Issue Years and Patent Numbers" (6,167,569 and D435,713 are the first of 2001).
"""

import pytest

from components.numbers import Number, NumberKind, Standing, parse


def only(text: str) -> Number:
    """Parse a text that must be one item."""
    numbers = parse(text)
    assert len(numbers) == 1, numbers
    return numbers[0]


TELLS_SERIES = [
    # typed, kind, what is asked for
    ("US49033E", NumberKind.US_REISSUE, ("USRE49033E1", "USRE49033E")),
    ("US49033E1", NumberKind.US_REISSUE, ("USRE49033E1",)),
    ("US 49,033 E", NumberKind.US_REISSUE, ("USRE49033E1", "USRE49033E")),
    ("US-49033-E1", NumberKind.US_REISSUE, ("USRE49033E1",)),
    ("us49033e", NumberKind.US_REISSUE, ("USRE49033E1", "USRE49033E")),
    ("US 49033 E 20220412", NumberKind.US_REISSUE, ("USRE49033E1", "USRE49033E")),
    ("US000000049033E", NumberKind.US_REISSUE, ("USRE49033E1", "USRE49033E")),
    ("U.S. Pat. No. 49,033 E", NumberKind.US_REISSUE, ("USRE49033E1", "USRE49033E")),
    ("49,033 E", NumberKind.US_REISSUE, ("USRE49033E1", "USRE49033E")),
    ("USRE49033E", NumberKind.US_REISSUE, ("USRE49033E1", "USRE49033E")),
    ("Re. 49,033", NumberKind.US_REISSUE, ("USRE49033E1", "USRE49033E")),
    ("US00000RE39998E", NumberKind.US_REISSUE, ("USRE39998E1", "USRE39998E")),
    ("Re. Pat. No. 28,854", NumberKind.US_REISSUE, ("USRE28854E", "USRE28854E1")),
    ("U.S. Reissue Patent 49,033", NumberKind.US_REISSUE, ("USRE49033E1", "USRE49033E")),
    ("US RE 049 033 E", NumberKind.US_REISSUE, ("USRE49033E1", "USRE49033E")),
    ("US RD28854", NumberKind.US_REISSUE, ("USRE28854E", "USRE28854E1")),
    ("US12009P2", NumberKind.US_PLANT, ("USPP12009P2",)),
    ("US 12,009 P3", NumberKind.US_PLANT, ("USPP12009P3",)),
    ("US9999P", NumberKind.US_PLANT, ("USPP9999P",)),
    ("12,009 P2", NumberKind.US_PLANT, ("USPP12009P2",)),
    ("US1055174S1", NumberKind.US_DESIGN, ("USD1055174S1",)),
    ("US 1,055,174 S", NumberKind.US_DESIGN, ("USD1055174S1", "USD1055174S")),
    ("1,055,174 S1", NumberKind.US_DESIGN, ("USD1055174S1",)),
    ("US374176S", NumberKind.US_DESIGN, ("USD374176S",)),
    ("US435713S", NumberKind.US_DESIGN, ("USD435713S1", "USD435713S")),
    ("US1523H", NumberKind.US_SIR, ("USH1523H",)),
    ("US2235H1", NumberKind.US_SIR, ("USH2235H1",)),
    ("US109201I4", NumberKind.US_DEFENSIVE, ("UST109201I4",)),
    ("US869001I4", NumberKind.US_DEFENSIVE, ("UST869001I4",)),
    ("T869001", NumberKind.US_DEFENSIVE, ("UST869001I4",)),
    ("T999003", NumberKind.US_DEFENSIVE, ("UST999003I4",)),
    ("US411075I5", NumberKind.US_PROTEST, ("USB411075I5",)),
    ("US B411,075 I5", NumberKind.US_PROTEST, ("USB411075I5",)),
    ("USB411075I5", NumberKind.US_PROTEST, ("USB411075I5",)),
    ("US318I3", NumberKind.US_IMPROVEMENT, ("USAI318I3",)),
    ("AI318", NumberKind.US_IMPROVEMENT, ("USAI318",)),
    ("US116I2", NumberKind.US_X_REISSUE, ("USRX116I2",)),
    ("USX1", NumberKind.US_X_PATENT, ("USX1I1",)),
    ("X1", NumberKind.US_X_PATENT, ("USX1I1",)),
    ("X007640", NumberKind.US_X_PATENT, ("USX7640I1",)),
    ("US0000001X1", NumberKind.US_X_PATENT, ("USX1I1",)),
    ("US1041X", NumberKind.US_X_PATENT, ("USX1041I1",)),
    ("US 1041I1", NumberKind.US_X_PATENT, ("USX1041I1",)),
]


@pytest.mark.parametrize(("typed", "kind", "asks"), TELLS_SERIES)
def test_a_kind_code_tells_the_series_of_a_number(typed: str, kind: NumberKind, asks: tuple[str, ...]) -> None:
    """Neither a utility patent of the same digits nor any other document is asked for."""
    number = only(typed)
    assert number.standing is Standing.UNDERSTOOD, number.reason
    assert (number.reading.kind, number.reading.request_forms) == (kind, asks)


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ("US2004000123P1", ("US20040000123P1",)),
        ("US20040000123P1", ("US20040000123P1",)),
        ("US 2004/0000123 P1", ("US20040000123P1",)),
        ("US20060123456P4", ("US20060123456P4",)),
        ("US20060123456P9", ("US20060123456P9",)),
        ("US20060123456A2", ("US20060123456A2",)),
        ("US20060123456A9", ("US20060123456A9",)),
        ("US2004011130 AA", ("US20040011130A1",)),  # PatBase
    ],
)
def test_plant_and_utility_publications_share_their_numbers(typed: str, asks: tuple[str, ...]) -> None:
    """The kind code is kept; without one it is the first publication of an application."""
    reading = only(typed).reading
    assert (reading.kind, reading.request_forms) == (NumberKind.US_PUBLICATION, asks)


CERTIFICATES = [
    # typed, what is asked for, what the note says
    # in front, as they were printed until 2000 (USPTO PTDL, Patent Document Kind Codes)
    ("US B1 4,234,567", ("US4234567B1", "US4234567A"), "reexamination certificate issued before 2001"),
    ("B1 4,234,567", ("US4234567B1", "US4234567A"), "reexamination certificate issued before 2001"),
    ("B2 5,123,456", ("US5123456B2", "US5123456A"), "reexamination certificate issued before 2001"),
    ("U.S. Patent No. B1 4,234,567", ("US4234567B1", "US4234567A"), "reexamination certificate issued before 2001"),
    ("U.S. Pat. B1 4,234,567", ("US4234567B1", "US4234567A"), "reexamination certificate issued before 2001"),
    ("B1 Des. 123,456", ("USD123456B1", "USD123456S"), "reexamination certificate issued before 2001"),
    ("B1 Plant 11,000", ("USPP11000B1", "USPP11000P"), "reexamination certificate issued before 2001"),
    ("US C1 6,654,321", ("US6654321C1", "US6654321B2", "US6654321B1"), "reexamination certificate issued since 2001"),
    ("US5012236B1", ("US5012236B1", "US5012236A"), "reexamination certificate issued before 2001"),
    ("US 5,012,236 B2", ("US5012236B2", "US5012236A"), "reexamination certificate issued before 2001"),
    ("US4208747B3", ("US4208747B3", "US4208747A"), "reexamination certificate issued before 2001"),
    ("US6167568B1", ("US6167568B1", "US6167568A"), "reexamination certificate issued before 2001"),
    ("US5012236C1", ("US5012236C1", "US5012236A"), "reexamination certificate issued since 2001"),
    ("US6654321C2", ("US6654321C2", "US6654321B2", "US6654321B1"), "reexamination certificate issued since 2001"),
    ("US7654321C", ("US7654321C", "US7654321B2", "US7654321B1"), "reexamination certificate"),
    ("US7654321F1", ("US7654321F1", "US7654321B2", "US7654321B1"), "supplemental examination"),
    ("US7654321J1", ("US7654321J1", "US7654321B2", "US7654321B1"), "post-grant review certificate"),
    ("US7654321K1", ("US7654321K1", "US7654321B2", "US7654321B1"), "inter partes review certificate"),
    ("US7654321O1", ("US7654321O1", "US7654321B2", "US7654321B1"), "derivation certificate"),
    ("USD350855C1", ("USD350855C1", "USD350855S"), "reexamination certificate issued since 2001"),
    ("USD350855B1", ("USD350855B1", "USD350855S"), "reexamination certificate issued before 2001"),
    ("USRE33507F1", ("USRE33507F1", "USRE33507E", "USRE33507E1"), "reexamination of a reissue"),
    ("USRE33209B1", ("USRE33209B1", "USRE33209E", "USRE33209E1"), "reexamination certificate issued before 2001"),
    ("6,654,321 C1", ("US6654321C1", "US6654321B2", "US6654321B1"), "reexamination certificate issued since 2001"),
    ("5,012,236 B1", ("US5012236B1", "US5012236A"), "reexamination certificate issued before 2001"),
    ("the claims of 5,012,236 B1 were confirmed", ("US5012236B1", "US5012236A"), "reexamination certificate"),
    ("USPP11000B1", ("USPP11000B1", "USPP11000P"), "reexamination certificate issued before 2001"),
]


@pytest.mark.parametrize(("typed", "asks", "told"), CERTIFICATES)
def test_a_certificate_bears_the_number_of_its_patent(typed: str, asks: tuple[str, ...], told: str) -> None:
    """The certificate is asked for, then the patent, never another document; the note says what the kind code marks."""
    reading = only(typed).reading
    assert reading.request_forms == asks
    assert told in reading.note
    assert "bears the number of the patent" in reading.note


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ("US7654321A", ("US7654321A", "US7654321B2", "US7654321B1")),
        ("US6167569A", ("US6167569A", "US6167569B2", "US6167569B1")),
        ("US7654321B3", ("US7654321B3", "US7654321B2", "US7654321B1")),
        ("USD435712S1", ("USD435712S1", "USD435712S")),
        ("USD435713B1", ("USD435713B1", "USD435713S1", "USD435713S")),
        ("USPP30000P", ("USPP30000P2", "USPP30000P3")),
        ("US20150123456B2", ("US20150123456B2", "US20150123456A1")),
    ],
)
def test_a_kind_code_of_another_time_is_told(typed: str, asks: tuple[str, ...]) -> None:
    """A kind code that was not in use when the number was issued is named; the number stays the same."""
    reading = only(typed).reading
    assert reading.request_forms == asks
    assert "Kind code" in reading.note


def test_the_letter_of_the_kind_codes_is_tried_as_each_of_them() -> None:
    """B of US7654321B is an abbreviation of B2 or B1."""
    reading = only("US7654321B").reading
    assert reading.request_forms == ("US7654321B2", "US7654321B1")
    assert reading.note == "Kind code B is tried as B2, then as B1."


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("US7654321E", "a reissue"),
        ("US7654321S1", "a design"),
        ("US5012236P2", "a plant patent"),
        ("US12009P4", "the publication of a plant application"),
        ("US7654321A1", "the publication of an application"),
        ("US12345604A", "a patent issued before 2001"),  # as the EPO wrote application 10/123,456 of 2004
        ("US12345604P", "a plant patent"),
        ("US7654321U1", "no kind code U1"),
        ("US20040011130X", "no kind code X"),
        ("US20040011130S1", "a design"),
        ("US2004011130B2", "a patent issued since 2001"),
        ("US20040999999W", "no kind code W"),
        ("USD1055174E1", "a reissue"),
        ("USD90793H", "a statutory invention registration"),  # D90,793½ in the Office's data
        ("USX9670H", "a statutory invention registration"),
        ("USRE49033S1", "a design"),
    ],
)
def test_a_kind_code_of_another_series_refuses_the_number(typed: str, told: str) -> None:
    """Which of both is wrong only the user knows: another document might be meant, so none is asked for."""
    number = only(typed)
    assert (number.standing, number.readings) == (Standing.REFUSED, ())
    assert told in number.reason


@pytest.mark.parametrize("typed", ["5,000 E", "3,600 S", "25,000 E", "100,000 S", "25,000 A", "1,200 H", "1,500 P"])
def test_a_sum_or_a_measure_is_no_number_of_a_series(typed: str) -> None:
    """Small numbers with a letter behind them and without an office are no patents."""
    assert [number.readings for number in parse(typed)] in ([], [()])


@pytest.mark.parametrize(
    "sentence",
    [
        "US 5,012,236 (J. Smith) discloses a pump with a valve.",
        "The valve is known from US 5,012,236 E. Jones and others.",
        "A valve as in US 5,012,236 S. Miller would do.",
    ],
)
def test_an_initial_behind_a_number_is_no_kind_code(sentence: str) -> None:
    """In a sentence, a letter that the number cannot have begins a name."""
    assert only(sentence).reading.request_forms == ("US5012236A",)


@pytest.mark.parametrize(
    "typed", ["reissue of U.S. Pat. No. 7,654,321", "Re. Pat. No. 7,654,321", "power plant patent 7,654,321 B2"]
)
def test_a_number_that_a_series_has_not_reached_is_a_utility_patent(typed: str) -> None:
    """Words such as reissue and plant stand before other patents too; no reissue has seven digits."""
    assert only(typed).reading.kind is NumberKind.US_GRANT
    assert only(typed).reading.request_forms[0] == "US7654321B2"


def test_a_certificate_is_no_repetition_of_its_patent() -> None:
    """Both are asked for: the certificate is a document of its own."""
    numbers = parse("US5012236A\nUS5012236B1\nUS5012236\nUS 5,012,236 B1")
    states = [number.standing.value for number in numbers]
    assert states == ["understood", "understood", "doubled", "doubled"]
    assert [number.double_of for number in numbers] == [None, None, 0, 1]


@pytest.mark.parametrize("typed", ["60/123,456", "US61/234,567", "62/123456", "63/999,999"])
def test_a_provisional_is_told_to_have_no_public_file_of_its_own(typed: str) -> None:
    """35 U.S.C. 122(b)(2)(A)(iii); 37 CFR 1.14(a)(1): asked for all the same, and charged only if it is returned."""
    reading = only(typed).reading
    assert reading.kind is NumberKind.US_PROVISIONAL
    assert "usually not public" in reading.note
    assert "charged only if the service returns it" in reading.note


@pytest.mark.parametrize("typed", ["RE7654321", "USD2000000S1", "PP 765,432", "US 25,000,000 B2"])
def test_a_number_that_no_series_has_reached_is_refused(typed: str) -> None:
    """Far above the last numbers of 2026 (USPTO, table of issue years and patent numbers)."""
    assert only(typed).standing is Standing.REFUSED
