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
from components.ui.app.login_cookie import COOKIE, cookie_signer, login_address
from components.ui.app.notice_page import notice_page

_NEXT_COOKIE: Final = "review_next"
_NEXT_SECONDS: Final = 1800
_LONGEST_NEXT: Final = 2500
"""Characters of an address that a cookie takes with its signature; a longer one leads to the start page."""
_PATH: Final = re.compile(r"/(?![/\\])[^\x00-\x20\\\x7f-\U0010ffff]*")
"""A path of this app: no address of another one, in any reading, and nothing that ends a header."""


def begin_login(login: Login, request: HTTPConnection) -> Response:
    """Send a browser to the login provider, and remember where it came from."""
    asked = parse_qs(request.scope.get("query_string", b"").decode("latin-1"), max_num_fields=10)
    provider = asked.get("provider", [login.providers[0]])[0]
    target = asked.get("next", ["/"])[0]
    if provider not in login.providers:
        return notice_page("There is no such login provider.", status=HTTPStatus.NOT_FOUND)
    answer = RedirectResponse(login_address(provider, base_path=base_path()), HTTPStatus.SEE_OTHER)
    if _PATH.fullmatch(target) and len(target) <= _LONGEST_NEXT:
        signed = str(cookie_signer(_NEXT_COOKIE).dumps(target))
        answer.set_cookie(_NEXT_COOKIE, signed, max_age=_NEXT_SECONDS, path="/", httponly=True, samesite="lax")
    else:  # nor to where an earlier login began
        answer.delete_cookie(_NEXT_COOKIE, path="/", httponly=True, samesite="lax")
    return answer


def _next_path(request: HTTPConnection) -> str:
    """Return the path from which the login began; empty if nobody can say."""
    try:
        target = cookie_signer(_NEXT_COOKIE).loads(request.cookies.get(_NEXT_COOKIE, ""), max_age=_NEXT_SECONDS)
    except BadSignature:
        return ""
    return target if isinstance(target, str) and _PATH.fullmatch(target) else ""


def lead_back(headers: MutableHeaders, request: HTTPConnection) -> None:
    """Lead to where the login began, once it has succeeded."""
    cookies = headers.getlist("set-cookie")
    logged_in = any(cookie.startswith(f"{COOKIE}=") and not cookie.startswith(f'{COOKIE}=""') for cookie in cookies)
    target = _next_path(request)
    if target and logged_in and "location" in headers:
        headers["location"] = target
        headers.append("set-cookie", f"{_NEXT_COOKIE}=; Max-Age=0; Path=/; HttpOnly; SameSite=lax")
