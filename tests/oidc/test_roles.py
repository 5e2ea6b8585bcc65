"""A viewer spends nothing, whatever is sent; who may spend does; what is spent stands under the name of the spender."""

import re

import pytest
from playwright.sync_api import Page, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.browser.conftest import BOX, look_up_button, settled
from tests.conftest import Service
from tests.oidc.apps import GuardedApp
from tests.oidc.by_browser import log_in
from tests.oidc.looking_up import document_path, in_plain_words, look_up, sent, type_numbers
from tests.oidc.raw_client import RawClient, logged_in
from tests.visiting import Visit, drawn
from tests.waiting import until


def buttons(tab: Visit) -> dict[str, str]:
    """Return the labels of all buttons that were drawn in a tab, by their ids."""
    found = {}
    for message in tab.messages:
        element = message.delta.new_element
        if element.WhichOneof("type") == "button":
            found[element.button.id] = element.button.label
    return found


def test_a_viewer_cannot_click_what_spends(bob: RawClient, service: Service) -> None:
    """The button is drawn with its price, cannot be pressed, and a forged press of it charges nothing."""
    before = service.billing()
    with bob.visit() as tab:
        label = type_numbers(tab, "US9900010B2")
        assert "charged" in label
        assert tab.element(label, "button").disabled
        tab.click(label)
        tab.again()
        assert b"/documents/" not in sent(tab.messages)
    assert service.billing() == before


def test_no_forged_press_of_a_viewer_spends(ann: RawClient, bob: RawClient, service: Service) -> None:
    """Every button of the pages of somebody who may spend, in the tab of somebody who may not, and in all its parts."""
    with ann.visit() as hers:
        look_up(hers, "US9900011B2")
        hers.open(query="patents=US9900011B2,US9900012B2")
        hers.open("usage")
        ids = {identity: label for identity, label in buttons(hers).items() if label != "Log out"}
    assert len(ids) >= 5
    before = service.billing()
    with bob.visit() as his:
        for page, query in (("", "patents=US9900011B2,US9900012B2"), ("usage", "")):
            his.open(page, query)
            for identity in ids:
                his.press(identity)
        his.open(query="patents=US9900011B2,US9900012B2")
        parts = his.fragments()
    for part in parts:
        with bob.visit() as his:
            his.open(query="patents=US9900011B2,US9900012B2")
            his.press(*ids, part=part)
            his.again()
    assert service.billing() == before


def test_a_viewer_opens_what_others_have_bought(ann: RawClient, bob: RawClient, service: Service) -> None:
    """A document that is held, and its history, for nothing."""
    with ann.visit() as hers:
        look_up(hers, "US9900013B2")
        path = document_path(hers)
    before = service.billing()
    assert bob.get(f"{path}/view").headers["content-type"] == "application/pdf"
    with bob.visit() as his:
        his.open(query="patents=US9900013B2")
        assert b"/documents/" in sent(his.messages)
    assert service.billing() == before


def test_the_route_of_a_refresh_refuses_a_viewer(ann: RawClient, bob: RawClient, service: Service) -> None:
    """Not even with the permit of somebody who may spend."""
    service.switch(link_lifetime=0)
    try:
        with ann.visit() as hers:
            look_up(hers, "US9900014B2")
            path = document_path(hers)
    finally:
        service.switch(link_lifetime=3600)
    hers_page, his_page = ann.get(path).text, bob.get(path).text
    permit = re.search(r'name="permit" value="([^"]+)"', hers_page)
    assert permit, hers_page
    assert 'name="permit"' not in his_page
    before = service.billing()["total"]
    form = {"permit": permit[1], "manner": "open"}
    assert bob.post("/documents/refresh", form).status_code == 403
    with RawClient(bob.url) as nobody:
        assert nobody.post("/documents/refresh", form).status_code in {401, 403}
    assert ann.post("/documents/refresh", form, Sec_Fetch_Site="cross-site").status_code == 403
    assert ann.post("/documents/refresh", form, Origin="http://evil.example").status_code == 403
    assert service.billing()["total"] == before
    # As a browser sends a form of a page without a referrer: its origin is withheld.
    answer = ann.post("/documents/refresh", form, Sec_Fetch_Site="same-origin", Origin="null")
    assert answer.status_code == 200
    assert service.billing()["total"] > before


def test_the_ledger_says_who_spent(ann: RawClient, bob: RawClient) -> None:
    """To the one who did and to an administrator; a viewer sees sums alone."""
    with ann.visit() as hers:
        look_up(hers, "US9900015B2")
    hers_page, his_page = ann.page("usage"), bob.page("usage")
    assert own_sums(hers_page)[0] > 0
    assert set(own_sums(his_page)) == {0}
    assert b"US9900015B2" in sent(hers_page)
    assert b"9900015" not in sent(his_page)
    assert b"ann@example.com" not in in_plain_words(sent(his_page))


def own_sums(messages: list[ForwardMsg]) -> list[int]:
    """Return the sums of the visitor's own that the Usage page shows, in order."""
    return [int(words.removeprefix("yours: ")) for _, words in drawn(messages) if words.startswith("yours: ")]


def test_a_right_that_is_taken_ends_at_the_next_click(guarded: GuardedApp, service: Service) -> None:
    """In a tab that is open, with the button already drawn."""
    with logged_in(guarded, "ann") as visitor, visitor.visit() as tab:
        label = type_numbers(tab, "US9900016B2")
        assert not tab.element(label, "button").disabled
        before = service.billing()
        with guarded.other_lists(REVIEW_SPEND="dan@example.com"):
            tab.click(label)
            tab.again()
            assert b"/documents/" not in sent(tab.messages)
            assert service.billing() == before


@pytest.mark.parametrize("words", ["Administration", "Caps by person", "Who is in", "Deletion"])
def test_only_an_administrator_sees_what_administers(ann: RawClient, bob: RawClient, words: str) -> None:
    """On the Usage page."""
    assert words.encode() in sent(ann.page("usage"))
    assert words.encode() not in sent(bob.page("usage"))


def test_in_a_browser_a_viewer_reads_why(page: Page, guarded: GuardedApp) -> None:
    """The button is grey, and a line says who may."""
    log_in(page, guarded, "bob", at="/?patents=US9900017B2")
    expect(page.get_by_label(BOX)).to_be_visible()
    settled(page)
    expect(look_up_button(page)).to_be_disabled()
    expect(page.get_by_text("REVIEW_SPEND").first).to_be_visible()


def test_in_a_browser_who_may_spend_buys_with_one_click(page: Page, guarded: GuardedApp, service: Service) -> None:
    """And is charged once."""
    before = service.billing()["total"]
    log_in(page, guarded, "ann", at="/?patents=US9900018B2")
    expect(page.get_by_label(BOX)).to_be_visible()
    settled(page)
    look_up_button(page).click()
    expect(page.get_by_text("12 of 12 documents").first).to_be_visible()
    until(lambda: service.billing()["total"] == before + 1, "the charge")
