"""Small facts outlive the process that learned them."""


def test_fact_is_kept_and_replaced(open_store):
    """A fact outlives the process that learned it; a later one takes its place."""
    store = open_store()
    assert store.fact("limit") is None
    store.save_fact("limit", "1000")
    store.save_fact("limit", "100")
    assert open_store().fact("limit") == "100"


def test_fact_is_made_only_once(open_store):
    """The first asker makes it, everyone else gets that one."""
    assert open_store().fact_or("key", lambda: "first") == "first"
    assert open_store().fact_or("key", lambda: "second") == "first"
