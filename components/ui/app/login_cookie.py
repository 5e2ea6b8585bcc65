"""Streamlit's login: its secrets section, its signed cookie, and the address at which it begins.

Streamlit has no public way to ask these outside a page, so that this one module reads what it keeps to itself. The
version is pinned; `tests/ui/test_login_cookie.py` fails if another one writes its cookie in another way.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from itsdangerous import BadSignature, URLSafeTimedSerializer
from streamlit.auth_util import encode_provider_token, get_cookie_with_chunks, get_secrets_auth_section
from streamlit.errors import Error, StreamlitSecretNotFoundError
from streamlit.web.server.server_util import get_cookie_secret

from components.access import LoginSession

COOKIE: Final = "_streamlit_user"
"""Name of the cookie; a long one goes on in others that begin alike."""
TOKENS_COOKIE: Final = "_streamlit_user_tokens"
"""Name of the cookie with the provider's tokens."""
_SIGNED_TOGETHER: Final = timedelta(seconds=2)
"""How far apart the times of one cookie's parts may be; they are signed one after another, to the second."""
_LONGEST_SECONDS: Final = 31 * 24 * 3600
"""The longest session that `REVIEW_SESSION_HOURS` allows, and a day."""


def auth_section() -> dict[str, Any]:
    """Return the `[auth]` section as Streamlit reads it; empty if it reads none."""
    try:
        section = get_secrets_auth_section()
    except (Error, StreamlitSecretNotFoundError, FileNotFoundError, OSError, ValueError):
        return {}
    return section.to_dict() if hasattr(section, "to_dict") else {}  # `auth = 1` is no section


def login_session(cookies: Mapping[str, str]) -> LoginSession | None:
    """Return the login that a visitor's cookies prove; `None` if they prove none.

    Its id comes from the claims, among them the login's own `nonce` and `iat`, and so is the same however the cookie is
    put together; it tells nothing about the person. Parts that were not signed together prove nothing: the first one
    says nothing but how many there are, and may be of another login.
    """
    secret = get_cookie_secret()
    if not secret or COOKIE not in cookies:
        return None
    signed_at: list[datetime] = []

    def signed(name: str) -> bytes | None:
        serializer = URLSafeTimedSerializer(secret, salt=name)
        try:
            value, at = serializer.loads(cookies.get(name, ""), max_age=_LONGEST_SECONDS, return_timestamp=True)
        except BadSignature:
            return None
        signed_at.append(at.replace(tzinfo=UTC) if at.tzinfo is None else at)
        return value.encode() if isinstance(value, str) else None

    content = get_cookie_with_chunks(signed, COOKIE)
    if content is None:
        return None
    try:
        claims = json.loads(content)
    except ValueError:
        return None
    if not isinstance(claims, dict) or max(signed_at) - min(signed_at) > _SIGNED_TOGETHER:
        return None
    return LoginSession(hashlib.sha256(content).hexdigest(), claims, min(signed_at))


def cookie_signer(name: str) -> URLSafeTimedSerializer:
    """Return what signs a cookie of this app's own with the login's cookie secret."""
    return URLSafeTimedSerializer(get_cookie_secret(), salt=f"prosecution-review {name}")


def login_address(provider: str, *, base_path: str) -> str:
    """Return the path at which the login with a provider begins; it holds a token that lives for some minutes."""
    return f"{base_path}/auth/login?provider={encode_provider_token(provider)}"
