"""At which stage of 37 CFR 1.97 an information disclosure statement was filed."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.prosecution.examination.ids_stages import STAGES, ids_stage

NOTHING: Mapping[str, Any] = {
    "filed": None, "merits": (), "closings": (), "rces": (), "fees": (), "withdrawals": (), "issued": None,
}  # fmt: skip
FILED = date(2008, 3, 3)
FIRST_ACTION = date(2010, 1, 11)
FINAL = date(2010, 7, 12)
ALLOWED = date(2010, 10, 4)
PAID = date(2010, 12, 20)
ISSUED = date(2011, 1, 25)
STORY: Mapping[str, Any] = {
    **NOTHING,
    "filed": FILED,
    "merits": [FIRST_ACTION],
    "closings": [ALLOWED, FINAL],  # in any order
    "fees": [PAID],
    "issued": ISSUED,
}


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (FILED, "S1"),
        (date(2010, 1, 10), "S1"),
        (FIRST_ACTION, "S2"),
        (date(2010, 7, 11), "S2"),
        (FINAL, "S3"),
        (date(2010, 8, 30), "S3"),
        (ALLOWED, "S3"),
        (PAID, "S3"),
        (date(2010, 12, 21), "S4"),
        (ISSUED, "S4"),
        (date(2012, 1, 1), "S4"),
    ],
)
def test_the_stages_follow_one_another(day: date, stage: str):
    """Before the first action, before a closing one, until the issue fee is paid, after it."""
    assert ids_stage(day, **STORY) == stage


def test_three_months_from_filing_are_free_even_after_an_action():
    """37 CFR 1.97(b)(1) stands beside (b)(3): an early first action does not shorten it."""
    early = {**NOTHING, "filed": date(2019, 7, 12), "merits": [date(2019, 8, 1)], "closings": [date(2019, 9, 2)]}
    assert ids_stage(date(2019, 10, 11), **early) == "S1"
    assert ids_stage(date(2019, 10, 16), **early) == "S3"


def test_the_three_months_end_on_the_next_working_day():
    """12 October 2019 was a Saturday and the Monday Columbus Day (37 CFR 1.7)."""
    early = {**NOTHING, "filed": date(2019, 7, 12), "merits": [date(2019, 8, 1)]}
    assert ids_stage(date(2019, 10, 15), **early) == "S1"
    assert ids_stage(date(2019, 10, 16), **early) == "S2"


def test_an_rce_begins_anew():
    """From the RCE to the next action an IDS is free again, then as before it."""
    rce = date(2010, 9, 1)
    story = {**STORY, "rces": [rce], "merits": [FIRST_ACTION, date(2010, 9, 20)]}
    assert ids_stage(date(2010, 8, 31), **story) == "S3"
    assert ids_stage(rce, **story) == "S1"
    assert ids_stage(date(2010, 9, 19), **story) == "S1"
    assert ids_stage(date(2010, 9, 20), **story) == "S2"
    assert ids_stage(ALLOWED, **story) == "S3"


def test_an_rce_after_the_issue_fee_begins_anew():
    """Withdrawn from issue with an RCE filed with the IDS, as in 11/408,669; the old payment counts no more."""
    story = {
        **NOTHING,
        "filed": date(2006, 4, 21),
        "merits": [date(2009, 1, 9)],
        "closings": [date(2009, 9, 24), date(2010, 1, 4)],
        "rces": [date(2009, 12, 4)],
        "withdrawals": [date(2009, 12, 4)],
        "fees": [date(2009, 11, 3)],
    }
    assert ids_stage(date(2009, 11, 20), **story) == "S4"
    assert ids_stage(date(2009, 12, 4), **story) == "S1"
    assert ids_stage(date(2010, 1, 3), **story) == "S1"
    assert ids_stage(date(2010, 1, 20), **story) == "S3"


def test_a_withdrawal_from_issue_without_an_rce_reopens_prosecution():
    """The allowance and the fee count no more, but there was an action on the merits."""
    story = {**STORY, "withdrawals": [date(2011, 1, 10)], "issued": None}
    assert ids_stage(date(2011, 1, 10), **story) == "S4"
    assert ids_stage(date(2011, 1, 11), **story) == "S2"


def test_an_action_after_a_final_one_withdraws_it():
    """A final action that was withdrawn counts as never mailed (MPEP 609.04(b))."""
    reopened = {**NOTHING, "filed": FILED, "merits": [FIRST_ACTION, FINAL, date(2010, 9, 1)], "closings": [FINAL]}
    assert ids_stage(date(2010, 8, 31), **reopened) == "S3"
    assert ids_stage(date(2010, 9, 2), **reopened) == "S2"


def test_a_first_action_allowance_leads_from_the_first_stage_to_the_third():
    """An allowance is an action on the merits that closes prosecution, also where only one of the lists has it."""
    story = {**NOTHING, "filed": FILED, "closings": [ALLOWED]}
    assert ids_stage(date(2010, 10, 3), **story) == "S1"
    assert ids_stage(ALLOWED, **story) == "S3"


def test_without_any_other_paper_an_ids_is_free():
    """What is not known closes nothing."""
    assert ids_stage(FILED, **NOTHING) == "S1"


DAYS = st.dates(date(2000, 1, 1), date(2003, 12, 31))
SEVERAL = st.lists(DAYS, max_size=4)


STORIES = st.fixed_dictionaries(
    {"filed": DAYS, "merits": SEVERAL, "closings": SEVERAL, "rces": SEVERAL, "fees": SEVERAL}
)


@given(DAYS, STORIES)
def test_without_an_rce_or_a_new_action_a_stage_is_never_left_for_an_earlier_one(day: date, more: dict[str, Any]):
    """From one day to the next the stage rises, unless an RCE or a further action on the merits came between."""
    story = {**NOTHING, **more}
    following = day + timedelta(days=1)
    before, after = ids_stage(day, **story), ids_stage(following, **story)
    assert {before, after} <= set(STAGES)
    if following not in story["rces"] and following not in story["merits"]:
        assert STAGES.index(before) <= STAGES.index(after)


@given(DAYS, SEVERAL, SEVERAL, SEVERAL)
def test_an_ids_filed_with_an_rce_is_free(day: date, merits: list[date], closings: list[date], fees: list[date]):
    """Whatever came before, the day of an RCE belongs to the first stage."""
    story = {**NOTHING, "merits": merits, "closings": closings, "fees": fees, "rces": [day]}
    assert ids_stage(day, **story) == "S1"
