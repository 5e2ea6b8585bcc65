"""The answers of the documents' routes: a PDF, or a small page instead, with headers that limit what it can do."""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Literal

import jinja2
from starlette.responses import HTMLResponse, JSONResponse, Response

Delivery = Literal["open", "view", "download"]
"""How a document is delivered: in a tab of its own, in the reader, or as a file."""

ANSWER_HEADERS: Mapping[str, str] = MappingProxyType(
    {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
)
PAGE_COUNT = "X-Page-Count"
"""The header that says how many pages a paper has, beside each picture of one."""
_FRAMED = {"X-Frame-Options": "SAMEORIGIN", "Cross-Origin-Resource-Policy": "same-origin"}
_PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors {}"
_PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors {}"
"""A browser that shows a PDF does so in a page of its own making, which needs its plugin and inline styles."""
_FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors {}"

_PAGE = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(
    """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{ title }} · Prosecution Review</title>
{% if next_path %}<meta http-equiv="refresh" content="0; url={{ base_path }}{{ next_path }}">{% endif %}
<style>
  :root { color-scheme: light dark; }
  body { font: 1rem/1.55 system-ui, sans-serif; max-width: 34rem; margin: 16vh auto 0; padding: 0 1.5rem; }
  h1 { font-size: 1.35rem; }
  form { margin: 1.5rem 0; }
  button { font: inherit; padding: .55rem 1.1rem; border: 0; border-radius: .3rem; background: #1f4e79; color: #fff; }
  button:disabled { opacity: .6; }
</style>
<main>
<h1>{{ title }}</h1>
<p>{{ text }}</p>
{% if permit %}
<form method="post" action="{{ base_path }}/documents/refresh">
  <input type="hidden" name="permit" value="{{ permit }}">
  <input type="hidden" name="manner" value="{{ delivery }}">
  <button>Refresh the links · {{ price }}</button>
</form>
{% endif %}
{% if next_path %}<p><a href="{{ base_path }}{{ next_path }}">Open the document</a></p>{% endif %}
{% set top = 'target="_top" ' | safe if delivery == "view" else "" %}
{% set query = "?patents=" ~ (patents | urlencode) if patents else "" %}
<p><a {{ top }}href="{{ base_path }}/{{ query }}">Open in Review</a></p>
</main>
</html>
"""
)


def pdf_answer(data: bytes, name: str, *, delivery: Delivery) -> Response:
    """Return a PDF under a file name of `[A-Za-z0-9._-]`; only for `view` may this app's own pages frame it."""
    how = "attachment" if delivery == "download" else "inline"
    headers = {**ANSWER_HEADERS, **_framing(_PDF_POLICY, delivery), "Content-Disposition": f'{how}; filename="{name}"'}
    return Response(data, media_type="application/pdf", headers=headers)


def file_answer(data: bytes, name: str, *, media_type: str) -> Response:
    """Return a file to be saved under a file name of `[A-Za-z0-9._-]`; what it holds is not run where it is opened."""
    headers = {
        **ANSWER_HEADERS,
        **_framing(_FILE_POLICY, "download"),
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return Response(data, media_type=media_type, headers=headers)


def picture_answer(data: bytes, kind: str, *, pages: int) -> Response:
    """Return a picture of a page, of this kind (`png` or `jpeg`), of a paper that has so many pages."""
    headers = {
        **ANSWER_HEADERS,
        **_framing(_FILE_POLICY, "download"),
        "Cross-Origin-Resource-Policy": "same-origin",
        PAGE_COUNT: str(pages),
    }
    return Response(data, media_type=f"image/{kind}", headers=headers)


def json_answer(content: Mapping[str, object], *, status: int = HTTPStatus.OK) -> Response:
    """Return data for a script of this app's own pages."""
    headers = {
        **ANSWER_HEADERS,
        **_framing(_FILE_POLICY, "download"),
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return JSONResponse(content, status, headers=headers)


def page_answer(
    title: str,
    text: str,
    *,
    patents: str = "",
    permit: str = "",
    price: str = "",
    delivery: Delivery = "open",
    next_path: str = "",
    status: int = HTTPStatus.OK,
    base_path: str = "",
) -> Response:
    """Return the page that stands in for a document which cannot be opened.

    Args:
        title: what happened.
        text: why, and what can be done; untrusted text is escaped.
        patents: number to open on the Review page.
        permit: if given, the page has a button that refreshes the links; pressing it spends.
        price: what stands on that button, as in `1 charged`.
        delivery: how the document was asked for; after a refresh it is opened in the same way.
        next_path: path, below the app's address, to which the page goes on by itself.
        status: HTTP status of the answer.
        base_path: the path below which the app is served, as in `/review`; empty where it has a host of its own.
    """
    html = _PAGE.render(
        title=title,
        text=text,
        patents=patents,
        permit=permit,
        price=price,
        delivery=delivery,
        next_path=next_path,
        base_path=base_path,
    )
    return HTMLResponse(html, status, headers={**ANSWER_HEADERS, **_framing(_PAGE_POLICY, delivery)})


def _framing(policy: str, delivery: Delivery) -> dict[str, str]:
    if delivery == "view":
        return {"Content-Security-Policy": policy.format("'self'"), **_FRAMED}
    return {"Content-Security-Policy": policy.format("'none'"), "X-Frame-Options": "DENY"}
