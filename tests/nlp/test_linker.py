"""The linker on gold-like spans, and tagger and linker together, on sentences of our own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nlp.linking.linker import Linker
from nlp.quoting.attributions import Attribution
from nlp.tagging.tagger import TaggedSpan, Tagger


@pytest.fixture(scope="module")
def linker() -> Linker:
    return replace(Linker.load(), least=0.0)


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.load()


def marked(text: str) -> tuple[str, list[TaggedSpan]]:
    """`[c …]` is content, `[q …]` a cue, `[s …]` a source."""
    names = {"c": "content", "q": "cue", "s": "source"}
    plain, spans, open_at = "", [], (0, "")
    index = 0
    while index < len(text):
        if text[index] == "[":
            open_at = (len(plain), names[text[index + 1]])
            index += 3
        elif text[index] == "]":
            spans.append(TaggedSpan(open_at[0], len(plain), open_at[1], 0.9))
            index += 1
        else:
            plain += text[index]
            index += 1
    return plain, spans


def shown(text: str, found: list[Attribution]) -> list[tuple[list[str], str, str]]:
    def read(spans: tuple[tuple[int, int], ...]) -> list[str]:
        return [text[start:end] for start, end in spans]

    return [(read(a.content), " ".join(read(a.cue)), " ".join(read(a.source))) for a in found]


LINKED = [
    (
        "[s The mayor] [q said] [c the tram would run], and [s a rider] [q complained] [c it was slow].",
        [(["the tram would run"], "said", "The mayor"), (["it was slow"], "complained", "a rider")],
    ),
    (
        "[c “It is late,”] [s Mr Orr] [q said]. [c “It is always late.”]",
        [(["“It is late,”", "“It is always late.”"], "said", "Mr Orr")],
    ),
    (
        "[s Mrs Dunn] [q said] [c the fee was wrong] and [q added] [c that it would fall].",
        [(["the fee was wrong"], "said", "Mrs Dunn"), (["that it would fall"], "added", "")],
    ),
    (
        "[q According to] [s the watchdog], [c fares rose twice].",
        [(["fares rose twice"], "According to", "the watchdog")],
    ),
    (
        "[s Minister Vale] [q said]:\n\n[c “This is a start.]\n\n[c “We will go on.”]",
        [(["“This is a start.", "“We will go on.”"], "said", "Minister Vale")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), LINKED)
def test_content_goes_to_its_cue_and_the_cue_to_its_source(
    linker: Linker, text: str, expected: list[tuple[list[str], str, str]]
) -> None:
    plain, spans = marked(text)
    found = shown(plain, linker.link(plain, spans))
    assert [(content, cue) for content, cue, _ in found] == [(content, cue) for content, cue, _ in expected]
    assert all(source == wanted or not wanted for (*_, source), (*_, wanted) in zip(found, expected, strict=True))


def test_by_the_uk_guideline_an_action_reports_nothing(linker: Linker) -> None:
    plain, spans = marked("[s The union] [q backed] [c the new timetable]. [s It] [q said] [c drivers were tired].")
    assert [cue for _, cue, _ in shown(plain, linker.link(plain, spans))] == ["said"]
    every = replace(linker, uk_guideline=False).link(plain, spans)
    assert [cue for _, cue, _ in shown(plain, every)] == ["backed", "said"]


def test_by_the_uk_guideline_a_quotation_before_an_unrelated_report_stands_alone(linker: Linker) -> None:
    plain, spans = marked(
        "The hall fell silent. [c “Nobody asked us.”] Later that week [s the chair] [q said] [c talks would resume]."
    )
    assert shown(plain, linker.link(plain, spans)) == [
        (["“Nobody asked us.”"], "", ""),
        (["talks would resume"], "said", "the chair"),
    ]


def test_a_press_release_line_gives_its_speaker_without_a_cue(linker: Linker) -> None:
    plain, spans = marked("[c “We are proud of this work.”] – [s Commissioner Hart]")
    assert shown(plain, linker.link(plain, spans)) == [(["“We are proud of this work.”"], "", "Commissioner Hart")]


def test_no_spans_give_no_attributions(linker: Linker) -> None:
    assert linker.link("Nothing was said.", []) == []
    assert linker.link("", []) == []


def test_a_source_or_cue_alone_is_no_attribution(linker: Linker) -> None:
    plain, spans = marked("[s The envoy] [q spoke] for an hour.")
    assert linker.link(plain, spans) == []


def test_a_plain_statement_is_surer_than_a_vague_one(linker: Linker, tagger: Tagger) -> None:
    texts = ["Ms Reed said: “The clinic will open in May.”", "Some seemed to talk about the clinic."]
    plain = replace(linker, uk_guideline=False)
    confidences = [
        max((a.confidence for a in plain.link(text, spans)), default=0.0)
        for text, spans in zip(texts, tagger.tag(texts), strict=True)
    ]
    assert confidences[0] > 0.75
    assert confidences[0] > confidences[1]


WHOLE = [
    ("“We will not close the library,” council leader Joan Marsh said. “It stays.”", 1, "council leader Joan Marsh"),
    (
        "Transport secretary Lee Moss accused rail firms of “playing games” with fares.",
        1,
        "Transport secretary Lee Moss",
    ),
    ("The report warned that rents would rise. Landlords insisted that they were losing money.", 2, "The report"),
]


@pytest.mark.parametrize(("text", "count", "source"), WHOLE)
def test_text_to_attributions(linker: Linker, tagger: Tagger, text: str, count: int, source: str) -> None:
    found = shown(text, linker.link(text, tagger.tag([text])[0]))
    assert len(found) == count
    assert found[0][2] == source
