"""The path below which the app is served, where it shares its host with others."""

from streamlit import config


def base_path() -> str:
    """Return `/review` where `server.baseUrlPath` is `review`; empty where the app has a host of its own.

    Streamlit puts it before its own routes and pages, and leaves ours to us.
    """
    path = str(config.get_option("server.baseUrlPath") or "").strip("/")
    return f"/{path}" if path else ""
