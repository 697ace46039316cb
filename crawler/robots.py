"""robots.txt as RFC 9309 has it: forbidden is told apart from failed, and a server in trouble forbids everything."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

NOTHING_ALLOWED = b"User-agent: *\nDisallow: /\n"


class ForbiddenByRobots(IgnoreRequest):
    """robots.txt does not let us fetch this address."""


class Robots(RobotsTxtMiddleware):
    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        if rp is not None and not rp.allowed(request.url, self._robotstxt_useragent or self._default_useragent):
            raise ForbiddenByRobots("robots.txt forbids it")

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        """RFC 9309, 2.3.1: no file (4xx) allows everything; an error of the server (5xx) allows nothing."""
        if response.status >= 500:
            response = response.replace(body=NOTHING_ALLOWED)
        elif response.status >= 400:
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)
