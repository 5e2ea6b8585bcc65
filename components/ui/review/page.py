"""The parts of the Review page, in their order."""

from functools import partial

import streamlit as st

from components.access import Person
from components.desk import Desk
from components.ui.address_bar import read_address_bar, write_address_bar
from components.ui.app.plain_script import draw_notice_of_missing_links
from components.ui.asked import do_what_was_asked_for
from components.ui.history_names import patents_of
from components.ui.review.explorer import draw_explorer
from components.ui.review.first_use import draw_first_use
from components.ui.review.groups import put_in_groups
from components.ui.review.history_facts import draw_facts
from components.ui.review.intake import draw_intake
from components.ui.review.interrupted import offer_interrupted
from components.ui.review.look_up import id_of_ended_look_up, offer_look_up, watched_job
from components.ui.review.look_up_progress import draw_look_up, say_how_it_went
from components.ui.review.sandbox_contents import draw_sandbox_contents
from components.ui.state import EXAMPLE_ASKED


def draw_review(desk: Desk, person: Person) -> None:
    """Draw numbers, look-up and file histories; a click may spend where this person may.

    Args:
        desk: of the person's workspace.
        person: who visits, as the guard of this run found.
    """
    draw_notice_of_missing_links()
    read_address_bar()
    # Each part has a container of its own, so that parts that come and go do not redraw those below them.
    numbers, progress, histories, explorer = (st.container(gap="xsmall") for _ in range(4))
    with progress:
        do_what_was_asked_for(desk, person)
    ended_before = id_of_ended_look_up(desk.lookups)
    with numbers:
        offer = partial(
            offer_look_up,
            desk.lookups,
            notice=desk.store.notice,
            person=person,
            example=bool(st.session_state.pop(EXAMPLE_ASKED, False)),
        )
        say = partial(say_how_it_went, desk.lookups, user=person.name)
        intake = draw_intake(desk.lookups, desk.store, user=person.name, offer=offer, say=say)
    plan = intake.plan
    with progress:
        offer_interrupted(desk.lookups, person=person)
        job = watched_job(desk.lookups, plan, user=person.name)
        if job is not None:
            if job.ended and job.id != ended_before:
                st.rerun()  # it ended after the numbers were planned, which are drawn anew as it has left them
            draw_look_up(desk.lookups, job, person=person)
        draw_sandbox_contents(desk.sandbox, plan)
    with histories:
        reviewed = None
        if intake.headlines:
            reviewed = draw_facts(
                desk.lookups,
                desk.tables,
                desk.documents.tokens,
                put_in_groups(desk.store, plan, intake.headlines),
                fresh_days=desk.settings.review_fresh_days,
                notice=desk.store.notice,
                person=person,
            )
    with explorer:
        if reviewed is not None:
            draw_explorer(desk, reviewed, patents=patents_of(plan), user=person.name, may_spend=person.may_spend)
        elif not plan.items:
            draw_first_use(desk.settings, in_sandbox=desk.sandbox is not None, person=person)
    if reviewed is None:
        write_address_bar(patents_of(plan))
