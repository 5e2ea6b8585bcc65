"""What the actions of a file say in sentences: each leads to its paper and page."""

from dataclasses import replace
from datetime import date

import pytest

from components.content.in_words import claims_in_words, content_in_words
from components.content.records import NamedReference, PaperContent
from tests.content.papers import JUNG, a_file, action, ground, numbers, paper, status


def test_a_file_in_words() -> None:
    """What each action rejected, what is new, what fell away, and which was not read."""
    assert [sentence.text for sentence in content_in_words(a_file())] == [
        (
            "The non-final action of 12 Mar 2018 rejects claims 1–9 under 103 (Jung), claims 2–3 under 112(b) and "
            "provisionally claim 1 for double patenting, and objects to claim 10; claims 11–12 are withdrawn."
        ),
        (
            "The final action of 20 Sep 2018 rejects claims 1, 4–9 and 13 under 103 (Jung and Lee), claim 1 under 101, "
            "and claims that are not legible under 102(a)(1) (Jung), and allows claim 13."
        ),
        "New in it: 101 on claim 1.",
        "Double patenting on claim 1 fell away after the reply of 1 Jun 2018.",
        "To be looked at in the final action of 20 Sep 2018: Form and text differ on claim 13.",
        "In the advisory action of 5 Nov 2018 no ground was found and no claim that it names.",
        "The non-final rejection of 2 Apr 2019 was not read: It says “rejected under” and no ground could be read.",
        "The notice of allowance of 9 Dec 2019 allows claims 1, 4–9 and 13.",
        "The notice of allowance of 9 Dec 2019 gives as a reason for allowance: “No art shows such a hinge.”",
    ]


def test_a_sentence_leads_to_its_paper_page_and_finding() -> None:
    """The first of what it says; the sentence on what was not read leads to the first page."""
    found = {(sentence.paper.document, sentence.page, sentence.finding) for sentence in content_in_words(a_file())}
    assert ("20180312-CTNF-1", 3, "ground 103 1 2 3 4 5 6 7 8 9") in found
    assert ("20180920-CTFR-1", 2, "differ 1") in found
    assert ("20190402-CTNF-1", 1, "") in found
    assert all(sentence.paper.document in sentence.documents for sentence in content_in_words(a_file()))


def test_what_fell_away_leads_to_where_it_stood() -> None:
    """The double patenting of the first action, on its page 6; the final is named as well."""
    (gone,) = [sentence for sentence in content_in_words(a_file()) if "fell away" in sentence.text]
    assert (gone.paper.document, gone.page) == ("20180312-CTNF-1", 6)
    assert gone.documents == ("20180312-CTNF-1", "20180920-CTFR-1")


def test_claims_rejected_on_the_form_alone_are_said_so() -> None:
    """No ground is not "no rejection"."""
    only = action(finality="final", statuses=(status("rejected", (1, 2)), status("allowed", (3,))))
    texts = [each.text for each in content_in_words([paper(1, date(2018, 1, 2), "CTFR", "Final rejection", only)])]
    assert texts == [
        "The final action of 2 Jan 2018 rejects claims 1–2 on grounds that were not read and allows claim 3."
    ]


def test_the_form_of_an_action_that_was_not_read_is_told() -> None:
    """It is all that is known of it."""
    form = (status("pending", (1, 2, 3)), status("rejected", (1, 2)), status("allowed", (3,)))
    only = PaperContent("action", "not read", "No ground was found.", statuses=form)
    texts = [each.text for each in content_in_words([paper(1, date(2018, 1, 2), "CTFR", "Final rejection", only)])]
    assert texts == [
        (
            "The final rejection of 2 Jan 2018 was not read: No ground was found; its form has claims 1–2 as rejected "
            "and claim 3 as allowed."
        )
    ]


def test_many_references_are_counted() -> None:
    """Four are named; one without a name has its number."""
    named = [NamedReference(name) for name in ("Ade", "Bee", "Cee", "Dee")]
    only = action(grounds=(ground("103", (1,), 2, JUNG, NamedReference("", "US 1,000,001"), *named),))
    text = content_in_words([paper(1, date(2018, 1, 2), "CTNF", "Non-final rejection", only)])[0].text
    assert "(Jung, US 1,000,001, Ade, Bee and 2 more)" in text


@pytest.mark.parametrize(
    ("claims", "words"),
    [((1,), "claim 1"), ((1, 2), "claims 1–2"), ((1, 3, *numbers(7, 9)), "claims 1, 3 and 7–9"),
     ((), "claims that are not legible")],
)  # fmt: skip
def test_claims_in_words(claims: tuple[int, ...], words: str) -> None:
    """As a sentence names them."""
    assert claims_in_words(claims) == words


def test_nothing_read_is_no_sentence() -> None:
    """Of a file without papers."""
    assert content_in_words([]) == ()


def test_one_name_for_two_references_is_told_by_number() -> None:
    """An examiner may cite two documents of one inventor; the same one twice is one."""
    two = [NamedReference("Yano", "US 1,000,001"), NamedReference("Yano et al.", "US 1,000,002")]
    only = action(
        grounds=(ground("103", (1,), 2, *two), ground("102(b)", (2,), 3, JUNG, replace(JUNG, printed="Jung")))
    )
    text = content_in_words([paper(1, date(2018, 1, 2), "CTNF", "Non-final rejection", only)])[0].text
    assert "claim 1 under 103 (US 1,000,001 and US 1,000,002), and claim 2 under 102(b) (Jung)" in text


def test_what_fell_away_together_is_one_sentence() -> None:
    """After replies of two days, both grounds of the action before."""
    papers = [
        paper(1, date(2018, 1, 2), "CTNF", "Non-final rejection", action(
            grounds=(ground("103", (1, 2), 3, JUNG), ground("112(b)", (2,), 4)),
        )),
        paper(2, date(2018, 4, 2), "CLM", "Claims", action(kind="claims")),
        paper(3, date(2018, 5, 3), "REM", "Remarks", action(kind="remarks")),
        paper(4, date(2018, 9, 2), "NOA", "Notice of allowance", action(
            kind="allowance", finality="allowance", statuses=(status("allowed", (1, 2)),),
        )),
    ]  # fmt: skip
    assert [each.text for each in content_in_words(papers)][2:] == [
        "103 on claims 1–2 and 112(b) on claim 2 fell away after the replies of 2 Apr 2018 and 3 May 2018."
    ]
