"""Each quote's source resolved to one canonical speaker of the article."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from nlp.build import build
from nlp.document import quotes
from nlp.speaking.descriptions import described


def speakers(nlp: Language, text: str) -> list[str | None]:
    return [quote.speaker for quote in quotes(nlp(text))]


LEAD = "Culture secretary Nora Whitcombe met Tory leader Daniel Osei on Monday. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr Osei said the plan was weak.", "Daniel Osei"),
        ("Osei said the plan was weak.", "Daniel Osei"),
        ("The culture secretary said the plan was sound.", "Nora Whitcombe"),
        ("The Tory leader said the plan was weak.", "Daniel Osei"),
        ("She said the plan was sound.", "Nora Whitcombe"),
        ("“The plan is weak,” he said.", "Daniel Osei"),
        ("A friend of Mr Osei said the plan was weak.", "a friend of Mr Osei"),
        ("Mr Osei's spokesman said the plan was weak.", "Mr Osei's spokesman"),
        ("A Downing Street spokesman said the plan was sound.", "a Downing Street spokesman"),
        ("Ministers said the plan was sound.", "ministers"),
        ("Daniel Osei and Nora Whitcombe said they had agreed.", "Daniel Osei and Nora Whitcombe"),
    ],
)
def test_a_source_is_resolved_to_its_canonical_speaker(nlp: Language, text: str, expected: str) -> None:
    assert speakers(nlp, LEAD + text) == [expected]


def test_a_pronoun_after_a_quote_is_the_one_who_just_spoke(nlp: Language) -> None:
    text = "Daniel Osei said the plan of Peter Marsh was weak. He added that it would fail."
    assert speakers(nlp, text) == ["Daniel Osei", "Daniel Osei"]


def test_a_pronoun_never_goes_to_the_other_gender(nlp: Language) -> None:
    text = "Mr Osei said the plan was weak. Mrs Whitcombe listened. “It will fail,” he added."
    assert set(speakers(nlp, text)) == {"Osei"}


def test_a_pronoun_with_nobody_to_mean_has_no_speaker_and_keeps_its_source(nlp: Language) -> None:
    text = "“The plan is weak,” he said."
    (quote,) = quotes(nlp(text))
    assert quote.speaker is None
    assert text[slice(*quote.source[0])] == "he"


def test_they_are_the_body_that_spoke(nlp: Language) -> None:
    text = "The Liberal Democrats said fees should go. They also said branches should stay."
    found = speakers(nlp, text)
    assert len(found) == 2
    assert found[0] == found[1]


def test_the_spokesman_is_the_one_introduced_before(nlp: Language) -> None:
    text = "A spokesman for the council said fees would go. The spokesman said no branch would close."
    assert speakers(nlp, text) == ["a spokesman for the council"] * 2


def test_a_report_speaks_for_the_body_that_made_it(nlp: Language) -> None:
    text = "A report by the National Audit Office says fees should go. The report said branches should stay."
    assert speakers(nlp, text) == ["National Audit Office"] * 2


def test_a_minister_of_the_lead_is_the_one_named_below(nlp: Language) -> None:
    text = "Library fees will go, a culture minister has said.\n\nNora Whitcombe said that reading should be free."
    assert speakers(nlp, text) == ["Nora Whitcombe", "Nora Whitcombe"]


def test_a_quotation_without_a_source_belongs_to_the_subject_of_the_sentence_before(nlp: Language) -> None:
    text = "Nora Whitcombe said fees would go. Daniel Osei stood up. “It will close ten branches by May.”"
    assert speakers(nlp, text) == ["Nora Whitcombe", "Daniel Osei"]


def test_the_role_is_kept_as_it_stands_beside_the_quote(nlp: Language) -> None:
    text = "Culture secretary Nora Whitcombe said fees would go. Ms Whitcombe said branches would stay."
    first, second = quotes(nlp(text))
    assert (first.role or "").lower() == "culture secretary"
    assert second.role is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nora Whitcombe said fees would go.", "person"),
        ("The Department of Health said fees would go.", "organisation"),
        ("Campaigners said fees should go.", "group"),
        ("A government source said fees would go.", "unnamed"),
        ("Only 62 per cent said fees should go.", "group"),
        ("A third said fees should go.", "group"),
        ("Half of residents said fees should go.", "group"),
    ],
)
def test_speakers_have_a_type(nlp: Language, text: str, expected: str) -> None:
    (quote,) = quotes(nlp(text))
    assert quote.speaker_type == expected


def test_names_are_surer_than_pronouns_and_pronouns_than_floating_quotations(nlp: Language) -> None:
    text = (
        "Daniel Osei met Peter Marsh. Mr Marsh said the plan was weak. Daniel Osei left. "
        "“It will close ten branches by May.”"
    )
    named, floating = quotes(nlp(text))
    assert named.speaker_confidence > floating.speaker_confidence > 0


def test_a_speaker_whom_the_article_only_describes_is_less_sure_than_one_it_names(nlp: Language) -> None:
    text = "Daniel Osei said the plan was weak. A government source said it was sound."
    named, described = quotes(nlp(text))
    assert named.speaker_confidence > described.speaker_confidence > 0.5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Scottish ministers said fees would go.", "Scottish ministers"),
        ("Muslim leaders said fees would go.", "Muslim leaders"),
        ("Young readers said fees should go.", "young readers"),
        ("Library bosses said fees would go.", "library bosses"),
    ],
)
def test_a_description_keeps_the_capitals_of_a_people_and_loses_those_of_its_sentence(
    nlp: Language, text: str, expected: str
) -> None:
    assert speakers(nlp, text) == [expected]


def test_a_body_keeps_the_capital_of_a_first_word_that_is_tagged_as_a_common_noun() -> None:
    words = ["Police", "Scotland", "said", "so"]
    doc = Doc(build().vocab, words, tags=["NNS", "NNP", "VBD", "RB"], pos=["NOUN", "PROPN", "VERB", "ADV"],
              heads=[1, 2, 2, 2], deps=["compound", "nsubj", "ROOT", "advmod"])  # fmt: skip
    assert described(doc[0:2]) == "Police Scotland"
