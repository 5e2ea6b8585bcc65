"""The two schemes of authentication. Each is a generator of headers, like httpx's `Auth.sync_auth_flow`.

`flow()` yields the headers for the next attempt of one call and is sent the error of that attempt. It ends when other
headers could not help: at once for an API key, after one fresh token for client credentials.

* `ApiKey`: `Authorization: Bearer sk-…`, never the address.
* `ClientCredentials`: a token from `{base}/oauth/token` (HTTP Basic), then `Authorization: Bearer <token>` **and**
  `?apikey=<client_id>` on every call.

A token is fetched once for all threads, and again before it expires. Its lifetime is counted from `expires_in` on the
monotonic clock, so that neither a wrong clock nor a jump of it matters. The contract leaves open where a gateway puts
the token (`token`, `access_token` and `data.token` are read) and what `expires_in` holds (any value is tolerated).
"""

import base64
import time
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Protocol

from pydantic import SecretStr

from components.patsnap import fields
from components.patsnap.envelope import parse_json
from components.patsnap.errors import AccountError, ParseFailureError, PatsnapError, error, without_token
from components.patsnap.faults import FaultClass, fault_of_status, faults
from components.patsnap.retry import Retry
from components.patsnap.transport import Reply, Transport

DEFAULT_LIFETIME = 1799.0
"""Lifetime of a token in seconds, by the service's own sample; used where `expires_in` makes no sense."""
MAX_LIFETIME = 86_400.0
"""Seconds after which a token is renewed even if `expires_in` says more."""
RENEW_EARLY = 60.0
"""Seconds before its expiry from which a token is no longer used."""
REMEMBER_REFUSAL = 10.0
"""Seconds for which refused credentials are not tried again."""


@dataclass(frozen=True, slots=True)
class AuthHeaders:
    """The headers and query parameters that authenticate one attempt; they are absent from `repr`."""

    headers: Mapping[str, str] = field(repr=False)
    params: Mapping[str, str] = field(repr=False, default_factory=dict)


Flow = Generator[AuthHeaders, PatsnapError, None]
"""Yields the headers of each attempt of a call, and is sent the attempt's error."""


class Auth(Protocol):
    """A scheme of authentication; shared by all threads."""

    def flow(self) -> Flow:
        """Yield the headers for the attempts of one call."""

    def secrets(self) -> tuple[str, ...]:
        """Return what no message and no log may contain."""


class ApiKey:
    """The scheme of current accounts: one key, in the header only."""

    def __init__(self, key: SecretStr) -> None:
        self._key = key

    def flow(self) -> Flow:
        """Yield the same headers until they are refused."""
        auth_headers = AuthHeaders(headers={"Authorization": f"Bearer {_sendable(self._key)}"})
        failure = yield auth_headers
        while not failure.fault.fresh_token:
            failure = yield auth_headers

    def secrets(self) -> tuple[str, ...]:
        """Return the key."""
        return (self._key.get_secret_value(),)


@dataclass(frozen=True, slots=True)
class _Token:
    """A token of the service, with the time when it is renewed."""

    value: str = field(repr=False)
    expires: float
    """On the clock of `ClientCredentials`."""


class ClientCredentials:
    """The scheme of enterprise accounts: one token for all threads, renewed before it expires."""

    def __init__(
        self,
        client_id: str,
        secret: SecretStr,
        *,
        base_url: str,
        transport: Transport,
        clock: Callable[[], float] = time.monotonic,
        wait_scale: float = 1.0,
    ) -> None:
        self._client_id = client_id
        self._secret = secret
        self._url = f"{base_url}/oauth/token"
        self._transport = transport
        self._clock = clock
        self._wait_scale = wait_scale
        self._lock = Lock()
        self._token: _Token | None = None
        self._old_tokens: tuple[str, ...] = ()
        self._pending: Future[_Token] | None = None
        self._refusal: tuple[float, AccountError] | None = None

    def flow(self) -> Flow:
        """Yield headers with the current token, and with one fresh token if the first was refused."""
        renewed = False
        while True:
            token = self._current_token()
            failure = yield AuthHeaders(
                headers={"Authorization": f"Bearer {token.value}"}, params={"apikey": self._client_id}
            )
            if failure.fault.fresh_token:
                if renewed:
                    return
                renewed = True
                self._forget(token)

    def secrets(self) -> tuple[str, ...]:
        """Return the secret, the client id, the Basic credentials and the latest tokens."""
        with self._lock:
            tokens = (*self._old_tokens, *((self._token.value,) if self._token else ()))
        return (self._secret.get_secret_value(), self._client_id, self._basic_credentials(), *tokens)

    def _current_token(self) -> _Token:
        """Return a token that is valid; if there is none, one thread fetches it and the others wait for it."""
        with self._lock:
            now = self._clock()
            if self._token is not None and now < self._token.expires:
                return self._token
            if self._refusal is not None and now < self._refusal[0]:
                raise self._refusal[1].about("")
            pending = self._pending
            must_fetch = pending is None
            if pending is None:
                pending = self._pending = Future()
        if must_fetch:
            self._fetch_for_all(pending)
        failure = pending.exception()
        if isinstance(failure, PatsnapError):
            raise failure.about("")
        return pending.result()

    def _fetch_for_all(self, pending: "Future[_Token]") -> None:
        """Fetch a token and hand it, or the failure, to all threads that wait for it."""
        try:
            token = self._fetch()
        except BaseException as failure:
            with self._lock:
                self._pending = None
                if isinstance(failure, AccountError) and failure.fault_class is FaultClass.FINAL:
                    self._refusal = (self._clock() + REMEMBER_REFUSAL, failure)
            pending.set_exception(failure)
            if not isinstance(failure, PatsnapError):
                raise
            return
        with self._lock:
            if self._token is not None:
                self._old_tokens = (*self._old_tokens[-3:], self._token.value)
            self._token = token
            self._refusal = None
            self._pending = None
        pending.set_result(token)

    def _forget(self, token: _Token) -> None:
        """Drop a refused token, unless another thread has fetched a newer one already."""
        with self._lock:
            if self._token is token:
                self._old_tokens = (*self._old_tokens[-3:], token.value)
                self._token = None

    def _fetch(self) -> _Token:
        """Request a token; transient failures are retried, because a token costs nothing.

        Raises:
            AccountError: the credentials are refused, or no token could be had.
        """
        failure: PatsnapError
        try:
            return Retry(wait_scale=self._wait_scale, repeat_uncertain=1).run(self._request_token)
        except AccountError:
            raise
        except PatsnapError as caught:
            failure = without_token(caught)
        raise failure

    def _request_token(self) -> _Token:
        """Request a token once."""
        reply = self._transport.post(
            self._url,
            content=b"grant_type=client_credentials",
            headers={
                "Authorization": f"Basic {self._basic_credentials()}",
                "Content-Type": "application/x-www-form-urlencoded",
            },
        )
        answer = _parsed_reply(reply)
        value = _token_in(answer)
        if reply.status not in {200, 201} or not value:
            raise error(_fault_of_token(reply, answer), status=reply.status, code=_error_code(answer))
        return _Token(value, self._clock() + _lifetime(answer))

    def _basic_credentials(self) -> str:
        """Return client id and secret as HTTP Basic encodes them."""
        pair = f"{self._client_id}:{self._secret.get_secret_value()}"
        return base64.b64encode(pair.encode("utf-8", errors="replace")).decode("ascii")


def _sendable(key: SecretStr) -> str:
    """Return a key as it is sent in a header.

    Raises:
        CredentialsError: it is empty, or holds blanks or letters that a header cannot carry.
    """
    value = key.get_secret_value().strip()
    if not _is_header_word(value):
        raise error("key")
    return value


def _is_header_word(value: str) -> bool:
    """Return whether a text can be sent in a header as one word."""
    return value.isascii() and value.isprintable() and bool(value) and " " not in value


def _parsed_reply(reply: Reply) -> dict[str, Any]:
    """Return the parsed answer of the token endpoint; empty if it is no JSON and its status says what happened."""
    try:
        parsed = parse_json(reply.body, reply.charset)
    except ParseFailureError:
        if reply.status in {200, 201}:
            raise
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _token_objects(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the JSON objects in which a gateway may have put the token: the answer and its `data`."""
    inner = answer.get("data")
    return [answer, inner] if isinstance(inner, dict) else [answer]


def _token_in(answer: dict[str, Any]) -> str:
    """Return the token in an answer; empty if there is none."""
    for token_object in _token_objects(answer):
        for name in ("token", "access_token"):
            value = token_object.get(name)
            if isinstance(value, str) and _is_header_word(value):
                return value
    return ""


def _error_code(answer: dict[str, Any]) -> int | None:
    """Return the error code of an answer; `None` if it has none or says success."""
    code = fields.integer(answer.get("error_code"))
    return code or None


def _fault_of_token(reply: Reply, answer: dict[str, Any]) -> str:
    """Return the fault that a token request without a token means; an accepted one counts as a failed server."""
    code = str(_error_code(answer))
    if code in faults():
        return "67200003" if faults()[code].fresh_token else code
    if reply.status in {200, 201}:
        return "http 5xx"
    fault = fault_of_status(reply.status)
    return "67200003" if fault in {"http 400", "http 401", "http 403"} else fault


def _lifetime(answer: dict[str, Any]) -> float:
    """Return for how many seconds a token is used: `expires_in` less a minute, or half of a short one."""
    stated = next(
        (
            stated
            for stated in (_seconds(token_object.get("expires_in")) for token_object in _token_objects(answer))
            if stated
        ),
        None,
    )
    lifetime = min(stated or DEFAULT_LIFETIME, MAX_LIFETIME)
    return max(lifetime - RENEW_EARLY, lifetime / 2)


def _seconds(raw: object) -> float | None:
    """Return a positive, finite number of seconds; `None` for anything else."""
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float)):
        return None
    try:
        seconds = float(raw)
    except (ValueError, OverflowError):
        return None
    return seconds if 0 < seconds < float("inf") else None
