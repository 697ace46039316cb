"""Sources that are no name: what kind of speaker a description means, and the form under which it is kept."""

from __future__ import annotations

import re

from spacy.tokens import Span, Token

UNNAMED = frozenset(
    "spokesman spokeswoman spokesperson source sources insider insiders aide aides official officials someone somebody "
    "friend friends ally allies adviser advisers spokesmen spokespeople colleague colleagues".split()
)
SPOKESPEOPLE = frozenset({"spokesman", "spokeswoman", "spokesperson"})  # some are named with that role
DOCUMENTS = frozenset(
    "report study research poll survey document letter statement manifesto book findings review analysis "
    "figures slogan website leaflet advert memo dossier article inquiry billboard poster audit guidance "
    "evidence data strategy briefing register entry communique".split()
)
POLLS = frozenset({"poll", "survey"})
POLLSTERS = frozenset(
    {"YouGov", "ICM", "Mori", "MORI", "Ipsos", "NOP", "Gallup", "Populus", "ComRes", "Opinium", "Survation"}
)  # a newspaper's poll is theirs
PERSONAL = frozenset(
    "minister secretary leader mp pm peer chairman chairwoman chair chief president director commissioner chancellor "
    "premier mayor judge lawyer professor doctor councillor candidate head boss executive speaker whip lord baroness "
    "bishop archbishop officer constable governor ambassador envoy expert economist analyst author campaigner "
    "manager manageress teacher nurse headteacher politician msp am mep td backbencher frontbencher ex-minister "
    "coroner counsel qc kc prosecutor ombudsman inspector man woman veteran founder deputy "
    "counterpart opponent rival father mother daughter son widow wife husband businessman businesswoman entrepreneur "
    "chairperson singer actor actress star pensioner student worker doctor scientist writer journalist".split()
)
OFFICES = frozenset(
    "minister secretary leader chancellor premier president commissioner speaker whip mayor governor chairman".split()
)  # held by one at a time: not whoever happens to be on stage
BODIES = frozenset(
    "committee commission party government department union group agency council office executive charity court "
    "company firm association institute board panel watchdog body organisation trust coalition ministry authority "
    "federation inquiry society regulator parliament cabinet force opposition administration".split()
)
SORTS = {
    "paper": "media", "newspaper": "media", "tabloid": "media", "daily": "media", "broadcaster": "media",
    "union": "union", "party": "party", "department": "department", "ministry": "department", "charity": "charity",
}  # fmt: skip
PEOPLE_PLURAL = frozenset(
    "mps msps meps peers lot number many some all most police people public media majority minority staff".split()
)
NOT_BODIES = UNNAMED | DOCUMENTS | PERSONAL  # a Home Office minister is not the Home Office
SHARES = frozenset("% per cent percent third thirds half quarter quarters fifth fifths tenth tenths".split())
NATIONAL = ("NORP", "GPE", "LOC")  # Scottish ministers, wherever they stand
NAMED_SORT = re.compile(  # the Norwell Echo newspaper, the umbrella organisation Piersafe
    r"^(?:[Tt]he )?(?P<before>[A-Z]\S*(?: [A-Z]\S*)*) (?:newspaper|magazine)$"
    r"|\b(?:organisation|charity|group|union|firm|company|watchdog|agency|newspaper|body|tank|association)"
    r" (?P<after>[A-Z]\S*(?: [A-Z]\S*)*)$"
)
ARTICLES = frozenset("a an the some many most all both one his her its their this that no".split())
TRIM_BEFORE = (", including", ", who", ", which", ", such as", " including ", ", whose")


def speaker_type(head: Token) -> str:
    """person, organisation, group or unnamed, for a description with this head."""
    word = head.lower_
    if word in SHARES:  # 76 per cent, a third of tenants: some of many, whatever the tagger says
        return "group"
    if word in UNNAMED:
        return "unnamed"
    if word in PEOPLE_PLURAL:
        return "group"
    if word in PERSONAL and head.tag_ not in ("NNS", "NNPS"):
        return "unnamed"
    if head.pos_ == "PROPN" or word in BODIES or word in DOCUMENTS or word in SORTS:
        return "group" if head.tag_ in ("NNS", "NNPS") and word not in DOCUMENTS else "organisation"
    if head.tag_ in ("NNS", "NNPS"):
        return "group"
    return "unnamed" if word in PERSONAL or head.pos_ in ("NOUN", "PRON") else "group"


def is_definite(span: Span) -> bool:
    """Whether it points back at somebody: the minister, his deputy; not a minister."""
    first = span[0]
    return first.lower_ in ("the", "this", "that", "these", "those", "both", "his", "her", "their") or any(
        token.dep_ == "poss" for token in span[:3]
    )


def is_thing(head: Token) -> bool:
    """Whether a description stands for no human: neither a person's word nor one for somebody unnamed."""
    word = head.lower_
    return word not in UNNAMED | PERSONAL | PEOPLE_PLURAL and not word.endswith(
        ("man", "woman", "person", "er", "or", "ist")
    )


def described(span: Span) -> str:
    """The description as a name: without relative clause and brackets, in lower case where the sentence began."""
    text = str(span.text)
    for marker in TRIM_BEFORE:
        text = text.split(marker, 1)[0]
    text = text.split(" (", 1)[0] if text.endswith(")") and span.root.pos_ == "PROPN" else text
    text = " ".join(text.split()).strip(" ,;:")
    if named := NAMED_SORT.search(text):
        return named.group("before") or named.group("after")
    first = span[0]
    opens = first.is_sent_start or (first.i > 0 and first.nbor(-1).is_quote)  # elsewhere a capital tells a name
    common = not _opens_a_name(first) and opens and (first.tag_ not in ("NNP", "NNPS") or _is_common_word(first))
    common = common or first.lower_ in ARTICLES
    if common and not any(char.isupper() for char in first.text[1:]):
        text = text[:1].lower() + text[1:]
    if first.lower_ == "the" and len(span) > 1:
        text = text[4:]
    return text


def _opens_a_name(token: Token) -> bool:
    """Scottish of "Scottish ministers"; Police of "Police Scotland", which the tagger takes for a common noun."""
    if token.tag_ == "JJ":
        return token.ent_type_ in NATIONAL
    following = token.doc[token.i + 1 : token.i + 2]
    return token.tag_ in ("NN", "NNS") and any(after.is_title and after.pos_ == "PROPN" for after in following)


def _is_common_word(token: Token) -> bool:
    """A capitalised first word that the article also writes small."""
    return any(other.text == token.lower_ for other in token.doc)
