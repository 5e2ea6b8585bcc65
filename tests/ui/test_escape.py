"""Untrusted text in markdown."""

import pytest

from components.ui.escape import escape_markdown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Non-Final Rejection", r"Non\-Final Rejection"),
        ("![x](https://evil.example/b.png)", "\\!&#91;x&#93;\\(https\\:\u2060\\/\\/evil\\.example\\/b\\.png\\)"),
        (":red[x] :material/home: $x$", r"\:red&#91;x&#93; \:material\/home\: \$x\$"),
        ("<img src=x>", r"\<img src\=x\>"),
        ("a\n\n# b\tc", r"a \# b c"),
        ("www.evil.example me@evil.example", "www\u2060\\.evil\\.example me\u2060\\@evil\\.example"),
        ("拒絶理由通知書", "拒絶理由通知書"),
        ("a\u202eb\u200bc\x00d", "a b c d"),
    ],
)
def test_every_mark_is_shown_as_it_is(text: str, expected: str) -> None:
    """No link, image, directive, heading or formula comes out of text that somebody else wrote."""
    assert escape_markdown(text) == expected
