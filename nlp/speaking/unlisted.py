"""Sources that are people whom no component has listed: a first name, a surname given in full somewhere else."""

from __future__ import annotations

import re

from spacy.tokens import Span

from nlp.naming.capital_runs import words_of
from nlp.naming.names import is_other
from nlp.naming.vocabulary import FIRST_NAMES
from nlp.speaking.cast import Member
from nlp.speaking.scene import Scene, Speaker

LIKELY = 0.7
MOST_WORDS = 3


def unlisted(scene: Scene, span: Span) -> Speaker | None:
    """The person whom a source of one to three capitalised words names; None when nothing tells that it is one."""
    words = span.text.split(",")[0].split()  # Ada, a mother of two
    if not words or len(words) > MOST_WORDS or not all(re.fullmatch(r"[A-Z][\w'’-]+", word) for word in words):
        return None
    named = span.doc.char_span(span.start_char, span.start_char + len(" ".join(words)), alignment_mode="expand")
    if named is None or any(is_other(word) for word in words_of(named.as_doc())):
        return None
    name = " ".join(words) if words[0].lower() in FIRST_NAMES else _in_full(scene.text, words)
    if not name:
        return None
    gender = FIRST_NAMES.get(name.split()[0].lower(), "").replace("-", "")
    member = scene.unlisted.setdefault(name, Member(name, "person", gender=gender))
    return Speaker(member, LIKELY)


def _in_full(text: str, words: list[str]) -> str:
    """A first name and this surname, anywhere in the article."""
    for match in re.finditer(rf"\b([A-Z][\w'’-]+) {re.escape(' '.join(words))}\b", text):
        if match.group(1).lower() in FIRST_NAMES:
            return match.group()
    return ""
