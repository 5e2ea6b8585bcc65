"""Both authentications of the contract."""

import time

import pytest

BODY = {"patent_number": "US10765880B2"}


def bearer(token):
    """The header of a key or token."""
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize("key", ["sandbox", "sk-anything"])
def test_api_key_is_taken(caller, key):
    """`sandbox` and whatever begins with sk- serve as an API key, without a query parameter."""
    assert caller.post(BODY, headers=bearer(key)).json()["status"] is True


def test_gateway_takes_the_key_in_the_address_too(caller):
    """The gateway takes `?apikey=sk-…`, which a client must never use."""
    assert caller.post(BODY, headers={}, params={"apikey": "sk-anything"}).json()["status"] is True


def test_one_api_key_can_be_the_only_one(caller, switch, billing):
    """With the switch, other keys are refused as wrong."""
    switch(api_key="sk-only")
    assert caller.post(BODY, headers=bearer("sk-only")).json()["status"] is True
    assert caller.post(BODY, headers=bearer("sk-other")).json()["error_code"] == 67200003
    assert caller.post(BODY, headers={}, params={"apikey": "sk-other"}).json()["error_code"] == 67200003
    assert billing.total == 1


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Basic c2FuZGJveDo="}, {"Authorization": "Bearer"}])
def test_call_without_key_or_token_is_refused(caller, headers):
    """No key and no token: 67200008, whatever else is sent."""
    assert caller.post(BODY, headers=headers).json()["error_code"] == 67200008
    assert caller.post(BODY, headers=headers, params={"apikey": "sandbox-client"}).json()["error_code"] == 67200008


def test_token_has_the_form_of_the_contract(caller):
    """Basic client credentials give a token, in the answer's own form, with milliseconds as a string."""
    before = time.time_ns() // 1_000_000
    answer = caller.token()
    body = answer.json()
    assert answer.status_code == 200
    assert set(body) == {"token", "token_type", "expires_in", "status", "issued_at"}
    assert (body["token_type"], body["expires_in"], body["status"]) == ("BearerToken", 1799, "approved")
    assert before <= int(body["issued_at"]) <= time.time_ns() // 1_000_000
    assert isinstance(body["issued_at"], str)


def test_token_needs_the_client_in_the_address(caller):
    """A token is good with `?apikey=<client_id>`; without it 67200008, with another client's 67200009."""
    headers = bearer(caller.token().json()["token"])
    assert caller.post(BODY, headers=headers, params={"apikey": "sandbox"}).json()["status"] is True
    assert caller.post(BODY, headers=headers).json()["error_code"] == 67200008
    assert caller.post(BODY, headers=headers, params={"apikey": "other"}).json()["error_code"] == 67200009


def test_token_that_was_never_given_out_is_refused(caller, switch):
    """An invented token does not match: 67200009, or HTTP 401 with the switch."""
    ask = {"headers": bearer("invented"), "params": {"apikey": "sandbox"}}
    assert caller.post(BODY, **ask).json()["error_code"] == 67200009
    switch(token_refused_as="401")
    assert caller.post(BODY, **ask).status_code == 401


def test_token_ends(caller, switch):
    """A token that is over is refused as a mismatch; those given out before keep their own end."""
    lasting = caller.token().json()["token"]
    switch(token_lifetime=0)
    answer = caller.token().json()
    assert answer["expires_in"] == 0
    ended = caller.post(BODY, headers=bearer(answer["token"]), params={"apikey": "sandbox"})
    assert ended.json()["error_code"] == 67200009
    assert caller.post(BODY, headers=bearer(lasting), params={"apikey": "sandbox"}).json()["status"] is True


@pytest.mark.parametrize(("client", "secret"), [("sandbox", "wrong"), ("wrong", "sandbox-secret"), ("", "")])
def test_wrong_client_credentials_get_no_token(caller, client, secret):
    """Wrong id or secret: 67200003 in the service's envelope."""
    answer = caller.token(client, secret).json()
    assert (answer["status"], answer["error_code"]) == (False, 67200003)
    assert "token" not in answer


def test_token_call_without_basic_is_refused(caller):
    """Credentials in no header, in a damaged one, or under another scheme are wrong credentials."""
    for headers in ({}, {"Authorization": "Basic %%%"}, bearer("sandbox")):
        answer = caller.http.post("/oauth/token", data={"grant_type": "client_credentials"}, headers=headers)
        assert answer.json()["error_code"] == 67200003


@pytest.mark.parametrize("form", ["", "grant_type=password", "grant_type"])
def test_other_grant_type_is_illegal(caller, form):
    """Only client_credentials is granted: 67200012."""
    assert caller.token(form=form).json()["error_code"] == 67200012


def test_client_credentials_are_switches(caller, switch):
    """Id and secret can be set; a colon and letters beyond ASCII in the secret come through."""
    switch(client_id="firm", client_secret="a:b-ß")
    token = caller.token("firm", "a:b-ß").json()["token"]
    assert caller.post(BODY, headers=bearer(token), params={"apikey": "firm"}).json()["status"] is True
    assert caller.token().json()["error_code"] == 67200003


def test_one_scheme_can_be_the_only_one(caller, switch):
    """With the switch, an account has an API key or client credentials, not both."""
    switch(auth="oauth")
    assert caller.post(BODY).json()["error_code"] == 67200008
    token = caller.token().json()["token"]
    assert caller.post(BODY, headers=bearer(token), params={"apikey": "sandbox"}).json()["status"] is True
    switch(auth="api_key")
    assert caller.token().json()["error_code"] == 67200003
    assert caller.post(BODY).json()["status"] is True
    refused = caller.post(BODY, headers=bearer(token), params={"apikey": "sandbox"})
    assert refused.json()["error_code"] == 67200003
