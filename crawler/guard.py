"""Scraped links are hostile: no request leaves for a private address, and only http and https are spoken."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils.defer import maybe_deferred_to_future

from crawler.addresses import is_private_address, is_private_host, literal_address


class RefusedAddress(IgnoreRequest):
    """The address of a request is one that this source may not reach."""


class AddressGuard:
    """Downloader middleware that looks up every host, redirected ones too, before a connection is made.

    The look-up goes through Scrapy's caching resolver, which the connection then uses as well: a name that
    answers with a public address first and a private one a moment later gains nothing.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AddressGuard:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raises RefusedAddress; Scrapy hands that to the request's errback."""
        parts = urlsplit(request.url)
        if parts.scheme not in ("http", "https"):
            raise RefusedAddress(f"{parts.scheme}: addresses are not fetched")
        if not self.crawler.settings["CONTACT"] and not is_private_host(parts.hostname or ""):
            raise RefusedAddress("no contact is set, and without one only this machine is asked (QUOTEWIRE_CONTACT)")
        if request.meta["source"].allow_private:
            # A publisher on this machine is never behind the proxy that the environment may name.
            request.meta["proxy"] = None
            return
        host = parts.hostname or ""
        if is_private_host(host):
            raise RefusedAddress(f"{host} is a private address")
        if request.meta.get("proxy") or literal_address(host):
            return
        address = await self._look_up(host)
        if is_private_address(address):
            raise RefusedAddress(f"{host} is at the private address {address}")

    def process_response(self, request: Request, response: Response) -> Response:
        address = response.ip_address
        proxied = request.meta.get("proxy")
        if (
            address is not None
            and not proxied
            and not request.meta["source"].allow_private
            and is_private_address(str(address))
        ):
            raise RefusedAddress(f"answered from the private address {address}")
        return response

    async def _look_up(self, host: str) -> str:
        from twisted.internet import reactor

        resolver: Any = reactor
        return str(await maybe_deferred_to_future(resolver.resolve(host)))
