"""Every form in which the press reports speech, read by the whole pipeline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy.language import Language

from nlp.document import quotes
from nlp.quoting.attributions import Attribution
from nlp.quoting.repair import repaired
from nlp.records import Quote, Spans

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


def cut(text: str, spans: Spans) -> str:
    return " … ".join(text[start:end] for start, end in spans)


def read(nlp: Language, text: str) -> list[Quote]:
    return list(quotes(nlp(text)))


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "kind"),
    [
        (
            "Culture secretary Nora Whitcombe said library fees would be scrapped.",
            "Culture secretary Nora Whitcombe", "said", "library fees would be scrapped", "indirect",
        ),
        (
            "Library fees will be scrapped, culture secretary Nora Whitcombe has said.",
            "culture secretary Nora Whitcombe", "said", "Library fees will be scrapped", "indirect",
        ),
        (
            "Library fees, Nora Whitcombe said, would be scrapped within a year.",
            "Nora Whitcombe", "said", "Library fees … would be scrapped within a year", "indirect",
        ),
        (
            "The Local Audit Board has announced that one library in ten will close.",
            "The Local Audit Board", "announced", "one library in ten will close", "indirect",
        ),
        (
            "Ministers believe the plan will save money.",
            "Ministers", "believe", "the plan will save money", "indirect",
        ),
        (
            "According to the Local Audit Board, one library in ten has closed.",
            "the Local Audit Board", "According to", "one library in ten has closed", "indirect",
        ),
        (
            "One library in ten has closed, according to the Local Audit Board.",
            "the Local Audit Board", "according to", "One library in ten has closed", "indirect",
        ),
        ("Mr Osei urged ministers to think again.", "Mr Osei", "urged", "to think again", "indirect"),
        ("The union called on ministers to think again.", "The union", "called on", "to think again", "indirect"),
        (
            "The union called for a public inquiry into the closures.",
            "The union", "called for", "a public inquiry into the closures", "indirect",
        ),
        ("Mr Osei denied breaking the rules.", "Mr Osei", "denied", "breaking the rules", "indirect"),
        (
            "Mr Osei, who said the plan would fail, left the meeting.",
            "Mr Osei", "said", "the plan would fail", "indirect",
        ),
        (
            "Nora Whitcombe outlined the timetable and said that fees would end in May.",
            "Nora Whitcombe", "said", "fees would end in May", "indirect",
        ),
        (
            "Mr Osei accused the minister of “closing libraries by stealth”.",
            "Mr Osei", "accused", "the minister of “closing libraries by stealth”", "mixed",
        ),
        ("Mr Osei branded the plan a “shambles”.", "Mr Osei", "branded", "the plan a “shambles”", "mixed"),
        ("Mr Osei described the plan as “a gamble”.", "Mr Osei", "described", "the plan as “a gamble”", "mixed"),
        (
            "Plan is 'desperate', say Tories\n\nThe council published it on Monday.",
            "Tories", "say", "Plan is 'desperate'", "mixed",
        ),
        (
            "Mr Osei said that “fees will go within the year”.",
            "Mr Osei", "said", "“fees will go within the year”", "direct",
        ),
        (
            "The government's 'right to read' scheme will start in May, Nora Whitcombe said.",
            "Nora Whitcombe", "said", "The government's 'right to read' scheme will start in May", "indirect",
        ),
        ("Nora Whitcombe said: “Library fees will go.”", "Nora Whitcombe", "said", "“Library fees will go.”", "direct"),
        (
            "“Library fees will go,” said Nora Whitcombe.",
            "Nora Whitcombe", "said", "“Library fees will go,”", "direct",
        ),
        (
            "“Library fees will go,” said Nora Whitcombe. “Reading should cost nothing.”",
            "Nora Whitcombe", "said", "“Library fees will go,” … “Reading should cost nothing.”", "direct",
        ),
        (
            "“The plan,” said Mr Osei, “will fail within a year.”",
            "Mr Osei", "said", "“The plan,” … “will fail within a year.”", "direct",
        ),
        (
            "Nora Whitcombe said: 'The councils' budgets won't shrink, and readers' fees will go.'",
            "Nora Whitcombe", "said", "'The councils' budgets won't shrink, and readers' fees will go.'", "direct",
        ),
        ("“She told me ‘no’ and I left,” said Mr Osei.", "Mr Osei", "said", "“She told me ‘no’ and I left,”", "direct"),
        ("«Library fees will go», said Nora Whitcombe.", "Nora Whitcombe", "said", "«Library fees will go»", "direct"),
        ("“We keep all.” – Commissioner Ada Brandt", "Commissioner Ada Brandt", "", "“We keep all.”", "direct"),
        ("The plan is sound,” said Mr Osei.", "Mr Osei", "said", "The plan is sound,”", "direct"),
        (
            "“The plan is sound, said Mr Osei. The council votes on Monday.",
            "Mr Osei", "said", "“The plan is sound,", "direct",
        ),
    ],
)  # fmt: skip
def test_a_form_of_reported_speech_is_read_as_one_quote(
    nlp: Language, text: str, source: str, cue: str, content: str, kind: str
) -> None:
    (quote,) = read(nlp, text)
    assert (cut(text, quote.source), cut(text, quote.cue), cut(text, quote.content), quote.kind) == (
        source, cue, content, kind,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "It is hoped that readers will gain.",
        "Nora Whitcombe met the council and opened a new branch.",
        "Mr Osei did not say when the plan would start.",
        "He refused to comment.",
        "The scheme will encourage towns to open branches.",
        "Figures show that one library in ten has closed.",
    ],
)
def test_what_nobody_is_said_to_have_said_is_no_quote(nlp: Language, text: str) -> None:
    assert read(nlp, text) == []


@pytest.mark.parametrize(
    "paragraphs",
    [
        "Minister Nora Whitcombe said:\n\n“Fees will go.\n\n“Branches stay.\n\n“Reading is free.”\n\nNotes follow.",
        "Minister Nora Whitcombe said:\n\n“Fees will go.”\n\n“Branches stay.”\n\n“Reading is free.”\n\nNotes follow.",
        "Minister Nora Whitcombe said:\n\n‘Fees will go.\n\n‘Branches stay.\n\n‘Reading is free.’\n\nNotes follow.",
        'Culture Minister Nora Whitcombe said: "Fees will go. "Branches stay. "Reading is free." Notes follow.',
    ],
)
def test_a_quote_that_runs_over_three_paragraphs_is_one_quote(nlp: Language, paragraphs: str) -> None:
    (quote,) = read(nlp, paragraphs)
    assert [paragraphs[start + 1 : end].rstrip('”’"') for start, end in quote.content] == [
        "Fees will go.",
        "Branches stay.",
        "Reading is free.",
    ]
    assert quote.kind == "direct"


def test_two_cues_with_one_subject_are_two_quotes_of_that_subject(nlp: Language) -> None:
    text = "The minister told the council that fees would go, and added that no branch would close."
    assert [(cut(text, q.source), cut(text, q.cue), cut(text, q.content)) for q in read(nlp, text)] == [
        ("The minister", "told", "fees would go"),
        ("The minister", "added", "no branch would close"),
    ]


def test_two_sources_in_one_sentence_each_keep_their_own_words(nlp: Language) -> None:
    text = "Critics say the plan will fail, but supporters argue it will save money."
    assert [(cut(text, q.source), cut(text, q.content)) for q in read(nlp, text)] == [
        ("Critics", "the plan will fail"),
        ("supporters", "it will save money"),
    ]


def test_a_quotation_with_no_cue_stands_alone_after_an_indirect_quote(nlp: Language) -> None:
    text = "Mr Osei said the plan was weak. “It will close ten branches by May.” The council votes on Monday."
    first, floating = read(nlp, text)
    assert cut(text, first.content) == "the plan was weak"
    assert (cut(text, floating.content), floating.cue, floating.source) == (
        "“It will close ten branches by May.”", (), (),
    )  # fmt: skip


def test_a_new_cue_after_a_quotation_begins_a_new_quote(nlp: Language) -> None:
    text = "Mr Osei replied: “It is over.”\n\n“We lost by a mile,” he added."
    assert [cut(text, quote.cue) for quote in read(nlp, text)] == ["replied", "added"]


def test_a_claim_in_the_quotation_marks_of_a_headline_is_a_quote_of_the_body_s_first_speaker(nlp: Language) -> None:
    text = "Libraries 'will close within a year'\n\nNora Whitcombe said that every branch was at risk."
    headline, _ = read(nlp, text)
    assert (cut(text, headline.content), headline.kind) == ("Libraries 'will close within a year'", "mixed")
    assert headline.speaker == "Nora Whitcombe"


def test_a_quoted_name_in_a_headline_is_no_quote(nlp: Language) -> None:
    assert read(nlp, "Councils tackle 'ghost branches'\n\nWork began on Monday.") == []


@pytest.mark.parametrize("text", ["", "“", "”", "“”", "He said “", "“A,\n\nB ‘c” d’ “e.", "'\n'", "said said said:"])
def test_marks_that_do_not_balance_never_raise(nlp: Language, text: str) -> None:
    for quote in read(nlp, text):
        assert all(0 <= start < end <= len(text) for start, end in quote.content)


def test_what_any_finder_finds_has_its_quotations_made_whole(nlp: Language) -> None:
    text = "“Fees will go.\n\n“Branches stay,” said Nora Whitcombe. “Reading is free.”"
    begin = text.index("Branches")
    found = [Attribution(((begin, begin + 8),), ((text.index("said"), text.index("said") + 4),))]
    assert [cut(text, whole.content) for whole in repaired(nlp(text), found)] == [
        "“Fees will go. … “Branches stay,” … “Reading is free.”"
    ]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not on this machine")
@pytest.mark.parametrize("index", [0, 1])
def test_the_quotes_of_a_seed_article_match_the_gold(nlp: Language, index: int) -> None:
    document = json.loads((SEEDS / "gold.json").read_text(encoding="utf-8"))["documents"][index]
    text = (SEEDS / f"{document['id']}.txt").read_text(encoding="utf-8")
    found = {
        (cut(text, q.content), cut(text, q.cue), cut(text, q.source), q.kind, q.speaker, q.speaker_type)
        for q in read(nlp, text)
    }
    wanted = {
        (
            *(cut(text, tuple(map(tuple, gold[part]))) for part in ("content", "cue", "source")),
            gold["kind"], gold["speaker"], gold["speaker_type"],
        )
        for gold in document["quotes"]
        if not gold["optional"]
    }  # fmt: skip
    assert found == wanted
