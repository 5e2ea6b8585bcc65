"""Tests of `components.content.rejections.grounds`: what opens a ground, what does not, and what is read of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from components.content.claim_lists import in_words
from components.content.records import WITH_DEPENDENTS, ClaimStatus, Quote
from components.content.rejections.grounds import GroundsRead, grounds_in
from components.content.text import ReadText
from components.page_texts import Box, PageText, Word
from tests.content.typed_text import typed

LAWS = (
    "35 U.S.C, 103(a)",
    "35 U. S. C. 103(a)",
    "35 U.S.C.103(a)",
    "35 U.S.C. \xa7103(a)",
    "35 use 103(a)",
    "35 U.S.0. 103(a)",
    "35 us. 103(a)",
    "35 USC 103 (a)",
    "35 U.S.C. lO3(a)",
    "35 u.s.c. \xa7 103(a)",
    "35 U.S.C. S 103(a)",
    "35 U.S.C. 5 103(a)",
    "35 U.S.C. $103(a)",
    "35 USC\xa7 103(a)",
    "35 U.S.C. \xa7l03(a)",
    "\xa7103(a)",
    "Title 35, United States Code, Section 103(a)",
    "35 U.S.C. sec. 103(a)",
    "35 U.S.C. 103{a)",
    "35 U.S.C. 103(a),",
    "35 USC. 103(a)",
    "3 5 U.S.C. 103(a)",
    "35 U.SC. 103(a)",
    "35 U.S.C.\n\xa7 103(a)",
    "pre-AIA 35 U.S.C. 103(a)",
    "35 U.S.C. 103 (pre-AIA) (a)",
    "35 U.S.C. I03(a)",
    "35 U.8.C. 103(a)",
    "35 U.S.C. 1O3(a)",
)
"""Ways to write section 103(a)."""
VERBS = (
    "are rejected",
    "are re jected",
    "are reject ed",
    "are rejectcd",
    "are rejeoted",
    "are rejecled",
    "are reiected",
    "are Rejected",
    "are REJECTED",
    "arc rejected",
    "is rejected",
    "is/are rejected",
    "stand rejected",
    "stand finally rejected",
    "remain rejected",
    "are also rejected",
    "are further rejected",
    "are hereby rejected",
    "continue to be rejected",
    "are newly rejected",
    "are again rejected",
    " rejected",
    "ate rejected",
    "are all rejected",
    "are each rejected",
)
LISTS = (
    ("Claims1-5", "1-5"),
    ("Claims l-5", "1-5"),
    ("Claims I-5", "1-5"),
    ("Clairns 1-5", "1-5"),
    ("Claim I", "1"),
    ("Claims 1\u20145", "1-5"),
    ("Claims 1 \u2013 5", "1-5"),
    ("Claims: 1-5", "1-5"),
    ("Claims 1-5,", "1-5"),
    ("Claim(s) 1-5", "1-5"),
    ("Claims 1,2,3,4, and 5", "1-5"),
    ("CLAIMS 1-5", "1-5"),
    ("Claims 1-4 and 5", "1-5"),
    ("Claims 1 thru 5", "1-5"),
    ("Claims 1to 5", "1-5"),
    ("Claims numbered 1-5", "1-5"),
    ("Claim numbers 1-5", "1-5"),
    ("Claims 1-3 & 5", "1-3,5"),
    ("Claims 1 3 and 5", "1,3,5"),
    ("Claims 1-10, 1 2-15", "1-10,12-15"),
    ("Claims 1-5 (all pending claims)", "1-5"),
    ("Claims 1-5 inclusive", "1-5"),
    ("Claims 1-5, inclusive,", "1-5"),
    ("Original claims 1-5", "1-5"),
    ("Amended claims 1-5", "1-5"),
    ("Currently amended claims 1-5", "1-5"),
    ("Independent claims 1 and 5", "1,5"),
    ("Independent claim 1, and dependent claims 2-5", "1-5"),
    ("Claim 1, 5, 7-9 and claim 11", "1,5,7-9,11"),
    ("Claims 1-2, 4-6, 8-10, 12-14, 16-\n18 and\n20", "1-2,4-6,8-10,12-14,16-18,20"),
)


def wordings() -> Iterator[tuple[str, str]]:
    """Yield the cases of the file beside this one: a text with form feeds, and its grounds."""
    for case in Path(__file__).with_name("ground_wordings.txt").read_text(encoding="utf-8").split("\n%%\n")[1:]:
        text, grounds = case.rsplit("\n=>", 1)
        yield text.replace("\n<page>\n", "\f"), grounds.strip()


@dataclass(frozen=True)
class Form:
    """A form page that says which claims are rejected."""

    statuses: tuple[ClaimStatus, ...]


def form(*claims: int, legible: bool = True) -> Form:
    """Return a form page with one line."""
    return Form((ClaimStatus("status", "rejected", claims, "form", Quote("7) Claim(s)", 1), legible=legible),))


def read(text: str, form_page: Form | None = None) -> GroundsRead:
    """Return the grounds of typed pages, form feeds between them."""
    return grounds_in(typed(*text.split("\f")), form=form_page)


def said(grounds: GroundsRead) -> str:
    """Return grounds in words."""
    return "; ".join(
        f"{'provisional ' * ground.provisional}{ground.statute} {in_words(ground.claims).replace(' ', '')}"
        for ground in grounds.grounds
    )


@pytest.mark.parametrize("law", LAWS)
def test_the_law_is_read_however_it_is_written(law: str) -> None:
    """Section 103(a), as examiners write it and engines misread it."""
    text = f"Claims 1-5 are rejected under {law} as being unpatentable over Smith (US 5,111,222)."
    assert said(read(text)) == "103(a) 1-5"


@pytest.mark.parametrize("verb", VERBS)
def test_the_verb_is_read_however_it_is_written(verb: str) -> None:
    """The verb, as examiners write it and engines misread it."""
    text = f"Claims 1-5 {verb} under 35 U.S.C. 103 as being unpatentable over Smith (US 5,111,222)."
    assert said(read(text)) == "103 1-5"


@pytest.mark.parametrize(("claims", "meant"), LISTS)
def test_the_claims_are_read_however_they_are_listed(claims: str, meant: str) -> None:
    """The subject of the sentence."""
    text = f"3. {claims} are rejected under 35 U.S.C. 103 as being unpatentable over Smith (US 5,111,222)."
    assert said(read(text)) == f"103 {meant}"


@pytest.mark.parametrize(("text", "grounds"), list(wordings()))
def test_each_ground_is_read_once_and_what_only_looks_like_one_is_not(text: str, grounds: str) -> None:
    """Sentences that open grounds; repeats, looks back, conditions, objections, interpretations, others' words."""
    assert said(read(text)) == grounds


def test_a_ground_names_what_it_stands_on_and_where() -> None:
    """References, quote and page."""
    text = (
        "Title page\fApplication/Control Number: 10/111,222 Page 2\nArt Unit: 2100\n"
        "4. Claims 2 and 3 are rejected under pre-AIA 35 U.S.C. 103(a) as being unpatentable over Smith et al. "
        "(US 2010/0111222 A1) in view of US 6,222,333 (Brown). Smith shows a widget."
    )
    (ground,) = read(text).grounds
    assert [(each.name, each.number) for each in ground.references] == [
        ("Smith et al.", "US 2010/0111222 A1"),
        ("Brown", "US 6,222,333"),
    ]
    assert ground.quote.page == 2
    assert ground.quote.text.startswith("Claims 2 and 3 are rejected under pre-AIA")
    assert ground.quote.text.endswith("US 6,222,333 (Brown).")
    assert ground.pre_aia
    assert ground.id == "ground 103(a) 2-3"


def test_a_quote_ends_where_its_page_ends() -> None:
    """The sentence goes on behind the head of the next page."""
    text = (
        "Claims 1-4 are rejected under 35 U.S.C. 102(b) as being\f"
        "Application/Control Number: 10/111,222 Page 3\nArt Unit: 2100\nanticipated by Smith."
    )
    (ground,) = read(text).grounds
    assert ground.quote.text == "Claims 1-4 are rejected under 35 U.S.C. 102(b) as being"
    assert ground.quote.goes_on
    assert [each.name for each in ground.references] == ["Smith"]


def test_a_reference_named_again_has_the_number_it_had() -> None:
    """Also where its name is spelled in another way."""
    text = (
        "Claim 1 is rejected under 35 U.S.C. 102(b) as being anticipated by Christoffer (US 7,111,222).\n\n"
        "Claim 2 is rejected under 35 U.S.C. 103(a) as being unpatentable over Christofer in view of Doe."
    )
    grounds = read(text).grounds
    assert [each.number for each in grounds[1].references] == ["US 7,111,222", ""]


def test_a_name_that_stands_for_two_numbers_gets_neither() -> None:
    """One surname, two patents."""
    text = (
        "Claim 1 is rejected under 35 U.S.C. 102(b) as being anticipated by Smith (US 7,111,222).\n\n"
        "Claim 1 is rejected under 35 U.S.C. 102(b) as being anticipated by Smith (US 7,333,444).\n\n"
        "Claim 2 is rejected under 35 U.S.C. 103(a) as being unpatentable over Smith in view of Doe."
    )
    grounds = read(text).grounds
    assert [each.references[0].number for each in grounds] == ["US 7,111,222", "US 7,333,444", ""]


def test_what_double_patenting_stands_on_is_given_in_its_words() -> None:
    """The claims of the other patent."""
    text = (
        "Claims 1-5 are rejected on the ground of nonstatutory double patenting as being unpatentable over "
        "claims 1-7 of U.S. Patent No. 9,111,222 B1. Although the claims are not identical, they are alike."
    )
    (ground,) = read(text).grounds
    assert ground.over == "claims 1-7 of U.S. Patent No. 9,111,222 B1"
    assert [each.number for each in ground.references] == ["US 9,111,222 B1"]


UNREAD = (
    "Claims *** are rejected under 35 U.S.C. 102(a)(1) as being anticipated by Smith (US 9,111,222).\n\n"
    "Regarding claim 1, Smith shows a widget.\n\nRegarding claims 2 and 3, Smith shows it too."
)


def test_claims_that_cannot_be_read_come_from_the_form_page_and_that_is_said() -> None:
    """The only ground of its action."""
    (ground,) = read(UNREAD, form(1, 2, 3, 4)).grounds
    assert ground.claims == (1, 2, 3, 4)
    assert ground.claims_from == "form"
    assert "form page" in ground.notes[0]
    assert ground.confidence < 100


@pytest.mark.parametrize("form_page", [None, form(1, 719, legible=False)])
def test_claims_that_cannot_be_read_come_from_the_paragraphs_without_a_form(form_page: Form | None) -> None:
    """Without a form page, or with one that cannot be read either."""
    (ground,) = read(UNREAD, form_page).grounds
    assert ground.claims == (1, 2, 3)
    assert ground.claims_from == "paragraphs"


def test_claims_that_can_be_read_never_come_from_the_form_page() -> None:
    """Both stand: the difference is for a person."""
    text = "Claims 1-3 are rejected under 35 U.S.C. 101 because they are directed to an abstract idea."
    (ground,) = read(text, form(1, 2, 3, 4)).grounds
    assert ground.claims == (1, 2, 3)
    assert ground.claims_from == "sentence"


def test_claims_that_stand_nowhere_are_left_empty_and_that_is_said() -> None:
    """No form page, no paragraphs."""
    (ground,) = read("Claims *** are rejected under 35 U.S.C. 103 as being unpatentable over Smith.").grounds
    assert ground.claims == ()
    assert ground.claims_from == ""
    assert ground.notes


def test_an_action_that_rejects_without_a_ground_says_that_it_rejects() -> None:
    """The tripwire."""
    found = read("Claims 1-5 are rejected for the reasons given in the attached sheet.")
    assert found.grounds == ()
    assert found.says_rejected


def test_a_form_page_that_rejects_is_enough_to_say_so() -> None:
    """The tripwire, where nothing of the text was understood."""
    assert read("Nothing legible stands here.", form(1, 2)).says_rejected


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        ("Claims 14-20 are similarly rejected for the reasons given above.", "14-20"),
        ("Claims 5-7 recite the like and are rejected under the same rationale as claims 1-3.", "5-7"),
        ("Claims 15, 16 and 17, being system claims corresponding to claims 1-3, are rejected likewise.", "15-17"),
        ("Claims 2-6 are rejected for the same reasons as claim 1.", "4-6"),
        ("Claims 4-6 are rejected under 35 U.S.C. ___ as set forth above.", "4-6"),
        ("Claims 1-3 are rejected under the same rationale.", ""),
        ("Claim(s) 4-6 is/are rejected.", ""),
        ("Applicant argues that claims 4-6 are rejected under the same rationale.", ""),
        ("Claims 4-6 are objected to as being dependent upon a rejected base claim.", ""),
    ],
)
def test_claims_that_a_sentence_rejects_without_a_law_are_said_to_be_unread(sentence: str, claims: str) -> None:
    """As far as no ground has them; the line of a form is no such sentence."""
    text = f"Claims 1-3 are rejected under 35 U.S.C. 103 as being unpatentable over Adams.\n\n{sentence}"
    found = read(text)
    assert said(found) == "103 1-3"
    assert [in_words(each.claims) for each in found.unread] == ([claims] if claims else [])


def test_a_ground_says_that_dependents_are_rejected_as_well() -> None:
    """Where they are not numbered, and only there."""
    many, numbered = (
        read(f"Claims 1 and 8{dependents} are rejected under 35 U.S.C. 112, second paragraph, as being incomplete.")
        for dependents in (", and their dependent claims,", " and their dependent claims 2-5")
    )
    assert WITH_DEPENDENTS in many.grounds[0].notes
    assert WITH_DEPENDENTS not in numbered.grounds[0].notes


@pytest.mark.parametrize(
    "sentence",
    [
        "Claim(s) _ is/are rejected.",
        "Evidence may be used in a rejection under 35 U.S.C. 103(a) of the other invention. Claim 1 is generic.",
    ],
)
def test_what_only_mentions_rejections_does_not_say_that_claims_are_rejected(sentence: str) -> None:
    """The empty line of a form, and the warning of a restriction requirement."""
    assert not read(sentence).says_rejected


def test_an_action_without_a_rejection_does_not_say_that_it_rejects() -> None:
    """Quayle."""
    text = "This application is in condition for allowance except for formal matters. Claims 1-5 are allowed."
    assert not read(text).says_rejected


def test_the_paper_says_which_law_applies() -> None:
    """Whatever its sentences name besides."""
    text = (
        "The present application is being examined under the first inventor to file provisions of the AIA.\n\n"
        "Claims 1-5 are rejected under 35 U.S.C. 112(b) or 35 U.S.C. 112 (pre-AIA), second paragraph, "
        "as being indefinite."
    )
    (ground,) = read(text).grounds
    assert not ground.pre_aia


def test_a_badly_read_sentence_is_less_sure() -> None:
    """The engine's confidence in the words of the sentence."""
    words = [
        "Claims",
        "1-5",
        "are",
        "rejected",
        "under",
        "35",
        "U.S.C.",
        "103",
        "as",
        "being",
        "unpatentable",
        "over",
        "Smith.",
    ]
    page = PageText(1, "read", "engine", words=tuple(Word(word, Box(0, 0, 0, 0), 0, 60) for word in words))
    (ground,) = grounds_in(ReadText([page])).grounds
    assert ground.confidence == 60


@pytest.mark.parametrize(
    "text",
    [
        "Claims 1, " * 20_000,
        "rejected " * 20_000,
        "Claims 1-5 are rejected under " + "35 U.S.C. 103(a) and " * 10_000,
        "Claims 1-5 are rejected under 35 U.S.C. 103 over " + "Smith (US 5,111,222), " * 10_000,
        "Claims 1-5 are rejected under 35 U.S.C. 103 over " + "(" * 20_000,
        "claims " * 20_000 + "are rejected under 35 U.S.C. 103",
        "Application/Control Number: " * 5_000,
        "112, first and second " * 10_000,
        "\n\n".join(["Claims 1-5 are rejected under 35 U.S.C. 103 over Smith."] * 2_000),
    ],
    ids=range(9),
)
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    """Long repeats of what the patterns look for."""
    found = read(text)
    assert len(found.grounds) < 3
