"""The answers of the documents' routes: a PDF or a small page, each with headers that say who may do what with it."""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Literal

from starlette.responses import HTMLResponse, Response

from components.documents.notices import notice

Manner = Literal["open", "view", "download"]
"""How a document is asked for: in a tab of its own, in the frame of the reader, or as a file."""

HEADERS: Mapping[str, str] = MappingProxyType(
    {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
)
_FRAMED = {"X-Frame-Options": "SAMEORIGIN", "Cross-Origin-Resource-Policy": "same-origin"}
_PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors {}"
_PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors {}"
"""A browser that shows a PDF does so in a page of its own making, which needs its plugin and inline styles."""


def pdf(data: bytes, name: str, *, manner: Manner) -> Response:
    """Give a PDF under a file name of `[A-Za-z0-9._-]`; only in manner "view" may this app's own pages frame it."""
    how = "attachment" if manner == "download" else "inline"
    headers = {**HEADERS, **_bounds(_PDF_POLICY, manner), "Content-Disposition": f'{how}; filename="{name}"'}
    return Response(data, media_type="application/pdf", headers=headers)


def page(
    title: str,
    text: str,
    *,
    patents: str = "",
    permit: str = "",
    price: str = "",
    manner: Manner = "open",
    go_on: str = "",
    status: int = HTTPStatus.OK,
) -> Response:
    """Give the page that stands in for a document; see `notice`."""
    html = notice(title, text, patents=patents, permit=permit, price=price, manner=manner, go_on=go_on)
    return HTMLResponse(html, status, headers={**HEADERS, **_bounds(_PAGE_POLICY, manner)})


def _bounds(policy: str, manner: Manner) -> dict[str, str]:
    if manner == "view":
        return {"Content-Security-Policy": policy.format("'self'"), **_FRAMED}
    return {"Content-Security-Policy": policy.format("'none'"), "X-Frame-Options": "DENY"}
