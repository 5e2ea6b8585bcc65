"""What the columns, counts, lanes and milestones of a file are called, by its office."""

import pandas as pd
import pytest

from components.prosecution import (
    COLUMN_LABELS,
    LANES,
    category_labels,
    column_labels,
    columns_of,
    counts_in_words,
    lane_names,
    milestones_in_words,
    read_histories,
    short_names,
    status_classes,
)
from components.prosecution.law.categories import Category
from components.prosecution.law.office_columns import office_column_rows
from components.prosecution.law.yardsticks import yardsticks_of
from components.prosecution.tables import HISTORIES
from tests.prosecution.conftest import Paper, make_history

FILED: list[Paper] = [(20150105, "1001P"), (20150105, "CLMS"), (20150105, "DESC")]
LOSS = (20190701, "", "Application deemed to be withdrawn (non-payment of renewal fee)")


def facts_of(*papers: Paper, apno: str = "EP15000001") -> pd.Series:
    """The row of `histories` of one file."""
    return read_histories([make_history([*FILED, *papers], apno=apno)]).histories.iloc[0]


def test_the_table_names_columns_that_there_are():
    """A misspelt column would silently have no label."""
    assert (
        {row.column for row in office_column_rows()} <= set(HISTORIES) == {*COLUMN_LABELS, "history", "patent_number"}
    )


@pytest.mark.parametrize("office", ["US", "EP", "JP", "KR", ""])
def test_no_two_columns_of_an_office_have_one_name(office: str):
    """Else a workbook would have a heading twice."""
    labels = list(column_labels(frozenset({office})).values())
    assert len(set(labels)) == len(labels)


def test_files_of_the_us_keep_their_columns_lanes_and_categories():
    """The common words are those of the US; what other offices add is left out."""
    us = frozenset({"US"})
    added = {"oral_proceedings", "oppositions", "refused", "issued_by"}
    assert column_labels(us) == {name: label for name, label in COLUMN_LABELS.items() if name not in added}
    assert lane_names("US") == {lane: lane for lane in LANES}
    assert category_labels(us)["abandonment"] == "Abandonment"
    assert short_names("US")[Category.ALLOWANCE] == "Allowance"


def test_a_european_file_has_no_columns_of_us_practice():
    """No RCEs, restrictions or disclosure statements; oral proceedings and oppositions instead."""
    labels = column_labels(frozenset({"EP"}))
    assert {"rces", "restrictions", "idss", "ids_s1", "terminal_disclaimers", "quayles"}.isdisjoint(labels)
    assert {labels["oral_proceedings"], labels["oppositions"]} == {"Oral proceedings", "Oppositions"}
    assert labels["non_finals"] == "Art. 94(3) communications"


def test_what_an_office_lacks_is_shown_all_the_same_where_it_holds_something():
    """Nothing that is counted is hidden by a table of words."""
    histories = read_histories([make_history(FILED, apno="EP15000001")]).histories
    assert "rces" not in columns_of(histories)
    assert columns_of(histories.assign(rces=1))["rces"] == COLUMN_LABELS["rces"]


def test_several_offices_share_the_common_word():
    """A category has one word in a legend or a filter; that which both offices have is kept."""
    both = category_labels(frozenset({"US", "EP"}))
    assert both["abandonment"] == "Abandoned or withdrawn"
    assert both["claims"] == category_labels(frozenset({"EP"}))["claims"] == "Claims"
    assert column_labels(frozenset({"US", "EP"}))["abandoned"] == "Abandoned or withdrawn"
    assert "rces" in column_labels(frozenset({"US", "EP"}))


def test_european_milestones_are_those_of_the_register():
    """Deemed withdrawn, refused, granted: Art. 94(4), 97(2), 97(1) EPC."""
    lost = facts_of(LOSS)
    assert [(each.label, each.day) for each in milestones_in_words(lost)][-1] == (
        "Deemed withdrawn", pd.Timestamp("2019-07-01"),
    )  # fmt: skip
    refused = facts_of((20190701, "", "Decision to refuse the application (Examining Division)"))
    assert ("Refused", pd.Timestamp("2019-07-01")) in [(each.label, each.day) for each in milestones_in_words(refused)]
    granted = facts_of(
        (20190107, "2004", "Communication about intention to grant a European patent"),
        (20190701, "2006A", "Decision to grant a European patent"),
    )
    labels = [each.label for each in milestones_in_words(granted)]
    assert labels == ["Filed", "First action", "Intention to grant", "Decision to grant"]


def test_the_paper_whose_day_is_the_grant_is_named():
    """The grant takes effect with the publication of the mention; without it the decision has its day (Art. 97 EPC)."""
    decision: Paper = (20190701, "2006A", "Decision to grant a European patent")
    assert facts_of(decision)["issued_by"] == "Decision to grant"
    assert facts_of()["issued_by"] == ""


def test_a_status_is_shown_in_the_word_of_its_office_and_found_by_its_class():
    """Deemed withdrawn is of the class Abandoned; granted is the same word for both."""
    histories = read_histories([make_history([*FILED, LOSS], apno="EP15000001")]).histories
    assert status_classes(histories) == {"Deemed withdrawn": "Abandoned"}
    assert [count.label for count in counts_in_words(histories.iloc[0])] == [
        "Art. 94(3) communications", "Intentions to grant",
    ]  # fmt: skip


def test_only_the_uspto_is_expected_to_act_within_a_time():
    """35 USC 154(b); neither the EPC nor the Patent Act of Japan has such a rule."""
    assert set(yardsticks_of("US")) == {"first_action", "office_response", "pendency"}
    assert not yardsticks_of("EP")
    assert not yardsticks_of("JP")
