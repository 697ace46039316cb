# ruff: noqa: E501 (a layout reads best on one line)
"""News pages of our own making in twenty layouts, with the text that a reader would call the article.

A stand-in for real pages, whose texts are not ours to keep: layouts are those that news sites, ministries and small
magazines use, with the menus, promotions, scripts and class names that real ones have; 59 KB each, as a page of today.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

SIZE = 59_000  # bytes
PARAGRAPHS = 14
WHO = "the harbours minister|the council's leader|a spokeswoman for the union|the chief inspector|the board|Ada Quill".split(
    "|"
)
VERBS = "said that|told reporters that|warned that|argued that|added that|denied that".split("|")
WHAT = "the ferry fund|the school roof scheme|the bus contract|the care levy|the library plan|the flood wall".split("|")
DOES = (
    "would cost more than the county had set aside|had been agreed behind closed doors|was the best that could be had|"
)
DOES += "would be finished before the winter storms|could not go on without a vote of the full council"
DOES_ALL = DOES.split("|")
WHEN = "after three years of argument|when members met on Tuesday|in a letter to residents|as protesters gathered outside".split(
    "|"
)
TAILS = "Few in the hall disagreed.|The vote is expected in June.|“We shall see,” one resident said.|No figure was given.".split(
    "|"
)
LINKS = (
    "Harbour news|Letters|Weather|Jobs|Obituaries|Puzzles|Traffic|Council papers|Planning|Motoring|Recipes|Sport".split(
        "|"
    )
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its HTML, its layout's name, and the paragraphs of the article in it."""

    html: bytes
    layout: str
    body: tuple[str, ...]


def page(number: int) -> Page:
    """The page of that number: layouts take turns, texts differ."""
    random = Random(number)
    body = tuple(_paragraph(random) for _ in range(PARAGRAPHS - number % 5))
    name = list(LAYOUTS)[number % len(LAYOUTS)]
    headline = f"{random.choice(WHAT).capitalize()} divides the county, part {number}"
    text = LAYOUTS[name](headline, [f"<p>{paragraph}</p>" for paragraph in body], random)
    frame = f"{_head(headline, random)}<body class='home page-{number % 7}'>{_menu(random)}{text}{_footer(random)}"
    padding = max(0, SIZE - len(frame.encode()) - 60)
    script = "".join(
        f"window.dl=window.dl||[];dl.push({{'slot':{i},'w':{i * 7 % 300}}});" for i in range(padding // 48 + 1)
    )
    return Page(f"{frame}<script>{script[:padding]}</script></body></html>".encode(), name, body)


def _paragraph(random: Random) -> str:
    sentences = [
        f"{random.choice(WHO).capitalize()} {random.choice(VERBS)} {random.choice(WHAT)} {random.choice(DOES_ALL)}, "
        f"{random.choice(WHEN)}, {random.randint(2, 90)} days after the first debate."
        for _ in range(random.randint(1, 3))
    ]
    return " ".join([s[0].upper() + s[1:] for s in sentences] + [random.choice(TAILS)])


def _head(headline: str, random: Random) -> str:
    css = "".join(f".c{i}{{margin:{i % 9}px;padding:{i % 5}px;color:#{i * 37 % 4096:03x}}}" for i in range(160))
    data = (
        '{"@context":"https://schema.org","@type":"NewsArticle","headline":"%s","datePublished":"2024-05-%02dT07:30:00Z",'
        '"author":{"@type":"Person","name":"Ben Ash"}}'
    )
    linked = data % (headline, random.randint(1, 28))
    return (
        f"<!doctype html><html lang='en-GB'><head><meta charset=utf-8><title>{headline} | The County Press</title>"
        f"<meta name=description content='What the county argues about.'><style>{css}</style>"
        f"<script type='application/ld+json'>{linked}</script></head>"
    )


def _menu(random: Random) -> str:
    items = "".join(
        f"<li class='nav-item'><a class='nav-link c{i}' href='/s/{i}'><span>{name}</span></a></li>"
        for i, name in enumerate(LINKS * 4)
    )
    return f"<header class='site-header'><div class=logo><a href='/'>The County Press</a></div><nav><ul>{items}</ul></nav></header>"


def _footer(random: Random) -> str:
    return (
        f"<footer class='site-footer'>{_cards(40, random)}<p>© The County Press 2024. All rights reserved.</p></footer>"
    )


def _cards(count: int, random: Random) -> str:
    return "".join(
        f"<div class='card card-{i}'><a href='/news/x{i}'><img src='/i/{i}.jpg' alt=''><h3>{random.choice(WHAT).capitalize()} again</h3></a>"
        f"<span class='card-meta'>{random.randint(1, 9)} hours ago</span></div>"
        for i in range(count)
    )


def _related(random: Random) -> str:
    return f"<div class='related-articles'><h2>Related articles</h2>{_cards(6, random)}</div>"


def _share() -> str:
    return "<div class='share-bar'><ul><li><a href=#>Facebook</a></li><li><a href=#>X</a></li><li><a href=#>Email</a></li></ul></div>"


def _with_middle(paragraphs: list[str], middle: str) -> str:
    half = len(paragraphs) // 2
    return "".join([*paragraphs[:half], middle, *paragraphs[half:]])


Layout = Callable[[str, list[str], Random], str]
LAYOUTS: dict[str, Layout] = {
    "article element": lambda h, p, r: (
        f"<main><article><h1>{h}</h1>{_share()}{''.join(p)}</article>{_related(r)}</main>"
    ),
    "class article-body": lambda h, p, r: (
        f"<div class=wrap><h1>{h}</h1><div class='article-body'>{''.join(p)}</div>{_related(r)}</div>"
    ),
    "itemprop": lambda h, p, r: (
        f"<div><h1 itemprop=headline>{h}</h1><div itemprop=articleBody>{''.join(p)}</div>{_related(r)}</div>"
    ),
    "WordPress": lambda h, p, r: (
        f"<div id=primary><div class='entry-content'>{''.join(p)}<div class=sharedaddy>{_share()}</div></div></div><div id=secondary class=sidebar>{_cards(8, r)}</div>"
    ),
    "promotion in the middle": lambda h, p, r: (
        f"<article><h1>{h}</h1>{_with_middle(p, '<aside class=promo><p>Sign up for our newsletter</p></aside>')}</article>"
    ),
    "read more in the middle": lambda h, p, r: (
        f"<article><h1>{h}</h1>{_with_middle(p, '<p>Read more: The wall that never was</p>')}</article>"
    ),
    "advertisements between": lambda h, p, r: (
        f"<article><h1>{h}</h1>{'<div class=ad-slot><span>Advertisement</span></div>'.join(p)}</article>"
    ),
    "plain divs": lambda h, p, r: (
        f"<div id=page><div id=left>{_cards(6, r)}</div><div id=mid><h2>{h}</h2>{''.join(p)}</div></div>"
    ),
    "layout table": lambda h, p, r: (
        f"<table><tr><td width=150>{_cards(5, r)}</td><td><h1>{h}</h1>{''.join(p)}</td></tr></table>"
    ),
    "one form around all": lambda h, p, r: (
        f"<form id=aspnetForm method=post><div id=content><h1>{h}</h1>{''.join(p)}</div>{_related(r)}</form>"
    ),
    "comments below": lambda h, p, r: (
        f"<article><h1>{h}</h1>{''.join(p)}</article><section id=comments>{'<div class=comment><p>I never liked the plan, and I say so every time that I am asked about it.</p></div>' * 12}</section>"
    ),
    "cookie banner": lambda h, p, r: (
        f"<div class='cookie-banner'><p>This website uses cookies to make it work better. Accept all cookies.</p></div><main><article><h1>{h}</h1>{''.join(p)}</article></main>"
    ),
    "figure and caption": lambda h, p, r: (
        f"<article><h1>{h}</h1><figure><img src=/a.jpg><figcaption>The hall on the night of the vote.</figcaption></figure>{''.join(p)}</article>"
    ),
    "byline and date above": lambda h, p, r: (
        f"<article><h1>{h}</h1><p class=byline>By Ben Ash</p><p class=date>6 May 2024</p>{''.join(p)}</article>"
    ),
    "credit below": lambda h, p, r: (
        f"<article><h1>{h}</h1>{''.join(p)}<p>Copyright © Press Association 2024</p><p>Want news like this in your inbox?</p></article>"
    ),
    "ministry": lambda h, p, r: (
        f"<main id=content class=govuk-main-wrapper><span>News story</span><h1 class=govuk-heading-xl>{h}</h1><div class=govspeak>{''.join(p)}</div></main>"
    ),
    "sections": lambda h, p, r: (
        f"<main><h1>{h}</h1><section class=text>{''.join(p[:4])}</section><section class=text>{''.join(p[4:])}</section></main>"
    ),
    "utility classes": lambda h, p, r: (
        f"<div class='flex mx-4'><div class='w-2/3 prose'><h1 class='text-xl'>{h}</h1>{''.join(x.replace('<p>', '<p class=mb-4>') for x in p)}</div><div class='w-1/3'>{_cards(8, r)}</div></div>"
    ),
    "article within article": lambda h, p, r: (
        f"<article class=page><header><h1>{h}</h1></header><div class='story-body'>{''.join(p)}</div><article class=teaser><h3>Next</h3><p>Another story begins here.</p></article></article>"
    ),
    "live page with a sidebar of paragraphs": lambda h, p, r: (
        f"<main><div class='main-content'><h1>{h}</h1>{''.join(p)}</div><div class='sidebar widget'>{'<p>Most read: the harbour that nobody wanted, and what became of it in the end.</p>' * 9}</div></main>"
    ),
}
