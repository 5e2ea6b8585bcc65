"""What an empty page offers: what one will get as a picture, examples that load real files, and what to know first."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from components.access import Person
from components.sandbox import MADE_UP
from components.settings import Settings
from components.ui.app.chart_code import fetch_chart_code
from components.ui.escape import escape_markdown
from components.ui.review.first_use_picture import SHOWN, draw_picture
from components.ui.state import EXAMPLE_ASKED, INTAKE_FOLDED, NUMBERS_TEXT, OPEN_TAB

CONNECT: Final = "Connect a PatSnap account"
"""What the part is called that tells how; the line about the sandbox names it too."""
_WHERE: Final = "Where your numbers go"


@dataclass(frozen=True, slots=True)
class Example:
    """Numbers that a click puts into the box; the sandbox holds all of them."""

    label: str
    lesson: str
    """What one learns from it, in a line."""
    numbers: str
    open_tab: str = ""
    """Beginning of the label of the tab that it opens; empty for the one that is open."""
    in_sandbox_only: bool = False
    """Whether no office knows its numbers, so that an account would be asked in vain."""


EXAMPLES: Final = (
    Example(
        "A simple grant: US 10,902,286 B2",
        "How a timeline is read: one rejection, an interview, one reply.",
        "US10902286B2",
    ),
    Example(
        "A hard fight: abandoned, revived, granted",
        "What was answered when, and what was not: US 10,765,880 B2.",
        "US10765880B2",
    ),
    Example(
        "Three offices: US, EP and JP",
        "How the same steps look at each office, one file below another.",
        "US10902286B2, EP1000000B1, JP6768620B2",
    ),
    Example(
        "Read inside: a made-up example",
        "Search the words of its papers: the project wrote them.",
        MADE_UP,
        open_tab="Inside",
        in_sandbox_only=True,
    ),
)


def draw_first_use(settings: Settings, *, in_sandbox: bool, person: Person) -> None:
    """Draw picture and examples, how an account is connected, and where numbers go.

    Args:
        settings: where calls go and where the store is.
        in_sandbox: whether no account is connected; then a click on an example looks it up too.
        person: who visits, who may not be the one who can connect an account.
    """
    st.subheader("See how an application was examined", anchor=False)
    left, right = st.columns([3, 2], gap="medium", vertical_alignment="center")
    with left:
        draw_picture()
        st.caption(f"{SHOWN}: each action with its answer, the time allowed for it, and whose turn it was.")
    with right:
        for example in EXAMPLES:
            if in_sandbox or not example.in_sandbox_only:
                _draw_example(example, load=in_sandbox)
        if not in_sandbox:
            st.caption("An example fills the box; nothing is charged before you press Look up.")
    if in_sandbox:
        with st.expander(CONNECT, key="connect"):
            st.markdown(_how_to_connect(person))
    with st.expander(_WHERE, key="where_numbers_go"):
        st.markdown(where_numbers_go(settings, in_sandbox=in_sandbox))
    fetch_chart_code()


def _draw_example(example: Example, *, load: bool) -> None:
    """Draw a button with its line; the click also looks the numbers up if it is to `load`."""
    with st.container(gap="xxsmall"):
        st.button(
            example.label,
            key=f"example_{example.numbers.replace(' ', '')}",
            on_click=_fill_in_example,
            args=(example, load),
            width="stretch",
        )
        st.caption(example.lesson)


def _how_to_connect(person: Person) -> str:
    """Return the steps as Markdown, for whoever can take them."""
    if not person.may_administer:
        return "Whoever runs this app for you connects the account; until then the sandbox serves."
    return """
1. In the app's folder, copy `.streamlit/secrets.toml.example` to `.streamlit/secrets.toml`, and let nobody else read it
   (`chmod 600 .streamlit/secrets.toml`). Environment variables of the same names do as well, and go first.
2. Write into it what your account has, one of the two:

   | account | set |
   | --- | --- |
   | current: API key | `PATSNAP_API_KEY = "sk-…"` |
   | enterprise: client credentials | `PATSNAP_CLIENT_ID = "…"` and `PATSNAP_CLIENT_SECRET = "…"` |

   Accounts in China add `PATSNAP_BASE_URL = "https://connect.zhihuiya.com"`.
3. Start the app again. The line about the sandbox is gone then, and look-ups are charged by PatSnap.

Without a login an account serves the machine on which the app runs and nobody else. To share it, set up a login:
`README.md`, “Log people in”. What the sandbox has shown stays apart and is not taken for your own files.
"""


def where_numbers_go(settings: Settings, *, in_sandbox: bool) -> str:
    """Return in Markdown who learns the numbers that are typed, and where they are kept."""
    in_file = settings.store_url.get_secret_value().startswith("sqlite")
    kept = "in a file on the machine on which the app runs" if in_file else "in the database of this app"
    if in_sandbox:
        sent = (
            "**Nowhere.** The sandbox answers within the app and needs no network. What you look up is kept with its "
            f"file history {kept}."
        )
    else:
        host = escape_markdown(urlsplit(settings.patsnap_base_url).hostname or "")
        sent = (
            f"**To PatSnap ({host}), when you press a button that looks up, resumes, buys again or refreshes, and at "
            "no other time.** Typing, opening a link to this page and filtering send nothing; a PDF that is not kept "
            "here yet is fetched from PatSnap's document host when you open it or take it away. What arrives is kept "
            f"{kept}, with a ledger of every charge, so that nothing is bought twice."
        )
    return (
        f"{sent}\n\nNumbers also stand in the address of this page, so that a link shows the same view: your browser's "
        "history keeps them, and whoever gets the link can read them."
    )


def _fill_in_example(example: Example, load: bool) -> None:
    st.session_state[NUMBERS_TEXT] = example.numbers
    if example.open_tab:
        st.session_state[OPEN_TAB] = example.open_tab
    st.session_state[EXAMPLE_ASKED] = load
    st.session_state[INTAKE_FOLDED] = True
