"""The sandbox as a Starlette app: the service's routes, the PDFs behind its links, and the test controls.

```
POST /advanced-patent-data/overseas-patent-documents    P048
POST /advanced-patent-data/file-wrapper                 P048 under its older name
POST /oauth/token                                       a token for client credentials
GET  /documents/<name>.pdf?sign=…&response-expires=…    the PDF behind a signed link
GET  /_sandbox/billing                                  the billing counter          (this machine only)
GET, POST /_sandbox/switches                            the switches                 (this machine only)
```

The app may be mounted in another one (`Mount("/sandbox", app)`). Links then begin with the address of the mount, unless
the switch `link_base` says otherwise, and the test controls are closed. Its state is in memory and guarded by threading
locks, so two servers of one process may serve the same app at once.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from components.sandbox import controls
from components.sandbox.access import IssuedTokens, check_call, grant_token
from components.sandbox.billing import Billing
from components.sandbox.catalogue import Catalogue
from components.sandbox.errors import LinkExpired, LinkRefused, Refused
from components.sandbox.injections import InjectedFaults, RateLimit
from components.sandbox.made_up import KEY as MADE_UP
from components.sandbox.made_up import made_up_pdf
from components.sandbox.placeholder import placeholder_pdf
from components.sandbox.refusals import NO_SUCH_API, RATE, error_codes, error_envelope, refusal
from components.sandbox.request_body import read_request
from components.sandbox.responses import find_document, respond
from components.sandbox.signing import Signer, check_link
from components.sandbox.switches import Switches

PATHS = ("/advanced-patent-data/overseas-patent-documents", "/advanced-patent-data/file-wrapper")
_LONGEST_BODY = 1_000_000


@dataclass(slots=True)
class Service:
    """The state of one running sandbox."""

    switches: Switches
    billing: Billing = field(default_factory=Billing)
    catalogue: Catalogue = field(default_factory=Catalogue)
    tokens: IssuedTokens = field(default_factory=IssuedTokens)
    rate: RateLimit = field(default_factory=RateLimit)
    faults: InjectedFaults = field(default_factory=InjectedFaults)

    def switch(self, **changes: object) -> Switches:
        """Set switches while the sandbox runs; a call under way keeps the switches with which it began.

        Returns:
            All switches, as they are now.

        Raises:
            SwitchRefused: a name is no switch or a value does not fit it; no switch is changed then.
        """
        self.switches = self.switches.changed(changes)
        if "inject" in changes:
            self.faults.restart()
        return self.switches


def create_sandbox(switches: Switches | None = None) -> Starlette:
    """Return a new sandbox, with its own billing counter and its own tokens.

    Args:
        switches: how it behaves; by default as the likeliest reading of the contract.

    Returns:
        The app. `app.state.billing` is its `Billing`; `app.state.service.switch(…)` sets switches.

    Raises:
        RecordingsDamaged: the file histories cannot be read.
    """
    service = Service(switches or Switches())
    app = Starlette(
        routes=[
            *(Route(path, _documents, methods=["POST"]) for path in PATHS),
            Route("/oauth/token", _token, methods=["POST"]),
            Route("/documents/{name}.pdf", _pdf, methods=["GET"]),
            *controls.routes(service),
        ],
        exception_handlers={HTTPException: _no_such_api},
    )
    app.state.service = service
    app.state.billing = service.billing
    return app


async def _documents(request: Request) -> Response:
    """Answer a call for documents."""
    service: Service = request.app.state.service
    switches = service.switches
    service.billing.count_call()
    try:
        raw = await _body(request)
        check_call(request.headers, request.query_params, tokens=service.tokens, switches=switches)
        service.faults.raise_due(switches.inject, "business")
        if not service.rate.admit(switches.qps):
            raise Refused(RATE)
        wanted = read_request(raw, switches)
        if switches.latency:
            await asyncio.sleep(switches.latency)
        answer = respond(wanted, catalogue=service.catalogue, switches=switches, sign=_sign(request, switches))
    except Refused as refused:
        service.billing.count_refusal(refused.code)
        return _refusal(refused, switches)
    response = JSONResponse(answer.envelope, status_code=switches.success_status)
    service.billing.count_charges(answer.charged)
    return response


async def _token(request: Request) -> Response:
    """Answer a call for a token."""
    service: Service = request.app.state.service
    switches = service.switches
    try:
        raw = await _body(request)
        service.faults.raise_due(switches.inject, "token")
        form = raw.decode("utf-8", errors="replace")
        return JSONResponse(grant_token(request.headers, form, tokens=service.tokens, switches=switches))
    except Refused as refused:
        return _refusal(refused, switches)


def _pdf(request: Request) -> Response:
    """Answer a call for the PDF behind a signed link."""
    # Not async: Starlette runs it in a thread, so that a long document does not delay calls.
    service: Service = request.app.state.service
    name = request.path_params["name"]
    query = request.query_params
    try:
        check_link(name, sign=query.get("sign", ""), response_expires=query.get("response-expires", ""))
    except LinkRefused as refused:
        reason = "Request has expired" if isinstance(refused, LinkExpired) else "The signature does not match"
        return _storage_error(403, "AccessDenied", reason)
    located = find_document(name, service.catalogue, service.switches)
    if located is None:
        return _storage_error(404, "NoSuchKey", "The specified key does not exist")
    headers = {
        "Content-Disposition": f'inline; filename="{name}.pdf"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    history, index = located
    pdf = made_up_pdf(index) if history.key == MADE_UP else placeholder_pdf(history, index)
    return Response(pdf, media_type="application/pdf", headers=headers)


async def _no_such_api(request: Request, error: Exception) -> Response:
    """Answer a call for an unknown route with the service's own error."""
    del request
    status = error.status_code if isinstance(error, HTTPException) else 404
    headers = error.headers if isinstance(error, HTTPException) else None
    response = error_envelope(error_codes()[NO_SUCH_API], status=status)
    response.headers.update(headers or {})
    return response


async def _body(request: Request) -> bytes:
    """Return the body of a call; refuse one that is too large."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_BODY:
            raise Refused(413)
    return bytes(body)


def _sign(request: Request, switches: Switches) -> Callable[[str], str]:
    """Return what signs the links of one answer."""
    base = switches.link_base
    if base is None:
        # Not `request.base_url`, which lacks the path that the app is mounted at.
        base = f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '').rstrip('/')}"
    stated_lifetime = (
        switches.link_lifetime if switches.response_expires_after is None else switches.response_expires_after
    )
    return Signer(base, lifetime=switches.link_lifetime, stated_lifetime=stated_lifetime).url


def _refusal(refused: Refused, switches: Switches) -> Response:
    """Return the answer to a refused call, as the switches say."""
    return refusal(refused.code, error_status=switches.error_status, retry_after=switches.retry_after)


def _storage_error(status: int, code: str, message: str) -> Response:
    """Return an error as the store of the PDFs answers: XML."""
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>\n'
    return Response(body, status_code=status, media_type="application/xml")
