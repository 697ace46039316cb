"""Quotation marks: which open, which close, which are apostrophes. Lengths never change, so offsets stay."""

from __future__ import annotations

import re

ASCII = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "`": "'", "\xa0": " "})
DOUBLES = '"“”„«»'
SINGLES = "'‘’`"
MARK = re.compile(f"[{DOUBLES}{SINGLES}\n]")
OPENERS_BEFORE = "([{—–-‘“/"
CLOSERS_AFTER = ".,;:!?)]}—–-…"
# A close that is still to come in the same paragraph: the mark after a letter or stop, then no letter.
CLOSE_AHEAD = re.compile(r"[^\s\n]['’](?![a-zA-Z])")
# Where a quotation may open with no close in its paragraph: it is to be opened again in the next one.
FRESH_LINE = re.compile(r"(?:^|[\n:])[ \t]*$")


def to_ascii(text: str) -> str:
    """Curly and angled marks as ASCII ones, character for character (the parser breaks sentences at curly ones)."""
    return text.translate(ASCII)


def oriented(text: str) -> str:
    """Same-length text in which double marks are “ or ”, single quotation marks ‘ or ’, and apostrophes '."""
    chars = list(text)
    open_single = False
    for match in MARK.finditer(text):
        index = match.start()
        char = text[index]
        if char == "\n":
            open_single = False
        elif char in DOUBLES:
            chars[index] = _double(text, index)
        elif not open_single and _opens(text, index):
            chars[index], open_single = "‘", True
        elif open_single and _closes(text, index):
            chars[index], open_single = "’", False
        else:
            chars[index] = "'"
    return "".join(chars)


def _around(text: str, index: int) -> tuple[str, str]:
    return text[index - 1] if index else " ", text[index + 1] if index + 1 < len(text) else " "


def _double(text: str, index: int) -> str:
    char = text[index]
    if char in "“„«":
        return "“"
    if char in "”»":
        return "”"
    before, after = _around(text, index)
    if before.isspace() or before in OPENERS_BEFORE:
        return "”" if after.isspace() else "“"
    if after.isspace() or after in CLOSERS_AFTER:
        return "”"
    return "”" if before.isalnum() or before in ".,!?…" else "“"


def _opens(text: str, index: int) -> bool:
    before, after = _around(text, index)
    if text[index] == "’" or not (before.isspace() or before in OPENERS_BEFORE):
        return False
    if not (after.isalnum() or after in '£$[(“"…'):
        return False
    if _close_ahead(text, index):
        return not (after.isdigit() and text[index + 2 : index + 4] == "0s")  # the '90s
    return after.isupper() and FRESH_LINE.search(text, max(0, index - 4), index) is not None


def _closes(text: str, index: int) -> bool:
    """A plural possessive (the teachers' union) closes nothing while a better close is still to come."""
    before, after = _around(text, index)
    if after.isalnum() or before.isspace():
        return False
    return not (before == "s" and after == " " and _close_ahead(text, index))


def _close_ahead(text: str, index: int) -> bool:
    """Whether a mark that could close stands later in the paragraph, before another quotation opens."""
    end = text.find("\n", index)
    match = CLOSE_AHEAD.search(text, index + 1, len(text) if end < 0 else end)
    return match is not None and match.start() - index < 1200
