"""Japanese numbers by era: every document in the spellings of the office, of databases and of prose.

Authorities. EPO: "Numbering system - Japan" of its Asian patent information (kokai A and U, kokoku B and Y until 1996,
patents from 2,500,001 on 29 May 1996, utility models from 3,000,001 on 26 July 1994, years of the era until 1999). JPO:
forms of gazettes and papers. Reference: the table of forms that the service takes.
"""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.numbers import Number, NumberKind, Standing, parse
from components.numbers.doubles import comparison_form

KOKAI, KOKOKU = NumberKind.JP_KOKAI, NumberKind.JP_KOKOKU
PATENT, APPLICATION = NumberKind.JP_PATENT, NumberKind.JP_APPLICATION
UTILITY, DESIGN = NumberKind.JP_UTILITY, NumberKind.JP_DESIGN

UNDERSTOOD = [
    # Unexamined publications: Showa 63 is 1988, Heisei 11 is 1999 (EPO).
    ("JP63123456A", KOKAI, "JP1988123456A"),
    ("JP63123456-A", KOKAI, "JP1988123456A"),
    ("JP0063123456A", KOKAI, "JP1988123456A"),
    ("JP000063123456A", KOKAI, "JP1988123456A"),
    ("JP63123456A2", KOKAI, "JP1988123456A"),
    ("JP 63123456 A", KOKAI, "JP1988123456A"),
    ("JP 363123456 A", KOKAI, "JP1988123456A"),
    ("JP 63-123456 A", KOKAI, "JP1988123456A"),
    ("JPS63123456A", KOKAI, "JP1988123456A"),
    ("JPS63-123456A", KOKAI, "JP1988123456A"),
    ("JP000S63123456A", KOKAI, "JP1988123456A"),
    ("JP-A-63-123456", KOKAI, "JP1988123456A"),
    ("JPA 63-123456", KOKAI, "JP1988123456A"),
    ("JP-A-S63-123456", KOKAI, "JP1988123456A"),
    ("JP Sho 63-123456 A", KOKAI, "JP1988123456A"),
    ("JP S63-123456 A1", KOKAI, "JP1988123456A"),
    ("特開昭63-123456", KOKAI, "JP1988123456A"),
    ("特開昭63-123456号公報", KOKAI, "JP1988123456A"),
    ("昭和63年特許出願公開第123456号", KOKAI, "JP1988123456A"),
    ("特許出願公開 昭63-123456", KOKAI, "JP1988123456A"),
    ("Tokkai Sho 63-123456", KOKAI, "JP1988123456A"),
    ("Tokkaisho 63-123456", KOKAI, "JP1988123456A"),
    ("JPS6312345A", KOKAI, "JP1988012345A"),
    ("JP8179521A", KOKAI, "JP1996179521A"),
    ("JP08179521A", KOKAI, "JP1996179521A"),
    ("JP11068462A", KOKAI, "JP1999068462A"),
    ("JP11068462-A", KOKAI, "JP1999068462A"),
    ("JP 411068462 A", KOKAI, "JP1999068462A"),
    ("JP 11068462 A 19990312", KOKAI, "JP1999068462A"),
    ("JPH1168462A", KOKAI, "JP1999068462A"),
    ("JPH11068462A", KOKAI, "JP1999068462A"),
    ("JPH1168462", KOKAI, "JP1999068462A"),
    ("JP-H11-068462", KOKAI, "JP1999068462A"),
    ("特開平１１－６８４６２号公報", KOKAI, "JP1999068462A"),
    ("特開平11－068462", KOKAI, "JP1999068462A"),
    ("Tokkai Hei 11-68462", KOKAI, "JP1999068462A"),
    ("Tokkaihei 11-068462", KOKAI, "JP1999068462A"),
    ("Japanese Patent Laid-Open No. Hei 11-68462", KOKAI, "JP1999068462A"),
    ("JPH3123456A", KOKAI, "JP1991123456A"),
    ("特開平元-12345", KOKAI, "JP1989012345A"),
    ("特開昭64-12345", KOKAI, "JP1989012345A"),
    ("JP2004266582A", KOKAI, "JP2004266582A"),
    ("JP002004266582A", KOKAI, "JP2004266582A"),
    ("JP2004266582-A", KOKAI, "JP2004266582A"),
    ("JP-A-2004-266582", KOKAI, "JP2004266582A"),
    ("JPA2004266582", KOKAI, "JP2004266582A"),
    ("ＪＰ２００４－２６６５８２Ａ", KOKAI, "JP2004266582A"),
    ("特開２００４－２６６５８２", KOKAI, "JP2004266582A"),
    ("公開番号：特開2004-266582", KOKAI, "JP2004266582A"),
    ("公開番号 2004-266582", KOKAI, "JP2004266582A"),
    ("特開平20-123456", KOKAI, "JP2008123456A"),
    ("Japanese Unexamined Patent Application Publication No. 2004-266582", KOKAI, "JP2004266582A"),
    ("日本特开平11-68462", KOKAI, "JP1999068462A"),
    ("特開平11(1999)-68462", KOKAI, "JP1999068462A"),
    ("特開平11-68462号(P1999-068462A)", KOKAI, "JP1999068462A"),
    ("JP H11(1999)-68462 A", KOKAI, "JP1999068462A"),
    ("公開特許公報 平11-68462", KOKAI, "JP1999068462A"),
    ("JP2004 266582 A", KOKAI, "JP2004266582A"),
    # Translations of international applications (kohyo: A, formerly T) and re-publications (A1).
    ("特表2005-512345", KOKAI, "JP2005512345A"),
    ("特表平5-505678", KOKAI, "JP1993505678A"),
    ("JP2005512345T", KOKAI, "JP2005512345A"),
    ("Tokuhyo 2005-512345", KOKAI, "JP2005512345A"),
    ("再表2006/095001", KOKAI, "JPWO2006095001A1"),
    ("再表2006-095001", KOKAI, "JPWO2006095001A1"),
    ("再公表特許第2006/095001号", KOKAI, "JPWO2006095001A1"),
    ("再公表特許 WO2006/095001", KOKAI, "JPWO2006095001A1"),
    ("JPWO2006095001A1", KOKAI, "JPWO2006095001A1"),
    ("再表99/13800", KOKAI, "JPWO1999013800A1"),
    # Examined publications end in 1996 (EPO).
    ("特公平5-12345", KOKOKU, "JP1993012345B2"),
    ("JPH0512345B2", KOKOKU, "JP1993012345B2"),
    ("JPH05-12345 B2", KOKOKU, "JP1993012345B2"),
    ("JP-B-5-12345", KOKOKU, "JP1993012345B2"),
    ("JP-B2-5-12345", KOKOKU, "JP1993012345B2"),
    ("JP5-12345B2", KOKOKU, "JP1993012345B2"),
    ("JP Kokoku Sho 63-12345", KOKOKU, "JP1988012345B2"),
    ("Kokoku Sho 63-12345", KOKOKU, "JP1988012345B2"),
    ("JP63012345B2", KOKOKU, "JP1988012345B2"),
    ("Japanese Examined Patent Publication No. S63-12345", KOKOKU, "JP1988012345B2"),
    ("特許出願公告昭63-12345", KOKOKU, "JP1988012345B2"),
    ("特許公報 平5-12345", KOKOKU, "JP1993012345B2"),
    ("JP2012345B2", KOKOKU, "JP1990012345B2"),
    ("特公昭40-12345", KOKOKU, "JP1965012345B1"),
    # Patents: seven digits, 2,500,001 and later with a gazette (EPO).
    ("特許第4627367号", PATENT, "JP4627367B2"),
    ("特許番号 4627367", PATENT, "JP4627367B2"),
    ("特許第4627367号公報", PATENT, "JP4627367B2"),
    ("特許第４６２７３６７号", PATENT, "JP4627367B2"),
    ("特許第4627367号(P4627367)", PATENT, "JP4627367B2"),
    ("JP 4 627 367 B2", PATENT, "JP4627367B2"),
    ("JP 4.627.367 B2", PATENT, "JP4627367B2"),
    ("JP4627367", PATENT, "JP4627367B2"),
    ("JP7265322", PATENT, "JP7265322B2"),
    ("JP5012345B2", PATENT, "JP5012345B2"),
    ("JP000006768620B2", PATENT, "JP6768620B2"),
    ("JP-B2-2745362", PATENT, "JP2745362B2"),
    ("Japanese Patent No. 5012345", PATENT, "JP5012345B2"),
    ("Japanese Patent No. 4,627,367", PATENT, "JP4627367B2"),
    ("登録番号 第4627367号", PATENT, "JP4627367B2"),
    ("特許第1234567号", PATENT, "JP1234567C"),
    ("JP1234567C", PATENT, "JP1234567C"),
    # Applications; the papers of a file bear years of the era still.
    ("令和2年特許願第123456号", APPLICATION, "JP2020-123456"),
    ("令和２年特許願第１２３４５６号", APPLICATION, "JP2020-123456"),
    ("令和元年特許願第12号", APPLICATION, "JP2019-000012"),
    ("平成11年特許願第123456号", APPLICATION, "JP1999-123456"),
    ("平成十一年特許願第123456号", APPLICATION, "JP1999-123456"),
    ("平成11年 特 許 願 第123456号", APPLICATION, "JP1999-123456"),
    ("平成20年特許願第123456号", APPLICATION, "JP2008-123456"),
    ("昭和63年特許願第123456号", APPLICATION, "JP1988-123456"),
    ("特願2010-001234", APPLICATION, "JP2010-001234"),
    ("特願平11-123456", APPLICATION, "JP1999-123456"),
    ("出願番号：2010-001234", APPLICATION, "JP2010-001234"),
    ("出願番号 特願2010-001234", APPLICATION, "JP2010-001234"),
    ("Tokugan 2010-1234", APPLICATION, "JP2010-001234"),
    ("Japanese Patent Application No. 2010-001234", APPLICATION, "JP2010-001234"),
    ("JP R2-123456", APPLICATION, "JP2020-123456"),
    ("JPR02123456", APPLICATION, "JP2020-123456"),
    ("JP H20-123456", APPLICATION, "JP2008-123456"),
    ("JP20040123456A", APPLICATION, "JP2004-123456"),
    # Utility models and designs (EPO).
    ("実開昭58-12345", UTILITY, "JP1983012345U"),
    ("JPS5812345U", UTILITY, "JP1983012345U"),
    ("JP-U-58-12345", UTILITY, "JP1983012345U"),
    ("Jikkai Sho 58-12345", UTILITY, "JP1983012345U"),
    ("Japanese Utility Model Application Laid-Open No. 58-12345", UTILITY, "JP1983012345U"),
    ("JP-Y2-3-12345", UTILITY, "JP1991012345Y2"),
    ("実公平3-12345", UTILITY, "JP1991012345Y2"),
    ("JPH0312345Y2", UTILITY, "JP1991012345Y2"),
    ("Jitsuko Hei 3-12345", UTILITY, "JP1991012345Y2"),
    ("実用新案登録第3123456号", UTILITY, "JP3123456U"),
    ("登録実用新案第3123456号", UTILITY, "JP3123456U"),
    ("Japanese Utility Model Registration No. 3123456", UTILITY, "JP3123456U"),
    ("JP3123456U", UTILITY, "JP3123456U"),
    ("JP2512345Y2", UTILITY, "JP2512345Y2"),
    ("意匠登録第1747893号", DESIGN, "JP1747893S"),
    ("JP1747893S", DESIGN, "JP1747893S"),
    ("JPD1747893", DESIGN, "JP1747893S"),
    ("JP D1747893", DESIGN, "JP1747893S"),
    ("Japanese Design Registration No. 1747893", DESIGN, "JP1747893S"),
]

AMBIGUOUS = [
    ("JP2004-266582", {"JP2004266582A", "JP2004-266582"}),
    ("特許2004-123456", {"JP2004123456A", "JP2004-123456"}),
    # "Patent Publication" is the English for 特公 as well as for 特開.
    ("Japanese Patent Publication No. 5-12345", {"JP1993012345A", "JP1993012345B2"}),
    # Eight digits without a kind code: a publication of the era's year, or an application.
    ("JP63123456", {"JP1988123456A", "JP1988-123456"}),
    ("JP11068462", {"JP1999068462A", "JP1999-068462"}),
    ("JP05012345", {"JP5012345", "JP1993012345A", "JP1993-012345"}),
    # Seven digits: 2 + 5 of Showa, or 1 + 6 of Heisei.
    ("JP6312345A", {"JP1988012345A", "JP1994312345A"}),
    ("JP5012345A", {"JP1975012345A", "JP1993012345A"}),
    # Seven digits behind 特開 may be those of a patent.
    ("特開4627367", {"JP1971027367A", "JP4627367"}),
    ("JP4627367A", {"JP1971027367A", "JP4627367"}),
    # B alone: a patent, or an examined publication; 05 may be a year, or padding.
    ("JP5012345B", {"JP5012345", "JP1975012345B2", "JP1993012345B2"}),
    ("JP05012345B2", {"JP5012345B2", "JP1993012345B2"}),
    # Both eras had a year 5, and a publication 1234 in it.
    ("JP-B-5-1234", {"JP1930001234", "JP1993001234B2"}),
    ("JPR02123456A", {"JP2020123456A", "JP2020-123456"}),
    # Registers are counted apart: the number alone does not say which.
    ("登録番号 第3123456号", {"JP3123456", "JP3123456U"}),
]

REFUSED = [
    ("商願2020-12345", "trademark"),
    ("商標登録第5012345号", "trademark"),
    ("Japanese Trademark Registration No. 5012345", "trademark"),
    ("不服2020-012345", "trial"),
    ("意願2020-012345", "counted apart"),
    ("実願昭58-12345", "counted apart"),
    ("Japanese Design Application No. 2020-012345", "counted apart"),
    ("Japanese Utility Model Application No. 58-12345", "counted apart"),
    ("Japanese Trademark Application No. 2020-012345", "trademark"),
    ("意匠登録第1747893号の類似1", "similar design"),
    ("特願2010-1234567", "up to six digits"),
    ("特開昭63-1234567", "up to six digits"),
    ("特許第12345678号", "at most seven digits"),
    ("第4627367号", "which office"),
    ("平成32年特許願第1号", "no such year"),
    ("JP H00-12345", "no such year"),
    ("大正11年特許出願第123号", "no year"),
    ("特開昭40-12345", "begin in 1971"),
    ("特公2004-12345", "end in 1996"),
    ("JP2004266582B2", "end in 1996"),
    ("JP-B-2004-266582", "end in 1996"),
    ("JP1512345B2", "below 2,500,001"),
    ("登録実用新案第1012345号", "below 2,500,001"),
    ("JP25000086A", "no year and serial number"),
    ("JP6768620A", "no year and serial number"),
    ("JP-A-63-123456 B2", "contradict"),
    ("JP4627367F", "Kind code F"),
]


def only(text: str) -> Number:
    """Parse a text that must be one item."""
    numbers = parse(text)
    assert len(numbers) == 1, numbers
    return numbers[0]


@pytest.mark.parametrize(("typed", "kind", "asked"), UNDERSTOOD)
def test_a_japanese_form_is_understood(typed: str, kind: NumberKind, asked: str) -> None:
    """Kind and the form asked for first are those of the document that the form names."""
    number = only(typed)
    assert (number.standing, number.typed) == (Standing.UNDERSTOOD, typed)
    assert (number.reading.kind, number.reading.request_forms[0]) == (kind, asked)


@pytest.mark.parametrize(("typed", "forms"), AMBIGUOUS)
def test_a_japanese_form_with_several_meanings_is_asked_about(typed: str, forms: set[str]) -> None:
    """All documents that the form can name are offered, and the reason asks to choose."""
    number = only(typed)
    assert number.standing is Standing.AMBIGUOUS
    assert {reading.normalised for reading in number.readings} == forms
    assert "choose one" in number.reason


@pytest.mark.parametrize(("typed", "words"), REFUSED)
def test_a_japanese_form_is_refused_with_its_true_reason(typed: str, words: str) -> None:
    """The reason names what is wrong with this number, not its form in general."""
    number = only(typed)
    assert (number.standing, number.readings) == (Standing.REFUSED, ())
    assert words in number.reason


@pytest.mark.parametrize("typed", ["国際公開第2006/095001号", "国際公開WO2006/095001", "国際公開番号 WO 2006/095001"])
def test_an_international_publication_in_japanese_words_is_the_wo_publication(typed: str) -> None:
    """国際公開 is the publication of the international application, not its Japanese re-publication."""
    assert only(typed).reading.request_forms[0] == "WO2006095001A1"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("JP63123456A", "JP S63-123456 A"),
        ("特開平11-68462", "JP H11-068462 A"),
        ("特公平5-12345", "JP H05-012345 B2"),
        ("特開昭64-12345", "JP 1989-012345 A"),
        ("特開2004-266582", "JP 2004-266582 A"),
        ("令和2年特許願第123456号", "JP 2020-123456"),
        ("特許第4627367号", "JP 4627367"),
    ],
)
def test_a_publication_is_shown_with_the_year_that_it_bears(typed: str, shown: str) -> None:
    """Until 1999 the year of the era; of 1989, which was Showa 64 and Heisei 1, the Western year."""
    assert only(typed).reading.display_form == shown


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("米国特許第7654321号", "US7654321B2"),
        ("米国特許第7,654,321号明細書", "US7654321B2"),
        ("米国特許出願公開第2015/0123456号明細書", "US20150123456A1"),
        ("米国特許出願第14/706,838号", "US14/706838"),
        ("US特許第7654321号", "US7654321B2"),
        ("欧州特許第2458380号", "EP2458380B1"),
        ("独国特許出願公開第3106419号", "DE3106419A1"),
        ("ドイツ特許第3106419号", "DE3106419A1"),
        ("韓国特許第10-1234567号", "KR101234567B1"),
        ("英国特許第1234567号", "GB1234567A"),
        ("日本国特許第4627367号", "JP4627367B2"),
        ("日本特許第4627367号", "JP4627367B2"),
    ],
)
def test_a_country_in_japanese_names_the_office(typed: str, asked: str) -> None:
    """特許 is the word for a patent of any country: what stands before it says which."""
    assert only(typed).reading.request_forms[0] == asked


@pytest.mark.parametrize("typed", ["スイス国特許第1234567号", "スウェーデン特許第4627367号"])
def test_a_patent_of_a_country_that_is_not_known_is_never_a_japanese_one(typed: str) -> None:
    """It is refused, and the reason asks for the code of the office."""
    number = only(typed)
    assert (number.standing, number.readings) == (Standing.REFUSED, ())
    assert "country" in number.reason


def test_numbers_stand_in_japanese_prose() -> None:
    """Each number of a sentence is found, and the words between are not read."""
    numbers = parse("特開平11-68462号公報及び特許第4627367号公報、令和2年特許願第123456号に記載。")
    assert [number.reading.request_forms[0] for number in numbers] == ["JP1999068462A", "JP4627367B2", "JP2020-123456"]


@pytest.mark.parametrize(
    "pair",
    [
        ("JPS6312345A", "JPS6312345U"),
        ("JPS6312345A", "JPS6312345B2"),
        ("JPS6312345U", "JPS6312345Y2"),
        ("JP3123456U", "JP3123456B2"),
        ("JP1747893S", "JP1747893C"),
    ],
)
def test_documents_that_are_counted_apart_are_no_doubles(pair: tuple[str, str]) -> None:
    """The same digits are another document of another file."""
    first, second = (only(typed).reading for typed in pair)
    assert comparison_form(first) != comparison_form(second)
    assert [number.standing for number in parse("\n".join(pair))] == [Standing.UNDERSTOOD] * 2


@pytest.mark.parametrize(
    "text",
    [
        "平成11年12月31日",
        "出願日 平成11年3月5日",
        "登録日 平成20年1月1日",
        "令和2年(ワ)第12345号",
        "平成11年(行ケ)第10368号",
        "昭和63年法律第12345号",
        "昭和63年特許願第12万号",
        "特許法第29条第1項第3号",
        "実用新案法第3条",
        "登録 2004年",
    ],
)
def test_dates_laws_and_courts_are_no_japanese_numbers(text: str) -> None:
    """They stand in the same papers, with the same signs."""
    assert [number for number in parse(text) if number.readings] == []


def test_a_code_before_japanese_words_of_the_office_does_not_make_another_document() -> None:
    """特開 is the Japanese office's own word, whatever stands before it."""
    assert only("US 特開2004-266582").reading.normalised == "JP2004266582A"


def test_a_second_number_in_brackets_is_not_lost() -> None:
    """Only the same number once more is passed over."""
    texts = [number.typed for number in parse("特開平11-68462号(P2004-123456A)")]
    assert texts[0] == "特開平11-68462号"
    assert len(texts) == 2


@given(st.integers(1971, 1999), st.integers(1, 399_999))
def test_an_unexamined_publication_has_one_form(year: int, serial: int) -> None:
    """Signs, letters, romanised words, padding and full width: the same publication."""
    letter, sign, word, value = ("H", "平", "Hei", year - 1988) if year > 1988 else ("S", "昭", "Sho", year - 1925)
    forms = [
        f"JP{letter}{value:02}{serial:06}A",
        f"JP{value:02}{serial:06}A",
        f"JP{value:02}{serial:06}-A",
        f"JP00{value:02}{serial:06}A",
        f"JP {letter}{value:02}-{serial:06} A",
        f"JP-A-{value}-{serial}",
        f"JP-A-{letter}{value}-{serial}",
        f"JPA {value}-{serial}",
        f"JP{year}{serial:06}A",
        f"JP00{year}{serial:06}A",
        f"特開{sign}{value}-{serial}",
        f"特開{sign}{value:02}-{serial:06}号公報",
        f"Tokkai {word} {value}-{serial}",
        f"Tokkai{word.lower()} {value:02}-{serial:06}",
        f"Japanese Unexamined Patent Publication No. {letter}{value}-{serial}",
    ]
    forms += ["".join(chr(ord(sign) + 0xFEE0) if "!" <= sign <= "~" else sign for sign in forms[0])]
    assert {only(form).reading.normalised for form in forms} == {f"JP{year}{serial:06}A"}


@given(st.integers(1946, 2026), st.integers(1, 599_999))
def test_an_application_has_one_form(year: int, serial: int) -> None:
    """As the office writes it, and as its papers do, in the years of all eras."""
    era, value = (
        ("令和", year - 2018) if year > 2019 else ("平成", year - 1988) if year > 1988 else ("昭和", year - 1925)
    )
    forms = [
        f"{era}{value}年特許願第{serial}号",
        f"{era}{value}年特許願第{serial:06}号",
        f"特願{era[0]}{value}-{serial}",
        f"特願{year}-{serial:06}",
        f"JP application {year}-{serial}",
        f"JP{year}0{serial:06}",
    ]
    assert {only(form).reading.normalised for form in forms} == {f"JP{year}-{serial:06}"}


@given(st.integers(7, 10), st.data(), st.sampled_from(["", "A", "B", "B1", "B2", "U", "Y2", "S", "C", "T"]))
def test_digits_without_separators_never_name_a_document_in_silence(width: int, data: st.DataObject, kind: str) -> None:
    """Seven to ten digits behind JP are one document whose digits they show, are asked about, or are refused."""
    digits = data.draw(st.from_regex(rf"[0-9]{{{width}}}", fullmatch=True).filter(lambda text: int(text) > 0))
    for number in parse(f"JP{digits}{kind}"):
        for reading in number.readings:
            shown = reading.normalised[2:].replace("-", "")
            shown = re.sub(r"[A-Z]\d?$", "", shown)
            assert digits.lstrip("0").endswith(shown[4:].lstrip("0") if len(shown) == 10 else shown)
