"""The route `/documents/<token>`: redirects while the signed link lives, offers a refresh when it does not."""

import secrets
from collections.abc import Callable
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from components.documents.notices import notice
from components.documents.origins import Origins
from components.documents.tokens import BadToken, Tokens, TokenTooOld
from components.lookups import SANDBOX_LINKS, Desk, Plan, PlanItem, State, number_of
from components.numbers import shown
from components.store import StoreError

SANDBOX_MOUNT = "/sandbox"
_SECRET_FACT = "token secret"  # noqa: S105 - the name under which the store keeps it
_HEADERS = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def tokens_of(desk: Desk) -> Tokens:
    """Give the tokens of this store: its secret is made once and kept, so that links outlast a restart."""
    return Tokens(desk.store.fact_or(_SECRET_FACT, lambda: secrets.token_urlsafe(32)))


def origins_of(desk: Desk) -> Origins:
    """Give the origins that documents of this desk may be opened from."""
    mounted = {SANDBOX_LINKS: SANDBOX_MOUNT} if desk.sandbox else None
    return Origins(desk.settings.pdf_origins, mounted=mounted)


def document_routes(desk: Callable[[], Desk], *, may_spend: Callable[[], bool]) -> list[Route]:
    """Give the routes of the documents room.

    Args:
        desk: gives the desk of the process; called for each request.
        may_spend: whether the page that offers a refresh may have a button that spends. A route stands outside
            the login of the pages, so where people log in a refresh is left to the Review page.
    """

    async def open_(request: Request) -> Response:
        try:
            token = request.path_params["token"]
            return await run_in_threadpool(lambda: _open(desk(), token, may_spend=may_spend()))
        except (BadToken, TokenTooOld, StoreError) as error:
            return _page("This document cannot be opened", str(error), status=_status(error))

    async def refresh_(request: Request) -> Response:
        # The permit alone stops foreign pages; the header stops them before anything is read.
        if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"} or not may_spend():
            return _page("Nothing was refreshed", "Open the document from the Review page.", status=403)
        permit = str((await request.form()).get("permit", ""))
        try:
            return await run_in_threadpool(lambda: _refresh(desk(), permit))
        except (BadToken, TokenTooOld, StoreError) as error:
            return _page("Nothing was refreshed", str(error), status=_status(error))

    return [
        Route("/documents/refresh", refresh_, methods=["POST"]),
        Route("/documents/{token}", open_, methods=["GET"]),
    ]


def _open(here: Desk, token: str, *, may_spend: bool) -> Response:
    tokens = tokens_of(here)
    history, document = tokens.read(token)
    target = _target(here, history, document)
    if target:
        return RedirectResponse(target, HTTPStatus.SEE_OTHER, headers=_HEADERS)
    return _expired(here, tokens, history, document, may_spend=may_spend)


def _refresh(here: Desk, permit: str) -> Response:
    tokens = tokens_of(here)
    history, document = tokens.permitted(permit)
    lines = here.store.headlines([history])
    if not lines:
        return _page("This document cannot be opened", "Its file history is not held any more.", status=404)
    reason = "The service gave no link for this document. Open its file on the Review page."
    if _target(here, history, document) is None:  # else somebody has refreshed it meanwhile: nothing to buy
        plan = Plan((PlanItem(number_of(lines[0]), State.CHARGED, history, lines[0].retrieved),))
        progress = here.lookups.start(plan, refresh=True).wait(here.settings.patsnap_deadline * 2)
        reason = progress.message or progress.outcomes[0].message or reason
    patents = lines[0].patent_number or history
    if _target(here, history, document) is None:
        return _page("The link could not be refreshed", reason, patents=patents, status=HTTPStatus.BAD_GATEWAY)
    # Browsers hold a form to `form-action 'self'` through redirects too, so the page goes on by itself instead.
    go_on = tokens.path(history, document)
    return _page("The links are fresh", "The document opens now.", patents=patents, go_on=go_on)


def _target(desk: Desk, history: str, document: str) -> str | None:
    link = desk.store.link(history, document)
    return origins_of(desk).target(link.url) if link else None


def _expired(desk: Desk, tokens: Tokens, history: str, document: str, *, may_spend: bool) -> Response:
    lines = desk.store.headlines([history])
    if not lines:
        return _page("This document cannot be opened", "Its file history is not held here any more.", status=404)
    link = desk.store.link(history, document)
    name = shown(lines[0].patent_number or history)
    if link is not None:  # alive, but it leads somewhere that is not allowed
        return _page(
            "This document cannot be opened",
            "The service gave a link to an unexpected host. Whoever runs this app can allow it in PATSNAP_PDF_ORIGINS.",
            patents=lines[0].patent_number or history,
            status=HTTPStatus.FORBIDDEN,
        )
    return _page(
        "The link to this document has expired",
        f"PatSnap's links live for about an hour; this one was retrieved on {lines[0].retrieved:%d %b %Y, %H:%M} UTC. "
        f"A refresh asks for {name} once more and renews the links of all its {lines[0].held:,} documents.",
        patents=lines[0].patent_number or history,
        permit=tokens.permit(history, document) if may_spend else "",
    )


def _status(error: Exception) -> int:
    match error:
        case BadToken():
            return HTTPStatus.NOT_FOUND
        case TokenTooOld():
            return HTTPStatus.GONE
        case _:
            return HTTPStatus.SERVICE_UNAVAILABLE


def _page(
    title: str, text: str, *, patents: str = "", permit: str = "", go_on: str = "", status: int = HTTPStatus.OK
) -> Response:
    return HTMLResponse(notice(title, text, patents=patents, permit=permit, go_on=go_on), status, headers=_HEADERS)
