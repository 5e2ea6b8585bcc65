"""The threads that the look-ups of all workspaces of a process share."""

from concurrent.futures import ThreadPoolExecutor

from components.lookups.link_watch import LinkWatch
from components.settings import Settings
from components.store import Store


class SharedThreads:
    """Makes the calls of every workspace, `PATSNAP_WORKERS` at once, and deletes the links that have ended in any.

    Args:
        store: of any workspace.
        settings: of the deployment.
    """

    def __init__(self, store: Store, settings: Settings) -> None:
        self.calls = ThreadPoolExecutor(settings.patsnap_workers, thread_name_prefix="look-up")
        self.link_watch = LinkWatch(store)
        self.link_watch.begin()

    def close(self) -> None:
        """Let the calls under way end, and free the threads."""
        self.calls.shutdown(wait=True, cancel_futures=True)
        self.link_watch.close()
