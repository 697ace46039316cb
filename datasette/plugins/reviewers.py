"""/-/login for reviewers: named people with passwords that `quotewire reviewer add` wrote down. Readers need no log-in.

The file ``reviewers.json`` beside the published copy (or the one that QUOTEWIRE_REVIEWERS names) holds a scrypt hash a
name. It is read again each time: who is taken out of it is out at once, and so is who gets a new password.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import os
import re
import time
from functools import partial
from ipaddress import ip_address, ip_network
from pathlib import Path
from urllib.parse import quote

from datasette import Response, hookimpl
from datasette.utils import baseconv

HOURS = 12  # a log-in lasts
# How many failures are too many within how many minutes: of a name from one address, of an address, of a name from
# wherever. The last stops guessing from many addresses; one stranger, with twenty an hour, shuts no reviewer out by it.
LIMITS = {"pair": (5, 15), "from": (20, 15), "name": (100, 60)}
LONGEST = max(minutes for _, minutes in LIMITS.values())
NOBODY = f"scrypt$16384$8$1${'00' * 16}${'00' * 32}"  # what an unknown name is compared with, which takes as long
NEXT = re.compile(r"/(?!/)[\w/?=&%.~#-]{0,300}")  # a page of ours
_failures: dict[tuple[str, ...], list[float]] = {}  # ("pair", name, address), ("from", address) or ("name", name)


def known(datasette) -> dict[str, str]:
    """Name → hash, as the file has it now; {} without a file."""
    copy = datasette.get_database("quotewire").path
    path = Path(os.environ.get("QUOTEWIRE_REVIEWERS") or Path(copy).with_name("reviewers.json"))
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


def reviewer_of(datasette, request) -> str | None:
    """The name of who is logged in as a reviewer, or None; a log-in ends with the password that it was made with."""
    actor = (request.actor or {}) if request else {}
    name = actor.get("reviewer")
    hashed = known(datasette).get(name) if name else None
    return name if hashed and hmac.compare_digest(str(actor.get("by")), mark_of(hashed)) else None


def mark_of(hashed: str) -> str:
    """What tells one password's hash from another's; nothing can be tried out against it, since salts are long."""
    return hashlib.sha256(hashed.encode()).hexdigest()[:32]


def fits(password: str, hashed: str) -> bool:
    """Is it the password that was hashed?"""
    _, n, r, p, salt, digest = hashed.split("$")
    made = hashlib.scrypt(password.encode(), salt=bytes.fromhex(salt), n=int(n), r=int(r), p=int(p), dklen=32)
    return hmac.compare_digest(made, bytes.fromhex(digest))


def _from(request) -> str:
    """Where the request comes from: an address, or in IPv6 the network that one customer has."""
    host = (request.scope.get("client") or ["?"])[0]
    try:
        address = ip_address(host)
    except ValueError:
        return host
    return host if address.version == 4 else str(ip_network((address, 64), strict=False))


def _minutes_barred(keys, now: float) -> int:
    """How long it takes until failures that were too many count no more; 0 when there are not too many of late."""
    for key in [key for key, times in _failures.items() if not times or times[-1] < now - LONGEST * 60]:
        del _failures[key]
    limits = ((key, *LIMITS[key[0]]) for key in keys)
    too_many = (minutes for key, most, minutes in limits if _since(key, now - minutes * 60) >= most)
    return max(too_many, default=0)


def _since(key, moment: float) -> int:
    return sum(at > moment for at in _failures.get(key, ()))


def _forgive(keys, now: float) -> None:
    """It was the right password: that try was none, and its name may fail from there as often as at first."""
    for key in keys:
        _failures[key] = [at for at in _failures.get(key, ()) if at != now]
    _failures[keys[0]].clear()


async def login(datasette, request):
    """The form, and what is sent with it."""
    asked = request.args.get("next") or "/"
    if request.method != "POST":
        return await _form(datasette, request, asked)
    sent = await request.post_vars()
    name, asked = (sent.get("name") or "").strip()[:80], sent.get("next") or "/"
    client, now = _from(request), time.monotonic()
    keys = ("pair", name, client), ("from", client), ("name", name)
    minutes = _minutes_barred(keys, now)
    if minutes:
        return await _form(datasette, request, asked, f"Too many tries. Wait {minutes} minutes.", wait=minutes)
    for key in keys:  # counted before the password is looked at, so that many tries at once get no further
        _failures.setdefault(key, []).append(now)
    hashed = known(datasette).get(name)
    loop = asyncio.get_running_loop()
    right = await loop.run_in_executor(None, fits, (sent.get("password") or "")[:1000], hashed or NOBODY)
    if not (hashed and right):
        return await _form(datasette, request, asked, "No reviewer has that name and password.", status=403)
    _forgive(keys, now)
    until = baseconv.base62.encode(int(time.time()) + HOURS * 3600)
    answer = Response.redirect(asked if NEXT.fullmatch(asked) else "/")
    answer.set_cookie(
        "ds_actor", datasette.sign({"a": {"id": name, "reviewer": name, "by": mark_of(hashed)}, "e": until}, "actor"),
        max_age=HOURS * 3600, httponly=True, samesite="lax", secure=request.scheme == "https",
    )  # fmt: skip
    return answer


async def _form(datasette, request, asked, wrong="", *, status=200, wait=0):
    context = {"wrong": wrong, "next": asked if NEXT.fullmatch(asked) else "/", "any": bool(known(datasette))}
    html = await datasette.render_template("reviewer_login.html", context, request=request)
    headers = {"cache-control": "no-store"} | ({"retry-after": str(wait * 60)} if wait else {})
    return Response.html(html, status=429 if wait else status, headers=headers)


@hookimpl
def startup(datasette):
    datasette.reviewer_of = partial(reviewer_of, datasette)  # for the other plugins, which can't import this one


@hookimpl
def extra_template_vars(datasette, request):
    return {"reviewer": reviewer_of(datasette, request), "login_next": quote(request.path) if request else ""}


@hookimpl
def register_routes():
    return [(r"^/-/login$", login)]
