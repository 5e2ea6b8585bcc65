"""Text that others wrote is shown letter by letter: it links nowhere, loads nothing, runs nothing, draws nothing."""

import itertools
import os
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TypedDict
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page

from components.desk import open_desk
from components.histories import FileHistory
from components.sandbox.recordings import recorded_histories
from components.settings import Settings
from tests.browser.conftest import (
    BOX,
    TALL,
    calm,
    event_at,
    events,
    look_up_button,
    open_page,
    settled,
    table_rows,
    tick_row,
)
from tests.browser.hostile_texts import BETWEEN, HARMLESS, hostile_texts
from tests.conftest import ROOT, App, AppStarter, free_port, serving
from tests.patsnap.service import Server, refusal
from tests.seeding import history_of
from tests.store.made import reservations


class Shown(TypedDict):
    """What a container of markdown shows."""

    words: str
    tips: str
    parts: list[str]


_CONTAINERS = "[data-testid='stMarkdownContainer'], [data-testid='stCaptionContainer']"
_SHOWN = """([within, containers]) => {
    const named = ["href", "src", "role", "style", "class"];
    const kind = (part) => [part.tagName, ...named.map((name) => part.getAttribute(name))].join(" ");
    const shown = (box) => ({
        words: box.textContent,
        tips: [...box.querySelectorAll("[title]")].map((part) => part.title).join(" "),
        parts: [...box.querySelectorAll("*")].map(kind),
    });
    return Object.fromEntries([...document.querySelectorAll(within)].map((sink) => [
        [...sink.classList].find((name) => name.startsWith("st-key-sink_")) ?? within,
        [...sink.querySelectorAll(containers)].map(shown),
    ]));
}"""
"""Return what stands in each container of markdown within elements: words, tips, and the parts it is made of."""
_LEADS = """() => {
    const parts = document.querySelectorAll(
        "a, area, [href], [src], [srcset], [action], iframe, object, embed, base, meta[http-equiv], .katex, math");
    const address = (part) => part.href?.baseVal ?? part.href ?? part.src ?? part.action;
    return [...parts].map((part) => address(part) || part.outerHTML.slice(0, 300));
}"""
"""Return the addresses of what leads elsewhere or is loaded, and formulas."""
WORDS = (
    "www.evil.example me@evil.example https://evil.example/ :streamlit: :material_home: <b>b</b> ![x](http://x) -- x"
)
"""Words that would come alive in several ways."""
DESCRIBED, NAMED = "US7000001B2", "US7000002B2"
"""Numbers of hostile histories."""
LIVE = "[aria-label='home icon'], img[alt='Streamlit logo'], .js-plotly-plot a, .js-plotly-plot image"
"""What Streamlit or plotly draws of such words."""
_NAVIGATION = "[data-testid='stSidebarNav']"
_TOAST = "[data-testid='stToast']"
_TOOLTIP = "[data-testid='stTooltipContent']"
_DIALOG = "[role='dialog']"


class Listener(ThreadingHTTPServer):
    """A web server that answers nothing and counts who asks."""

    daemon_threads = True

    def __init__(self) -> None:
        self.asked: list[str] = []
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                listener.asked.append(self.path)
                self.send_error(404)

            def log_message(self, *_: object) -> None:
                """Log nothing."""

        super().__init__(("127.0.0.1", 0), Handler)

    @property
    def host(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self.server_address[1]}"


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    """A listener for everything that a text may load."""
    with Listener() as waiting:
        thread = Thread(target=waiting.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield waiting
        waiting.shutdown()
        thread.join()


class Watch:
    """What a page opens, asks for and links to that is not the app's own."""

    def __init__(self, page: Page, origin: str) -> None:
        self._page, self._origin = page, origin
        self._events: list[str] = []
        page.on("dialog", self._dismiss)
        page.on("popup", lambda popup: self._events.append(f"tab {popup.url}"))
        page.on("request", lambda request: self._events.append(f"request {request.url}"))

    def _dismiss(self, dialog: Dialog) -> None:
        self._events.append(f"dialog {dialog.message}")
        dialog.dismiss()

    def foreign(self) -> list[str]:
        """Return dialogs, tabs, requests, and what the page holds now that leads or is loaded from elsewhere."""
        events = self._events + [f"part {part}" for part in self._page.evaluate(_LEADS)]
        own = re.compile(rf"(request|part) ({re.escape(self._origin)}(/|$)|data:|blob:|about:blank)")
        return [event for event in events if not own.match(event)]


@pytest.fixture(scope="module")
def every_widget(listener: Listener, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page with every text in every widget; it has no Content-Security-Policy."""
    folder, port = tmp_path_factory.mktemp("widgets"), free_port()
    env = {**os.environ, "LISTENER": listener.host, "HOME": str(folder), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "streamlit", "run", "tests/browser/every_widget.py", "--server.port", str(port),
               "--server.address", "127.0.0.1", "--server.headless", "true"]  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    with serving(command, f"{url}/_stcore/health", cwd=ROOT, env=env, log=folder / "log"):
        yield url


def open_to_the_end(page: Page, url: str) -> None:
    """Open the page with every text, and wait until each widget is drawn."""
    page.goto(url)
    page.wait_for_selector(".st-key-drawn_to_the_end")
    settled(page)
    page.wait_for_selector("[data-testid='stSkeleton']", state="detached")


def shown(page: Page, within: str) -> dict[str, list[Shown]]:
    """Return what each container of markdown within some elements shows, by the name of the element."""
    found: dict[str, list[Shown]] = page.evaluate(_SHOWN, [within, _CONTAINERS])
    return found


def letters(text: str) -> str:
    """Return a text without what is not drawn: blanks, controls, joiners and direction marks."""
    return "".join(each for each in text if unicodedata.category(each) not in {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})


def told(faults: list[str]) -> str:
    """Return faults with their number in each widget."""
    counts = Counter(fault.split(":")[0] for fault in faults)
    return "\n".join([f"{len(faults)} faults in {len(counts)} widgets: {dict(counts)}", *faults[:40]])


def faults_one_by_one(sink: str, found: list[Shown], texts: list[str]) -> list[str]:
    """Return which texts are drawn otherwise than the harmless one, the first of them."""
    each, rest = divmod(len(found), len(texts))
    if not each or rest:
        return [f"{sink}: {len(found)} containers for {len(texts)} texts"]
    faults = []
    for index, text in enumerate(texts):
        for harmless, drawn in zip(found[:each], found[index * each : (index + 1) * each], strict=True):
            if drawn["parts"] != harmless["parts"]:
                faults.append(
                    f"{sink}: {text!r} brings {[part for part in drawn['parts'] if part not in harmless['parts']]}"
                )
            for kind in ("words", "tips"):
                wanted = letters(harmless[kind].replace(HARMLESS, text))
                if letters(drawn[kind]) != wanted:
                    faults.append(f"{sink}: {text!r} is read as {drawn[kind]!r}")
    return faults


def faults_in_one(sink: str, found: list[Shown], texts: list[str]) -> list[str]:
    """Return what is not as it should be where all texts stand in one widget."""
    words, parts = "".join(each["words"] for each in found), [part for each in found for part in each["parts"]]
    faults = [f"{sink}: brings {part}" for part in parts if not part.startswith("P ")]
    if letters(words) != letters("".join(texts)):
        faults.append(f"{sink}: is read as {words!r}")
    return faults


@pytest.mark.slow
def test_every_widget_shows_every_text_letter_by_letter(page: Page, every_widget: str, listener: Listener) -> None:
    """Each text brings the same elements as a harmless word, and is read as it was written."""
    watch = Watch(page, every_widget)
    open_to_the_end(page, every_widget)
    texts = [HARMLESS, *hostile_texts(listener.host)]
    widgets = shown(page, "[class*='st-key-sink_']")
    faults = []
    for name, found in widgets.items():
        if "sink_label_" in name:
            faults += faults_in_one(name, found[:1], [BETWEEN.join(texts)])
        else:
            faults += faults_one_by_one(name, [each for each in found if each["words"] != "x"], texts)
    assert not faults, told(faults)
    assert len(widgets) > 40
    assert watch.foreign() == listener.asked == []


@pytest.mark.slow
def test_what_comes_and_goes_shows_every_text_letter_by_letter(
    page: Page, every_widget: str, listener: Listener
) -> None:
    """So do the names of pages, a toast, the help of a button, and the title of a dialog."""
    watch = Watch(page, every_widget)
    open_to_the_end(page, f"{every_widget}/?passing=yes")
    texts = [HARMLESS, *hostile_texts(listener.host)]
    faults = faults_one_by_one("navigation", shown(page, _NAVIGATION)[_NAVIGATION], texts)
    faults += faults_in_one("toast", shown(page, _TOAST)[_TOAST], texts)
    page.get_by_role("button", name="Help", exact=True).hover()
    page.wait_for_selector(_TOOLTIP)
    faults += faults_in_one("help", shown(page, _TOOLTIP)[_TOOLTIP], texts)
    page.get_by_role("button", name="Dialog", exact=True).press("Enter")
    page.wait_for_selector(_DIALOG)
    faults += faults_in_one("dialog", shown(page, _DIALOG)[_DIALOG][:1], [BETWEEN.join(texts)])
    assert not faults, told(faults)
    assert watch.foreign() == listener.asked == []


@pytest.fixture(scope="module")
def hostile_app(listener: Listener, start_app: AppStarter, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """An app that holds file histories full of these texts, whose service refuses every call with such words."""
    texts = hostile_texts(listener.host)
    store = tmp_path_factory.mktemp("hostile") / "data" / "store.db"
    with Server(lambda _: refusal(68300004, f"{WORDS} {texts[0]}")).running() as service:
        settings = {"PATSNAP_BASE_URL": service.base, "PATSNAP_API_KEY": "sk-hostile"}
        named = {name.lower(): value for name, value in settings.items()}
        desk = open_desk(Settings(**named, review_store_url=f"sqlite:///{store}"))
        for number, history in hostile_histories(texts).items():
            desk.store.save(history, names=[number])
        desk.store.begin_look_up(f"run {WORDS}", user="local", numbers=[(text, text) for text in texts])
        desk.store.end_look_up(f"run {WORDS}", state="halted", message=WORDS)
        desk.store.reserve(reservations("request 1", WORDS, user="local", run=f"run {WORDS}"))
        desk.store.settle("request 1", billed=[], rest="uncertain", note=WORDS)
        desk.close()
        yield start_app(store=store, **settings)


def hostile_histories(texts: list[str]) -> dict[str, FileHistory]:
    """Return file histories by a number that leads to each: one of hostile descriptions, one of hostile names, too."""
    plain = history_of(next(each for each in recorded_histories() if each.apno == "US14/412875"))
    papers = plain.documents
    described = [f"{text} {WORDS}" for text, _ in zip(itertools.cycle(texts), papers.code, strict=False)]
    named = [code if index % 2 else text for index, (text, code) in enumerate(zip(described, papers.code, strict=True))]
    return {
        DESCRIBED: replace(
            plain, apno="US14/700001", patent_number=DESCRIBED, patent_id="1",
            documents=replace(papers, description=described),
        ),
        NAMED: replace(
            plain, apno=f"US14/700002 {WORDS}", patent_number=f"US7000002 {WORDS}", patent_id="2",
            documents=replace(papers, description=described, code=named), findings=findings_of(texts),
        ),
    }  # fmt: skip


def findings_of(texts: list[str]) -> tuple[str, ...]:
    """Return some of these texts, from every kind; no store keeps a NUL."""
    return tuple(text for text in texts[::4] if "\0" not in text)


@pytest.fixture(scope="module")
def hostile_context(browser: Browser) -> Iterator[BrowserContext]:
    """A context for the visits to the hostile app, so that the page's own scripts are loaded once."""
    context = browser.new_context(viewport=TALL)
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def visit(hostile_context: BrowserContext, hostile_app: App) -> Iterator[tuple[Page, Watch]]:
    """A tab of the hostile app that is watched."""
    tab = hostile_context.new_page()
    yield tab, Watch(tab, hostile_app.url)
    tab.close()


def draw_all(page: Page) -> str:
    """Unfold what is folded, wait until the page is calm, and return all its words."""
    page.evaluate(
        """() => document.querySelectorAll("details:not([open]) > summary").forEach((each) => each.click())"""
    )
    settled(page)
    calm(page)
    return page.locator("body").evaluate("(body) => body.textContent")


@pytest.mark.parametrize(
    "query",
    [
        pytest.param({"patents": NAMED}, marks=pytest.mark.slow),
        {"patents": DESCRIBED, "show": "all", "group": "round"},
        pytest.param({"patents": f"{NAMED},{DESCRIBED}", "group": "submission"}, marks=pytest.mark.slow),
    ],
    ids=["names", "descriptions", "both"],
)
def test_hostile_histories_lead_nowhere(
    visit: tuple[Page, Watch], hostile_app: App, listener: Listener, query: dict[str, str]
) -> None:
    """Neither title, summary, findings, rounds, timeline nor reader links, loads or draws anything of their texts."""
    page, watch = visit
    if "group" in query:
        ids = hostile_histories(hostile_texts(listener.host))[DESCRIBED].documents.ids()
        query = query | {"doc": f"US14/700001 {next(each for each in ids if '-CTNF-' in each)}"}
    open_page(page, f"{hostile_app.url}/?{urlencode(query)}")
    events(page).first.wait_for(state="attached")
    table_rows(page)
    if "doc" in query:
        page.locator(".st-key-reader").get_by_label("Note").wait_for()
    if "show" in query:  # all events of a history whose codes say which they are
        page.mouse.move(*event_at(page, "Non-final rejection"))
        page.wait_for_selector(".js-plotly-plot .hoverlayer .hovertext")
        assert page.locator(LIVE).all_inner_texts() == []
    words = ""
    for name in page.get_by_role("tab").all():
        name.click()
        panel = page.get_by_role("tabpanel").filter(visible=True)
        panel.get_by_test_id("stElementContainer").first.wait_for(state="attached")
        words += letters(draw_all(page))
        assert watch.foreign() == listener.asked == []
        assert page.locator(LIVE).all_inner_texts() == []
    assert letters(WORDS) in words
    if query["patents"] == NAMED:
        findings = findings_of(hostile_texts(listener.host))
        assert [text for text in findings if letters(text) not in words] == []


@pytest.mark.slow
def test_hostile_addresses_refusals_and_lists_lead_nowhere(
    visit: tuple[Page, Watch], hostile_app: App, listener: Listener
) -> None:
    """Neither chips of an address, nor what the service said, nor the name of an uploaded list."""
    page, watch = visit
    texts = hostile_texts(listener.host)
    names = (
        "codes",
        "side",
        "category",
        "round",
        "from",
        "find",
        "list",
        "group",
        "hide",
        "axis",
        "doc",
        "events",
        "x",
    )
    for shown in (texts[:10], texts[35:50], texts[-40:]):
        query = urlencode({"patents": "\n".join(shown)} | dict.fromkeys(names, f"{WORDS} {shown[0]}"))
        open_page(page, f"{hostile_app.url}/?{query}")
        calm(page)
        assert watch.foreign() == listener.asked == [], shown
    page.get_by_label(BOX).fill("US9900001B2")
    page.get_by_label(BOX).press("Control+Enter")
    calm(page)  # else the button of the numbers before is clicked
    look_up_button(page).click()
    page.get_by_text("PatSnap's words: “www").first.wait_for()
    page.locator("input[type=file]").set_input_files(
        {"name": "www.evil.example me@evil.example :streamlit: ![x](http)<b>.csv", "mimeType": "text/csv",
         "buffer": "\n".join(text for text in texts if "\0" not in text).encode()}
    )  # fmt: skip
    page.get_by_role("button", name="Remove the list").wait_for()
    words = draw_all(page)
    page.get_by_role("link", name="Glossary").click()
    page.get_by_label("Find a code or a word").wait_for()
    page.get_by_role("link", name="Review").click()
    page.get_by_text(re.compile(r"<b>\.csv$")).first.wait_for()
    words += draw_all(page)
    assert watch.foreign() == listener.asked == []
    assert page.locator(LIVE).all_inner_texts() == []


@pytest.mark.slow
def test_hostile_texts_on_other_pages_lead_nowhere(
    visit: tuple[Page, Watch], hostile_app: App, listener: Listener
) -> None:
    """Neither the Portfolio, nor the Usage page with a look-up and a charge selected, nor the Glossary."""
    page, watch = visit
    query = urlencode({"x": WORDS, "patents": WORDS})
    for name, tables in (
        ("portfolio", ["All file histories held"]),
        ("glossary", []),
        ("usage", ["Your look-ups, the last begun first", "Your numbers that may have been charged, newest first"]),
    ):
        open_page(page, f"{hostile_app.url}/{name}?{query}")
        for table in tables:
            tick_row(page, 0, name=table)
        if name == "usage":
            page.get_by_role("button", name="1 was charged").click()
            page.get_by_role("dialog").wait_for()
            assert letters(WORDS) in letters(page.get_by_role("dialog").inner_text())
        draw_all(page)
        assert watch.foreign() == listener.asked == [], name
        assert page.locator(LIVE).all_inner_texts() == [], name
