"""A client without a browser: it keeps cookies, follows redirects one by one, and shows every answer as it came."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Final, Self
from urllib.parse import parse_qsl, urlencode, urlsplit

import httpx
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.oidc.apps import GuardedApp
from tests.visiting import Visit, visiting

LOG_IN: Final = "Log in"
"""On the button of the login."""
_REDIRECTS: Final = 12


class _Links(HTMLParser):
    """Collects where the links and the forms of a page lead, by what is written on them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}
        self._target: str | None = None
        self._form: str | None = None
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where what begins here leads."""
        given = dict(attrs)
        if tag == "form":
            self._form = given.get("action") or ""
        if tag in {"a", "button"}:
            self._target = given.get("href") if tag == "a" else given.get("formaction") or self._form

    def handle_endtag(self, tag: str) -> None:
        """Forget it where it ends."""
        if tag in {"a", "button"}:
            self._target = None
        if tag == "form":
            self._form = None

    def handle_data(self, data: str) -> None:
        """Note the words of a link or a button."""
        if self._target is not None and data.strip():
            self.targets[data.strip()] = self._target


class RawClient:
    """One visitor of an app.

    Args:
        url: of the app as the visitor knows it.
        transport: carries its requests, if not straight to that address.

    Attributes:
        answers: of the last login, in order, the redirects too.
    """

    def __init__(self, url: str, *, transport: httpx.BaseTransport | None = None) -> None:
        self.url = url
        self.answers: list[httpx.Response] = []
        self._http = httpx.Client(base_url=url, trust_env=False, timeout=60, transport=transport)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    @property
    def cookies(self) -> dict[str, str]:
        """The cookies that the app would be sent."""
        host = urlsplit(self.url).hostname
        return {each.name: each.value or "" for each in self._http.cookies.jar if each.domain == host}

    def get(self, path: str, *, follow: bool = False, **headers: str) -> httpx.Response:
        """Ask for a path or an address; underscores in the names of headers stand for hyphens."""
        return self._http.get(path, headers=_named(headers), follow_redirects=follow)

    def request(self, verb: str, path: str, content: bytes | None = None, **headers: str) -> httpx.Response:
        """Ask for a path with any verb."""
        return self._http.request(verb, path, content=content, headers=_named(headers), follow_redirects=False)

    def post(self, path: str, data: Mapping[str, str] | None = None, **headers: str) -> httpx.Response:
        """Send a form to a path of the app or to an address."""
        return self._http.post(path, data=data, headers=_named(headers), follow_redirects=False)

    def forget(self) -> None:
        """Drop all cookies, as a browser that is opened anew."""
        self._http.cookies.clear()

    def log_in(self, name: str, *, at: str = "/", leading_to: str | None = None) -> httpx.Response:
        """Log in from a page of the app, click the person's name at the provider, and follow to where it ends.

        Args:
            name: of a person whom the provider knows.
            at: the path of the page whose button is clicked.
            leading_to: where the button's address says that the login is to lead, in place of what it said.
        """
        self.get("/_stcore/health")  # gives the cookie against forged requests
        self.answers = [self.get(at, Accept="text/html")]
        target = _Links(self.answers[0].text).targets.get(LOG_IN)
        assert target, f"no log-in button on {self.answers[0].url}: {self.answers[0].text[:2000]}"
        if leading_to is not None:
            parts = urlsplit(target)
            asked = {**dict(parse_qsl(parts.query)), "next": leading_to}
            target = parts._replace(query=urlencode(asked)).geturl()
        choice = self._follow(self.get(target))
        assert "Who are you?" in choice.text, [str(each.url) for each in self.answers]
        return self._follow(self.post(str(choice.url), {"person": name}))

    def _follow(self, answer: httpx.Response) -> httpx.Response:
        """Follow redirects to the first answer that is none."""
        self.answers.append(answer)
        for _ in range(_REDIRECTS):
            if answer.next_request is None:
                return answer
            answer = self.get(str(answer.next_request.url))
            self.answers.append(answer)
        raise AssertionError(f"more than {_REDIRECTS} redirects: {[str(each.url) for each in self.answers]}")

    @contextmanager
    def visit(self, cookies: Mapping[str, str] | None = None) -> Iterator[Visit]:
        """Open a tab: the websocket with the cookies of this client, or with others."""
        with visiting(self.url, cookies=self.cookies if cookies is None else cookies) as tab:
            yield tab

    def page(self, page: str = "", query: str = "") -> list[ForwardMsg]:
        """Return what a new tab is sent for a page."""
        with self.visit() as tab:
            return tab.open(page, query)


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@contextmanager
def logged_in(app: GuardedApp, name: str) -> Iterator[RawClient]:
    """Yield a client in a session of its own, of a person whom the provider knows."""
    with RawClient(app.url) as client:
        client.log_in(name)
        yield client
