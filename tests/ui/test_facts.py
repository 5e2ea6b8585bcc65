"""The headline facts: milestones, days of each side, counts, and which words are in sight and which are folded."""

import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from components.prosecution import Tables, open_periods, read_histories
from components.store import Headline
from components.ui.facts_table import facts_columns, facts_table
from components.ui.review.measures import counts_markdown, days_html, days_markdown
from components.ui.review.milestones import dated_milestones, duration_in_words, milestones_html
from components.ui.review.summary import HistoryInWords, draw_findings, draw_summaries
from tests.prosecution import conftest as real
from tests.prosecution.conftest import Paper, make_history

data, index, real_histories, real_tables = real.data, real.index, real.real_histories, real.real_tables


class Drawn(HTMLParser):
    """What a browser makes of a piece of HTML: its texts, its parts with their attributes."""

    def __init__(self, html: str) -> None:
        """Read it."""
        super().__init__()
        self.texts: list[str] = []
        self.parts: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the attributes of a part."""
        self.parts.append({"tag": tag, **dict(attrs)})

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.texts.append(data)

    def styles(self, name: str) -> list[str]:
        """The values of a style, part by part."""
        found = (re.search(rf"(?:^|;){name}:([^;]+)", str(part.get("style", ""))) for part in self.parts)
        return [match.group(1) for match in found if match]


def facts_of(tables: Tables, history: str) -> pd.Series:
    """The headline facts of a history."""
    return tables.histories[tables.histories["history"] == history].iloc[0]


def contrast(first: str, second: str) -> float:
    """The contrast of two colours as WCAG 2 defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "0 days"), (1, "1 day"), (60, "60 days"), (61, "2.0 months"), (659, "21.7 months"), (2053, "5.6 years")],
)
def test_a_time_is_said_in_the_unit_that_fits(days: int, words: str) -> None:
    """Days up to two months, months up to four years, then years."""
    assert duration_in_words(days) == words


def test_milestones_stand_in_one_line_with_the_time_between_them(real_tables: Tables) -> None:
    """US14/412,875: filed, first action, allowed and issue notification, with the dates of its list."""
    drawn = Drawn(milestones_html(dated_milestones(facts_of(real_tables, "US14/412875"))))
    assert drawn.texts == [
        "Filed", "5 Jan 2015", "21.7 months", "First action", "25 Oct 2016", "42.1 months", "Allowed", "27 Apr 2020",
        "3.7 months", "Issue notification", "19 Aug 2020",
    ]  # fmt: skip
    assert [part.get("role") for part in drawn.parts if part.get("role")] == ["list", *["listitem"] * 4]


def test_milestones_of_one_day_are_one(real_tables: Tables) -> None:
    """US17/248,024 was allowed at the first action, US15/123,456 was abandoned and never allowed."""
    labels = [label for label, _ in dated_milestones(facts_of(real_tables, "US17/248024"))]
    assert labels == ["Filed", "First action, allowed", "Issue notification"]
    labels = [label for label, _ in dated_milestones(facts_of(real_tables, "US15/123456"))]
    assert labels == ["Filed", "First action", "Notice of abandonment"]
    assert milestones_html([]) == ""


@pytest.mark.parametrize("dark", [False, True])
def test_whose_days_they_were_is_one_bar_told_apart_without_colour(real_tables: Tables, dark: bool) -> None:
    """1,208 and 845 of 2,053 days: two parts of these widths, one filled and one hatched, readable on the ground."""
    facts = facts_of(real_tables, "US14/412875")
    drawn = Drawn(days_html(facts, dark=dark))
    assert drawn.styles("flex") == ["1208 1 0", "845 1 0"]
    assert drawn.parts[0]["role"] == "img"
    assert drawn.parts[0]["aria-label"] == "1,208 days with the Office, 845 days with the applicant"
    filled, hatched = drawn.styles("background")
    assert hatched.startswith("repeating-linear-gradient")
    ground = "#12171e" if dark else "#ffffff"
    for colour in (filled, re.findall(r"#[0-9a-f]{6}", hatched)[0]):
        assert contrast(colour, ground) >= 4.5
    words = days_markdown(facts).replace("*", "")
    assert words == "■ 1,208 days with the Office (59 %) · ▨ 845 with the applicant (41 %)"


def test_without_a_filing_nobody_has_days(real_tables: Tables) -> None:
    """No bar and no words stand where the pendency is not known."""
    facts = facts_of(real_tables, "US14/412875").copy()
    for column in ("pendency_days", "office_days", "applicant_days"):
        facts[column] = pd.NA
    assert (days_html(facts, dark=False), days_markdown(facts)) == ("", "")


def test_counts_stand_in_one_row(real_tables: Tables) -> None:
    """With thousands separators, one or many, and no pages where the office counts none."""
    words = counts_markdown(facts_of(real_tables, "US14/412875")).replace("*", "")
    assert words.startswith("4 Office actions · 2 finals · 1 RCE · 1 interview · 3 IDSs · 0 appeals")
    assert words.endswith("184 documents · 1,050 pages")
    assert counts_markdown(facts_of(real_tables, "JP2017-187096")).endswith("**24** documents")


def story(sentences: int, findings: int = 0) -> HistoryInWords:
    """A story of so many sentences and findings."""
    return HistoryInWords(
        tuple(f"Sentence {number}" for number in range(1, sentences + 1)),
        tuple(f"Finding {number}" for number in range(1, findings + 1)),
        (),
    )


def drawn_by(function: object, *arguments: object, **named: object) -> AppTest:
    """Run a part of a page by itself."""

    def script(function, arguments, named) -> None:  # type: ignore[no-untyped-def]
        function(*arguments, **named)

    kwargs = {"function": function, "arguments": arguments, "named": named}
    app = AppTest.from_function(script, kwargs=kwargs).run()
    assert not app.exception
    return app


def test_a_summary_is_one_numbered_list_whatever_its_length() -> None:
    """Nothing is left out or folded."""
    app = drawn_by(draw_summaries, {"US 1": story(20)})
    assert [element.value.splitlines() for element in app.markdown] == [
        [f"{number}. Sentence {number}" for number in range(1, 21)]
    ]


def test_summaries_of_several_stand_under_their_titles() -> None:
    """Each under its own, and a file without sentences says so."""
    app = drawn_by(draw_summaries, {"US 1": story(3), "US 2": story(0)})
    assert [element.value for element in app.markdown] == [
        "**US 1**", "1. Sentence 1\n2. Sentence 2\n3. Sentence 3", "**US 2**", "Nothing is listed.",
    ]  # fmt: skip


def test_a_complete_list_says_so() -> None:
    """How much is held, and that nothing missing was noticed; without that number nothing is claimed of it."""
    app = drawn_by(draw_findings, {"US 1": story(1)}, listed="98 of 98 documents")
    assert [element.value for element in app.caption] == [":material/check: 98 of 98 documents"]
    assert [element.value for element in app.markdown] == ["Nothing missing was noticed."]
    assert not drawn_by(draw_findings, {"US 1": story(1)}).caption


def test_every_finding_is_a_line() -> None:
    """All of them, and those of several files under their titles."""
    app = drawn_by(draw_findings, {"US 1": story(1, findings=6)}, listed="98 of 98 documents")
    assert [element.value.splitlines() for element in app.markdown] == [
        [f"- Finding {number}" for number in range(1, 7)]
    ]
    several = drawn_by(draw_findings, {"US 1": story(1, findings=1), "US 2": story(1, findings=1)})
    assert [element.value for element in several.markdown] == ["- **US 1**: Finding 1\n- **US 2**: Finding 1"]


def test_the_table_of_several_begins_with_what_matters_most(real_tables: Tables) -> None:
    """Number, status and dates first; the Office's share in percent is that of the days."""
    facts = real_tables.histories
    row = facts[facts["history"] == "US14/412875"].iloc[0]
    line = Headline(
        key="US14/412875", patent_number="US10765880B2", apno="US14/412875", patent_id="", documents_held=184,
        documents_reported=184, complete=True, retrieved=datetime(2025, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    due = open_periods(real_tables.rounds, date(2026, 11, 26))
    table = facts_table((line,), facts, due, groups={"US14/412875": "Widgets"})
    assert list(table.columns[:7]) == [
        "Patent", "Group", "Status", "Next due", "Interviews before allowance", "Filed", "Allowed",
    ]  # fmt: skip
    assert table["Group"].tolist() == ["Widgets"]
    # Its interview summary is of 27 Apr 2020, as is its notice of allowance; it was granted, so that nothing is due.
    assert table["Interviews before allowance"].tolist() == [1]
    assert table["Next due"].isna().all()
    assert table["Office's share"].tolist() == [round(100 * row["office_days"] / row["pendency_days"])] == [59]
    assert set(facts_columns(facts)) - {"What is due"} <= set(table.columns)


def test_the_table_says_what_is_due_next_and_can_be_sorted_by_it() -> None:
    """Dates are dates and counts are numbers, so that a click on the heading sorts them as such."""
    files: list[tuple[str, list[Paper]]] = [
        ("US18/400001", [(20220110, "SPEC"), (20220110, "CLM"), (20240710, "CTNF")]),
        ("US18/400002", [(20220110, "SPEC"), (20220110, "CLM"), (20240105, "CTFR")]),
        ("US18/400003", [(20220110, "SPEC"), (20220110, "CLM"), (20240705, "CTNF"), (20240801, "EXIN")]),
        ("US18/400004", [(20220110, "SPEC"), (20220110, "CLM"), (20240105, "ABN")]),
    ]
    tables = read_histories([make_history(papers, apno=apno) for apno, papers in files])
    lines = tuple(
        Headline(
            key=apno, patent_number="", apno=apno, patent_id="", documents_held=3, documents_reported=3, complete=True,
            retrieved=datetime(2024, 10, 1, tzinfo=UTC),
        )
        for apno, _ in files
    )  # fmt: skip
    table = facts_table(lines, tables.histories, open_periods(tables.rounds, date(2024, 10, 8)))
    # 5 Oct 2024 was a Saturday, so that the third reply was due on Monday the 7th; 5 Jan 2025 is a Sunday.
    assert [None if pd.isna(day) else day.date() for day in table["Next due"]] == [
        date(2024, 10, 10), date(2024, 7, 5), date(2025, 1, 6), None,
    ]  # fmt: skip
    assert table["What is due"].tolist() == ["Reply", "Reply, passed", "Reply, extended", ""]
    # The last was abandoned without an allowance: nothing came before one.
    assert table["Interviews before allowance"].tolist()[:3] == [0, 0, 1]
    assert pd.isna(table["Interviews before allowance"].iloc[3])
    assert pd.api.types.is_datetime64_any_dtype(table["Next due"])
    assert pd.api.types.is_integer_dtype(table["Interviews before allowance"])
