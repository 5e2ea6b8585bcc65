"""Every row of the reference's table of forms, typed one by one."""

import pytest

from components.numbers import Number, NumberKind, Standing, parse

UNDERSTOOD = [
    # typed, kind, field, the form asked for first
    ("US11205304B2", NumberKind.US_GRANT, "patent_number", "US11205304B2"),
    ("US 11,205,304 B2", NumberKind.US_GRANT, "patent_number", "US11205304B2"),
    ("11,205,304", NumberKind.US_GRANT, "patent_number", "US11205304B2"),
    ("U.S. Pat. No. 11,205,304", NumberKind.US_GRANT, "patent_number", "US11205304B2"),
    ("US-11205304-B2", NumberKind.US_GRANT, "patent_number", "US11205304B2"),
    ("7,654,321", NumberKind.US_GRANT, "patent_number", "US7654321B2"),
    ("US7654321", NumberKind.US_GRANT, "patent_number", "US7654321B2"),
    ("US5012236A", NumberKind.US_GRANT, "patent_number", "US5012236A"),
    ("14/706,838", NumberKind.US_APPLICATION, "apno", "US14/706838"),
    ("14/706838", NumberKind.US_APPLICATION, "apno", "US14/706838"),
    ("US 14/706,838", NumberKind.US_APPLICATION, "apno", "US14/706838"),
    ("US14/706838", NumberKind.US_APPLICATION, "apno", "US14/706838"),
    ("Appl. No. 14/706,838", NumberKind.US_APPLICATION, "apno", "US14/706838"),
    ("Ser. No. 14/706,838", NumberKind.US_APPLICATION, "apno", "US14/706838"),
    ("17248024", NumberKind.US_APPLICATION, "apno", "US17/248024"),
    ("06/123,456", NumberKind.US_APPLICATION, "apno", "US06/123456"),
    ("6/123,456", NumberKind.US_APPLICATION, "apno", "US06/123456"),
    ("08/101,840", NumberKind.US_APPLICATION, "apno", "US08/101840"),
    ("US29/961259", NumberKind.US_DESIGN_APPLICATION, "apno", "US29/961259"),
    ("35/500,123", NumberKind.US_HAGUE_DESIGN, "apno", "US35/500123"),
    ("60/123,456", NumberKind.US_PROVISIONAL, "apno", "US60/123456"),
    ("63/123,456", NumberKind.US_PROVISIONAL, "apno", "US63/123456"),
    ("90/012,345", NumberKind.US_EX_PARTE, "apno", "US90/012345"),
    ("95/001,234", NumberKind.US_INTER_PARTES, "apno", "US95/001234"),
    ("96/000,123", NumberKind.US_SUPPLEMENTAL, "apno", "US96/000123"),
    ("US 2015/0123456 A1", NumberKind.US_PUBLICATION, "patent_number", "US20150123456A1"),
    ("US20150123456A1", NumberKind.US_PUBLICATION, "patent_number", "US20150123456A1"),
    ("2015/0123456", NumberKind.US_PUBLICATION, "patent_number", "US20150123456A1"),
    ("20150123456", NumberKind.US_PUBLICATION, "patent_number", "US20150123456A1"),
    ("US2015123456A1", NumberKind.US_PUBLICATION, "patent_number", "US20150123456A1"),
    ("US20220119699A9", NumberKind.US_PUBLICATION, "patent_number", "US20220119699A9"),
    ("US20150123456A2", NumberKind.US_PUBLICATION, "patent_number", "US20150123456A2"),
    ("D1,055,174", NumberKind.US_DESIGN, "patent_number", "USD1055174S1"),
    ("USD1055174", NumberKind.US_DESIGN, "patent_number", "USD1055174S1"),
    ("US D1055174 S1", NumberKind.US_DESIGN, "patent_number", "USD1055174S1"),
    ("Des. 374,176", NumberKind.US_DESIGN, "patent_number", "USD374176S"),
    ("USDES374176S", NumberKind.US_DESIGN, "patent_number", "USD374176S"),
    ("D0939807", NumberKind.US_DESIGN, "patent_number", "USD939807S1"),
    ("PP12,345", NumberKind.US_PLANT, "patent_number", "USPP12345P2"),
    ("USPP12345P2", NumberKind.US_PLANT, "patent_number", "USPP12345P2"),
    ("US PP12,345 P3", NumberKind.US_PLANT, "patent_number", "USPP12345P3"),
    ("RE39,998", NumberKind.US_REISSUE, "patent_number", "USRE39998E1"),
    ("USRE39998E1", NumberKind.US_REISSUE, "patent_number", "USRE39998E1"),
    ("USRE039998E", NumberKind.US_REISSUE, "patent_number", "USRE39998E1"),
    ("US RE 39,998 E", NumberKind.US_REISSUE, "patent_number", "USRE39998E1"),
    ("H1,523", NumberKind.US_SIR, "patent_number", "USH1523H"),
    ("T109,201", NumberKind.US_DEFENSIVE, "patent_number", "UST109201I4"),
    ("RX12", NumberKind.US_REEXAMINATION, "patent_number", "USRX12"),
    ("AI000318", NumberKind.US_IMPROVEMENT, "patent_number", "USAI318"),
    ("EP2458380B1", NumberKind.EP_PUBLICATION, "patent_number", "EP2458380B1"),
    ("EP 2 458 380 B1", NumberKind.EP_PUBLICATION, "patent_number", "EP2458380B1"),
    ("EP2458380", NumberKind.EP_PUBLICATION, "patent_number", "EP2458380B1"),
    ("EP7054A1", NumberKind.EP_PUBLICATION, "patent_number", "EP0007054A1"),
    ("EP4137511A4", NumberKind.EP_PUBLICATION, "patent_number", "EP4137511A4"),
    ("EP10173239.4", NumberKind.EP_APPLICATION, "apno", "EP10173239"),
    ("10173239.4", NumberKind.EP_APPLICATION, "apno", "EP10173239"),
    ("EP10173239", NumberKind.EP_APPLICATION, "apno", "EP10173239"),
    ("EP20100173239", NumberKind.EP_APPLICATION, "apno", "EP10173239"),
    ("EP 10 173 239.4", NumberKind.EP_APPLICATION, "apno", "EP10173239"),
    ("99403122.7", NumberKind.EP_APPLICATION, "apno", "EP99403122"),
    ("WO2004/050828 A2", NumberKind.WO_PUBLICATION, "patent_number", "WO2004050828A2"),
    ("WO 2004/050828", NumberKind.WO_PUBLICATION, "patent_number", "WO2004050828A1"),
    ("WO04/050828", NumberKind.WO_PUBLICATION, "patent_number", "WO2004050828A1"),
    ("WO0450828", NumberKind.WO_PUBLICATION, "patent_number", "WO2004050828A1"),
    ("WO200450828", NumberKind.WO_PUBLICATION, "patent_number", "WO2004050828A1"),
    ("WO 99/13800", NumberKind.WO_PUBLICATION, "patent_number", "WO1999013800A1"),
    ("WO9913800", NumberKind.WO_PUBLICATION, "patent_number", "WO1999013800A1"),
    ("WO2025181219A1", NumberKind.WO_PUBLICATION, "patent_number", "WO2025181219A1"),
    ("PCT/US2019/012345", NumberKind.PCT_APPLICATION, "apno", "PCT/US2019/012345"),
    ("PCT/US99/009417", NumberKind.PCT_APPLICATION, "apno", "PCT/US1999/009417"),
    ("PCTUS2019012345", NumberKind.PCT_APPLICATION, "apno", "PCT/US2019/012345"),
    ("PCT/EP02/07746", NumberKind.PCT_APPLICATION, "apno", "PCT/EP2002/007746"),
    ("JP2004266582A", NumberKind.JP_KOKAI, "patent_number", "JP2004266582A"),
    ("特開2004-266582", NumberKind.JP_KOKAI, "patent_number", "JP2004266582A"),
    ("JP H11-68462", NumberKind.JP_KOKAI, "patent_number", "JP1999068462A"),
    ("JPH1168462A", NumberKind.JP_KOKAI, "patent_number", "JP1999068462A"),
    ("特開平11-68462", NumberKind.JP_KOKAI, "patent_number", "JP1999068462A"),
    ("JP8-179521", NumberKind.JP_KOKAI, "patent_number", "JP1996179521A"),
    ("JP S58-2167", NumberKind.JP_KOKAI, "patent_number", "JP1983002167A"),
    ("JP58-2167", NumberKind.JP_KOKAI, "patent_number", "JP1983002167A"),
    ("JP1999068462A", NumberKind.JP_KOKAI, "patent_number", "JP1999068462A"),
    ("JP4627367B2", NumberKind.JP_PATENT, "patent_number", "JP4627367B2"),
    ("特許第4627367号", NumberKind.JP_PATENT, "patent_number", "JP4627367B2"),
    ("JP4627367", NumberKind.JP_PATENT, "patent_number", "JP4627367B2"),
    ("JP1747893S", NumberKind.JP_DESIGN, "patent_number", "JP1747893S"),
    ("特願2010-001234", NumberKind.JP_APPLICATION, "apno", "JP2010-001234"),
    ("KR10-2750114", NumberKind.KR_PATENT, "patent_number", "KR102750114B1"),
    ("KR 10-2750114 B1", NumberKind.KR_PATENT, "patent_number", "KR102750114B1"),
    ("KR102750114B1", NumberKind.KR_PATENT, "patent_number", "KR102750114B1"),
    ("10-2015-0124192", NumberKind.KR_PUBLICATION, "patent_number", "KR1020150124192A"),
    ("KR1020150124192A", NumberKind.KR_PUBLICATION, "patent_number", "KR1020150124192A"),
    ("KR20150124192A", NumberKind.KR_PUBLICATION, "patent_number", "KR1020150124192A"),
    ("DE3106419A1", NumberKind.DE_PUBLICATION, "patent_number", "DE3106419A1"),
    ("DE 31 06 419 A1", NumberKind.DE_PUBLICATION, "patent_number", "DE3106419A1"),
    ("DE102004002000A1", NumberKind.DE_PUBLICATION, "patent_number", "DE102004002000A1"),
    ("DE 10 2004 002 000.1", NumberKind.DE_APPLICATION, "patent_number", "DE102004002000A1"),
    ("DE000019630877C2", NumberKind.DE_PUBLICATION, "patent_number", "DE19630877C2"),
    ("DE602016095006T2", NumberKind.DE_PUBLICATION, "patent_number", "DE602016095006T2"),
    ("GB2413271A", NumberKind.OTHER, "patent_number", "GB2413271A"),
    ("FR 2 980 000 A1", NumberKind.OTHER, "patent_number", "FR2980000A1"),
    ("ca2467000a1", NumberKind.OTHER, "patent_number", "CA2467000A1"),
    ("CA02467000A1", NumberKind.OTHER, "patent_number", "CA2467000A1"),
    ("AU2003212220A1", NumberKind.OTHER, "patent_number", "AU2003212220A1"),
    ("AU784257B2", NumberKind.OTHER, "patent_number", "AU784257B2"),
    ("AU2005202049A1", NumberKind.OTHER, "patent_number", "AU2005202049A1"),
    ("TWI393456B", NumberKind.OTHER, "patent_number", "TWI393456B"),
    ("IN201741012345A", NumberKind.OTHER, "patent_number", "IN201741012345A"),
]

AMBIGUOUS = [
    ("11205304", {"US11205304", "US11/205304"}),
    ("11646472", {"US11646472", "US11/646472"}),
    ("10000000", {"US10000000", "US10/000000"}),
    ("12999999", {"US12999999", "US12/999999"}),
    ("07654321", {"US7654321", "US07/654321"}),
    ("JP2004-266582", {"JP2004266582A", "JP2004-266582"}),
    ("JP 2010-001234", {"JP2010001234A", "JP2010-001234"}),
    ("JP2010-1234", {"JP2010001234A", "JP2010-001234"}),
    ("WO00101000", {"WO2000101000", "WO2001001000"}),
    ("2015/012345", {"WO2015012345", "US20150012345A1"}),
]

CHINA = [
    "CN101234567A",
    "cn101234567a",
    "CN 101234567 A",
    "CN201510570472.5",
    "ZL201510570472.5",
    "ZL 2015 1 0570472.5",
]
CHINA += ["CN85100001A", "201510570472.5", "CN99101234.X"]

UNCONFIRMED = ["USRE39998E1", "USPP12345P2", "USH1523H", "KR1020150124192A", "EP10173239.4", "特願2010-001234"]
UNCONFIRMED += ["KR application 10-2015-0124192", "T109,201", "RX12", "AI000318"]


def only(text: str) -> Number:
    """Parse a text that must be one item."""
    numbers = parse(text)
    assert len(numbers) == 1, numbers
    return numbers[0]


@pytest.mark.parametrize(("typed", "kind", "field", "asked"), UNDERSTOOD)
def test_a_form_of_the_table_is_understood(typed, kind, field, asked):
    """Kind, body field and the form asked for first are those of the table; the typed form is kept."""
    number = only(typed)
    assert (number.standing, number.typed) == (Standing.UNDERSTOOD, typed)
    assert (number.reading.kind, number.reading.field, number.reading.request_forms[0]) == (kind, field, asked)
    assert (
        number.reading.normalised == asked
        if len(number.reading.request_forms) == 1
        else asked.startswith(number.reading.normalised)
    )


@pytest.mark.parametrize(("typed", "forms"), AMBIGUOUS)
def test_a_form_with_two_meanings_is_ambiguous(typed, forms):
    """Both candidates are offered, and the reason asks the user to choose."""
    number = only(typed)
    assert number.standing is Standing.AMBIGUOUS
    assert {reading.normalised for reading in number.readings} == forms
    assert "choose one" in number.reason


@pytest.mark.parametrize("typed", CHINA)
def test_china_is_refused(typed):
    """A Chinese number in any form is refused with the reason and without a reading."""
    number = only(typed)
    assert (number.standing, number.readings) == (Standing.REFUSED, ())
    assert "China is not covered" in number.reason
    assert "nothing is charged" in number.reason


@pytest.mark.parametrize("typed", UNCONFIRMED)
def test_a_form_that_was_never_seen_says_so(typed):
    """Forms that the service has not shown are understood, with a note."""
    assert "unconfirmed" in only(typed).reading.note


@pytest.mark.parametrize(("typed", "word"), [("62/123,456", "usually not public"), ("PCT/US2019/012345", "WO number")])
def test_a_reading_warns_where_little_can_be_expected(typed, word):
    """Provisional and international applications carry their warning."""
    assert word in only(typed).reading.note


def test_a_grant_without_kind_code_tells_what_is_tried():
    """The user is told that B2 and then B1 is asked."""
    reading = only("US7654321").reading
    assert reading.request_forms == ("US7654321B2", "US7654321B1")
    assert "B2, then B1" in reading.note


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ("US6167568", ("US6167568A",)),  # the last patent of 26 December 2000
        ("US6167569", ("US6167569B2", "US6167569B1")),  # the first patent of 2 January 2001
        ("US5012236", ("US5012236A",)),
        ("USD435712", ("USD435712S",)),
        ("USD435713", ("USD435713S1", "USD435713S")),  # the first design of 2001
        ("PP9,999", ("USPP9999P",)),
        ("PP30,000", ("USPP30000P2", "USPP30000P3")),
        ("RE35,000", ("USRE35000E", "USRE35000E1")),
        ("WO 2004/050828", ("WO2004050828A1", "WO2004050828A2")),
    ],
)
def test_kind_codes_follow_the_date_of_issue(typed, asks):
    """The kind codes asked for are those in use when the number was issued, likeliest first."""
    assert only(typed).reading.request_forms == asks


def test_a_kind_code_that_the_number_cannot_have_is_named():
    """It is asked for first, and the note names the kind codes that are tried after it."""
    reading = only("USD435712S1").reading
    assert reading.request_forms == ("USD435712S1", "USD435712S")
    assert reading.note == "Kind code S1 is unusual for this number; S is tried after it."


def test_a_mixed_line_is_sorted_out_in_order():
    """One line in four spellings: understood, refused, understood, understood, doubled."""
    numbers = parse("US11205304B2, cn101234567a, 14/412,875, US 10,000,000 B2; us10000000")
    assert [number.standing.value for number in numbers] == [
        "understood",
        "refused",
        "understood",
        "understood",
        "doubled",
    ]
    assert [number.typed for number in numbers] == [
        "US11205304B2",
        "cn101234567a",
        "14/412,875",
        "US 10,000,000 B2",
        "us10000000",
    ]
    assert numbers[4].double_of == 3
    assert numbers[4].reading.request_forms == ("US10000000B2", "US10000000B1")
