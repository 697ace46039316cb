"""The pipeline as users run it, built once, and a short way to read a text with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from nlp.build import build
from nlp.document import reading_of
from nlp.records import Reading


@pytest.fixture(scope="session")
def nlp() -> Language:
    return build()


@pytest.fixture(scope="session")
def read(nlp: Language) -> Callable[[str], Reading]:
    """A text's whole reading, through the real model."""
    return lambda text: reading_of(nlp(text))
