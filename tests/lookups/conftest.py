"""Look-ups against a sandbox on a real socket, with a store in a real file."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import SecretStr

from components.lookups import AnswerFiles, Job, Lookups, Plan, StoredLimits
from components.numbers import parse
from components.patsnap import Client
from components.sandbox import Billing, RunningSandbox, Switches, start_in_process
from components.settings import Settings
from components.store import Caps, Store


@dataclass
class LookupSetup:
    """Store, service and worker of one process."""

    store: Store
    sandbox: RunningSandbox
    lookups: Lookups

    @property
    def billing(self) -> Billing:
        """What the service has charged."""
        return self.sandbox.billing

    def plan(self, text: str) -> Plan:
        """Plan what was typed."""
        return self.lookups.plan(parse(text))

    def run(self, text: str) -> Job:
        """Look up what was typed, to its end."""
        job = self.lookups.start(self.plan(text))
        assert job.wait(60).ended
        return job


MakeSetup = Callable[..., LookupSetup]


@pytest.fixture
def make_setup(tmp_path: Path) -> Iterator[MakeSetup]:
    """Set up look-ups; keyword arguments are settings, `switches` the sandbox's, `on` a set-up to share both with."""
    with ExitStack() as ending:

        def make(
            *,
            on: LookupSetup | None = None,
            switches: dict[str, object] | None = None,
            store_url: str = "",
            **settings: object,
        ) -> LookupSetup:
            sandbox = on.sandbox if on else start_in_process(switches=Switches().changed(switches or {}))
            if not on:
                ending.callback(sandbox.stop)
            given = Settings(**{"patsnap_api_key": "sk-test", "patsnap_base_url": sandbox.base_url, **settings})
            caps = Caps(run=given.review_cap_run, day=given.review_cap_day, month=given.review_cap_month)
            # A second's wait for a lock is enough: nothing here keeps a lock that is given back.
            store = Store.open(
                store_url or f"sqlite:///{tmp_path / 'data' / 'store.db'}?timeout=1", source="test", caps=caps
            )
            limits = StoredLimits(store)
            client = Client.from_settings(given, limits=limits)
            files = AnswerFiles(key=SecretStr("the deployment's"), source="test")
            lookups = Lookups(store=store, client=client, settings=given, limits=limits, answer_files=files)
            ending.callback(store.close)
            ending.callback(client.close)
            ending.callback(lookups.close)
            return LookupSetup(store, sandbox, lookups)

        yield make
