"""Bytes to text and text to a tree, for pages whose charset is missing, wrong or broken."""

from __future__ import annotations

import codecs
import gzip
import re
import zlib
from io import BytesIO

from lxml import etree, html

LARGEST = 10_000_000
SIGNATURES = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "zip or Office file"),
    (b"\xd0\xcf\x11\xe0", "Office file"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "image"),
    (b"GIF8", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"RIFF", "image"),
)
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_NO_TEXT = bytes({*range(32)} - {9, 10, 13})
_META_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE
)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))

# A parser told the encoding ignores whatever the page claims, which decode() has judged already. One class for all
# elements: lxml.html's own look-up calls Python for each element that any pass over the tree meets.
_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
_PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))


def not_text(payload: bytes) -> str:
    """Why these bytes cannot be a page or a text, in a few words; "" when they can."""
    start = payload[:1024].lstrip()
    if not payload.strip(b"\x00 \t\r\n"):
        return "empty"
    if len(payload) > LARGEST:
        return f"larger than {LARGEST // 1_000_000} MB"
    for signature, kind in SIGNATURES:
        if start.startswith(signature):
            return f"not a page but a {kind}"
    controls = len(CONTROLS.findall(payload[:4096]))
    if controls * 50 > len(payload[:4096]) and not _bom(payload) and not _wide(payload):
        return "binary data"
    return ""


def decode(payload: bytes, *, declared: str = "") -> str:
    """The text of a payload; ``declared`` is the charset of its HTTP header. Never fails: the worst is U+FFFD.

    A byte order mark wins; bytes that are valid UTF-8 are UTF-8 whatever the page claims; then the header, then
    the page's own declaration, each only if it fits; Windows-1252 is what an undeclared old page is written in.
    """
    bom = _bom(payload)
    if bom:
        mark, encoding = bom
        return payload[len(mark) :].decode(encoding, "replace")
    wide = _wide(payload)
    if wide:
        return payload.decode(wide, "replace")
    within = _META_CHARSET.search(payload[:4096])
    claims = [_known(claim) for claim in (declared, within[1].decode("ascii") if within else "")]
    escaped = [claim for claim in claims if claim.startswith("iso2022")]
    for encoding in (*escaped, "utf-8", *filter(None, claims)):
        if _fits(payload, encoding):
            return payload.decode(encoding)
    return payload.decode("utf-8" if _mostly_utf8(payload) else "cp1252", "replace")


def parse(text: str) -> html.HtmlElement | None:
    """The tree of a page; None when there is no element in it."""
    encoded = text.encode("utf-8", "replace").translate(None, _NO_TEXT)
    if b"<" not in encoded:
        return None
    tree = html.document_fromstring(encoded, parser=_PARSER, ensure_head_body=True)
    return tree if len(tree) else None


def gunzip(payload: bytes) -> bytes | None:
    """The content of a gzip file, cut one byte above the largest page we read; None when it is damaged."""
    try:
        return gzip.GzipFile(fileobj=BytesIO(payload)).read(LARGEST + 1)
    except (OSError, EOFError, zlib.error):
        return None


def _bom(payload: bytes) -> tuple[bytes, str] | None:
    return next(((mark, encoding) for mark, encoding in _BOMS if payload.startswith(mark)), None)


def _wide(payload: bytes) -> str:
    """UTF-16 without its mark: every other byte of Western text is zero."""
    start = payload[:2048]
    half = len(start) // 2
    if half < 8:
        return ""
    if start[1::2].count(0) > 0.7 * half and start[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if start[::2].count(0) > 0.7 * half and start[1::2].count(0) < 0.1 * half else ""


def _known(name: str) -> str:
    """Python's name of a charset; "" when unknown. ISO 8859-1 on the web means Windows-1252."""
    try:
        found = codecs.lookup(name.strip("\"' ")).name if name else ""
    except LookupError:
        return ""
    return "cp1252" if found in ("iso8859-1", "ascii") else found


def _fits(payload: bytes, encoding: str) -> bool:
    try:
        payload.decode(encoding)
    except (UnicodeDecodeError, UnicodeError, LookupError):
        return False
    return True


def _mostly_utf8(payload: bytes) -> bool:
    sequences = len(re.findall(rb"[\xc2-\xf4][\x80-\xbf]+", payload))
    return sequences > payload.decode("utf-8", "replace").count("�")
