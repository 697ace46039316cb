"""The two seed documents, read against their gold: who, what and for whom."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
GOLD = SEEDS / "gold.json"
DOCUMENTS = json.loads(GOLD.read_text(encoding="utf-8"))["documents"] if GOLD.exists() else []

pytestmark = pytest.mark.skipif(not DOCUMENTS, reason="the seed documents (../shared/seeds) are not on this machine")


@pytest.fixture(params=DOCUMENTS, ids=lambda document: document["id"])
def seed(request, read):
    text = (SEEDS / f"{request.param['id']}.txt").read_text(encoding="utf-8")
    return request.param, read(text).as_json(text)


def test_people_have_their_names_mentions_and_roles(seed):
    gold, reading = seed
    for person, expected in zip(reading["people"], gold["people"], strict=True):
        assert (person["name"], person["mentions"]) == (expected["name"], expected["mentions"])
        assert [role.casefold() for role in person["roles"]] == [role.casefold() for role in expected["roles"]]


@pytest.mark.parametrize("field", ["services", "policies", "events", "figures", "organisations"])
def test_what_the_gold_names_is_named_exactly(seed, field):
    gold, reading = seed
    assert set(gold[field]) <= set(reading[field])


def test_the_services_are_those_and_no_others(seed):
    gold, reading = seed
    assert sorted(reading["services"]) == sorted(gold["services"])


def test_the_positions_have_holder_and_stance(seed):
    gold, reading = seed
    wanted = {(p["holder"], p["stance"]) for p in gold["positions"]}
    assert wanted <= {(p["holder"], p["stance"]) for p in reading["positions"]}
