"""The peer of stories is measured where it is installed, and asked for in plain words where it is not."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import pytest

from bench.copy_peers import NO_PEER, compared, minhash_lsh, ours
from bench.wire_copies import Document

FERRY = """The ferry to the lower isle will stop on Friday because its boiler is to be mended, the harbour master said.

Nobody had told the postman, who rows over twice a week with the papers and will now have to row on Sundays too."""
MILL = """The mill beyond the chapel has ground its last corn, and the miller's daughter is to open a library there.

She asks whoever has books to spare to leave them by the wheel, where it is dry, before the end of the summer."""
installed = find_spec("datasketch") is not None


@pytest.mark.skipif(installed, reason="datasketch is installed here")
def test_without_the_peer_the_bench_says_how_to_get_it() -> None:
    assert list(compared()) == [NO_PEER]


@pytest.mark.parametrize(
    "system",
    [ours, pytest.param(minhash_lsh, marks=pytest.mark.skipif(not installed, reason="needs requirements-bench.lock"))],
)
def test_each_system_joins_what_is_the_same_and_parts_what_is_not(
    system: Callable[[list[Document]], tuple[list[int], float]],
) -> None:
    texts = enumerate((FERRY, MILL, FERRY))
    stories, seconds = system([Document(0, text, f"paper-{n}", 0, "original") for n, text in texts])
    assert stories[0] == stories[2] != stories[1]
    assert seconds > 0
