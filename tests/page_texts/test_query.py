"""What is typed, as a query, and where that stands on a page."""

from datetime import date

import pytest

from components.page_texts import QueryRefused, parse_query, places_in, stands_on, tokens_of
from tests.page_texts.made import words

PAGE = words(
    "Claims 1-19 are re-",
    "jected under 35 U.S.C. 103(a) as being unpatent able over",
    "Murthy (US 2006/0059444 A1) in view ofthe Office's n0tice.",
    "Applicant argues that cla1m 5 is allowed; 10,765,880.",
)


def found(query: str, page=PAGE) -> list[str]:
    """Return the words in which a query is found, place by place; both ways of looking must agree on whether."""
    parsed, tokens = parse_query(query), tokens_of(page)
    places = places_in(parsed, tokens)
    assert stands_on(parsed, " ".join(token.text for token in tokens)) is bool(places)
    runs = [[index for token in tokens[run.start : run.stop] for index in token.words] for run in places]
    return [" ".join(page[index].text for index in dict.fromkeys(run)) for run in runs]


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("rejected", ["re- jected"]),
        ("MURTHY argues", ["Murthy", "argues"]),
        ("murthy nothing", []),
        ('"claims 1-19 are rejected"', ["Claims 1-19 are re- jected"]),
        ("1-19", ["1-19"]),
        ('"35 usc 103"', ["35 U.S.C. 103(a)"]),
        ("103(a)", ["103(a)"]),
        ("102(a)", []),
        ("unpatentable", ["unpatent able"]),
        ('"of the office"', ["ofthe Office's"]),
        ("claim", ["cla1m"]),
        ("notice", ["n0tice."]),
        ("10765880", ["10,765,880."]),
        ("20060059444", ["2006/0059444"]),
        ("us20060059444a1", ["(US 2006/0059444 A1)"]),
        ("reject*", ["re- jected"]),
        ("murt* appl*", ["Murthy", "Applicant"]),
        ('"view of*"', ["view ofthe"]),
        ("claims NEAR/2 rejected", []),
        ("claims NEAR/3 rejected", ["Claims", "re- jected"]),
        ("rejected NEAR/3 claims", ["Claims", "re- jected"]),
        ("claims NEAR Murthy", []),
        ("claims NEAR/100 Murthy", ["Claims", "Murthy"]),
        ("murthy -applicant", []),
        ("murthy -examiner", ["Murthy"]),
        ('murthy -"view of the"', []),
        ('murthy -"of view"', ["Murthy"]),
        ("examiner OR applicant", ["Applicant"]),
        ("examiner OR applicant murthy", ["Murthy", "Applicant"]),
        ("examiner OR board", []),
        ("“in view", ["in view"]),
        ("applicants", []),
        ("near or", []),
        ("argues AND that", ["argues", "that"]),
        ('"argues that that"', []),
        ("5 NEAR 5", []),
    ],
)
def test_a_query_is_found_where_it_stands(query, places):
    """Words, phrases, beginnings, near, without, either; with the slips that engines make."""
    assert found(query) == places


@pytest.mark.parametrize(
    ("query", "places"), [("拒絶", ["拒絶理由通知書"]), ("理由*", ["拒絶理由通知書"]), ("拒理", [])]
)
def test_words_are_found_within_a_sentence_without_blanks(query, places):
    """Japanese, Chinese and Korean."""
    assert found(query, words("拒絶理由通知書", "(特許出願)")) == places


@pytest.mark.parametrize(
    ("typed", "page", "is_found"),
    [
        ("continued", "is con tinued here", True),
        ("claims", "as Claim s 5 and", True),
        ("fall", "they fail to", False),
        ("fail", "they fall to", False),
        ("on", "under one", False),
        ('"claims 1-4"', "claims 14 and", False),
        ("118", "claims 1-18", False),
        ("10765880", "No. 10, 765, 880 of", True),
        ("device", "the devlce of", True),
        ('"prior art of record"', "priorart of record", True),
        ('"prior art of record"', "prlor art of rec ord", False),
    ],
)
def test_one_slip_is_found_and_no_other_word(typed, page, is_found):
    """Short words and short numbers are taken as they stand; a phrase may have one slip of this kind."""
    assert bool(found(typed, words(page))) is is_found


def test_filters_are_read_beside_the_words():
    """Codes in capitals, sides by any spelling, several values, days of months and years."""
    query = parse_query("code:ctnf,CTFR side:office SIDE:third-party round:2 since:2019-02 until:2020 Murthy")
    assert (query.codes, query.sides, query.rounds) == (("CTNF", "CTFR"), ("office", "third party"), (2,))
    assert (query.since, query.until) == (date(2019, 2, 1), date(2020, 12, 31))
    assert parse_query("x until:2020-02").until == date(2020, 2, 29)
    assert parse_query("x since:2019-03-04").since == date(2019, 3, 4)
    assert len(query.wanted) == 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "no word to look for"),
        ("§ * &", "no word to look for"),
        ("code:CTNF", "no word to look for"),
        ('"', "no word to look for"),
        ('"*', "no word to look for"),
        ("-murthy", "Only words to leave out"),
        ("NEAR", "stands between two words"),
        ("claims NEAR", "A word is missing behind NEAR"),
        ("NEAR/5 claims", "stands between two words"),
        ("claims NEAR/999999 rejected", "from 0 to 100"),
        ("claims NEAR/x rejected", "from 0 to 100"),
        ("a NEAR b NEAR c", "two words only"),
        ("OR claims", "stands between two words"),
        ("claims OR", "A word is missing behind OR"),
        ("claims OR NEAR x", "A word is missing behind OR"),
        ("claims OR -x", "before a word to leave out"),
        ("claims OR code:CTNF", "A word is missing behind OR"),
        ("side:examiner x", "no side “examiner”. Type one of side:office"),
        ("round:two x", "“two” is no round. Type a number"),
        ("since:2019-13 x", "“2019-13” is no day. Type a day, a month or a year"),
        ("since:0000 x", "is no day"),
        ("until:2019,2020 x", "is no day"),
        ("code: x", "Nothing stands behind code:"),
        ("*ected", "does not stand at the end"),
        ("re*ed", "does not stand at the end"),
        ("a*", "at least 3 letters before a star"),
        ("word " * 10_000, "longer than 500 characters"),
        ("a " * 33, "more than 32 words"),
    ],
)
def test_what_is_no_query_is_refused_with_what_to_type(typed, told):
    """Each refusal says what is wrong, and how it is typed."""
    with pytest.raises(QueryRefused, match=told):
        parse_query(typed)


@pytest.mark.parametrize("typed", ["sides:office gasket", "date:2021 gasket", "Codes:CTNF gasket"])
def test_what_looks_like_a_filter_and_is_none_is_refused(typed: str) -> None:
    """Taken for a word it would be found nowhere, and look as if the papers did not say it."""
    with pytest.raises(QueryRefused, match=r"There are code:, side:, round:, since: and until:\."):
        parse_query(typed)
