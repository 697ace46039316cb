"""The words that tell names apart: titles, first names, and what a capitalised word may be instead of a name."""

from __future__ import annotations

from nlp.wordlists import rows, table, words

TITLES = table("titles")
PEERAGE = frozenset({"lord", "lady", "baroness", "baron", "viscount", "earl", "countess"})
ROYAL = frozenset({"prince", "princess", "queen", "king", "duke", "duchess", "pope", "earl"})
HUMBLE = frozenset({"mr", "mrs", "ms", "miss", "mr.", "mrs.", "ms."})
POST_NOMINALS = frozenset({"qc", "kc", "mp", "msp", "mep", "obe", "cbe", "mbe", "jr", "snr", "junior"})
FIRST_NAMES = table("first_names")
ROLE_WORDS = frozenset(word for phrase in words("role_heads") for word in phrase.split()) | {
    "former", "shadow", "deputy", "acting", "senior", "junior", "permanent", "general", "chief", "state", "home",
    "foreign", "health", "education", "defence", "transport", "environment", "culture", "commons", "lords", "tory",
    "treasury", "cabinet", "high", "court", "election", "campaign", "committee", "trade", "industry", "work",
    "pensions", "northern", "scottish", "welsh", "english", "british", "irish", "european", "party", "lib", "dem",
    "dems", "national", "social", "royal", "new",
}  # fmt: skip
_SHARED = frozenset(
    "and new social national independence uk british scottish reform respect alliance democratic".split()
)
PARTY_WORDS = (
    frozenset(word.lower() for row in rows("parties") for form in row[1].split(";") for word in form.split()) - _SHARED
)
BODY_HEADS = words("organisation_heads")
BODY_WORDS = frozenset(row[0].lower() for row in rows("organisations") if " " not in row[0])
BODY_NAMES = frozenset(row[0].lower() for row in rows("organisations") if " " in row[0])
PLACE_HEADS = frozenset(
    "street road avenue square cross library hall airport station river palace house island bay lane park "
    "north south east west central england scotland wales britain hotel temple hour agenda paper coast city town games "
    "massacre highlanders camp".split()
)
LAWS = frozenset({"bill", "act", "treaty", "convention", "budget", "scheme", "charter", "report", "review", "inquiry"})
CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december christmas easter".split()
)
# Words of offices, parties and places that are common surnames; after a first name they are one.
ALSO_SURNAMES = frozenset(
    "king dean judge bishop english welsh french irish major church bank green cook page marshall knight mayor lord "
    "england wales baron earl duke prince pope canon father home work park lane street bay house clerk steward warden "
    "may day sergeant captain constable butler chamberlain".split()
)
# Words that open a sentence, also behind a quotation mark where no sentence is seen to start; no name begins so.
OPENERS = frozenset(
    "but and or nor so yet because however although though while whilst whereas if unless whether when whenever where "
    "as since until meanwhile moreover nevertheless nonetheless instead besides therefore thus hence also then indeed "
    "even both neither either only still perhaps maybe despite unlike".split()
)
PARTICLES = frozenset({"de", "van", "der", "von", "bin", "al", "ben", "du", "le", "la", "da", "di", "ap"})
