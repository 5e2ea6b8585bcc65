"""The envelope around an answer: from the bytes of the body to the entries of its patents.

A body is read whatever its content type says: as UTF-8 (with or without a byte order mark), as UTF-16 with such a mark,
else in the declared charset, else in GB 18030, which the service's Chinese gateways use. Whatever is not JSON, NaN and
endless nesting included, raises a `ParseFailureError`. Lone surrogates and raw control characters, which strict JSON
forbids too, are removed and the rest is kept, because the answer has been paid for.

`status` and `error_code` must both say success. Codes come as numbers or as strings. The contract leaves open whether
`data` is an object, a list, `null` or missing; each is read.
"""

import codecs
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast

import orjson

from components.patsnap import fields
from components.patsnap.errors import error

_KNOWN_KEYS = frozenset({"apno", "patent_id", "patent_number", "doc_count", "doc_detail_count", "doc_detail"})
_YES = frozenset({"true", "1", "ok", "success"})
_NO = frozenset({"false", "0", "fail", "failed", "error"})

_CHARSETS = frozenset({"gb2312", "gbk", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr", "iso-8859-1"})

_LONE_SURROGATE = re.compile(
    r"(?<!\\)((?:\\\\)*)(?:(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
_RAW_CONTROL = re.compile(r"[\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class Envelope:
    """An answer of the service, not yet judged."""

    status: bool | None
    """Success, failure, or `None` where it is missing or says neither."""
    code: int | str | None
    """Error code: 0 for success, `None` where there is none, a text where it is no number."""
    service_words: str
    """`error_msg` as plain text."""
    data: object

    @property
    def entries(self) -> list[dict[str, Any]]:
        """The entries of the answer, one for each patent: an object is a list of one, `null` an empty list."""
        if isinstance(self.data, dict):
            return [self.data]
        return [entry for entry in self.data if isinstance(entry, dict)] if isinstance(self.data, list) else []

    @property
    def is_single(self) -> bool:
        """Whether `data` is an object, which has room for only one patent."""
        return isinstance(self.data, dict)

    @property
    def says_success(self) -> bool:
        """Whether `status` and `error_code` both say success; if one is missing, data in a known form must be there."""
        if self.status is False or self.code not in {0, None}:
            return False
        return (self.status is True and self.code == 0) or any(_KNOWN_KEYS & entry.keys() for entry in self.entries)

    @property
    def says_failure(self) -> bool:
        """Whether something says failure and nothing says success."""
        return self.status is not True and (self.code not in {0, None} or (self.status is False and self.code is None))


def parse_json(body: bytes, charset: str = "") -> object:
    """Return the parsed JSON of a body.

    Args:
        body: the decompressed bytes.
        charset: as declared in the content type; it may be empty or wrong.

    Raises:
        ParseFailureError: empty, a web page, or not JSON.
    """
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        body = body.decode("utf-16", errors="replace").encode()
    body = body.removeprefix(codecs.BOM_UTF8)
    with suppress(orjson.JSONDecodeError):
        return cast("object", orjson.loads(body))
    with suppress(orjson.JSONDecodeError):
        return cast("object", orjson.loads(_repaired(body, charset)))
    start = body[:2000].strip().lower()
    fault = "garbled" if start else "empty"
    if start.startswith(b"<"):
        fault = "html"
    raise error(fault)


def read_envelope(parsed: object) -> Envelope:
    """Return the envelope of a parsed answer.

    Raises:
        ParseFailureError: the answer is not a JSON object.
    """
    if not isinstance(parsed, dict):
        raise error("garbled")
    return Envelope(
        status=_read_status(parsed.get("status")),
        code=_read_code(parsed.get("error_code")),
        service_words=fields.message(parsed.get("error_msg")),
        data=parsed.get("data"),
    )


def _read_status(raw: object) -> bool | None:
    """Return what `status` says: success, failure, or `None` for neither."""
    if isinstance(raw, bool):
        return raw
    word = str(raw).strip().lower() if isinstance(raw, (str, int)) else ""
    return True if word in _YES else False if word in _NO else None


def _read_code(raw: object) -> int | str | None:
    """Return `error_code` as a number if it is one, else as text; `None` if there is none."""
    if raw is None or raw == "":
        return None
    number = fields.integer(raw)
    return number if number is not None else fields.message(str(raw))[:40]


def _repaired(body: bytes, charset: str) -> str:
    """Return a body that is not clean UTF-8 as text, without what strict JSON forbids within strings."""
    words = _decoded(body, charset)
    words = _LONE_SURROGATE.sub(lambda match: match[1] + (match[2] or ""), words)
    return _RAW_CONTROL.sub(" ", words)


def _decoded(body: bytes, charset: str) -> str:
    """Return a body as text. A few damaged bytes do not mean that it is not UTF-8; many do."""
    lenient = body.decode("utf-8", errors="replace")
    damaged = lenient.count("\N{REPLACEMENT CHARACTER}")
    if damaged * 10 < sum(not letter.isascii() for letter in lenient) or not damaged:
        return lenient
    for encoding in (charset.lower(), "gb18030"):
        if encoding in _CHARSETS:
            try:
                return body.decode(encoding)
            except UnicodeDecodeError:
                continue
    return lenient
