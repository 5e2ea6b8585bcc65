"""The routes of the documents: `/documents/<token>`, its `/view` and `/download`, and `/documents/packs/<token>`.

| path | gives |
|---|---|
| `/documents/<token>` | the kept PDF, else a redirect to the living link |
| `/documents/<token>/view` | the PDF for the reader's frame: kept, else fetched here and kept |
| `/documents/<token>/download` | the same as a file |
| `/documents/packs/<token>` | a file made of many documents |

Where there is no PDF a small page says why, and offers a refresh where that may help; only its button spends.
Answers are whole: a request for a range of a single PDF gets all of it; files made of many are given by range too.
"""

import functools
from collections.abc import Callable
from http import HTTPStatus
from typing import NamedTuple, cast, get_args

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from components.documents.access import origins_of, tokens_of
from components.documents.answers import HEADERS, Manner, page, pdf
from components.documents.errors import NotFetched
from components.documents.fetching import ELSEWHERE, NOT_HELD, fetch_pdf
from components.documents.names import name_of
from components.documents.packing import find_pack
from components.documents.tokens import BadToken, Permit, TokenTooOld
from components.lookups import LOCAL_USER, Desk, Plan, Quote
from components.numbers import shown
from components.store import Headline, StoreError

_AT_ONCE = 12
"""PDFs fetched for browsers at once; the others wait without a thread, so that a slow host holds nothing else up."""
_TITLE = "This document cannot be opened"
_NOTHING = "Nothing was refreshed"
_DEARER = "The refresh costs more by now than the page said. Refresh the file on the Review page, at its present price."
_READ_THE_NOTICE = "Read the notice on the Review page first: an earlier store was damaged and set aside."
_STATUS = {"not held": 404, "elsewhere": 403, "store": 503, "failed": 502}


def document_routes(desk: Callable[[], Desk], *, may_spend: Callable[[], bool]) -> list[Route]:
    """Give the routes of the documents room.

    Args:
        desk: gives the desk of the process; called for each request.
        may_spend: whether the page that offers a refresh may have a button that spends. A route stands outside
            the login of the pages, so where people log in a refresh is left to the Review page.
    """
    fetching = anyio.CapacityLimiter(_AT_ONCE)

    async def open_(request: Request) -> Response:
        token = request.path_params["token"]
        return await run_in_threadpool(_answered, lambda: _open(desk(), token, may_spend=may_spend()), "open")

    async def give_(request: Request, *, manner: Manner) -> Response:
        token = request.path_params["token"]
        give = functools.partial(_answered, lambda: _give(desk(), token, manner, may_spend=may_spend()), manner)
        return await anyio.to_thread.run_sync(give, limiter=fetching)

    async def pack_(request: Request) -> Response:
        token = request.path_params["token"]
        return await run_in_threadpool(_answered, lambda: _pack(desk(), token), "open")

    async def refresh_(request: Request) -> Response:
        # The permit alone stops foreign pages; the header stops them before anything is read.
        if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"} or not may_spend():
            return page(_NOTHING, "Open the document from the Review page.", status=403)
        form = await request.form()
        permit, told = str(form.get("permit", "")), str(form.get("manner", ""))
        manner = cast("Manner", told) if told in get_args(Manner) else "open"
        return await run_in_threadpool(_answered, lambda: _refresh(desk(), permit, manner), manner, _NOTHING)

    return [
        Route("/documents/refresh", refresh_, methods=["POST"]),
        Route("/documents/packs/{token}", pack_, methods=["GET"]),
        Route("/documents/{token}", open_, methods=["GET"]),
        Route("/documents/{token}/view", functools.partial(give_, manner="view"), methods=["GET"]),
        Route("/documents/{token}/download", functools.partial(give_, manner="download"), methods=["GET"]),
    ]


def _answered(make: Callable[[], Response], manner: Manner, title: str = _TITLE) -> Response:
    """Make an answer; what keeps a document from being named or looked up is told on a page."""
    try:
        return make()
    except BadToken as error:
        return page(title, str(error), manner=manner, status=HTTPStatus.NOT_FOUND)
    except TokenTooOld as error:
        return page(title, str(error), manner=manner, status=HTTPStatus.GONE)
    except StoreError as error:
        return page(title, str(error), manner=manner, status=HTTPStatus.SERVICE_UNAVAILABLE)


def _open(here: Desk, token: str, *, may_spend: bool) -> Response:
    tokens = tokens_of(here)
    history, document = tokens.read(token)
    kept = here.store.pdf(history, document)
    if kept is not None:
        return pdf(kept, name_of(here, history, document), manner="open")
    link = here.store.link(history, document)
    target = origins_of(here).target(link.url) if link else None
    if target:
        return RedirectResponse(target, HTTPStatus.SEE_OTHER, headers=dict(HEADERS))
    lines = here.store.headlines([history])
    if not lines:
        return page(_TITLE, NOT_HELD, status=HTTPStatus.NOT_FOUND)
    if link is not None:  # alive, but it leads somewhere that is not allowed
        patents = lines[0].patent_number or lines[0].key
        return page(_TITLE, ELSEWHERE, patents=patents, status=HTTPStatus.FORBIDDEN)
    return _expired(here, lines[0], document, manner="open", may_spend=may_spend)


def _give(here: Desk, token: str, manner: Manner, *, may_spend: bool) -> Response:
    tokens = tokens_of(here)
    history, document = tokens.read(token)
    try:
        return pdf(fetch_pdf(here, history, document), name_of(here, history, document), manner=manner)
    except NotFetched as error:
        failure = error
    lines = here.store.headlines([history])
    if failure.kind == "no link" and lines:
        return _expired(here, lines[0], document, manner=manner, may_spend=may_spend)
    offer = _offer(here, lines[0], document) if lines and failure.refreshable and may_spend else _NO_OFFER
    return page(
        _TITLE,
        failure.reason,
        patents=(lines[0].patent_number or lines[0].key) if lines else "",
        permit=offer.permit,
        price=offer.price,
        manner=manner,
        status=_STATUS.get(failure.kind, HTTPStatus.BAD_GATEWAY),
    )


def _pack(here: Desk, token: str) -> Response:
    found = find_pack(here, tokens_of(here).pack(token))
    if found is None:
        text = "This file is not here any more. Make it once more on the Review page."
        return page("This file cannot be downloaded", text, status=HTTPStatus.GONE)
    path, name = found
    media_type = "application/zip" if name.endswith(".zip") else "application/pdf"
    return FileResponse(path, media_type=media_type, filename=name, headers=dict(HEADERS))


def _refresh(here: Desk, token: str, manner: Manner) -> Response:
    tokens = tokens_of(here)
    permit = tokens.permitted(token)
    lines = here.store.headlines([permit.history])
    if not lines:
        return page(_TITLE, NOT_HELD, manner=manner, status=HTTPStatus.NOT_FOUND)
    reason = "The service gave no link for this document. Open its file on the Review page."
    if not _renewed(here, permit, lines[0]):
        plan = here.lookups.plan_refresh([permit.history])
        quote = here.lookups.quote(plan)
        refusal = _DEARER if quote.charged > permit.charges else _reason_to_ask_first(here, quote)
        if refusal:
            patents = lines[0].patent_number or lines[0].key
            return page(_NOTHING, refusal, patents=patents, manner=manner, status=HTTPStatus.CONFLICT)
        reason = _asked_again(here, plan) or reason
        lines = here.store.headlines([permit.history]) or lines
    patents = lines[0].patent_number or lines[0].key
    link = here.store.link(permit.history, permit.document)
    if not (link and origins_of(here).target(link.url) and _renewed(here, permit, lines[0])):
        title = "The link could not be refreshed"
        return page(title, reason, patents=patents, manner=manner, status=HTTPStatus.BAD_GATEWAY)
    # Browsers hold a form to `form-action 'self'` through redirects too, so the page goes on by itself instead.
    go_on = tokens.path(permit.history, permit.document) + ("" if manner == "open" else f"/{manner}")
    return page("The links are fresh", "The document opens now.", patents=patents, manner=manner, go_on=go_on)


def _asked_again(here: Desk, plan: Plan) -> str:
    """Run the refresh to its end, booked to the one person that there is without a login, and say what hindered it."""
    progress = here.lookups.start(plan, user=LOCAL_USER).wait(here.settings.patsnap_deadline * 2)
    return progress.message or progress.outcomes[0].message


def _reason_to_ask_first(here: Desk, quote: Quote) -> str:
    """Say why a refresh is not to be had by one click, as on the Review page; empty if it is."""
    if here.store.notice is not None:
        return _READ_THE_NOTICE
    if quote.needs_confirmation:
        return f"This refresh is {quote.price}, which has to be confirmed: refresh the file on the Review page."
    return ""


def _renewed(here: Desk, permit: Permit, line: Headline) -> bool:
    """Tell whether the history or the link is another than when the page with the button was made."""
    link = here.store.link(permit.history, permit.document)
    return line.retrieved.isoformat() != permit.retrieved or (
        link is not None and link.expires.isoformat() != permit.expires
    )


class _Offer(NamedTuple):
    """A button that refreshes: what it permits and what stands on it. Both are empty where there is none."""

    permit: str
    price: str


_NO_OFFER = _Offer("", "")


def _expired(here: Desk, line: Headline, document: str, *, manner: Manner, may_spend: bool) -> Response:
    name = shown(line.patent_number or line.key)
    offer = _offer(here, line, document) if may_spend else _NO_OFFER
    return page(
        "The link to this document has expired",
        f"PatSnap's links live for about an hour; this one was retrieved on {line.retrieved:%d %b %Y, %H:%M} UTC. "
        f"A refresh asks for {name} once more and renews the links of all its {line.held:,} documents.",
        patents=line.patent_number or line.key,
        permit=offer.permit,
        price=offer.price,
        manner=manner,
    )


def _offer(here: Desk, line: Headline, document: str) -> _Offer:
    quote = here.lookups.quote(here.lookups.plan_refresh([line.key]))
    if _reason_to_ask_first(here, quote):
        return _NO_OFFER
    link = here.store.link(line.key, document)
    expires = link.expires.isoformat() if link else ""
    permit = Permit(line.key, document, line.retrieved.isoformat(), expires, quote.charged)
    return _Offer(tokens_of(here).permit(permit), quote.price)
