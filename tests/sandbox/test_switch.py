"""How switches are read and kept."""

import pytest

from components.sandbox import Injection, Switches, SwitchRefused


def test_every_kind_of_switch_can_be_written_as_text():
    """Numbers, truth, choices, lists and nothing are read from name=value."""
    read = Switches.from_texts(
        [
            "limit_cap=100", "qps=2.5", "pad_codes=true", "order=newest_first", "refuse=US1A, US2A", "link_base=none",
            "inject=67200002:3:5,503:*:0:token", "success_status=201", "api_key=sk-a=b", "response_expires_after=60",
            "count_off=-3", "retry_after=",
        ]
    )  # fmt: skip
    assert (read.limit_cap, read.qps, read.pad_codes, read.order) == (100, 2.5, True, "newest_first")
    assert (read.refuse, read.link_base, read.success_status, read.api_key) == (("US1A", "US2A"), None, 201, "sk-a=b")
    assert (read.response_expires_after, read.count_off, read.retry_after) == (60, -3, None)
    assert read.inject == (
        Injection(code=67200002, times=3, after=5),
        Injection(code=503, times=None, after=0, at="token"),
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("limit_cap", "name=value"),
        ("limits=1", "no such switch"),
        ("limit_cap=0", "limit_cap"),
        ("auth=none", "auth"),
        ("inject=12345678", "inject"),
        ("inject=67200002:1:2:token:5", "inject"),
        ("inject=67200002:0", "inject"),
        ("synthetic=100000", "synthetic"),
        ("success_status=404", "success_status"),
    ],
)
def test_wrong_text_is_refused_in_words(text, words):
    """What is no switch, or no value of it, is named, and that nothing was changed."""
    with pytest.raises(SwitchRefused, match=words) as refused:
        Switches.from_texts([text])
    assert "changed" in str(refused.value)


def test_refused_value_is_not_repeated():
    """A mistyped secret does not stand in the message."""
    with pytest.raises(SwitchRefused) as refused:
        Switches().changed({"client_secret": ["canary-5f2"], "api_key": 17})
    assert "canary-5f2" not in str(refused.value)


def test_changed_switches_are_a_copy():
    """A set of switches never changes; what is not named stays."""
    first = Switches(limit_cap=100)
    second = first.changed({"latency": 1})
    assert (first.latency, second.latency, second.limit_cap) == (0, 1, 100)
    with pytest.raises(ValueError, match="frozen"):
        first.latency = 2
