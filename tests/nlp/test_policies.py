"""Policies under one name each, with what points back at them."""

import pytest


def policies(reading):
    return [policy.name for policy in reading.policies]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It breaks the Harbours Act 1964.", ["Harbours Act 1964"]),
        ("She signed the Treaty of Ghent.", ["Treaty of Ghent"]),
        ("Peers debated the Licensing of Ferries Bill.", ["Licensing of Ferries Bill"]),
        ("It is part of the government’s ‘right to roam’ scheme.", ["right to roam"]),
        ("Labour introduced a right to appeal for tenants.", ["right to appeal"]),
        ("Staff will be able to form patient-led trusts next year.", ["patient-led trusts"]),
        ("They attacked the anti-smoking legislation.", ["anti-smoking legislation"]),
        ("The new rules on fishing came into force.", ["new rules on fishing"]),
        ("The government announced new plans and further measures.", []),
        ("He warned of risky schemes and ancient legislation.", []),
        ("They want electoral reform.", ["electoral reform"]),
        ("The Green Paper on ferry fares was late.", ["Green Paper on ferry fares"]),
        ("Ports reject the Quill report and the Marsh Review.", ["Quill report", "Marsh Review"]),
        ("She wants an overhaul of ferry safety.", ["overhaul of ferry safety"]),
        ("Each part of Sky's Harbour Watch programme and the annual scheme ended.", []),
        ("The Green Party plans to speak.", []),
        ("The cost of Jane Dole's ferry grants scheme rose.", ["ferry grants scheme"]),
        ("It was a ‘cut’, he said of the ‘quick and easy’ plan.", []),
        ("His Budget and the Budget of 1947 struck savers; Budget documents say so.", ["Budget"]),
        ("It was in the pre-Budget report.", ["pre-Budget report"]),
        (
            "Labour’s manifesto beats the Tory election manifesto; no election manifesto is read.",
            ["Labour's manifesto", "Tory election manifesto"],
        ),
        ("He spoke to the Quill inquiry and to a Commons inquiry.", ["Quill inquiry"]),
        ("She has a five-year plan, a lunch plan and ferry cuts proposals.", ["five-year plan"]),
        ("Top-up fees and 24-hour drinking divide them.", ["Top-up fees", "24-hour drinking"]),
        ("Income tax falls; a local income tax comes.", ["Income tax", "local income tax"]),
        ("The control orders are harsh: a control order binds.", ["control orders"]),
        ("The Ferries Act and the Ports Bill differ.", ["Ferries Act", "Ports Bill"]),
        ("Identity cards will come, he said of ID cards.", ["Identity cards"]),
        ("Anti-fraud measures and UN resolution 242 were named.", ["Anti-fraud measures", "UN resolution 242"]),
        ("A 10-year ferry plan was read.", ["10-year ferry plan"]),
        ("The 15-year-old ban and economic policy stay.", []),
        (
            "The Green Paper on fares is out. The Quill review, or Quill report, is not.",
            ["Green Paper on fares", "Quill review"],
        ),
        (
            "In Leeds, Ports Bill rebels met; the Ferries, Ports and Piers Bill fell.",
            ["Ports Bill", "Ferries, Ports and Piers Bill"],
        ),
        ("It broke EU directives on noise.", ["EU directives on noise"]),
        ("Savers like the Child Trust Fund.", ["Child Trust Fund"]),
        ("They want immigration quotas and a new immigration policy.", ["immigration quotas", "immigration policy"]),
    ],
)
def test_a_policy_is_known_by_capitals_quotes_or_head_noun(read, text, expected):
    assert policies(read(text)) == expected


def test_spellings_of_one_policy_are_one_record(read):
    (policy,) = read("Ministers back ID cards. The ID card scheme will cost more.").policies
    assert policy.name == "ID cards"
    assert policy.aliases == ("ID card scheme",)


def test_what_only_a_headline_calls_a_plan_is_short_for_what_the_text_names(read):
    text = "Quill unveils ferry plans\n\nHarbours will pay more under the mooring levy. The levy starts in May."
    assert policies(read(text)) == ["mooring levy"]


def test_a_policy_is_called_what_the_text_calls_it_and_not_the_headline(read):
    text = "Ferry subsidy scheme row\n\nThe island ferry subsidy scheme was attacked by harbours."
    assert policies(read(text)) == ["island ferry subsidy scheme"]


def test_two_acts_that_share_a_word_stay_two(read):
    reading = read("The Ports Act was followed by the Free Ports Act a year later.")
    assert policies(reading) == ["Ports Act", "Free Ports Act"]


def test_the_bill_points_back_at_the_bill_named_before(read):
    text = "The Hedgerows Bill was published. Farmers fear the bill."
    (policy,) = read(text).policies
    assert [text[a:b] for a, b in policy.mentions] == ["Hedgerows Bill", "bill"]


def test_the_scheme_is_the_one_the_article_is_about_and_not_a_rival_s_named_in_passing(read):
    text = (
        "The 'right to mend' scheme opens in May. Dana Frey said that Labour's 'right to repair' came first. "
        "She rejects the scheme."
    )
    named = {policy.name: [text[a:b] for a, b in policy.mentions] for policy in read(text).policies}
    assert "scheme" in named["right to mend"]
    assert named["right to repair"] == ["right to repair"]


def test_a_plan_with_a_name_in_capitals_keeps_the_whole_name(read):
    assert [policy.name for policy in read("Commuters back the Clear Fares plan.").policies] == ["Clear Fares plan"]
