"""Behind a proxy that speaks https: cookies that go over https alone, and a browser that comes back over it alone."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from websockets.exceptions import InvalidStatus

from tests.oidc.apps import CALLBACK, GuardedApp, app_with_login
from tests.oidc.provider import Provider
from tests.oidc.raw_client import RawClient
from tests.visiting import drawn, visiting

NAME = "review.firm.example"


class HttpsProxy(httpx.HTTPTransport):
    """Carries what is asked of the app over https on to where it listens, as nginx does; all else goes straight."""

    def __init__(self, behind: str) -> None:
        super().__init__(trust_env=False)
        self._behind = urlsplit(behind)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Carry one request."""
        if request.url.host != NAME:
            return super().handle_request(request)
        headers = [*request.headers.raw, (b"X-Forwarded-For", b"203.0.113.9"), (b"X-Forwarded-Proto", b"https")]
        url = request.url.copy_with(scheme="http", host=self._behind.hostname, port=self._behind.port)
        return super().handle_request(httpx.Request(request.method, url, headers=headers, stream=request.stream))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, provider: Provider) -> Iterator[GuardedApp]:
    """An app that people open at https://review.firm.example."""
    address = f"https://{NAME}{CALLBACK}"
    with app_with_login(provider, tmp_path_factory.mktemp("https"), redirect_uri=address) as app:
        yield app


@pytest.fixture(scope="module")
def visitor(served: GuardedApp) -> Iterator[RawClient]:
    """Ann, logged in over https."""
    with RawClient(f"https://{NAME}", transport=HttpsProxy(served.url)) as client:
        client.log_in("ann", at="/usage")
        yield client


def test_every_cookie_goes_over_https_alone(visitor: RawClient) -> None:
    """Those of the login, its state, the token against forged requests, and the place to go back to."""
    answers = [*visitor.answers, visitor.get("/_stcore/health"), visitor.get("/_stcore/host-config")]
    cookies = [cookie for answer in answers for cookie in answer.headers.get_list("set-cookie")]
    names = {cookie.partition("=")[0] for cookie in cookies}
    assert {"_streamlit_user", "_streamlit_user_tokens", "_streamlit_xsrf", "_streamlit_session"} <= names
    assert [cookie for cookie in cookies if "; secure" not in cookie.lower()] == []
    assert [cookie for cookie in cookies if "; samesite" not in cookie.lower() and "Max-Age=0" not in cookie] == []


def test_every_answer_holds_browsers_to_https(visitor: RawClient) -> None:
    """Pages, refusals and redirects; for at least half a year."""
    own = [answer for answer in visitor.answers if answer.url.host == NAME]
    assert len(own) >= 4
    for answer in (*own, visitor.get("/_stcore/metrics"), visitor.get("/documents/x"), visitor.get("/nowhere")):
        seconds = int(answer.headers["strict-transport-security"].split(";")[0].removeprefix("max-age="))
        assert seconds >= 15_768_000


def test_the_login_works_over_the_proxy(visitor: RawClient, served: GuardedApp) -> None:
    """By http and by the websocket, whose origin is the https address."""
    assert str(visitor.answers[-1].url) == f"https://{NAME}/usage"
    with visiting(served.url, cookies=visitor.cookies, host=NAME, origin=f"https://{NAME}",
                  headers={"X-Forwarded-Proto": "https"}) as tab:  # fmt: skip
        assert ("heading", "Usage") in drawn(tab.open("usage"))


@pytest.mark.parametrize("host", ["evil.example", "review.firm.example.evil.example", "127.0.0.1", "localhost"])
def test_another_name_is_refused_to_those_who_are_in_too(visitor: RawClient, served: GuardedApp, host: str) -> None:
    """A foreign name that leads here shows nothing, whoever asks."""
    assert httpx.get(f"{served.url}/usage", headers={"Host": host}, trust_env=False).status_code == 403
    with pytest.raises(InvalidStatus, match="403"), visiting(served.url, cookies=visitor.cookies, host=host):
        pass


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"https://{NAME}:8443", f"http://{NAME}:8501"])
def test_a_foreign_page_opens_no_websocket(visitor: RawClient, served: GuardedApp, origin: str) -> None:
    """With the cookies that a browser would send along."""
    refused = pytest.raises(InvalidStatus, match="403")
    with refused, visiting(served.url, cookies=visitor.cookies, host=NAME, origin=origin):
        pass
