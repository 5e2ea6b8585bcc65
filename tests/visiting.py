"""A visit to a Streamlit app without a browser: what its server sends for an address, message by message.

It speaks the protocol of Streamlit's own page (`streamlit.proto`, as installed), so that a test sees all that leaves
the server, drawn or not.
"""

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

_PATIENCE = 60.0
"""Seconds after which a message does not come any more."""


def visit(url: str, page: str = "", query: str = "") -> list[ForwardMsg]:
    """Return all messages of a first visit, from the new session to the end of the script.

    Args:
        url: of the app, without a path.
        page: as in the path; empty for the start page.
        query: of the address, without `?`.
    """
    asked = BackMsg()
    asked.rerun_script.page_name = page
    asked.rerun_script.query_string = query
    address = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
    messages: list[ForwardMsg] = []
    with connect(address, subprotocols=["streamlit"], origin=url, max_size=None) as socket:
        socket.send(asked.SerializeToString())
        while not messages or messages[-1].WhichOneof("type") != "script_finished":
            message = ForwardMsg()
            message.ParseFromString(socket.recv(timeout=_PATIENCE, decode=False))
            messages.append(message)
    return messages


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
