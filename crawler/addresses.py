"""Web addresses: which are private, which are the same page, which belong to one site."""

from __future__ import annotations

import ipaddress
import re
import socket
from functools import cache
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

import tldextract

DEFAULT_PORTS = {"http": 80, "https": 443}
UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# What mailing tools, feeds and advertisers add to a link; none of it changes the page.
TRACKING = re.compile(
    r"^(utm_\w+|at_(medium|campaign|custom\d|link_\w+|ptr_\w+|bbc_team|format)|[fg]bclid|fbclid|gclid|dclid|msclkid|twclid|yclid"
    r"|igshid|mc_[ce]id|_ga|_gl|cmpid|cmp|icid|ito|ns_(source|mchannel|campaign|linkname|fee)|ocid|partner|src|smid|sref"
    r"|ftag|hss_channel|mkt_tok|vero_\w+|wt\.\w+|spm|sh|ref_src|rss|traffic_source)$",
    re.IGNORECASE,
)


def is_private_address(address: str) -> bool:
    """Is this IP address one that the public internet does not route to (loopback, private, link-local, reserved)?"""
    ip = ipaddress.ip_address(address.split("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None)
    return not (mapped or ip).is_global or (mapped or ip).is_multicast


def literal_address(host: str) -> str | None:
    """The IP address that a host name spells out (127.0.0.1, ::1, and the short forms 127.1 and 2130706433)."""
    host = host.strip("[]").rstrip(".")
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    if not re.fullmatch(r"(0x[0-9a-f]+|\d+)(\.(0x[0-9a-f]+|\d+)){0,3}", host, re.IGNORECASE):
        return None
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None


def is_private_host(host: str) -> bool:
    """Does the host's name alone say that it is private? Names are not looked up here: see crawler.guard."""
    address = literal_address(host)
    if address is not None:
        return is_private_address(address)
    name = host.lower().rstrip(".")
    return "." not in name or name.endswith((".localhost", ".local", ".internal", ".lan", ".home.arpa"))


def canonical_form(url: str) -> str | None:
    """One spelling for one page: lower-case host, no default port, fragment, or tracking parameter.

    None when the address is no http(s) address, or has characters in it that nobody can ask for or store.
    """
    if UNUSABLE.search(url):
        return None
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return None
    scheme, host = parts.scheme.lower(), (parts.hostname or "").rstrip(".")
    if scheme not in DEFAULT_PORTS or not host:
        return None
    netloc = f"[{host}]" if ":" in host else host
    if port is not None and port != DEFAULT_PORTS[scheme]:
        netloc += f":{port}"
    query = parts.query
    if any(TRACKING.match(key) for key, _ in parse_qsl(query, keep_blank_values=True)):
        query = urlencode([(k, v) for k, v in parse_qsl(query, keep_blank_values=True) if not TRACKING.match(k)])
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit((scheme, netloc, path, query, ""))


def canonical_of(declared: str, page_url: str) -> str:
    """The canonical address of a page that declares one (``<link rel=canonical>``), else its own address.

    A declaration is believed when it stays on the page's site, and does not call every page the front page.
    """
    own = canonical_form(page_url) or ""
    claimed = canonical_form(urljoin(page_url, declared.strip())) if declared.strip() else None
    if not claimed:
        return own
    if not own:
        return claimed
    if not same_site(claimed, own):
        return own
    if urlsplit(claimed).path == "/" and not urlsplit(claimed).query and urlsplit(own).path != "/":
        return own
    return claimed


def same_site(a: str, b: str) -> bool:
    """Are both addresses on one registrable domain (or one host and port, where there is none)?"""
    return site_of(a) == site_of(b)


def site_of(url: str) -> str:
    parts = urlsplit(url)
    found = _suffixes()(parts.hostname or "")
    return found.top_domain_under_public_suffix or parts.netloc.lower()


@cache
def _suffixes() -> tldextract.TLDExtract:
    # The public suffix list that is bundled: nothing is fetched and nothing written to the user's cache folder.
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
