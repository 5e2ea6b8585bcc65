"""Refreshing a file history from the page that is shown where a link has expired: button, price, refresh."""

from dataclasses import dataclass

from components.access import Person
from components.documents.errors import NotYours, RefreshRefused
from components.documents.tokens import Permit
from components.lookups import Lookups, Quote
from components.store import Headline, Store

_PRICE_HAS_RISEN = (
    "The refresh costs more by now than the page said. Refresh the file on the Review page, at its present price."
)
_READ_THE_NOTICE = "Read the notice on the Review page first: an earlier store was damaged and set aside."
_ANOTHERS_BUTTON = (
    "This page was made for somebody else, or before you changed the workspace. Open the document from the Review page."
)


@dataclass(frozen=True, slots=True)
class RefreshOffer:
    """A button that refreshes a file history."""

    permit: Permit
    price: str
    """What stands on the button: `1 charged`."""


class LinkRefresh:
    """Offers and carries out refreshes outside the Review page, for the person who asks.

    Args:
        store: holds the histories and their links.
        lookups: price and carry out a refresh.
        seconds: how long a refresh is waited for.
    """

    def __init__(self, store: Store, lookups: Lookups, *, seconds: float) -> None:
        self._store = store
        self._lookups = lookups
        self._seconds = seconds

    def offer(self, headline: Headline, document: str, person: Person) -> RefreshOffer | None:
        """Return the button for a document of a held history; `None` where one click of this person may not buy it."""
        if not person.may_spend:
            return None
        quote = self._lookups.quote(self._lookups.plan_refresh([headline.key]))
        if self._reason_to_ask_first(quote):
            return None
        link = self._store.link(headline.key, document)
        expires = link.expires.isoformat() if link else ""
        permit = Permit(
            headline.key,
            document,
            headline.retrieved.isoformat(),
            expires,
            quote.charged,
            person.name,
            person.workspace,
        )
        return RefreshOffer(permit, quote.price)

    def renewed(self, permit: Permit) -> bool:
        """Return whether the history or the link has been renewed since the page with the button was made."""
        headline = next(iter(self._store.headlines([permit.history])), None)
        link = self._store.link(permit.history, permit.document)
        return headline is not None and (
            headline.retrieved.isoformat() != permit.retrieved
            or (link is not None and link.expires.isoformat() != permit.expires)
        )

    def run(self, permit: Permit, person: Person) -> str:
        """Ask the service for the history again and wait for the end, unless it was renewed since the page was made.

        Its charges are booked to the person who pressed the button, which must be the one it was made for.

        Returns:
            Why it failed, in words for the user; empty if nothing is known to have gone wrong.

        Raises:
            NotYours: the button was made for another person or in another workspace; nothing was asked.
            RefreshRefused: nothing was asked, because the price has risen or a person must be asked first.
        """
        require_maker(permit, person)
        if self.renewed(permit):
            return ""
        plan = self._lookups.plan_refresh([permit.history])
        quote = self._lookups.quote(plan)
        refusal = _PRICE_HAS_RISEN if quote.charged > permit.charges else self._reason_to_ask_first(quote)
        if refusal:
            raise RefreshRefused(refusal)
        progress = self._lookups.start(plan, user=person).wait(self._seconds)
        return progress.message or progress.outcomes[0].message

    def _reason_to_ask_first(self, quote: Quote) -> str:
        """Return why one click may not begin this refresh, by the rules of the Review page; empty if it may."""
        if self._store.notice is not None:
            return _READ_THE_NOTICE
        if quote.needs_confirmation:
            return f"This refresh is {quote.price}, which has to be confirmed: refresh the file on the Review page."
        return ""


def require_maker(permit: Permit, person: Person) -> None:
    """Return if the button was made for this person, in the workspace that this person works in.

    Raises:
        NotYours: it was not.
    """
    if (permit.person, permit.workspace) != (person.name, person.workspace):
        raise NotYours(_ANOTHERS_BUTTON)
