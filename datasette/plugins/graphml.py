"""/network.graphml: who is for and against which policy, as a graph for Gephi, igraph, visone or NetworkX.

Two modes as Discourse Network Analyzer counts them: actors and policies, or (?mode=actors) the actors alone, with the
number of policies on which two of them agree (congruence) and disagree (conflict).
"""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from datasette import Response, hookimpl
from datasette.utils.asgi import AsgiStream

ACTOR = "coalesce('person/' || person_id, 'organisation/' || organisation_id, 'name/' || lower(actor))"
POLICY = "coalesce('policy/' || policy_id, 'target/' || lower(policy))"
CHOSEN = "where :policy is null or policy_id = :policy"
ACTORS = f"select {ACTOR} as id, actor as label, holder_type as kind from actor_policy {CHOSEN} group by 1 order by 1"
POLICIES = f"select {POLICY} as id, policy as label, 'policy' as kind from actor_policy {CHOSEN} group by 1 order by 1"
TWO_MODE = f"""
    select {ACTOR} as source, {POLICY} as target, support, oppose, mixed, stories as weight, balance,
           first_date as first, last_date as last from actor_policy {CHOSEN} order by 1, 2
"""
COMPARED = """
    select actor_key as id, actor as label, substr(actor_key, 1, instr(actor_key, '/') - 1) as kind from actors_compared
    union select other_key, other_actor, substr(other_key, 1, instr(other_key, '/') - 1) from actors_compared order by 1
"""
ONE_MODE = """
    select actor_key as source, other_key as target, agree, disagree, agree + disagree as weight,
           round((agree - disagree) * 1.0 / (agree + disagree), 3) as balance from actors_compared order by 1, 2
"""
TYPES = {str: "string", int: "int", float: "double"}
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
KEYS = {
    "label": str, "kind": str, "support": int, "oppose": int, "mixed": int, "agree": int, "disagree": int,
    "weight": int, "balance": float, "first": str, "last": str,
}  # fmt: skip


async def network(datasette, request):
    db = datasette.get_database("quotewire")
    mode = request.args.get("mode") or "policies"
    if mode not in ("policies", "actors"):
        return Response.text("mode is policies (actors and policies) or actors (actors alone)", status=400)
    key = {"policy": request.url_vars.get("policy")}
    nodes, edges = ([COMPARED], ONE_MODE) if mode == "actors" else ([ACTORS, POLICIES], TWO_MODE)

    async def write(out):
        await out.write(HEAD)
        for name, kind in KEYS.items():
            of = "node" if name in ("label", "kind") else "edge"
            await out.write(f'<key id="{name}" for="{of}" attr.name="{name}" attr.type="{TYPES[kind]}"/>\n')
        await out.write('<graph edgedefault="undirected">\n')
        for sql in nodes:
            for row in (await db.execute(sql, key)).rows:
                await out.write(_element("node", {"id": row["id"]}, row, ("label", "kind")))
        for row in (await db.execute(edges, key)).rows:
            ends = {"source": row["source"], "target": row["target"]}
            await out.write(_element("edge", ends, row, [name for name in row.keys() if name not in ends]))  # noqa: SIM118
        await out.write("</graph>\n</graphml>\n")

    name = f"quotewire-{key['policy'] or mode}.graphml"
    return AsgiStream(
        write, headers={"content-disposition": f'attachment; filename="{name}"'}, content_type="application/graphml+xml"
    )


def _element(tag: str, attributes: dict[str, str], row, names) -> str:
    told = "".join(f" {name}={quoteattr(ILLEGAL.sub('', value))}" for name, value in attributes.items())
    known = ((name, ILLEGAL.sub("", str(row[name]))) for name in names if row[name] is not None)
    inside = "".join(f'<data key="{name}">{escape(value)}</data>' for name, value in known)
    return f"<{tag}{told}>{inside}</{tag}>\n"


@hookimpl
def register_routes():
    return [(r"^/network\.graphml$", network), (r"^/policy/(?P<policy>\d{1,15})\.graphml$", network)]
