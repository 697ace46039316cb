"""What two readers of a text make of each other's attributions."""

from __future__ import annotations

from nlp.quoting.agreement import BOTH, GRAMMAR_ALONE, LEAST, agreed
from nlp.quoting.attributions import Attribution

SAID = Attribution(((10, 60),), ((4, 8),), ((0, 3),), 0.8)
FLOATING = Attribution(((10, 60),), confidence=0.6)
ELSEWHERE = Attribution(((100, 140),), ((94, 98),), ((90, 93),), 0.95)


def test_what_both_find_is_surer_than_what_one_finds_alone() -> None:
    (both,) = agreed([SAID], [Attribution(((12, 60),), confidence=0.5)])
    (alone,) = agreed([SAID], [])
    assert (both.confidence, alone.confidence) == (BOTH, GRAMMAR_ALONE)
    assert both.content == SAID.content


def test_a_source_that_the_grammar_missed_is_the_taggers() -> None:
    (found,) = agreed([FLOATING], [SAID])
    assert (found.source, found.cue) == (SAID.source, SAID.cue)


def test_the_tagger_is_believed_alone_only_when_it_is_sure() -> None:
    unsure = Attribution(((100, 140),), confidence=LEAST - 0.1)
    assert [one.content for one in agreed([SAID], [ELSEWHERE])] == [SAID.content, ELSEWHERE.content]
    assert [one.content for one in agreed([SAID], [unsure])] == [SAID.content]


def test_no_word_is_given_to_two_speakers() -> None:
    across = Attribution(((50, 140),), ((94, 98),), ((90, 93),), 0.99)
    assert [one.content for one in agreed([SAID], [across])] == [SAID.content]
