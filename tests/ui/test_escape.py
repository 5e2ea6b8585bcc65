"""Untrusted text in markdown."""

import html
import re
import unicodedata
from pathlib import Path

import pytest
import streamlit
from hypothesis import given
from hypothesis import strategies as st

from components.ui.escape import escape_markdown

JOINER = "\u2060"
EMOJI = r"/:\+1:|:-1:|:[\w-]+:/g"

# What Streamlit's page looks for in words, after markdown has removed the escapes: the literal in the bundle, and the
# same in Python.
FINDERS = {
    r"/(https?:\/\/|www(?=\.))([-.\w]+)([^ \t\r\n]*)/gi": re.compile(
        r"(https?://|www(?=\.))([-.\w]+)", re.IGNORECASE | re.ASCII
    ),
    r"/(?<=^|\s|\p{P}|\p{S})([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)/gu": re.compile(
        r"([-.\w+]+)@([-\w]+(?:\.[-\w]+)+)", re.ASCII
    ),
    r"/:material_(\w+):/g": re.compile(r":material_(\w+):", re.ASCII),
    r"/:streamlit:/g": re.compile(r":streamlit:"),
    r"/(^|\s)<->(\s|$)/g": re.compile(r"(^|\s)<->(\s|$)"),
    r"/(^|\s)->(\s|$)/g": re.compile(r"(^|\s)->(\s|$)"),
    r"/(^|\s)<-(\s|$)/g": re.compile(r"(^|\s)<-(\s|$)"),
    r"/(^|\s)--(\s|$)/g": re.compile(r"(^|\s)--(\s|$)"),
    r"/(^|\s)>=(\s|$)/g": re.compile(r"(^|\s)>=(\s|$)"),
    r"/(^|\s)<=(\s|$)/g": re.compile(r"(^|\s)<=(\s|$)"),
    r"/(^|\s)~=(\s|$)/g": re.compile(r"(^|\s)~=(\s|$)"),
    EMOJI: re.compile(r":\+1:|:-1:|:100:|:1234:|:(?=[\w-]*[A-Za-z])[\w-]+:", re.ASCII),
}
_PAIRS = re.compile(r"\[(/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]+),")
"""Pairs of what is looked for and what follows, as a bundle of Streamlit writes them."""
PIECES = (
    "http", "https", "HTTP", "s", ":", "/", "//", "://", "www", "WWW", "w", ".", "@", "a", "b.c", "evil.example",
    "streamlit", "material_", "home", "smile", "+1", "100", "-", "--", "<", ">", "=", "~", " ", "\u3000",
    JOINER, "\u200b", "\n", "\\", "[", "]", "(", ")", "*", "_", "&", "#", ";", "é", "理由", "😀", "1",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join) | st.text(max_size=40)


def as_read(escaped: str) -> str:
    """Return the words that markdown reads from escaped text."""
    return html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", lambda mark: f"&#{ord(mark[1])};", escaped))


def letters(text: str) -> str:
    """Return a text without what is not drawn."""
    return "".join(each for each in text if unicodedata.category(each) not in {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Non-Final Rejection", r"Non\-Final Rejection"),
        ("![x](b.png)", r"\!&#91;x&#93;\(b\.png\)"),
        (":red[x] :material/home: $x$", r"\:red&#91;x&#93; \:material\/home\: \$x\$"),
        ("<img src=x>", r"\<img src\=x\>"),
        ("a\n\n# b\tc", r"a \# b c"),
        ("拒絶理由通知書", "拒絶理由通知書"),
        ("a\u202eb\u200bc\x00d\u061ce", "a b c d e"),
    ],
)
def test_every_mark_is_shown_as_it_is(text: str, expected: str) -> None:
    """No link, image, directive, heading or formula comes out of text that somebody else wrote."""
    assert escape_markdown(text) == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://evil.example/", f"https:{JOINER}//evil.example/"),
        ("WWW.evil.example", f"WWW{JOINER}.evil.example"),
        ("me@evil.example", f"me{JOINER}@evil.example"),
        (":streamlit:", f":{JOINER}streamlit:"),
        (":material_home:", f":{JOINER}material_home:"),
        ("a -- b", f"a -{JOINER}- b"),
    ],
)
def test_what_would_come_alive_is_broken_by_a_joiner(text: str, shown: str) -> None:
    """Addresses, mail, icons and arrows."""
    assert as_read(escape_markdown(text)) == shown


@pytest.mark.parametrize(
    "text",
    [
        "US 10,765,880 B2 · 14/412,875", "EP 1 000 000 B1", "特願2019-123456", "PCT/EP2014/123456",
        "A... 37 CFR 1.114(c)", "10:30:15", "Non-Final -- Rejection-", "x-->y", "5 @ 3", "Office; e.g. remarks",
        "evil.example/x", "a_b",
    ],
)  # fmt: skip
def test_nothing_invisible_stands_in_ordinary_text(text: str) -> None:
    """A number or a word that is copied from the screen is what it seems to be, wherever no link would come about."""
    assert as_read(escape_markdown(text)).replace(f"-{JOINER}-", "--") == text


@given(texts)
def test_no_text_comes_alive_and_every_text_is_readable(text: str) -> None:
    """Nothing that Streamlit looks for is left, and every letter is; copied words show the same again."""
    shown = as_read(escape_markdown(text))
    assert [name for name, finder in FINDERS.items() if finder.search(shown)] == []
    assert letters(shown) == letters(text)
    assert as_read(escape_markdown(shown)) == shown


def test_streamlit_looks_for_nothing_else() -> None:
    """A new version of Streamlit that looks for other things fails here: then the escape must be thought over."""
    folder = Path(streamlit.__file__).parent / "static" / "static" / "js"
    (markdown,), (emoji,) = (list(folder.glob(f"{name}.*.js")) for name in ("StreamlitMarkdown", "remark-emoji"))
    found = set(_PAIRS.findall(markdown.read_text(encoding="utf-8")))
    assert found | {EMOJI} == set(FINDERS)
    assert EMOJI in emoji.read_text(encoding="utf-8")
