"""The steps by which acts become rounds, each by itself."""

from datetime import date

import pytest

from components.histories import DocumentList
from components.prosecution.examination.changed_rounds import after_act
from components.prosecution.examination.opened_rounds import with_certain_period
from components.prosecution.examination.outcomes import outcome_of_answer, outcome_without_answer
from components.prosecution.examination.round_facts import Round
from components.prosecution.examination.rounds import is_listed, replaced_by
from components.prosecution.law.categories import Category
from components.prosecution.law.pairings import Pairing, pairing_for
from components.prosecution.law.periods import period_for
from components.prosecution.papers.daily_acts import Act
from components.prosecution.papers.versions import paper_ids

OPENED = date(2020, 1, 2)


def act(day: date, *categories: Category, by_applicant: bool = True, label: str = "Paper") -> Act:
    """Make an act of one side, with a paper of each category."""
    papers = {category: [index] for index, category in enumerate(categories)}
    return Act(0, day, by_applicant, not by_applicant, papers, label)


def rule(category: Category) -> Pairing:
    """Return how a US paper of a category is answered."""
    found = pairing_for("US", category, "", OPENED)
    assert found is not None
    return found


def opened(category: Category, code: str = "") -> Round:
    """Make a round that an action of 2 January 2020 opens."""
    period = period_for("US", category, code, OPENED)
    return Round(rule(category), act(OPENED, category, by_applicant=False), 0, "Action", period)


def test_a_reply_answers_a_rejection():
    """A reply to a non-final rejection ends its round."""
    found = after_act(opened(Category.NON_FINAL_REJECTION), act(date(2020, 3, 2), Category.REPLY_TO_NON_FINAL))
    assert found.answer is not None
    assert found.ended == date(2020, 3, 2)


def test_a_reply_of_the_same_day_may_answer_something_earlier():
    """Which of two papers of one day came first is not known, so the round stays open and says so."""
    found = after_act(opened(Category.NON_FINAL_REJECTION), act(OPENED, Category.REPLY_TO_NON_FINAL))
    assert found.is_open
    assert found.same_day


def test_a_reply_after_final_answers_only_if_the_office_goes_on():
    """A reply after final answers if an allowance follows (37 CFR 1.116); an advisory action refuses it."""
    tried = after_act(opened(Category.FINAL_REJECTION), act(date(2020, 2, 3), Category.REPLY_AFTER_FINAL))
    assert tried.is_open
    allowed = after_act(tried, act(date(2020, 3, 3), Category.ALLOWANCE, by_applicant=False))
    assert allowed.answer is not None
    assert allowed.answer.day == date(2020, 2, 3)
    refused = after_act(tried, act(date(2020, 4, 20), Category.ADVISORY_ACTION, by_applicant=False))
    assert refused.is_open
    assert refused.not_before == date(2020, 4, 20)  # the period runs until the advisory action (MPEP 706.07(f))


def test_an_abandonment_ends_an_open_round():
    """An application that is abandoned waits for no reply."""
    notice = act(date(2020, 9, 1), Category.ABANDONMENT, by_applicant=False, label="Notice of abandonment")
    found = after_act(opened(Category.NON_FINAL_REJECTION), notice)
    assert found.closing == notice
    outcome = outcome_without_answer("US", found, [])
    assert outcome.name == "abandoned"
    assert outcome.explanation == "No reply is listed before the notice of abandonment of 1 Sep 2020"


def test_what_does_not_concern_a_round_leaves_it_as_it_is():
    """The same object comes back, so that nothing is copied for nothing."""
    before = opened(Category.NON_FINAL_REJECTION)
    assert after_act(before, act(date(2020, 3, 2), Category.DRAWINGS)) is before


def test_an_action_replaces_an_open_one_of_its_kind():
    """A second non-final rejection closes the round of the first, and no other."""
    running = [opened(Category.ALLOWANCE), opened(Category.NON_FINAL_REJECTION)]
    assert replaced_by(opened(Category.NON_FINAL_REJECTION), running) == [1]
    assert replaced_by(opened(Category.FINAL_REJECTION), running) == []


def test_a_period_is_uncertain_in_a_file_with_another_one():
    """In an accelerated examination the periods are others than the statute's."""
    found = opened(Category.NON_FINAL_REJECTION)
    assert with_certain_period(found, [], frozenset({"CTNF"})) is found
    assert with_certain_period(found, [], frozenset({"PET.SPRE.ACX"})).period is None


@pytest.mark.parametrize(
    ("answered", "name", "months"),
    [
        (date(2020, 4, 2), "on time", 0),
        (date(2020, 5, 4), "extended", 1),  # 2 May 2020 is a Saturday
        (date(2020, 7, 2), "extended", 3),
        (date(2020, 8, 3), "late", None),
    ],
)
def test_an_answer_is_judged_by_its_day(answered: date, name: str, months: int | None):
    """Three months, extendable by three (37 CFR 1.134, 1.136(a))."""
    found = after_act(opened(Category.NON_FINAL_REJECTION), act(answered, Category.REPLY_TO_NON_FINAL))
    assert found.answer is not None
    outcome = outcome_of_answer(found, found.answer)
    assert (outcome.name, outcome.extension_months) == (name, months)


def test_a_round_is_listed_as_its_rule_says():
    """An examiner's answer or an action is always a round; what is listed if answered needs its answer."""
    assert is_listed(opened(Category.NON_FINAL_REJECTION))
    conditional = opened(Category.NON_FINAL_REJECTION)
    conditional = conditional._replace(pairing=conditional.pairing.model_copy(update={"listed_if": "if answered"}))
    assert not is_listed(conditional)
    assert is_listed(after_act(conditional, act(date(2020, 3, 2), Category.REPLY_TO_NON_FINAL)))


def test_an_original_belongs_to_the_translation_with_its_title():
    """Two papers of one code and day: titles pair them first, the order of the list pairs the rest."""
    documents = DocumentList(
        date=[20200102] * 5,
        code=["A131", "A131", "A131-JP", "A131-JP", "A131-JP"],
        description=[
            "First (TRANSLATED)",
            "Second (TRANSLATED)",
            "Second (ORIGINAL)",
            "拒絶理由通知書",
            "拒絶理由通知書",
        ],
        pages=[None] * 5,
    )
    assert paper_ids(documents, ["a", "b", "c", "d", "e"]) == ["a", "b", "b", "a", "e"]
