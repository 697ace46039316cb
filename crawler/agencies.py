"""Wire credit: which news agency a text came from, by the line that says so."""

from __future__ import annotations

import re

# Canonical name: the ways in which pages write it. Short forms count in capitals only.
NAMES: dict[str, tuple[str, ...]] = {
    "Press Association": (r"(?:the )?press association", r"PA(?i: media| news(?: agency)?| wire)?", r"press\.co\.uk"),
    "Reuters": (r"(?:thomson )?reuters",),
    "Associated Press": (r"(?:the )?associated press", r"AP(?i: news(?: wire)?)?"),
    "Agence France-Presse": (r"agence france[ -]presse", r"AFP(?i: news)?"),
    "Bloomberg": (r"bloomberg(?: news)?",),
    "Deutsche Presse-Agentur": (r"deutsche presse[ -]agentur", r"DPA"),
    "Press Trust of India": (r"press trust of india", r"PTI"),
    "Australian Associated Press": (r"australian associated press", r"AAP"),
    "Canadian Press": (r"(?:the )?canadian press",),
    "United Press International": (r"united press international", r"UPI"),
    "Xinhua": (r"xinhua(?: news agency)?",),
    "EFE": (r"EFE",),
    "Local Democracy Reporting Service": (r"local democracy reporting service", r"LDRS"),
    "SWNS": (r"SWNS",),
}
_FORMS = [
    (name, re.compile(rf"(?:{form})\Z" if form[:2].isupper() else rf"(?i:{form})\Z"))
    for name, forms in NAMES.items()
    for form in forms
]  # fmt: skip
# An agency that we have no entry for says so in its own name.
_BY_ITS_NAME = re.compile(r"(?:[A-Z][\w'’&-]+ ){1,4}(?:News Agency|Press Agency|Newswire|News Service|Wire Service)\Z")
_LEAD = re.compile(
    r"(?:(?:copyright|\(c\)|©|source|sources|credit|by|from|via|report(?:ed|ing)? by|stor(?:y|ies) by|written by|"
    r"published by|supplied by|content from|with|agency|all rights reserved|the)\b|[\s:©|–—\-(\[,.]|\d{4})+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[\s,;:.)\]|–—\-©]|\b(?:\d{4}|political|parliamentary|westminster|health|education|home affairs|social affairs|"
    r"science|environment|transport|business|city|regional|royal|chief|senior|deputy|editors?|reporters?|reporting|staff|"
    r"correspondents?|writers?|newsroom|limited|ltd|plc|all rights reserved|"
    r"and agencies|contributed to this (?:report|story|article))\b)+\Z",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"\A[A-Z][A-Za-z0-9 .,'’/-]{1,60}\((?P<agency>[A-Za-z /-]+)\)\s*[-–—:]")


def agency_named(text: str) -> str | None:
    """The canonical name when ``text`` is the name of an agency and nothing else ("PA", "Thomson Reuters")."""
    text = " ".join(text.split())
    known = next((name for name, form in _FORMS if form.match(text)), None)
    return known or (text if _BY_ITS_NAME.match(text) else None)


def credited(line: str) -> str | None:
    """The agency that a short line credits: "Copyright © Press Association 2011", "By PA reporters", "Source: Reuters".

    A line that says anything else is a sentence of the article and credits nobody.
    """
    line = " ".join(line.split())
    if not line or len(line) > 120:
        return None
    lead = _LEAD.match(line)
    bare = line[lead.end() :] if lead else line
    found = agency_named(_TAIL.sub("", bare)) or agency_named(bare)
    if found:
        return found
    # "By Jane Doe, Press Association" and "Jane Doe, PA": the name comes first, the agency last.
    before, comma, after = _TAIL.sub("", bare).rpartition(", ")
    looks_like_name = bool(
        re.fullmatch(r"(?:[A-Z][\w'’.-]+\s?){1,4}(?:(?:and|,)\s(?:[A-Z][\w'’.-]+\s?){1,4})?", before)
    )
    return agency_named(after) if comma and looks_like_name else None


def dateline_agency(paragraph: str) -> str | None:
    """The agency in a dateline: "LONDON (Reuters) - ..."."""
    match = _DATELINE.match(paragraph)
    return agency_named(match["agency"].split("/")[0].strip()) if match else None
