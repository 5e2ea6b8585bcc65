"""The routes of the documents: `/documents/<token>`, its `/view` and `/download`, and `/documents/packs/<token>`.

| path | answers with |
|---|---|
| `/documents/<token>` | the kept PDF, else a redirect to the living link |
| `/documents/<token>/view` | the PDF for the reader's frame: kept, else fetched here and kept |
| `/documents/<token>/download` | the same as a file |
| `/documents/packs/<token>` | a pack, one file made of many documents |
| `/sandbox/documents/…` | the PDFs of the in-process sandbox, where it serves |

Where there is no PDF a small page says why, and offers a refresh where that may help; only its button spends.
A single PDF is always sent whole, also when a range was requested; packs are sent by range too.
"""

import functools
from collections.abc import Callable
from http import HTTPStatus
from typing import cast, get_args

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import Receive, Scope, Send

from components.documents.answers import ANSWER_HEADERS, Delivery, page_answer, pdf_answer
from components.documents.documents import Documents
from components.documents.errors import BadToken, NotFetched, RefreshRefused, TokenTooOld
from components.documents.origins import SANDBOX_MOUNT
from components.documents.pdf_fetcher import ELSEWHERE, NOT_HELD
from components.numbers import display_form
from components.rule_tables import RuleTableBroken
from components.sandbox import RunningSandbox
from components.store import Headline, StoreError

_AT_ONCE = 12
"""PDFs fetched for browsers at the same time; further requests wait without a thread, so that a slow host delays
nothing else."""
_CANNOT_OPEN = "This document cannot be opened"
_NOT_REFRESHED = "Nothing was refreshed"
_STATUS = {"not held": 404, "elsewhere": 403, "store": 503, "failed": 502}


def document_routes(documents: Callable[[], Documents], *, may_spend: Callable[[], bool]) -> list[Route]:
    """Return the routes of the documents room.

    Args:
        documents: returns the documents of the process; called for each request.
        may_spend: whether the page that offers a refresh may have a button that spends. A route stands outside
            the login of the pages, so where people log in a refresh is left to the Review page.
    """
    fetching = anyio.CapacityLimiter(_AT_ONCE)

    async def open_document(request: Request) -> Response:
        token = request.path_params["token"]
        return await run_in_threadpool(
            _answer_or_error_page, lambda: _open_answer(documents(), token, may_spend=may_spend()), "open"
        )

    async def deliver(request: Request, *, delivery: Delivery) -> Response:
        token = request.path_params["token"]
        answer = functools.partial(
            _answer_or_error_page,
            lambda: _delivery_answer(documents(), token, delivery, may_spend=may_spend()),
            delivery,
        )
        return await anyio.to_thread.run_sync(answer, limiter=fetching)

    async def download_pack(request: Request) -> Response:
        token = request.path_params["token"]
        return await run_in_threadpool(_answer_or_error_page, lambda: _pack_answer(documents(), token), "open")

    async def refresh(request: Request) -> Response:
        # The permit alone stops foreign pages; the header stops them before anything is read.
        if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"} or not may_spend():
            return page_answer(_NOT_REFRESHED, "Open the document from the Review page.", status=403)
        form = await request.form()
        permit, asked = str(form.get("permit", "")), str(form.get("manner", ""))
        delivery = cast("Delivery", asked) if asked in get_args(Delivery) else "open"
        return await run_in_threadpool(
            _answer_or_error_page, lambda: _refresh_answer(documents(), permit, delivery), delivery, _NOT_REFRESHED
        )

    return [
        Route("/documents/refresh", refresh, methods=["POST"]),
        Route("/documents/packs/{token}", download_pack, methods=["GET"]),
        Route("/documents/{token}", open_document, methods=["GET"]),
        Route("/documents/{token}/view", functools.partial(deliver, delivery="view"), methods=["GET"]),
        Route("/documents/{token}/download", functools.partial(deliver, delivery="download"), methods=["GET"]),
    ]


def sandbox_routes(sandbox: Callable[[], RunningSandbox | None]) -> list[BaseRoute]:
    """Return the route of the sandbox's PDFs under this app's own address, for browsers on other machines.

    Only the PDFs are mounted: the sandbox's service and its switches stay on their loopback port.

    Args:
        sandbox: returns the sandbox of this process; with an account connected there is none, and the answer is 404.
    """

    async def documents(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            running, status = sandbox(), HTTPStatus.NOT_FOUND
        except (StoreError, RuleTableBroken):  # the pages say what is wrong
            running, status = None, HTTPStatus.SERVICE_UNAVAILABLE
        if running is None or scope["type"] != "http":
            await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body", "body": b""})
            return
        inner = dict(scope)
        inner["root_path"] = scope.get("root_path", "").removesuffix("/documents")
        await running.app(inner, receive, send)

    return [Mount(f"{SANDBOX_MOUNT}/documents", app=documents)]


def _answer_or_error_page(answer: Callable[[], Response], delivery: Delivery, title: str = _CANNOT_OPEN) -> Response:
    """Return the answer, or a page about a token, a store or a rule table that cannot be read."""
    try:
        return answer()
    except BadToken as error:
        return page_answer(title, str(error), delivery=delivery, status=HTTPStatus.NOT_FOUND)
    except TokenTooOld as error:
        return page_answer(title, str(error), delivery=delivery, status=HTTPStatus.GONE)
    except (StoreError, RuleTableBroken) as error:
        return page_answer(title, str(error), delivery=delivery, status=HTTPStatus.SERVICE_UNAVAILABLE)


def _open_answer(documents: Documents, token: str, *, may_spend: bool) -> Response:
    """Answer with the kept PDF, else a redirect to the living link, else a page that says why there is none."""
    history, document = documents.tokens.read_document(token)
    kept = documents.kept_pdf(history, document)
    if kept is not None:
        return pdf_answer(kept, documents.file_name(history, document), delivery="open")
    address = documents.browser_address(history, document)
    if address:
        return RedirectResponse(address, HTTPStatus.SEE_OTHER, headers=dict(ANSWER_HEADERS))
    headline = documents.headline(history)
    if headline is None:
        return page_answer(_CANNOT_OPEN, NOT_HELD, status=HTTPStatus.NOT_FOUND)
    if documents.has_link(history, document):  # it leads somewhere that is not allowed
        return page_answer(_CANNOT_OPEN, ELSEWHERE, patents=_number_in_address(headline), status=HTTPStatus.FORBIDDEN)
    return _expired_answer(documents, headline, document, delivery="open", may_spend=may_spend)


def _delivery_answer(documents: Documents, token: str, delivery: Delivery, *, may_spend: bool) -> Response:
    """Answer with the PDF itself, kept or fetched now, else a page that says why there is none."""
    history, document = documents.tokens.read_document(token)
    try:
        data = documents.pdf(history, document)
        return pdf_answer(data, documents.file_name(history, document), delivery=delivery)
    except NotFetched as error:
        failure = error
    headline = documents.headline(history)
    if failure.kind == "no link" and headline:
        return _expired_answer(documents, headline, document, delivery=delivery, may_spend=may_spend)
    permit, price = _refresh_offer(documents, headline if failure.refreshable and may_spend else None, document)
    return page_answer(
        _CANNOT_OPEN,
        failure.reason,
        patents=_number_in_address(headline) if headline else "",
        permit=permit,
        price=price,
        delivery=delivery,
        status=_STATUS.get(failure.kind, HTTPStatus.BAD_GATEWAY),
    )


def _pack_answer(documents: Documents, token: str) -> Response:
    """Answer with the file of a pack, else a page that says that it is gone."""
    pack = documents.packs.find_for_any_user(documents.tokens.read_pack(token))
    file = pack.file if pack else None
    if pack is None or file is None:
        text = "This file is not here any more. Make it once more on the Review page."
        return page_answer("This file cannot be downloaded", text, status=HTTPStatus.GONE)
    media_type = "application/zip" if pack.name.endswith(".zip") else "application/pdf"
    return FileResponse(file, media_type=media_type, filename=pack.name, headers=dict(ANSWER_HEADERS))


def _refresh_answer(documents: Documents, token: str, delivery: Delivery) -> Response:
    """Refresh the history that a permit names, and answer with a page that goes on to the document or says why not."""
    permit = documents.tokens.read_permit(token)
    headline = documents.headline(permit.history)
    if headline is None:
        return page_answer(_CANNOT_OPEN, NOT_HELD, delivery=delivery, status=HTTPStatus.NOT_FOUND)
    try:
        problem = documents.refresh.run(permit)
    except RefreshRefused as refusal:
        return page_answer(
            _NOT_REFRESHED,
            str(refusal),
            patents=_number_in_address(headline),
            delivery=delivery,
            status=HTTPStatus.CONFLICT,
        )
    patents = _number_in_address(documents.headline(permit.history) or headline)
    if not (documents.browser_address(permit.history, permit.document) and documents.refresh.renewed(permit)):
        title = "The link could not be refreshed"
        reason = problem or "The service gave no link for this document. Open its file on the Review page."
        return page_answer(title, reason, patents=patents, delivery=delivery, status=HTTPStatus.BAD_GATEWAY)
    # Browsers hold a form to `form-action 'self'` through redirects too, so the page goes on by itself instead.
    next_path = documents.tokens.document_path(permit.history, permit.document) + (
        "" if delivery == "open" else f"/{delivery}"
    )
    return page_answer(
        "The links are fresh", "The document opens now.", patents=patents, delivery=delivery, next_path=next_path
    )


def _expired_answer(
    documents: Documents, headline: Headline, document: str, *, delivery: Delivery, may_spend: bool
) -> Response:
    """Answer with the page about an expired link, with the button that refreshes where it may spend."""
    name = display_form(headline.patent_number or headline.key)
    permit, price = _refresh_offer(documents, headline if may_spend else None, document)
    return page_answer(
        "The link to this document has expired",
        f"PatSnap's links live for about an hour; this one was retrieved on {headline.retrieved:%d %b %Y, %H:%M} UTC. "
        f"A refresh asks for {name} once more and renews the links of all its {headline.documents_held:,} documents.",
        patents=_number_in_address(headline),
        permit=permit,
        price=price,
        delivery=delivery,
    )


def _refresh_offer(documents: Documents, headline: Headline | None, document: str) -> tuple[str, str]:
    """Return the permit of a button that refreshes and what stands on it; both are empty where there is none."""
    offer = documents.refresh.offer(headline, document) if headline else None
    return (documents.tokens.permit_token(offer.permit), offer.price) if offer else ("", "")


def _number_in_address(headline: Headline) -> str:
    return headline.patent_number or headline.key
