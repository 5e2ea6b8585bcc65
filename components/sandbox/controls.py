"""The test controls: the billing counter and the switches of a running sandbox, open to this machine only.

They answer only callers on a loopback address that name a loopback host, use no proxy, and call the sandbox itself
rather than an app in which it is mounted. A change of switches must be sent as JSON, which a foreign web page cannot
send to this address. Everybody else gets the answer for an unknown route.
"""

import ipaddress
import json
from collections.abc import Awaitable, Callable
from typing import Protocol

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from components.sandbox.billing import Billing
from components.sandbox.errors import SwitchRefused
from components.sandbox.switches import Switches

_PROXY_HEADERS = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


class Controlled(Protocol):
    """What the controls show and change."""

    switches: Switches
    billing: Billing

    def switch(self, **changes: object) -> Switches:
        """Set switches while the sandbox runs."""


def routes(service: Controlled) -> list[Route]:
    """Return the routes of the test controls of one sandbox."""

    async def billing(request: Request) -> Response:
        del request
        return JSONResponse(service.billing.snapshot())

    async def switches(request: Request) -> Response:
        if request.method != "POST":
            return JSONResponse(service.switches.model_dump(mode="json"))
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
            return JSONResponse({"error": "Send the switches as application/json; nothing was changed."}, 415)
        try:
            changes = json.loads(await request.body())
            if not isinstance(changes, dict):
                return JSONResponse({"error": "Send a JSON object of switches; nothing was changed."}, 400)
            return JSONResponse(service.switch(**changes).model_dump(mode="json"))
        except (ValueError, RecursionError):
            return JSONResponse({"error": "The body is not JSON; nothing was changed."}, 400)
        except SwitchRefused as refused:
            return JSONResponse({"error": str(refused)}, 400)

    return [
        Route("/_sandbox/billing", _local_only(billing), methods=["GET"]),
        Route("/_sandbox/switches", _local_only(switches), methods=["GET", "POST"]),
    ]


def _local_only(endpoint: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Return an endpoint that answers only callers on this machine."""

    async def guarded(request: Request) -> Response:
        proxied = any(name in request.headers for name in _PROXY_HEADERS)
        if (
            request.scope.get("root_path")
            or proxied
            or not (_is_local_client(request) and _is_loopback(request.url.hostname))
        ):
            raise HTTPException(404)
        return await endpoint(request)

    return guarded


def _is_local_client(request: Request) -> bool:
    """Return whether a call comes from this machine."""
    return request.client is not None and _is_loopback(request.client.host)


def _is_loopback(host: str | None) -> bool:
    """Return whether a host is this machine by a loopback address or as localhost."""
    if host == "localhost":
        return True
    try:
        return host is not None and ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
