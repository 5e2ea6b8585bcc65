"""What papers say in their own words: reasons for allowance, and what an applicant argued."""

from pathlib import Path

import pytest

from components.content.folder.folder import pages_of_file
from components.content.records import PaperKind, Statement
from components.content.statements.remarks import Phrase, phrases, statutes_named
from components.content.statements.statements import most_telling_first, statements_in
from components.content.text import ReadText
from tests.content.typed_text import typed

PAPERS = Path(__file__).parents[3] / "shared" / "data" / "papers"
NOTICE = """DETAILED ACTION

Allowable Subject Matter

1. Claims 1-6 are allowed.

2. The following is an examiner's statement of reasons for allowance: The prior art of record, taken alone or in
combination, fails to teach a lid that is held by two magnets, as recited in claim 1. Claims 2-6 depend on claim 1.

Any comments considered necessary by applicant must be submitted no later than the payment of the issue fee. Such
submissions should be clearly labeled "Comments on Statement of Reasons for Allowance."

Any inquiry concerning this communication should be directed to Pat Doe.
"""
ACTION = """Claim Rejections - 35 USC § 103

Claims 1-3 are rejected under 35 U.S.C. 103 as being unpatentable over Dalby in view of Frome.

Dalby fails to teach a lid with magnets. However, the prior art of Frome does not lack one.

Allowable Subject Matter

Claims 4-5 are objected to as being dependent upon a rejected base claim, but would be allowable if rewritten in
independent form including all of the limitations of the base claim and any intervening claims.

The following is a statement of reasons for the indication of allowable subject matter: None of the references of
record discloses a hinge of felt.

Response to Arguments

Applicant argues that the prior art fails to teach a lid and that claims 1-3 would be allowable if amended.
"""
REMARKS = """REMARKS

Claims 1-5 are pending. Claim 1 has been amended to overcome the rejection and now recites two magnets.

Rejections under 35 U.S.C. § 102(a)(1)

Claims 1-4 stand rejected under 35 U.S.C. § 102(a)(1) as being anticipated by Dalby.

Dalby does not teach a lid that is held by magnets. Unlike Dalby, the present invention needs no hinge.
Applicant respectfully requests reconsideration and withdrawal of the rejection.

Rejection under 35 U.S.C. § 103

The Office Action acknowledges that Dalby does not disclose felt. The Examiner asserts that Frome does not teach
wood. There is no motivation to combine Dalby with Frome.

Conclusion

The claims are in condition for allowance. Applicant does not disclaim any subject matter, and claim 1 is not limited
to the embodiments shown.
"""


def said(text: ReadText, kind: PaperKind) -> list[tuple[str, str, tuple[int, ...]]]:
    """Return kind, first three words and claims of what a paper says."""
    return [(each.kind, " ".join(each.quote.text.split()[:3]), each.claims) for each in statements_in(text, kind=kind)]


def test_a_notice_gives_the_sentences_behind_the_words_that_open_its_reasons() -> None:
    """Neither the opening words, nor that claims are allowed, nor the paragraph on comments are reasons."""
    assert said(typed(NOTICE), "allowance") == [
        ("reason for allowance", "The prior art", (1,)),
        ("reason for allowance", "Claims 2-6 depend", (1, 2, 3, 4, 5, 6)),
    ]


def test_what_a_reference_lacks_inside_a_rejection_is_no_reason_for_allowance() -> None:
    """Nor is what an examiner tells of an applicant's argument."""
    assert said(typed(ACTION), "action") == [
        ("allowable subject matter", "Claims 4-5 are", (4, 5)),
        ("reason for allowance", "None of the", ()),
    ]


@pytest.mark.parametrize(
    ("words", "kind", "note"),
    [
        ("The claims are allowed for the reasons set forth in applicant's remarks.", "reasons elsewhere", None),
        (
            "The reason for allowance is the felt hinge, which is not found in the prior art.",
            "reason for allowance",
            "",
        ),
        ("None of the aIIowed claims is met, since the prior art does not show a cork.", "reason for allowance", ""),
        (
            "Claims 1-5 are allowable over the prior art of record.",
            "allowable subject matter",
            "says what is allowable",
        ),
        (
            "The indicated allowability of claims 4-6 is withdrawn in view of Frome.",
            "allowable subject matter",
            "indication withdrawn",
        ),
    ],
)
def test_a_notice_is_read_as_examiners_word_it(words: str, kind: str, note: str | None) -> None:
    """Where its reasons are, what is allowable, and what is so no longer."""
    found = statements_in(typed(words), kind="allowance")
    assert [each.kind for each in found] == [kind]
    assert note in (None, found[0].note)


@pytest.mark.parametrize(
    "words",
    [
        "The allowed claim(s) is/are 1-20. As a result of the allowed claim(s), you may be eligible to benefit.",
        "All claims being allowable, PROSECUTION ON THE MERITS IS (OR REMAINS) CLOSED in this application.",
        "Claim 1 is not patentable over Dalby because it lacks novelty.",
        "The prior art made of record and not relied upon does not teach a lid.",
        "Applicant argues that claim 1 is allowable because Dalby fails to teach a lid. This is not persuasive.",
        "As allowable subject matter has been indicated, applicant's reply must comply with all formal requirements.",
        "REASONS FOR ALLOWANCE\n\nA request for continued examination was filed after final rejection.",
        "REASONS FOR ALLOWANCE\n\nApplicant's submission filed on 2 May 2019 has been entered.",
        "REASONS FOR ALLOWANCE\n\nThe allowed claims are renumbered 1-9.",
    ],
)
def test_forms_refusals_and_told_arguments_say_nothing_of_allowance(words: str) -> None:
    """Though they use its words."""
    assert statements_in(typed(words), kind="allowance") == ()


def test_a_reason_right_behind_what_would_be_allowable_is_one() -> None:
    """Also in an action, without a heading or opening words."""
    text = typed("Claim 8 is objected to, but would be allowable if rewritten. The prior art fails to teach its hinge.")
    assert [each.kind for each in statements_in(text, kind="action")] == [
        "allowable subject matter",
        "reason for allowance",
    ]


def test_the_line_of_a_form_that_lists_a_statement_of_reasons_opens_none() -> None:
    """PTOL-37 has such a line among its attachments."""
    form = """Attachment(s)

1. Notice of References Cited (PTO-892)
2. Notice of Draftsperson's Patent Drawing Review

8. Examiner's Statement of Reasons for Allowance

9. Other

The prior art was searched.
"""
    assert said(typed(form), "allowance") == []


def test_a_notice_that_points_to_the_applicants_arguments_says_so_and_gives_no_reasons() -> None:
    """It says where its reasons are; it has none of its own."""
    text = typed("Applicant's arguments, see pages 5-7, filed 3 May 2020, with respect to claim 1 are persuasive.")
    assert said(text, "allowance") == [("reasons elsewhere", "Applicant's arguments, see", (1,))]


def test_a_heading_opens_reasons_and_a_sentence_may_say_itself_why_claims_are_allowed() -> None:
    """As examiners write without the form paragraph."""
    text = typed(
        "REASONS FOR ALLOWANCE\n\nThe art does not show a cork.\n\nConclusion\n\nThe fax number is as above.",
        "Claim 7 is allowable over the prior art because no reference teaches a cork that floats.",
    )
    assert [(each.kind, each.quote.page) for each in statements_in(text, kind="allowance")] == [
        ("reason for allowance", 1),
        ("reason for allowance", 2),
    ]


def test_a_reason_that_goes_on_on_the_next_page_is_quoted_on_both() -> None:
    """A quote has the words of one page."""
    text = typed(
        "The following is a statement of reasons for allowance: The prior art does not teach a lid that",
        "is held by two magnets and a felt hinge.",
    )
    quotes = [each.quote for each in statements_in(text, kind="allowance")]
    assert [(quote.page, quote.text.split()[-1], quote.goes_on) for quote in quotes] == [
        (1, "that", True),
        (2, "hinge.", False),
    ]


def test_remarks_are_told_by_kind_and_by_the_ground_that_they_answer() -> None:
    """Recital, request, reservation and what the examiner asserts are nothing that the applicant states."""
    found = [(each.kind, each.statute, each.note) for each in statements_in(typed(REMARKS), kind="remarks")]
    assert found == [
        ("amended to overcome", "", "amended to overcome"),
        ("estoppel", "102(a)(1)", "does not teach"),
        ("estoppel", "102(a)(1)", "the invention differs"),
        ("remark", "103", "what the examiner concedes"),
        ("remark", "103", "no reason to combine"),
    ]


def test_the_most_telling_statements_come_first_on_request() -> None:
    """Those that tell as much keep the order of the pages."""
    ranked = most_telling_first(statements_in(typed(REMARKS), kind="remarks"))
    assert [each.note for each in ranked] == [
        "amended to overcome", "the invention differs", "does not teach", "what the examiner concedes",
        "no reason to combine",
    ]  # fmt: skip


def test_a_paper_of_claims_has_remarks_only_below_their_heading() -> None:
    """A claim may well say that something does not include something."""
    claims = "1. (Original) A lid that does not include a hinge and does not contain felt."
    assert said(typed(claims), "claims") == []
    assert len(said(typed(claims, "REMARKS\n\nDalby does not disclose a lid."), "claims")) == 1


def test_the_words_that_open_a_statement_below_its_heading_are_no_reason() -> None:
    """The heading opens it, and the form paragraph below opens it again."""
    notice = (
        "REASONS FOR ALLOWANCE\n\nThe following is an examiner's statement of reasons for allowance: no lid of the "
        "prior art is made of felt."
    )
    assert said(typed(notice), "allowance") == [("reason for allowance", "no lid of", ())]


@pytest.mark.parametrize(
    ("sentence", "note"),
    [
        ("A jar whose lid is loose is not what is claimed.", "says what is not claimed"),
        ("None of the references keeps a lid shut while it is warm.", "no reference has it"),
        ("Neither reference measures a pressure.", "no reference has it"),
        ("Claim 4 is canceled, its subject matter having been brought into claim 1.", "amended to overcome"),
        ("Applicant amends the claims to bring the examination to an end.", "amended to overcome"),
        ("Claim 6 now introduces the seal.", "amended to overcome"),
    ],
)
def test_what_applicants_say_without_the_usual_phrases_is_found(sentence: str, note: str) -> None:
    """A plain disclaimer, and what was changed for the examiner's sake."""
    found = statements_in(typed(f"REMARKS\n\n{sentence}"), kind="remarks")
    assert [each.note for each in found] == [note]


@pytest.mark.parametrize("phrase", phrases(), ids=lambda phrase: phrase.name)
def test_each_phrase_of_the_table_is_found_in_its_example(phrase: Phrase) -> None:
    """And by no row before it."""
    found = statements_in(typed(f"REMARKS\n\n{phrase.example}"), kind="remarks")
    assert [(each.kind, each.note) for each in found] == [(phrase.kind, phrase.name)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Claims 1-4 stand rejected under 35 U.S.C. 112 as failing to comply with the written description requirement.",
        "Applicant respectfully requests reconsideration of the application.",
        "Claim 3 is cancelled without prejudice or disclaimer.",
        "The claims should not be construed as limited to the drawings.",
        "The scope is not limited to wood.",
        "Nothing herein should be taken as a disclaimer of any subject matter.",
        "The Commissioner is authorized to charge any fee that this paper does not include to Deposit Account 11-1111.",
    ],
)
def test_recitals_requests_and_reservations_are_no_candidates_for_estoppel(sentence: str) -> None:
    """Though they use the same words."""
    found: tuple[Statement, ...] = statements_in(typed(f"REMARKS\n\n{sentence}"), kind="remarks")
    assert [each.kind for each in found if each.kind != "amended to overcome"] == []


@pytest.mark.parametrize(
    ("words", "statute"),
    [
        ("Rejections under 35 U.S.C. § 103", "103"),
        ("REJECTION UNDER 35 USC 102(b)", "102(b)"),
        ("Claims 1-3 stand rejected under 35 U.S.C. §§ 102(a)(1) and 103", "102(a)(1) and 103"),
        ("the rejection under 35 U.S.C. 112, second paragraph", "112 second paragraph"),
        ("Section 101 rejection", "101"),
        ("Double Patenting", "nonstatutory double patenting"),
        ("the housing 102 under the lid 103", ""),
        ("37 CFR 1.112 and MPEP § 103", ""),
    ],
)
def test_the_ground_that_words_name_is_the_statute_and_no_numeral_of_a_drawing(words: str, statute: str) -> None:
    """In the form in which grounds have it."""
    assert statutes_named(words) == statute


@pytest.mark.skipif(not PAPERS.exists(), reason="the real papers are not on this machine")
@pytest.mark.parametrize(
    ("file", "kind", "words", "claims"),
    [
        (
            "us_15173034/15173034_NOA_bodytext.txt",
            "allowance",
            "does not teach “The first reactive impedance has an impedance that is opposite to a reactive impedance",
            (1, 8, 15),
        ),
        (
            "us_10913441/10913441-2007-09-27-00003-CTNF.txt",
            "action",
            "would be allowable if rewritten in independent form",
            (142, 143, 144, 145, 146, 147, 152, 153, 154, 155, 156, 157),
        ),
    ],
)
def test_statements_of_real_papers_are_those_that_a_person_read(
    file: str, kind: PaperKind, words: str, claims: tuple[int, ...]
) -> None:
    """As `truth.csv` has them."""
    statements = statements_in(ReadText(pages_of_file(PAPERS / file)), kind=kind)
    assert claims in [each.claims for each in statements if words in each.quote.text]


@pytest.mark.skipif(not PAPERS.exists(), reason="the real papers are not on this machine")
def test_a_real_notice_without_reasons_gives_none() -> None:
    """It only says that the arguments of an appeal brief are persuasive."""
    pages = pages_of_file(PAPERS / "us_13728484" / "13728484_NOA_bodytext.txt")
    assert {each.kind for each in statements_in(ReadText(pages), kind="allowance")} == {"reasons elsewhere"}


@pytest.mark.parametrize("kind", ["remarks", "allowance", "action", "interview"])
def test_a_text_without_end_is_read_all_the_same(kind: PaperKind) -> None:
    """Its patterns have bounds: a sentence of many pages is none, and nothing is said in it."""
    words = "the prior art does not claims 1, is not term reason for allow interview agreement "
    assert statements_in(typed("REMARKS\n\n" + words * 2_000), kind=kind) == ()


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("A jar whose lid is screwed on, or whose ring is open, is not what is claimed.", "says what is not claimed"),
        ("A lid of cork falls outside the scope of claim 1.", "says what is not claimed"),
        ("None of the references keeps a lid shut while the jar is warm.", "no reference has it"),
        ("Neither reference measures a pressure.", "no reference has it"),
        ("Claim 7 is allowable because no reference compares pressures.", "no reference has it"),
        ("Dalby stops the pump while the jar is warm, not while it is full.", "is not the same"),
        ("Applicant amends the claims to bring the examination to an end.", "amended to overcome"),
        ("Claims 4 and 12 are canceled, their subject matter having been brought into claims 1 and 9.",
         "amended to overcome"),
        ("Claim 5 is canceled, and the word \"about\" has not been carried into claim 1.", "amended to overcome"),
        ("Claim 6 now introduces the ring.", "amended to overcome"),
        ("Claim 1 now has the ring of former claim 4.", "amended to overcome"),
    ],
)  # fmt: skip
def test_plain_words_that_limit_are_told(words: str, note: str) -> None:
    """Also where an applicant uses none of the usual phrases."""
    assert [each.note for each in statements_in(typed(f"REMARKS\n\n{words}"), kind="remarks")] == [note]


@pytest.mark.parametrize(
    "words",
    [
        "Claims 1-3 are now pending.",
        "Claim 4 now stands rejected over Dalby.",
        "No prior art rejections were made.",
        "None of the references is made of record here.",
    ],
)
def test_plain_words_that_only_recite_are_none(words: str) -> None:
    """They limit nothing."""
    assert statements_in(typed(f"REMARKS\n\n{words}"), kind="remarks") == ()


def test_what_was_filed_entered_or_renumbered_is_no_reason_for_allowance() -> None:
    """Nor are the words that open a statement below a heading which opened it already."""
    notice = """EXAMINER'S STATEMENT OF REASONS FOR ALLOWANCE

1. A request for continued examination under 37 CFR 1.114 was filed in this application after final rejection.
The finality of the previous action is withdrawn. Applicant's submission filed on May 3, 2020 has been entered.

2. Claims 1-3 and 5 are allowed. They are renumbered 1-4 for issue.

3. The following is an examiner's statement of reasons for allowance: the prior art of record does not teach a lid
that was entered from below.
"""
    assert said(typed(notice), "allowance") == [("reason for allowance", "the prior art", ())]
