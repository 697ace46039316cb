"""The stance scorer that ships: how a sentence judges what it names, and what each token is to a party."""

import numpy as np
import pytest

from nlp.standing.attitudes import Question, scorer
from nlp.standing.passages import passage, seen_from

NONE, WELL, BADLY = range(3)


@pytest.fixture(scope="module")
def ask(nlp):
    def chances(text, target):
        doc = nlp(text)
        span = doc.char_span(text.index(target), text.index(target) + len(target))
        return scorer().targets([Question(passage(doc, 0, len(doc)), None, (span.start, span.end))])[0]

    return chances


@pytest.mark.parametrize(
    ("text", "target", "view"),
    [
        ("Marta Quill was accused of corruption and cowardice.", "Quill", BADLY),
        ("The harbour master praised Marta Quill as a brave and brilliant leader.", "Quill", WELL),
        ("The council condemned the disgraceful ferry company.", "company", BADLY),
        ("Marta Quill will meet the council on Tuesday.", "Quill", NONE),
    ],
)
def test_a_sentence_judges_whom_it_praises_or_blames(ask, text, target, view):
    assert ask(text, target).argmax() == view


def test_chances_sum_to_one(ask):
    assert ask("The ferry sailed.", "ferry").sum() == pytest.approx(1.0, abs=1e-5)


def test_questions_asked_together_are_answered_as_alone(nlp):
    texts = ["The mayor attacked the plan.", "Boatmen applauded the new harbour rules on Friday."]
    asked = [Question(passage(doc, 0, len(doc)), (1, 2), (3, 4)) for doc in map(nlp, texts)]
    alone = np.concatenate([scorer().pairs([question]) for question in asked])
    assert scorer().pairs(asked) == pytest.approx(alone, abs=1e-5)


def test_a_pair_turned_round_gets_the_answers_turned_round(nlp):
    doc = nlp("The mayor attacked the boatmen.")
    seen = passage(doc, 0, len(doc))
    there, back = scorer().pairs([Question(seen, (1, 2), (4, 5)), Question(seen, (4, 5), (1, 2))])
    assert there == pytest.approx(back[[0, 2, 1, 4, 3]], abs=1e-5)


def test_subject_and_object_of_a_verb_see_it_by_different_relations(nlp):
    seen = passage(nlp("Boatmen attacked mayors."), 0, 3)
    deps = np.array([1 + sorted(set(seen.deps)).index(dep) for dep in seen.deps], dtype=np.int32)
    subject, thing = seen_from((0, 1), seen.heads, deps), seen_from((2, 3), seen.heads, deps)
    assert subject[0, 1] == thing[0, 1]
    assert subject[1, 1] != thing[1, 1]


def test_without_a_party_nothing_is_seen():
    assert not seen_from(None, np.array([0, 0]), np.array([1, 2])).any()
