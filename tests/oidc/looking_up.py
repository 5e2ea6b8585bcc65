"""Looking up without a browser: the same clicks as on the Review page, and forged ones."""

from tests.browser.conftest import BOX
from tests.visiting import Visit, drawn
from tests.waiting import until


def type_numbers(tab: Visit, numbers: str) -> str:
    """Open the Review page, type numbers, and return the label of the button that spends."""
    tab.open()
    tab.type(BOX, numbers)
    return next(label for kind, label in reversed(drawn(tab.messages)) if kind == "button" and label.startswith("Look up"))


def look_up(tab: Visit, number: str) -> None:
    """Look one number up and wait until its history is drawn."""
    tab.click(type_numbers(tab, number))
    until(lambda: shows(tab, "free") or bool(tab.again()) and False, f"the history of {number}")


def shows(tab: Visit, words: str) -> bool:
    """Return whether the last run of the page sent these words in any form."""
    return words.encode() in sent(tab)


def sent(tab: Visit) -> bytes:
    """Return all that came to a tab, as bytes."""
    return b"".join(message.SerializeToString() for message in tab.messages)
