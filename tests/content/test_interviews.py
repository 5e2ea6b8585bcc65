"""Interviews: who spoke when, and what came of it."""

from datetime import date

import pytest

from components.content.statements.interviews import interview_in
from components.content.statements.statements import statements_in
from tests.content.typed_text import typed

FORM = """Applicant-Initiated Interview Summary

All participants (applicant, applicant's representative, PTO personnel):

(1) ANN BROWN. (3) Carl Dent (Reg. No. 12,345).
(2) ____. (4) ____.

Date of Interview: 02 October 2013.

Type: Telephonic

Exhibit shown or demonstration conducted: Yes No.

Claim(s) discussed: 1.

Agreement with respect to the claims f) was reached. g) was not reached. h) N/A.

Substance of Interview
(For each issue discussed, provide a detailed description and indicate if agreement was reached. Some topics may
include: identification of a reference, proposed amendments, etc...)

Proposed claim 1 was discussed in view of Dalby. {end}

Applicant recordation instructions: The formal written reply to the last Office action must include the substance of the
interview. (See MPEP section 713.04).
"""
STATEMENT = """REMARKS

Applicant thanks Examiner Brown for the courtesy of a telephone interview held on March 5, 2019 with the undersigned.
During the interview the lid of Dalby was discussed. No agreement was reached.
If the Examiner believes that an interview would help, the Examiner is invited to call.
"""
NEWER = """Applicant-Initiated Interview Summary

All Participants (applicant, applicants representative, PTO personnel)   Title   Type
Ann Brown   Primary Examiner   Telephonic
Carl Dent   Attorney of Record

Date of Interview: 05 March 2020

Issues Discussed:
35 U.S.C. 103

The examiner agreed that Dalby does not show a felt hinge.
"""


def test_the_form_says_who_and_when_and_its_tick_boxes_say_nothing() -> None:
    """Whether agreement was reached is read from words alone."""
    interview = interview_in(typed(FORM.format(end="")))
    assert interview is not None
    assert (interview.day, interview.people, interview.agreed) == (date(2013, 10, 2), ("ANN BROWN", "Carl Dent"), "")
    assert [quote.text for quote in interview.quotes] == ["Proposed claim 1 was discussed in view of Dalby."]


@pytest.mark.parametrize(
    ("end", "agreed"),
    [
        ("Agreement was reached that claim 1 is novel.", "agreed"),
        ("The examiner agreed that claim 1 is novel.", "agreed"),
        ("No agreement was reached.", "not agreed"),
        ("Agreement on claim 1 was not reached.", "not agreed"),
        ("The examiner agreed that claim 2 is novel. No agreement was reached on claim 1.", "agreed in part"),
        ("The examiner agreed to look at page 6 again. No agreement was reached.", "not agreed"),
    ],
)
def test_what_was_agreed_is_what_the_words_say(end: str, agreed: str) -> None:
    """Below the tick boxes."""
    interview = interview_in(typed(FORM.format(end=end)))
    assert interview is not None
    assert interview.agreed == agreed


def test_the_form_of_2019_lists_people_line_by_line() -> None:
    """Name, title, and how they took part."""
    interview = interview_in(typed(NEWER))
    assert interview is not None
    assert (interview.day, interview.people, interview.agreed) == (
        date(2020, 3, 5),
        ("Ann Brown", "Carl Dent"),
        "agreed",
    )


def test_an_applicant_states_the_substance_in_remarks() -> None:
    """An invitation to call is no interview."""
    interview = interview_in(typed(STATEMENT))
    assert interview is not None
    assert (interview.day, interview.people, interview.agreed) == (date(2019, 3, 5), ("Brown",), "not agreed")
    assert [each.kind for each in statements_in(typed(STATEMENT), kind="remarks")] == ["interview"] * 3


def test_the_heading_above_a_statement_is_no_part_of_it() -> None:
    """Where an engine left no room between them."""
    text = typed(
        "Statement of the Substance of the Interview\nApplicant thanks Examiner Brown for the interview of May 3, 2020."
    )
    assert [each.quote.text.split()[0] for each in statements_in(text, kind="remarks")] == ["Applicant"]


def test_a_notice_names_who_authorised_the_examiners_amendment() -> None:
    """That is an interview too (MPEP 1302.04)."""
    text = typed(
        "Authorization for this examiner's amendment was given in an interview with Attorney Carl Dent on 4 May 2021."
    )
    interview = interview_in(text)
    assert interview is not None
    assert (interview.day, interview.people, interview.agreed) == (date(2021, 5, 4), ("Carl Dent",), "agreed")


@pytest.mark.parametrize(
    "words",
    [
        "Examiner interviews are available via telephone. To schedule an interview, applicant may use the web page.",
        "An election was made in response to a restriction requirement set forth during the interview on ____.",
        "Applicants are invited to contact the Office to schedule an in-person interview to discuss the issues.",
        "Although an interview is not required, an interview can be of use to resolve issues.",
        "If the Examiner has questions, a telephone interview at 555-1234 is requested.",
    ],
)
def test_interviews_that_nobody_held_are_none(words: str) -> None:
    """Closing paragraphs and forms speak of them."""
    assert interview_in(typed(words)) is None


def test_an_interview_in_which_something_was_agreed_and_something_was_not_is_agreed_in_part() -> None:
    """And the lines of the form and its headings are no sentences of it."""
    form = """Interview Summary (PTOL-413)

All participants:
(1) Pat Doe, Examiner
Date of Interview: 14 January 2021.

Issues
Discussed: 101 112 102 103 Others Claim(s) discussed: 1, 4, 5 and 6.

Substance of Interview
The examiner agreed that the wording would overcome the rejection of claim 5. No agreement was reached on claim 1.
"""
    found = interview_in(typed(form))
    assert found is not None
    assert found.agreed == "agreed in part"
    assert [quote.text.split()[0] for quote in found.quotes] == ["The", "No"]


def test_an_agreement_to_look_again_is_no_agreement_on_a_claim() -> None:
    """The claim stays as it was."""
    found = interview_in(
        typed(
            "During the interview the examiner agreed to reconsider claim 4. No agreement was reached in the interview."
        )
    )
    assert found is not None
    assert found.agreed == "not agreed"
