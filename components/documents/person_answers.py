"""What one person is answered who asks for a document, a pack or a file: the thing itself, or a page that says why not.

The store of the person's own workspace is asked and no other.
"""

from collections.abc import Callable
from functools import cached_property, partial
from http import HTTPStatus
from typing import Final

from starlette.responses import FileResponse, RedirectResponse, Response

from components.access import Person
from components.documents.answers import (
    ANSWER_HEADERS,
    PAGE_COUNT,
    Delivery,
    file_answer,
    page_answer,
    pdf_answer,
    picture_answer,
)
from components.documents.documents import Documents
from components.documents.errors import BadToken, LinkError, NotDrawn, NotFetched, NotYours, RefreshRefused, TokenTooOld
from components.documents.link_refresh import require_maker
from components.documents.offered_files import OfferedFiles
from components.documents.pdf_fetcher import ELSEWHERE, NOT_HELD
from components.documents.tokens import Tokens
from components.lookups import MayNotSpend
from components.numbers import display_form
from components.rule_tables import RuleTableBroken
from components.store import Headline, StoreError

NOT_REFRESHED: Final = "Nothing was refreshed"
CANNOT_OPEN: Final = "This document cannot be opened"
CANNOT_DRAW: Final = "This page cannot be drawn"
CANNOT_DOWNLOAD: Final = "This file cannot be downloaded"
_STATUS: Final = {"not held": 404, "elsewhere": 403, "store": 503, "failed": 502}
_STATUS_NOT_DRAWN: Final = {"no such page": 404, "changed": 503, "busy": 503, "unavailable": 503, "closing": 503}
LINK_STATUS: Final[dict[type[LinkError], HTTPStatus]] = {
    BadToken: HTTPStatus.NOT_FOUND,
    TokenTooOld: HTTPStatus.GONE,
    NotYours: HTTPStatus.FORBIDDEN,
}
_OTHER_WORKSPACE: Final = (
    "It belongs to another workspace than yours. Ask whoever sent you the link for the document itself, or look the "
    "patent up in your own workspace, which may be charged."
)
_ANOTHERS_FILE: Final = (
    "It was made by somebody else, or in another workspace, and is given to its maker alone: it may hold private "
    "notes. Ask its maker for it, or make your own on the Review page."
)
_FILE_GONE: Final = "This file is not here any more. Make it once more on the page where it was offered."
_MAY_NOT_SPEND: Final = str(MayNotSpend())


def own_paper(tokens: Tokens, token: str) -> tuple[str, str]:
    """Return the key of the history and the id of the document that a token names, if it is of these tokens' workspace.

    Raises:
        LinkError: the token cannot be used, or names a document of another workspace.
    """
    history, document, place = tokens.read_document(token)
    if place != tokens.place:
        raise NotYours(_OTHER_WORKSPACE)
    return history, document


class PersonAnswers:
    """The answers to one request of one person.

    Args:
        person: who asks.
        documents_of: returns the documents of a workspace by its name.
        files: what pages offer to take away.
        delivery: how a document is asked for.
        base_path: the path below which the app is served.
        with_bytes: whether a file is wanted, not only what is said of it.
    """

    def __init__(
        self,
        person: Person,
        documents_of: Callable[[str], Documents],
        files: OfferedFiles,
        *,
        delivery: Delivery,
        base_path: str,
        with_bytes: bool,
    ) -> None:
        self._person = person
        self._documents_of = documents_of
        self._files = files
        self._delivery: Delivery = delivery
        self._base_path = base_path
        self._with_bytes = with_bytes
        self._page = partial(page_answer, delivery=delivery, base_path=base_path)

    @cached_property
    def _documents(self) -> Documents:
        return self._documents_of(self._person.workspace)

    def answer_or_error_page(self, answer: Callable[[], Response], title: str) -> Response:
        """Return an answer, or a page with this title about a link, a store or a rule table that cannot be used."""
        try:
            return answer()
        except LinkError as error:
            return self._page(title, str(error), status=LINK_STATUS[type(error)])
        except (StoreError, RuleTableBroken) as error:
            return self._page(title, str(error), status=HTTPStatus.SERVICE_UNAVAILABLE)

    def opened(self, token: str) -> Response:
        """Answer with the kept PDF, else a redirect to the living link, else a page that says why there is none."""
        history, document = self._paper(token)
        documents = self._documents
        kept = documents.kept_pdf(history, document)
        if kept is not None:
            return pdf_answer(kept, documents.file_name(history, document), delivery="open")
        address = documents.browser_address(history, document)
        if address:
            if address.startswith("/"):
                address = self._base_path + address
            return RedirectResponse(address, HTTPStatus.SEE_OTHER, headers=dict(ANSWER_HEADERS))
        headline = documents.headline(history)
        if headline is None:
            return self._page(CANNOT_OPEN, NOT_HELD, status=HTTPStatus.NOT_FOUND)
        if documents.has_link(history, document):  # it leads somewhere that is not allowed
            patents = _number_in_address(headline)
            return self._page(CANNOT_OPEN, ELSEWHERE, patents=patents, status=HTTPStatus.FORBIDDEN)
        return self._expired(headline, document)

    def delivered(self, token: str) -> Response:
        """Answer with the PDF itself, kept or fetched now, else a page that says why there is none."""
        history, document = self._paper(token)
        documents = self._documents
        try:
            data = documents.pdf(history, document)
            return pdf_answer(data, documents.file_name(history, document), delivery=self._delivery)
        except NotFetched as error:
            failure = error
        return self._not_fetched(failure, history, document)

    def pictured(self, token: str, *, page: int, width: int) -> Response:
        """Answer with a picture of a page, from 1, about so many pixels wide, else a page that says why there is none.

        The PDF is kept, or fetched now, as for `delivered`.
        """
        history, document = self._paper(token)
        try:
            picture = self._documents.picture(history, document, page=page, width=width)
            return picture_answer(picture.data, picture.kind, pages=picture.pages)
        except NotFetched as error:
            failure = error
        except NotDrawn as error:
            status = _STATUS_NOT_DRAWN.get(error.kind, HTTPStatus.UNPROCESSABLE_ENTITY)
            answer = self._page(CANNOT_DRAW, str(error), status=status)
            answer.headers[PAGE_COUNT] = str(error.pages)
            return answer
        return self._not_fetched(failure, history, document)

    def _not_fetched(self, failure: NotFetched, history: str, document: str) -> Response:
        """Answer with the page about a PDF that cannot be had, with a button where a refresh may help."""
        headline = self._documents.headline(history)
        if failure.kind == "no link" and headline:
            return self._expired(headline, document)
        permit, price = self._refresh_offer(headline if failure.refreshable else None, document)
        return self._page(
            CANNOT_OPEN,
            failure.reason,
            patents=_number_in_address(headline) if headline else "",
            permit=permit,
            price=price,
            status=_STATUS.get(failure.kind, HTTPStatus.BAD_GATEWAY),
        )

    def pack(self, token: str) -> Response:
        """Answer with the file of a pack that this person had made, else a page that says that it is gone."""
        pack_id, place = self._documents.tokens.read_pack(token)
        if place != self._documents.tokens.place:
            raise NotYours(_ANOTHERS_FILE)
        pack = self._documents.packs.find_for_any_user(pack_id)
        if pack is not None and pack.user != self._person.name:
            raise NotYours(_ANOTHERS_FILE)
        file = pack.file if pack else None
        if pack is None or file is None:
            return self._page(CANNOT_DOWNLOAD, _FILE_GONE, status=HTTPStatus.GONE)
        media_type = "application/zip" if pack.name.endswith(".zip") else "application/pdf"
        return FileResponse(file, media_type=media_type, filename=pack.name, headers=dict(ANSWER_HEADERS))

    def file(self, token: str) -> Response:
        """Answer with a file that a page offered this person, made now, else a page that says that it is gone."""
        offered = self._files.find(token)
        if offered is not None and not offered.is_for(self._person):
            raise NotYours(_ANOTHERS_FILE)
        if offered is None or offered.person.session != self._person.session:  # a new login finds it on its page again
            return self._page(CANNOT_DOWNLOAD, _FILE_GONE, status=HTTPStatus.GONE)
        return file_answer(offered.make() if self._with_bytes else b"", offered.name, media_type=offered.media_type)

    def refreshed(self, token: str) -> Response:
        """Refresh the history that a permit names, and answer with a page that goes on to the document or says why not.

        Nothing is asked for a person who may not spend, or whom the permit was not made for.
        """
        if not self._person.may_spend:
            return self._page(NOT_REFRESHED, _MAY_NOT_SPEND, status=HTTPStatus.FORBIDDEN)
        documents = self._documents
        permit = documents.tokens.read_permit(token)
        require_maker(permit, self._person)
        headline = documents.headline(permit.history)
        if headline is None:
            return self._page(CANNOT_OPEN, NOT_HELD, status=HTTPStatus.NOT_FOUND)
        try:
            problem = documents.refresh.run(permit, self._person)
        except RefreshRefused as refusal:
            patents = _number_in_address(headline)
            return self._page(NOT_REFRESHED, str(refusal), patents=patents, status=HTTPStatus.CONFLICT)
        patents = _number_in_address(documents.headline(permit.history) or headline)
        if not (documents.browser_address(permit.history, permit.document) and documents.refresh.renewed(permit)):
            title = "The link could not be refreshed"
            reason = problem or "The service gave no link for this document. Open its file on the Review page."
            return self._page(title, reason, patents=patents, status=HTTPStatus.BAD_GATEWAY)
        # Browsers hold a form to `form-action 'self'` through redirects too, so the page goes on by itself instead.
        next_path = documents.tokens.document_path(permit.history, permit.document) + (
            "" if self._delivery == "open" else f"/{self._delivery}"
        )
        return self._page("The links are fresh", "The document opens now.", patents=patents, next_path=next_path)

    def _paper(self, token: str) -> tuple[str, str]:
        """Return the key of the history and the id of the document that a token names, if it is of this workspace.

        Raises:
            LinkError: the token cannot be used, or names a document of another workspace.
        """
        return own_paper(self._documents.tokens, token)

    def _expired(self, headline: Headline, document: str) -> Response:
        """Answer with the page about an expired link, with the button that refreshes where this person may spend."""
        name = display_form(headline.patent_number or headline.key)
        permit, price = self._refresh_offer(headline, document)
        return self._page(
            "The link to this document has expired",
            f"PatSnap's links live for about an hour; this one was retrieved on {headline.retrieved:%d %b %Y, %H:%M} "
            f"UTC. A refresh asks for {name} once more and renews the links of all its {headline.documents_held:,} "
            f"documents.{'' if self._person.may_spend else f' {_MAY_NOT_SPEND}'}",
            patents=_number_in_address(headline),
            permit=permit,
            price=price,
        )

    def _refresh_offer(self, headline: Headline | None, document: str) -> tuple[str, str]:
        """Return the permit of a button that refreshes and what stands on it; both are empty where there is none."""
        documents = self._documents
        offer = documents.refresh.offer(headline, document, self._person) if headline else None
        return (documents.tokens.permit_token(offer.permit), offer.price) if offer else ("", "")


def _number_in_address(headline: Headline) -> str:
    return headline.patent_number or headline.key
