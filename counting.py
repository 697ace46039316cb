"""How the program says counts: the one thing that every floor may use. It knows of none of them."""

from __future__ import annotations


def counted(number: int, one: str, many: str = "") -> str:
    """ "1 article", "2,340 articles"; ``many`` where the plural is not made with an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
