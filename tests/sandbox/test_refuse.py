"""Every error of the contract can be met. The table is the contract's own, written out here."""

import re
from pathlib import Path

import pytest

from components.sandbox.refusals import error_codes

CONTRACT = Path(__file__).resolve().parents[3] / "shared" / "reference" / "p048.md"
GRANT, MILLIONS = "US10765880B2", "US10000000B2"
CODES = [
    68300004, 68300005, 68300006, 68300007, 68300008, 68300010,
    67200000, 67200001, 67200002, 67200003, 67200004, 67200005, 67200006, 67200007, 67200008, 67200009, 67200012,
    67200100, 67200101,
]  # fmt: skip
HTTP = {
    67200000: 403, 67200001: 403, 67200003: 401, 67200004: 403, 67200005: 403, 67200006: 401, 67200007: 403,
    67200008: 401, 67200009: 401, 67200101: 404,
}  # fmt: skip


@pytest.mark.skipif(not CONTRACT.exists(), reason="the contract's description lies beside the checkout")
def test_messages_are_the_contracts_own():
    """Codes and messages are those of the contract's table, all of them."""
    rows = re.findall(r"^\| (\d{8}) \| (.+?) \|", CONTRACT.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert {int(code): message for code, message in rows} == {
        code: entry.message for code, entry in error_codes().items()
    }


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("at", ["business", "token"])
def test_every_code_can_be_injected(caller, switch, billing, code, at):
    """Each code arrives as HTTP 200 with status false, or with its HTTP status, and is not charged."""

    def ask():
        return caller.post({"patent_number": GRANT}) if at == "business" else caller.token()

    switch(inject=f"{code}:*:0:{at}")
    answer = ask()
    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["error_code"]) == (False, code)
    assert answer.json()["error_msg"]
    switch(error_status="http")
    assert ask().status_code == HTTP.get(code, 200)
    assert billing.total == 0


@pytest.mark.parametrize("status", [401, 403, 404, 429, 500, 503])
def test_bare_http_errors_can_be_injected(caller, switch, status):
    """A status without envelope, as gateways send it, with Retry-After where the switch says so."""
    switch(inject=str(status), retry_after=7)
    answer = caller.post({"patent_number": GRANT})
    assert (answer.status_code, answer.headers["Retry-After"]) == (status, "7")
    assert answer.headers["Content-Type"].startswith("text/plain")


def test_fault_strikes_as_often_as_told_and_after_as_many_calls(caller, switch, billing):
    """`code:times:after`: so many calls pass, so many are refused, and then it is over."""
    switch(inject="67200002:2:1,67200005:*:4")
    codes = [caller.code(patent_number=GRANT) for _ in range(7)]
    assert codes == [0, 67200002, 67200002, 0, 67200005, 67200005, 67200005]
    assert billing.total == 2
    switch(inject="67200002:1")
    assert [caller.code(patent_number=GRANT) for _ in range(2)] == [67200002, 0]


def test_faults_of_tokens_and_calls_are_counted_apart(caller, switch):
    """A fault of the token call leaves calls for documents alone."""
    switch(inject="500:1:0:token")
    assert caller.code(patent_number=GRANT) == 0
    assert [caller.token().status_code for _ in range(2)] == [500, 200]


def test_too_many_calls_a_second_are_refused(caller, switch, billing):
    """Over the rate of the switch: 67200002; refused calls do not count towards the rate."""
    switch(qps=0.01)
    codes = [caller.code(patent_number=GRANT) for _ in range(4)]
    assert codes == [0, 67200002, 67200002, 67200002]
    assert billing.total == 1
    switch(qps=None)
    assert caller.code(patent_number=GRANT) == 0


def test_call_takes_as_long_as_the_switch_says(caller, switch):
    """With latency a patient caller is answered and an impatient one is not, and is charged all the same."""
    import httpx

    switch(latency=0.3)
    with pytest.raises(httpx.ReadTimeout):
        caller.http.post(
            "/advanced-patent-data/overseas-patent-documents",
            json={"patent_number": GRANT},
            headers={"Authorization": "Bearer sandbox"},
            timeout=httpx.Timeout(20, read=0.05),
        )
    assert caller.code(patent_number=GRANT) == 0
    assert caller.sandbox.billing.by_number == {GRANT: 2}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"patent_number": ""},
        {"patent_number": " , "},
        {"patent_number": 10765880},
        {"patent_number": [GRANT]},
        {"patent_number": "US\ud800"},
        {"patent_number": ",".join(f"US{number}B2" for number in range(10_000_000, 10_000_101))},
        {"patent_number": "CN201510570472A"},
        {"patent_number": f"{GRANT},CN201510570472A"},
        {"apno": "CN201510570472"},
        {"patent_number": GRANT, "limit": 0},
        {"patent_number": GRANT, "limit": -1},
        {"patent_number": GRANT, "limit": 1.5},
        {"patent_number": GRANT, "limit": True},
        {"patent_number": GRANT, "limit": "many"},
        {"patent_number": GRANT, "limit": 1001},
        {"patent_number": GRANT, "offset": -1},
        {"patent_number": GRANT, "offset": 2**31},
        {"patent_number": GRANT, "date_from": 20180231},
        {"patent_number": GRANT, "date_to": 2018},
        {"patent_number": GRANT, "doc_code": ["CTNF"]},
    ],
)
def test_invalid_parameters_are_refused(caller, billing, body):
    """No number, over a hundred, Chinese ones, and values out of range: 68300004, and nothing is charged."""
    import json

    answer = caller.http.post(
        "/advanced-patent-data/overseas-patent-documents",
        content=json.dumps(body),
        headers={"Authorization": "Bearer sandbox", "Content-Type": "application/json"},
    )
    assert (answer.status_code, answer.json()["error_code"]) == (200, 68300004)
    assert billing.total == 0


@pytest.mark.parametrize("raw", [b"", b"not json", b"[]", b'"US10765880B2"', b"\xff\xfe", b"[" * 100_000])
def test_body_that_is_no_object_is_a_bad_request(caller, raw):
    """What is no JSON object is answered with 68300007."""
    answer = caller.http.post(
        "/advanced-patent-data/overseas-patent-documents", content=raw, headers={"Authorization": "Bearer sandbox"}
    )
    assert answer.json()["error_code"] == 68300007


def test_body_that_is_too_long_is_refused(caller):
    """Over a million bytes no body is read on."""
    assert caller.post({"patent_number": GRANT, "note": "x" * 1_000_001}).status_code == 413


def test_hundred_numbers_are_taken(caller):
    """A hundred numbers are the most, and are taken."""
    numbers = ",".join([GRANT, *(f"US{number}B2" for number in range(10_000_001, 10_000_100))])
    assert [entry["patent_number"] for entry in caller.data(patent_number=numbers)] == [GRANT]


def test_unknown_number_can_refuse_the_call(caller, switch, billing):
    """With the switch, one unknown number spoils the batch."""
    switch(unknown="refuse")
    assert caller.code(patent_number=f"{GRANT},US1234567A") == 68300004
    assert billing.total == 0
    assert caller.code(patent_number=GRANT) == 0


def test_chosen_number_can_refuse_the_call(caller, switch):
    """With the switch, a number is refused alone and with others, so that a client must find out which it is."""
    switch(refuse=f"{MILLIONS},US1234567A")
    assert caller.code(patent_number=f"{GRANT},{MILLIONS}") == 68300004
    assert caller.code(patent_number=MILLIONS) == 68300004
    assert caller.code(patent_number=GRANT) == 0


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/no-such-path", 404),
        ("GET", "/advanced-patent-data/overseas-patent-documents", 405),
        ("GET", "/", 404),
    ],
)
def test_path_that_does_not_exist_is_said_so(caller, method, path, status):
    """A wrong path or method: 67200101 with the HTTP status."""
    answer = caller.http.request(method, path)
    assert (answer.status_code, answer.json()["error_code"]) == (status, 67200101)
