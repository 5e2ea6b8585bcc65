"""Several offices on one axis: comparable events in one lane and one colour, each with its office's own words."""

import pytest

from components.charts.theme import category_styles
from components.prosecution import Tables
from components.prosecution.papers.classification import classification_of
from tests.charts.figures import draw, hover

FIRST = "US14/412875"
EUROPEAN, JAPANESE = "EP99203729", "JP2017-187096"


@pytest.mark.parametrize(
    "papers",
    [
        [("US", "CTNF", ""), ("EP", "2001", ""), ("JP", "A131", "")],
        [("US", "A...", ""), ("EP", "EXRE3", ""), ("JP", "A53", "")],
        [("US", "CTFR", ""), ("EP", "", "Decision to refuse the application (Examining Division)"), ("JP", "A02", "")],
        [("US", "NOA", ""), ("EP", "2004", ""), ("JP", "A01", "")],
        [("US", "ISSUE.NTF", ""), ("EP", "2006A", ""), ("JP", "R150", "")],
        [("US", "EXIN", ""), ("EP", "2036", ""), ("JP", "A971015", "")],
        [("US", "N/AP", ""), ("EP", "", "Notice of appeal"), ("JP", "C60", "")],
        [("EP", "1503", ""), ("JP", "A971007", "")],
        [("US", "IFEE", ""), ("JP", "R100", "")],
    ],
    ids=["action", "reply", "refusal", "allowance", "grant", "interview", "appeal", "search", "fee"],
)
def test_comparable_papers_have_one_lane_and_one_colour(papers: list[tuple[str, str, str]]) -> None:
    """What the papers are was taken from the offices' own names of their codes."""
    style_of = {style.name: style for style in category_styles()}
    styles = [style_of[classification_of(*paper).category.table_name] for paper in papers]
    assert len({(style.lane, style.light, style.dark) for style in styles}) == 1


def test_the_hover_has_the_words_of_the_office_beside_the_category(real_tables: Tables) -> None:
    """As each list has them: the EPO's intention to grant and the JPO's decision are shown as allowances."""
    figure = draw(real_tables, FIRST, EUROPEAN, JAPANESE)
    assert hover(figure, "20020423-2004-1")[:2] == [
        "<b>Allowance</b> · 2002-04-23",
        "Communication about intention to grant a European patent (2004)",
    ]
    assert hover(figure, "20200901-A01-1")[:2] == [
        "<b>Allowance</b> · 2020-09-01",
        "Decision to Grant a Patent (TRANSLATED) (A01)",
    ]
    assert hover(figure, "20200427-NOA-1")[1] == "Notice of Allowance and Fees Due (PTOL-85) (NOA)"
