"""Never another document: nothing around a number turns it into another, and nothing that may be one vanishes."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from components.numbers import Standing, parse
from tests.numbers.never_another import DOCUMENTS, found, others


def states(text: str) -> list[tuple[str, str]]:
    """Return what was typed and how it was understood, of every number of a text."""
    return [(number.typed, number.standing.value) for number in parse(text)]


def forms(text: str) -> list[str]:
    """Return the normalised form of every reading."""
    return [reading.normalised for number in parse(text) for reading in number.readings]


@pytest.mark.parametrize(
    "typed",
    [
        *["PCT/US2004/011130", "PCT-US2004-011130", "WOPCT/US2004/011130", "WO PCT/US2004/011130", "PCTUS04011130"],
        *["PCT/US2004/011130.pdf", "PCT No. PCT/US2004/011130", "PCT/US 2004/11130", "pct/us2004/011130"],
        *["pct.us.2004.011130", "PCT_US2004_011130", "PCT US2004 011130", "PCT/US04/11130", "PCT/US/2004/011130"],
        *["PCT application US2004/011130", "PCT Appl. No. US2004/011130", "(PCT/US2004/011130)", "PCT: US2004/011130"],
        *["International application No. US2004/011130", "PCT Application No. PCT/US2004/011130, filed in 2004"],
    ],
)
def test_what_looks_like_a_pct_form_is_the_pct_application(typed: str) -> None:
    """WIPO, Administrative Instructions under the PCT, section 307: PCT, receiving office, year, six digits."""
    assert forms(typed) == ["PCT/US2004/011130"]


@pytest.mark.parametrize(
    "typed",
    [
        *["PCT/XX2004/011130", "PCT/US2004/0111301", "PCT/US2104/011130", "PCT/2004/011130", "PCT 2004/011130"],
        *["PCT/US20040111301", "PCT-US-20040111301", "XPCT/US2004/011130", "PCT/US2004/011130X", "PCTX/US2004/011130"],
        *["PCT/US7654321B2", "PCT/US 2004/0011130 A1", "International application 2004/011130", "WOPCT2004011130"],
    ],
)
def test_what_looks_like_a_pct_form_and_is_none_is_refused(typed: str) -> None:
    """A wrong office, year or number of digits is never read as a US publication."""
    assert {number.standing for number in parse(typed)} == {Standing.REFUSED}


@pytest.mark.parametrize(
    "token",
    [
        *["XYUS7654321B2", "US7654321B2X", "USUS7654321", "EPUS7654321B2", "EP-US7654321B2"],
        *["US7654321B2-1", "xEP2458380B1"],
        *["ABC-1234567-US", "12345-0067US1", "P12345US01", "ref12345678"],
        *["john7654321@example.com", "US7654321B2_001_CTNF"],
        *["ISBN 978-3-16-148410-0", "10.1016/j.cell.2004.011130", "doi:10.1000/2004.0123456", "XX/a/2018/012345"],
        *["EP 2458 380 B1", "US 7654 321 B2", "12345.0067-US-2004-011130", "XYZ_US11205304B2", "0US7654321B2"],
    ],
)  # fmt: skip
@pytest.mark.parametrize("text", ["{}", "Please look at {} and tell us what you find."])
def test_a_part_of_something_else_is_not_read(token: str, text: str) -> None:
    """A run of letters, digits and marks of which a part is not understood is not read again inside."""
    assert forms(text.format(token)) == []


@pytest.mark.parametrize(
    "text",
    [
        *["US7654321B2.pdf", "US7654321B2 (1).pdf", "“US7654321B2”", "[US7654321B2]", "US7654321B2.", "US7654321B2[3]"],
        *["US7654321B2¹", "US7654321B2*", "US7654321B2†", "(US7654321B2);", "<US7654321B2>"],
        *["US7654321B2/en", "US7654321B2,"],
        *["US7654321B2-Patent", "C:\\patents\\US7654321B2.pdf", "US7654321B2's", "US7654321B2/B1"],
        *["-US7654321B2-", "=US7654321B2"],
    ],
)  # fmt: skip
def test_harmless_wrappers_are_stripped(text: str) -> None:
    """Brackets, quotes, endings of files, punctuation and footnote marks do not matter."""
    assert forms(text) == ["US7654321B2"]


@pytest.mark.parametrize(
    ("text", "read"),
    [("US7654321B2/EP2458380B1", ["US7654321B2", "EP2458380B1"]), ("US7654321-US7654325", ["US7654321", "US7654325"])],
)
def test_numbers_may_be_joined_if_all_of_them_are_understood(text: str, read: list[str]) -> None:
    """A mark between two whole numbers divides them."""
    assert forms(text) == read


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("https://example.com/files/US11205304B2.pdf", ["US11205304B2"]),
        ("https://example.com/view?pn=US11205304B2&page=2", ["US11205304B2"]),
        ("https://example.com/PCT-US2004011130", []),
        ("https://example.com/files/ABC-US11205304B2.pdf", []),
        ("https://example.com/US7654321B2X", []),
        ("https://doi.org/10.1016/j.cell.2004.011130", []),
    ],
)
def test_a_number_in_an_unknown_address_is_a_part_of_its_own(address: str, read: list[str]) -> None:
    """It stands between slashes or is a parameter; what is joined to something else is not read."""
    assert forms(address) == read


@given(
    st.sampled_from(sorted(DOCUMENTS)),
    st.sampled_from(
        ["", "X", "XY", "ref", "No.", "A-", "PCT/", "PCT-", "WO", "EP", "US", "US-", "DE/", "IN ",
         "EP ", "0", "a/", "(", "«"]
    ),
    st.sampled_from(
        ["", ".pdf", ".docx", "X", "XY", "-US", "/EP", "_1", "-2", " B9X", ")", "»", ".", ",",
         " US", " EP", "-A-", "/x", ".1.2"]
    ),
    st.sampled_from(["{}", "Please see {} for the details of it.", "foo; {}; bar", "{}\t2019-01-02\tGripper"]),
)  # fmt: skip
def test_no_prefix_and_no_suffix_makes_another_document(typed: str, prefix: str, suffix: str, text: str) -> None:
    """The same document, alone or among several to choose from, or refused.

    Digits without an office's code are of the office whose code stands at them: EP 7,654,321 is no US patent.
    """
    assume(typed[0].isalpha() or not any(code in prefix + suffix for code in ("EP", "IN", "DE")))
    wrong = others(text.format(f"{prefix}{typed}{suffix}"), DOCUMENTS[typed])
    assert [number.typed for number in wrong] == []


@pytest.mark.parametrize("typed", DOCUMENTS)
@pytest.mark.parametrize("mark", ["-", ".", "/", "_", " ", "--", " - "])
def test_no_separator_makes_another_document(typed: str, mark: str) -> None:
    """Marks for blanks, and between the code, the number and the kind code."""
    parts = typed.split(" ") if " " in typed else [typed[:2], typed[2:]]
    assert others(mark.join(parts), DOCUMENTS[typed]) == []


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Please see US11205304B2 and 2004-266582", [("US11205304B2", "understood"), ("2004-266582", "ambiguous")]),
        ("2004-266582", [("2004-266582", "ambiguous")]),
        ("2004-0123456", [("2004-0123456", "ambiguous")]),
        ("We looked at 123456789012 and saw nothing there.", [("123456789012", "refused")]),
        ("They cite XX/a/2018/012345 and nothing else here.", [("XX/a/2018/012345", "refused")]),
        ("They hold 7,654,321 shares of that company now.", [("7,654,321", "refused")]),
        ("It is our docket 12345-0067US1 in this case.", [("12345-0067US1", "refused")]),
    ],
)
def test_nothing_that_may_be_a_number_vanishes(text: str, typed: list[tuple[str, str]]) -> None:
    """What has the shape of a number is refused with advice, or asked about, in a sentence too."""
    assert states(text) == typed


def test_a_year_and_a_serial_number_are_japanese_publication_or_application() -> None:
    """Both have this shape (JPO); the user chooses."""
    assert forms("2004-266582") == ["JP2004266582A", "JP2004-266582"]


@pytest.mark.parametrize(
    "thing",
    [
        *["5 January 2015", "Jan. 5, 2015", "2015-01-05", "05.01.2015", "20150105", "2015-01-05T10:11:12+0100"],
        *["+1 202 555 0199", "(571) 272-1000", "571-272-1000", "Tel. 030 1234567", "$7,654,321", "EUR 1.234.567,89"],
        *[
            "7,654,321 euros",
            "35 U.S.C. 102(a)(1)",
            "37 CFR 1.136",
            "MPEP 706.07(f)",
            "550 U.S. 398",
            "127 S. Ct. 1727",
        ],
        *["82 USPQ2d 1385", "835 F.3d 1364", "2019 WL 1234567", "77 FR 27443", "T 1227/05", "IPR2019-01234"],
        *["Appeal No. 2019-001234", "6:20-cv-00123-ADA", "Alexandria, VA 22313-1450", "Wilmington, DE 19801"],
        *["ISBN 978-3-16-148410-0", "10.1016/j.cell.2004.011130", "PMID: 12345678", "CAS No. 7732-18-5", "2004-2010"],
        *[
            "claims 1-20",
            "Fig. 3",
            "col. 4, lines 10-20",
            "paragraph [0012]",
            "Confirmation No. 1234",
            "ab@example.com",
        ],
    ],
)
def test_what_is_no_number_is_passed_over_in_a_sentence(thing: str) -> None:
    """Dates, sums, phone numbers, statutes and citations beside a number are no items, and are never read."""
    text = f"As we told you before about {thing} and more of it, US 7,654,321 is in force."
    assert states(text) == [("US 7,654,321", "understood")]
    assert forms(thing) == []


@pytest.mark.parametrize(
    ("thing", "meaning"),
    [
        ("$7,654,321", "an amount of money"),
        ("+1 202 555 0199", "a phone number"),
        ("2019 WL 1234567", "the citation of a decision"),
        ("USD 1,055,174", "a design is written US D1,055,174"),
        ("Customer No. 0000027777", "somebody else gave"),
        ("Trademark Reg. No. 4,627,367", "the number of a trade mark"),
        ("DE 19801", "a ZIP code"),
    ],
)
def test_what_is_no_number_is_refused_as_what_it_is(thing: str, meaning: str) -> None:
    """Alone in its line it is an item, and the reason says what it looks like."""
    (number,) = parse(thing)
    assert number.standing is Standing.REFUSED
    assert meaning in number.reason


@pytest.mark.parametrize("typed", DOCUMENTS)
def test_each_number_is_found_where_nothing_else_stands(typed: str) -> None:
    """The numbers of these tests are understood alone, in a sentence and in a list."""
    texts = (typed, f"Please look at {typed} for us today.", f"EP1000000B1; {typed}")
    assert [text for text in texts if not found(text, DOCUMENTS[typed])] == []
