"""A page of this app's own in place of Streamlit's: to log in, or to say why nothing is shown."""

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlencode

from jinja2 import Environment
from starlette.responses import HTMLResponse

_PAGE: Final = Environment(autoescape=True).from_string("""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Prosecution Review</title>
<style>
  :root { color-scheme: light dark; }
  body { font: 1rem/1.55 system-ui, sans-serif; max-width: 38rem; margin: 16vh auto 2rem; padding: 0 1.5rem; }
  h1 { font-size: 1.6rem; }
  .buttons { display: flex; gap: .75rem; margin: 1.5rem 0; flex-wrap: wrap; }
  .buttons a { padding: .55rem 1.2rem; border-radius: .3rem; background: #1f4e79; color: #fff; text-decoration: none; }
  .buttons a:focus-visible { outline: 3px solid #8fc1f0; outline-offset: 2px; }
  li { margin: .5rem 0; }
</style>
<main>
<h1>Prosecution Review</h1>
<p>{{ text }}</p>
{% if points %}<ul>{% for point in points %}<li>{{ point }}</li>{% endfor %}</ul>{% endif %}
{% if buttons %}<p class="buttons">
{% for label, address in buttons %}<a role="button" target="_top" href="{{ address }}">{{ label }}</a>{% endfor %}
</p>{% endif %}
</main>
</html>
""")
_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors {frame}"
)


def notice_page(
    text: str, *, points: Sequence[str] = (), buttons: Sequence[tuple[str, str]] = (), status: int, framed: bool = False
) -> HTMLResponse:
    """Return the page.

    Args:
        text: what is the matter, and what to do.
        points: more of it, as a list.
        buttons: label and path of each button.
        status: HTTP status of the answer.
        framed: whether this app's own pages may show it in a frame, in place of a document.
    """
    policy = _POLICY.replace("{frame}", "'self'" if framed else "'none'")
    headers = {"Content-Security-Policy": policy, "Cache-Control": "no-store"}
    if framed:
        headers["X-Frame-Options"] = "SAMEORIGIN"
    return HTMLResponse(_PAGE.render(text=text, points=points, buttons=buttons), status, headers=headers)


def login_buttons(providers: Sequence[str], *, base_path: str, next_path: str) -> list[tuple[str, str]]:
    """Return a button for each provider; after the login one is at `next_path` of this app."""
    return [
        (
            "Log in" if name == "default" else f"Log in with {name}",
            f"{base_path}/login?" + urlencode({"provider": name, "next": next_path}),
        )
        for name in providers
    ]
