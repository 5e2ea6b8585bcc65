r"""Takes our secrets out of what the service sends, before anything of it is read, kept or shown.

A service or a gateway may echo what it was sent, in any field. So the whole body is searched, in each form in which
JSON and addresses can hold a secret. What is found becomes an ellipsis, written as `\u2026`, which JSON reads as one
character whatever the encoding of the body is.
"""

import codecs
import json
import re
from base64 import b64encode
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote, quote_plus

SHORTEST_SECRET = 8
"""Shorter ones are left in bodies: as a part of other words they would tear up the documents."""
_ELLIPSIS = "…"
_JSON_ELLIPSIS = rb"\u2026"
_CREDENTIALS = re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}|\bsk-[A-Za-z0-9._-]{6,}")
_ANY_ESCAPED_ASCII = re.compile(rb"\\u00[2-7]")
_ESCAPED_ASCII = re.compile(rb"(?<!\\)((?:\\\\)*)\\u00([2-7][0-9a-fA-F])")
_ESCAPE = re.compile(r"\\u[0-9a-f]{4}")


class Redaction:
    """Takes secrets out of words and bodies.

    Args:
        secrets: returns what no message, no log and no store may contain.
    """

    def __init__(self, secrets: Callable[[], tuple[str, ...]]) -> None:
        self._secrets = secrets

    def words(self, words: str) -> str:
        """Return words with every secret, and whatever looks like credentials, replaced by `…`."""
        for secret in self._secrets():
            if secret:
                words = words.replace(secret, _ELLIPSIS)
        return _CREDENTIALS.sub(_ELLIPSIS, words)

    def body(self, body: bytes) -> bytes:
        """Return the body of an answer without secrets; it is the same object where there are none."""
        legible = cleaned = _legible(body)
        for secret in self._secrets():
            if len(secret) >= SHORTEST_SECRET:
                cleaned = _without(secret, cleaned)
        return body if cleaned is legible else cleaned


def _without(secret: str, body: bytes) -> bytes:
    """Return a legible body without one secret; it is the same object where it is not found."""
    for form in _forms(secret):
        if form in body:
            body = body.replace(form, _JSON_ELLIPSIS)
    # Letters beyond ASCII may be escaped one by one, so that no list of forms holds them all.
    return body if secret.isascii() else _letter_by_letter(secret).sub(lambda _: _JSON_ELLIPSIS, body)


@lru_cache(maxsize=64)
def _forms(secret: str) -> tuple[bytes, ...]:
    """Return how a body may hold a secret: as it is, escaped as in JSON or in addresses, or in base64."""
    ascii_only = json.dumps(secret)[1:-1]
    words = {secret, ascii_only, json.dumps(secret, ensure_ascii=False)[1:-1]}
    words |= {_ESCAPE.sub(lambda escape: rf"\u{escape[0][2:].upper()}", ascii_only)}
    words |= {form.replace("/", r"\/") for form in words}
    words |= {quote(secret, safe=""), quote(secret), quote_plus(secret), b64encode(secret.encode()).decode()}
    encodings = ("utf-8",) if secret.isascii() else ("utf-8", "gb18030")
    # The longest first: one form may be a part of another.
    return tuple(sorted({form.encode(encoding) for form in words for encoding in encodings}, key=len, reverse=True))


@lru_cache(maxsize=64)
def _letter_by_letter(secret: str) -> re.Pattern[bytes]:
    """Return a pattern that finds a secret whose letters are each written as they are, or escaped."""
    return re.compile(b"".join(map(_any_form, secret)))


def _any_form(letter: str) -> bytes:
    """Return a pattern of all forms of a letter in a legible body."""
    if letter.isascii():
        return (rb"\\?" if letter in '"\\/' else b"") + re.escape(letter.encode())
    units = letter.encode("utf-16-be").hex()
    escapes = b"".join(rb"\\u" + _any_case(units[start : start + 4]) for start in range(0, len(units), 4))
    return b"(?:" + b"|".join((re.escape(letter.encode()), re.escape(letter.encode("gb18030")), escapes)) + b")"


def _any_case(digits: str) -> bytes:
    """Return a pattern of hexadecimal digits in small or capital letters."""
    return "".join(f"[{digit}{digit.upper()}]" if digit.isalpha() else digit for digit in digits).encode()


def _legible(body: bytes) -> bytes:
    """Return a body as UTF-8 if it is UTF-16, and with escaped letters of ASCII as such."""
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        body = body.decode("utf-16", errors="replace").encode()
    return _ESCAPED_ASCII.sub(_unescaped, body) if _ANY_ESCAPED_ASCII.search(body) else body


def _unescaped(escape: re.Match[bytes]) -> bytes:
    """Return an escaped character of ASCII as JSON writes it without need."""
    character = bytes.fromhex(escape[2].decode())
    return escape[1] + (b"\\" + character if character in b'"\\' else character)
