"""Looking up without a browser: the same clicks as on the Review page, and forged ones."""

import re
from collections.abc import Iterable
from typing import Final

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.conftest import BOX
from tests.visiting import Visit, drawn
from tests.waiting import until

_DOCUMENT: Final = re.compile(rb"/documents/[A-Za-z0-9_.-]{20,}")
_OF_A_LOGIN: Final = {"heading", "markdown", "text", "alert", "button", "link_button", "bidi_component"}


def type_numbers(tab: Visit, numbers: str) -> str:
    """Open the Review page, type numbers, and return the label of the button that spends."""
    tab.open()
    tab.type(BOX, numbers)
    return next(
        label for kind, label in reversed(drawn(tab.messages)) if kind == "button" and label.startswith("Look up")
    )


def look_up(tab: Visit, number: str) -> None:
    """Look one number up and wait until its documents are drawn."""
    tab.click(type_numbers(tab, number))
    until(lambda: tab.again() and b"/documents/" in sent(tab.messages), f"the documents of {number}")


def document_path(tab: Visit) -> str:
    """Return the path of the first document that was drawn."""
    found = _DOCUMENT.search(sent(tab.messages))
    assert found, drawn(tab.messages)
    return found[0].decode()


def sent(messages: Iterable[ForwardMsg]) -> bytes:
    """Return all that came in these messages, as bytes."""
    return b"".join(message.SerializeToString() for message in messages)


def in_plain_words(received: bytes) -> bytes:
    """Return it without what keeps words from being read as markdown or as links."""
    for mark in ("\\", "\u2060", "\u200d", "\u200b"):
        received = received.replace(mark.encode(), b"")
    return received


def only_login(messages: list[ForwardMsg]) -> bool:
    """Return whether nothing is drawn but a login: the name of the app, words, a button."""
    words = drawn(messages)
    return bool(words) and {kind for kind, _ in words} <= _OF_A_LOGIN and b"/documents/" not in sent(messages)


def links_to_files(messages: Iterable[ForwardMsg]) -> dict[str, str]:
    """Return the address of each file that is offered, by the words on its button."""
    elements = (message.delta.new_element for message in messages)
    return {
        element.link_button.label: element.link_button.url
        for element in elements
        if element.WhichOneof("type") == "link_button" and "/documents/" in element.link_button.url
    }
