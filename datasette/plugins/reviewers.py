"""/-/login for reviewers: named people with passwords that `quotewire reviewer add` wrote down. Readers need no log-in.

The file ``reviewers.json`` beside the published copy (or the one that QUOTEWIRE_REVIEWERS names) holds a scrypt hash a
name. It is read again when it changes: who is taken out of it is out at once.
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
from pathlib import Path
from urllib.parse import quote

from datasette import Response, hookimpl
from datasette.utils import baseconv

HOURS = 12  # a log-in lasts
TRIES, MINUTES = {"name": 5, "from": 20}, 15  # failures of a name and of an address, and how long they count
NOBODY = f"scrypt$16384$8$1${'00' * 16}${'00' * 32}"  # what an unknown name is compared with, which takes as long
NEXT = re.compile(r"/(?!/)[\w/?=&%.~#-]{0,300}")  # a page of ours
_failures: dict[str, list[float]] = {}


def known(datasette) -> dict[str, str]:
    """Name → hash, as the file has it now; {} without a file."""
    copy = datasette.get_database("quotewire").path
    path = Path(os.environ.get("QUOTEWIRE_REVIEWERS") or Path(copy).with_name("reviewers.json"))
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}


def reviewer_of(datasette, request) -> str | None:
    """The name of who is logged in as a reviewer, or None."""
    name = (request.actor or {}).get("reviewer") if request else None
    return name if name and name in known(datasette) else None


def fits(password: str, hashed: str) -> bool:
    """Is it the password that was hashed?"""
    _, n, r, p, salt, digest = hashed.split("$")
    made = hashlib.scrypt(password.encode(), salt=bytes.fromhex(salt), n=int(n), r=int(r), p=int(p), dklen=32)
    return hmac.compare_digest(made, bytes.fromhex(digest))


def _barred(*keys: str) -> bool:
    """Has one of these failed too often of late?"""
    since = time.monotonic() - MINUTES * 60
    for key in [key for key, times in _failures.items() if times[-1] < since]:
        del _failures[key]
    return any(sum(at > since for at in _failures.get(key, ())) >= TRIES[key.split()[0]] for key in keys)


async def login(datasette, request):
    """The form, and what is sent with it."""
    asked = request.args.get("next") or "/"
    if request.method != "POST":
        return await _form(datasette, request, asked)
    sent = await request.post_vars()
    name, asked = (sent.get("name") or "").strip()[:80], sent.get("next") or "/"
    keys = f"name {name}", f"from {(request.scope.get('client') or ['?'])[0]}"
    if _barred(*keys):
        wrong = f"Too many tries. Wait {MINUTES} minutes."
        return await _form(datasette, request, asked, wrong, status=429)
    for key in keys:  # counted before the password is looked at, so that many tries at once get no further
        _failures.setdefault(key, []).append(time.monotonic())
    hashed = known(datasette).get(name)
    loop = asyncio.get_running_loop()
    right = await loop.run_in_executor(None, fits, (sent.get("password") or "")[:1000], hashed or NOBODY)
    if not (hashed and right):
        return await _form(datasette, request, asked, "No reviewer has that name and password.", status=403)
    for key in keys:
        _failures.pop(key, None)
    until = baseconv.base62.encode(int(time.time()) + HOURS * 3600)
    answer = Response.redirect(asked if NEXT.fullmatch(asked) else "/")
    answer.set_cookie(
        "ds_actor", datasette.sign({"a": {"id": name, "reviewer": name}, "e": until}, "actor"),
        max_age=HOURS * 3600, httponly=True, samesite="lax", secure=request.scheme == "https",
    )  # fmt: skip
    return answer


async def _form(datasette, request, asked, wrong="", *, status=200):
    context = {"wrong": wrong, "next": asked if NEXT.fullmatch(asked) else "/", "any": bool(known(datasette))}
    html = await datasette.render_template("reviewer_login.html", context, request=request)
    headers = {"cache-control": "no-store"} | ({"retry-after": str(MINUTES * 60)} if status == 429 else {})
    return Response.html(html, status=status, headers=headers)


@hookimpl
def startup(datasette):
    datasette.reviewer_of = partial(reviewer_of, datasette)  # for the other plugins, which can't import this one


@hookimpl
def extra_template_vars(datasette, request):
    return {"reviewer": reviewer_of(datasette, request), "login_next": quote(request.path) if request else ""}


@hookimpl
def register_routes():
    return [(r"^/-/login$", login)]
