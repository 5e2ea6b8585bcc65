"""The routes of the documents on a real socket, asked by one person or by several."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import BaseRoute

from components.access import LOCAL_PERSON, Person
from components.desk import Desk
from components.documents import Documents, OfferedFiles, document_routes
from tests.serving import serve

WHO = "X-Test-Person"
"""Header in which a test says who asks, where several may."""
ANN = Person("ann@example.com", "ann@example.com", may_spend=True, session="1")
BEN = Person("ben@example.com", "ben@example.com", may_spend=False, session="2")
EVE = Person("eve@example.com", "eve@example.com", may_spend=True, workspace="merger", session="3")


def routes_of(desk: Desk, person: Person | None = LOCAL_PERSON, *, base_path: str = "") -> list[BaseRoute]:
    """Return the routes as they are where just this person asks."""
    return [
        *document_routes(
            lambda _: desk.documents, person_of=lambda _: person, files=OfferedFiles(), base_path=base_path
        )
    ]


@contextmanager
def served(desk: Desk, person: Person | None = LOCAL_PERSON) -> Iterator[str]:
    """Serve the routes to this person."""
    with serve(uvicorn.Config(Starlette(routes=routes_of(desk, person)), log_level="warning")) as url:
        yield url


@contextmanager
def served_to_several(documents: Mapping[str, Documents], files: OfferedFiles) -> Iterator[str]:
    """Serve the documents of several workspaces to Ann, Ben and Eve, who say in a header who they are."""
    people = {person.name: person for person in (ANN, BEN, EVE)}

    def person_of(request: Request) -> Person | None:
        return people.get(request.headers.get(WHO, ""))

    routes = document_routes(documents.__getitem__, person_of=person_of, files=files)
    with serve(uvicorn.Config(Starlette(routes=routes), log_level="warning")) as url:
        yield url
