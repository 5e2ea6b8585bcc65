"""What the rows of the tables say in words: milestones, counts, whose days, pendency, completeness, rounds."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from components.histories import FileHistory
from components.prosecution import Tables, read_histories
from components.prosecution.story.histories_in_words import (
    COLUMN_LABELS,
    Completeness,
    Extent,
    WhoseDays,
    completeness_in_words,
    counts_in_words,
    extent_of,
    milestones_in_words,
    pendency_in_words,
    whose_days,
)
from components.prosecution.story.rounds_in_words import (
    RoundInWords,
    action_named,
    extension_in_words,
    round_heading,
    round_in_words,
    time_left,
)
from components.prosecution.tables import HISTORIES
from tests.prosecution.conftest import make_history

EXAMINED: list[tuple[Any, ...]] = [
    (20170103, "SPEC", "Specification", 20),
    (20180301, "CTNF", "Non-Final Rejection", 10),
    (20180531, "A...", "Amendment/Request for Reconsideration-After Non-Final Rejection", None),
    (20180531, "REM", "Applicant Arguments/Remarks Made in an Amendment", 5),
    (20180531, "CLM", "Claims", 4),
    (20180831, "CTFR", "Final Rejection", 0),
]


def facts_of(tables: Tables, history: str) -> pd.Series:
    """The row of a history in `histories`."""
    return tables.histories[tables.histories["history"] == history].iloc[0]


def read(history: FileHistory) -> Tables:
    """The tables of one history."""
    return read_histories([history])


def make_round(**values: Any) -> RoundInWords:
    """A round of which nothing is known but what is said here."""
    missing = dict.fromkeys(("opened", "due", "last", "answered", "days", "extension_months", "ended"))
    empty = dict.fromkeys(("label", "answer_label", "extension_source", "outcome", "explanation", "authority"), "")
    return RoundInWords(**{"number": 2, **missing, **empty, **values})


def test_milestones_stand_in_the_order_of_an_examination(real_tables: Tables) -> None:
    """US14/412,875 by the dates of its list; it was not abandoned for good, and its issue paper is the notification."""
    found = [
        (milestone.label, milestone.day) for milestone in milestones_in_words(facts_of(real_tables, "US14/412875"))
    ]
    assert found == [
        ("Filed", pd.Timestamp("2015-01-05")),
        ("First action", pd.Timestamp("2016-10-25")),
        ("Allowed", pd.Timestamp("2020-04-27")),
        ("Issue notification", pd.Timestamp("2020-08-19")),
        ("Notice of abandonment", None),
    ]


def test_counts_are_words_and_labels(real_tables: Tables) -> None:
    """US14/412,875: four actions, two of them final; what did not happen is counted too."""
    found = counts_in_words(facts_of(real_tables, "US14/412875"))
    assert [count.words for count in found] == [
        "4 Office actions", "2 finals", "1 RCE", "1 interview", "3 IDSs", "0 appeals",
    ]  # fmt: skip
    assert [count.label for count in found] == ["Office actions", "Finals", "RCEs", "Interviews", "IDSs", "Appeals"]
    assert [count.number for count in found] == [4, 2, 1, 1, 3, 0]


def test_every_column_of_histories_has_a_label() -> None:
    """All but the two numbers, which every table heads in its own way; no label stands twice."""
    assert set(COLUMN_LABELS) == set(HISTORIES) - {"history", "patent_number"}
    assert len(set(COLUMN_LABELS.values())) == len(COLUMN_LABELS)


def test_the_days_of_both_sides_are_the_days_of_the_examination(real_tables: Tables) -> None:
    """1,208 and 845 of the 2,053 days between 5 January 2015 and 19 August 2020."""
    facts = facts_of(real_tables, "US14/412875")
    found = whose_days(facts)
    assert found == WhoseDays(1208, 845, 59)
    assert found.applicant_percent == 41
    assert found.office + found.applicant == (date(2020, 8, 19) - date(2015, 1, 5)).days


def test_without_a_filing_nobody_has_days() -> None:
    """A list that begins with an action shows neither whose days they were nor how long it took."""
    facts = read(make_history(EXAMINED[1:])).histories.iloc[0]
    assert whose_days(facts) is None
    assert pendency_in_words(facts) is None


def test_a_pendency_says_from_when_to_when_it_runs(real_tables: Tables) -> None:
    """An issued application to its end in years; one of some months that is open to its last document, in days."""
    issued = pendency_in_words(facts_of(real_tables, "US14/412875"))
    assert issued is not None
    assert (issued.label, issued.words) == ("Filing to end", "5.6 years")
    young = pendency_in_words(read(make_history([(20170103, "SPEC"), (20170104, "IDS")])).histories.iloc[0])
    assert young is not None
    assert (young.label, young.words) == ("Filing to last document", "1 day")


@pytest.mark.parametrize(
    ("held", "reported", "share", "words"),
    [
        (184, 184, "184 of 184", "184 of 184 documents"),
        (1_000, 1_050, "1,000 of 1,050", "1,000 of 1,050 documents"),
        (1, 1, "1 of 1", "1 of 1 document"),
        (12, 10, "12 of 12", "12 of 12 documents"),
    ],
)
def test_completeness_never_says_that_more_is_held_than_there_is(
    held: int, reported: int, share: str, words: str
) -> None:
    """A service that reports ten documents and sends twelve has twelve."""
    found = Completeness(held, reported)
    assert (found.share, found.words) == (share, words)


def test_completeness_is_read_from_the_row_of_a_history() -> None:
    """With whether the list was fetched to its end."""
    facts = read(make_history(EXAMINED)).histories.iloc[0]
    assert completeness_in_words(facts) == Completeness(6, 6, to_its_end=True)
    facts["documents_told"], facts["complete"] = 8, False
    assert completeness_in_words(facts) == Completeness(6, 8, to_its_end=False)


def test_the_extent_of_documents_counts_those_without_pages() -> None:
    """No number of pages and zero pages are both no page count."""
    assert extent_of(read(make_history(EXAMINED)).documents) == Extent(documents=6, pages=39, without_page_count=2)


@pytest.mark.parametrize(
    ("days", "words"),
    [(2, "2 days left"), (1, "1 day left"), (0, "0 days left"), (-1, "passed"), (1200, "1,200 days left")],
)
def test_the_time_that_is_left_is_counted_in_days(days: int, words: str) -> None:
    """The last day itself is not past."""
    assert time_left(days) == words


@pytest.mark.parametrize(
    ("months", "source", "words"),
    [
        (3, "petition", "3 months (petition)"),
        (1, "computed", "1 month (computed)"),
        (0, "", ""),
        (None, "", ""),
        (pd.NA, "", ""),
    ],
)
def test_an_extension_says_how_it_is_known(months: Any, source: str, words: str) -> None:
    """By a petition that is listed, or computed; none and an unknown one say nothing."""
    assert extension_in_words(months, source) == words


def test_a_round_is_read_from_its_row() -> None:
    """The first round was answered on the last day of its three months, the second is open."""
    rows = read(make_history(EXAMINED)).rounds.to_dict("records")
    first, second = (round_in_words(row) for row in rows)
    assert first.title == "Round 1: Non-final rejection, 1 Mar 2018, answered 31 May 2018 by amendment"
    assert first.phrase == "round 1: Non-final rejection of 1 Mar 2018, answered 31 May 2018 by Amendment after 91 days"
    assert first.what_followed == "Answered 31 May 2018 by Amendment, 91 days, on time"
    assert first.what_it_answers == "Answers Non-final rejection of 1 Mar 2018 (round 1)"
    assert second.title == "Round 2: Final rejection, 31 Aug 2018, open"
    assert second.phrase == "round 2: Final rejection of 31 Aug 2018, open"
    assert action_named(rows[1]) == "Final rejection of 31 Aug 2018"
    assert round_heading(2, "Final rejection", date(2018, 8, 31)) == "2 · Final rejection, 31 Aug 2018"


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (
            {"answered": date(2020, 3, 1), "days": 59, "extension_months": 1, "extension_source": "petition"},
            "Answered 1 Mar 2020, 59 days, 1 month of extension (petition)",
        ),
        ({"answered": date(2020, 3, 1), "outcome": "late"}, "Answered 1 Mar 2020, after the last day"),
        ({"answered": date(2020, 3, 1), "outcome": "late", "explanation": "Too late"}, "Answered 1 Mar 2020: Too late"),
        ({"outcome": "revived"}, "Unanswered, then revived"),
        ({"outcome": "abandoned", "explanation": "No reply is listed"}, "Unanswered: No reply is listed"),
        ({"outcome": "superseded"}, "Superseded"),
        ({"outcome": "open"}, "Open: no period is computed"),
        (
            {"outcome": "open", "due": date(2020, 4, 2), "last": date(2020, 7, 2), "authority": "37 CFR 1.134"},
            "Open: due 2 Apr 2020, with extensions 2 Jul 2020 (37 CFR 1.134; computed, not legal advice)",
        ),
        (
            {"outcome": "open", "due": date(2020, 4, 2), "last": date(2020, 4, 2)},
            "Open: due 2 Apr 2020 (computed, not legal advice)",
        ),
    ],
)
def test_what_followed_an_action_is_its_answer_or_why_there_is_none(values: dict[str, Any], words: str) -> None:
    """How long it took and with which extension; without an answer the explanation, or until when one is due."""
    assert make_round(**values).what_followed == words


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"outcome": "abandoned", "ended": date(2018, 2, 23)}, "Round 2: Final, abandoned 23 Feb 2018"),
        ({"outcome": "superseded"}, "Round 2: Final, superseded"),
        ({"outcome": "revived", "ended": date(2018, 2, 23)}, "Round 2: Final"),
        (
            {"answer_label": "RCE and IDS", "answered": date(2018, 5, 2)},
            "Round 2: Final, answered 2 May 2018 by RCE and IDS",
        ),
    ],
)
def test_the_title_of_a_round_says_how_it_ended(values: dict[str, Any], title: str) -> None:
    """With the day if there is one; an abandonment that was undone is no end."""
    assert make_round(label="Final", **values).title == title
