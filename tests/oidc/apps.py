"""Starting the app with a login: a copy of the project with a secrets file of its own."""

import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx

from tests.browser.entry_scripts import APP, started
from tests.conftest import ROOT, App, free_port
from tests.oidc.provider import Client, Provider
from tests.waiting import until

CALLBACK: Final = "/oauth2callback"
USUAL_LISTS: Final = {
    "REVIEW_ALLOW": "@example.com",
    "REVIEW_SPEND": "ann@example.com, cleo@example.com, dan@example.com",
    "REVIEW_ADMIN": "ann@example.com",
    "REVIEW_WORKSPACES": "merger = cleo@example.com, dan@example.com",
    "REVIEW_HOSTS": "unedited.example",
}
"""Ann may spend and administer, Bob may look; Cleo and Dan may spend in a workspace that is walled off."""


def copy_project(folder: Path) -> Path:
    """Return a copy of the project in an empty folder, without tests and without secrets."""
    root = folder / "project"
    ignored = shutil.ignore_patterns(".git", ".venv", "tests", "artifacts", ".*_cache", "secrets.toml")
    shutil.copytree(ROOT, root, ignore=ignored)
    return root


def write_secrets(root: Path, auth: str, lists: Mapping[str, str]) -> None:
    """Write the secrets file of a copy of the project, at once, as an editor does that is careful.

    Args:
        root: the copy.
        auth: a section, such as `[auth]` with what it needs.
        lists: settings by name.
    """
    draft = root / ".streamlit" / "secrets.draft"
    draft.touch(0o600)
    draft.write_text("".join(f'{name} = "{value}"\n' for name, value in lists.items()) + auth, encoding="utf-8")
    draft.replace(root / ".streamlit" / "secrets.toml")


@dataclass(frozen=True)
class GuardedApp:
    """A running app with a login."""

    app: App
    root: Path
    client: Client

    @property
    def url(self) -> str:
        """Where it answers."""
        return self.app.url

    @contextmanager
    def other_lists(self, **lists: str) -> Iterator[None]:
        """Have other settings in the secrets file until the block ends, while the app runs.

        Streamlit copies the file into the environment and looks at it some times a second: both edits are waited for.
        """
        self._edit(lists)
        try:
            yield
        finally:
            self._edit({})

    def _edit(self, lists: Mapping[str, str]) -> None:
        """Write the file with a host name of its own, and wait until the app answers to that."""
        name = f"edited-{secrets.token_hex(4)}.example"
        write_secrets(self.root, self.client.auth_section(), {**USUAL_LISTS, **lists, "REVIEW_HOSTS": name})
        port = self.url.rpartition(":")[2]
        headers = {"Host": f"{name}:{port}"}
        until(lambda: httpx.get(self.url, headers=headers, trust_env=False).status_code != 403, "the edited settings")


@contextmanager
def app_with_login(
    provider: Provider, folder: Path, *, redirect_uri: str = "", lists: Mapping[str, str] | None = None, **settings: str
) -> Iterator[GuardedApp]:
    """Run the app with a login at a provider until the block ends.

    Args:
        provider: it gets a client for the app.
        folder: an empty one, for the copy, the store and the log.
        redirect_uri: where people come back after the login, if not straight to the app.
        lists: settings in the secrets file beside the usual ones, or in their place.
        settings: set in its environment.
    """
    port = free_port()
    client = provider.add_client(redirect_uri or f"http://127.0.0.1:{port}{CALLBACK}")
    root = copy_project(folder)
    write_secrets(root, client.auth_section(), {**USUAL_LISTS, **(lists or {})})
    with started(APP, folder, root=root, port=port, **settings) as app:
        yield GuardedApp(app, root, client)
