"""What the service sends back of our secrets is shown nowhere: not in a message, not in a document, not in a name."""

import json
from collections.abc import Callable

import pytest

from components.patsnap.redaction import Redaction
from tests.patsnap.service import Asked, Reply, document, entry, envelope, granting
from tests.patsnap.watched_client import ACCOUNTS, watched_client

NUMBER = "US11205304B2"
each_account = pytest.mark.parametrize("account", ACCOUNTS)
CLIENT_SECRET = "canary:sécret-秘密"


def escaped(words: str) -> str:
    """Write every character as JSON may escape it."""
    return "".join(f"\\u{ord(character):04x}" for character in words)


def half_escaped(words: str) -> str:
    """Write every second character in capital hexadecimal digits."""
    return "".join(f"\\u{ord(c):04X}" if position % 2 else c for position, c in enumerate(words))


WAYS: dict[str, Callable[[str], str]] = {
    "as it is": lambda words: json.dumps(words, ensure_ascii=False)[1:-1],
    "ASCII only": lambda words: json.dumps(words)[1:-1],
    "slashes escaped": lambda words: json.dumps(words)[1:-1].replace("/", "\\/"),
    "escaped": escaped,
    "half escaped": half_escaped,
}
"""How a service may write a text into JSON."""


def secrets_of(asked: Asked) -> list[str]:
    """Return what a call gave away: its credentials without the scheme, the client id, and the client's secret."""
    token = asked.headers["Authorization"].removeprefix("Bearer ")
    return [token, *asked.query.get("apikey", []), *([CLIENT_SECRET] if asked.query else [])]


def body_with(marked: object, asked: Asked, way: Callable[[str], str]) -> bytes:
    """Write a body with the secrets of the call in place of the mark."""
    echo = way(" and ".join(secrets_of(asked)))
    return json.dumps(marked, ensure_ascii=False).replace("MARK", echo).encode()


PLACES: dict[str, Callable[[], object]] = {
    "description": lambda: envelope(entry(NUMBER, [document(1, description="A MARK B")])),
    "code": lambda: envelope(entry(NUMBER, [document(1, code="MARK")])),
    "path": lambda: envelope(entry(NUMBER, [document(1, path="https://open.patsnap.com/MARK.pdf?sign=1")])),
    "names": lambda: envelope(entry(NUMBER, [document(1)], apno="MARK", patent_id="MARK")),
    "key": lambda: envelope({**entry(NUMBER, [document(1)]), "MARK": "MARK"}),
    "another patent's number": lambda: envelope(entry("MARK", [document(1)])),
    "names without a number": lambda: envelope(entry("", [document(1)], apno="MARK", patent_id="MARK")),
    "error_msg": lambda: envelope(None, status=False, code=68300007, message="no MARK here"),
    "error_msg of an account": lambda: envelope(None, status=False, code=67200005, message="no MARK here"),
    "code of an error": lambda: envelope(None, status=False, code="MARK", message="MARK"),
    "contradiction": lambda: envelope(None, status=True, code="MARK", message="MARK"),
}


@each_account
@pytest.mark.parametrize("way", list(WAYS))
@pytest.mark.parametrize("place", list(PLACES))
def test_an_echoed_secret_is_shown_nowhere(account: str, place: str, way: str) -> None:
    """Neither in what is raised nor in what is handed over to be kept (the bench looks for canaries in both)."""

    def respond(asked: Asked) -> Reply:
        return Reply(body_with(PLACES[place](), asked, WAYS[way]))

    with watched_client(respond, account=account) as watched:
        watched.fetch(NUMBER)
        kept = [history for _, outcome in watched.spend_log.settled for history in outcome.histories.values()]
        if place in {"description", "code", "path", "names", "key"}:
            assert kept
            assert watched.answer.found[NUMBER].documents_held == 1
        if place == "description":
            assert kept[0].documents.description[0].startswith("A …")
            assert kept[0].documents.description[0].endswith("… B")
        for history in kept:
            shown = repr((history.apno, history.patent_number, history.patent_id, history.documents, history.findings))
            shown += repr([link.url if link else "" for link in history.links])
            assert "canary-" not in shown.replace("canary-signature", "")
            assert "sécret" not in shown


@each_account
@pytest.mark.parametrize("encoding", ["utf-16", "gbk", "utf-8-sig"])
def test_an_echoed_secret_is_found_in_any_encoding(account: str, encoding: str) -> None:
    """What is read as text is searched as text."""

    def respond(asked: Asked) -> Reply:
        words = f"余额不足 {secrets_of(asked)[0]} 请充值"
        body = json.dumps(envelope(None, status=False, code=68300007, message=words), ensure_ascii=False)
        return Reply(body.encode(encoding))

    with watched_client(respond, account=account) as watched:
        watched.fetch(NUMBER)
        assert watched.error.service_words == "余额不足 … 请充值"


@each_account
@pytest.mark.parametrize("status", [200, 400, 403, 429, 500])
def test_an_echo_in_headers_is_shown_nowhere(account: str, status: int) -> None:
    """Whatever a header says, nothing of it reaches a message."""

    def respond(asked: Asked) -> Reply:
        token = secrets_of(asked)[0]
        headers = {"Retry-After": token, "X-Echo": token, "Content-Type": f"application/json;charset={token}"}
        return Reply(body_with(envelope(None, message="MARK"), asked, WAYS["as it is"]), status, headers)

    with watched_client(respond, account=account) as watched:
        watched.fetch(NUMBER)
        assert "canary" not in watched.all_words()


@pytest.mark.parametrize("status", [200, 400, 401, 500])
def test_an_echo_of_the_token_endpoint_is_shown_nowhere(status: int) -> None:
    """It has been sent the Basic credentials."""

    def grant(asked: Asked) -> Reply:
        words = f"{asked.headers['Authorization']} {CLIENT_SECRET} canary-id"
        return Reply({"error": words, "error_msg": words, "error_code": words}, status, {"Retry-After": words[:20]})

    with watched_client(lambda _: Reply(b""), account="client credentials", grant=grant) as watched:
        watched.fetch(NUMBER)
        assert watched.raised is not None


def test_tokens_of_before_are_secrets_too() -> None:
    """A service that echoes the token that it has just refused gives nothing away."""
    tokens: list[str] = []

    def respond(asked: Asked) -> Reply:
        tokens.append(secrets_of(asked)[0])
        if len(tokens) == 1:
            return Reply(b"", 401)
        return Reply(envelope(entry(NUMBER, [document(1, description=tokens[0])])))

    with watched_client(respond, account="client credentials", grant=granting()) as watched:
        watched.fetch(NUMBER)
        assert len(set(tokens)) == 2
        assert watched.answer.found[NUMBER].documents.description == ("…",)


def test_a_number_that_is_a_secret_is_not_repeated() -> None:
    """Somebody who pastes the key into the box of numbers does not read it in a message."""
    with watched_client(lambda _: Reply(b"", 400)) as watched:
        failure = watched.client.fetch(["sk-canary-key"]).failed["sk-canary-key"]
        assert "canary" not in str(failure)


def test_a_body_without_secrets_is_handed_on_as_it_is() -> None:
    """Not one byte is changed, escapes and short secrets included."""
    redaction = Redaction(lambda: ("a-long-secret", "id", "", "canary:sécret-秘密"))
    for body in (b'{"patent_id": "\\u0041 \\u00e9 id"}', b"\xff\xfe{\x00}\x00", b"", b"\x00\xff"):
        assert redaction.body(body) is body


@pytest.mark.parametrize("before", [b"", b"\\\\", b"\\\\\\\\"])
def test_escapes_are_read_as_json_reads_them(before: bytes) -> None:
    """An escaped backslash before a `u` begins no escape."""
    redaction = Redaction(lambda: ("a-long-secret",))
    cleaned = redaction.body(b'{"words": "' + before + b'\\u0061-long-secret \\"x\\u0022"}')
    assert json.loads(cleaned) == {"words": before.decode().replace("\\\\", "\\") + '… "x"'}


@pytest.mark.parametrize(
    "spelled",
    ["canary/a+b=", "canary%2Fa%2Bb%3D", "canary/a%2Bb%3D", "Y2FuYXJ5L2ErYj0=", "canary\\/a+b=", "\\u0063anary/a+b="],
)
def test_a_secret_is_found_as_addresses_and_base64_spell_it(spelled: str) -> None:
    """`canary/a+b=` by itself, in an address with and without its slash, in base64, and as JSON may escape it."""
    redacted = Redaction(lambda: ("canary/a+b=",)).body(f'{{"error_msg": "x {spelled} y"}}'.encode())
    assert json.loads(redacted) == {"error_msg": "x … y"}
