"""Where a login began, so that one is there again after it.

Streamlit's login ends at the start page whatever was opened; a signed cookie of some minutes remembers the address.
"""

import re
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs

from itsdangerous import BadSignature
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response

from components.access import Login
from components.ui.app.base_path import base_path
from components.ui.app.login_cookie import COOKIE, TOKENS_COOKIE, cookie_signer, login_address
from components.ui.app.notice_page import login_buttons, notice_page

CALLBACK: Final = "/oauth2callback"
"""Path to which the login provider sends a browser back."""
LONGEST_COOKIES: Final = 7000
"""Characters of cookies with which a websocket still opens: the server takes lines of 8,190 (`websockets`)."""
_WAYS_OUT: Final = ("/auth/logout", "/login", "/auth/login", CALLBACK)
_ERROR_CODE: Final = re.compile(r"[a-z_]{1,40}")
"""As in RFC 6749, 4.1.2.1."""
_TOO_MUCH: Final = (
    "Your login provider sends so much about you, perhaps the groups that you are in, that a browser cannot pass it "
    "on. Whoever runs this app should let the provider send fewer claims, such as only the groups that its lists name."
)
_NEXT_COOKIE: Final = "review_next"
_NEXT_SECONDS: Final = 1800
_LONGEST_NEXT: Final = 2500
"""Characters of an address that a cookie takes with its signature; a longer one leads to the start page."""
_PATH: Final = re.compile(r"/(?![/\\])[^\x00-\x20\\\x7f-\U0010ffff]*")
"""A path of this app: no address of another one, in any reading, and nothing that ends a header."""


def login_stopped(request: HTTPConnection, path: str, login: Login) -> Response | None:
    """Return a page that says why a login goes no further; `None` if nothing stops it.

    The provider has refused it, or has sent more of a person than a browser can send back over a websocket.
    """
    base = base_path()
    if path == CALLBACK and request.query_params.get("error"):
        # Nothing of it is passed on: Streamlit would write into the log whatever somebody has put into the address.
        code = request.query_params["error"]
        told = code if _ERROR_CODE.fullmatch(code) else "no reason given"
        buttons = login_buttons(login.providers, base_path=base, next_path=_next_path(request) or f"{base}/")
        return notice_page(f"The login provider has refused the login ({told}).", buttons=buttons, status=HTTPStatus.OK)
    too_long = len(request.headers.get("cookie", "")) > LONGEST_COOKIES
    if too_long and request.scope["type"] == "http" and path not in _WAYS_OUT and COOKIE in request.cookies:
        return notice_page(_TOO_MUCH, buttons=[("Log out", f"{base}/auth/logout")], status=HTTPStatus.OK)
    return None


def begin_login(login: Login, request: HTTPConnection) -> Response:
    """Send a browser to the login provider, and remember where it came from."""
    asked = parse_qs(request.scope.get("query_string", b"").decode("latin-1"), max_num_fields=10)
    provider = asked.get("provider", [login.providers[0]])[0]
    target = asked.get("next", ["/"])[0]
    if provider not in login.providers:
        return notice_page("There is no such login provider.", status=HTTPStatus.NOT_FOUND)
    answer = RedirectResponse(login_address(provider, base_path=base_path()), HTTPStatus.SEE_OTHER)
    place = base_path() or "/"
    if _leads_here(target) and len(target) <= _LONGEST_NEXT:
        signed = str(cookie_signer(_NEXT_COOKIE).dumps(target))
        answer.set_cookie(_NEXT_COOKIE, signed, max_age=_NEXT_SECONDS, path=place, httponly=True, samesite="lax")
    else:  # nor to where an earlier login began
        answer.delete_cookie(_NEXT_COOKIE, path=place, httponly=True, samesite="lax")
    return answer


def _next_path(request: HTTPConnection) -> str:
    """Return the path from which the login began; empty if nobody can say."""
    try:
        target = cookie_signer(_NEXT_COOKIE).loads(request.cookies.get(_NEXT_COOKIE, ""), max_age=_NEXT_SECONDS)
    except BadSignature:
        return ""
    return target if isinstance(target, str) and _leads_here(target) else ""


def _leads_here(target: str) -> bool:
    """Return whether an address is a path of this app."""
    base = base_path()
    return _PATH.fullmatch(target) is not None and (target == base or target.startswith((f"{base}/", f"{base}?")))


def lead_back(headers: MutableHeaders, request: HTTPConnection) -> None:
    """Lead to where the login began, once it has succeeded."""
    cookies = headers.getlist("set-cookie")
    logged_in = any(cookie.startswith(f"{COOKIE}=") and not cookie.startswith(f'{COOKIE}=""') for cookie in cookies)
    target = _next_path(request)
    if sum(map(len, cookies)) > LONGEST_COOKIES:  # tokens are needed for nothing but a log-out without a question
        tokens = TOKENS_COOKIE.encode()
        headers.raw[:] = [each for each in headers.raw if each[0] != b"set-cookie" or not each[1].startswith(tokens)]
    if target and logged_in and "location" in headers:
        headers["location"] = target
        headers.append("set-cookie", f"{_NEXT_COOKIE}=; Max-Age=0; Path={base_path() or '/'}; HttpOnly; SameSite=lax")
