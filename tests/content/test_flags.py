"""Flags: what differs between form and text, and what could not be read."""

from components.content.flags import flags_of
from components.content.records import WITH_DEPENDENTS, ClaimStatus, Flag, Ground
from components.page_texts import Box, PageText, Word
from tests.content.papers import ground, numbers, quote, status


def kinds(*statuses: ClaimStatus, grounds: tuple[Ground, ...] = ()) -> list[tuple[str, str]]:
    """Return the kinds and words of the flags of an action."""
    return [(flag.kind, flag.words) for flag in flags(*statuses, grounds=grounds)]


def flags(*statuses: ClaimStatus, grounds: tuple[Ground, ...] = ()) -> tuple[Flag, ...]:
    """Return the flags of an action."""
    return flags_of(statuses, grounds, (), is_action=True)


def test_where_form_and_text_agree_there_is_no_flag() -> None:
    """Whatever they say."""
    assert not flags(
        status("pending", numbers(1, 9)),
        status("pending", numbers(1, 9), place="body"),
        status("rejected", numbers(1, 4)),
        grounds=(ground("103", numbers(1, 4), 3),),
    )


def test_claims_that_only_the_text_allows_are_flagged_with_both_quotes() -> None:
    """Nothing is merged."""
    (flag,) = flags(status("allowed", numbers(8, 9)), status("allowed", numbers(5, 9), page=4, place="body"))
    assert (flag.kind, [each.page for each in flag.quotes]) == ("form and body differ", [2, 4])
    assert flag.words == "The form says that claims 8-9 are allowed, the text that claims 5-9 are."


def test_claims_that_are_allowed_in_the_text_and_rejected_on_the_form_are_flagged() -> None:
    """As in a final rejection that ends with a sentence too many."""
    assert (
        "form and body differ",
        "The text says that claims 1-2 are allowed; the form has them as rejected.",
    ) in kinds(status("rejected", (1, 2, 3)), status("allowed", (1, 2), place="body"))


def test_rejections_without_a_line_on_the_form_and_the_reverse_are_flagged() -> None:
    """Each with its claims."""
    found = kinds(status("rejected", (1, 2, 5)), grounds=(ground("102(b)", (1, 2, 3), 3),))
    assert found == [
        ("form and body differ", "The text rejects claim 3; the form does not have it as rejected."),
        ("form and body differ", "The form has claim 5 as rejected; no ground was found that rejects it."),
    ]


def test_a_ground_whose_claims_stand_only_on_the_form_is_flagged() -> None:
    """Both are quoted."""
    unread = ground("102(a)(1)", numbers(1, 4), 3, claims_from="form")
    (flag,) = flags(status("rejected", numbers(1, 4)), grounds=(unread,))
    assert (flag.kind, len(flag.quotes)) == ("form and body differ", 2)
    assert "names no claims that can be read. The form has 1-4." in flag.words


def test_a_line_that_is_not_legible_is_flagged_and_compared_with_nothing() -> None:
    """What may be meant is said."""
    unread = status("rejected", (), legible=False, note="printed 1-719; perhaps 1-19")
    (flag,) = flags(unread, grounds=(ground("103", numbers(1, 19), 3),))
    assert flag.kind == "claims not legible"
    assert "printed 1-719; perhaps 1-19" in flag.words


def test_a_heading_wider_than_what_is_pending_is_flagged() -> None:
    """Claim 20 was never filed."""
    found = kinds(status("pending", numbers(1, 19)), grounds=(ground("103", numbers(1, 20), 3),))
    assert found == [
        ("wider than pending", "The heading rejects 1-20 under 103, but claim 20 is not pending."),
    ]


def test_badly_legible_pages_are_flagged_once() -> None:
    """By the engine's own confidence."""
    pages = [
        PageText(number, "read", "Tesseract", words=(Word("claims", Box(0, 0, 1, 1), 0, confidence),))
        for number, confidence in ((1, 95), (2, 40), (3, 50))
    ]
    (flag,) = flags_of((), (), pages, is_action=True)
    assert (flag.kind, flag.words.split(" are")[0]) == ("badly legible", "Pages 2-3")


def test_flags_of_one_paper_have_ids_of_their_own() -> None:
    """A person's mark is kept under each."""
    unread = [status("rejected", (), legible=False), status("pending", (), legible=False)]
    found = flags(*unread, *unread)
    assert len({flag.id for flag in found}) == len(found) == 4


def test_an_objection_of_form_alone_is_no_difference() -> None:
    """The form's line is left empty for claims that are rejected as well."""
    objected = ClaimStatus("status", "objected", (17,), "body", quote("Claim 17 is objected to", 3), note="informality")
    assert not flags(status("pending", numbers(1, 18)), objected)


def test_claims_that_a_sentence_rejects_without_a_ground_are_flagged() -> None:
    """Though a ground was read for others, and no form page is there to compare with."""
    unread = status("rejected", (7, 8), page=4, place="body", note="the sentence names no law")
    (flag,) = flags(unread, grounds=(ground("103", numbers(1, 6), 3),))
    assert (flag.kind, [each.page for each in flag.quotes]) == ("not read", [4])
    assert flag.words == ("The text says that claims 7-8 are rejected (the sentence names no law); no ground was read.")


def test_a_ground_that_rejects_dependents_without_numbering_them_is_flagged() -> None:
    """What is given is not all."""
    (flag,) = flags(grounds=(ground("112(b)", (1, 8), 3, notes=(WITH_DEPENDENTS,)),))
    assert (flag.kind, len(flag.quotes)) == ("claims not legible", 1)
