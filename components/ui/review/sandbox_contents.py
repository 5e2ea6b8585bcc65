"""What the sandbox holds, told where it does not cover a number: nobody can guess which few it knows."""

import streamlit as st

from components.lookups import Plan
from components.numbers import parse
from components.sandbox import MADE_UP, RunningSandbox
from components.ui.escape import escape_markdown
from components.words import counted


def draw_sandbox_contents(sandbox: RunningSandbox | None, plan: Plan) -> None:
    """Say which numbers can be looked up in the sandbox, if it did not cover one of the plan's.

    Args:
        sandbox: serves; `None` where an account does.
        plan: of the numbers on the page.
    """
    if sandbox is None or not any(item.is_not_covered for item in plan.items):
        return
    held = [number.reading.display_form for number in parse(", ".join(sandbox.numbers))]
    made_up = escape_markdown(parse(MADE_UP)[0].reading.display_form)
    st.caption(
        f"The sandbox holds the files of {counted(len(held), 'application')} and no others; {made_up} is made up. "
        "They can be copied:"
    )
    st.code(", ".join(held), language=None, wrap_lines=True)
