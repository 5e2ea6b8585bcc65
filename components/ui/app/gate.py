"""The gate: decides on every request and every websocket, before Streamlit or a route of ours sees it.

| path | with a login, who may |
|---|---|
| `/static`, `/_stcore/health`, `/login`, `/auth/login`, `/oauth2callback`, `/auth/logout` | everybody |
| `/_stcore/stream` (the websocket) | everybody; without a session only to draw the login, see `guard` |
| all else | whoever has a session; others get a page with a log-in button, or 401 |

Without a login, `ServingRules` decide alone.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from components.access import LOCAL_PERSON, AdmissionRules, Connection, Login, NotAdmitted
from components.rule_tables import RuleTableBroken
from components.store import StoreError
from components.ui.app.access import NOT_SET_UP, AccessSetup, access_setup
from components.ui.app.base_path import base_path
from components.ui.app.login_frames import before_login
from components.ui.app.login_return import CALLBACK, begin_login, lead_back, login_stopped
from components.ui.app.notice_page import login_buttons, notice_page
from components.ui.app.sessions import person_of

_HEALTH: Final = "/_stcore/health"
_STREAM: Final = "/_stcore/stream"
_BEGIN_LOGIN: Final = "/login"
_OPEN_PATHS: Final = frozenset({_HEALTH, _STREAM, _BEGIN_LOGIN, "/auth/login", "/auth/logout", CALLBACK})
_OPEN_FOLDERS: Final = ("/static/",)
_NO_PAGES: Final = ("/_stcore/", "/media/", "/component/")
"""What a browser fetches for a page, and never shows as one."""
_OWN_CLICKS: Final = frozenset({"/auth/logout", "/auth/login", _BEGIN_LOGIN})
"""Paths that change something with a mere GET: no foreign page may send a browser there."""
_FOREIGN_SITES: Final = frozenset({"cross-site", "same-site"})
_YEAR: Final = 365 * 24 * 3600


class Gate:
    """Lets through whom the setup allows, and gives routes the person in `request.state.person`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection, or refuse it."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        setup = await run_in_threadpool(access_setup)
        request = HTTPConnection(scope)
        path = _path(scope)
        send = _guarded_answers(send, path, request, setup.login)
        refused = None if path == _HEALTH else await self._refusal(setup, request, path)
        if refused is None:
            if scope["type"] == "websocket" and not hasattr(request.state, "person"):
                receive = before_login(receive)
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose()(scope, receive, send)
        else:
            await refused(scope, receive, send)

    async def _refusal(self, setup: AccessSetup, request: HTTPConnection, path: str) -> Response | None:
        """Return the answer to a connection that is not let through, or `None` after noting who comes."""
        refused = setup.serving.refusal(connection_of(request))
        if refused and not setup.problems:
            return notice_page(refused, status=HTTPStatus.FORBIDDEN)
        if setup.problems:
            is_open = path == _STREAM or path.startswith(_OPEN_FOLDERS)
            return None if is_open else notice_page(NOT_SET_UP, points=setup.problems, status=503)
        if setup.login is None or setup.admission is None:
            request.state.person = LOCAL_PERSON
            return None
        if (stopped := login_stopped(request, path, setup.login)) is not None:
            return stopped
        if path in _OWN_CLICKS and request.headers.get("sec-fetch-site") in _FOREIGN_SITES:
            return notice_page("Another site has sent you here. Open the app itself.", status=HTTPStatus.FORBIDDEN)
        return await _refusal_with_login(setup.login, setup.admission, request, path)


async def _refusal_with_login(
    login: Login, admission: AdmissionRules, request: HTTPConnection, path: str
) -> Response | None:
    """Return the answer to whoever has no session where one is needed."""
    if path == _BEGIN_LOGIN:
        return begin_login(login, request)
    if path in _OPEN_PATHS - {_STREAM} or path.startswith(_OPEN_FOLDERS):
        return None
    try:
        request.state.person = await run_in_threadpool(person_of, request.cookies, admission)
    except NotAdmitted as refusal:
        return None if path == _STREAM else _not_admitted(refusal, login, request, path)
    except (StoreError, RuleTableBroken) as error:
        return None if path == _STREAM else notice_page(str(error), status=HTTPStatus.SERVICE_UNAVAILABLE)
    return None


def connection_of(request: HTTPConnection) -> Connection:
    """Return where a request comes from."""
    headers = dict(request.headers)
    for name in ("host", "origin"):
        if len(request.headers.getlist(name)) > 1:  # nobody can say which one others would read
            headers[name] = ""
    scheme = "https" if request.url.scheme in {"https", "wss"} else "http"
    return Connection(request.client.host if request.client else None, headers, scheme)


def _not_admitted(refusal: NotAdmitted, login: Login, request: HTTPConnection, path: str) -> Response:
    """Answer with a page that says why, where a page can be shown."""
    method = request.scope.get("method", "GET")
    if path.startswith(_NO_PAGES) or method not in {"GET", "HEAD", "OPTIONS"}:
        return PlainTextResponse(str(refusal), HTTPStatus.UNAUTHORIZED, headers={"Cache-Control": "no-store"})
    base = base_path()
    if refusal.may_log_in:
        query = request.scope.get("query_string", b"").decode("latin-1")
        target = quote(request.scope["path"], safe="/:@!$&'()*+,;=~-._%") + (f"?{query}" if query else "")
        buttons = login_buttons(login.providers, base_path=base, next_path=target)
    else:
        buttons = [("Log out", f"{base}/auth/logout")]
    # A page, not a redirect: Office opens a link without the browser's cookies first, and would show what it leads to.
    return notice_page(str(refusal), buttons=buttons, status=HTTPStatus.OK, framed=path.endswith("/view"))


def _path(scope: Scope) -> str:
    """Return the path below the one at which the app is served; empty for one that is not below it."""
    path: str = scope["path"]
    base = base_path()
    return path.removeprefix(base) or "/" if path.startswith(f"{base}/") or path == base else ""


def _guarded_answers(send: Send, path: str, request: HTTPConnection, login: Login | None) -> Send:
    """Return a `send` that sets on each answer what keeps it private, and after a login leads where it began."""
    https = login.is_https if login else request.headers.get("x-forwarded-proto", request.url.scheme) == "https"
    changes: list[Callable[[MutableHeaders], None]] = []
    if not path.startswith(_OPEN_FOLDERS) and not path.startswith("/component/"):
        changes.append(_forbid_keeping)
    if path == CALLBACK:
        changes.append(lambda headers: lead_back(headers, request))
    if https:
        changes.append(_hold_to_https)

    async def send_guarded(message: Message) -> None:
        if message["type"] in {"http.response.start", "websocket.accept"}:
            message.setdefault("headers", [])
            headers = MutableHeaders(scope=message)
            for change in changes:
                change(headers)
        await send(message)

    return send_guarded


def _forbid_keeping(headers: MutableHeaders) -> None:
    headers["Cache-Control"] = "no-store"


def _hold_to_https(headers: MutableHeaders) -> None:
    """Let browsers send cookies over https alone, and come back over https alone (RFC 6797)."""
    headers["Strict-Transport-Security"] = f"max-age={_YEAR}"
    headers.raw[:] = [
        (name, value + b"; Secure" if name == b"set-cookie" and b"; secure" not in value.lower() else value)
        for name, value in headers.raw
    ]
