"""The text of an article out of a page: nothing of it lost, nothing of the page around it kept."""

from __future__ import annotations

import json

import pytest
from lxml import html
from trafilatura import xpaths

from crawler.bodies import body_paragraphs
from crawler.furniture import trim
from crawler.items import Article, Skip
from crawler.pages import article_from_page
from crawler.pruning import Verdicts

TEXT = (
    "The harbour board will dredge the north channel before the winter, its chair told the town council on Tuesday.",
    "Skippers have asked for the work since a trawler ran aground in March and blocked the pier for two days.",
    "The bill of two million pounds is to be met from mooring fees, which rise by a tenth in the new year.",
)
LOOKS = (
    ("div", {"class": "share-bar", "id": "top"}),
    ("div", {"id": "share-bar", "class": "top"}),
    ("div", {"class": "article-body"}),
    ("div", {"class": "article-body related"}),
    ("section", {"id": "comments"}),
    ("ul", {"class": "comments-list"}),
    ("span", {"class": "caption"}),
    ("p", {"style": "display: none"}),
    ("p", {"style": "border: 1px"}),
    ("div", {"aria-hidden": "true"}),
    ("div", {"role": "Navigation"}),
    ("div", {"class": "teaser"}),
    ("fb:like", {"class": "hidden"}),
    ("article", {}),
    ("main", {"class": "page-content"}),
)


def element(tag: str, look: dict[str, str]) -> str:
    attributes = " ".join(f"{name}='{value}'" for name, value in look.items())
    return f"<{tag} {attributes}><p>one</p><div class='link bottom'>two</div></{tag}>"


PAGE = html.document_fromstring("".join(element(tag, look) for tag, look in LOOKS * 2))
RULES = [rule for rules in vars(xpaths).values() if isinstance(rules, list) for rule in rules]


@pytest.mark.parametrize("rule", [rule for rule in RULES if isinstance(rule, Verdicts)])
def test_a_remembered_verdict_is_the_one_that_trafilatura_would_give(rule: Verdicts) -> None:
    for _ in range(2):
        asked = rule.expression(PAGE)
        assert rule(PAGE) == (asked[:1] if rule.first else asked)


def test_every_rule_of_trafilatura_that_runs_a_regular_expression_over_a_page_is_remembered() -> None:
    assert sum(isinstance(rule, Verdicts) for rule in RULES) == 10


def page(body: str, *, head: str = "", title: str = "North channel to be dredged") -> bytes:
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def body(payload: bytes) -> str:
    found = article_from_page(payload, url="https://harbour.example.org/news/channel")
    assert isinstance(found, Article), found
    return found.body


@pytest.mark.parametrize(
    "layout",
    [
        "<article><h1>North channel to be dredged</h1>{}</article>",
        "<main><div class='content'><h1>North channel to be dredged</h1>{}</div></main>",
        "<div id=wrapper><div class=story><h2>North channel to be dredged</h2>{}</div></div>",
        "<table><tr><td><a href=/>Home</a></td><td>{}</td></tr></table>",
        "<form id=aspnetForm><div id=content>{}</div></form>",
        "<article>{}<aside><h3>Related</h3><ul><li><a href=/x>Pier reopens</a></ul></aside></article>",
        "<article><p>Press release</p><h1>North channel to be dredged</h1>{}</article>",
        "<article>{}<p>Read more: Pier reopens after two days</p></article>",
    ],
)
@pytest.mark.parametrize("times", [1, 5])  # short texts take the slow way
def test_the_text_is_found_whole_and_alone_in_every_layout(layout: str, times: int) -> None:
    text = [f"{number}. {paragraph}" for number in range(times) for paragraph in TEXT]
    assert body(page(layout.format(paragraphs(*text)))) == "\n\n".join(text)


def test_text_that_a_script_or_a_hidden_template_holds_is_not_the_article_s() -> None:
    hidden = (
        "<template><p>Buy a boat now, says this template to nobody.</p></template><script>var p='<p>x</p>'</script>"
    )
    assert body(page(f"<article>{hidden}{paragraphs(*TEXT)}</article>")) == "\n\n".join(TEXT)


def test_a_page_that_calls_itself_an_article_is_read_again_when_the_strict_rules_find_next_to_nothing() -> None:
    text = "<div class='post-meta-bottom'>" + "<br><br>".join(TEXT) + "</div>"
    claimed = page(f"<div class=wrap>{text}</div>", head="<meta property=og:type content=article>")
    assert all(paragraph in body(claimed) for paragraph in TEXT)
    assert isinstance(article_from_page(page(f"<div class=wrap>{text}</div>"), url=""), Skip)


def test_the_text_that_only_paying_readers_see_is_not_taken_from_the_linked_data() -> None:
    stated = json.dumps({"@type": "NewsArticle", "articleBody": " ".join(TEXT * 4)})
    head = f'<script type="application/ld+json">{stated}</script>'
    assert body(page(f"<article>{paragraphs(*TEXT[:2])}</article>", head=head)) == "\n\n".join(TEXT[:2])


@pytest.mark.parametrize(
    "line",
    [
        "We all love cookies, the baker said.",
        "She answers her critics in a weekly newsletter.",
        "Ministers register for the scheme in May.",
        "Read more, he told the class.",
    ],
)
def test_a_sentence_about_newsletters_or_cookies_stays(line: str) -> None:
    for lines in ([TEXT[0], line, TEXT[1]], [TEXT[0], TEXT[1], line]):
        assert list(trim(lines).paragraphs) == lines


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for our morning briefing",
        "This website uses cookies to make it work better",
        "Read more: Harbour fees to rise",
        "Read more in our daily newsletter",
    ],
)
def test_a_call_between_two_paragraphs_goes(line: str) -> None:
    assert trim([TEXT[0], line, TEXT[1]]).paragraphs == TEXT[:2]


def test_a_long_closing_list_belongs_to_the_article_though_a_date_stands_in_it() -> None:
    dates = [
        line for day in range(1, 30) for line in (f"{day} May 2024", f"Open day at pier {day}, from ten till four")
    ]
    assert trim([*TEXT, *dates]).paragraphs == (*TEXT, *dates)


def test_a_name_that_signs_a_letter_stays() -> None:
    assert trim([*TEXT, "Ada Quill", "Chair, Harbour Board"]).paragraphs == (*TEXT, "Ada Quill", "Chair, Harbour Board")


def test_a_tree_is_left_as_it_was() -> None:
    tree = html.document_fromstring(page(f"<article>{paragraphs(*TEXT)}</article>"))
    before = html.tostring(tree)
    assert body_paragraphs(tree) == list(TEXT)
    assert html.tostring(tree) == before
