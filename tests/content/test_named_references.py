"""Names, numbers and titles of references, read from invented sentences of the usual forms."""

import pytest

from components.content.rejections.named_references import named_references_in


@pytest.mark.parametrize(
    ("words", "references"),
    [
        ("over Smith (US 7,111,222 B2)", [("Smith", "US 7,111,222 B2")]),
        ("over Smith et al., U.S. Patent No. 7,111,222", [("Smith et al.", "US 7,111,222")]),
        ("by U.S. Pub. 2018/0111222 to Smith et al., (hereinafter Smith)", [("Smith et al.", "US 2018/0111222 A1")]),
        ("over US 2006/0059444 A1 \u2013 hereinafter \u201cMurphy\u201d", [("Murphy", "US 2006/0059444 A1")]),
        ("over Smith (US 2014/9021337 A1)", [("Smith", "US 2014/9021337 A1")]),
        ("over Smith (US 98,104,772 B2) in view of Lee", [("Smith", "US 98,104,772 B2"), ("Lee", "")]),
        ("over Braun (DE 10 2011 004 711 Al)", [("Braun", "DE 10 2011 004 711 A1")]),
        ("over US 7,111,222 (Tanner) in view of Lee", [("Tanner", "US 7,111,222"), ("Lee", "")]),
        ("over Smith in view of Brown and further in view of Green", [("Smith", ""), ("Brown", ""), ("Green", "")]),
        (
            "over Smith as applied to claims 1-5 and 7 above, and further in view of Brown (USPN 7,111,222)",
            [("Smith", ""), ("Brown", "US 7,111,222")],
        ),
        (
            "over AIt (US. Patent Application\nPublication 2007/0036143) and Li",
            [("AIt", "US 2007/0036143 A1"), ("Li", "")],
        ),
        ("by Yates et a] (US 20060184546 A1)", [("Yates et al.", "US 2006/0184546 A1")]),
        (
            "over Adams, (US 7,111,222), and Baker, Jr. (US 7,222,333)",
            [("Adams", "US 7,111,222"), ("Baker", "US 7,222,333")],
        ),
        ("over Fink; Patrick W. et al. US Pub. No. 2014/0188459 (Fink)", [("Fink et al.", "US 2014/0188459 A1")]),
        ("over Japanese Patent Publication No. 2001-123456 (\u201cSato\u201d)", [("Sato", "JP 2001-123456")]),
        (
            "over EP 1 234 567 A1 to Norton in view of KR 10-2010-0012345",
            [("Norton", "EP 1 234 567 A1"), ("", "KR 10-2010-0012345 A")],
        ),
        ("over de la Cruz (US 2011/0002222)", [("de la Cruz", "US 2011/0002222 A1")]),
        (
            "over Applicant's Admitted Prior Art (AAPA) and Official Notice",
            [("Applicant's admitted prior art", ""), ("Official Notice", "")],
        ),
        ("over claims 1-7 of copending Application No. 15/111,222 (reference application)", [("", "15/111,222")]),
        (
            "over Ogden et al as applied to claim 148 above, and further in view of the following comments",
            [("Ogden et al.", "")],
        ),
        ("by Smith, which qualifies as prior art", [("Smith", "")]),
        ('over Dalby (US 2013/8021446 A1, hereinafter "Dalby")', [("Dalby", "US 2013/8021446 A1")]),
        ("over Dalby (US 97,111,222 B2) in view of Frome", [("Dalby", "US 97,111,222 B2"), ("Frome", "")]),
        (
            "over Dalby (US 7,111,222 Bl) and Blau (DE 98 2009 123 456 Al)",
            [("Dalby", "US 7,111,222 B1"), ("Blau", "DE 98 2009 123 456 A1")],
        ),
        ("anticipated by each of Smith (US 7,111,222), and Lee", [("Smith", "US 7,111,222"), ("Lee", "")]),
        ("anticipated by any of Smith, Lee or Brown", [("Smith", ""), ("Lee", ""), ("Brown", "")]),
        ("as being anticipated by Smith (US 7,111,222) under 35 U.S.C. 102(b)", [("Smith", "US 7,111,222")]),
    ],
)
def test_names_and_numbers_are_read_in_their_order(words: str, references: list[tuple[str, str]]) -> None:
    """Whatever stands first."""
    assert [(each.name, each.number) for each in named_references_in(words)] == references


@pytest.mark.parametrize(
    ("words", "references"),
    [
        (
            "over \u201cOn widgets\u201d by MILLER et al. in view of \u201cOn pins\u201d by DAVIS",
            [("MILLER et al.", "On widgets"), ("DAVIS", "On pins")],
        ),
        ("over Miller et al (Journal of Widgets, 2022)", [("Miller et al.", "Journal of Widgets, 2022")]),
        ('over Miller, "On widgets," vol. 3', [("Miller", "On widgets")]),
    ],
)
def test_articles_have_a_title_or_a_journal(words: str, references: list[tuple[str, str]]) -> None:
    """Before the author or behind."""
    assert [(each.name, each.title) for each in named_references_in(words)] == references


def test_what_is_named_as_evidence_only_is_said_so() -> None:
    """The reference behind it is relied on again."""
    found = named_references_in("over Yates (US 7,111,222), as evidenced by Pratt (2014), in view of Lee")
    assert [(each.name, each.is_evidence) for each in found] == [("Yates", False), ("Pratt", True), ("Lee", False)]


def test_no_reference_is_named_where_a_sentence_has_none() -> None:
    """A reason, no reference."""
    assert named_references_in(" because the claimed invention is directed to an abstract idea.") == ()
