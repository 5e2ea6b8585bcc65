"""A visit to a Streamlit app without a browser: what its server sends for an address, message by message.

It speaks the protocol of Streamlit's own page (`streamlit.proto`, as installed), so that a test sees all that leaves
the server, drawn or not, and can send what no page would.
"""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets import Origin
from websockets.sync.client import ClientConnection, connect

_PATIENCE = 60.0
"""Seconds after which a message does not come any more."""
_XSRF = "_streamlit_xsrf"
"""Name of the cookie whose token must come as a subprotocol too; without it the login cookie is not read."""


class Visit:
    """An open websocket, as each tab of a browser has one.

    Attributes:
        messages: all that came, in order.
    """

    def __init__(self, connection: ClientConnection) -> None:
        self.messages: list[ForwardMsg] = []
        self._connection = connection
        self._opened = 0
        self._page = ""
        self._query = ""
        self._hash = ""
        self._typed: dict[str, WidgetState] = {}

    def open(self, page: str = "", query: str = "") -> list[ForwardMsg]:
        """Ask for a page by its name in the path, empty for the first, and return what came for it."""
        self._page, self._query, self._hash = page, query, ""
        self._opened = len(self.messages)
        return self._run(BackMsg())

    def type(self, label: str, text: str) -> list[ForwardMsg]:
        """Type a text into the box of this label and return what came then."""
        identity = self.element(label, "text_area", "text_input").id
        self._typed[identity] = WidgetState(id=identity, string_value=text)
        return self._run(BackMsg())

    def click(self, label: str) -> list[ForwardMsg]:
        """Click the button of this label, disabled or not, and return what came then."""
        return self.press(self.element(label, "button").id)

    def press(self, *identities: str, part: str = "") -> list[ForwardMsg]:
        """Send clicks of buttons by their ids, whether they were drawn or not, and return what came then.

        Args:
            identities: of the buttons.
            part: id of the fragment that is to run, if not the whole page.
        """
        asked = BackMsg()
        asked.rerun_script.fragment_id = part
        for identity in identities:
            asked.rerun_script.widget_states.widgets.append(WidgetState(id=identity, trigger_value=True))
        return self._run(asked)

    def again(self) -> list[ForwardMsg]:
        """Run the page once more, as any click does, and return what came then."""
        return self._run(BackMsg())

    def run_fragment(self, identity: str) -> list[ForwardMsg]:
        """Run one fragment of the page alone, as a click in it does, and return what came then."""
        asked = BackMsg()
        asked.rerun_script.fragment_id = identity
        return self._run(asked)

    def fragments(self) -> set[str]:
        """Return the ids of the fragments of all that was drawn since the page was opened."""
        return {each.delta.fragment_id for each in self.messages[self._opened :] if each.delta.fragment_id}

    def looks_every(self) -> list[float]:
        """Return how many seconds pass between the looks that the page takes by itself, one for each kind of look."""
        return [message.auto_rerun.interval for message in self.messages if message.HasField("auto_rerun")]

    def element(self, label: str, *kinds: str) -> Any:
        """Return the element of one of these kinds that was drawn last with this label."""
        for message in reversed(self.messages):
            element = message.delta.new_element
            kind = element.WhichOneof("type")
            if kind in kinds and getattr(element, kind).label == label:
                return getattr(element, kind)
        raise LookupError(f"no {' or '.join(kinds)} {label!r} among {drawn(self.messages)}")

    def wait_for(self, kind: str) -> ForwardMsg:
        """Take in messages until one of this kind comes, and return it."""
        while True:
            if self._receive().WhichOneof("type") == kind:
                return self.messages[-1]

    def _run(self, asked: BackMsg) -> list[ForwardMsg]:
        """Run the script and return its messages, with those that came before unasked."""
        before = len(self.messages)
        state = asked.rerun_script
        state.page_name, state.query_string, state.page_script_hash = self._page, self._query, self._hash
        clicked = {widget.id for widget in state.widget_states.widgets}
        state.widget_states.widgets.extend(widget for name, widget in self._typed.items() if name not in clicked)
        self._connection.send(asked.SerializeToString())
        begun = False
        while True:
            message = self._receive()
            begun = begun or message.HasField("new_session")
            if begun and _ends(message):
                break
        self._hash = next(each.new_session.page_script_hash for each in reversed(self.messages) if _begins(each))
        return self.messages[before:]

    def _receive(self) -> ForwardMsg:
        message = ForwardMsg()
        message.ParseFromString(self._connection.recv(timeout=_PATIENCE, decode=False))
        self.messages.append(message)
        return message


def _begins(message: ForwardMsg) -> bool:
    return message.WhichOneof("type") == "new_session"


def _ends(message: ForwardMsg) -> bool:
    """Return whether the script has ended, and is not run again at once."""
    again = ForwardMsg.ScriptFinishedStatus.FINISHED_EARLY_FOR_RERUN
    return message.WhichOneof("type") == "script_finished" and message.script_finished != again


@contextmanager
def visiting(
    url: str,
    *,
    cookies: Mapping[str, str] | None = None,
    host: str | None = None,
    origin: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Iterator[Visit]:
    """Open the websocket of an app, with cookies as Streamlit's page sends them, until the block ends.

    Args:
        url: of the app, without a path.
        cookies: by name; the token of the one against forged requests is given as a subprotocol too.
        host: under which it is asked for, with a port; `None`: as in `url`.
        origin: of the page that opens it; `None`: the app's own.
        headers: beside the usual ones.

    Raises:
        websockets.exceptions.InvalidStatus: the app refuses.
    """
    cookies = cookies or {}
    protocols: list[Any] = ["streamlit", cookies[_XSRF]] if _XSRF in cookies else ["streamlit"]
    sent = dict(headers or {})
    if cookies:
        sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
    parts = urlsplit(url)
    with (
        socket.create_connection((parts.hostname, parts.port), timeout=_PATIENCE) as line,
        connect(
            f"ws://{parts.netloc if host is None else host}/_stcore/stream",
            sock=line,
            subprotocols=protocols,
            origin=Origin(url if origin is None else origin),
            additional_headers=sent,
            max_size=None,
        ) as connection,
    ):
        yield Visit(connection)


def visit(url: str, page: str = "", query: str = "", *, cookies: Mapping[str, str] | None = None) -> list[ForwardMsg]:
    """Return all messages of a first visit, from the new session to the end of the script.

    Args:
        url: of the app, without a path.
        page: as in the path; empty for the start page.
        query: of the address, without `?`.
        cookies: of the visitor.
    """
    with visiting(url, cookies=cookies) as one:
        return one.open(page, query)


def drawn(messages: list[ForwardMsg]) -> list[tuple[str, str]]:
    """Return what the messages draw, in order: the kind of each element, and its words."""
    found = []
    for message in messages:
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if message.WhichOneof("type") == "delta" and kind is not None:
            content = getattr(element, kind)
            found.append((kind, getattr(content, "body", "") or getattr(content, "label", "")))
    return found
