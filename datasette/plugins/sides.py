"""/story/<id>/compare: two copies of a story side by side, paragraph by paragraph, with what each has alone marked."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from datasette import NotFound, Response, hookimpl
from markupsafe import Markup

COPIES = """
    select c.article_id, c.outlet, c.date, c.headline, c.relation, v.body from current_articles c
    join article_versions v on v.id = c.version_id where c.story_id = :story
    order by c.relation = 'origin' desc, c.date, c.article_id limit 60
"""
PARAGRAPH = re.compile(r"\n\s*\n")
PIECE = re.compile(r"\s+|\w+|[^\w\s]")
WORD = re.compile(r"\w+")
ALIKE = 0.3  # of both paragraphs' words together must be shared (Dice) for them to stand beside each other
LONGEST = 150  # paragraphs that are set beside each other; the rest of a longer text follows unmatched
SAME, GONE, NEW = Markup("{}"), Markup("<del>{}</del>"), Markup("<ins>{}</ins>")


def paired(one: list[str], other: list[str]) -> list[tuple[str, str]]:
    """The paragraphs of both in order: those that share the most words side by side, "" beside one that is alone."""
    left, right = one[:LONGEST], other[:LONGEST]
    words = [[set(WORD.findall(text.casefold())) for text in texts] for texts in (left, right)]

    def alike(i: int, j: int) -> float:
        common, both = len(words[0][i] & words[1][j]), len(words[0][i]) + len(words[1][j])
        return float(common) if both and 2 * common / both >= ALIKE else 0.0

    # best[i][j]: the most words that can be shared from paragraph i of the one and j of the other onwards, in order.
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    shared = [[alike(i, j) for j in range(len(right))] for i in range(len(left))]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], shared[i][j] + best[i + 1][j + 1] if shared[i][j] else 0.0)
    rows, i, j = [], 0, 0
    while i < len(left) or j < len(right):
        if i < len(left) and j < len(right) and shared[i][j] and best[i][j] == shared[i][j] + best[i + 1][j + 1]:
            rows.append((left[i], right[j]))
            i, j = i + 1, j + 1
        elif j == len(right) or (i < len(left) and best[i + 1][j] >= best[i][j + 1]):
            rows.append((left[i], ""))
            i += 1
        else:
            rows.append(("", right[j]))
            j += 1
    return [*rows, *((text, "") for text in one[LONGEST:]), *(("", text) for text in other[LONGEST:])]


def marked_up(one: str, other: str) -> tuple[Markup, Markup]:
    """Both escaped; in <del> what the one has alone, in <ins> what the other has alone."""
    if not one or not other:
        return GONE.format(one) if one else Markup(), NEW.format(other) if other else Markup()
    old, new = PIECE.findall(one), PIECE.findall(other)
    left, right = [], []
    for change, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = change == "equal"
        left += [(SAME if same else GONE).format("".join(old[a:b]))] if b > a else []
        right += [(SAME if same else NEW).format("".join(new[c:d]))] if d > c else []
    return Markup().join(left), Markup().join(right)


async def compare(datasette, request):
    db = datasette.get_database("quotewire")
    story = int(request.url_vars["id"])
    copies = (await db.execute(COPIES, {"story": story})).rows
    if not copies:
        raise NotFound(f"There is no story {story} here.")
    by_article = {str(copy["article_id"]): copy for copy in copies}
    one = by_article.get(request.args.get("one") or "", copies[0])
    other = by_article.get(request.args.get("other") or "", copies[min(1, len(copies) - 1)])
    texts = [[text for text in PARAGRAPH.split(copy["body"].strip()) if text.strip()] for copy in (one, other)]
    context = {
        "story": story,
        "copies": copies,
        "one": one,
        "other": other,
        "headlines": marked_up(one["headline"] or "", other["headline"] or ""),
        "rows": [marked_up(*pair) for pair in paired(*texts)],
    }
    return Response.html(await datasette.render_template("compare.html", context, request=request))


@hookimpl
def register_routes():
    return [(r"^/story/(?P<id>\d{1,15})/compare$", compare)]
