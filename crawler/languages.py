"""Which language a text is in. What is not English is stored and not read: the model that reads knows no other.

The commonest words of English settle most texts; py3langid (139 languages) is asked about the others, and loaded then.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

# Words that no other language of Latin script has among its commonest: "in", "is", "was", "of" are Dutch as well.
ENGLISH = frozenset(
    "the and to that for with said will has have which from are this by been not who they their would its were than "
    "after about into because could should there when what".split()
)
ENGLISH_SHARE = 0.12  # of the words; English prose has a quarter, other languages nearly none
LOOKED_AT = 4000  # characters
FEWEST = 8  # words: fewer tell nothing
SHORT = 40  # words: for fewer, what the page says of itself is outweighed by a clear case only
CLEAR = 30.0  # natural logarithm of how much likelier another language must be than English
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def language_of(text: str, *, stated: str = "en") -> str:
    """The ISO 639-1 code of a text's language; ``stated`` is what its page or document says, kept when in doubt.

    A text half of which is English counts as English.
    """
    stated = stated.replace("_", "-").split("-")[0].strip().lower()[:8] or "en"
    words = _WORD.findall(text[:LOOKED_AT].lower())
    if len(words) < FEWEST:
        return stated
    if sum(map(ENGLISH.__contains__, words)) >= max(3, ENGLISH_SHARE * len(words)):
        return "en"
    ranked: dict[str, float] = dict(_identifier().rank(" ".join(words)))
    likeliest = max(ranked, key=lambda code: ranked[code])
    if len(words) < SHORT and likeliest != stated and ranked[likeliest] - ranked["en"] < CLEAR:
        return stated
    return likeliest


@cache
def _identifier() -> Any:
    import py3langid  # half a second and 60 MB, which most crawls never need

    return py3langid
