"""What a browser may send over its websocket before somebody is logged in: to run the page, which draws the login."""

from typing import Final

from google.protobuf.message import DecodeError
from starlette.types import Message, Receive
from streamlit.proto.BackMsg_pb2 import BackMsg

_KINDS: Final = frozenset({"rerun_script", "stop_script", "app_heartbeat"})
"""Others clear caches, ask where to put uploads, or name files of the project."""
_LONGEST: Final = 64 * 1024
"""Bytes of a message: Streamlit keeps what it brings for two minutes, and those who log in have little to say."""
_TOO_BIG: Final = 1009
"""Code with which a websocket is closed for it (RFC 6455, 7.4.1)."""


def before_login(receive: Receive) -> Receive:
    """Return a `receive` that passes over all other messages of a browser."""

    async def receive_allowed() -> Message:
        while True:
            message = await receive()
            if len(message.get("bytes") or message.get("text") or "") > _LONGEST:
                return {"type": "websocket.disconnect", "code": _TOO_BIG}
            if message["type"] != "websocket.receive" or _is_allowed(message.get("bytes")):
                return message

    return receive_allowed


def _is_allowed(frame: bytes | None) -> bool:
    message = BackMsg()
    try:
        message.ParseFromString(frame or b"")
    except DecodeError:
        return False
    return message.WhichOneof("type") in _KINDS
