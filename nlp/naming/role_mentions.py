"""Role phrases that stand for a person: "the Tory leader said", "a Home Office minister has said. Hazel Blears …"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from nlp.identity.callings import Stated, any_contradict
from nlp.naming.role_phrases import PREPOSITIONS, heads, is_head, last_words, left_edge
from nlp.naming.vocabulary import BODY_HEADS, FIRST_NAMES
from nlp.surface import text_of, tokens_among

Bounds = tuple[int, int]
# Known to every reader without a name in the article, so that nearness tells nothing.
UNINTRODUCED = frozenset(
    {
        "prime minister",
        "pm",
        "chancellor",
        "president",
        "queen",
        "king",
        "pope",
        "minister",
        "leader",
        "director",
        "chairman",
        "archbishop",
        "bishop",
        "emperor",
        "taoiseach",
    }
)
NOBODY = frozenset(
    {"spokesman", "spokeswoman", "spokesperson", "official", "source", "member", "aide", "chief", "agent"}
)
# Of two roles that differ in one of these, neither is the other: the chancellor, a former or the shadow chancellor.
QUALIFYING = frozenset("shadow former ex deputy vice acting assistant junior under co".split())
SEATS = frozenset({"MP", "MSP", "MEP"})  # a role by themselves: the MSP had been a partner
NEAR = 90  # tokens


@dataclass(frozen=True, slots=True)
class RoleMention:
    """Token bounds of a role phrase without its article, whose it is, and whether it was stated for them before."""

    person: int
    start: int
    end: int
    known: bool


def role_mentions(
    doc: Doc,
    stated: Mapping[int, Sequence[str]],
    mentions: Mapping[Bounds, int],
    taken: frozenset[int],
    *,
    held: Mapping[int, int | None],
) -> Iterator[RoleMention]:
    """Definite role phrases that are subjects, and indefinite ones that the next sentence names.

    ``stated`` gives each person's roles so far, ``mentions`` token bounds to person, ``taken`` the tokens of names
    and of roles that stand beside them, ``held`` the first tokens of phrases that the register gave to somebody.
    """
    given = {person: [title.lower() for title in titles] for person, titles in stated.items()}
    starts = sorted(mentions)
    for token in tokens_among(doc, last_words()):
        if not is_head(token) or token.i in taken or token.dep_ not in ("nsubj", "nsubjpass") or token.i == 0:
            continue
        if _quoted(doc, token.idx):
            continue
        start = left_edge(doc, token.i, people=taken)
        article = doc[start - 1].lower_ if start else ""
        end = complement(doc, token.i, taken)
        phrase = doc[start : token.i + 1].text.lower()
        if end in taken or token.lower_ in NOBODY or doc[token.i + 1].text == "'s" or _is_named_after(doc, end, taken):
            continue
        if article == "the":
            holder = next((p for p, titles in given.items() if any(repeats(phrase, title) for title in titles)), None)
            if holder is not None:
                yield RoleMention(holder, start, end, True)
                continue
            if start in held:
                if doc[token.i + 1].lower_ == "and" or " and " in phrase:
                    continue  # the prime minister and chancellor are two
                known = held[start]
                if known is not None:
                    given.setdefault(known, []).append(phrase)
                    yield RoleMention(known, start, end, False)
                continue
            holder = _of_headline(doc, starts, mentions, start)
            if holder is None:
                holder = _named_next(doc, starts, mentions, token)
            if holder is None and phrase not in UNINTRODUCED:
                holder = _antecedent(doc, starts, mentions, start)
        elif article in ("a", "an"):
            holder = _named_next(doc, starts, mentions, token)
        else:
            continue
        bare = start == token.i and end == token.i + 1 and token.text not in SEATS
        if holder is None or bare or _clashes(phrase, given.get(holder, ())):
            continue
        given.setdefault(holder, []).append(phrase)
        yield RoleMention(holder, start, end, False)


def _quoted(doc: Doc, place: int) -> bool:
    """Whether a character stands inside double quotation marks of its paragraph."""
    before = doc._.oriented[text_of(doc).rfind("\n", 0, place) + 1 : place]
    return bool(before.count("“") > before.count("”"))


def complement(doc: Doc, head: int, taken: frozenset[int]) -> int:
    """Past "for human rights and Irish president" after the head noun."""
    end = head + 1
    while end < len(doc) and end - head < 12:
        token = doc[end]
        joins = token.lower_ in PREPOSITIONS | {"and", "the"} and end > head
        if (
            not (joins or (token.is_alpha and token.pos_ in ("NOUN", "PROPN", "ADJ") and end > head + 1))
            or end in taken
        ):
            break
        end += 1
    while end > head + 1 and doc[end - 1].pos_ not in ("NOUN", "PROPN"):
        end -= 1
    return end


def repeats(phrase: str, title: str) -> bool:
    """Every word of the phrase is in the role as stated, and they end in the same office or one is part of it."""
    ours, theirs = (set(text.replace(",", "").replace("-", " ").split()) for text in (phrase, title))
    return ours <= theirs and ours & QUALIFYING == theirs & QUALIFYING


def _is_named_after(doc: Doc, end: int, taken: frozenset[int]) -> bool:
    """The leader of the council, Labour's Ada Quill, said: the name follows a comma."""
    if end >= len(doc) or doc[end].text != ",":
        return False
    stop = next((i for i in range(end + 1, min(end + 9, len(doc))) if doc[i].is_punct or doc[i].is_space), end)
    return stop - 1 in taken and doc[stop - 1].pos_ == "PROPN"


def _antecedent(doc: Doc, starts: Sequence[Bounds], mentions: Mapping[Bounds, int], place: int) -> int | None:
    """The one person of the last sentence before that names any; two of them leave it open."""
    begin = doc[place].sent.start
    last = next(((start, end) for start, end in reversed(starts) if end <= begin), None)
    if last is None or place - last[1] > NEAR:
        return None
    sentence = doc[last[0]].sent
    there = [bounds for bounds in starts if sentence.start <= bounds[0] < sentence.end]
    several = len({mentions[bounds] for bounds in there}) > 1
    return None if several or not _is_subject(doc[last[0] : last[1]].root) else mentions[last]


def _of_headline(doc: Doc, starts: Sequence[Bounds], mentions: Mapping[Bounds, int], place: int) -> int | None:
    """The one person that a headline names, when a role opens the lead: "Hale to resign", then "The minister …"."""
    text = text_of(doc)
    end = text.find("\n")
    opens = place > 0 and end >= 0 and not text[end : doc[place - 1].idx].strip()
    if not opens or text[:end].rstrip().endswith("."):
        return None
    named = {mentions[bounds] for bounds in starts if doc[bounds[0]].idx < end}
    return named.pop() if len(named) == 1 else None


def _named_next(doc: Doc, starts: Sequence[Bounds], mentions: Mapping[Bounds, int], token: Token) -> int | None:
    """The full name that opens the sentence after a lead that ends in "a minister has said"."""
    after = token.sent.end
    while after < len(doc) and (doc[after].is_space or doc[after].is_quote):
        after += 1
    full = next(((s, e) for s, e in starts if s == after and e - s >= 2), None)
    return mentions[full] if full and token.sent.end - token.i < 8 and doc[after].lower_ in FIRST_NAMES else None


def _is_subject(token: Token) -> bool:
    return token.dep_ in ("nsubj", "nsubjpass") or (token.dep_ in ("conj", "appos") and token.head.dep_ == "nsubj")


def _clashes(phrase: str, titles: Sequence[str]) -> bool:
    """One person is not both the shadow and the minister, nor of two parties, nor a minister and an archbishop."""
    last = phrase.split()[-1]
    if any_contradict([Stated(phrase)], [Stated(title) for title in titles]):
        return True
    words = set(phrase.split())
    others = [title.split() for title in titles if title.split() and not set(title.split()) <= words]
    return any(title[-1] == last for title in others) and last in heads() - BODY_HEADS
