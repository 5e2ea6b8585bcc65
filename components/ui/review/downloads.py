"""The downloads: the selected documents as files of every format, made when somebody asks for them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from components.documents import Pack, PackKind, Packs
from components.exports import Selection, csv_of, has_open_dates, html_of, ics_of, package_name, text_of, xlsx_of
from components.histories import PaperRef
from components.history_tables import HistoryTables
from components.page_texts import ReadPaper
from components.prosecution import in_reading_order
from components.ui.app.base_path import base_path
from components.ui.app.guard import guarded_callback, guarded_fragment
from components.ui.app.lifespan import routes_are_served
from components.ui.escape import escape_markdown
from components.ui.review.groups import groups_in_state, names_of_groups
from components.ui.review.inside.contents import InsideOfFiles
from components.ui.review.paper_refs import refs_of
from components.ui.review.reviewed import ReviewedHistories, all_findings, summaries_of
from components.ui.review.table_selection import ticked_papers
from components.ui.review.text_to_take import ReadInside, draw_text_choice, text_is_wanted
from components.ui.review.timeline_view import TimelineSettings
from components.ui.state import PACK_IDS
from components.ui.take_away import offer_file
from components.words import counted

_MIMES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html",
    "ics": "text/calendar",
    "txt": "text/plain",
}
_PACK_LABELS: dict[PackKind, str] = {"zip": "PDFs (zip)", "pdf": "One PDF"}


def draw_downloads(
    tables: HistoryTables,
    packs: Packs,
    reviewed: ReviewedHistories,
    documents: pd.DataFrame,
    listed: pd.DataFrame,
    *,
    user: str,
    inside: ReadInside | None = None,
    said: InsideOfFiles | None = None,
) -> None:
    """Draw the downloads of the current selection: the documents ticked, or else those listed.

    Args:
        tables: for findings and summaries.
        packs: makes the files of many PDFs.
        reviewed: the chosen histories.
        documents: all their documents, with `link`, `read` and `note`.
        listed: the documents listed, in their order.
        user: who downloads them.
        inside: gives what was read inside papers; without it no file says anything of that.
        said: what the read papers say by the rules, with the marks of people.
    """
    rows = documents_to_take(documents, listed, ticked_papers())
    maker = _SelectionMaker(tables, reviewed, rows, inside, said)
    basic = maker.basic()
    read = maker.papers_read()
    # Read now, because files are made on a click, outside of the session.
    settings = TimelineSettings.from_switches(reviewed.today, said.grounds if said else {})
    st.markdown(f"**Take away** the {selected_in_words(rows, listed)}")
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        offer = partial(_offer, basic)
        offer("CSV", suffix="csv", data=lambda: csv_of(maker.whole(maker.with_papers())), words="For other programs",
              disabled=rows.empty)  # fmt: skip
        offer(
            "Excel",
            suffix="xlsx",
            data=lambda: xlsx_of(maker.whole(maker.full())),
            words="Documents, rounds, metrics, findings and what papers say, each with filters on a sheet of its own",
            disabled=rows.empty,
        )
        offer(
            "Report",
            suffix="html",
            data=lambda: html_of(maker.full(), figure=settings.figure(reviewed, reviewed.tables.documents, dark=False)),
            words="A page for a client or a colleague: opens offline and without a login",
            disabled=rows.empty,
        )
        for kind, label in _PACK_LABELS.items():
            st.button(
                label,
                key=f"pack_{kind}",
                on_click=guarded_callback(_start_pack),
                args=(packs, kind, maker, user, inside),
                disabled=rows.empty,
                help="In reading order, with contents. Papers opened before come from the store; nothing is charged.",
            )
        opens = not reviewed.due.empty and has_open_dates(basic, reviewed.today)
        words = "Computed open dates, tentative, with their authority"
        _offer(
            basic,
            "Calendar",
            suffix="ics",
            data=lambda: ics_of(maker.basic(), today=reviewed.today),
            words=words if opens else "No computed date is open in these file histories",
            disabled=not opens,
        )
        if inside is not None:
            offer(
                "Text",
                suffix="txt",
                data=lambda: text_of(maker.whole(maker.for_reading()), inside.pages),
                words=_text_in_words(read, len(rows)),
                disabled=not any(paper.read for paper in read.values()),
            )
    if inside is not None:
        draw_text_choice(inside, refs_of(rows), read)
    _draw_packs(packs, user=user)


def _text_in_words(read: Mapping[PaperRef, ReadPaper], selected: int) -> str:
    pages = sum(paper.read for paper in read.values())
    if not pages:
        return "None of these papers was read inside so far"
    papers = sum(bool(paper.read) for paper in read.values())
    return f"What {counted(papers, 'document')} of {selected:,} say on {counted(pages, 'page')}, as far as read"


def selected_in_words(rows: pd.DataFrame, listed: pd.DataFrame) -> str:
    """Return how many documents are taken away, and why these: `1 document ticked`, `184 documents listed`."""
    return f"{counted(len(rows), 'document')} {'listed' if rows is listed else 'ticked'}"


class _SelectionMaker:
    """Makes the selection of a file once the file is asked for, with findings and summaries only where it has them."""

    def __init__(
        self,
        tables: HistoryTables,
        reviewed: ReviewedHistories,
        rows: pd.DataFrame,
        inside: ReadInside | None,
        said: InsideOfFiles | None,
    ) -> None:
        self._said = said or InsideOfFiles()
        self._tables, self._reviewed, self._inside = tables, reviewed, inside
        # In a file a link follows the address of the app, which ends in the base path.
        self._rows = rows.assign(link=rows["link"].str.removeprefix(base_path()))
        self._base_url = _own_address()
        self._groups = names_of_groups(groups_in_state())

    def basic(self) -> Selection:
        """Return the selection without findings and summaries."""
        return Selection(
            documents=self._rows,
            histories=self._reviewed.tables.histories,
            rounds=self._reviewed.tables.rounds,
            titles=self._reviewed.numbers,
            findings=pd.DataFrame(),
            made=datetime.now(UTC),
            base_url=self._base_url,
            groups=self._groups,
        )

    def with_papers(self) -> Selection:
        """Return the selection with what was read inside its papers."""
        said = self._said
        return replace(self.basic(), papers_read=self.papers_read(), contents=said.papers, verdicts=said.verdicts)

    def full(self) -> Selection:
        """Return the selection with findings and summaries."""
        headlines = self._reviewed.headlines
        findings, sentences = all_findings(self._tables, headlines), summaries_of(self._tables, headlines)
        return replace(self.with_papers(), findings=findings, stories=sentences)

    def whole(self, selection: Selection) -> Selection:
        """Return a selection with codes and descriptions as the service gave them, however long."""
        held = self._tables.of(self._reviewed.headlines)
        return replace(selection, documents=held.with_whole_texts(selection.documents))

    def for_reading(self) -> Selection:
        """Return the selection in reading order."""
        return replace(self.with_papers(), documents=in_reading_order(self._rows))

    def papers_read(self) -> dict[PaperRef, ReadPaper]:
        """Return how far the papers of the selection are read by now; those of which nothing was read are left out."""
        if self._inside is None or self._rows.empty:
            return {}
        papers = self._inside.papers(self._rows["history"].unique().tolist())
        return {ref: papers[ref] for ref in refs_of(self._rows) if ref in papers}


def documents_to_take(documents: pd.DataFrame, listed: pd.DataFrame, ticked: frozenset[PaperRef]) -> pd.DataFrame:
    """Return the documents to take away: those ticked, or all that are listed if none is ticked.

    Ticked documents that are listed come first, in the order of the list; then the others, in the order of the file.

    Args:
        documents: all documents of the chosen histories.
        listed: the documents listed, in their order; returned as they are if none of `documents` is ticked.
        ticked: the papers ticked, in these histories or in others.
    """
    if not ticked:
        return listed
    papers = refs_of(listed)
    here = listed[[paper in ticked for paper in papers]]
    rest = ticked.difference(papers)
    elsewhere = documents[[paper in rest for paper in refs_of(documents)]] if rest else documents.iloc[:0]
    return listed if here.empty and elsewhere.empty else pd.concat([here, elsewhere], ignore_index=True)


def _offer(basic: Selection, label: str, *, suffix: str, data: Callable[[], bytes], words: str, disabled: bool) -> None:
    """Draw the download of one format, whose file is made on a click."""
    offer_file(
        label,
        data=data,
        file_name=package_name(basic, suffix),
        mime=_MIMES[suffix],
        key=suffix,
        words=words,
        disabled=disabled,
    )


def _own_address() -> str:
    """Return the address of this app as the browser has it, so that links in a file work for a colleague."""
    parts = urlsplit(st.context.url or "")
    return f"{parts.scheme}://{parts.netloc}{base_path()}" if parts.netloc else ""


def _start_pack(packs: Packs, kind: PackKind, maker: _SelectionMaker, user: str, inside: ReadInside | None) -> None:
    selection = maker.for_reading()
    if kind == "zip":  # its list of contents is a file of data
        selection = maker.whole(selection)
    texts = inside.pages if inside is not None and text_is_wanted() else None
    pack = packs.start(selection, kind, user=user, texts=texts)
    st.session_state[PACK_IDS] = st.session_state.get(PACK_IDS, {}) | {kind: pack.id}


def _draw_packs(packs: Packs, *, user: str) -> None:
    for kind, pack_id in dict(st.session_state.get(PACK_IDS, {})).items():
        pack = packs.get(pack_id, user=user)
        if pack is None:
            continue
        if pack.ended:
            _draw_ended(pack, kind)
        else:
            _watch_pack(pack, kind)


@guarded_fragment(run_every=0.5)
def _watch_pack(pack: Pack, kind: PackKind) -> None:
    """Draw the progress of a pack; when it has ended, the page is drawn anew."""
    progress = pack.snapshot()
    if progress.state not in {"running", "stopping"}:
        st.rerun(scope="app")
    with st.container(horizontal=True, vertical_alignment="center"):
        share = progress.done / progress.total if progress.total else 1.0
        missing = f", {progress.missing:,} missing" if progress.missing else ""
        words = f"{_PACK_LABELS[kind]}: {progress.done:,} of {progress.total:,} documents{missing}"
        st.progress(share, text=words)
        if progress.state == "running":
            st.button("Stop", key=f"stop_{kind}", on_click=guarded_callback(pack.stop))


def _draw_ended(pack: Pack, kind: PackKind) -> None:
    progress = pack.snapshot()
    with st.container(horizontal=True, vertical_alignment="center"):
        if progress.state == "ready":
            _draw_saving(pack, kind, f"Save {escape_markdown(progress.name)} · {progress.size / 1_000_000:,.1f} MB")
        words = progress.message or {"ready": "It is kept for an hour.", "stopped": "Stopped."}.get(progress.state, "")
        if progress.state == "failed":
            st.error(escape_markdown(words))
        else:
            st.caption(escape_markdown(words), width="stretch")
        st.button("Dismiss", key=f"dismiss_{kind}", type="tertiary", on_click=_dismiss_pack, args=(kind,))


def _draw_saving(pack: Pack, kind: PackKind, label: str) -> None:
    key = f"save_{kind}"
    if routes_are_served():
        st.link_button(label, f"{base_path()}{pack.link}", type="primary", key=key)
        return
    file = pack.file
    if file is not None:
        st.download_button(
            label,
            data=file.read_bytes,
            file_name=pack.name,
            mime="application/zip" if kind == "zip" else "application/pdf",
            key=key,
            on_click="ignore",
            type="primary",
        )


def _dismiss_pack(kind: PackKind) -> None:
    st.session_state[PACK_IDS] = {other: pack for other, pack in st.session_state[PACK_IDS].items() if other != kind}
