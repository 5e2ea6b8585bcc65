"""The parts of the Usage page, in their order."""

from contextlib import suppress
from datetime import UTC, datetime, tzinfo

import streamlit as st

from components.access import Person
from components.desk import Desk
from components.lookups import MayNotSpend
from components.settings import Price
from components.store import StoreError
from components.ui.asked import do_what_was_asked_for
from components.ui.escape import escape_markdown
from components.ui.usage.administration import draw_administration
from components.ui.usage.by_day import draw_by_day
from components.ui.usage.look_up_list import draw_look_ups
from components.ui.usage.spending import read_spending
from components.ui.usage.take_back import draw_taking_back
from components.ui.usage.totals import draw_caps, draw_totals
from components.ui.usage.uncertain_list import draw_uncertain
from components.ui.zone import visitor_zone


def draw_usage(desk: Desk, person: Person) -> None:
    """Draw what was spent, what may have been, and on what; nothing is asked of the service.

    Args:
        desk: of the person's workspace.
        person: whose look-ups and rows are shown; sums and caps are everybody's.
    """
    store, lookups, settings = desk.store, desk.lookups, desk.settings
    do_what_was_asked_for(desk, person)
    price, zone = settings.price, visitor_zone()
    if settings.account == "sandbox":
        st.caption("In the sandbox charges are simulated.")
    if not person.may_spend:
        st.caption(MayNotSpend.advice)
    with suppress(StoreError):  # a store that cannot be written can still be read
        store.recover()
    try:
        _draw_spending(desk, person, price=price, zone=zone)
    except StoreError as error:
        st.error(escape_markdown(error))
    if person.may_spend or person.may_administer:
        draw_taking_back(lookups, store, person=person)


def _draw_spending(desk: Desk, person: Person, *, price: Price | None, zone: tzinfo) -> None:
    """Draw all that the store tells of spending.

    Raises:
        components.store.StoreError: the store cannot be read.
    """
    spending = read_spending(desk.store, user=person.name, now=datetime.now(UTC))
    user = person.name
    unsaved = desk.lookups.unsaved(user)
    if unsaved:
        st.warning(
            f"{unsaved:,} of your histories have arrived, are charged and cannot be saved yet: until then they stand "
            "under way here, or as what may have been charged. The Review page offers them as a file."
        )
    draw_totals(spending, price=price, zone=zone)
    draw_uncertain(spending, person=person, price=price, zone=zone)
    draw_caps(spending, price=price, zone=zone)
    if spending.rows:
        draw_by_day(spending, price=price)
    draw_look_ups(desk.store, spending, price=price, zone=zone)
    if person.may_administer:
        draw_administration(desk, person, now=spending.now, price=price, zone=zone)
