"""The view "References": what examiner and applicant cite, used in which ground, and in which file it is not cited."""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd
import streamlit as st

from components.content.records import CitedIn, PaperKind, Verdicts
from components.content.references.cited_numbers import written
from components.content.references.references import (
    Files,
    FoundReference,
    Mention,
    claims_in_words,
    files_of,
    files_with_unread_lists,
    ground_in_words,
    not_cited_in,
    not_known_in,
    paper_in_words,
    references_of,
)
from components.desk import Desk
from components.histories import PaperRef
from components.ui.escape import escape_markdown
from components.ui.review.inside.findings import ShownFinding, draw_finding
from components.ui.review.inside.quotes import READ_BY_MACHINE, draw_page_button, finding_key, how_read
from components.ui.review.inside.viewed_files import ViewedFiles, draw_each_file
from components.ui.review.segments import draw_segments
from components.ui.state import CITED_SHOWN, FIND_REFERENCE, INTAKE_FOLDED, NUMBERS_TEXT
from components.words import counted, listed

CHOICES: Final = {
    "all": "All",
    "used": "Used in grounds",
    "unequal": "Not cited in every file",
    "lined": "Lined through",
}
"""Which references are shown, with what the choice is called; "unequal" where several files are on the screen."""
_CITED_IN: Final[dict[CitedIn, str]] = {
    "ground": "ground of rejection",
    "PTO-892": "examiner's list (PTO-892)",
    "IDS": "applicant's list (1449, SB/08)",
    "remarks": "applicant's remarks",
    "not relied upon": "of record, not relied upon",
}
_LISTS: Final[frozenset[PaperKind]] = frozenset({"citations"})
_MOST_ROWS_AT_ONCE: Final = 14
_MOST_SHOWN: Final = 10
"""References of which the places are drawn; more can be ticked, to be looked up."""


def draw_references(viewed: ViewedFiles) -> None:
    """Draw the references of all files on the screen as one table, the places of those ticked, and their look-up.

    Args:
        viewed: what is drawn, and for whom.
    """
    draw_each_file(viewed, _LISTS, view="references", what="list of references")
    papers, reviewed = viewed.papers, viewed.reviewed
    references = references_of(papers)
    screen = files_of(papers, files=reviewed.numbers, unread=files_with_unread_lists(reviewed.tables.documents, papers))
    if not references:
        st.caption("No reference is read in these files so far, so it is not known what is cited in them.")
        return
    shown = _draw_filters(references, screen, reviewed.numbers)
    ticked = _draw_table(shown, screen, reviewed.numbers)
    _draw_ticked(viewed.desk, ticked, viewed.verdicts, numbers=reviewed.numbers, user=viewed.user)
    st.caption(READ_BY_MACHINE)


def _draw_filters(
    references: Sequence[FoundReference], screen: Files, numbers: Mapping[str, str]
) -> list[FoundReference]:
    """Draw the choice of references and the box to find some, and return what is left."""
    choices = [
        name
        for name in CHOICES
        if name == "all" or ((name != "unequal" or len(numbers) > 1) and of_choice(references, name, screen))
    ]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="references_filters"):
        draw_segments("References shown", choices, key=CITED_SHOWN, words=lambda name: CHOICES[name])
        typed = st.text_input(
            "Find in references",
            key=FIND_REFERENCE,
            type="search",
            live="500ms",
            placeholder="Number, name or title",
            max_chars=100,
            label_visibility="collapsed",
            persist_state="session",
        )
    chosen = str(st.session_state[CITED_SHOWN])
    if chosen == "unequal":
        st.caption(escape_markdown(unequal_note(screen, numbers)))
    return found(of_choice(references, chosen, screen), typed or "")


def of_choice(references: Sequence[FoundReference], choice: str, screen: Files) -> list[FoundReference]:
    """Return the references of one of the `CHOICES`."""
    if choice == "used":
        return [each for each in references if each.grounds]
    if choice == "unequal":
        return [each for each in references if not_cited_in(each, screen)]
    if choice == "lined":
        return [each for each in references if any(mention.considered is False for mention in each.mentions)]
    return list(references)


def found(references: Sequence[FoundReference], typed: str) -> list[FoundReference]:
    """Return the references in whose number, name or title all words typed stand; signs and case do not count."""
    wanted = [plain for word in typed.split() if (plain := _plain(word))]
    return [each for each in references if all(word in _plain(f"{each.words} {each.title}") for word in wanted)]


def _plain(words: str) -> str:
    return "".join(letter for letter in words.lower() if letter.isalnum())


def unequal_note(screen: Files, numbers: Mapping[str, str]) -> str:
    """Return among which files it is compared, and of which nothing can be said."""
    read = listed([numbers.get(key, key) for key in sorted(screen.read)])
    others = listed([numbers.get(key, key) for key in screen.others])
    compared = f"Compared: {read}, all of whose lists are read." if read else "No file has all its lists read."
    unknown = f" Not compared: {others}, because not all of their lists are read." if others else ""
    return f"{compared}{unknown} Whether a reference is to be disclosed elsewhere is for you to judge (37 CFR 1.56)."


def _draw_table(
    references: Sequence[FoundReference], screen: Files, numbers: Mapping[str, str]
) -> list[FoundReference]:
    """Draw the table, and return the references ticked in it."""
    if not references:
        st.caption("None of these.")
        return []
    # A key for each set of rows: when its data change, a table keeps the positions of ticks, not their rows.
    rows = hash(tuple((each.number, each.name, each.title) for each in references)) & 0xFFFFFFFF
    event = st.dataframe(
        table_for_screen(references, screen, numbers),
        hide_index=True,
        height="content" if len(references) <= _MOST_ROWS_AT_ONCE else 520,
        placeholder="–",
        key=f"references_{rows:x}",
        on_select="rerun",
        selection_mode="multi-row",
        alt="References that are cited in these files. Tick some to see where, and to look them up.",
    )
    return [references[index] for index in event["selection"]["rows"] if index < len(references)]


def table_for_screen(references: Sequence[FoundReference], screen: Files, numbers: Mapping[str, str]) -> pd.DataFrame:
    """Return references as the screen shows them; the columns on other files only where there are several."""
    columns = {
        "Number": [number_in_words(each) for each in references],
        "Name": [each.name or each.title for each in references],
        "Cited by": [listed(list(each.cited_by)) for each in references],
        "Against claims": [_with_numbers(claims_in_words(each), numbers) for each in references],
        "Used in": ["; ".join(dict.fromkeys(map(ground_in_words, each.grounds))) for each in references],
        "Where": [where_in_words(each) for each in references],
    }
    if len(numbers) > 1:
        columns |= {
            "Cited in": [_files(each.files, numbers) for each in references],
            "Not cited in": [_files(not_cited_in(each, screen), numbers) for each in references],
            "Not known in": [_files(not_known_in(each, screen), numbers) for each in references],
        }
    return pd.DataFrame(columns).astype("str").replace("", None)


def number_in_words(reference: FoundReference) -> str:
    """Return the number of a reference, or that it cannot be read."""
    legible = all(mention.legible for mention in reference.mentions)
    return reference.number if legible else "not legible"


def where_in_words(reference: FoundReference) -> str:
    """Return in which ways a reference is cited: `examiner's list (PTO-892); ground of rejection`."""
    ways = [_CITED_IN[mention.cited_in] for mention in reference.mentions]
    lined = ["lined through"] if any(mention.considered is False for mention in reference.mentions) else []
    return "; ".join(dict.fromkeys([*ways, *lined]))


def _files(keys: Sequence[str], numbers: Mapping[str, str]) -> str:
    return ", ".join(numbers.get(key, key) for key in keys)


def _with_numbers(words: str, numbers: Mapping[str, str]) -> str:
    """Return words with the display numbers of files in place of their keys."""
    for key, number in numbers.items():
        words = words.replace(f"{key}: ", f"{number}: ")
    return words


def _draw_ticked(
    desk: Desk, ticked: Sequence[FoundReference], verdicts: Verdicts, *, numbers: Mapping[str, str], user: str
) -> None:
    """Draw the look-up of the references ticked, and where each of them is cited."""
    if not ticked:
        st.caption("Tick references to see where they are cited, or to put their numbers into the box.")
        return
    _draw_look_up(ticked)
    drawn: set[tuple[PaperRef, str]] = set()
    for reference in ticked[:_MOST_SHOWN]:
        st.markdown(f"**{escape_markdown(reference.words)}**")
        for mention in places_of(reference):
            file = f"{numbers.get(mention.history, mention.history)}: " if len(numbers) > 1 else ""
            place = mention.paper.paper, mention.finding
            if place in drawn:
                _draw_again(mention, reference, file=file)
            else:
                draw_finding(desk, mention.paper, shown_mention(mention, file=file), verdicts, user=user)
            drawn.add(place)
    if len(ticked) > _MOST_SHOWN:
        st.caption(f"{counted(len(ticked) - _MOST_SHOWN, 'further reference')} ticked.")


def places_of(reference: FoundReference) -> list[Mention]:
    """Return the places in which a reference is cited, each once: a ground may name it twice."""
    return list({(mention.paper.paper, mention.finding): mention for mention in reversed(reference.mentions)}.values())[
        ::-1
    ]


def _draw_again(mention: Mention, reference: FoundReference, *, file: str) -> None:
    """Draw a place that is drawn already for another reference: a ground that uses both."""
    shown = shown_mention(mention, file=file)
    key = finding_key("page_again", mention.paper.paper, mention.finding, reference.words)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"{key}_row"):
        draw_page_button(mention.paper.paper, mention.quote, key=key, about=shown.words)
        st.markdown(shown.markdown, width="stretch")


def shown_mention(mention: Mention, *, file: str = "") -> ShownFinding:
    """Return a place in which a reference is cited as it is drawn.

    Args:
        mention: the place.
        file: what is said of its file before its paper.
    """
    notes = ["lined through: not considered"] if mention.considered is False else []
    notes += [] if mention.legible else ["its number cannot be read"]
    parts = [f"{file}{paper_in_words(mention.paper, 0)}", how_read(mention.paper.content)]
    if mention.ground is not None:
        parts.insert(1, ground_in_words(mention).partition(" (")[0])
    lead = _CITED_IN[mention.cited_in]
    return ShownFinding(
        mention.finding,
        " · ".join(parts),
        lead=lead[:1].upper() + lead[1:],
        quotes=(mention.quote,),
        confidence=mention.confidence,
        notes=tuple(notes),
    )


def _draw_look_up(ticked: Sequence[FoundReference]) -> None:
    numbers = numbers_to_look_up(ticked)
    if not numbers:
        st.caption("No number of these can be looked up here.")
        return
    st.button(
        f"Look up: put {counted(len(numbers), 'number')} into the box",
        key="look_up_references",
        on_click=put_into_box,
        args=(numbers,),
        help="They are added to the numbers above. Nothing is asked of the service, and nothing charged, before you "
        "press the button there.",
    )


def numbers_to_look_up(references: Sequence[FoundReference]) -> list[str]:
    """Return the numbers of references that the box of numbers understands, each once."""
    return list(dict.fromkeys(each.number for each in references if each.number and written(each.number)))


def put_into_box(numbers: Sequence[str]) -> None:
    """Add numbers to those in the box, and unfold it; nothing is looked up by that."""
    text = str(st.session_state.get(NUMBERS_TEXT, "")).rstrip()
    there = set(text.splitlines())
    st.session_state[NUMBERS_TEXT] = "\n".join(filter(None, [text, *(each for each in numbers if each not in there)]))
    st.session_state[INTAKE_FOLDED] = False
