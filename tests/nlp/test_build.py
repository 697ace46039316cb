"""The pipeline as a whole: its components need nothing that no earlier one gives, and its offsets hold."""

from dataclasses import asdict


def test_every_component_finds_what_it_needs_on_the_doc(nlp):
    assert not any(nlp.analyze_pipes()["problems"].values())


def test_every_span_of_a_reading_points_into_the_stored_text(read):
    text = (
        "Housing minister Joan Pike said “the warm homes scheme is right” and pledged £30m for council housing.\n\n"
        "But Brent Council opposed the scheme."
    )
    reading = asdict(read(text))
    for person in reading["people"]:
        assert all("Pike" in text[a:b] for a, b in person["mentions"])
    for policy in reading["policies"]:
        assert all("scheme" in text[a:b] for a, b in policy["mentions"])
    for figure in reading["figures"]:
        assert text[slice(*figure["span"])] == figure["exact"]


def test_a_doc_survives_the_trip_through_bytes(nlp):
    doc = nlp("Labour MP Jane Dole backed the bus services bill.")
    copy = type(doc)(nlp.vocab).from_bytes(doc.to_bytes())
    assert copy._.reading["people"][0]["name"] == "Jane Dole"
