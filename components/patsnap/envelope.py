"""The envelope around an answer: from the bytes of the body to the entries of its patents.

`status` and `error_code` must both say success. Codes come as numbers or as strings. The contract leaves open whether
`data` is an object, a list, `null` or missing; each is read. How the JSON itself is read stands in `json_body.py`.
"""

from dataclasses import dataclass
from math import isfinite
from typing import Any

from components.patsnap import fields
from components.patsnap.errors import error
from components.patsnap.findings import NO_ENTRY
from components.patsnap.json_body import JsonBody, read_json

_KNOWN_KEYS = frozenset({"apno", "patent_id", "patent_number", "doc_count", "doc_detail_count", "doc_detail"})
_YES = frozenset({"true", "1", "ok", "success"})
_NO = frozenset({"false", "0", "fail", "failed", "error"})


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
    damage: tuple[str, ...] = ()
    """What of the body was damaged or given twice, in words for the user."""

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
    def findings(self) -> tuple[str, ...]:
        """What is odd in the answer as a whole: anything may then be missing from it that was there once."""
        unreadable = sum(not isinstance(entry, dict) for entry in self.data) if isinstance(self.data, list) else 0
        return (*self.damage, NO_ENTRY.words(unreadable)) if unreadable else self.damage

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


def read_answer(body: bytes, charset: str = "") -> Envelope:
    """Return the envelope of an answer.

    Args:
        body: the decompressed bytes.
        charset: as declared in the content type; it may be empty or wrong.

    Raises:
        ParseFailureError: empty, a web page, no JSON object, or its error code is damaged.
    """
    return _read_envelope(read_json(body, charset))


def parse_json(body: bytes, charset: str = "") -> object:
    """Return the parsed JSON of a body; see `read_json`."""
    return read_json(body, charset).value


def _read_envelope(answer: JsonBody) -> Envelope:
    parsed = answer.value
    if not isinstance(parsed, dict):
        raise error("garbled")
    code = parsed.get("error_code")
    if isinstance(code, float) and not isfinite(code):
        raise error("garbled")
    return Envelope(
        status=_read_status(parsed.get("status")),
        code=_read_code(code),
        service_words=fields.message(parsed.get("error_msg")),
        data=parsed.get("data"),
        damage=answer.findings,
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
