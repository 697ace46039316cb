"""Roles as stated: which offices and jobs the article gives to each person, and for which party or body."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Token

from nlp.document import ever_held, holdings, store
from nlp.document import people as people_of
from nlp.naming import role_phrases, roles_apart, roles_beside
from nlp.naming.role_mentions import SEATS, repeats, role_mentions
from nlp.naming.tenures import office_holders
from nlp.naming.vocabulary import BODY_HEADS, BODY_WORDS, TITLES
from nlp.records import Person, Role
from nlp.wordlists import rows

Bounds = tuple[int, int]
NOT_BODIES = frozenset({"UK", "US", "USA", "GB", "MP", "MEP", "MSP", "AM", "QC", "TV", "IT", "ID", "PR", "EU"})
PARTY_FORMS = sorted((form for row in rows("parties") for form in row[1].split(";")), key=len, reverse=True)
LETTERS = SEATS | {"QC", "KC", "OBE", "CBE", "MBE"}
LONGEST_PARTY = max(len(form.split()) for form in PARTY_FORMS)  # words


@Language.component("roles", requires=["token.tag", "doc.spans"], assigns=["doc.spans"])
def roles(doc: Doc) -> Doc:
    people = people_of(doc)
    mentions = {bounds: index for index, person in enumerate(people) for bounds in _tokens(doc, person)}
    taken = frozenset(token for start, end in mentions for token in range(_name_start(doc, start, end), end))
    found: list[list[Role]] = [[] for _ in people]
    parties: list[list[str]] = [[] for _ in people]
    plural: tuple[int, Role] | None = None
    for (start, end), index in sorted(mentions.items()):
        start = _name_start(doc, start, end)
        stated = [(role, "before") for role in roles_beside.before(doc, start, people=taken)]
        stated += [(role, "comma") for role in roles_beside.before_comma(doc, start, end, people=taken)]
        stated += [(role, "after") for role in roles_beside.after(doc, _past_letters(doc, end), people=taken)]
        if doc[end : end + 1].text in SEATS and not _says(doc, stated, doc[end].text):
            stated.append(((end, end + 1), "letters"))
        for bounds, where in stated:
            role = _role(doc, *bounds)
            found[index].append(role)
            if where in ("before", "comma") and _of_several(doc, bounds[1]):
                plural = (end, role)
        if all(where == "letters" for _, where in stated) and plural and _listed(doc, plural[0], start):
            found[index].append(plural[1])
            plural = (end, plural[1])
        parties[index] += _bodies(doc, start, end)
    apart = roles_apart.of_pronouns(doc, mentions, [person.gender for person in people], people=taken)
    for index, bounds in (*apart, *roles_apart.of_lead(doc, mentions, people=taken)):
        if ever_held(doc, doc[slice(*bounds)].text, people[index].name) is not False:
            _add(doc, found[index], bounds)
    beside = taken | {i for roles_ in found for role in roles_ for i in _inside(doc, role.span)}
    phrases: list[list[Bounds]] = [[] for _ in people]
    titles = {i: [r.title for r in roles_] for i, roles_ in enumerate(found)}
    by_name = {person.name: i for i, person in enumerate(people)}
    often = {person.name: len(person.mentions) for person in people}
    offices = office_holders(doc, {person.name: titles[i] for i, person in enumerate(people)}, often)
    held = {start: by_name[name] for (start, _), name in offices.items()} | _held(doc, people, titles)
    for mention in role_mentions(doc, titles, mentions, beside, held=held):
        title = doc[mention.start : mention.end].text
        if not mention.known and ever_held(doc, title, people[mention.person].name) is False:
            continue
        phrases[mention.person].append(_characters(doc, mention.start, mention.end))
        if not mention.known:
            parts = role_phrases.split_roles(doc, mention.start, mention.end)
            found[mention.person] += [_role(doc, *bounds) for bounds in parts]
    for (start, end), name in offices.items():
        index = by_name[name]
        if doc[start - 1].lower_ == "the" and beside.isdisjoint(range(start, end)):
            phrases[index].append(_characters(doc, start, end))
        _add(doc, found[index], (start, end))
    store(
        doc,
        "people",
        [
            replace(
                person,
                mentions=tuple(sorted({*person.mentions, *phrases[i]})),
                roles=_distinct(found[i]),
                organisations=_organisations(found[i], parties[i]),
            )
            for i, person in enumerate(people)
        ],
        spans=[span for person in people for span in person.mentions],
    )
    return doc


def _add(doc: Doc, found: list[Role], bounds: Bounds) -> None:
    """A role that stands apart from the name, unless another says as much or a part of it."""
    role = _role(doc, *bounds)
    title = role.title.lower()
    if not any(repeats(title, known.title.lower()) or repeats(known.title.lower(), title) for known in found):
        found.append(role)


def _held(doc: Doc, people: Sequence[Person], titles: Mapping[int, Sequence[str]]) -> dict[int, int | None]:
    """First token of each role phrase that the register settled, to who holds it; None when no person of the article.

    An office that the article itself gives to somebody is theirs: what the register says of it is dropped.
    """
    stated = [title.lower() for given in titles.values() for title in given]
    known = holdings(doc)
    kept = [h for h in known if not any(repeats(doc.text[h.span[0] : h.span[1]].lower(), title) for title in stated)]
    if len(kept) < len(known):
        store(doc, "holdings", kept)
    by_name = {person.name: i for i, person in enumerate(people)}
    found = ((_inside(doc, holding.span), holding) for holding in kept)
    return {tokens[0]: by_name.get(holding.name) if holding.in_text else None for tokens, holding in found if tokens}


def _tokens(doc: Doc, person: Person) -> Iterable[Bounds]:
    for start, end in person.mentions:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is not None:
            yield span.start, span.end


def _name_start(doc: Doc, start: int, end: int) -> int:
    """Titles that are offices (Judge, Bishop) belong to the role, not to the name."""
    last = start
    for i in range(start, end - 1):
        if doc[i].lower_ in TITLES and doc[i].lower_ in role_phrases.heads():
            last = i + 1
    return last if last > start and end - last >= 2 else start


def _past_letters(doc: Doc, end: int) -> int:
    """Past "QC" and "MP" after a name, with or without a comma."""
    while end < len(doc) and doc[end].text in LETTERS:
        end += 1
    if end + 1 < len(doc) and doc[end].text == "," and doc[end + 1].text in ("QC", "KC"):
        end += 2
    return end


def _says(doc: Doc, stated: Iterable[tuple[Bounds, str]], letters: str) -> bool:
    """ "Labour MP Ada Quill MP": the role before the name has the letters already."""
    return any(token.text == letters for (start, end), _ in stated for token in doc[start:end])


def _of_several(doc: Doc, end: int) -> bool:
    """ "ministers A and B", "two peers, A and B", "economist team A and B": the role goes to every name of the list."""
    return role_phrases.is_plural_head(doc[end - 1]) or doc[end].lower_ in roles_beside.TEAMS


def _inside(doc: Doc, span: Bounds) -> range:
    tokens = doc.char_span(*span, alignment_mode="expand")
    return range(tokens.start, tokens.end) if tokens is not None else range(0)


def _characters(doc: Doc, start: int, end: int) -> Bounds:
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def _role(doc: Doc, start: int, end: int) -> Role:
    text = doc[start:end].text
    if role_phrases.is_plural_head(doc[end - 1]):
        text = text[:-1]
    return Role(title=text, span=_characters(doc, start, end), organisation=_organisation(doc, start, end))


def _organisation(doc: Doc, start: int, end: int) -> str | None:
    """The party or body that the role phrase names: "Labour MP", "director of the Health Foundation"."""
    text = doc[start:end].text
    plain = f" {text} ".replace("'s ", " ")
    party = next((form for form in PARTY_FORMS if f" {form} " in plain), None)
    if party:
        return party
    for i in range(start, end - 1):
        if doc[i].lower_ in ("of", "at", "for", "from"):
            j = i + 1 + (doc[i + 1].lower_ == "the")
            run = j
            while run < end and (
                doc[run].is_title or doc[run].text.isupper() or (run > j and doc[run].lower_ in ("of", "for", "and"))
            ):
                run += 1
            while run > j and not (doc[run - 1].is_title or doc[run - 1].text.isupper()):
                run -= 1
            if run > j and _is_body(doc, j, run):
                return str(doc[j:run].text)
    if _acronym(doc[start]) and end - start > 1:
        return str(doc[start].text)
    return None


def _is_body(doc: Doc, start: int, end: int) -> bool:
    words = {token.lower_ for token in doc[start:end]}
    return bool(words & (BODY_HEADS | BODY_WORDS)) or doc[start].ent_type_ == "ORG" or _acronym(doc[start])


def _acronym(token: Token) -> bool:
    return token.text.isupper() and len(token) > 1 and token.text not in NOT_BODIES


def _bodies(doc: Doc, start: int, end: int) -> list[str]:
    """A party right before the name (Tory Neil Hamilton), or a body after it (of the JCWI)."""
    before = doc[max(0, start - LONGEST_PARTY) : start].text
    found = [form for form in PARTY_FORMS if before.endswith(form)][:1]
    if end + 1 < len(doc) and doc[end].lower_ in ("of", "from"):
        j = end + 1 + (doc[end + 1].lower_ == "the")
        stop = j
        while stop < len(doc) and (doc[stop].is_title or doc[stop].text.isupper()) and doc[stop].is_alpha:
            stop += 1
        if stop > j and (doc[j].text.isupper() or doc[j].lower_ in BODY_WORDS or doc[j].ent_type_ == "ORG"):
            found.append(doc[j:stop].text)
    return found


def _listed(doc: Doc, end: int, start: int) -> bool:
    """Only a comma or "and" stands between two names of a list."""
    between = [token.lower_ for token in doc[end:start] if token.text not in LETTERS]
    return 0 < len(between) <= 2 and set(between) <= {",", "and"}


def _distinct(found: Iterable[Role]) -> tuple[Role, ...]:
    by_title: dict[str, Role] = {}
    for role in found:
        by_title.setdefault(role.title.lower(), role)
    return tuple(by_title.values())


def _organisations(found: Iterable[Role], parties: Iterable[str]) -> tuple[str, ...]:
    named = [role.organisation for role in found if role.organisation]
    return tuple(dict.fromkeys([*named, *parties]))
