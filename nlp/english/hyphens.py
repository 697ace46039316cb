"""Words that a hyphen does not part: a co-ordinator is one word to the tagger and the parser, and so is an e-mail."""

from __future__ import annotations

import re
from typing import Any

from spacy.language import Language

JOINED = ("co", "Co", "e", "E")
HYPHEN = "(?:-|–|—|--|---|——|~)(?=["  # as the English rules write it between letters


def keep_joined(nlp: Language) -> None:
    """Takes the hyphen after these prefixes out of the places where the tokenizer parts a word."""
    tokenizer: Any = nlp.tokenizer
    rules = "|".join(map(str, nlp.Defaults.infixes or ()))
    kept = "".join(f"(?<!^{prefix})" for prefix in JOINED)
    tokenizer.infix_finditer = re.compile(rules.replace(HYPHEN, kept + HYPHEN)).finditer
