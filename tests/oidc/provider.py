"""An OpenID Connect provider on loopback: whoever is known to it logs in by a click on the own name.

Written after OpenID Connect Core 1.0 (code flow), Discovery 1.0 and RP-Initiated Logout 1.0, and RFC 7636 (PKCE). It is
as strict as a provider in use: a code is good once, for the client, the address and the challenge that asked for it.

Tried by hand: `python -m tests.oidc.provider http://127.0.0.1:8501/oauth2callback` prints an `[auth]` section.
"""

import base64
import hashlib
import hmac
import secrets
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import uvicorn
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from tests.serving import serve

ABSENT: Final = object()
"""As the value of a claim: the provider does not send it."""
_HOST: Final = "localhost"
"""Not 127.0.0.1, where the app is: as in use, a browser takes the provider for another site."""
_PAGE: Final = """<!doctype html><html lang="en"><title>The firm's directory</title>
<h1>Who are you?</h1><form method="post">{people}</form><p><a href="{cancel}">Cancel</a></p></html>"""


@dataclass(frozen=True)
class Client:
    """An app that may send people here, as its `[auth]` section names it."""

    client_id: str
    client_secret: str
    redirect_uri: str
    metadata_url: str

    def auth_section(self, **entries: str) -> str:
        """Return the `[auth]` section of a secrets file.

        Args:
            entries: in place of the usual ones, or beside them; an empty one is left out.
        """
        usual = {
            "redirect_uri": self.redirect_uri,
            "cookie_secret": "a cookie secret of the tests, as long as it should be",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "server_metadata_url": self.metadata_url,
        }
        lines = (f'{name} = "{value}"\n' for name, value in {**usual, **entries}.items() if value)
        return "[auth]\n" + "".join(lines)


@dataclass(frozen=True)
class _Grant:
    """What a code stands for."""

    client: Client
    name: str
    nonce: str | None
    challenge: str | None


@dataclass
class Provider:
    """The provider: whom it knows, which apps, and what it was asked."""

    url: str = ""
    clients: dict[str, Client] = field(default_factory=dict)
    logged_out: list[str] = field(default_factory=list)
    """Names of the people who were sent to `end_session`, in order."""
    _people: dict[str, tuple[dict[str, Any], float]] = field(default_factory=dict)
    _grants: dict[str, _Grant] = field(default_factory=dict)
    _access: dict[str, str] = field(default_factory=dict)
    _key: RSAKey = field(
        default_factory=lambda: RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)
    )

    def add_client(self, redirect_uri: str) -> Client:
        """Return a new client that may have people sent back to this address."""
        client_id = f"review-{secrets.token_hex(4)}"
        client = Client(
            client_id, secrets.token_urlsafe(24), redirect_uri, f"{self.url}/.well-known/openid-configuration"
        )
        self.clients[client_id] = client
        return client

    def know(self, name: str, /, *, lifetime: float = 3600, **claims: Any) -> None:
        """Let a person of this name log in from now on.

        Args:
            name: on the button of the login page.
            lifetime: seconds from a login to the end of its id token; negative: it has ended before.
            claims: beside `sub`, an `email` at example.com and `email_verified`, or in their place; `ABSENT` ones are
                not sent.
        """
        usual = {"sub": f"sub-of-{name}", "email": f"{name}@example.com", "email_verified": True}
        sent = {claim: value for claim, value in {**usual, **claims}.items() if value is not ABSENT}
        self._people[name] = (sent, lifetime)

    def app(self) -> Starlette:
        """Return the provider as an ASGI app."""
        handlers: dict[str, tuple[Callable[[Request], Any], list[str]]] = {
            "/.well-known/openid-configuration": (self._discovery, ["GET"]),
            "/authorize": (self._authorize, ["GET", "POST"]),
            "/token": (self._token, ["POST"]),
            "/jwks": (self._jwks, ["GET"]),
            "/userinfo": (self._userinfo, ["GET"]),
            "/end_session": (self._end_session, ["GET"]),
        }
        return Starlette(routes=[Route(path, handler, methods=verbs) for path, (handler, verbs) in handlers.items()])

    async def _discovery(self, request: Request) -> Response:
        del request
        endpoints = {
            "authorization_endpoint": "authorize",
            "token_endpoint": "token",
            "jwks_uri": "jwks",
            "userinfo_endpoint": "userinfo",
            "end_session_endpoint": "end_session",
        }
        facts = {
            "issuer": self.url,
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
            "scopes_supported": ["openid", "email", "profile"],
        }
        return JSONResponse(facts | {name: f"{self.url}/{path}" for name, path in endpoints.items()})

    async def _authorize(self, request: Request) -> Response:
        """Show who may be chosen, then send the browser back with a code for the one who was."""
        asked = request.query_params
        client = self.clients.get(asked.get("client_id", ""))
        if client is None or asked.get("redirect_uri") != client.redirect_uri:
            return PlainTextResponse("unknown client or redirect_uri", 400)
        back = {"state": asked["state"]} if "state" in asked else {}
        if asked.get("response_type") != "code" or asked.get("code_challenge_method", "S256") != "S256":
            return _redirect(client.redirect_uri, {**back, "error": "invalid_request"})
        if request.method == "GET":
            buttons = "".join(f'<p><button name="person" value="{escape(name)}">{escape(name)}</button></p>'
                              for name in self._people)  # fmt: skip
            cancel = f"{client.redirect_uri}?{urlencode({**back, 'error': 'access_denied'})}"
            return HTMLResponse(_PAGE.format(people=buttons, cancel=escape(cancel)))
        name = parse_qs((await request.body()).decode()).get("person", [""])[0]
        if name not in self._people:
            return PlainTextResponse("nobody of this name", 400)
        code = secrets.token_urlsafe(24)
        self._grants[code] = _Grant(client, name, asked.get("nonce"), asked.get("code_challenge"))
        return _redirect(client.redirect_uri, {**back, "code": code})

    async def _token(self, request: Request) -> Response:
        """Give tokens for a code, once."""
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        client = self._client_of(request.headers.get("authorization", ""), form)
        if client is None:
            return JSONResponse({"error": "invalid_client"}, 401)
        grant = self._grants.pop(form.get("code", ""), None)
        challenged = grant is not None and grant.challenge in (None, _challenge(form.get("code_verifier", "")))
        if grant is None or grant.client != client or form.get("redirect_uri") != client.redirect_uri or not challenged:
            return JSONResponse({"error": "invalid_grant"}, 400)
        access = secrets.token_urlsafe(24)
        self._access[access] = grant.name
        return JSONResponse(
            {"access_token": access, "token_type": "Bearer", "expires_in": 3600, "id_token": self._id_token(grant)},
            headers={"Cache-Control": "no-store"},
        )

    def _client_of(self, authorization: str, form: Mapping[str, str]) -> Client | None:
        """Return the client that proves itself, by Basic authentication or in the form."""
        client_id, secret = form.get("client_id", ""), form.get("client_secret", "")
        if authorization.startswith("Basic "):
            both = base64.b64decode(authorization.removeprefix("Basic ")).decode()
            client_id, secret = (unquote(part) for part in both.split(":", 1))
        client = self.clients.get(client_id)
        return client if client and hmac.compare_digest(secret, client.client_secret) else None

    def _id_token(self, grant: _Grant) -> str:
        claims, lifetime = self._people[grant.name]
        now = int(time.time())
        nonce = {} if grant.nonce is None else {"nonce": grant.nonce}
        stated = {"iss": self.url, "aud": grant.client.client_id, "iat": now, "exp": int(now + lifetime)}
        return jwt.encode({"alg": "RS256", "kid": self._key.kid}, stated | nonce | claims, self._key)

    async def _jwks(self, request: Request) -> Response:
        del request
        return JSONResponse(KeySet([self._key]).as_dict(private=False))

    async def _userinfo(self, request: Request) -> Response:
        name = self._access.get(request.headers.get("authorization", "").removeprefix("Bearer "))
        return JSONResponse({"error": "invalid_token"}, 401) if name is None else JSONResponse(self._people[name][0])

    async def _end_session(self, request: Request) -> Response:
        """Note who leaves, and send the browser back to where its client may have it sent."""
        asked = request.query_params
        claims: dict[str, Any] = {}
        if hint := asked.get("id_token_hint"):
            claims = jwt.decode(hint, self._key, algorithms=["RS256"]).claims
        client = self.clients.get(asked.get("client_id") or claims.get("aud", ""))
        known = (name for name, (facts, _) in self._people.items() if facts.get("sub") == claims.get("sub"))
        self.logged_out.append(next(known, ""))
        target = asked.get("post_logout_redirect_uri")
        if client is None or target != client.redirect_uri:
            return PlainTextResponse("You are logged out.")
        return _redirect(target, {"state": asked["state"]} if "state" in asked else {})


def _redirect(address: str, parameters: Mapping[str, str]) -> Response:
    parted = urlsplit(address)
    return RedirectResponse(parted._replace(query=urlencode(parameters)).geturl(), 302)


def _challenge(verifier: str) -> str:
    """Return the S256 challenge of a verifier (RFC 7636, 4.2)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Serve a provider on a port of its own until the block ends."""
    provider = Provider()
    with serve(uvicorn.Config(provider.app(), log_level="warning")) as url:
        provider.url = f"http://{_HOST}:{urlsplit(url).port}"
        yield provider


def _serve_by_hand(redirect_uri: str) -> None:
    with running_provider() as provider:
        provider.know("ann")
        provider.know("bob")
        provider.know("eve", email_verified=False)
        print(provider.add_client(redirect_uri).auth_section(), flush=True)  # noqa: T201 - for who starts it by hand
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    _serve_by_hand(sys.argv[1])
