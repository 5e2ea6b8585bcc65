"""Words are not the codes of offices: common words, and an attorney's, before and behind numbers of every office."""

import pytest

from components.numbers import Standing, parse
from tests.numbers.never_another import DOCUMENTS, found, others

ENGLISH = """the of and to in a is that for it as was with be by on not he his but at are this have from or had an they
which one you were her all she there would their we him been has when who will more no if out so said what up its about
into than them can only other new some could time these two may then do first any my now such like our over man me even
most made after also did many before must through back years where much your way well down should because each just"""
GERMAN = """der die das und in den von zu mit sich auf für ist im dem nicht ein eine als auch es an werden aus er hat
dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch
man sein wurde sei hatte kann gegen vom können schon wenn habe seine ihre dann unter wir soll ich eines jahr zwei jahren
diese dieser wieder keine seiner worden will zwischen immer was sagte wo gibt alle seit muss doch jetzt drei neue"""
FRENCH = """de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont ou avec son s
aux d cette mais on comme ont ses été être fait elle ces deux même n y je sa c tout nous avait leur si bien peut entre
sans fois vous après autres encore leurs ans était là très aussi non puis année moi temps donc depuis pays dont où sous
jour ma mon me moins part te tu lui eu es ai as va vu lu ça ca"""
ATTORNEYS = [
    *["claims 1-20 of", "Fig. 3 of", "Figs. 1-3,", "ref", "Ref.", "cf.", "see", "See", "SEE"],
    *["the", "In re", "re", "Re:"],
    *["col. 4, lines 10-20 of", "paragraph [0012] of", "page 5,", "pp.", "v.", "et al.", "id."],
    *["Id.", "supra", "note 3,"],
    *["35 U.S.C. 102(a)(1)", "37 CFR 1.136", "550 U.S. 398,", "127 S. Ct. 1727,", "82 USPQ2d 1385,", "835 F.3d 1364,"],
    *["2019-08-31", "31 Aug 2018,", "Jan. 5, 2015:", "12/31/2015", "20190831", "10:11:12", "2019"],
    *["+1 202 555 0199,", "(571) 272-1000,", "$7,654,320,", "EUR 1.234.567,89,", "Alexandria, VA 22313-1450,"],
    *["our docket 12345-0067US1,", "P12345US01", "Confirmation No. 1234,", "Customer No. 23373,"],
    *["Dr.", "Mr.", "nr.", "ca."],
]  # fmt: skip
WORDS = sorted({form for word in f"{ENGLISH} {GERMAN} {FRENCH}".split() for form in (word, word.upper(), word.title())})

_LIKE_CODES = [word for word in WORDS if len(word) <= 2]
_LONGER = [word for word in WORDS if len(word) > 2]
_EVERY = 7
"""Each longer word is tried with every seventh number, the next word with the next numbers."""


def words_for(typed: str) -> list[str]:
    """Return the words to try with a number: all that may be the code of an office, and its share of the others."""
    return [*_LIKE_CODES, *ATTORNEYS, *_LONGER[list(DOCUMENTS).index(typed) % _EVERY :: _EVERY]]


@pytest.mark.parametrize("typed", DOCUMENTS)
def test_no_word_makes_another_document_of_a_number(typed: str) -> None:
    """Alone in a line and in a sentence, before and behind: it is the same document, asked about, or refused.

    A capital C that ends the line is the kind code of a certificate.
    """
    wrong = [
        text
        for word in words_for(typed)
        for text in (
            f"{word} {typed}",
            f"{typed} {word}",
            f"as we said above {word} {typed} is cited",
            f"as we said above {typed} {word} is cited",
        )
        if others(text, DOCUMENTS[typed]) and not (word == "C" and text.endswith(" C"))
    ]
    assert wrong == []


@pytest.mark.parametrize("typed", DOCUMENTS)
def test_no_common_word_in_a_sentence_loses_a_number(typed: str) -> None:
    """A sentence with the number gives the number, whatever small word stands beside it."""
    words = [word for word in words_for(typed) if word in WORDS and word.islower() and word not in ("ne", "no")]
    sentences = [f"as we said above {word} {typed} is cited" for word in words]
    assert [text for text in sentences if not found(text, DOCUMENTS[typed])] == []


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("in 7,654,321", {"US7654321"}),
        ("at 7,654,321", {"US7654321"}),
        ("the 7,654,321 patent", {"US7654321"}),
        ("see 7,654,321", {"US7654321"}),
        ("de 7,654,321", {"US7654321"}),
        ("no 7,654,321", {"US7654321"}),
        ("des 7,654,321", {"US7654321"}),
        ("Re 7,654,321", {"US7654321"}),
        ("The claims in 7,654,321 are broader than those at issue.", {"US7654321"}),
        # a code in capitals before a number as the USPTO writes it: both
        ("IN 7,654,321", {"US7654321", "IN7654321"}),
        ("NO 7654321", {"US7654321", "NO7654321"}),
        ("7,654,321 DE", {"US7654321", "DE7654321"}),
        ("LE BREVET DE 7654321", {"US7654321", "DE7654321"}),
        ("AT 7,654,321", {"US7654321", "AT7654321"}),
        ("BE 7,654,321", {"US7654321", "BE7654321"}),
        ("DE 7,654,321", {"US7654321", "DE7654321"}),  # no German patent, and utility models bear a U
        ("as it may BE 1,012,345 in all", {"US1012345A", "BE1012345"}),
        # capitals, a blank and digits that this office has given
        ("CA 2,467,000", {"CA2467000"}),
        ("CA 2,123,456", {"CA2123456"}),
        ("DE 3,106,419", {"DE3106419"}),
        ("ES 2,123,456", {"ES2123456"}),
        ("SU 1,234,567", {"SU1234567"}),
        ("IT 1,234,567", {"IT1234567"}),
        ("IT 1234567", {"IT1234567"}),
        ("BE 1,012,345", {"BE1012345"}),
        ("BE 1012345", {"BE1012345"}),
        ("NO 331,234", {"NO331234"}),
        ("as cited in CA 2,467,000 and DE 3,106,419 too", {"CA2467000", "DE3106419"}),
        ("JPA 2004-266582", {"JP2004266582A"}),
        ("RU 2 345 678", {"RU2345678"}),
        ("RU 2,345,678", {"RU2345678"}),
        ("RU2,345,678", {"RU2345678"}),
        # the word for number behind a code
        ("EP no 2458380", {"EP2458380"}),
        ("EP n° 2458380", {"EP2458380"}),
        ("EP nr 2458380", {"EP2458380"}),
        ("EP NO 2458380", {"EP2458380"}),
        ("FR n° 2901234", {"FR2901234"}),
        ("DE no 3106419", {"DE3106419"}),
        ("JP no 4627367", {"JP4627367"}),
        ("WO no 2006/095001", {"WO2006095001"}),
        ("see EP no 2458380 here and there", {"EP2458380"}),
        ("in no 7,654,321", {"US7654321"}),
        ("in n° 7,654,321", {"US7654321"}),
        ("ep no 2458380", {"EP2458380"}),
        ("as at NO 331234 B1", {"NO331234B1"}),
        ("IN NO. 7,654,321", {"US7654321", "IN7654321"}),
        ("DOCUMENT NO: 7654321", {"US7654321", "NO7654321"}),
        # abbreviations of words in small letters
        ("cl. 7,654,321", {"US7654321", "CL7654321"}),
        ("ch. 7,654,321", {"US7654321", "CH7654321"}),
        ("ep 2,458,380", {"EP2458380"}),
        ("gb 2,413,271", {"GB2413271"}),
        # a verb or a preposition stands behind a kind code, not behind an article
        ("as JP 2004-266582 A discloses in it", {"JP2004266582A"}),
        ("the disclosure of GB 2413271 A and others", {"GB2413271A"}),
        ("O JP 2004266582 A 09-2004 JP Canon", {"JP2004266582A"}),  # form PTO-892
        ("IB2007/051010", {"PCT/IB2007/051010"}),
        ("KR2010/001234", {"KR1020100001234A", "PCT/KR2010/001234"}),
        ("MX 2010/001234", {"MX/a/2010/001234", "PCT/MX2010/001234"}),
        ("MX 2010/001234 A", {"MX2010001234A"}),
        ("KR 1027501140000", {"KR102750114B1"}),  # 10-2750114-0000 in KIPRIS
        # the form of WO numbers, also behind words in capitals
        ("FOREIGN PATENT DOCUMENTS WO 2006/095001 A1", {"WO2006095001A1"}),
        ("REFERENCES: WO 2006/095001", {"WO2006095001"}),
        # the usual forms of an office
        ("GB 2 413 271 A", {"GB2413271A"}),
        ("EP 2 458 380 B1", {"EP2458380B1"}),
        ("ca2467000a1", {"CA2467000A1"}),
        ("DE 3106419 A1", {"DE3106419A1"}),
        ("AT 394710 B", {"AT394710B"}),
        ("Siehe die DE 31 06 419 A1 und mehr dazu.", {"DE3106419A1"}),
        # a field of its own
        ("US\t7,654,321\tB2", {"US7654321B2"}),
        ("EP;2458380;B1", {"EP2458380B1"}),
        ("EP,2458380,B1", {"EP2458380B1"}),
        ("EP | 2458380 | B1", {"EP2458380B1"}),
        ("EP2458380\tB1", {"EP2458380B1"}),
        ("EP, B1, 2458380", {"EP2458380B1"}),
        ("EP;B1;2458380", {"EP2458380B1"}),
        ("US,B2,7654321", {"US7654321B2"}),
        ("IN\t7,654,321", {"IN7654321"}),
        ("JP\t2004-266582\tA", {"JP2004266582A"}),
        ("D\t1,055,174", {"USD1055174"}),
        # the country of the row may be the applicant's
        ("2458380\tGripper\tEP", {"US2458380A", "EP2458380"}),
        ("US, EP, 7,654,321", {"US7654321", "EP7654321"}),
    ],
)
def test_a_code_counts_where_it_is_written_as_one(text: str, forms: set[str]) -> None:
    """Capitals joined to the number, a field of a list or table, an office's usual form; never a word."""
    readings = {reading.normalised for number in parse(text) for reading in number.readings}
    assert {form.removesuffix("S1") for form in readings} == forms


def test_an_ambiguous_code_asks_the_user_to_choose() -> None:
    """The reason names what the letters may be."""
    (number,) = parse("IN 7,654,321")
    assert number.standing is Standing.AMBIGUOUS
    assert "“IN” may say its office (India) or not: choose one" in number.reason


@pytest.mark.parametrize(
    "text", ["EP\t13,654,321", "EP 13,654,321", "European patent 13,654,321", "AM 1234567 A", "DE 19801", "QQ1234567"]
)
def test_a_code_with_a_number_it_cannot_have_is_refused(text: str) -> None:
    """The digits are not read without the code, which would be a US document."""
    assert {number.standing for number in parse(text)} == {Standing.REFUSED}
