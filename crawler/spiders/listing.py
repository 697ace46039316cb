"""A page of links, such as a magazine's news index."""

from __future__ import annotations

from collections.abc import Iterator

from scrapy.http import Response, TextResponse

from crawler.spiders.base import Link, More, SourceSpider


class ListingSpider(SourceSpider):
    """Articles are the links that the source's CSS selector finds; ``rel=next`` leads to the next page."""

    def links(self, response: Response) -> Iterator[Link | More]:
        if not isinstance(response, TextResponse):
            return
        for href in response.css(self.source.links).xpath("descendant-or-self::a[@href][1]/@href").getall():
            yield Link(response.urljoin(href.strip()))
        following = response.xpath("//*[self::a or self::link][contains(concat(' ', @rel, ' '), ' next ')]/@href").get()
        if following:
            yield More(response.urljoin(following))
