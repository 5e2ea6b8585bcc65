r"""Takes our secrets out of what the service sends, before anything of it is read, kept or shown.

A service or a gateway may echo what it was sent, in any field. So the whole body is searched, in each form in which
JSON and addresses can hold a secret. What is found becomes an ellipsis, written as `\u2026`, which JSON reads as one
character whatever the encoding of the body is.
"""

import codecs
import json
import re
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
        forms = [form for secret in self._secrets() if len(secret) >= SHORTEST_SECRET for form in _forms(secret)]
        legible = _legible(body)
        found = [form for form in forms if form in legible]
        # The longest first: one form may be a part of another.
        for form in sorted(found, key=len, reverse=True):
            legible = legible.replace(form, _JSON_ELLIPSIS)
        return legible if found else body


@lru_cache(maxsize=64)
def _forms(secret: str) -> tuple[bytes, ...]:
    """Return how a body may hold a secret: as it is, escaped as in JSON, and escaped as in addresses."""
    ascii_only = json.dumps(secret)[1:-1]
    words = {secret, ascii_only, json.dumps(secret, ensure_ascii=False)[1:-1]}
    words |= {_ESCAPE.sub(lambda escape: rf"\u{escape[0][2:].upper()}", ascii_only)}
    words |= {form.replace("/", r"\/") for form in words}
    words |= {quote(secret, safe=""), quote_plus(secret)}
    encodings = ("utf-8",) if secret.isascii() else ("utf-8", "gb18030")
    return tuple({form.encode(encoding) for form in words for encoding in encodings})


def _legible(body: bytes) -> bytes:
    """Return a body as UTF-8 if it is UTF-16, and with escaped letters of ASCII as such."""
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        body = body.decode("utf-16", errors="replace").encode()
    return _ESCAPED_ASCII.sub(_unescaped, body) if _ANY_ESCAPED_ASCII.search(body) else body


def _unescaped(escape: re.Match[bytes]) -> bytes:
    """Return an escaped character of ASCII as JSON writes it without need."""
    character = bytes.fromhex(escape[2].decode())
    return escape[1] + (b"\\" + character if character in b'"\\' else character)
