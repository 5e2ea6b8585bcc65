"""The minor chapters: interviews, terminal disclaimers, petitions, disclosure statements, formalities, publication."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from components.prosecution.examination.improper_rces import ImproperRce, improper_rces
from components.prosecution.law.categories import Category
from components.prosecution.law.codes import normalise_code, uncounted_codes_of
from components.prosecution.law.phrases import told_letters_of
from components.prosecution.papers.conditional_papers import conditional_papers_of
from components.prosecution.story.chapters import OUTERMOST, Chapter, DatedSentence, chapter
from components.prosecution.story.endings import alive_again
from components.prosecution.story.round_sentences import actions, round_sentence
from components.prosecution.story.sentences import (
    Clause,
    Sentence,
    a,
    concatenate,
    counted_in_words,
    days_of,
    enumerate_clauses,
    noun_of,
    number_in_words,
    sentence,
    shared_noun,
    the,
)
from components.prosecution.story.storyline import Storyline, StoryPaper, first_of_each_day
from components.words import day, listed

_PARAGRAPHS: Final = {"ids_s1": "(b)", "ids_s2": "(c)", "ids_s3": "(d)", "ids_s4": "(i)"}
"""The paragraphs of 37 CFR 1.97 under which the stages of a disclosure statement fall."""
_PUBLISHED: Final = frozenset({"NTC.PUB", "1133", "1219"})
"""Document codes of notices of the publication of the application (USPTO; EPO forms)."""
_PUBLICATION_TITLES: Final = ("notification of forthcoming publication",)
_DECIDING_QUICK_PATHS: Final = (Category.CORRECTED_ALLOWANCE, Category.ALLOWANCE, Category.ISSUE)
"""What shows that prosecution was not reopened after a QPIDS request."""
_AFTER_FINAL_REQUEST: Final = frozenset({"A.NE.AFCP"})
_AFTER_FINAL_DECISION: Final = frozenset({"A.NE.AFCP.D"})
_LAST_AFTER_FINAL: Final = date(2024, 12, 14)
"""The last day of requests under the After Final Consideration Pilot 2.0 (89 FR 79899)."""
_MAX_PETITIONS: Final = 3
"""How many petitions are described one by one."""
_WITH_DECISIONS: Final[tuple[tuple[Category, tuple[Category, ...]], ...]] = (
    (Category.INTERVIEW, ()),
    (Category.TERMINAL_DISCLAIMER, (Category.TERMINAL_DISCLAIMER_DECISION,)),
)
"""What is counted in a sentence, and the decisions that are counted with it."""


def asides(story: Storyline) -> Chapter:
    """Return interviews, terminal disclaimers and petitions: each in a sentence, or all in one."""
    full: list[DatedSentence] = []
    heads: list[Clause] = []
    for category, decided in _WITH_DECISIONS:
        papers = story.of((category,))
        if papers:
            decisions = story.of(decided)
            also = concatenate(", and ", _counted(decisions), ", of ", days_of(decisions)) if decisions else ""
            full.append(
                DatedSentence(papers[0].day, sentence(_counted(papers), _are_listed(papers), days_of(papers), also))
            )
            heads.append(_counted_with_days(papers))
    petitions = _petitions(story)
    if petitions:
        full.append(DatedSentence(petitions[0][0].day, _petition_sentence(petitions)))
        heads.append(_counted_with_days([paper for paper, _ in petitions]))
    if len(full) < 2:
        return chapter(full)
    merged = sentence("also listed are ", enumerate_clauses(heads))
    return chapter(full, [DatedSentence(min(dated.day for dated in full), merged)])


def _counted(papers: Sequence[StoryPaper]) -> Clause:
    return Clause(counted_in_words(_days(papers), shared_noun(papers)))


def _days(papers: Sequence[StoryPaper]) -> int:
    return len({paper.day for paper in papers})


def _are_listed(papers: Sequence[StoryPaper]) -> str:
    return " is listed, of " if _days(papers) == 1 else " are listed, of "


def _counted_with_days(papers: Sequence[StoryPaper]) -> Clause:
    return concatenate(_counted(papers), " of ", days_of(papers))


def _petitions(story: Storyline) -> list[tuple[StoryPaper, StoryPaper | None]]:
    """Return the petitions before the issue that no other chapter describes, each with the decision that followed."""
    revived = [row for row in story.rounds if row.kind == Category.ABANDONMENT]
    decisions = story.of((Category.PETITION_DECISION,))
    petitions = []
    decided, begun, described_until = 0, 0, date.min
    for paper in story.of((Category.PETITION, Category.PETITION_TO_WITHDRAW), until=story.day("issued")):
        while decided < len(decisions) and decisions[decided].day < paper.day:
            decided += 1
        decision = decisions[decided] if decided < len(decisions) else None
        decided += 1
        while begun < len(revived) and revived[begun].opened <= paper.day:
            alive = alive_again(story, revived[begun])
            described_until = max(described_until, alive.day if alive else date.max)
            begun += 1
        if paper.category is Category.PETITION and paper.day > described_until:
            petitions.append((paper, decision))
    return petitions


def _petition_sentence(petitions: Sequence[tuple[StoryPaper, StoryPaper | None]]) -> Sentence:
    if len(petitions) > _MAX_PETITIONS:
        subjects = _counted_with_days([paper for paper, _ in petitions])
        decided = [decision for _, decision in petitions if decision is not None]
        return sentence(subjects, " are listed", concatenate(", with ", _counted_with_days(decided)) if decided else "")
    return sentence(enumerate_clauses([_petition(paper, decision) for paper, decision in petitions]))


def _petition(paper: StoryPaper, decision: StoryPaper | None) -> Clause:
    if decision is None:
        return concatenate(the(paper), " is listed")
    if decision.day == paper.day:
        return concatenate(
            the(paper), " was followed by ", Clause(f"the {noun_of(decision)} of the same day", (decision.id,))
        )
    return concatenate(the(paper), " was followed by ", the(decision))


def quick_paths(story: Storyline) -> Chapter:
    """Return what became of each RCE that was filed on condition that prosecution is reopened (QPIDS)."""
    requests = story.of((Category.QPIDS_REQUEST,))
    sentences = []
    for rce in first_of_each_day(story.of((Category.CONDITIONAL_RCE,)))[:_MAX_PETITIONS]:
        nearest = min(requests, key=lambda request: abs(request.day - rce.day), default=rce)
        sentences.append(DatedSentence(rce.day, _quick_path(story, nearest, rce)))
    unpaid = [request for request in first_of_each_day(requests) if _is_before_the_fee(story, request)]
    sentences += [DatedSentence(request.day, _without_fee(request)) for request in unpaid[:_MAX_PETITIONS]]
    return chapter(sentences)


def _quick_path(story: Storyline, request: StoryPaper, rce: StoryPaper) -> Sentence:
    """Return what came with a request and what became of it."""
    disclosed = [
        concatenate(the(paper), " (by its date under 37 CFR 1.97(i))")
        for paper in story.of((Category.IDS,), since=min(request.day, rce.day), until=max(request.day, rce.day))[:1]
    ]
    came = concatenate(the(request), " came with ", enumerate_clauses([*disclosed, the(rce)]))
    decided = story.first(_DECIDING_QUICK_PATHS, after=max(request.day, rce.day))
    if decided is None:
        return sentence(came, ", and whether prosecution is reopened is not listed")
    uncounted = ": the RCE, processed only if prosecution is reopened, is not counted (77 FR 27443)"
    return sentence(came, ", and no reopening is listed before ", the(decided), uncounted)


def _is_before_the_fee(story: Storyline, request: StoryPaper) -> bool:
    """Return whether a request with an RCE is listed after an allowance, but before any payment of the issue fee."""
    near = timedelta(days=max((rule.within_days for rule in conditional_papers_of(story.office)), default=0))
    rces = story.of((Category.RCE,), since=request.day - near, until=request.day + near)
    allowed = story.first((Category.ALLOWANCE,), before=request.day)
    return bool(rces and allowed) and story.first((Category.ISSUE_FEE,), until=request.day) is None


def _without_fee(request: StoryPaper) -> Sentence:
    """Return what a request means before which no payment of the issue fee is listed."""
    presupposes = " is listed before any issue fee, which it presupposes: the RCE is told as an ordinary one"
    unless = ", unless the fee had been paid and is merely not listed (77 FR 27443; MPEP 609.09)"
    return sentence(the(request), f"{presupposes}{unless}")


def improper_requests(story: Storyline) -> Chapter:
    """Return the RCEs that are not proper as far as the list shows, and why (37 CFR 1.114; MPEP 706.07(h))."""
    uncounted = uncounted_codes_of(story.office).get("rces", frozenset())
    rces = [paper for paper in story.of((Category.RCE,)) if normalise_code(paper.code) not in uncounted]
    if not rces:
        return Chapter()
    listed_days: defaultdict[Category, list[date]] = defaultdict(list)
    for paper in story.papers:
        listed_days[paper.category].append(paper.day)
    judged = improper_rces(story.office, story.name, [rce.day for rce in rces], listed_days, story.day("issued"))
    told = [rce for rce in first_of_each_day(rces) if rce.day in judged][:_MAX_PETITIONS]
    return chapter([DatedSentence(rce.day, _improper(rce, judged[rce.day])) for rce in told])


def _improper(rce: StoryPaper, found: ImproperRce) -> Sentence:
    so = "not proper, and not counted" if found.shown else "proper only if such an action is merely not listed"
    return sentence(the(rce), f" was filed {found.why}: it is {so}")


def after_final_programme(story: Storyline) -> Chapter:
    """Return the requests for the After Final Consideration Pilot, with their decisions (78 FR 29117, 89 FR 79899)."""
    told = []
    for request in first_of_each_day(story.with_codes(_AFTER_FINAL_REQUEST)):
        said: list[Clause | str] = [Clause(f"on {day(request.day)} the amendment after final came with ", ())]
        said.append(Clause("a request under the After Final Consideration Pilot (78 FR 29117)", (request.id,)))
        decided = next((paper for paper in story.with_codes(_AFTER_FINAL_DECISION) if paper.day >= request.day), None)
        if decided is not None:
            said += [", and ", Clause(f"the decision on it is of {day(decided.day)}", (decided.id,))]
        if request.day > _LAST_AFTER_FINAL:
            said.append(f", though the Office took such requests until {day(_LAST_AFTER_FINAL)} only (89 FR 79899)")
        told.append(DatedSentence(request.day, sentence(*said)))
    return chapter(told[:_MAX_PETITIONS])


def letters(story: Storyline) -> Chapter:
    """Return the letters that keep an application waiting: a suspension of action, a secrecy order."""
    told = []
    for paper in first_of_each_day(story.of((Category.OFFICE_LETTER,))):
        says = _meaning_of(story, paper)
        if says:
            told.append(DatedSentence(paper.day, sentence(the(paper), f" is listed: {says}")))
    return chapter(told[:_MAX_PETITIONS])


def _meaning_of(story: Storyline, letter: StoryPaper) -> str:
    """Return what a letter means for the application, or meant until the next action; empty if no table says it."""
    code, text = normalise_code(letter.code), letter.description.casefold()
    for rule in told_letters_of(letter.office):
        if (not rule.codes or code in rule.codes) and rule.words in text:
            acted = rule.says_ended and story.first(actions() | {Category.ALLOWANCE}, after=letter.day)
            return rule.says_ended if acted else rule.says
    return ""


def disclosures(story: Storyline) -> Chapter:
    """Return when information was disclosed, and under which paragraphs of 37 CFR 1.97, as far as dates show."""
    papers = story.of((Category.IDS,))
    if not papers or (story.filing is not None and papers[-1].day == story.filing.day):
        return Chapter()  # an IDS filed with the application is part of the chapter on filing
    count = _days(papers)
    known = [(filed, paragraph) for column, paragraph in _PARAGRAPHS.items() if (filed := story.number(column))]
    by_date = ""
    if sum(filed for filed, _ in known) == count:
        each = [f"{number_in_words(filed)} under {paragraph}" for filed, paragraph in known]
        each = each if count > 1 else [f"under {paragraph}" for _, paragraph in known]
        each[0] = each[0].replace("under ", "under 37 CFR 1.97")
        by_date = f"; by {'its date' if count == 1 else 'their dates'} {listed(each)}"
    disclosed = sentence(_counted(papers), _are_listed(papers), days_of(papers), by_date)
    return chapter([DatedSentence(papers[0].day, disclosed)])


def formalities(story: Storyline) -> Chapter:
    """Return what was asked for before examination."""
    rows = [row for row in story.rounds if row.kind == Category.FORMALITIES_NOTICE][:OUTERMOST]
    return chapter([DatedSentence(row.opened, round_sentence(story, row)) for row in rows])


def _publications(story: Storyline) -> list[StoryPaper]:
    """Return the notices of the publication of the application, by their codes, else by their titles."""
    titled = [paper for paper in story.papers if noun_of(paper).startswith(_PUBLICATION_TITLES)]
    return story.with_codes(_PUBLISHED) or ([] if story.office == "US" else titled)


def publication(story: Storyline) -> Chapter:
    """Return when publication was notified."""
    return chapter(
        [
            DatedSentence(paper.day, sentence(Clause(f"{a(noun_of(paper))} is of {day(paper.day)}", (paper.id,))))
            for paper in _publications(story)[:1]
        ]
    )
