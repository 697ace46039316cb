"""The bundled sample: four invented publishers, served on loopback from the files beside this one.

``with serving() as sample:`` runs them; ``write_sources`` declares them at other addresses than the default ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from crawler.sample.publishers import PUBLISHERS
from crawler.sample.server import BASE_PORT, HOST, Sample, serving

SOURCES = Path(__file__).with_name("sources")

__all__ = ["SOURCES", "Sample", "default_addresses", "serving", "write_sources"]


def default_addresses() -> dict[str, str]:
    """Where the publishers answer when nothing else is asked for, by publisher id."""
    return {name: f"http://{HOST}:{BASE_PORT + offset}" for offset, name in enumerate(PUBLISHERS)}


def write_sources(folder: Path, addresses: Mapping[str, str]) -> list[Path]:
    """Writes the four source declarations into ``folder``, each with its publisher's address; gives the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, default in default_addresses().items():
        declaration = (SOURCES / f"{name}.toml").read_text(encoding="utf-8")
        path = folder / f"{name}.toml"
        path.write_text(declaration.replace(default, addresses[name]), encoding="utf-8")
        written.append(path)
    return written
