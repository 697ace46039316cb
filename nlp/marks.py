"""Quotation marks: which open, which close, which are apostrophes. Lengths never change, so offsets stay."""

from __future__ import annotations

import re

ASCII = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "`": "'", "\xa0": " "})
SINGLES = "'‘’`"
OPENERS_BEFORE = "([{—–-‘“/"
CLOSERS_AFTER = ".,;:!?)]}—–-…"
# A close that is still to come in the same paragraph: the mark after a letter or stop, then no lower-case letter.
CLOSE_AHEAD = re.compile(r"[^\s]['’](?![a-zA-Z])")


def to_ascii(text: str) -> str:
    """Curly and angled marks as ASCII ones, character for character (the parser breaks sentences at curly ones)."""
    return text.translate(ASCII)


def oriented(text: str) -> str:
    """Same-length text in which double marks are “ or ”, single quotation marks ‘ or ’, and apostrophes '."""
    chars = list(text)
    for index, char in enumerate(chars):
        if char in '"“”„«»':
            chars[index] = _double(text, index)
    open_single = False
    for index, char in enumerate(chars):
        if char == "\n":
            open_single = False
        elif char in SINGLES:
            before = text[index - 1] if index else " "
            after = text[index + 1] if index + 1 < len(text) else " "
            paragraph_rest = text[index + 1 : index + 1200].split("\n", 1)[0]
            if not open_single and _opens(char, before, after) and CLOSE_AHEAD.search(paragraph_rest):
                chars[index], open_single = "‘", True
            elif open_single and _closes(before, after, paragraph_rest):
                chars[index], open_single = "’", False
            else:
                chars[index] = "'"
    return "".join(chars)


def _double(text: str, index: int) -> str:
    char = text[index]
    if char in "“„«":
        return "“"
    if char in "”»":
        return "”"
    before = text[index - 1] if index else " "
    after = text[index + 1] if index + 1 < len(text) else " "
    if before.isspace() or before in OPENERS_BEFORE:
        return "”" if after.isspace() else "“"
    if after.isspace() or after in CLOSERS_AFTER:
        return "”"
    return "”" if before.isalnum() or before in ".,!?…" else "“"


def _opens(char: str, before: str, after: str) -> bool:
    return char != "’" and (before.isspace() or before in OPENERS_BEFORE) and (after.isalnum() or after in "£$[“…")


def _closes(before: str, after: str, rest: str) -> bool:
    """A plural possessive (the teachers' union) closes nothing while a better close is still to come."""
    if after.isalnum() or before.isspace():
        return False
    return not (before == "s" and after == " " and CLOSE_AHEAD.search(rest))
