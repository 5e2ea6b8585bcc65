"""Numbers in: the box, the upload, what was understood of both, and the button that states the price."""

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Literal

import streamlit as st

from components.desk import Desk
from components.lookups import Job, Plan, PlanItem, PlanState, Quote
from components.numbers import Number, Standing, UploadRefused, choose, mark_doubles, parse, read_upload
from components.ui.app.browser_scripts import follow_typing
from components.ui.dates import age
from components.ui.escape import plain
from components.ui.state import BOX, EXAMPLE_ASKED, JOB, UPLOAD, UPLOAD_COUNT, reading_key, upload_key

EXAMPLES = {
    "US 10,765,880 B2: abandoned, revived, granted": "US10765880B2",
    "US, EP and JP side by side": "US10000000B2, EP1000000B1, JP6768620B2",
}
_BOX_LABEL = "Patent, publication or application numbers"
_MOST_CHIPS = 16

_Colour = Literal["green", "blue", "violet", "red", "gray", "orange"]
_ROW_HEIGHT = 145
"""Pixels of the row with the box and the upload."""
_BADGE: dict[PlanState, tuple[_Colour, str]] = {
    PlanState.HELD: ("green", "held"),
    PlanState.FREE: ("blue", "free"),
    PlanState.CHARGED: ("violet", "to be charged"),
    PlanState.REFUSED: ("red", "refused"),
    PlanState.DOUBLED: ("gray", "doubled"),
    PlanState.AMBIGUOUS: ("orange", "ambiguous"),
}


@lru_cache(maxsize=32)
def _parse(text: str) -> tuple[Number, ...]:
    """Read the box once for all reruns in which it does not change: ten thousand numbers take a third of a second."""
    return tuple(parse(text))


@lru_cache(maxsize=8)
def _read_upload(name: str, data: bytes) -> tuple[Number, ...]:
    return tuple(read_upload(name, data))


def ask_numbers(desk: Desk) -> Plan:
    """Draw the box and the upload, say what was understood, and give the plan for it."""
    # Streamlit loads both boxes after the page: their place is kept, so that nothing below them jumps.
    listed = UPLOAD in st.session_state or st.session_state.get(_upload_key()) is not None
    with st.container(height="content" if listed else _ROW_HEIGHT, border=False):
        left, right = st.columns([4, 1], vertical_alignment="top")
    text = left.text_area(
        _BOX_LABEL,
        key=BOX,
        height=130,
        placeholder="US 11,205,304 B2, 14/412,875, EP 1 000 000 B1 … in any form, from a list, an e-mail or a link",
        persist_state="session",
    )
    with left:
        follow_typing(_BOX_LABEL)
    with right:
        uploaded = _ask_list()
    # In a place of its own: the button below keeps its place, however much there is to say of the numbers.
    with st.container():
        numbers = mark_doubles(_settle([*_parse(text or ""), *uploaded]))
        plan = desk.lookups.plan(numbers)
        _draw_chips(plan)
    return plan


def _ask_list() -> tuple[Number, ...]:
    """Draw the upload and give the numbers of the list, which stays until it is removed or another one comes."""
    upload = st.file_uploader("Or a list", type=["csv", "txt", "xlsx"], key=_upload_key(), max_upload_size=2)
    if upload is not None:
        # Streamlit forgets an upload with the page that it stands on; the list must outlast a look at another page.
        st.session_state[UPLOAD] = (upload.name, upload.getvalue())
    if UPLOAD not in st.session_state:
        return ()
    name, data = st.session_state[UPLOAD]
    if upload is None:
        st.caption(plain(name))
    st.button("Remove the list", key="remove_list", on_click=_remove_list)
    try:
        return _read_upload(name, data)
    except UploadRefused as error:
        st.error(plain(error))
        return ()


def _upload_key() -> str:
    return upload_key(st.session_state.setdefault(UPLOAD_COUNT, 0))


def _remove_list() -> None:
    st.session_state.pop(UPLOAD, None)
    st.session_state[UPLOAD_COUNT] += 1


def offer_look_up(desk: Desk, plan: Plan, *, user: str) -> None:
    """Draw the button that spends, and begin the look-up when it is clicked (and confirmed, where that is due)."""
    quote = desk.lookups.quote(plan)
    example = st.session_state.pop(EXAMPLE_ASKED, False)
    with st.container(horizontal=True, vertical_alignment="center"):
        clicked = st.button(quote.label, type="primary", key="look_up")
        if plan.charged:
            st.caption(price_in_words(quote, plan))
        elif not plan.wanted:
            st.caption(
                "What is not held here yet is charged once, when you press this button; its price will stand on it."
            )
    if not plan.wanted:
        if clicked:
            st.warning("There is no number to look up yet: type or paste one into the box.")
        return
    if clicked and not plan.of(PlanState.CHARGED, PlanState.FREE):
        st.toast("All of these are held already: nothing was asked, nothing was charged.")
    elif clicked or example:
        begin(desk, plan, user=user)


def begin(desk: Desk, plan: Plan, *, user: str) -> None:
    """Begin what was asked for by a click, a look-up or a refresh, or say what stands before it.

    Above the threshold of the settings it is confirmed first; after a damaged store the notice is to be read first.
    """
    quote = desk.lookups.quote(plan)
    if plan.charged and desk.store.notice is not None:
        st.warning("Read the notice at the top of the page first: this would buy again what an earlier store held.")
    elif quote.needs_confirmation:
        _confirm(desk, plan, quote, user=user)
    elif plan.of(PlanState.CHARGED, PlanState.FREE):
        watch(desk.lookups.start(plan, user=user))
        if plan.refresh:  # its button stands below the place where progress is drawn
            st.rerun()


def offer_examples(desk: Desk) -> None:
    """Draw what an empty page invites to: two examples that load real file histories."""
    st.subheader("See how an application was examined", anchor=False)
    st.write(
        "Paste numbers above, or begin with an example. You get the office actions, replies, IDSs and other events on "
        "one timeline, and every document with its PDF one click away."
    )
    with st.container(horizontal=True):
        for label, numbers in EXAMPLES.items():
            st.button(label, key=f"example_{numbers}", on_click=_take_example, args=(numbers, desk.sandbox is not None))
    if desk.sandbox is None:
        st.caption("An example fills the box; nothing is charged before you press Look up.")


def watch(job: Job) -> None:
    """Let this session watch a look-up."""
    st.session_state[JOB] = job.id


def watched(desk: Desk, plan: Plan, *, user: str) -> Job | None:
    """Give the look-up that this session watches, or one under way that a reload of the page has lost sight of."""
    job = desk.lookups.job(st.session_state.get(JOB, ""))
    if job is None or job.ended:
        running = desk.lookups.running(plan, user=user)
        if running is not None:
            watch(running)
            return running
    # How a look-up of other numbers ended is of no interest to these; one that still spends always is.
    typed = {item.number.typed for item in plan.items}
    if job and (not job.ended or typed & {number.typed for number in job.numbers}):
        return job
    return None


def _take_example(numbers: str, load: bool) -> None:
    st.session_state[BOX] = numbers
    st.session_state[EXAMPLE_ASKED] = load


def _confirm(desk: Desk, plan: Plan, quote: Quote, *, user: str) -> None:
    st.dialog("Refresh at this price?" if plan.refresh else "Look up this many?")(_draw_confirmation)(
        desk, plan, quote, user=user
    )


def _draw_confirmation(desk: Desk, plan: Plan, quote: Quote, *, user: str) -> None:
    if plan.refresh:
        st.write(f"**{quote.charged:,}** {'look-up' if quote.charged == 1 else 'look-ups'} will be charged.")
        for item in plan.of(PlanState.CHARGED):
            st.write(f"{plain(item.number.reading.shown)}: {plain(item.note or 'its documents fit into one call')}.")
    else:
        free = quote.wanted - len(plan.of(PlanState.CHARGED))
        st.write(f"**{quote.charged:,}** patents will be charged; {free:,} are free.")
    st.caption(price_in_words(quote, plan))
    with st.container(horizontal=True):
        charge = partial(_begin_confirmed, desk, plan, user)
        if st.button(f"Charge {quote.charged:,}", type="primary", key="confirm_look_up", on_click=charge):
            st.rerun()
        if st.button("Cancel", key="cancel_look_up"):
            st.rerun()


def _begin_confirmed(desk: Desk, plan: Plan, user: str) -> None:
    # Planned anew: a second click, or a colleague, may have bought some of them meanwhile.
    now = desk.lookups.plan_again(plan)
    if hindrance := what_changed(plan, now):
        st.toast(hindrance)
    else:
        watch(desk.lookups.start(now, user=user))


def what_changed(drawn: Plan, now: Plan) -> str:
    """Say why a click buys nothing: what the page showed when it was drawn is not so any more; empty if it is."""
    if now.refresh and [(item.key, item.retrieved) for item in now.items] != [
        (item.key, item.retrieved) for item in drawn.items
    ]:
        return "This file was refreshed after the page was drawn: nothing was asked again, nothing was charged."
    if now.charged > drawn.charged:
        return (
            f"The price has risen since the page was drawn, to {now.charged:,} charged: nothing was asked. Press again."
        )
    return ""


def price_in_words(quote: Quote, plan: Plan) -> str:
    """Give what the button's label leaves out of the price: calls, and what a long file may cost."""
    calls = "1 call" if quote.calls == 1 else f"{quote.calls:,} calls"
    if any(len(item.number.reading.asks) > 1 for item in plan.of(PlanState.CHARGED)):
        calls += ", and a few uncharged ones where a kind code has to be searched"
    size = f"{quote.documents_a_call:,}"
    longer = f"Only a file of over {size} documents costs more: 1 for each further {size}"
    return f"{calls}. {longer} (never over {quote.worst:,} in all)."


def _settle(numbers: Sequence[Number]) -> list[Number]:
    """Let the user choose for each number that can be read in several ways; give the list with what was chosen."""
    settled = list(numbers)
    offered: set[str] = set()
    for place, number in enumerate(numbers):
        if number.standing is not Standing.AMBIGUOUS:
            continue
        key = reading_key(number.typed)
        readings = {reading.normalised: f"{reading.shown} ({reading.kind})" for reading in number.readings}
        if key not in offered:
            offered.add(key)
            st.segmented_control(
                f"{plain(number.typed)} can be read in {len(readings)} ways. {plain(number.reason)}",
                list(readings),
                format_func=partial(_reading_shown, readings),
                key=key,
                persist_state="session",
            )
        if picked := st.session_state.get(key):
            settled[place] = choose(number, picked)
    return settled


def _reading_shown(readings: dict[str, str], name: str) -> str:
    return plain(readings[name])


def _draw_chips(plan: Plan) -> None:
    if not plan.items:
        return
    counts = {state: len(plan.of(state)) for state in PlanState}
    words = [f"{count:,} {_BADGE[state][1]}" for state, count in counts.items() if count]
    if len(plan.items) > 1:
        st.caption(f"{len(plan.items):,} numbers: " + " · ".join(words))
    # A long list shows what needs a look; the rest is counted above.
    calm = {PlanState.HELD, PlanState.CHARGED} if len(plan.items) > _MOST_CHIPS else set()
    chips = [item for item in plan.items if item.state not in calm]
    with st.container(horizontal=True, gap="small"):
        for item in chips[:_MOST_CHIPS]:
            colour, _ = _BADGE[item.state]
            st.badge(_chip(item), color=colour, help=_chip_help(item))
        if len(chips) > _MOST_CHIPS:
            st.badge(f"and {len(chips) - _MOST_CHIPS:,} more", color="gray")
    for item in plan.of(PlanState.CHARGED)[:_MOST_CHIPS]:
        if item.number.reading.note and len(item.number.reading.asks) == 1:
            st.caption(f"{plain(item.number.reading.shown)}: {plain(item.number.reading.note)}")
    for item in plan.of(PlanState.REFUSED)[:20]:
        st.markdown(f":red[**{plain(item.number.typed)}**] not looked up: {plain(item.note)}")


def _chip(item: PlanItem) -> str:
    number = item.number
    if number.readings and number.standing is Standing.UNDERSTOOD:
        words = item.note.split(",")[0] if item.state is PlanState.FREE else _BADGE[item.state][1]
        return f"{plain(number.reading.shown)} · {plain(words)}"
    return f"{plain(number.typed)} · {_BADGE[item.state][1]}"


def _chip_help(item: PlanItem) -> str:
    number = item.number
    parts = [f"Typed: {plain(number.typed)}"]
    if number.readings and number.standing in {Standing.UNDERSTOOD, Standing.DOUBLED}:
        reading = number.reading
        parts.append(f"{plain(reading.kind)}, asked for as {plain(', '.join(reading.asks))}")
        if reading.note:
            parts.append(plain(reading.note))
    if item.retrieved:
        parts.append(f"retrieved {age(item.retrieved)}")
    if item.note:
        parts.append(plain(item.note))
    return ". ".join(part.rstrip(". ") for part in parts) + "."
