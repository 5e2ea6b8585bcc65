"""Authentication: the two schemes of the contract.

An API key comes as `Authorization: Bearer sk-…`; the real gateway also accepts `?apikey=sk-…`, so the sandbox does too.
Client credentials are exchanged for a token at `/oauth/token`; a call then has `Authorization: Bearer <token>` and
`?apikey=<client_id>`.
"""

import base64
import hmac
import secrets
import threading
import time
from collections.abc import Mapping
from urllib.parse import parse_qs

from components.sandbox.errors import Refused
from components.sandbox.refusals import APIKEY_MISSING, CREDENTIALS, ILLEGAL_REQUEST
from components.sandbox.switches import Switches

_TOKENS_KEPT = 1000
_PUBLIC_KEY = "sandbox"


class IssuedTokens:
    """The issued tokens, each with its client and its expiry. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._expiries: dict[str, tuple[str, float]] = {}

    def issue(self, client_id: str, lifetime: int) -> str:
        """Return a new token for a client, valid for `lifetime` seconds."""
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._expiries[token] = (client_id, time.monotonic() + lifetime)
            while len(self._expiries) > _TOKENS_KEPT:
                del self._expiries[next(iter(self._expiries))]
        return token

    def is_valid_for(self, token: str, client_id: str) -> bool:
        """Return whether a token was issued to that client and has not expired."""
        with self._lock:
            owner, end = self._expiries.get(token, ("", 0.0))
        return owner == client_id and time.monotonic() < end


def check_call(
    headers: Mapping[str, str], query: Mapping[str, str], *, tokens: IssuedTokens, switches: Switches
) -> None:
    """Check the credentials of a call for documents.

    Raises:
        Refused: there is no key and no token, or a token without `?apikey=` (67200008); the API key is wrong
            (67200003); the token is unknown, expired or another client's (67200009, or as the switch says).
    """
    scheme, _, bearer = headers.get("authorization", "").partition(" ")
    bearer = bearer.strip() if scheme.lower() == "bearer" else ""
    apikey = query.get("apikey", "")
    if switches.auth != "oauth":
        if _is_key(bearer, switches) or (not bearer and _is_key(apikey, switches)):
            return
        looks_like_key = bearer.startswith("sk-") or (not bearer and apikey.startswith("sk-"))
        if looks_like_key or (bearer and switches.auth == "api_key"):
            raise Refused(CREDENTIALS)
    if not bearer or not apikey:
        raise Refused(APIKEY_MISSING)
    if not (_is_equal(apikey, switches.client_id) and tokens.is_valid_for(bearer, apikey)):
        raise Refused(int(switches.token_refused_as))


def grant_token(
    headers: Mapping[str, str], form: str, *, tokens: IssuedTokens, switches: Switches
) -> dict[str, object]:
    """Exchange client credentials for a token.

    Args:
        headers: of the call; client id and secret must come as HTTP Basic.
        form: the body, `grant_type=client_credentials`.
        tokens: where the token is recorded.
        switches: which client is known, and how long a token is valid.

    Returns:
        The JSON of the answer, which has no envelope by the contract.

    Raises:
        Refused: id or secret is wrong, or the account has an API key only (67200003); another grant type (67200012).
    """
    client_id, secret = _basic_credentials(headers.get("authorization", ""))
    if switches.auth == "api_key" or not (
        _is_equal(client_id, switches.client_id) and _is_equal(secret, switches.client_secret)
    ):
        raise Refused(CREDENTIALS)
    if parse_qs(form).get("grant_type") != ["client_credentials"]:
        raise Refused(ILLEGAL_REQUEST)
    return {
        "token": tokens.issue(client_id, switches.token_lifetime),
        "token_type": "BearerToken",
        "expires_in": switches.token_lifetime,
        "status": "approved",
        "issued_at": str(time.time_ns() // 1_000_000),
    }


def _is_key(text: str, switches: Switches) -> bool:
    """Return whether a text is an API key that is accepted."""
    if switches.api_key is not None:
        return _is_equal(text, switches.api_key)
    return text == _PUBLIC_KEY or (text.startswith("sk-") and len(text) > len("sk-"))


def _basic_credentials(authorization: str) -> tuple[str, str]:
    """Return client id and secret of a Basic header; both empty if it is none."""
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        client_id, _, secret = base64.b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")
    except ValueError:
        return "", ""
    return client_id, secret


def _is_equal(given: str, expected: str) -> bool:
    """Return whether two texts are equal, in a time that does not depend on where they differ."""
    return hmac.compare_digest(given.encode(), expected.encode())
