"""“C, according to S.” turned into “According to S, C.”: the corpus has next to none of the second."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np

from nlp.training.corpus import Sample

STARTS = frozenset(".!?”’")
# First words that lose their capital when they no longer stand first; a name would keep it.
LOWERED = frozenset(
    {"The", "A", "An", "Two", "Three", "About", "More", "Most", "Some", "Many", "It", "He", "She", "They"}
)


def fronted(sample: Sample, rng: random.Random, share: float = 0.5) -> Sample:
    """Rearranges `share` of the sentences that are nothing but content, a comma, the cue and its source."""
    words, order, capitals = list(sample.words), list(range(len(sample))), {}
    labels = sample.labels
    for cue in range(2, len(words) - 3):
        if words[cue] != "according" or words[cue + 1] != "to" or words[cue - 1] != "," or labels[cue] != 3:
            continue
        begin = cue - 1
        while begin > 0 and labels[begin - 1] == 6:
            begin -= 1
        begin -= 1
        end = cue + 2
        while end < len(words) and labels[end] in (1, 2):
            end += 1
        plain = begin >= 0 and labels[begin] == 5 and words[begin] not in "“‘" and end > cue + 2
        opens = begin <= 0 or words[begin - 1] in STARTS or bool(sample.opens[begin])
        if plain and opens and end < len(words) and words[end] == "." and rng.random() < share:
            order[begin:end] = [*range(cue, end), cue - 1, *range(begin, cue - 1)]
            capitals[cue] = "According"
            if words[begin] in LOWERED:
                capitals[begin] = words[begin].lower()
    if not capitals:
        return sample
    for index, word in capitals.items():
        words[index] = word
    moved = np.array(order)
    soft = None if sample.soft is None else sample.soft[moved]
    return replace(sample, words=[words[index] for index in order], labels=labels[moved], soft=soft)
