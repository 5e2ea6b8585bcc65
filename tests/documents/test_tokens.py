"""Names for documents that outlast the signed links."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from itsdangerous import URLSafeTimedSerializer

from components.documents import BadToken, Permit, Tokens, TokenTooOld

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
TOKENS = Tokens("a secret of the store")


def token_of(path: str) -> str:
    """The token in a path."""
    return path.removeprefix("/documents/")


def test_a_token_gives_back_history_and_document() -> None:
    """Codes with slashes and dots, and Japanese ones, survive."""
    for document in ("20180914-XT/-1", "20190412-A...-2", "undated-拒絶理由-1"):
        token = token_of(TOKENS.document_path("US14/412875", document))
        assert TOKENS.read_document(token) == ("US14/412875", document, "")
        assert "/" not in token


def test_a_token_names_its_workspace_and_a_token_that_names_none_is_of_the_shared_one() -> None:
    """Links that were copied before there were workspaces keep working; those of one workspace are told from others."""
    written_before = URLSafeTimedSerializer("a secret of the store", salt="document").dumps(["US14/412875", "1"])
    merger, other = (Tokens("a secret of the store", workspace=name) for name in ("merger", "other"))
    walled_off = token_of(merger.document_path("US14/412875", "1"))
    assert TOKENS.read_document(written_before) == ("US14/412875", "1", "")
    assert TOKENS.read_document(walled_off) == ("US14/412875", "1", merger.place)
    assert len({merger.place, other.place, TOKENS.place}) == 3
    assert "merger" not in str(TOKENS.read_document(walled_off))


def test_a_token_of_another_secret_or_a_changed_one_is_refused() -> None:
    """Nobody can name a document without having seen its link."""
    token = token_of(TOKENS.document_path("US14/412875", "20190412-CTNF-1"))
    for bad in (token[:-1], "x" + token, token.replace(".", "", 1), "", "x"):
        with pytest.raises(BadToken):
            TOKENS.read_document(bad)
    with pytest.raises(BadToken):
        Tokens("another secret").read_document(token)


def test_a_token_opens_for_half_a_year() -> None:
    """A list sent to a colleague keeps working; a very old one says what to do."""
    with time_machine.travel(NOW, tick=False):
        token = token_of(TOKENS.document_path("US14/412875", "20190412-CTNF-1"))
    with time_machine.travel(NOW + timedelta(days=179), tick=False):
        assert TOKENS.read_document(token) == ("US14/412875", "20190412-CTNF-1", "")
    with time_machine.travel(NOW + timedelta(days=181), tick=False), pytest.raises(TokenTooOld, match="Review page"):
        TOKENS.read_document(token)


def test_a_permit_spends_for_an_hour_and_no_link_is_a_permit() -> None:
    """The token in a link, which many people may hold, never suffices to spend."""
    wanted = Permit("US14/412875", "20190412-CTNF-1", "2026-03-01T11:00:00+00:00", "")
    with time_machine.travel(NOW, tick=False):
        permit = TOKENS.permit_token(wanted)
        link = token_of(TOKENS.document_path("US14/412875", "20190412-CTNF-1"))
        assert TOKENS.read_permit(permit) == wanted
        with pytest.raises(BadToken):
            TOKENS.read_permit(link)
        with pytest.raises(BadToken):
            TOKENS.read_document(permit)
    with time_machine.travel(NOW + timedelta(hours=2), tick=False), pytest.raises(TokenTooOld):
        TOKENS.read_permit(permit)


def test_a_packs_link_opens_for_an_hour_and_opens_nothing_else() -> None:
    """Neither a document's link nor a permit names a pack, and the other way round."""
    with time_machine.travel(NOW, tick=False):
        path = TOKENS.pack_path("5e1")
        link = token_of(TOKENS.document_path("US14/412875", "20190412-CTNF-1"))
    assert path.startswith("/documents/packs/")
    token = path.removeprefix("/documents/packs/")
    assert "/" not in token
    with time_machine.travel(NOW + timedelta(minutes=59), tick=False):
        assert TOKENS.read_pack(token) == ("5e1", "")
        for bad in (token[:-1], "x" + token, link, ""):
            with pytest.raises(BadToken):
                TOKENS.read_pack(bad)
        for read in (TOKENS.read_document, TOKENS.read_permit):
            with pytest.raises(BadToken):
                read(token)
    with time_machine.travel(NOW + timedelta(minutes=61), tick=False), pytest.raises(TokenTooOld):
        TOKENS.read_pack(token)
