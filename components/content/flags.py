"""What a person should look at in an action: readings that differ, and what could not be read.

Nothing is merged: where the form and the text of an action differ, both stay as they are, and the flag quotes both.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from components.content.claim_lists import in_words
from components.content.form_pages.periods import UNSURE
from components.content.records import (
    WITH_DEPENDENTS,
    ClaimStatus,
    Flag,
    FlagKind,
    Ground,
    Quote,
    ReplyPeriod,
    StatusKind,
    finding_id,
    numbered,
)
from components.page_texts import BAD_CONFIDENCE, PageText
from components.words import counted, listed

_COMPARED: Final[tuple[StatusKind, ...]] = ("pending", "withdrawn", "allowed", "objected")
"""What the text of an action says as its form does, in so many words; what it rejects, its grounds say."""
_MOST_QUOTES: Final = 6
_FORM_NOTES_DIFFER: Final = "informality"
"""An objection of form alone: the form's line is often left empty for claims that are rejected as well."""


def flags_of(
    statuses: Sequence[ClaimStatus], grounds: Sequence[Ground], pages: Sequence[PageText], *, is_action: bool
) -> tuple[Flag, ...]:
    """Return the flags of a paper whose grounds and statuses were read.

    Args:
        statuses: those of its form and of its text.
        grounds: its grounds of rejection.
        pages: its pages.
        is_action: whether it says of all claims how they stand: only then has what it lacks a meaning.
    """
    flags = [
        *_not_legible(statuses, grounds),
        *_statuses_differ(statuses),
        *_wider(statuses, grounds),
        *_without_ground(statuses),
    ]
    if is_action:
        flags += _rejections_differ(statuses, grounds)
    flags += badly_legible(pages)
    return renamed(flags)


def period_flags(periods: Sequence[ReplyPeriod]) -> tuple[Flag, ...]:
    """Return the flag of a paper that sets different periods for reply in several places; none where they agree.

    Args:
        periods: that of each place.
    """
    sure = [each for each in periods if each.months is not None and each.confidence > UNSURE]
    by_length = {each.months: each for each in reversed(sure)}
    if len(by_length) < 2:
        return ()
    lengths = listed([counted(months, "month") for months in sorted(filter(None, by_length))])
    words = f"The period for reply differs within this paper: {lengths}. Look at both before a date rests on it."
    quotes = sorted((each.quote for each in by_length.values()), key=lambda quote: quote.page)
    return (flag("form and body differ", "reply period", words, quotes),)


def renamed(flags: Iterable[Flag]) -> tuple[Flag, ...]:
    """Return flags whose ids differ."""
    listed = list(flags)
    ids = numbered(flag.id for flag in listed)
    return tuple(Flag(name, flag.kind, flag.words, flag.quotes) for name, flag in zip(ids, listed, strict=True))


def flag(kind: FlagKind, about: str, words: str, quotes: Iterable[Quote] = ()) -> Flag:
    """Return a flag.

    Args:
        kind: of the flag.
        about: what it is about, for its id: `rejected 1-4`.
        words: for the user.
        quotes: both sides of a difference.
    """
    return Flag(finding_id("flag", kind, about), kind, words, tuple(islice(quotes, _MOST_QUOTES)))


def _not_legible(statuses: Sequence[ClaimStatus], grounds: Sequence[Ground]) -> Iterator[Flag]:
    """Yield the lists of claims that could not be read, on the form and in the grounds."""
    for status in statuses:
        if not status.legible:
            why = f" ({status.note})" if status.note else ""
            place = "on the form" if status.place == "form" else "in the text"
            words = f"The claims that are {_in_words(status.kind)} {place} cannot be read{why}."
            yield flag("claims not legible", f"{status.kind} {status.place}", words, (status.quote,))
    for ground in grounds:
        if ground.claims_from != "sentence":
            yield _of_ground(ground, statuses)
        elif WITH_DEPENDENTS in ground.notes:
            words = f"{in_words(ground.claims)} under {ground.statute}: {WITH_DEPENDENTS}"
            yield flag("claims not legible", f"{ground.statute} dependents", words, (ground.quote,))


def _without_ground(statuses: Sequence[ClaimStatus]) -> Iterator[Flag]:
    """Yield claims that a sentence of the text rejects and no ground has."""
    for status in statuses:
        if status.kind == "rejected" and status.place == "body":
            words = f"The text says that {_claims(set(status.claims))} rejected ({status.note}); no ground was read."
            yield flag("not read", f"rejected {in_words(status.claims)}", words, (status.quote,))


def _of_ground(ground: Ground, statuses: Sequence[ClaimStatus]) -> Flag:
    """Return the flag of a ground whose sentence names no claims that can be read."""
    quotes = [ground.quote]
    if ground.claims_from == "form":
        line = _line(statuses, "rejected")
        quotes += [line.quote] if line else []
        words = (
            f"The sentence that rejects under {ground.statute} names no claims that can be read. "
            f"The form has {in_words(ground.claims)}."
        )
        return flag("form and body differ", f"ground {ground.statute}", words, quotes)
    where = f"From the paragraphs below it: {in_words(ground.claims)}." if ground.claims else "No others were found."
    words = f"The sentence that rejects under {ground.statute} names no claims that can be read. {where}"
    return flag("claims not legible", f"ground {ground.statute}", words, quotes)


def _statuses_differ(statuses: Sequence[ClaimStatus]) -> Iterator[Flag]:
    """Yield where the form and the text say different things of the same kind."""
    for kind in _COMPARED:
        line = _line(statuses, kind)
        said = [each for each in statuses if each.kind == kind and each.place == "body" and each.legible]
        said = [each for each in said if each.note != _FORM_NOTES_DIFFER or line is not None]
        if line is None and kind in ("pending", "objected"):
            continue  # that the form is silent on them means nothing where the line cannot be read or is not used
        has_form = any(each.place == "form" for each in statuses)
        if not said or not has_form or not line_is_read(statuses, kind):
            continue
        of_form = set(line.claims) if line else set()
        of_body = {claim for each in said for claim in each.claims}
        differs = of_form != of_body if kind != "withdrawn" else bool(of_body - of_form)
        if differs:
            words = f"The form says that {_claims(of_form)} {_in_words(kind)}, the text that {_claims(of_body)}."
            quotes = [*([line.quote] if line else []), *(each.quote for each in said)]
            yield flag("form and body differ", kind, words, quotes)
    yield from _contradictions(statuses)


def line_is_read(statuses: Sequence[ClaimStatus], kind: StatusKind) -> bool:
    """Return whether a line of the form can be compared: it can be read, or has no claims."""
    return all(each.legible for each in statuses if each.kind == kind and each.place == "form")


def _contradictions(statuses: Sequence[ClaimStatus]) -> Iterator[Flag]:
    """Yield claims that the text allows while the form rejects them."""
    rejected = _line(statuses, "rejected")
    for said in statuses:
        both = set(said.claims) & set(rejected.claims) if rejected and said.place == "body" else set()
        if rejected and both and said.kind == "allowed":
            words = f"The text says that {_claims(both)} allowed; the form has {_them(both)} as rejected."
            yield flag(
                "form and body differ", f"allowed and rejected {in_words(both)}", words, (rejected.quote, said.quote)
            )


def _rejections_differ(statuses: Sequence[ClaimStatus], grounds: Sequence[Ground]) -> Iterator[Flag]:
    """Yield claims that a ground rejects and the form does not, and the reverse."""
    line = _line(statuses, "rejected")
    if line is None or not grounds or any(not ground.claims for ground in grounds):
        return
    of_form = set(line.claims)
    of_grounds = {claim for ground in grounds for claim in ground.claims}
    if beyond := of_grounds - of_form:
        concerned = [ground.quote for ground in grounds if beyond & set(ground.claims)]
        words = f"The text rejects {_claims(beyond, verb='')}; the form does not have {_them(beyond)} as rejected."
        yield flag("form and body differ", "rejected not on the form", words, (line.quote, *concerned))
    if missing := of_form - of_grounds:
        words = (
            f"The form has {_claims(missing, verb='')} as rejected; no ground was found that rejects {_them(missing)}."
        )
        yield flag("form and body differ", "rejected without a ground", words, (line.quote,))


def _wider(statuses: Sequence[ClaimStatus], grounds: Sequence[Ground]) -> Iterator[Flag]:
    """Yield grounds that reject claims which are not pending, or are cancelled."""
    pending = _line(statuses, "pending") or _longest_pending(statuses)
    cancelled = {claim for each in statuses if each.kind == "cancelled" for claim in each.claims}
    if pending is None:
        return
    known = {claim for each in statuses if each.kind in ("pending", "objected", "allowed") for claim in each.claims}
    for ground in grounds:
        beyond = set(ground.claims) - set(pending.claims)
        beyond = {claim for claim in beyond if claim not in known or claim in cancelled}
        if beyond and ground.claims_from == "sentence":
            words = (
                f"The heading rejects {in_words(ground.claims)} under {ground.statute}, "
                f"but {_claims(beyond)} not pending."
            )
            yield flag(
                "wider than pending", f"{ground.statute} {in_words(beyond)}", words, (ground.quote, pending.quote)
            )


def _longest_pending(statuses: Sequence[ClaimStatus]) -> ClaimStatus | None:
    said = [each for each in statuses if each.kind == "pending" and each.legible and each.claims]
    return max(said, key=lambda each: len(each.claims), default=None)


def badly_legible(pages: Sequence[PageText]) -> tuple[Flag, ...]:
    """Return one flag for all pages that the engine was not sure of; none where there are none."""
    bad = [page.page for page in pages if page.confidence is not None and page.confidence < BAD_CONFIDENCE]
    if not bad:
        return ()
    named = f"Page {bad[0]} is" if len(bad) == 1 else f"Pages {in_words(bad)} are"
    return (flag("badly legible", "", f"{named} badly legible: what stands there may be misread or missing."),)


def _line(statuses: Sequence[ClaimStatus], kind: StatusKind) -> ClaimStatus | None:
    """Return the line of the form, if it has claims that can be read."""
    return next(
        (each for each in statuses if each.kind == kind and each.place == "form" and each.legible and each.claims), None
    )


def _in_words(kind: StatusKind) -> str:
    return "objected to" if kind == "objected" else kind


def _claims(claims: set[int], verb: str = "are") -> str:
    """Return claims with their verb: `claim 4 is`, `claims 1-4 are`, `no claims are`."""
    if not claims:
        return f"no claims {verb}".strip()
    if len(claims) == 1:
        return f"claim {in_words(claims)} {'is' if verb else ''}".strip()
    return f"claims {in_words(claims)} {verb}".strip()


def _them(claims: set[int]) -> str:
    return "it" if len(claims) == 1 else "them"
