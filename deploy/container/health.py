"""Exits with 0 if the app of this container answers, else with 1: the container's health check, without curl."""

import http.client
import os
import sys

PORT = 8501
"""The port of the `Dockerfile`; a container's port is chosen where it is published."""
SECONDS = 4


def main() -> int:
    """Return the exit status."""
    prefix = os.environ.get("STREAMLIT_SERVER_BASE_URL_PATH", "").strip("/")
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=SECONDS)
    try:
        connection.request("GET", f"/{prefix}/_stcore/health" if prefix else "/_stcore/health")
        return 0 if connection.getresponse().status == http.HTTPStatus.OK else 1
    except (OSError, http.client.HTTPException):
        return 1


if __name__ == "__main__":
    sys.exit(main())
