"""Form pages of actions in the layouts of thirty years, invented, with the noise that engines leave of them."""

import pytest

from components.content.claim_lists import in_words
from components.content.form_pages.forms import FormRead, form_in
from tests.content.typed_text import typed

COVER = """
UNITED STATES PATENT AND TRADEMARK OFFICE
| APPLICATION NO. FILING DATE FIRST NAMED INVENTOR ATTORNEY DOCKET NO. CONFIRMATION NO. |
10/555,123 02/11/2004 Robert Miller 12-3456 7788
999 7590 03/09/2006 r EXAMINER I
SMITH, JONES & PARTNERS, P.C. GARDNER, MARY E '
12 RIVER ROAD
ALEXANDRIA, VA 22314 I ART UNIT PAPER NUMBER . I
2823
Please find below and/or attached an Office communication concerning this application or proceeding.
PTO-90C (Rev. 10/03)
"""
SUMMARY = """
' Application No. Applicant(s)
10/555,123 MILLER ET AL.
Office Action Summary Examine, Art Unit /
{examiner} 2823
-- The MAILING DATE of this communication appears on the cover sheet with the correspondence address --
Period for Reply
A SHORTENED STATUTORY PERIOD FOR REPLY IS SET TO EXPIRE {period}
THE MAILING DATE OF THIS COMMUNICATION.
after SIX (6) MONTHS from the mailing date of this communication.
1)[X] Responsive to communication(s) filed on 20 August 2005.
2a)[X] This action is FINAL. 2b)[] This action is non-final.
closed in accordance with the practice under Ex parte Quayle, 1935 C.D. 11, 453 O.G. 213.
Disposition of Claims
{lines}
Application Papers
9)[] The specification is objected to by the Examiner.
U.S. Patent and Trademark Office
PTOL-326 (Rev. 7-05) Office Action Summary Part of Paper No./Mail Date 20060304
"""
UNTIL_2011 = """
4)|Z Claim(s) 1-20 is/are pending in the application.
4a) Of the above claim(s) 19 and 20 is/are withdrawn from consideration.
SIX Claim(s) 1-4is/are allowed.
6)[Zl Ciaim(s) 5-9, 12-
18 is/are rejected.
DIX Claim(s) 10 and 11 is/are objected to.
8)El Claim(s) _ are subject to restriction and/or election requirement.
"""
SINCE_2011 = """
5)¥) Claim(s) 1-20 is/are pending in the application.
5a) Of the above claim(s) 19-20 |s/are withdrawn from consideration.
6) (J Claim(s) 1-4 is/are allowed.
7) Claim(s) 5-9,12-18 islare rejected.
8) (3 Claim(s) 10-11 is/are objected to.
9) Claim(s) ___ are subject to restriction and/or election requirement
"""
WITHOUT_NUMBERS = """
[X] Claim(s) 1-20 is/are pending in the application.
Of the above, claim(s) 19, 20 is/are withdrawn from consideration.
[X] Claim(s) 1-4 is/are allowed.
[X] Claim(s) 5-9 and 12-18 is/are rejected.
[X] Claim(s) 10, 11 is/are objected to.
[] Claims ____ are subject to restriction or election requirement.
"""
LISTS_ABOVE = """
1-20
4)X Claim(s) ______ is/are pending in the application.
19-20
4a) Of the above claim(s) ____ is/are withdrawn from consideration.
1-4
5)X Claim(s) ___ is/are allowed.
5-9 and 12-18
6)X Claim(s) ____ is/are rejected.
10-11
7)X Claim(s) ____ is/are objected to.
8)LJ Claim(s) ___ are subject to restriction and/or election requirement.
"""
CONTINUED = """
4)X Claim(s) See Continuation Sheet is/are pending in the application.
4a) Of the above claim(s) 19-20 is/are withdrawn from consideration.
5)X Claim(s) 1-4 is/are allowed.
6)X Claim(s) See Continuation Sheet is/are rejected.
7)X Claim(s) 10-11 is/are objected to.
8)LJ Claim(s) ___ are subject to restriction and/or election requirement.
"""
CONTINUATION = """
Continuation Sheet (PTOL-326) Application No. 10/555,123
Continuation of Disposition of Claims: Claims pending in the application are 1-20.
Continuation of Disposition of Claims: Claims rejected are 5-9
and 12-18.
"""
DETAILED = """
Application/Control Number: 10/555,123 Page 2
Art Unit: 2823
DETAILED ACTION
Claims 19-20 have been withdrawn. Claims 5-9 and 12-18 are rejected under 35 U.S.C. 102(b) as anticipated by Baker.
Any inquiry concerning this communication should be directed to Mary Gardner whose telephone number is (571) 272-0000.
"""


def summary(lines: str, examiner: str = "Mary E. Gardner", period: str = "3 MONTH(S) OR THIRTY (30) DAYS,") -> str:
    """Return a PTOL-326."""
    return SUMMARY.format(lines=lines.strip("\n"), examiner=examiner, period=period)


def claims(form: FormRead) -> dict[str, str]:
    """Return the lines of a form that have claims."""
    return {status.kind: in_words(status.claims) for status in form.statuses}


MISREAD = """
5) YW Claim(s) 1-20 is are pcnding in the application.
5a) Of the ab0ve claim(s)___19:20 is-are withdrawn from considcration.
6) M. Claim(s ) 1-4 is/arc a1lowed.
7) Claim(s)} 5-9,12-18 1s are rejccted.
8) () Claims) 10-11 sare ob]ected to.
9) [2 Claims) are subject to restriction and or clection requirement
"""


@pytest.mark.parametrize("lines", [UNTIL_2011, SINCE_2011, WITHOUT_NUMBERS, LISTS_ABOVE, CONTINUED, MISREAD])
def test_the_lines_of_the_office_action_summary_are_read_in_each_layout(lines: str) -> None:
    """By what is printed in each, not by the numbers of the lines, which changed, nor by the tick boxes."""
    form = form_in(typed(COVER, summary(lines), CONTINUATION, DETAILED))
    assert claims(form) == {
        "pending": "1-20",
        "withdrawn": "19-20",
        "allowed": "1-4",
        "rejected": "5-9, 12-18",
        "objected": "10-11",
    }
    assert all(status.legible and status.quote.page in (2, 3) for status in form.statuses)


def test_an_empty_line_says_nothing_and_one_with_rubbish_is_not_legible() -> None:
    """An underline is no claim; a letter stands for claims that were lost."""
    lines = "4)E Claim(s) 1-9 is/are pending in the application.\n5)D Claim(s) _ is/are allowed.\n"
    form = form_in(typed(summary(lines + "6)|Zl Claim(s) M is/are rejected."), DETAILED))
    pending, rejected = form.statuses
    assert (pending.kind, pending.legible) == ("pending", True)
    assert (rejected.kind, rejected.claims, rejected.legible, rejected.note) == ("rejected", (), False, "read as M")


def test_a_lost_hyphen_is_put_back_where_another_place_has_the_list() -> None:
    """And is said; without another place that confirms it, the line is not legible."""
    lines = "4) Claim(s) 1-18 is/are pending in the application.\n6) Claim(s)_ 118 |s/are rejected."
    rejected = form_in(typed(summary(lines), DETAILED)).statuses[1]
    assert (in_words(rejected.claims), rejected.note) == ("1-18", "read as 118, taken as 1-18")
    assert rejected.confidence < 100


def test_a_lost_hyphen_on_two_lines_confirms_neither() -> None:
    """Only another list does: both lines are printed in the same type, and are lost in the same way."""
    lines = "4) Claim(s) 143 is/are pending in the application.\n6) Claim(s) 143 is/are rejected."
    body = "DETAILED ACTION\nClaims 1-43 are rejected under 35 U.S.C. 101."
    assert claims(form_in(typed(summary(lines), body))) == {"pending": "1-43", "rejected": "1-43"}


def test_a_list_far_beyond_what_the_paper_names_is_not_meant() -> None:
    """What may be meant is a note, not a finding."""
    lines = "4) Claim(s) 1-720 is/are pending in the application.\n6) Claim(s) 1-720 is/are rejected."
    pending = form_in(typed(summary(lines), DETAILED)).statuses[0]
    assert (pending.claims, pending.legible) == ((), False)
    assert "perhaps 1-20" in pending.note


@pytest.mark.parametrize(
    ("period", "months", "days"),
    [
        ("3 MONTH(S) OR THIRTY (30) DAYS,", 3, 30),
        ("3 MONTHS FROM THE MAILING", 3, None),
        ("ONE MONTH(S) OR THIRTY (30) DAYS", 1, 30),
        ("2 MONTHS FROM THE MAILING", 2, None),
        ("THREE (3) MONTH(S) FROM", 3, None),
        ("30 DAYS FROM", None, 30),
        ("g MONTH(S) FROM", None, None),
    ],
)
def test_the_period_for_reply_is_read(period: str, months: int | None, days: int | None) -> None:
    """Of a digit that cannot be read nothing is guessed."""
    read = form_in(typed(summary(UNTIL_2011, period=period), DETAILED)).reply_period
    assert read is not None
    assert (read.months, read.days) == (months, days)
    assert read.quote.text.startswith("A SHORTENED STATUTORY PERIOD")


def test_the_text_says_the_period_where_the_form_is_not_legible() -> None:
    """The two months of a first reply are no period for reply."""
    final = """
A shortened statutory period for reply to this final action is set to expire THREE MONTHS from the mailing date of this
action. In the event a first reply is filed within TWO MONTHS of the mailing date, the period will expire later.
"""
    read = form_in(typed(summary(UNTIL_2011, period="Q MONTH(S) FROM"), final)).reply_period
    assert read is not None
    assert (read.months, read.quote.page) == (3, 2)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Mary E. Gardner", "Mary E. Gardner"),
        ("MARY E GARDNER", "Mary E. Gardner"),
        ("MARY O'NEILL-MCDONALD", "Mary O'Neill-McDonald"),
        ("DiIIon Brook", "Dillon Brook"),
        ("Lewis A. Brook, Jr.", "Lewis A. Brook, Jr."),
        ("JOHN VAN DER BERG III", "John Van Der Berg III"),
    ],
)
def test_the_examiner_is_named_as_names_are_written(printed: str, name: str) -> None:
    """Capitals, initials, an l that was read as a capital I."""
    examiner = form_in(typed(summary(UNTIL_2011, examiner=printed))).examiner
    assert examiner is not None
    assert examiner.value == name


def test_a_name_that_was_misread_on_the_form_is_taken_from_the_other_places() -> None:
    """Where the contact paragraph and the signature agree."""
    signed = "/MARY E GARDNER/\nExaminer, Art Unit 2823"
    examiner = form_in(typed(COVER, summary(UNTIL_2011, examiner="Mary E. Gardrier"), DETAILED, signed)).examiner
    assert examiner is not None
    assert examiner.value == "Mary E. Gardner"


@pytest.mark.parametrize(
    "paper",
    [
        COVER,
        "Any inquiry should be directed to Mary E. Gardner, whose telephone number is (571) 272-0000.",
        "/MARY E. GARDNER/\nExaminer, Art Unit 2823\n/PAUL BOSS/\nSupervisory Patent Examiner, Art Unit 2823",
        "Examiner\nMary E. Gardner\nGroup Art Unit\n2823",
        "Examiner\nArt Unit\nAIA (FITF) Status\nMARY E GARDNER\n2823\nYes",
    ],
)
def test_the_examiner_is_found_wherever_a_paper_names_one(paper: str) -> None:
    """The supervisor is another person."""
    examiner = form_in(typed(paper)).examiner
    assert examiner is not None
    assert examiner.value == "Mary E. Gardner"


def test_the_receptionist_and_a_supervisor_are_no_examiner() -> None:
    """Nor is anyone where nobody is named."""
    text = """
Inquiries should be directed to the receptionist whose telephone number is 5.
/PAUL BOSS/
Supervisory Patent Examiner
"""
    assert form_in(typed(text)).examiner is None


def test_the_art_unit_is_what_most_places_say() -> None:
    """A cover sheet that was misread is outvoted; the running heads, which the text leaves out, count."""
    cover = COVER.replace("2823", "2833")
    form = form_in(typed(cover, DETAILED, DETAILED.replace("Page 2", "Page 3")))
    assert form.art_unit is not None
    assert (form.art_unit.value, form.art_unit.quote.text) == ("2823", "Art Unit: 2823")


def test_an_advisory_action_has_its_own_lines() -> None:
    """Behind colons; a list may go on on the next line."""
    advisory = """
Advisory Action
Before the Filing of an Appeal Brief
Examiner Art Unit
Mary E. Gardner 3721
The status of the claim(s) is (or will be) as follows:
Claim(s) allowed: 21.
Claim(s) objected to: ____.
Claim(s) rejected: 1-8, 10 and 12-
20.
Claim(s) withdrawn from consideration: 9,11.
AFFIDAVIT OR OTHER EVIDENCE
8. [ ] The affidavit or other evidence
"""
    form = form_in(typed(advisory))
    assert claims(form) == {"allowed": "21", "rejected": "1-8, 10, 12-20", "withdrawn": "9, 11"}


@pytest.mark.parametrize(
    ("line", "allowed"),
    [
        (
            "3.[v] The allowed claim(s) is/are 1,3-5 and 7-20 . As a result of the allowed claim(s), you may",
            "1, 3-5, 7-20",
        ),
        ("2. [X] The allowed claim(s) is/are 1-16, now renumbered 1-16.", "1-16"),
        ("2. [X] The allowed claim(s) is/are 1-9,11-\n20 and 22\n3. [] Acknowledgment is made", "1-9, 11-20, 22"),
        ("3. [x] The allowed claim(s) is/are 1-4, 7-9 and 12. 4.0 Acknowledgment is made", "1-4, 7-9, 12"),
        ("3. [x] The allowed claim(s) is/are 1-4, 7-9 and 12.\n4. O Acknowledgment is made", "1-4, 7-9, 12"),
    ],
)
def test_a_notice_of_allowability_has_the_allowed_claims(line: str, allowed: str) -> None:
    """Up to the end of its line, not the number of the next."""
    form = form_in(typed(f"Notice of Allowability Examiner Art Unit\nMary E. Gardner 2894\n{line}"))
    assert claims(form) == {"allowed": allowed}


def test_the_text_of_an_action_is_no_form() -> None:
    """Some examiners write "is/are rejected" in the text, too."""
    form = form_in(
        typed("DETAILED ACTION\nClaim(s) 1-4 is/are rejected under 35 U.S.C. 102(a)(1) as anticipated by Baker.")
    )
    assert (form.statuses, form.regions) == ((), ())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Accordingly, THIS ACTION IS MADE FINAL. See MPEP 706.07(a).", "final"),
        ("Accordingly, this action is made non-final.", "non-final"),
        ("Prosecution is closed in accordance with the practice under Ex parte Quayle, 25 USPQ 74.", "Quayle"),
    ],
)
def test_the_words_of_the_text_say_whether_an_action_is_final(text: str, value: str) -> None:
    """Never the tick boxes of the form, which have both words."""
    words = form_in(typed(summary(UNTIL_2011), text)).finality_words
    assert words is not None
    assert (words.value, words.quote.page) == (value, 2)


@pytest.mark.parametrize(
    "text",
    [
        "The finality of the previous Office action has been withdrawn.",
        "If the amendment is filed, the next action is made final.",
        "Nothing is said.",
    ],
)
def test_other_words_on_finality_say_nothing_of_this_action(text: str) -> None:
    """The former one, or one to come."""
    assert form_in(typed(summary(UNTIL_2011), text)).finality_words is None
