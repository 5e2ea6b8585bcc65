"""The in-process sandbox's PDFs under this app's own address, so that a browser on another machine can open them."""

from collections.abc import Callable

from starlette.routing import BaseRoute, Mount
from starlette.types import Receive, Scope, Send

from components.documents.access import SANDBOX_MOUNT
from components.lookups import Desk


def sandbox_routes(desk: Callable[[], Desk]) -> list[BaseRoute]:
    """Give the route of the sandbox's documents; with an account connected it answers 404.

    Only the documents are mounted. The sandbox's service and its switches stay on their loopback port.
    """

    async def documents(scope: Scope, receive: Receive, send: Send) -> None:
        sandbox = desk().sandbox
        if sandbox is None or scope["type"] != "http":
            await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body", "body": b""})
            return
        inner = dict(scope)
        inner["root_path"] = scope.get("root_path", "").removesuffix("/documents")
        await sandbox.app(inner, receive, send)

    return [Mount(f"{SANDBOX_MOUNT}/documents", app=documents)]
