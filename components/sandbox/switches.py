"""The switches: every point that the contract leaves open, and every fault that can be made to happen.

The defaults are the likeliest reading of the contract. A switch can be set when the sandbox is made, on the command
line (`--switch name=value`), and while it runs (`POST /_sandbox/switches`).
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from components.sandbox.errors import SwitchRefused
from components.sandbox.refusals import error_codes, is_http_status

MAX_SYNTHETIC = 99_999
"""Made-up numbers are US9900001B2 to US9999999B2."""


class Injection(BaseModel):
    """A fault that is made to happen: after `after` calls, `times` calls are refused with `code`.

    As text: `code[:times[:after[:at]]]`, `*` for always. `67200002:3` refuses the first three calls,
    `67200005:*:10` every call after the tenth, `503:1:0:token` the first call for a token.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: int
    """A code of the error table, or an HTTP status from 400 to 599."""
    times: int | None = Field(default=None, ge=1)
    """How many calls are refused; `None`: every one."""
    after: int = Field(default=0, ge=0)
    """How many calls pass first."""
    at: Literal["business", "token"] = "business"
    """Whether calls for documents or calls for a token are counted and refused."""

    @model_validator(mode="before")
    @classmethod
    def _read_text(cls, value: object) -> object:
        if isinstance(value, int):
            return {"code": value}
        if not isinstance(value, str):
            return value
        fields: dict[str, Any] = dict(zip(("code", "times", "after", "at"), value.split(":"), strict=False))
        if value.count(":") > 3:
            raise ValueError("a fault is written code[:times[:after[:at]]]")
        if fields.get("times") in ("*", ""):
            fields["times"] = None
        return fields

    @field_validator("code")
    @classmethod
    def _is_known(cls, value: int) -> int:
        if value not in error_codes() and not is_http_status(value):
            raise ValueError("neither a code of the error table nor an HTTP status from 400 to 599")
        return value


class Switches(BaseModel):
    """How the sandbox behaves. Every field has a default; a change makes a copy."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    # --- who may call
    auth: Literal["either", "api_key", "oauth"] = "either"
    """Which of the two schemes is accepted."""
    api_key: str | None = None
    """The only API key accepted; `None`: `sandbox` and every key that begins with `sk-`."""
    client_id: str = "sandbox"
    client_secret: str = "sandbox-secret"  # noqa: S105 - printed at start; it protects nothing
    token_lifetime: int = Field(default=1799, ge=0)
    """Seconds; 0: a token is never valid."""
    token_refused_as: Literal["67200009", "401"] = "67200009"  # noqa: S105 - an error code
    """Open: how a token that has expired or was never issued is refused."""

    # --- what is asked
    limit_default: int = Field(default=10, ge=1)
    limit_cap: int = Field(default=1000, ge=1)
    """Open: the largest `limit` accepted; sibling operations accept 1000, some 100."""
    over_cap: Literal["refuse", "cap"] = "refuse"
    """Open: whether a larger `limit` is refused (68300004) or lowered silently."""
    limit_scope: Literal["patent", "answer"] = "patent"
    """Open: whether `limit` and `offset` count per patent or over the whole answer to a batch."""
    dates: Literal["included", "excluded"] = "included"
    """Open: whether `date_from` and `date_to` themselves belong to the span."""
    several: Literal["patent_id_first", "refuse"] = "patent_id_first"
    """Open: what happens where several identifiers are given. Siblings prefer `patent_id`."""
    apno_list: Literal["refuse", "accept"] = "refuse"
    """Open: whether `apno` accepts more than one number."""
    unknown: Literal["left_out", "empty_entry", "refuse"] = "left_out"
    """Open: what a number that the service does not know is answered with. It is never charged."""

    # --- what is answered
    data_as: Literal["auto", "object", "list"] = "auto"
    """Open: `data` as an object or a list; `auto`: a list for more than one number. A batch answered with an object
    holds the first patent only, and only that is charged."""
    nothing_as: Literal["natural", "null", "empty_list", "absent"] = "natural"
    """Open: `data` where no patent is returned; `natural`: `[]` where a list would stand, else `null`."""
    order: Literal["office", "oldest_first", "newest_first"] = "office"
    """Open: the order of the documents."""
    batch_order: Literal["asked", "reversed"] = "asked"
    """Open: the order of the patents in a batch."""
    answer_number: Literal["asked", "grant", "without_kind"] = "asked"
    """Open: the `patent_number` answered where a publication of the same application was asked for."""
    no_pages_as: Literal["missing", "null", "zero"] = "missing"
    """Open: `page_number` where the office states none."""
    numbers_as: Literal["int", "string"] = "int"
    """Open: whether dates, pages and counts come as numbers or as strings."""
    pad_codes: bool = False
    """Open: whether short document codes are padded with blanks to eight characters, as office lists do."""
    count_off: int = 0
    """Added to every `doc_count`: a service that miscounts."""
    success_status: Literal[200, 201] = 200
    error_status: Literal["envelope", "http"] = "envelope"
    """Open: whether errors come as HTTP 200, or as 401, 403 and 404 where those fit."""

    # --- links
    link_base: str | None = None
    """What links begin with, such as `https://host/sandbox`; `None`: the address that was called."""
    link_lifetime: int = Field(default=3600, ge=0)
    """Seconds between start and end of `q-sign-time`; 0: expired from the start."""
    response_expires_after: int | None = Field(default=None, ge=0)
    """Seconds to `response-expires`; `None`: as `link_lifetime`. The earlier of the two ends the link."""

    # --- load and faults
    qps: float | None = Field(default=None, gt=0)
    """Calls a second; more are refused with 67200002."""
    latency: float = Field(default=0.0, ge=0)
    """Seconds that a call for documents takes."""
    inject: tuple[Injection, ...] = ()
    """Faults that are made to happen; their calls are counted anew whenever this switch is set."""
    retry_after: int | None = Field(default=None, ge=0)
    """Seconds sent as `Retry-After` with an injected HTTP status."""
    refuse: tuple[str, ...] = ()
    """Numbers that make a whole call refused (68300004), alone or in a batch."""
    synthetic: int = Field(default=0, ge=0, le=MAX_SYNTHETIC)
    """How many made-up numbers answer, for load tests: US9900001B2 onwards."""
    synthetic_documents: int = Field(default=100, ge=0, le=20_000)
    """How many documents each made-up number has."""

    @field_validator("inject", "refuse", mode="before")
    @classmethod
    def _split_list(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("api_key", "link_base", "qps", "retry_after", "response_expires_after", mode="before")
    @classmethod
    def _read_none(cls, value: object) -> object:
        return None if isinstance(value, str) and value.strip().lower() in ("", "none") else value

    @field_validator("success_status", mode="before")
    @classmethod
    def _read_status(cls, value: object) -> object:
        return int(value) if isinstance(value, str) and value.isdecimal() else value

    @field_validator("link_base")
    @classmethod
    def _without_slash(cls, value: str | None) -> str | None:
        return value.rstrip("/") if value else value

    def changed(self, changes: Mapping[str, Any]) -> Self:
        """Return a copy with some switches changed.

        Raises:
            SwitchRefused: a name is no switch or a value does not fit it.
        """
        held = {name: getattr(self, name) for name in type(self).model_fields}
        try:
            return type(self).model_validate(held | dict(changes))
        except ValidationError as error:
            raise SwitchRefused(_faults_in_words(error)) from None

    @classmethod
    def from_texts(cls, texts: Iterable[str]) -> Self:
        """Return the switches that a command line sets, each as `name=value`.

        Raises:
            SwitchRefused: a text has no `=`, a name is no switch or a value does not fit it.
        """
        changes: dict[str, str] = {}
        for text in texts:
            name, equals, value = text.partition("=")
            if not equals:
                raise SwitchRefused(f"{text!r} is not of the form name=value; nothing was changed.")
            changes[name.strip()] = value.strip()
        return cls().changed(changes)


def _faults_in_words(error: ValidationError) -> str:
    """Return what is wrong with the switches given, and where they are documented."""
    faults = []
    for fault in error.errors(include_url=False, include_input=False):
        name = ".".join(str(part) for part in fault["loc"])
        known = fault["type"] != "extra_forbidden"
        faults.append(f"{name}: {fault['msg']}" if known else f"{name}: there is no such switch")
    return f"{'; '.join(faults)}. Nothing was changed; the switches are documented in components/sandbox/switches.py."
