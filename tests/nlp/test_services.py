"""Public services, with exact offsets."""

import pytest


def services(reading):
    return [service.name for service in reading.services]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Services including speech and hearing tests, foot care, dental care and help for new mothers will move.",
            ["speech and hearing tests", "foot care", "dental care", "help for new mothers"],
        ),
        (
            "Services such as night buses, school transport and dial-a-ride would close.",
            ["night buses", "school transport", "dial-a-ride"],
        ),
        ("Cuts to maternity care and the probation service are feared.", ["maternity care", "probation service"]),
        ("He wants better public services for all.", ["public services"]),
        ("The public services union met over key public services, such as cleaner streets.", []),
        ("The NHS and the rest of the health service need help.", ["NHS", "health service"]),
        ("Larchfield NHS Trust has a new head.", []),
        ("Services including foot care and eye tests will leave the NHS.", ["foot care", "eye tests"]),
        ("A reorganisation of the Army was feared.", ["the Army"]),
        ("He would send him into the army, or the Larchfield Army.", []),
        ("Police and education welfare officers met.", ["Police"]),
        ("Services including others, many more and the rest went.", []),
        (
            "It goes on education and public services, and then on housing and health",
            ["education", "public services", "housing", "health"],
        ),
        ("She would spend more on state education and speak on transport.", ["state education", "transport"]),
        ("The education secretary saw the prisons minister, who had an education and training body.", []),
        ("Secondary schools gain; other schools lose.", ["Secondary schools"]),
        ("Police forces want police numbers to rise.", ["Police forces"]),
        ("He has mental health, drug or alcohol problems.", []),
        ("We drive to walk-in centres and get out-of-hours care.", ["walk-in centres", "out-of-hours care"]),
        ("There is more money for education, housing and transport.", ["education", "housing", "transport"]),
        ("The education minister spoke of health.", []),
        ("Police officers met; the police and the civil service were praised.", ["police", "civil service"]),
        ("Free sight and hearing checks will stay.", ["sight and hearing checks"]),
        ("Judges of the family courts spoke of core services.", ["family courts", "core services"]),
        ("More policing was asked for, and more police.", ["police"]),
        ("Staff at Ashmoor prison went home.", ["Ashmoor prison"]),
        ("The care programme was dropped and the service charge rose.", []),
        ("Take good care of it.", []),
    ],
)
def test_services_are_found_in_lists_and_by_their_head_noun(read, text, expected):
    assert services(read(text)) == expected


def test_a_service_named_twice_is_one_with_two_mentions(read):
    text = "The bus service was cut. Villages need a bus service."
    (service,) = read(text).services
    assert [text[a:b] for a, b in service.mentions] == ["bus service", "bus service"]
