"""Review: one or a few file histories, from the numbers typed to the document opened."""

from components.ui.app.guard import require_access
from components.ui.app.page_desk import desk_or_stop
from components.ui.review.page import draw_review

person = require_access()

draw_review(desk_or_stop(person), person)
