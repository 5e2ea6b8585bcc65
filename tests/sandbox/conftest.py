"""One sandbox on a real socket for the whole folder, put back to its defaults before every test."""

from collections.abc import Iterator

import httpx
import pytest

from components.sandbox import PATHS, RunningSandbox, Switches, start_in_process

KEY = {"Authorization": "Bearer sandbox"}


class Caller:
    """Asks the sandbox as a client would."""

    def __init__(self, sandbox: RunningSandbox) -> None:
        self.sandbox = sandbox
        self.http = httpx.Client(base_url=sandbox.base_url, timeout=20)

    def post(self, body, *, path=PATHS[0], headers=KEY, params=None) -> httpx.Response:
        """A call for documents."""
        return self.http.post(path, json=body, headers=headers, params=params)

    def data(self, **body):
        """The `data` of a call that must go well."""
        answer = self.post(body).json()
        assert (answer["status"], answer["error_code"], answer["error_msg"]) == (True, 0, None), answer
        return answer["data"]

    def code(self, **body) -> int:
        """The error code of a call."""
        return self.post(body).json()["error_code"]

    def token(self, client_id="sandbox", secret="sandbox-secret", form="grant_type=client_credentials"):  # noqa: S107 - the sandbox prints it
        """A call for a token."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.http.post("/oauth/token", content=form, headers=headers, auth=(client_id, secret))


@pytest.fixture(scope="session")
def _running() -> Iterator[Caller]:
    with start_in_process(None) as sandbox:
        caller = Caller(sandbox)
        yield caller
        caller.http.close()


@pytest.fixture
def caller(_running: Caller) -> Caller:
    """The sandbox with default switches and an empty bill."""
    _running.sandbox.switch(**dict(Switches()))
    _running.sandbox.billing.reset()
    return _running


@pytest.fixture
def switch(caller: Caller):
    """Sets switches of the sandbox."""
    return caller.sandbox.switch


@pytest.fixture
def billing(caller: Caller):
    """The sandbox's billing counter."""
    return caller.sandbox.billing
