"""The small pages that stand in for a document which cannot be opened."""

import jinja2

_PAGE = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined).from_string(
    """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{ title }} · Prosecution Review</title>
{% if go_on %}<meta http-equiv="refresh" content="0; url={{ go_on }}">{% endif %}
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
<form method="post" action="/documents/refresh">
  <input type="hidden" name="permit" value="{{ permit }}">
  <input type="hidden" name="manner" value="{{ manner }}">
  <button>Refresh the links · {{ price }}</button>
</form>
{% endif %}
{% if go_on %}<p><a href="{{ go_on }}">Open the document</a></p>{% endif %}
{% set top = 'target="_top" ' | safe if manner == "view" else "" %}
<p><a {{ top }}href="/{% if patents %}?patents={{ patents | urlencode }}{% endif %}">Open in Review</a></p>
</main>
</html>
"""
)


def notice(
    title: str,
    text: str,
    *,
    patents: str = "",
    permit: str = "",
    price: str = "",
    manner: str = "open",
    go_on: str = "",
) -> str:
    """Give a page that says what happened and what to do next, as HTML.

    Args:
        title: what happened.
        text: why, and what can be done; untrusted text is escaped.
        patents: number to open on the Review page.
        permit: if given, the page has a button that refreshes the links; pressing it spends.
        price: what stands on that button, as in `1 charged`.
        manner: how the document was asked for: "open", "view" (in the reader's frame) or "download"; after a refresh it
            is opened in the same manner.
        go_on: path of this app to which the page goes on by itself.
    """
    return _PAGE.render(title=title, text=text, patents=patents, permit=permit, price=price, manner=manner, go_on=go_on)
