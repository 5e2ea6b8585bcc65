"""The routes of the documents, and who may have what they give.

| path | answers with |
|---|---|
| `/documents/<token>` | the kept PDF, else a redirect to the living link |
| `/documents/<token>/view` | the PDF for the reader's frame: kept, else fetched here and kept |
| `/documents/<token>/pages/<n>?width=<pixels>` | a picture of a page of it, from 1, and how many there are |
| `/documents/<token>/download` | the same as a file |
| `/documents/packs/<token>` | a pack, one file made of many documents |
| `/documents/files/<token>` | a file that a page offers to take away, made now |
| `/sandbox/documents/…` | the PDFs of the in-process sandbox, where it serves |

A document is given to whoever works in its workspace; packs and files, which may hold private notes, to their maker
alone. Where there is no PDF a small page says why, and offers a refresh where that may help; only its button spends.
A single PDF is always sent whole, also when a range was requested; packs are sent by range too.
"""

import functools
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, cast, get_args

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import Receive, Scope, Send

from components.access import Person
from components.documents.answers import ANSWER_HEADERS, Delivery, page_answer
from components.documents.documents import Documents
from components.documents.offered_files import OfferedFiles
from components.documents.origins import SANDBOX_MOUNT
from components.documents.person_answers import CANNOT_DOWNLOAD, CANNOT_OPEN, NOT_REFRESHED, PersonAnswers
from components.rule_tables import RuleTableBroken
from components.sandbox import RunningSandbox
from components.store import StoreError

_AT_ONCE: Final = 12
"""PDFs fetched for browsers at the same time; further requests wait without a thread, so that a slow host delays
nothing else."""
_DRAWN_AT_ONCE: Final = 16
"""Pictures of pages that are waited for at the same time; further requests wait without a thread."""
_MADE_AT_ONCE: Final = 4
"""Offered files made at the same time, which bounds the memory that they take."""
_OFFICE: Final = ("microsoft office", "msoffice", "ms-office")
"""What programs of Microsoft Office call themselves. Before they hand a link to the browser they follow it themselves,
without the browser's cookie, and hand on wherever that led: to a signed link. So they are shown a page instead.
Source: Microsoft's support article 899927."""
_ALLOWED: Final = {"Allow": "GET, HEAD, OPTIONS"}


@dataclass(frozen=True, slots=True)
class _Given:
    """What is given under a path, and how."""

    path: str
    answer: Callable[..., Response]
    """A method of `PersonAnswers` that answers for a token, and for what else the request names."""
    title: str
    """Of the page that stands in for it."""
    delivery: Delivery = "open"
    at_once: int = 0
    """How many are given at the same time; 0 as many as there are threads."""


_GIVEN: Final = (
    _Given("packs/{token}", PersonAnswers.pack, CANNOT_DOWNLOAD),
    _Given("files/{token}", PersonAnswers.file, CANNOT_DOWNLOAD, at_once=_MADE_AT_ONCE),
    _Given("{token}", PersonAnswers.opened, CANNOT_OPEN),
    _Given("{token}/view", PersonAnswers.delivered, CANNOT_OPEN, "view", at_once=_AT_ONCE),
    _Given("{token}/pages/{page:int}", PersonAnswers.pictured, CANNOT_OPEN, "view", at_once=_DRAWN_AT_ONCE),
    _Given("{token}/download", PersonAnswers.delivered, CANNOT_OPEN, "download", at_once=_AT_ONCE),
)


def document_routes(
    documents_of: Callable[[str], Documents],
    *,
    person_of: Callable[[Request], Person | None],
    files: OfferedFiles,
    base_path: str = "",
) -> list[Route]:
    """Return the routes of the documents room.

    Args:
        documents_of: returns the documents of a workspace of this process, by its name; called for each request, and
            for the workspace of the person who asks alone.
        person_of: returns who asks; `None` where nobody is known, and then nothing is given.
        files: what pages offer to take away.
        base_path: the path below which the app is served, as in `/review`; empty where it has a host of its own.
    """
    endpoints = _Endpoints(documents_of, person_of, files, base_path)
    return [
        Route(f"{base_path}/documents/refresh", endpoints.refresh, methods=["POST"]),
        *(
            Route(f"{base_path}/documents/{given.path}", endpoints.giving(given), methods=["GET", "OPTIONS"])
            for given in _GIVEN  # HEAD comes with GET
        ),
    ]


class _Endpoints:
    """Answers requests; its arguments are those of `document_routes`."""

    def __init__(
        self,
        documents_of: Callable[[str], Documents],
        person_of: Callable[[Request], Person | None],
        files: OfferedFiles,
        base_path: str,
    ) -> None:
        self._documents_of = documents_of
        self._person_of = person_of
        self._files = files
        self._base_path = base_path
        self._page = functools.partial(page_answer, base_path=base_path)
        self._limiters = {
            at_once: anyio.CapacityLimiter(at_once) for at_once in (_AT_ONCE, _DRAWN_AT_ONCE, _MADE_AT_ONCE)
        }

    def giving(self, given: _Given) -> Callable[[Request], Awaitable[Response]]:
        """Return the endpoint that gives to browsers, and tells programs that only look what they need to know."""

        async def give(request: Request) -> Response:
            if request.method == "OPTIONS":
                return Response(status_code=HTTPStatus.NO_CONTENT, headers={**ANSWER_HEADERS, **_ALLOWED})
            program = request.headers.get("user-agent", "").lower()
            if any(name in program for name in _OFFICE):
                text = "This link opens in your browser, where you may have to log in."
                return self._page("A link of Prosecution Review", text)
            return await self._answer(request, given, request.path_params["token"])

        return give

    async def refresh(self, request: Request) -> Response:
        """Answer the button of a page that offers a refresh."""
        # The permit alone stops foreign pages; the header stops them before anything is read.
        if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return self._page(NOT_REFRESHED, "Open the document from the Review page.", status=HTTPStatus.FORBIDDEN)
        form = await request.form()
        permit, asked = str(form.get("permit", "")), str(form.get("manner", ""))
        delivery = cast("Delivery", asked) if asked in get_args(Delivery) else "open"
        given = _Given("refresh", PersonAnswers.refreshed, NOT_REFRESHED, delivery)
        return await self._answer(request, given, permit)

    async def _answer(self, request: Request, given: _Given, token: str) -> Response:
        """Answer a request as the person who asks; nobody gets nothing."""
        person = self._person_of(request)
        if person is None:
            text = "Open Prosecution Review, log in there if it asks you to, and open the link again."
            return self._page("Who asks is not known", text, delivery=given.delivery, status=HTTPStatus.FORBIDDEN)
        answers = PersonAnswers(
            person,
            self._documents_of,
            self._files,
            delivery=given.delivery,
            base_path=self._base_path,
            with_bytes=request.method != "HEAD",
        )
        answer = functools.partial(given.answer, answers, token, **_page_asked_for(request))
        limiter = self._limiters.get(given.at_once)
        return await anyio.to_thread.run_sync(answers.answer_or_error_page, answer, given.title, limiter=limiter)


def _page_asked_for(request: Request) -> dict[str, int]:
    """Return page and width where a request names a page; a width that is no number is that of a common screen."""
    if "page" not in request.path_params:
        return {}
    width = request.query_params.get("width", "")
    return {"page": request.path_params["page"], "width": int(width) if re.fullmatch(r"[0-9]{1,5}", width) else 1200}


def sandbox_routes(sandbox: Callable[[], RunningSandbox | None], *, base_path: str = "") -> list[BaseRoute]:
    """Return the route of the sandbox's PDFs under this app's own address, for browsers on other machines.

    Only the PDFs are mounted: the sandbox's service and its switches stay on their loopback port.

    Args:
        sandbox: returns the sandbox of this process; with an account connected there is none, and the answer is 404.
        base_path: the path below which the app is served, as in `/review`; empty where it has a host of its own.
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

    return [Mount(f"{base_path}{SANDBOX_MOUNT}/documents", app=documents)]
