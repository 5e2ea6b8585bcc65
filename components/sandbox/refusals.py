"""The error table of the contract, and how an error is answered.

`error_codes.csv` holds the service's codes, its own messages, and the HTTP status of a code if errors are not all sent
as HTTP 200 (only statuses that the contract names: 200, 401, 403, 404).
"""

from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Literal

from starlette.responses import JSONResponse, PlainTextResponse, Response

from components.rule_tables import Row, load_csv

ERROR_TABLE = Path(__file__).with_name("error_codes.csv")

INVALID_PARAMETER = 68300004
BAD_REQUEST = 68300007
RATE = 67200002
CREDENTIALS = 67200003
APIKEY_MISSING = 67200008
ILLEGAL_REQUEST = 67200012
NO_SUCH_API = 67200101


class ErrorCode(Row):
    """One row of the error table."""

    code: int
    message: str
    http: int


@cache
def error_codes() -> dict[int, ErrorCode]:
    """Return the error table of the contract, by code.

    Raises:
        RuleTableBroken: the table is damaged.
    """
    return {row.code: row for row in load_csv(ERROR_TABLE, ErrorCode)}


def is_http_status(code: int) -> bool:
    """Return whether a code is a bare HTTP error status, and not a code of the error table."""
    return 400 <= code <= 599


def refusal(code: int, *, error_status: Literal["envelope", "http"], retry_after: int | None = None) -> Response:
    """Return the answer to a refused call.

    Args:
        code: a code of the error table, or an HTTP status from 400 to 599, which is sent without an envelope.
        error_status: `envelope` sends every code as HTTP 200, `http` with the status of the table.
        retry_after: seconds, sent as `Retry-After` with a bare HTTP status.
    """
    if is_http_status(code):
        phrase = next((status.phrase for status in HTTPStatus if status == code), "Error")
        headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
        return PlainTextResponse(f"{code} {phrase}\n", status_code=code, headers=headers)
    error_code = error_codes()[code]
    return error_envelope(error_code, status=error_code.http if error_status == "http" else 200)


def error_envelope(error_code: ErrorCode, *, status: int) -> JSONResponse:
    """Return an error code wrapped as the service does it."""
    return JSONResponse(
        {"status": False, "error_code": error_code.code, "error_msg": error_code.message}, status_code=status
    )
