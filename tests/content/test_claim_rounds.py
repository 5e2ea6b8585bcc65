"""A claim through its rounds: sets, grounds between them, and what is not compared."""

from datetime import date

from components.content.claims.claim_rounds import claim_numbers, claim_rounds, last_set
from components.content.claims.claims import OLDER_FORM
from components.content.records import ClaimSet, ClaimStatus, DatedContent, Ground, PaperContent, Quote
from components.histories import PaperRef
from tests.content.made_claims import claims_of, underlined

HISTORY = "US10/999999"
FILED = claims_of("What is claimed is:\n1. A box.\n2. The box of claim 1, being red.")
AMENDED = claims_of("Listing of claims\n1. (Currently amended) A box having a lid.\n2. (Canceled)\n3. (New) A key.")


def paper(place: int, content: PaperContent, day: date = date(2010, 1, 1)) -> DatedContent:
    """What a paper says, and where it stands."""
    return DatedContent(PaperRef(HISTORY, f"paper-{place}"), day, "CODE", f"Paper {place}", 1, place, content)


def claims_paper(place: int, claims: ClaimSet, day: date = date(2010, 1, 1)) -> DatedContent:
    """A set of claims."""
    return paper(place, PaperContent("claims", claims=claims), day)


def ground(statute: str, *claims: int) -> Ground:
    """A ground of rejection."""
    return Ground(f"ground {statute}", statute, claims, Quote("Claims are rejected.", 3))


def action(place: int, *grounds: Ground, statuses: tuple[ClaimStatus, ...] = ()) -> DatedContent:
    """An action that rejects."""
    return paper(place, PaperContent("action", grounds=grounds, statuses=statuses))


def test_a_claim_goes_through_its_sets_and_meets_grounds_between() -> None:
    """In reading order, whatever the order in which they are handed over."""
    objected = ClaimStatus("status", "objected", (2,), "body", Quote("Claim 2 is objected to.", 4))
    papers = [
        claims_paper(5, AMENDED),
        action(3, ground("102(a)(1)", 1), ground("103", 2), statuses=(objected,)),
        claims_paper(1, FILED),
    ]
    first, met, last = claim_rounds(papers, 1)
    assert (first.change is not None and first.change.is_changed, met.grounds[0].statute) == (False, "102(a)(1)")
    assert last.change is not None
    assert last.change.words("added") == ("having a lid.",)
    _, met, cancelled = claim_rounds(papers, 2)
    assert [each.statute for each in met.grounds] == ["103"]
    assert [each.kind for each in met.statuses] == ["objected"]
    assert cancelled.change is not None
    assert cancelled.change.words("struck") == ("The box of claim 1, being red.",)


def test_a_claim_that_no_paper_names_has_no_rounds() -> None:
    """And all that are named can be chosen, also those of actions only."""
    papers = [claims_paper(1, FILED), action(2, ground("103", 4))]
    assert claim_rounds(papers, 9) == ()
    assert claim_numbers(papers) == (1, 2, 4)


def test_what_cannot_be_read_is_among_the_rounds() -> None:
    """A ground without claims may be against it; an action that was not read may say anything."""
    papers = [
        claims_paper(1, FILED),
        action(2, ground("103")),
        paper(3, PaperContent("action", outcome="not read", why="no ground was found")),
    ]
    _, unclear, unread = claim_rounds(papers, 1)
    assert [each.statute for each in unclear.unclear] == ["103"]
    assert unread.dated.content.outcome == "not read"


def test_a_claim_that_is_no_longer_listed_is_told() -> None:
    """Each amendment lists all claims, the cancelled ones too."""
    short = claims_of("Listing of claims\n1. (Original) A box.")
    assert claim_rounds([claims_paper(1, FILED), claims_paper(2, short)], 2)[-1].is_missing


def test_a_set_is_compared_with_the_last_that_has_the_claim() -> None:
    """Claim 2 is not in the second set; one that was not entered changes nothing."""
    not_entered = claims_of("Listing of claims\n1. (Not entered)\n3. (Not entered) A key.")
    third = claims_of(
        "Listing of claims\n1. (Currently amended) A box having a lock.\n2. (Original) The box of claim 1."
    )
    papers = [claims_paper(1, FILED), claims_paper(2, not_entered), claims_paper(3, third)]
    change = claim_rounds(papers, 1)[-1].change
    assert change is not None
    assert (change.before, change.words("added")) == ("A box.", ("having a lock.",))


def test_remarks_of_the_day_of_a_set_are_no_set() -> None:
    """They quote claims; where a reply is one paper, they are its set."""
    quoting = claims_of("1. (Currently amended) A box having a lid.\n3. (New) A key.")
    remarks = paper(6, PaperContent("remarks", claims=quoting), date(2010, 2, 1))
    beside = claims_paper(5, AMENDED, date(2010, 2, 1))
    assert [each.dated.place for each in claim_rounds([claims_paper(1, FILED), beside, remarks], 1)] == [1, 5]
    assert [each.dated.place for each in claim_rounds([claims_paper(1, FILED), remarks], 1)] == [1, 6]


def test_a_set_that_was_not_read_stands_between() -> None:
    """What changed may have changed there."""
    unread = paper(2, PaperContent("claims", "not read", "No claims could be read in it."))
    unmarked = claims_of("Listing of claims\n1. (Currently amended) A box having a lid.", [])
    first, between, last = claim_rounds([claims_paper(1, FILED), unread, claims_paper(3, unmarked)], 1)
    assert between.dated.content.outcome == "not read"
    assert (last.against, last.unread_between) == (first.dated, 1)
    assert last.change is not None
    assert last.change.disagreements == ()


def test_a_set_is_marked_against_the_one_before_an_amendment_that_was_not_entered() -> None:
    """An advisory action came after that, and the marks agree with the set before it alone."""
    refused = claims_of("Listing of claims\n1. (Currently amended) A locked box.", underlined("locked"))
    third = claims_of(
        "Listing of claims\n1. (Currently amended) A box having a lid.", underlined("having", "a", "lid.")
    )
    sets = [claims_paper(1, FILED), claims_paper(3, refused), claims_paper(5, third)]
    advisory = paper(4, PaperContent("advisory"))
    entered = claim_rounds(sets, 1)[-1]
    not_entered = claim_rounds([*sets, advisory], 1)[-1]
    assert (entered.against, not_entered.against) == (sets[1], sets[0])
    assert entered.change is not None
    assert entered.change.disagreements == ("changed, not marked: “locked” was left out and is not struck",)
    assert not_entered.change is not None
    assert not_entered.change.disagreements == ()


def test_sets_before_30_july_2003_are_not_compared_but_the_first_is_shown() -> None:
    """A clean text of 2002 says nothing of what it replaces; neither does the set after it."""
    clean = claims_of("IN THE CLAIMS\n1. A box having a lid.\n2. The box of claim 1.")
    papers = [
        claims_paper(1, FILED, date(2001, 5, 1)),
        claims_paper(2, clean, date(2002, 5, 1)),
        claims_paper(3, AMENDED, date(2004, 5, 1)),
    ]
    first, second, third = claim_rounds(papers, 1)
    assert first.not_compared == ""
    assert second.not_compared == OLDER_FORM
    assert third.not_compared.startswith("The set before it is not compared")


def test_the_last_set_is_the_one_that_stands() -> None:
    """By reading order; an empty one is none."""
    papers = [claims_paper(2, AMENDED), claims_paper(1, FILED), claims_paper(3, ClaimSet(()))]
    found = last_set(papers)
    assert found is not None
    assert found.place == 2
