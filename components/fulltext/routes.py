"""The routes of the pages' texts, for the reader of this app.

| path | answers with |
|---|---|
| `/documents/<token>/text/<n>` | what was read on a page, from 1: words, their places and lines, and how sure that is |
| `/documents/<token>/places?words=<…>` | the places on the paper's pages that match what was typed |

Both answer with JSON, also where they give nothing: `title` and `text` then say why. They give a text to whom the
documents room would give the paper, and read nothing: what is not read yet says so.
"""

import functools
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, Final

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from components.access import Person
from components.documents import LINK_STATUS, Documents, LinkError, json_answer, own_paper
from components.fulltext.shown_texts import PaperTexts, shown_page, shown_places
from components.rule_tables import RuleTableBroken
from components.store import StoreError

_AT_ONCE: Final = 12
"""Answers that are made at the same time; further requests wait without a thread."""
_UNKNOWN: Final = {
    "title": "Who asks is not known",
    "text": "Reload the page, and log in if it asks you to.",
}

_Answer = Callable[[PaperTexts, str, str], dict[str, Any]]


def text_routes(
    documents_of: Callable[[str], Documents],
    texts_of: Callable[[str], PaperTexts],
    *,
    person_of: Callable[[Request], Person | None],
    base_path: str = "",
) -> list[Route]:
    """Return the routes of the pages' texts.

    Args:
        documents_of: returns the documents of a workspace by its name, which know its links; called for the workspace
            of the person who asks alone, as is the next.
        texts_of: returns the texts of a workspace by its name.
        person_of: returns who asks; `None` where nobody is known, and then nothing is given.
        base_path: the path below which the app is served, as in `/review`; empty where it has a host of its own.
    """
    endpoints = _Endpoints(documents_of, texts_of, person_of)
    return [
        Route(f"{base_path}/documents/{{token}}/text/{{page:int}}", endpoints.page, methods=["GET"]),
        Route(f"{base_path}/documents/{{token}}/places", endpoints.places, methods=["GET"]),
    ]


class _Endpoints:
    """Answers requests; its arguments are those of `text_routes`."""

    def __init__(
        self,
        documents_of: Callable[[str], Documents],
        texts_of: Callable[[str], PaperTexts],
        person_of: Callable[[Request], Person | None],
    ) -> None:
        self._documents_of = documents_of
        self._texts_of = texts_of
        self._person_of = person_of
        self._limiter = anyio.CapacityLimiter(_AT_ONCE)

    async def page(self, request: Request) -> Response:
        """Answer with the text of a page."""
        page = int(request.path_params["page"])
        return await self._answer(request, functools.partial(_page, page))

    async def places(self, request: Request) -> Response:
        """Answer with the places that match."""
        words = request.query_params.get("words", "")
        return await self._answer(request, functools.partial(_places, words))

    def _answer(self, request: Request, answer: _Answer) -> Awaitable[Response]:
        make = functools.partial(self._made, self._person_of(request), request.path_params["token"], answer)
        return anyio.to_thread.run_sync(make, limiter=self._limiter)

    def _made(self, person: Person | None, token: str, answer: _Answer) -> Response:
        """Return an answer for a person, or what is in the way of one."""
        if person is None:
            return json_answer(_UNKNOWN, status=HTTPStatus.FORBIDDEN)
        try:
            history, document = own_paper(self._documents_of(person.workspace).tokens, token)
            return json_answer(answer(self._texts_of(person.workspace), history, document))
        except LinkError as error:
            return json_answer(_problem(error), status=LINK_STATUS[type(error)])
        except (StoreError, RuleTableBroken) as error:
            return json_answer(_problem(error), status=HTTPStatus.SERVICE_UNAVAILABLE)


def _page(page: int, texts: PaperTexts, history: str, document: str) -> dict[str, Any]:
    return shown_page(texts, history, document, page)


def _places(words: str, texts: PaperTexts, history: str, document: str) -> dict[str, Any]:
    return shown_places(texts, history, document, words)


def _problem(error: Exception) -> dict[str, Any]:
    return {"title": "The text of this page is not here", "text": str(error)}
