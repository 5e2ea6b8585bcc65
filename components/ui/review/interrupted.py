"""The look-ups that a crash or a restart interrupted, offered again to the person who began them."""

from functools import partial

import streamlit as st

from components.access import Person
from components.desk import Desk
from components.lookups import Lookups, MayNotSpend, Plan, PlanState
from components.store import LookUpRecord, StoreError
from components.ui.app.guard import guarded_callback
from components.ui.asked import ask_for
from components.ui.escape import escape_markdown
from components.ui.review.look_up import may_begin, watch_begun, why_outdated
from components.ui.state import NUMBERS_TEXT
from components.ui.zone import visitor_zone
from components.words import counted, moment

_OFFERED = 3
"""Interrupted look-ups that are shown; the others stand on the Usage page."""


def offer_interrupted(lookups: Lookups, *, person: Person) -> None:
    """Draw what this person's interrupted look-ups brought, what may be charged and what remains, with its price.

    A price that must be confirmed is paid by the button that asks for that.
    """
    for record, plan in lookups.interrupted(person.name)[:_OFFERED]:
        with st.container(border=True):
            quote = lookups.quote(plan)
            words = _in_words(record, plan)
            if quote.needs_confirmation and not record.refresh:
                words += f" The rest: {quote.price}. Show its numbers and look them up, which asks once more."
            st.markdown(f"**Interrupted**: {escape_markdown(words)}")
            with st.container(horizontal=True):
                if plan.items_in(PlanState.CHARGED, PlanState.FREE) and not quote.needs_confirmation:
                    label = f"Take up {plan.wanted - len(plan.items_in(PlanState.HELD)):,} · {quote.price}"
                    st.button(
                        label,
                        key=f"take_up_{record.run}",
                        type="primary",
                        on_click=_take_up,
                        args=(record, plan),
                        disabled=not may_begin(plan, person),
                        help=None if may_begin(plan, person) else MayNotSpend.advice,
                    )
                if not record.refresh:
                    st.button("Show its numbers", key=f"show_{record.run}", on_click=_show, args=(record,))
                st.button(
                    "Dismiss", key=f"dismiss_{record.run}", on_click=guarded_callback(_dismiss), args=(lookups, record)
                )


def _in_words(record: LookUpRecord, plan: Plan) -> str:
    """Return what became of an interrupted look-up, in one sentence."""
    counts = {state: len(plan.items_in(state)) for state in PlanState}
    parts = [f"{counts[PlanState.HELD]:,} held"]
    if counts[PlanState.UNCERTAIN]:
        parts.append(f"{counts[PlanState.UNCERTAIN]:,} may have been charged")
    parts.append(f"{counts[PlanState.CHARGED] + counts[PlanState.FREE] + counts[PlanState.BEYOND_CAP]:,} remain")
    what = "the refresh" if record.refresh else "the look-up"
    begun = moment(record.begun_at.astimezone(visitor_zone()))
    return f"{what} of {counted(len(record.numbers), 'number')} begun on {begun} did not end. {', '.join(parts)}."


def _take_up(record: LookUpRecord, drawn: Plan) -> None:
    ask_for(partial(_begin_again, record, drawn))


def _begin_again(record: LookUpRecord, drawn: Plan, desk: Desk, person: Person) -> None:
    now = next((plan for other, plan in desk.lookups.interrupted(person.name) if other.run == record.run), None)
    if now is None:
        st.toast("It was taken up already.")
    elif objection := why_outdated(drawn, now):
        st.toast(objection)
    elif watch_begun(lambda: desk.lookups.take_up(record, user=person)):
        _show(record)


def _show(record: LookUpRecord) -> None:
    if not record.refresh:
        st.session_state[NUMBERS_TEXT] = "\n".join(typed for typed, _ in record.numbers)


def _dismiss(lookups: Lookups, record: LookUpRecord) -> None:
    try:
        lookups.dismiss(record)
    except StoreError as error:
        st.toast(escape_markdown(error))
