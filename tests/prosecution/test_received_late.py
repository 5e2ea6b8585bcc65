"""Answers that came some days after a last day, without an electronic receipt: both readings are told (37 CFR 1.8).

Days were found with a calendar: a period ends on the next working day (37 CFR 1.7).
"""

import pytest

from components.prosecution import read_history, summary_of
from components.prosecution.story.measures_in_words import measures_in_words
from components.prosecution.story.rounds_in_words import extension_in_words, round_in_words
from tests.prosecution.conftest import Paper, make_history

FILED: list[Paper] = [(20170103, "TRNA"), (20170103, "SPEC"), (20170103, "CLM")]
CERTIFICATE = "with a certificate of mailing (37 CFR 1.8), "


def row_and_story(*papers: Paper) -> tuple[dict[str, object], str]:
    """Return the first round of a hand-made list, and its summary."""
    tables = read_history(make_history([*FILED, *papers], apno="US15/000001"))
    text = " ".join(sentence.text for sentence in summary_of(tables, "US15/000001"))
    return tables.rounds.to_dict("records")[0], text


@pytest.mark.parametrize(
    ("papers", "received", "mailed", "months"),
    [
        pytest.param(
            [(20190626, "CTNF"), (20191031, "A...")],
            "in the second month of extension",
            "in the first month of extension",
            1,
            id="three months and one end on Monday 28 Oct 2019",
        ),
        pytest.param(
            [(20190626, "CTNF"), (20190930, "A...")],
            "in the first month of extension",
            "within the period",
            0,
            id="four days after three months, 26 Sep 2019",
        ),
        pytest.param(
            [(20190626, "CTNF"), (20191230, "A...")],
            "after the last day",
            "in the third month of extension",
            3,
            id="four days after the statutory bar, 26 Dec 2019",
        ),
        pytest.param(
            [(20190626, "CTFR"), (20191031, "RCEX"), (20191031, "AMSB")],
            "in the second month of extension",
            "in the first month of extension",
            1,
            id="an RCE",
        ),
        pytest.param(
            [(20190626, "CTFR"), (20191031, "N/AP")],
            "in the second month of extension",
            "in the first month of extension",
            1,
            id="a notice of appeal",
        ),
        pytest.param(
            [(20190626, "CTNF"), (20191031, "A..."), (20191031, "XT/")],
            "in the second month of extension",
            "in the first month of extension",
            2,
            id="a petition for time is listed, its months are not",
        ),
        pytest.param(
            [(20190626, "CTRS"), (20190829, "ELC.")],
            "in the first month of extension",
            "within the period",
            0,
            id="an election three days after two months, 26 Aug 2019",
        ),
        pytest.param(
            [(20190626, "NOA"), (20190930, "IFEE")],
            "after the last day",
            "within the period",
            0,
            id="an issue fee four days after three months that nothing extends",
        ),
        pytest.param(
            [(20190626, "N/AP"), (20190829, "AP.B")],
            "in the first month of extension",
            "within the period",
            0,
            id="a brief three days after two months",
        ),
        pytest.param(
            [(20190626, "N/AP"), (20190930, "AP.B")],
            "in the second month of extension",
            "in the first month of extension",
            1,
            id="a brief four days after three months",
        ),
    ],
)
def test_both_readings_are_told(papers: list[Paper], received: str, mailed: str, months: int):
    """In the round, in its words for tables and files, and in the summary."""
    row, text = row_and_story(*papers)
    words = f"by its date of receipt {received}, or, {CERTIFICATE}{mailed}"
    assert row["mailing"] == words
    assert row["extension_months"] == months
    assert words[1:] in row["explanation"]
    assert words[1:] in round_in_words(row).what_followed
    assert extension_in_words(months, str(row["extension_source"]), words) == words
    assert words in text


@pytest.mark.parametrize(
    ("papers", "months"),
    [
        pytest.param([(20190626, "CTNF"), (20191031, "A..."), (20191031, "N417")], 2, id="an electronic receipt"),
        pytest.param([(20190626, "CTNF"), (20191028, "A...")], 1, id="the last day of the first month"),
        pytest.param([(20190626, "CTNF"), (20191104, "A...")], 1, id="seven days after it"),
        pytest.param([(20190626, "CTNF"), (20191105, "A...")], 2, id="eight days after it"),
        pytest.param([(20190626, "CTNF"), (20190926, "A...")], 0, id="the due day"),
    ],
)
def test_the_months_are_those_of_the_calendar(papers: list[Paper], months: int):
    """37 CFR 1.136(a); MPEP 710.02(e): a certificate counts for papers that came within days of its date."""
    row, _ = row_and_story(*papers)
    assert row["extension_months"] == months
    assert bool(row["mailing"]) == (papers[-1][0] == 20191104)


def test_rounds_that_are_only_counted_say_how_many():
    """With many rounds the summary counts those between the first and the last."""
    papers: list[Paper] = []
    for year in range(2010, 2018):
        papers += [(year * 10_000 + 115, "CTNF"), (year * 10_000 + 518, "A...")]
    tables = read_history(make_history([(20090105, "TRNA"), (20090105, "CLM"), *papers], apno="US12/000001"))
    text = " ".join(sentence.text for sentence in summary_of(tables, "US12/000001"))
    assert "in a later month by the date of receipt alone (37 CFR 1.8)" in text


def test_the_line_of_a_history_marks_the_months_as_open():
    """`+1?`: one month with a certificate of mailing, two without."""
    tables = read_history(make_history([*FILED, (20190626, "CTNF"), (20191031, "A...")], apno="US15/000001"))
    assert "→ Reply +1?" in tables.histories.loc[0, "fingerprint"]


def test_the_measures_of_a_history_say_that_the_sum_may_be_another():
    """A sum of months that depends on a certificate is no plain sum."""
    tables = read_history(make_history([*FILED, (20190626, "CTNF"), (20191031, "A...")], apno="US15/000001"))
    texts = [measure.text for measure in measures_in_words(tables.histories.to_dict("records")[0])]
    assert "1 month of extension; 1 answer may count otherwise (certificate of mailing, 37 CFR 1.8)" in texts
