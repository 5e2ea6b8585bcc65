"""Every key of the session state that is read or set by name: what it holds, and who sets it.

Keys that only identify a button, a link or a table stand beside it. What is part of the view, and so of a copied link,
stands in the table of `address.FIELDS` too.
"""

from typing import Final

from components.histories import PaperRef

VISITOR: Final = "visitor"
"""The `Person` for whom the page was drawn last, where people log in; the guard sets it."""

STYLED: Final = "styled"
"""Whether the stylesheet was sent before in this visit."""

# The view: set by its widget, by the address, and by what clears the filters.
NUMBERS_TEXT: Final = "box"
"""Text of the box with the numbers; an example sets it too."""
CHOSEN_CODES: Final = "filter_codes"
"""List of the document codes chosen in the filter."""
CHOSEN_SIDES: Final = "filter_side"
"""List of the sides chosen in the filter."""
CHOSEN_CATEGORIES: Final = "filter_category"
"""List of the categories chosen in the filter."""
CHOSEN_ROUNDS: Final = "filter_rounds"
"""List of the numbers of the rounds chosen in the filter."""
CHOSEN_DATES: Final = "filter_dates"
"""Tuple of first and last day chosen; empty, or the first day alone while somebody is choosing."""
FIND_TEXT: Final = "filter_find"
"""Words to find in descriptions."""
READING_LIST: Final = "reading_list"
"""Name of the reading list chosen."""
GROUPING: Final = "group"
"""What the documents are grouped by, one of `address.GROUPINGS`."""
OLDEST_FIRST: Final = "oldest_first"
"""Whether the documents stand oldest first."""
HIDDEN_COLUMNS: Final = "hidden_columns"
"""List of the columns hidden in the table of documents; the choice of columns sets it."""
WANTED_COLUMNS: Final = "wanted_columns"
"""List of the columns shown although the table has no room for them; the choice of columns sets it."""
ALL_DOCUMENTS: Final = "all_documents"
"""Whether the timeline shows all documents, not the key events alone."""
AXIS: Final = "axis"
"""What the timeline's axis counts, one of `address.AXES`."""
SHOW_CALENDAR: Final = "show_calendar"
"""The button that puts files on one calendar that were drawn in months."""
FILE_GROUPS: Final = "file_groups"
"""Tuple of each `FileGroup` into which the visitor has put files; "Groups" sets it."""
FILTER_TIMELINE: Final = "filter_timeline"
"""Whether the timeline shows only what passes the filters."""
OPEN_PAPER: Final = "open_paper"
"""`PaperRef` of the document in the reader, or `None`; a click on a row or an event and the reader's buttons set it."""
OPEN_PAGE: Final = "open_page"
"""Number of the page at which the paper in the reader opens, or `None` for its beginning; `opened.open_paper` sets it
with the paper."""
OPEN_PLACES: Final = "open_places"
"""Tuple of the `Box` of each line that is marked on that page, of a passage that was opened; `opened.open_paper` sets
it with the page."""
FIND_INSIDE: Final = "find_inside"
"""What is searched for inside the papers, in the syntax of `page_texts.parse_query`."""
INSIDE_SCOPE: Final = "inside_scope"
"""In which papers that is searched for, one of `address.INSIDE_SCOPES`."""
INSIDE_VIEW: Final = "inside_view"
"""What the tab "Inside" shows, one of `address.INSIDE_VIEWS`."""
SELECTED_EVENTS: Final = "selected_events"
"""Tuple of the `PaperRef` of each event selected with the box on the timeline; the timeline sets it."""

# Widgets in a popover.
SEEDS: Final = "seeds"
"""Dictionary from the key of each choice made in a popover to how many widgets it has had and with what the last of
them began; `seeded` sets it."""

# The window.
WINDOW_WIDTH: Final = "window_width"
"""Width of the window in pixels without its scroll bar; set by the script that measures it."""

# The address: set by `address_bar`.
LAST_ADDRESS: Final = "last_address"
"""Parameters of the address as last read or written."""
LAST_VIEW: Final = "last_view"
"""The view when the address was last written."""

# Numbers and look-ups.
INTAKE_FOLDED: Final = "intake_folded"
"""Whether the intake is one line where histories are shown: set by a link, an example and the button that looks up."""
UPLOADED_LIST: Final = "uploaded_list"
"""Name and bytes of the list that was uploaded; set by the upload, gone with "Remove the list"."""
REMOVED_UPLOADS: Final = "removed_uploads"
"""How many lists were removed, because each removal brings an empty upload with a key of its own."""
EXAMPLE_ASKED: Final = "load_example"
"""Whether an example was clicked that is to be looked up at once; the run after the click takes it."""
PRESSED: Final = "pressed"
"""Key of the button that was pressed to spend, also where it cannot be pressed any more; the run after it takes it."""
PRICE_SHOWN: Final = "price_shown"
"""How many charges the button of the look-up named when it was drawn last."""
JOB: Final = "job"
"""Id of the look-up that this session watches; set when one begins, is resumed or is found again."""
ARRIVED_AND_DRAWN: Final = "arrived_and_drawn"
"""How many histories of the running look-up have been drawn, and when (monotonic seconds); set by its progress."""
REFRESH_ASKED: Final = "refresh_asked"
"""`Plan` of the refresh that was clicked, as it was when its button was drawn, and when (monotonic seconds); the run
after the click takes it."""

TAKEN_BACK: Final = "taken_back"
"""How many histories were taken back from the file that is uploaded, and the numbers that they were asked for by."""

# What needs a right.
ASKED_FOR: Final = "asked_for"
"""What a callback or a dialog asks for, as a function of desk and person, and when (monotonic seconds): the next whole
run takes it after its guard."""

# The chosen histories and their documents.
READER_WIDTH: Final = "reader_width"
"""How much of the window the reader takes, a name in `pane.SHARES`."""
OPEN_TAB: Final = "open_tab"
"""Label of the tab below the timeline that is open."""
OFFERED_HISTORIES: Final = "offered_histories"
"""Keys of the histories from which some are picked; set when they are offered."""
PICKED_HISTORIES: Final = "picked_histories"
"""List of the keys picked from those offered."""
DOCUMENT_TABLE: Final = "documents"
"""Selection of the table of documents as Streamlit keeps it, by positions; put back where the documents stand now."""
TABLE_COLUMNS: Final = "table_columns"
"""List of the lists of columns that the table of documents showed in the last two runs."""
TICKED: Final = "ticked_documents"
"""Frozenset of the `PaperRef` of each document ticked, listed at present or not; the table and "Untick all" set it."""
SHOWN_COLUMNS: Final = "shown_columns"
"""List of the columns ticked in the choice of columns: those that the table shows; the table and the choice set it."""
SEARCHABLE_PDF: Final = "searchable_pdf"
"""Whether one PDF gets what was read behind its scanned pages."""
PACK_IDS: Final = "packs"
"""Dictionary from kind of pack (`zip`, `pdf`) to the id of the pack of that kind that was asked for last."""

# Inside the papers.
WAS_INSIDE: Final = "was_inside"
"""Whether their tab was open when the tabs were drawn last."""
READ_WHAT: Final = "read_what"
"""Name of what is to be read inside: `ticked`, or a reading list."""
TICKED_SEEN: Final = "ticked_seen"
"""Whether papers were ticked when that was chosen last."""
SEEN_READINGS: Final = "seen_readings"
"""Frozenset of the ids of readings whose end this session has put aside; "Dismiss" sets it."""
HITS: Final = "inside_hits"
"""What the list of hits triggers: `open`, a hit as text; `more`, that more papers are to be shown."""
PAPERS_SHOWN: Final = "papers_shown"
"""The search for which more papers with hits are shown than at first, and how many at most."""
INSIDE_FOUND: Final = "inside_found"
"""What was searched for last, among which papers, and the `SearchResult`."""
CLICKED_HIT: Final = "clicked_hit"
"""`Target` of the hit that was clicked, for the run after the click; it takes it."""
WORDS_KIND: Final = "words_kind"
"""Of which kind the statements are that the view "In their own words" shows, one of `words_view.KINDS`, or `all`."""
WORDS_GROUND: Final = "words_ground"
"""The ground that the statements shown answer, as in `Statement.statute`; `None` for all."""
WORDS_BY_PAGE: Final = "words_by_page"
"""Whether statements stand in the order of their pages, not the most telling first."""
CITED_SHOWN: Final = "cited_shown"
"""Which references are shown, one of `references_view.CHOICES`."""
FIND_REFERENCE: Final = "find_reference"
"""Words to find in the table of references."""
PASSAGES_OPENED: Final = "passages_opened"
"""How many passages were opened: one that is opened again is shown again."""
READ_OF_FILES: Final = "read_of_files"
"""Name of the reading list of which the papers of the files ticked on the Portfolio are to be read inside."""
FIND_IN_ALL: Final = "find_in_all"
"""What is searched for inside the papers on the Portfolio."""

# The timeline.
TIMELINE: Final = "timeline"
"""Selection of the timeline as Streamlit keeps it."""
TIMELINE_STRIP: Final = "timeline_strip"
"""What the strip that walks the timeline by keyboard triggers: `open`, a `PaperRef` as text."""
TIMELINE_FIGURE: Final = "timeline_figure"
"""The figure of the whole timeline and what it was made from."""
PICTURE_FORMAT: Final = "picture_format"
"""Format of the picture that the camera saves, `svg` or `png`."""

# The Usage page.
CLOSING_NOTE: Final = "closing_note"
"""The note with which uncertain charges are to be closed."""
ADMINISTERED: Final = "administered"
"""Whether what an administrator asked for has just been done, and what it did or why not; drawn next, it is gone."""
ADMINISTRATION: Final = "administration"
"""Name of the part of the administration that is shown."""
CAP_OF_PERSON: Final = "cap_of_person"
"""Name of the person whose cap is to be set or removed."""
CAP_PER_DAY: Final = "cap_per_day"
"""How many patents a day that cap is to allow."""
DELETION_WHAT: Final = "deletion_what"
"""What is to be deleted, a `person` or a `workspace`."""
DELETION_NAME: Final = "deletion_name"
"""Name of the person or of the workspace that is to be deleted; the key goes on with which of both it is."""
DELETION_TYPED: Final = "deletion_typed"
"""That name as it was typed once more."""
CLOSING_REPORT: Final = "closing_report"
"""Whether the closing of uncertain charges has just worked, and what it did or why not; what is drawn next takes it."""


def upload_key(count: int) -> str:
    """Return the key of the upload; each removal of a list brings an upload with the next count."""
    return f"upload_{count}"


def reading_key(typed: str) -> str:
    """Return the key of the choice between the readings of an ambiguous number."""
    return f"choice_{typed}"


def seeded_key(key: str, count: int) -> str:
    """Return the key of the widget in a popover that follows so many others of the same choice."""
    return f"{count}_{key}"


def read_key(paper: PaperRef) -> str:
    """Return the key of the tick that says that a paper was read."""
    return f"read_{paper.history}_{paper.document}"


def group_colour_key(name: str) -> str:
    """Return the key of the choice of a group's colour."""
    return f"group_colour_{name}"


def note_key(paper: PaperRef) -> str:
    """Return the key of the note on a paper."""
    return f"note_{paper.history}_{paper.document}"


def clicked_cell_key(grid: str) -> str:
    """Return the key of what was clicked last in a grid of grounds, by the key of the grid."""
    return f"clicked_in_{grid}"


def offer_key(button: str) -> str:
    """Return the key of the token under which the file of a button is offered, by the key of that button."""
    return f"offer_{button}"
