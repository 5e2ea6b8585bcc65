"""Numbers as databases pad, separate and date them: each form leads to the same document or application.

Authority: DEPATISnet (country and twelve digits); EPO, DOCDB and epodoc number formats, and the help of the European
Patent Register (EP1988850217, WO1994JP01249); Derwent (hyphen before the kind code); Orbit and Espacenet (kind code in
brackets, date behind); Lens (underscores); PatBase (AA); WIPO Standards ST.6 and ST.13.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.numbers import Number, NumberKind, Standing, parse, rules
from components.numbers.text.recognition import numbers_in_address


def only(text: str) -> Number:
    """Parse a text that must be one item."""
    numbers = parse(text)
    assert len(numbers) == 1, numbers
    return numbers[0]


def settled(text: str) -> str:
    """Return the normalised form of a text that must be one understood number."""
    number = only(text)
    assert number.standing is Standing.UNDERSTOOD, (text, number)
    assert number.typed == text.strip()
    return number.reading.normalised


def listed(forms: str) -> list[str]:
    """Return the forms of a table, which are divided by bars and line breaks."""
    return [form.strip() for line in forms.strip().splitlines() for form in line.split("|")]


PUBLISHED = [
    ("US7654321B2", "US B2 7,654,321 | US-B2 7654321"),
    ("EP2458380B1", "EP B1 2458380 | EP B1 2 458 380 | EP (B1) 2458380 | EP B1 No. 2458380 | EP-B1 Nr. 2 458 380"),
    ("GB2413271B", "GB B 2413271 | GB B 2 413 271"),
    ("DE3106419A1", "DE A1 3106419 | DE-A1 31 06 419"),
    ("IES86054B2", "IE S86054 B2 | IES86054B2 | IE S86054"),
    (
        "US7318131B2",
        """
        US000007318131B2 | US07318131B2 | US0007318131B2 | US.7318131.B2 | US 7318131 B2 20080115
        US.7318131.B2.20080115 | US7318131-B2 | US7318131 (B2) | US7318131B2 | US 7318131 B2 | US_7318131_B2
        US_7318131_B2_20080115 | US-7318131-B2 | US7318131 (B2) ― 2008-01-15 | US7318131 (B2) - 2008-01-15
        US7318131 B2 (2008-01-15) | US 7,318,131 B2 2008/01/15 | US7318131B2 15.01.2008 | US 7.318.131 B2
        US7318131/B2
        """,
    ),
    (
        "US5012236A",
        """
        US000005012236A | US5012236-A | US 5012236 A 19910430 | US5012236 (A) ― 1991-04-30 | US_5012236_A
        """,
    ),
    (
        "US20040011130A1",
        """
        US020040011130A1 | US2004011130A1 | US 2004011130 A1 | US.2004011130.A1 | US2004011130-A1
        US20040011130 (A1) | US 20040011130 A1 20040115 | US_2004_0011130_A1 | US-20040011130-A1
        US-2004-0011130-A1 | US2004011130 (A1) | US 2004/0011130 A1 | US 2004/011130 A1
        US2004011130 (A1) ― 2004-01-15 | US2004011130 AA
        """,
    ),
    (
        "US20040000123P1",
        """
        US020040000123P1 | US2004000123P1 | US 2004000123 P1 20040101 | US_2004_0000123_P1
        """,
    ),
    (
        "USD1055174S1",
        """
        USD1055174-S1 | US D1055174 S1 20241224 | US.D1055174.S1 | US_D1055174_S1 | USD1055174 (S1)
        """,
    ),
    (
        "EP2458380B1",
        """
        EP000002458380B1 | EP0002458380B1 | EP02458380B1 | EP2458380-B1 | EP.2458380.B1
        EP 2458380 B1 20110601 | EP2458380 (B1) | EP_2458380_B1 | EP-2458380-B1
        EP2458380 (B1) ― 2011-06-01
        """,
    ),
    (
        "EP0007054A1",
        """
        EP000000007054A1 | EP7054A1 | EP0007054-A1 | EP.0007054.A1 | EP 0007054 A1 19800123 | EP_0007054_A1
        """,
    ),
    (
        "WO2006095001A1",
        """
        WO002006095001A1 | WO2006095001-A1 | WO200695001-A1 | WO200695001A1 | WO06095001 A1
        WO 2006095001 A1 | WO 2006095001 A1 20060914 | WO/2006/095001 A1 | WO2006095001 (A1)
        WO.2006095001.A1 | WO_2006_095001_A1 | WO-2006-095001-A1 | WO_2006095001_A1 | WO2006/095001A1
        WO 06/095001 A1 | WO2006095001 (A1) ― 2006-09-14
        """,
    ),
    (
        "WO1999013800A1",
        """
        WO001999013800A1 | WO9913800-A1 | WO9913800 (A1) | WO.9913800.A1 | WO 9913800 A1 19990325
        """,
    ),
    (
        "GB2413271A",
        """
        GB000002413271A | GB.2413271.A | GB 2413271 A 20051026 | GB_2413271_A | GB2413271-A | GB2413271 (A)
        """,
    ),
    (
        "FR2980000A1",
        """
        FR000002980000A1 | FR.2980000.A1 | FR 2980000 A1 20130315 | FR_2980000_A1 | FR2980000-A1
        """,
    ),
    (
        "DE102004002000A1",
        """
        DE102004002000A1 | DE.102004002000.A1 | DE 102004002000 A1 20050804 | DE_102004002000_A1
        """,
    ),
    (
        "JP2004266582A",
        """
        JP.2004266582.A | JP 2004266582 A 20040924 | JP2004266582-A | JP_2004266582_A | JP2004266582 (A)
        """,
    ),
]


PUBLISHED += [
    ("KR1020150124192A", "KR020150124192A | KR001020150124192A | KR20150124192-A | KR.20150124192.A"),
    ("KR102750114B1", "KR000102750114B1 | KR.102750114.B1 | KR 102750114 B1 20250103"),
    ("JP1988123456A", "JP00S63123456A | JP S63123456 A 19880527 | JP.S63123456.A"),
    ("DE3106419A1", "DE000003106419A1 | DE.3106419.A1 | DE 3106419 A1 19820909 | DE_3106419_A1"),
    ("AU2005202049A1", "AU002005202049A1 | AU.2005202049.A1 | AU 2005202049 A1 20050602"),
    ("CA2467000A1", "CA000002467000A1 | CA.2467000.A1 | CA_2467000_A1 | CA2467000 (A1)"),
    ("TWI393456B", "TW000I393456B | TW I393456 B 20130411 | TW.I393456.B"),
]


@pytest.mark.parametrize(
    ("normalised", "typed"), [(number, form) for number, forms in PUBLISHED for form in listed(forms)]
)
def test_a_publication_is_the_same_in_every_database(normalised: str, typed: str) -> None:
    """Padding, separators and the date of publication do not matter; all that was typed belongs to the number."""
    assert settled(typed) == normalised


INTERNATIONAL = [
    (
        "PCT/US2004/011130",
        """
        PCT-US2004-011130 | PCT/US2004/011130 | PCT/US 2004/11130 | PCTUS2004011130 | PCT/US04/11130
        PCT/US04/011130 | PCT/US/2004/011130 | PCT US2004/011130 | PCT-US-2004-011130 | PCT_US2004_011130
        PCT.US2004.011130 | PCT/US2004-011130 | pct/us2004/011130 | PCTUS0411130 | WO PCT/US2004/011130
        WO2004US11130 | WO2004US011130 | WO2004US11130W | US2004011130W | US.2004011130.W
        US 2004011130 W 20040409 | WO04US11130
        """,
    ),
    (
        "PCT/IB2007/051010",
        """
        WO2007IB51010 | WO2007IB051010 | PCT-IB-2007-051010 | PCT.IB2007.051010 | PCT_IB2007_051010
        PCT/IB07/51010 | PCTIB2007051010 | IB2007051010W
        """,
    ),
    (
        "PCT/JP1994/001249",
        """
        WO1994JP01249 | PCT/JP94/01249 | PCT/JP94/1249 | JP9401249W | PCT/JP1994/001249
        """,
    ),
    (
        "PCT/EP2002/007746",
        """
        PCT/EP02/07746 | EP0207746W | WO2002EP07746 | PCT-EP02-07746 | EP2002007746W
        """,
    ),
    (
        "PCT/GB2004/001234",
        """
        GB2004001234W | WO2004GB01234 | GB 2004001234 W 20040318
        """,
    ),
    (
        "PCT/KR2004/001234",
        """
        KR2004001234W | WO2004KR01234
        """,
    ),
    (
        "PCT/DE2004/001234",
        """
        DE2004001234W | WO2004DE01234
        """,
    ),
]


@pytest.mark.parametrize(
    ("typed", "normalised"),
    [
        ("7654321.pn.", "US7654321"),
        ("7654321.PN.", "US7654321"),
        ("7654321[pn]", "US7654321"),
        ('"7654321".pn.', "US7654321"),
        ("US-7654321-B2.did.", "US7654321B2"),
        ("US-20220297635-A1.did.", "US20220297635A1"),
        ("16/123,456.app.", "US16/123456"),
    ],
)
def test_the_index_of_a_search_is_no_part_of_a_number(typed: str, normalised: str) -> None:
    """The USPTO's Patent Public Search writes it between full stops or in brackets: US-11449323-B2.did."""
    number = only(typed)
    assert (number.standing, number.reading.normalised) == (Standing.UNDERSTOOD, normalised)


@pytest.mark.parametrize(
    ("normalised", "typed"), [(number, form) for number, forms in INTERNATIONAL for form in listed(forms)]
)
def test_an_international_application_is_never_another_document(normalised: str, typed: str) -> None:
    """With PCT, in the forms of the EPO (WO, year, office; or office, number and kind W), the application is read."""
    assert settled(typed) == normalised
    assert only(typed).reading.kind is NumberKind.PCT_APPLICATION


@pytest.mark.parametrize(
    "typed", ["PCTUS19991234", "PCT/US2004/999999", "PCT/QQ2004/011130", "PCT/US1970/011130", "PCT/DE31/06419"]
)
def test_what_cannot_be_an_international_application_is_refused(typed: str) -> None:
    """No year had 400,000 applications, there is no office QQ, and the years are from 1978 to now."""
    assert [number.standing for number in parse(typed)] == [Standing.REFUSED]


NATIONAL = [
    (
        "US14/706838",
        """
        US201514706838A | US 201514706838 A 20150507 | US.201514706838.A | US-201514706838-A
        US14/706838A | US 14/706,838 A 20150507
        """,
    ),
    (
        "US29/512345",
        """
        US201529512345F | US.201529512345.F
        """,
    ),
    (
        "US62/123456",
        """
        US201562123456P | US 201562123456 P 20150202
        """,
    ),
    (
        "EP10173239",
        """
        EP20100173239 | EP2010173239 | EP.10173239.A | EP 10173239 A 20100818 | EP10173239-A | EP 10173239.4
        """,
    ),
    (
        "EP88850217",
        """
        EP19880850217 | EP1988850217 | EP88850217 | EP 88850217 A
        """,
    ),
]


@pytest.mark.parametrize(
    ("normalised", "typed"), [(number, form) for number, forms in NATIONAL for form in listed(forms)]
)
def test_an_application_is_the_same_in_every_database(normalised: str, typed: str) -> None:
    """The offices' exchange formats, with kind and date: the application, not a publication of the same digits."""
    assert settled(typed) == normalised
    assert only(typed).reading.field == "apno"


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("US07318131-20080115", "US7318131B2"),
        ("US20040011130-20040115", "US20040011130A1"),
        ("USD0435713-20010102", "USD435713S1"),
        ("USRE049033-20220412", "USRE49033E1"),
        ("USPP012009-20010814", "USPP12009P2"),
    ],
)
def test_the_name_of_a_file_of_the_office_is_read(typed: str, asked: str) -> None:
    """The USPTO's XML files are named by number and date of issue, without a kind code."""
    settled(typed)
    assert only(typed).reading.request_forms[0] == asked


@pytest.mark.parametrize(
    "typed",
    [
        "PCT Pub. No. WO 2004/095001",
        "PCT Publication No. 2004/095001",
        "PCT/WO2004/095001",
        "International Publication No. WO 2004/095001",
        "WO 2004 095001",
    ],
)
def test_a_publication_may_be_called_pct(typed: str) -> None:
    """PCT before a WO number, or before what is called a publication: the WO publication."""
    assert settled(typed) == "WO2004095001"


@pytest.mark.parametrize("typed", ["PCT Application No. 2004/011130", "PCT 2004/011130", "PCT/2004/011130"])
def test_an_international_application_needs_its_office(typed: str) -> None:
    """Without the receiving office there is no telling which application it is; it is no publication."""
    (number,) = parse(typed)
    assert (number.standing, number.readings) == (Standing.REFUSED, ())
    assert "where it was filed" in number.reason


@pytest.mark.parametrize(
    ("typed", "normalised"),
    [
        ("EP(UK) 2458380", "EP2458380"),
        ("EP (DE) 2 458 380 B1", "EP2458380B1"),
        ("EP(GB)2458380", "EP2458380"),
        ("European Patent (UK) No. 2 458 380", "EP2458380"),
        ("EP 2015 0700123", "EP15700123"),
        ("EP2015/050123", "PCT/EP2015/050123"),
        ("EP 2015/050123", "PCT/EP2015/050123"),
        ("EP00976543.9", "EP00976543"),
        ("EP 00 976 543.9", "EP00976543"),
        ("EP00976543B1", "EP0976543B1"),
        ("WO03000123", "WO2003000123"),
        ("WO09913800", "WO1999013800"),
    ],
)
def test_a_european_or_international_number_keeps_its_office(typed: str, normalised: str) -> None:
    """The country of a European patent in brackets, the year 2000, and years that are still to come."""
    assert settled(typed) == normalised


def test_eight_digits_with_two_zeros_are_an_application_of_2000_or_a_publication() -> None:
    """The check digit or the kind code would tell."""
    number = only("EP00976543")
    assert {reading.normalised for reading in number.readings} == {"EP00976543", "EP0976543"}


def test_a_year_behind_ep_is_no_number() -> None:
    """In a sentence, four digits need a kind code."""
    assert parse("We filed a request at the EP 2015 and heard nothing.") == []


KIND_CODE_IN_FRONT = [
    # typed, what is asked for
    ("US-A-5012236", ("US5012236A",)),
    ("US-A-5 012 236", ("US5012236A",)),
    ("US-B2-7318131", ("US7318131B2",)),
    ("US-B-7,318,131", ("US7318131B2", "US7318131B1")),
    ("US-A1-2004/0011130", ("US20040011130A1",)),
    ("US-E-49033", ("USRE49033E1", "USRE49033E")),
    ("US-S-435713", ("USD435713S1", "USD435713S")),
    ("US-D-435713", ("USD435713S1", "USD435713S")),
    ("EP-A-0 007 054", ("EP0007054A1", "EP0007054A2")),
    ("EP-A 0 007 054", ("EP0007054A1", "EP0007054A2")),
    ("EP-A1-7054", ("EP0007054A1",)),
    ("EP-B1-2458380", ("EP2458380B1",)),
    ("EP-B-2 458 380", ("EP2458380B1",)),
    ("WO-A-2006/095001", ("WO2006095001A1", "WO2006095001A2")),
    ("WO-A1-2006095001", ("WO2006095001A1",)),
    ("WO-A-99/13800", ("WO1999013800A1", "WO1999013800A2")),
    ("GB-A-2413271", ("GB2413271A",)),
    ("DE-A1-3106419", ("DE3106419A1",)),
    ("DE-A-31 06 419", ("DE3106419A1",)),
    ("JP-A-2004-266582", ("JP2004266582A",)),
    ("KR-A-20150124192", ("KR1020150124192A",)),
    ("TW-I-393456", ("TWI393456B",)),
]


@pytest.mark.parametrize(("typed", "asks"), KIND_CODE_IN_FRONT)
def test_a_kind_code_may_stand_in_front(typed: str, asks: tuple[str, ...]) -> None:
    """As European decisions cite (WIPO Standard ST.14 of its time): EP-B1-2458380 is never US 2,458,380.

    A letter alone stands for the kind codes that begin with it.
    """
    assert settled(typed) == (asks[0] if len(asks) == 1 else only(typed).reading.normalised)
    assert only(typed).reading.request_forms == asks


def test_kind_codes_in_front_are_read_in_a_sentence() -> None:
    """Each number of the sentence, none of another office."""
    text = "EP-A-0 007 054 discloses a valve, see also DE-A-31 06 419, GB-A-2 413 271 and US-A-5 012 236."
    numbers = [number.reading.normalised for number in parse(text)]
    assert numbers == ["EP0007054", "DE3106419A1", "GB2413271A", "US5012236A"]


@pytest.mark.parametrize(
    ("typed", "applications"),
    [
        ("US20040786543", {"US10/786543", "US11/786543"}),  # series 11 began in December 2004
        ("US2004786543", {"US10/786543", "US11/786543"}),
        ("US20050786543", {"US11/786543"}),
        ("US19930101840", {"US08/101840"}),
        ("US 19930101840 A 19930803", {"US08/101840"}),
        ("US19970999999", {"US08/999999", "US09/999999"}),  # series 09 began on 1997-12-30
    ],
)
def test_year_and_serial_number_are_an_application_of_a_series_of_that_year(typed: str, applications: set[str]) -> None:
    """The EPO wrote US applications so until 2010; MPEP 503 tells the series by year, and two are asked about."""
    assert {reading.normalised for reading in only(typed).readings} == applications


@pytest.mark.parametrize("typed", ["US20150706838", "US20141470683 8A", "US20041786543"])
def test_a_number_above_those_of_a_year_is_no_publication(typed: str) -> None:
    """No year had 600,000 publications; since series 13 the EPO writes applications with their series."""
    (number,) = parse(typed)
    assert number.standing is Standing.REFUSED
    assert "series" in number.reason


@pytest.mark.parametrize("typed", ["US2004/011130", "US 2004/011130", "US2004-011130"])
def test_six_digits_behind_a_year_may_be_an_international_application(typed: str) -> None:
    """What is left of PCT/US2004/011130 looks like a publication without its zero: the user chooses."""
    number = only(typed)
    assert number.standing is Standing.AMBIGUOUS
    assert {reading.normalised for reading in number.readings} == {"PCT/US2004/011130", "US20040011130A1"}


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("2015/012345 A1", {"WO2015012345A1", "US20150012345A1"}),
        ("2015/012345 A2", {"WO2015012345A2", "US20150012345A2"}),
        ("2015/012345", {"WO2015012345", "US20150012345A1"}),
    ],
)
def test_six_digits_without_an_office_may_be_of_two(typed: str, forms: set[str]) -> None:
    """A kind code that both offices use does not tell which."""
    assert {reading.normalised for reading in only(typed).readings} == forms


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("US11205304B2 17990101", ["US11205304B2", "US17/990101"]),
        ("US11205304B2 18051012", ["US11205304B2", "US18/051012"]),
        ("The pump of US 2004/0011130 J. Smith is better.", ["US20040011130A1"]),
        ("US 7318131 B2 20080115 US 5012236 A 19910430", ["US7318131B2", "US5012236A"]),
        ("US20040011130A1 WO2006095001A1", ["US20040011130A1", "WO2006095001A1"]),
    ],
)
def test_what_stands_behind_a_number_is_lost_only_if_it_is_a_date(typed: str, numbers: list[str]) -> None:
    """Eight digits that may be an application of series 17 or 18 are read as one."""
    assert [number.reading.normalised for number in parse(typed)] == numbers


ADDRESSES = [
    ("https://www.lens.org/lens/patent/US_7318131_B2", "US7318131B2"),
    ("https://www.lens.org/lens/search/patent/list?q=WO_2006095001_A1", "WO2006095001A1"),
    ("https://depatisnet.dpma.de/DepatisNet/depatisnet?action=bibdat&docid=US000007318131B2", "US7318131B2"),
    ("https://depatisnet.dpma.de/DepatisNet/depatisnet?action=bibdat&docid=WO002006095001A1", "WO2006095001A1"),
    ("https://worldwide.espacenet.com/publicationDetails/biblio?DB=EPODOC&CC=US&NR=RE49033E&KC=E", "USRE49033"),
    ("https://worldwide.espacenet.com/publicationDetails/biblio?CC=US&NR=2004011130A1&KC=A1", "US20040011130A1"),
    ("https://patents.google.com/patent/USRE49033E1/en?oq=USRE49033E1", "USRE49033E1"),
    ("https://globaldossier.uspto.gov/result/application/US/12345678/1", "US12/345678"),
    ("https://www.freepatentsonline.com/y2004/0011130.html", "US20040011130A1"),
    ("https://patents.justia.com/patent/RE49033", "USRE49033"),
    ("https://patents.justia.com/patent/D1055174", "USD1055174"),
]


@pytest.mark.parametrize(("address", "normalised"), ADDRESSES)
def test_the_address_of_a_database_gives_its_number(address: str, normalised: str) -> None:
    """The number in the address, in the database's own form."""
    assert only(address).reading.normalised == normalised


@pytest.mark.parametrize(
    "address",
    [
        "https://patentscope.wipo.int/search/en/detail.jsf?docId=US12345678",
        "https://patentscope.wipo.int/search/en/detail.jsf?docId=EP12345678&_cid=P10",
        "https://www.lens.org/lens/patent/051-532-123-456-789",
    ],
)
def test_a_number_of_the_database_itself_is_no_patent(address: str) -> None:
    """PATENTSCOPE and Lens number their records: US12345678 there is no US patent."""
    assert only(address).standing is Standing.REFUSED


def test_every_row_of_addresses_reads_its_example() -> None:
    """Each pattern finds a number in the address that stands beside it, or none where that is its purpose."""
    for row in rules.address_rows():
        assert bool(numbers_in_address(row.example)) is not row.own_number, row.example


DATES = st.sampled_from(["", " 20080115", ".20080115", " 2008-01-15", " (2008-01-15)", " - 15.01.2008", "_20080115"])
SEPARATORS = st.sampled_from(["", " ", "-", ".", "_"])
PADDED = st.integers(0, 12)


@given(st.integers(6_167_569, 12_999_999), st.sampled_from(["B1", "B2"]), PADDED, SEPARATORS, DATES)
def test_any_grant_in_any_database_form(number: int, kind: str, width: int, mark: str, date: str) -> None:
    """Zeros in front, a separator on both sides and a date behind: the same grant."""
    assert settled(f"US{mark}{number:0{width}}{mark}{kind}{date}") == f"US{number}{kind}"


@given(st.integers(2001, 2026), st.integers(1, 599_999), st.sampled_from(["A1", "A9", "P1"]), SEPARATORS, DATES)
def test_any_publication_in_any_database_form(year: int, serial: int, kind: str, mark: str, date: str) -> None:
    """Seven digits or the EPO's six, padded or not: the same publication."""
    for body in (f"{year}{serial:07}", f"{year}{serial:06}", f"0{year}{serial:07}"):
        assert settled(f"US{mark}{body}{mark}{kind}{date}") == f"US{year}{serial:07}{kind}"


@given(st.integers(1000, 9_999_999), st.sampled_from(["A1", "B1", "B9"]), PADDED, SEPARATORS, DATES)
def test_any_european_publication_in_any_database_form(
    number: int, kind: str, width: int, mark: str, date: str
) -> None:
    """Padded to seven, eight, nine or twelve digits: the same publication."""
    assert settled(f"EP{mark}{number:0{width}}{mark}{kind}{date}") == f"EP{number:07}{kind}"


@given(st.integers(1978, 2026), st.integers(1, 299_999), st.sampled_from(["A1", "A2"]), SEPARATORS, DATES)
def test_any_world_publication_in_any_database_form(year: int, serial: int, kind: str, mark: str, date: str) -> None:
    """Four digits of the year, padded to twelve or in parts: the same publication."""
    for body in (f"{year}{serial:06}", f"00{year}{serial:06}", f"{year}/{serial:06}", f"{year}_{serial:06}"):
        assert settled(f"WO{mark}{body}{mark}{kind}{date}") == f"WO{year}{serial:06}{kind}"


@given(st.sampled_from(["US", "EP", "JP", "IB", "KR", "GB"]), st.integers(1978, 2026), st.integers(1, 199_999))
def test_any_international_application_in_any_form(receiving_office: str, year: int, serial: int) -> None:
    """Nothing of PCT, year, office and kind W makes another document of it."""
    number = f"PCT/{receiving_office}{year}/{serial:06}"
    body = f"{serial:06}"
    forms = [number, f"PCT-{receiving_office}{year}-{body}", f"PCT{receiving_office}{year}{body}"]
    forms += [f"PCT/{receiving_office} {year}/{body}", f"PCT/{receiving_office}{year % 100:02}/{body}"]
    forms += [
        f"WO{year}{receiving_office}{body}",
        f"{receiving_office}{year}{body}W",
        f"PCT_{receiving_office}{year}_{body}",
    ]
    assert {settled(form) for form in forms} == {number}
