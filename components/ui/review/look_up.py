"""The buttons that spend: their price, the confirmation of a high price, and the look-up that this session watches."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from components.access import Person
from components.desk import Desk
from components.lookups import Job, Lookups, MayNotSpend, Plan, PlanState, Quote
from components.store import Notice
from components.ui.app.guard import guarded_dialog
from components.ui.asked import ask_for
from components.ui.escape import escape_markdown
from components.ui.review.price_in_words import caps_in_words, price_in_words, price_rule, uncertain_in_words
from components.ui.state import INTAKE_FOLDED, JOB, PRESSED, PRICE_SHOWN

_AT_ONCE = 0.4
"""Seconds in which an answer comes at once."""


def offer_look_up(
    lookups: Lookups, plan: Plan, *, notice: Notice | None, person: Person, example: bool = False
) -> None:
    """Draw the button that spends, and begin the look-up when it is clicked (and confirmed, where it must be).

    What may have been charged already has a button of its own, which says so and buys nothing else.

    Args:
        lookups: price and carry it out.
        plan: of the numbers.
        notice: that an earlier store was damaged or lost.
        person: who would spend.
        example: whether the numbers are those of an example that was clicked, which asks for them too.
    """
    quote = lookups.quote(plan)
    with st.container(horizontal=True, vertical_alignment="center"):
        clicked = _draw_button(quote.label, "look_up", offered=may_begin(plan, person), primary=True)
        if not person.may_spend:
            st.caption(MayNotSpend.advice)
        elif plan.charged:
            st.caption(price_in_words(quote, plan))
        elif not plan.wanted and not plan.items_in(PlanState.UNCERTAIN, PlanState.BEYOND_CAP):
            st.caption(price_rule(quote))
    if person.workspace:
        st.caption(
            f"You work in the walled-off workspace {escape_markdown(person.workspace)}: it buys for itself, so that it "
            "may pay again for what others hold here."
        )
    if beyond := caps_in_words(plan):
        st.markdown(f":orange[{escape_markdown(beyond)}]")
    shown = st.session_state.get(PRICE_SHOWN, 0)
    st.session_state[PRICE_SHOWN] = quote.charged
    _offer_to_buy_again(lookups, plan, notice=notice, person=person)
    if clicked:
        _look_up(lookups, plan, shown=shown, notice=notice, person=person)
    elif example and may_begin(plan, person):
        begin_look_up(lookups, plan, notice=notice, person=person)


def _look_up(lookups: Lookups, plan: Plan, *, shown: int, notice: Notice | None, person: Person) -> None:
    """Begin the look-up that was clicked, unless there is none or its price was not on the button.

    Args:
        lookups: begins it.
        plan: what it would do now.
        shown: the price on the button when it was clicked.
        notice: that an earlier store was damaged or lost.
        person: who spends.
    """
    if not may_begin(plan, person):
        st.warning(escape_markdown(MayNotSpend()))
    elif plan.charged > shown:
        # What was typed just before the click, or what somebody else did meanwhile, has raised it.
        price = lookups.quote(plan).price
        st.warning(f"The price is {price} now, more than the button said: nothing was asked. Press again to pay it.")
    elif plan.items_in(PlanState.CHARGED, PlanState.FREE):
        begin_look_up(lookups, plan, notice=notice, person=person)
    elif plan.wanted:
        st.toast("All of these are held already: nothing was asked, nothing was charged.")
    elif plan.items_in(PlanState.BEYOND_CAP):
        st.warning(f"{escape_markdown(caps_in_words(plan))} Nothing was asked.")
    elif plan.items_in(PlanState.UNCERTAIN):
        st.warning("These may have been charged already: press the button below to buy them again all the same.")
    else:
        st.warning("There is no number to look up yet: type or paste one into the box.")


def _offer_to_buy_again(lookups: Lookups, plan: Plan, *, notice: Notice | None, person: Person) -> None:
    """Draw the button that buys what may have been charged already, and begin that when it is clicked."""
    uncertain = plan.items_in(PlanState.UNCERTAIN)
    if not uncertain:
        return
    again = lookups.plan_buying_again(plan, user=person.name)
    quote = lookups.quote(again)
    with st.container(horizontal=True, vertical_alignment="center"):
        offered = bool(again.wanted) and person.may_spend
        clicked = _draw_button(quote.label, "buy_again", offered=offered, help=price_in_words(quote, again))
        warning = " ".join(part for part in (uncertain_in_words(uncertain), caps_in_words(again)) if part)
        decide = " [Decide on the Usage page](/usage) if PatSnap's statement tells." if person.may_spend else ""
        st.markdown(f":orange[{escape_markdown(warning)}]{decide}")
    if clicked and again.wanted:
        begin_look_up(lookups, again, notice=notice, person=person)


def begin_look_up(lookups: Lookups, plan: Plan, *, notice: Notice | None, person: Person) -> None:
    """Begin the look-up or the refresh that a click asked for, or say what must be done first.

    A price above the threshold of the settings must be confirmed, and the notice of a damaged store acknowledged.
    """
    quote = lookups.quote(plan)
    if not may_begin(plan, person):
        st.warning(escape_markdown(MayNotSpend()))
    elif plan.charged and notice is not None:
        st.warning("Read the notice at the top of the page first: this would buy again what an earlier store held.")
    elif quote.needs_confirmation:
        _ask_to_confirm(plan, quote)
    elif plan.items_in(PlanState.CHARGED, PlanState.FREE):
        begun = watch_begun(lambda: lookups.start(plan, user=person))
        job = lookups.job(st.session_state.get(JOB, "")) if begun else None
        if plan.refresh:  # its button stands below the progress, which this run has drawn already
            st.rerun()
        # An answer that comes at once is drawn at once: the page need not be drawn before it, and again with it.
        if job is not None and job.wait(_AT_ONCE).ended:
            st.rerun()


def _draw_button(label: str, key: str, *, offered: bool, primary: bool = False, help: str = "") -> bool:  # noqa: A002 - Streamlit's
    """Draw a button that spends, and return whether it was pressed, be it on a page on which it still could be."""
    pressed = st.button(
        label,
        key=key,
        type="primary" if primary else "secondary",
        help=help or None,
        disabled=not offered,
        on_click=_remember_press,
        args=(key,),
    )
    # Streamlit tells of no press once the button is drawn as one that cannot be pressed; its callback still ran.
    remembered = st.session_state.get(PRESSED) == key and st.session_state.pop(PRESSED) == key
    return pressed or (remembered and not offered)


def _remember_press(key: str) -> None:
    st.session_state[PRESSED] = key
    st.session_state[INTAKE_FOLDED] = True


def may_begin(plan: Plan, person: Person) -> bool:
    """Return whether a person may begin a plan: one that charges nothing is everybody's."""
    return person.may_spend or not plan.charged


def watch_begun(begin: Callable[[], Job]) -> bool:
    """Begin a look-up and make this session watch it; say so where this person may not.

    Returns:
        Whether it was begun.
    """
    try:
        watch_job(begin())
    except MayNotSpend as refusal:
        st.warning(escape_markdown(refusal))
        return False
    return True


def watch_job(job: Job) -> None:
    """Make this session watch a look-up."""
    st.session_state[JOB] = job.id


def id_of_ended_look_up(lookups: Lookups) -> str:
    """Return the id of the look-up that this session watches, if that has ended; empty otherwise."""
    job = lookups.job(st.session_state.get(JOB, ""))
    return job.id if job is not None and job.ended else ""


def watched_job(lookups: Lookups, plan: Plan, *, user: str) -> Job | None:
    """Return the look-up that this session watches, or a running one of these numbers that a reload made it forget."""
    job = lookups.job(st.session_state.get(JOB, ""))
    if job is None or job.ended:
        running = lookups.job_under_way(plan, user=user)
        if running is not None:
            watch_job(running)
            return running
    # A look-up of other numbers is shown as long as it runs, because it spends; not how it ended.
    typed = {item.number.typed for item in plan.items}
    if job and (not job.ended or typed & {number.typed for number in job.numbers}):
        return job
    return None


def _ask_to_confirm(plan: Plan, quote: Quote) -> None:
    title = "Refresh at this price?" if plan.refresh else "Look up this many?"
    guarded_dialog("Buy these again?" if plan.buys_again else title)(_draw_confirmation)(plan, quote)


def _draw_confirmation(plan: Plan, quote: Quote) -> None:
    if plan.refresh:
        st.write(f"**{quote.charged:,}** {'look-up' if quote.charged == 1 else 'look-ups'} will be charged.")
        for item in plan.items_in(PlanState.CHARGED):
            note = item.note or "its documents fit into one call"
            st.write(f"{escape_markdown(item.number.reading.display_form)}: {escape_markdown(note)}.")
    elif plan.buys_again:
        st.write(f"**{quote.charged:,}** patents will be charged, each perhaps for the second time.")
    else:
        free = quote.wanted - len(plan.items_in(PlanState.CHARGED))
        least = f"{quote.least:,} to " if quote.least < quote.charged else ""
        st.write(f"**{least}{quote.charged:,}** patents will be charged; {free:,} are free.")
    st.caption(price_in_words(quote, plan))
    with st.container(horizontal=True):
        charge = partial(ask_for, partial(_begin_confirmed, plan))
        if st.button(f"Charge {quote.charged:,}", type="primary", key="confirm_look_up", on_click=charge):
            st.rerun()
        if st.button("Cancel", key="cancel_look_up"):
            st.rerun()


def _begin_confirmed(plan: Plan, desk: Desk, person: Person) -> None:
    # Planned again: a second click or a colleague may have bought some of them in the meantime.
    planned_now = desk.lookups.plan_again(plan, user=person.name)
    if objection := why_outdated(plan, planned_now):
        st.toast(objection)
    else:
        watch_begun(lambda: desk.lookups.start(planned_now, user=person))


def why_outdated(drawn: Plan, now: Plan) -> str:
    """Return why a click buys nothing, because the page is not up to date; empty if it is.

    Args:
        drawn: what the page showed when it was drawn.
        now: the same, planned again after the click.
    """
    if now.refresh and [(item.key, item.retrieved) for item in now.items] != [
        (item.key, item.retrieved) for item in drawn.items
    ]:
        return "This file was refreshed after the page was drawn: nothing was asked again, nothing was charged."
    if now.charged > drawn.charged:
        return (
            f"The price has risen since the page was drawn, to {now.charged:,} charged: nothing was asked. Press again."
        )
    return ""
