"""Lists, prose, addresses and what word processors and spreadsheets do to numbers."""

import pytest

from components.numbers import Standing, parse


def forms(text: str) -> list[str]:
    """Return the normalised form of everything understood or doubled, in order."""
    return [number.reading.normalised for number in parse(text) if number.readings]


def refused(text: str) -> list[str]:
    """Return what was typed of everything refused."""
    return [number.typed for number in parse(text) if number.standing is Standing.REFUSED]


@pytest.mark.parametrize(
    "separator", ["\n", "\r\n", "; ", ";", "\t", "|", " | ", ", ", ",", "；", "，", "\u2028", " ", " and "]
)
def test_any_separator_divides_a_list(separator):
    """Three numbers come back whatever stands between them."""
    assert forms(separator.join(["US7654321B2", "EP2458380B1", "14/706,838"])) == [
        "US7654321B2",
        "EP2458380B1",
        "US14/706838",
    ]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("11,205,304", ["11,205,304"]),
        ("11205304,11205305", ["11205304", "11205305"]),
        ("11,205,304,11,205,305", ["11,205,304", "11,205,305"]),
        ("7,654,321,7,654,322,7,654,323", ["7,654,321", "7,654,322", "7,654,323"]),
        ("14/706,838,14/706,839", ["14/706,838", "14/706,839"]),
        ("US9,999,999B2,US10,000,000B2", ["US9,999,999B2", "US10,000,000B2"]),
        ("D1,055,174,PP12,345,RE39,998", ["D1,055,174", "PP12,345", "RE39,998"]),
        ("2015/0123456,US7654321", ["2015/0123456", "US7654321"]),
    ],
)
def test_a_comma_belongs_to_groups_of_three_only(text, typed):
    """A comma between groups of three digits is part of the number, any other divides."""
    assert [number.typed for number in parse(text)] == typed


@pytest.mark.parametrize(
    "text",
    [
        "ＵＳ１１，２０５，３０４　Ｂ２",
        "US\u00a011,205,304\u00a0B2",
        "US\u200b11,205,304\ufeff B2",
        "US\u202f11205304\u2009B2",
        "US–11205304–B2",
        "US\u201111205304\u2011B2",
        "US\u221211205304\u2212B2",
        "“US 11,205,304 B2”",
        "(US 11,205,304 B2)",
        "• US 11,205,304 B2",
        "3. US 11,205,304 B2",
        "[3] US 11,205,304 B2",
        "- US 11,205,304 B2",
        "US 11,205,304 (B2)",
        "us11205304b2",
        "U.S. Patent No. 11,205,304 B2",
        "US Patent 11205304B2",
        "United States Patent No. US 11,205,304 B2",
    ],
)
def test_typography_does_not_matter(text):
    """Full-width digits, dashes, blanks of all kinds, zero-width marks, bullets and quotes change nothing."""
    assert forms(text) == ["US11205304B2"]
    assert not refused(text)


def test_the_typed_form_is_kept_exactly():
    """What is shown beside the normalised form is what was typed, marks and full-width digits included."""
    typed = "ＵＳ１１,205,\u200b304 B2"
    assert [number.typed for number in parse(f"  {typed} ; 14/706,838\u00a0")] == [typed, "14/706,838"]


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("https://patents.google.com/patent/US11205304B2/en?oq=US11205304", "US11205304B2"),
        ("https://patents.google.com/patent/EP2458380B1/de", "EP2458380B1"),
        ("patents.google.com/patent/US20150123456A1/en", "US20150123456A1"),
        ("https://worldwide.espacenet.com/patent/search?q=pn%3DUS11205304B2", "US11205304B2"),
        (
            "https://worldwide.espacenet.com/patent/search/family/043034/publication/EP2458380B1?q=pn%3DEP2458380B1",
            "EP2458380B1",
        ),
        ("https://worldwide.espacenet.com/publicationDetails/biblio?FT=D&CC=US&NR=11205304B2&KC=B2", "US11205304B2"),
        ("http://v3.espacenet.com/publicationDetails/biblio?CC=EP&NR=2458380B1&KC=B1&FT=D", "EP2458380B1"),
        ("https://register.epo.org/application?number=EP10173239&lng=en&tab=main", "EP10173239"),
        ("https://register.epo.org/application?number=EP10173239.4", "EP10173239"),
        ("https://patentcenter.uspto.gov/applications/14412875", "US14/412875"),
        ("https://patentcenter.uspto.gov/applications/11646472/ifw/docs?application=", "US11/646472"),
        ("https://image-ppubs.uspto.gov/dirsearch-public/print/downloadPdf/5012236", "US5012236A"),
        ("https://image-ppubs.uspto.gov/dirsearch-public/print/downloadPdf/20150123456", "US20150123456A1"),
        ("https://ppubs.uspto.gov/pubwebapp/external.html?q=11205304.pn.&db=USPAT", "US11205304"),
        ("https://ppubs.uspto.gov/pubwebapp/external.html?q=(D1055174).pn.&db=USPAT", "USD1055174"),
        ("https://patentscope.wipo.int/search/en/detail.jsf?docId=WO2004050828&tab=PCTBIBLIO", "WO2004050828"),
        ("https://www.freepatentsonline.com/7654321.html", "US7654321"),
    ],
)
def test_an_address_of_a_patent_database_names_its_number(address, form):
    """Google Patents, Espacenet, the EP Register, the USPTO: the number is taken, the address kept as typed."""
    numbers = parse(address)
    assert [(number.typed, number.reading.normalised) for number in numbers] == [(address, form)]


def test_addresses_divide_at_commas_and_stand_in_prose():
    """Two addresses joined by a comma are two; a full stop behind one is not part of it."""
    first, second = (
        "https://patents.google.com/patent/US7654321B2/en",
        "https://register.epo.org/application?number=EP10173239",
    )
    assert forms(f"{first},{second}") == ["US7654321B2", "EP10173239"]
    assert [number.typed for number in parse(f"See {first}. And ({second}) too.")] == [first, second]


def test_an_address_without_a_number_is_refused_with_advice():
    """An address on its own line is an item: it is not dropped."""
    (number,) = parse("https://example.com/hello")
    assert number.standing is Standing.REFUSED
    assert "Paste the number itself" in number.reason


def test_prose_gives_its_numbers_and_nothing_else():
    """Numbers are taken from running text in order; words, years, dates, amounts and counts are passed over."""
    text = (
        "Please review US 11,205,304 B2 (the '304 patent), which was filed on January 5, 2015, Appl. No. 14/706,838,\n"
        "and claims priority of 20 provisional filings. In 2019 damages of $10,000,000 were awarded on 20190831, see\n"
        "EP 2 458 380 B1, European patent application no. 10173239.4, International Publ. No. WO 2004/050828 A2,\n"
        "Japanese Patent No. 4627367, Korean Patent No. 10-2750114; the German part is DE 10 2004 002 000 A1.\n"
        "US 5,012,236 A method claims 1-20 were cancelled in 2019, and 3 remain."
    )
    assert forms(text) == [
        "US11205304B2",
        "US14/706838",
        "EP2458380B1",
        "EP10173239",
        "WO2004050828A2",
        "JP4627367",
        "KR102750114B1",
        "DE102004002000A1",
        "US5012236A",
    ]
    assert refused(text) == []


def test_what_looks_like_a_number_in_prose_is_not_dropped():
    """Behind the code of an office, too many digits are reported, not passed over."""
    assert refused("We have looked at US123456789012345 and found nothing in it at all.") == ["US123456789012345"]


def test_china_is_refused_in_prose_too():
    """A Chinese number in running text is reported as refused."""
    text = "The family also includes the Chinese patent CN101234567B among others."
    assert refused(text) == ["Chinese patent CN101234567B"]


def test_headings_and_words_between_numbers_are_passed_over():
    """A heading, a sentence that announces the list and an "and" are no items."""
    text = "Please look up the following patents:\nPatent Number\nUS7654321B2\nand\nEP2458380B1\n"
    assert forms(text) == ["US7654321B2", "EP2458380B1"]
    assert refused(text) == []


def test_a_wrapped_sentence_leaves_no_refusal():
    """The last short line of a wrapped paragraph is prose."""
    text = "We should look at US 7,654,321 B2 because it was cited against our client\nin 2019.\n"
    assert [number.typed for number in parse(text)] == ["US 7,654,321 B2"]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("foo", ["foo"]),
        ("US7654321B2\nfoo\nEP2458380B1", ["foo"]),
        ("asdf, US7654321B2, qwer", ["asdf", "qwer"]),
        ("foo; hello world; 123; AB1234567", ["foo", "hello world", "123", "AB1234567"]),
        ("0", ["0"]),
        ("10 000", ["10 000"]),
        ("20180831", ["20180831"]),
        ("US12345678901", ["US12345678901"]),
        ("US0", ["US0"]),
        ("EP12", ["EP12"]),
        ("30/123,456", ["30/123,456"]),
        ("US7654321B2 991808317771", ["991808317771"]),
    ],
)
def test_an_item_that_is_not_understood_is_refused(text, items):
    """Nothing in a list is dropped: each item that is no number is refused, with a reason."""
    numbers = [number for number in parse(text) if number.standing is Standing.REFUSED]
    assert [number.typed for number in numbers] == items
    assert all(len(number.reason) > 30 for number in numbers)


def test_a_pasted_table_row_gives_its_number():
    """Titles, names and dates in the neighbouring cells of a pasted row are no items."""
    text = "US7654321B2\tCoherent ladar using detection\t2020-01-05\tSmith\nEP2458380B1\tGripper\t5 Jan 2020\tMeier\n"
    assert [number.typed for number in parse(text)] == ["US7654321B2", "EP2458380B1"]


@pytest.mark.parametrize(
    "text", ['=HYPERLINK("https://patents.google.com/patent/US7654321B2/en","US7654321B2")', "=US7654321B2"]
)
def test_a_formula_with_a_number_gives_the_number(text):
    """A formula is text: the number in it is read."""
    assert set(forms(text)) == {"US7654321B2"}


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "@SUM(1+1)", "+1+1", "-2+3", "=1+1"])
def test_a_formula_without_a_number_is_refused(text):
    """A formula is never evaluated; it is refused like any other item."""
    assert forms(text) == []
    assert refused(text)


@pytest.mark.parametrize("typed", ["1.1E+07", "1.12E+07", "2.01501E+10", "1E+07"])
def test_lost_digits_are_refused_with_the_remedy(typed):
    """A number in scientific notation has lost digits: format the column as text."""
    (number,) = parse(typed)
    assert number.standing is Standing.REFUSED
    assert "Format the column as text" in number.reason


def test_a_spreadsheets_decimal_is_taken_off():
    """`.0` behind a number of a spreadsheet is no check digit unless it is a right one."""
    assert forms("7654321.0") == ["US7654321"]
    assert forms("20150123456.0") == ["US20150123456A1"]
    (number,) = parse("11205304.0")
    assert {reading.normalised for reading in number.readings} == {"US11205304", "US11/205304"}


def test_a_decimal_that_may_be_a_check_digit_is_ambiguous():
    """10173232 has the European check digit 0 or not; where it has, both meanings are offered."""
    # 1*1+0*2+1*1+7*2(14 -> 5)+3*1+2*2+3*1+x: the digit that brings the sum of 1+0+1+5+3+4+3 = 17 to 20 is 3, weight 2:
    # 5*2 = 10 -> 1, 6*2 = 12 -> 3. So 10173236 has the check digit 0.
    (number,) = parse("10173236.0")
    assert {reading.normalised for reading in number.readings} == {"EP10173236", "US10173236", "US10/173236"}


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u200b", ";;;", ",", "---", "…"])
def test_nothing_typed_is_nothing(text):
    """Blanks and punctuation give an empty list."""
    assert parse(text) == []


def test_two_thousand_numbers_keep_their_order():
    """A list of two thousand numbers comes back complete and in order."""
    typed = [f"US{number:,}B2" for number in range(7_000_000, 7_002_000)]
    assert [number.typed for number in parse("\n".join(typed))] == typed
