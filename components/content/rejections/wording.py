"""The wording of rejections, and of what looks like one: tables of patterns.

Sources: the form paragraphs of MPEP chapters 700, 800, 1400 and 2200, and the usage of examiners.
"""

import re
from typing import Final

from components.content.claim_lists import CLAIM_WORD

REJECTED: Final = re.compile(
    r"(?:\b|(?<=\bare)|(?<=\bis))r\s?[eco]\s?-?\s?[ji]\s?[eco]\s?[eco]\s?[tl]\s?[eco]\s?d(?=\W|_|under|$)",
    re.IGNORECASE,
)
"""The verb in the opening sentence of a ground, also as engines misread it."""
REJECTION_OF: Final = re.compile(r"\brejections?\s+(?:of|to|for)\s+(?=(?:the\s+)?claims?\b)", re.IGNORECASE)
"""The noun: the rejection of claims, which is kept up."""
KEPT_UP: Final = re.compile(
    r"\b(?:is|are|has\s+been|have\s+been)\s+(?:hereby\s+|therefore\s+|thus\s+|still\s+|deemed\s+\w{1,12}\s+and\s+(?:is\s+|are\s+)?)?"
    r"(?:maintained|repeated|sustained|reiterated|upheld|adopted|retained)\b"
    r"|\bstands?\b|\bremains?\b",
    re.IGNORECASE,
)
NOT_KEPT_UP: Final = re.compile(
    r"\b(?:not\s+(?:be\s+)?(?:maintained|adopted|repeated)|withdrawn|moot|overcome|obviated|vacated|reversed|removed)\b",
    re.IGNORECASE,
)
BASE_CLAIM: Final = re.compile(
    r"\s+(?:(?:base|parent|independent|generic|linking)\s+)?claims?\b|\s+(?:base|parent|independent|on\s+appeal)\b",
    re.IGNORECASE,
)
"""Behind "rejected": claims that were rejected, or are objected to for hanging on one."""
NOT_SAID_NOW: Final = re.compile(
    r"^\s*be\b|\b(?:was|were|had|previously|earlier|originally|being(?!\s+(?:\w+\s+){0,2}claims?\b)|formerly|last|would|could|might|may|should|will|can|cannot|not|never"
    r"|no\s+longer|neither|nor|if|unless|(?<!continue\s)(?<!continues\s)to\s+be|in\s+case|when|whether|asserts?|argues?|alleges?|contends?|submits?|states?|object(?:ed|ion)"
    r"|allow(?:ed|able)|withdrawn)\b",
    re.IGNORECASE,
)
"""Between the claims and "rejected": it was, it would be, it is not."""
AUXILIARY: Final = re.compile(
    r"(?:^|[\s,.)/])(?:\w{1,4}|stands?|remains?|again|further|therefore|likewise|hereby|either|\w{2,16}ly)[\s,.:;~_-]*$|^[^\w]*$",
    re.IGNORECASE,
)
"""What stands before "rejected" where it is said of the claims: "are", also misread, "stand", "are provisionally"."""
HAVE_BEEN: Final = re.compile(
    r"\b(?:has|have|having)\b(?:\s+\w{1,12}){0,2}\s+(?:been|be)(?:\s+\w{1,12})?\s*$|\bstood\b", re.IGNORECASE
)
"""Between the claims and "rejected": mostly a look back."""
TOLD_BY_OTHERS: Final = re.compile(
    r"\b(?:applicants?'?s?'?\s+(?:\w{1,14}\s+){0,2}(?:argu|assert|alleg|contend|submit|state|remark|note|disagree|travers|point)\w{0,6}"
    r"|examiner\s+(?:has\s+|had\s+)?(?:reject|assert|stat|contend)\w{0,4}|office\s+action\s+(?:states|rejects|rejected|asserts)"
    r"|if\b|in\s+the\s+event|in\s+case|assuming|unless|had\s+been|should\s+(?:applicant|claim)|hypothetical)",
    re.IGNORECASE,
)
"""Before the claims in the sentence: somebody else says so, or it is only thought of."""
QUOTED_FROM_OTHERS: Final = re.compile(
    r"\b(?:applicants?|appellants?|owner|requesters?|remarks|brief)\b[^.\"\u201c]{0,80}[\"\u201c][^\"\u201d]{0,60}$",
    re.IGNORECASE,
)
"""Before the claims: what somebody else wrote is quoted."""
ALLEGED: Final = re.compile(r"\ballegedly\b", re.IGNORECASE)
"""Behind "rejected": an applicant tells of the rejection."""
_ITS_REJECTION: Final = (
    r"[\s\"'\u201d]{0,4}(?:[^.]{0,120}\b(?:and|so)\s+|(?:therefore|accordingly|thus|however|hence),?\s+)?"
    r"(?:the|this|that|these|those|said)\s+(?:ground\s+of\s+)?rejections?\s+(?:is|are|has\s+been|have\s+been)\s+"
    r"(?:now\s+|hereby\s+|therefore\s+|thus\s+|still\s+|also\s+){0,2}"
)
TAKEN_BACK: Final = re.compile(
    rf"{_ITS_REJECTION}(?:withdrawn|moot|overcome|obviated|vacated|removed)\b", re.IGNORECASE
)
"""Right behind a sentence that rejects: it only tells what is withdrawn."""
UPHELD: Final = re.compile(
    rf"{_ITS_REJECTION}(?:maintained|repeated|sustained|reiterated|upheld|retained|deemed\s+proper)\b", re.IGNORECASE
)
"""Right behind a sentence that looks back at a rejection: it is kept up."""
WAS: Final = re.compile(r"^\s*(?:was|were|had\s+been)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
WOULD_REMAIN: Final = re.compile(
    r"^\s*would\s+(?:still\s+)?(?:remain|stand|continue\s+to\s+be)\s+(?:\w+ly\s+)?$", re.IGNORECASE
)
"""Between the claims and "rejected" in an advisory action."""
LAW_BEFORE: Final = re.compile(
    r"(?:\b3\s?5\s+U|\u00a7|\btitle\s+35|\b(?:non-?\s?statutory|obviousness|statutory|provisional|double)\b)[^.;\n]{0,6}[^;\n]{0,70}$",
    re.IGNORECASE,
)
"""Before "rejection of claims": the law, "The 35 U.S.C. 103 rejection of claims 1-5"."""
ASIDE: Final = re.compile(
    r"\s*,?\s*\(?(?:insofar|in\s+so\s+far|so\s+far|as\s+(?:far|best))\b[^.;()\d]{0,70}[,)]\s*(?:and|as\s+well\s+as)\s+(?=claim|\d)",
    re.IGNORECASE,
)
"""In the midst of a list of claims: "Claims 1-5, as best understood, and 8"."""
DEPENDENTS_TOO: Final = re.compile(
    r"\b(?:and|with|including|plus)\s+(?:(?:all|any|of|the|their|its|respective|corresponding|claims|claim|other)\s+){0,4}"
    r"(?:dependent\s+claims?|dependents|dependencies|claims?\s+(?:that\s+|which\s+)?depend\w*)\b(?!\s*\d)",
    re.IGNORECASE,
)
"""Between the claims and "rejected": claims that are not numbered are rejected too."""
LOOKS_BACK: Final = re.compile(
    r"\b(?:previous(?:ly)?|prior|last|earlier)\s+(?:office\s+)?(?:action|rejections?)\b|\bin\s+the\s+(?:office\s+)?action\s+(?:mailed|dated)\b",
    re.IGNORECASE,
)
SAID_AGAIN: Final = re.compile(
    r"\b(?:also|likewise|similarly|again|thus|therefore|accordingly|hence|consequently|as\s+such|analogous(?:ly)?|equally"
    r"|same\s+(?:reason|rationale|bas[ie]s|ground|analysis|manner|as)\w{0,2}|similar\s+(?:reason|rationale|ground|bas[ie]s|limitation)\w{0,2}"
    r"|reasons?\s+(?:as\s+)?(?:discussed|stated|given|set\s+forth|above|noted|applied)|as\s+(?:discussed|stated|noted|explained|indicated|set\s+forth|detailed)"
    r"|for\s+the\s+reasons|inherit\w{0,3}|dependen\w{1,4}|depends?\b|virtue\s+of|see\s+(?:the\s+)?rejection|addressed\s+above|mutatis)\b",
    re.IGNORECASE,
)
"""Marks of a sentence that repeats a ground for claims that it covers already."""
PROVISIONAL: Final = re.compile(r"\bprovisional(?:ly)?\b", re.IGNORECASE)
PROVISIONAL_BELOW: Final = re.compile(r"\bthis\s+is\s+a\s+provisional", re.IGNORECASE)
STRONG_REASON: Final = re.compile(
    r"\b(?:unpatentable|anticipated|obvious|over|indefinite|failing|lack\w{0,3}|directed\s+to|same\s+invention|enabl\w{0,6}"
    r"|written\s+description|new\s+matter|non-?\s?statutory)\b",
    re.IGNORECASE,
)
"""Behind "rejected", where the sentence names no law: only the heading above it does."""
REASONS_FOR: Final = re.compile(
    r"as\s+being\s+|\bas\s+(?:unpatentable|anticipated|obvious|failing|based|claiming|lacking|containing|directed|the\s+(?:claim|invention|design|disclosure|specification|original)|it\b)"
    r"|\bover\b|\bbecause\b|\bon\s+the\s+(?:\w+-?\s?\w*\s+)?(?:basis|ground)|\bfor\s+(?:failing|being|lack|the\s+reason)|\bsince\b|\bin\s+view\b|\bnecessitat",
    re.IGNORECASE,
)
"""Behind the law: what the opening sentence of a ground goes on with."""
GENERAL_SUBJECT: Final = re.compile(
    r"\b(?P<which>(?:the|all|these|those|said|both|each|any|remaining|dependent|pending|following|above|instant|sole|only|of|rest|other)\s+)"
    r"{1,4}(?:the\s+)?(?:(?:remaining|dependent|pending|instant|above|examined|rejected|single|design)\s+){0,2}(?P<claims>claims?)\b",
    re.IGNORECASE,
)
"""Claims without a number: "the remaining dependent claims"."""
PROSE_CLAIM: Final = re.compile(
    r"\b(?:regarding|as\s+to|as\s+per|per|re|concerning|consider(?:ing)?|referring\s+to|in\s+regards?\s+to|with\s+(?:regards?|respect|reference)\s+to"
    r"|in\s+reference\s+to|for|claim\s+analysis\s+of|in)\s{1,4}(?=" + CLAIM_WORD + ")",
    re.IGNORECASE,
)
"""Before the claim that a paragraph treats."""

QUOTES_THE_LAW: Final = re.compile(r"\bquotation\s+of\b|\breads\s+as\s+follows", re.IGNORECASE)
"""Behind it the law is quoted, and grounds under it follow."""
REASONS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("written description", r"written\s+description|new\s+matter"),
        ("enablement", r"enabl"),
        ("best mode", r"best\s+mode"),
        ("omitted", r"incomplete|omit"),
        ("indefinite", r"indefinite|distinctly\s+claim"),
        ("eligibility", r"non-?\s?statutory|judicial\s+exception|abstract\s+idea|natural\s+phenomen"),
        ("utility", r"utility"),
    )
)
"""Why claims are rejected under one statute: grounds for different reasons are different grounds."""

MISREAD_BY_REASON: Final[tuple[tuple[tuple[str, ...], re.Pattern[str], str], ...]] = (
    (
        ("112(c)", "112(e)"),
        re.compile(r"written\s+description|enabl|new\s+matter|best\s+mode", re.IGNORECASE),
        "112(a)",
    ),
    (("112(c)", "112(e)"), re.compile(r"indefinite|distinctly\s+claim", re.IGNORECASE), "112(b)"),
    (("102(c)",), re.compile(r"anticipated", re.IGNORECASE), "102(e)"),
)
"""Subsections that nobody rejects under for such a reason, and what engines misread so: `c` and `e` for `a`."""
