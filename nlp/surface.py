"""The text and the words of a Doc, read out of it once and kept with it.

``doc.text`` joins all tokens anew and every attribute of a token is a call into spaCy; components that look at each
word share these instead.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from spacy.tokens import Doc, Token


def text_of(doc: Doc) -> str:
    """``doc.text``."""
    text = doc.user_data.get("text")
    if text is None:
        text = doc.user_data["text"] = doc.text
    return str(text)


def words_as_written(doc: Doc) -> list[str]:
    """The ``text`` of every token."""
    found: list[str] | None = doc.user_data.get("as_written")
    if found is None:
        found = doc.user_data["as_written"] = [token.text for token in doc]
    return found


def lower_words(doc: Doc) -> list[str]:
    """The ``lower_`` of every token."""
    found: list[str] | None = doc.user_data.get("lower")
    if found is None:
        found = doc.user_data["lower"] = [word.lower() for word in words_as_written(doc)]
    return found


def tokens_among(doc: Doc, wanted: Container[str]) -> Iterator[Token]:
    """The tokens whose lower-case form is one of ``wanted``, left to right."""
    places = _places(doc)
    found = sorted(i for word, where in places.items() if word in wanted for i in where)
    return (doc[i] for i in found)


def _places(doc: Doc) -> dict[str, list[int]]:
    """Lower-case form → its tokens: a text has half as many words as tokens, and many ask."""
    places: dict[str, list[int]] | None = doc.user_data.get("places")
    if places is None:
        places = doc.user_data["places"] = {}
        for i, word in enumerate(lower_words(doc)):
            places.setdefault(word, []).append(i)
    return places
