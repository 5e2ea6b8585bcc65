"""Sending files to Streamlit's route for uploads, as its page does, and the memory that they take."""

import re
from pathlib import Path
from typing import Final

import httpx

from tests.oidc.raw_client import RawClient
from tests.visiting import Visit

_BOUNDARY: Final = "a-boundary-of-the-tests"
REFUSED: Final = 401


def upload(client: RawClient, tab: Visit, position: int, content: bytes) -> int:
    """Send a file to the session of an open tab, and return the status of the answer."""
    session = next(each.new_session.initialize.session_id for each in tab.messages if each.HasField("new_session"))
    head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{position}.csv"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{_BOUNDARY}--\r\n".encode()
    try:
        return client.request(
            "PUT", f"/_stcore/upload_file/{session}/file-{position}", body,
            X_Xsrftoken=client.cookies["_streamlit_xsrf"], Content_Type=f"multipart/form-data; boundary={_BOUNDARY}",
        ).status_code  # fmt: skip
    except httpx.TransportError:  # the refusal came and the connection was closed while the file was still being sent
        return REFUSED


def memory(pid: int) -> int:
    """Return how much memory a process holds, in bytes."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) * 1024
