"""Whatever JSON comes, the client gives an answer or an error of its own, and the spend hook is told."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.patsnap import PatsnapError
from tests.patsnap.service import Reply, entry, envelope
from tests.patsnap.watched_client import watched_client

NUMBERS = ("US11205304B2", "US10000000B2")

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
    | st.sampled_from(["20180831", "17", *NUMBERS, "https://open.patsnap.com/x.pdf?sign=q-sign-time=1;2"])
)
anything = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
)
documents = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("date", "doc_code", "description", "page_number", "path"), scalars | anything)
)
entries = st.fixed_dictionaries(
    {
        "patent_number": st.sampled_from(NUMBERS) | anything,
        "doc_detail": st.lists(documents | anything, max_size=4) | anything,
    },
    optional=dict.fromkeys(("apno", "patent_id", "doc_count", "doc_detail_count"), anything),
)
bodies = (
    anything
    | st.builds(envelope, anything | entries | st.lists(entries | anything, max_size=3))
    | st.builds(envelope, anything, status=anything, code=anything, message=anything)
)


@settings(suppress_health_check=list(HealthCheck))
@given(st.lists(bodies, min_size=1, max_size=4))
def test_any_json_is_borne(replies: list[Any]) -> None:
    """No foreign exception, every number accounted for, nothing found that was not sent."""
    turn = iter([*replies, *[envelope([entry(number) for number in NUMBERS])] * 300])
    with watched_client(lambda _: Reply(next(turn)), patsnap_limit=1000) as watched:
        watched.fetch(*NUMBERS)
        assert isinstance(watched.raised, PatsnapError | None)
        if watched.raised is None:
            named = [*watched.answer.found, *watched.answer.missing, *watched.answer.failed]
            assert sorted(named) == sorted(NUMBERS)
        for history in watched.answer.found.values():
            assert history.documents_held <= history.documents_reported
            assert len(history.links) == history.documents_held
