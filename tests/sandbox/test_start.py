"""Starting and stopping the sandbox, in this process and as one of its own; its test controls."""

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from components.sandbox import NotStarted, start_in_process
from components.sandbox.__main__ import main
from components.sandbox.server import listen

ROOT = Path(__file__).resolve().parents[2]
PATH = "/advanced-patent-data/overseas-patent-documents"
BODY = {"patent_number": "US10765880B2"}
KEY = {"Authorization": "Bearer sandbox"}


def port_of(base_url):
    """The port of an address."""
    return int(base_url.rpartition(":")[2])


def test_sandbox_is_ready_when_start_returns_and_gone_after_stop():
    """The first call is answered; after stop the port can be taken by another, and stop may be called again."""
    sandbox = start_in_process()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+", sandbox.base_url)
    answer = httpx.post(sandbox.base_url + PATH, json=BODY, headers=KEY).json()
    assert answer["data"]["doc_detail"][0]["path"].startswith("https://sandbox.invalid/documents/")
    assert (sandbox.billing.total, sandbox.app.state.billing.total) == (1, 1)
    sandbox.stop()
    with pytest.raises(httpx.ConnectError):
        httpx.post(sandbox.base_url + PATH, json=BODY, headers=KEY)
    listen("127.0.0.1", port_of(sandbox.base_url)).close()
    sandbox.stop()


def test_stop_frees_the_port_with_a_call_under_way():
    """A call that takes its time, and a connection kept open, do not keep the port."""
    sandbox = start_in_process()
    with httpx.Client(base_url=sandbox.base_url, headers=KEY) as client:
        assert client.post(PATH, json=BODY).status_code == 200
        sandbox.switch(latency=60)
        with socket.create_connection(("127.0.0.1", port_of(sandbox.base_url))) as waiting:
            waiting.sendall(
                f"POST {PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer sandbox\r\nContent-Length: 32\r\n\r\n"
                '{"patent_number":"US10765880B2"}'.encode()
            )
            sandbox.stop()
    listen("127.0.0.1", port_of(sandbox.base_url)).close()


def test_sandboxes_keep_their_own_counters():
    """Two sandboxes of one process share neither port nor counter nor switches."""
    with start_in_process() as first, start_in_process() as second:
        first.switch(latency=0.01)
        httpx.post(first.base_url + PATH, json=BODY, headers=KEY)
        assert (first.billing.total, second.billing.total) == (1, 0)
        assert (first.switches.latency, second.switches.latency) == (0.01, 0)
        assert first.base_url != second.base_url


def test_sandbox_listens_on_the_loopback_address_only(caller):
    """No other address of this machine answers on its port."""
    port = port_of(caller.sandbox.base_url)
    others = {"127.0.0.2"}
    with suppress(socket.gaierror):  # a machine need not know its own name
        others |= {entry[4][0] for entry in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    for address in others - {"127.0.0.1"}:
        with pytest.raises(OSError, match=r"refused|unreachable|assign|timed out"):
            socket.create_connection((address, port), timeout=2)


def test_port_that_is_taken_is_said_so(caller, capsys):
    """A taken port ends the start with a message and status 2."""
    port = port_of(caller.sandbox.base_url)
    with pytest.raises(NotStarted, match="Choose another port"):
        listen("127.0.0.1", port)
    assert main(["--port", str(port)]) == 2
    assert str(port) in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [["--switch", "no_such=1"], ["--switch", "latency=soon"], ["--switch", "latency"], ["--port", "99999"]]
)
def test_wrong_arguments_end_the_start(arguments, capsys):
    """A switch or a port that does not exist is named, with status 2 and no traceback."""
    assert main(arguments) == 2
    assert arguments[1].partition("=")[0] in capsys.readouterr().err


@contextmanager
def command(*arguments):
    """The sandbox as a process of its own; gives the process, what it printed and its base URL."""
    process = subprocess.Popen(
        [sys.executable, "-m", "components.sandbox", "--port", "0", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        printed = ""
        for line in process.stdout:
            printed += line
            if line.strip().startswith("switches"):
                break
        yield process, printed, re.search(r"base URL\s+(\S+)", printed)[1]
    finally:
        process.kill()
        process.communicate()


def test_command_serves_and_says_how():
    """It prints base URL, credentials and counter, obeys its switches, and ends on a signal with its port free."""
    with command("--switch", "limit_default=3", "--switch", "client_secret=other", "--switch", "synthetic=1") as (
        process,
        printed,
        base,
    ):
        for words in ("sk-", "client id", "sandbox", "other", f"{base}/_sandbox/billing", "US10765880B2"):
            assert words in printed
        data = httpx.post(base + PATH, json=BODY, headers=KEY).json()["data"]
        assert data["doc_detail_count"] == 3
        assert httpx.get(data["doc_detail"][0]["path"]).content.startswith(b"%PDF-")
        form = {"grant_type": "client_credentials"}
        token = httpx.post(f"{base}/oauth/token", data=form, auth=("sandbox", "other")).json()["token"]
        ask = {"headers": {"Authorization": f"Bearer {token}"}, "params": {"apikey": "sandbox"}}
        assert httpx.post(base + PATH, json={"patent_number": "US9900001B2"}, **ask).json()["data"]["doc_count"] == 100
        assert httpx.get(f"{base}/_sandbox/billing").json()["total"] == 2
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
        assert "Traceback" not in errors
        assert "sk-" not in errors
        listen("127.0.0.1", port_of(base)).close()


def test_command_prints_only_the_credentials_that_it_takes():
    """With one scheme only, the other's credentials are not offered."""
    with command("--switch", "auth=oauth") as (_, printed, _base):
        assert "client secret" in printed
        assert "API key" not in printed


def test_switches_are_set_over_http(caller):
    """A change is answered with all switches and holds from the next call on."""
    answer = caller.http.post("/_sandbox/switches", json={"limit_default": 2, "inject": ["67200002:1"]})
    assert answer.json()["limit_default"] == 2
    assert caller.code(**BODY) == 67200002
    assert caller.data(**BODY)["doc_detail_count"] == 2
    shown = caller.http.get("/_sandbox/switches").json()
    assert shown["inject"] == [{"code": 67200002, "times": 1, "after": 0, "at": "business"}]


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        ('{"no_such": 1}', "application/json", 400),
        ('{"latency": -1, "limit_default": 2}', "application/json", 400),
        ("[]", "application/json", 400),
        ("no json", "application/json", 400),
        ('{"limit_default": 2}', "text/plain", 415),
    ],
)
def test_wrong_changes_leave_every_switch(caller, content, kind, status):
    """A change that is wrong, or not sent as JSON, is refused whole."""
    answer = caller.http.post("/_sandbox/switches", content=content, headers={"Content-Type": kind})
    assert answer.status_code == status
    assert "error" in answer.json()
    assert caller.data(**BODY)["doc_detail_count"] == 10


@pytest.mark.parametrize(
    "headers", [{"Host": "rebound.example"}, {"X-Forwarded-For": "192.0.2.7"}, {"Forwarded": "for=192.0.2.7"}]
)
def test_controls_are_closed_to_others(caller, headers):
    """A foreign host name or a proxy in between: there is no such route."""
    assert caller.http.get("/_sandbox/billing", headers=headers).status_code == 404
    assert caller.http.post("/_sandbox/switches", json={"latency": 9}, headers=headers).status_code == 404
    assert caller.sandbox.switches.latency == 0
