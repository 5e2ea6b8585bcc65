"""Review: one or a few file histories, from the numbers typed to the document opened."""

from components.ui.address import read_address, write_address
from components.ui.examination import draw_examination
from components.ui.frame import the_desk
from components.ui.guard import require_access
from components.ui.intake import ask_numbers, offer_examples, offer_look_up, watched
from components.ui.review import choose_histories, draw_facts, patents_of
from components.ui.watch import draw_look_up

user = require_access()

desk = the_desk()
read_address()
plan = ask_numbers(desk)
offer_look_up(desk, plan, user=user)
job = watched(desk, plan)
if job is not None:
    draw_look_up(desk, job)
keys = choose_histories(desk, plan)
if keys:
    draw_examination(draw_facts(desk, keys, user=user), patents=patents_of(plan))
else:
    if not plan.items:
        offer_examples(desk)
    write_address(patents_of(plan))
