"""What pairs connect: disjoint sets of numbers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Groups:
    """Joins numbers; a number that was never joined is a group of its own."""

    _above: dict[int, int] = field(default_factory=dict)

    def top(self, node: int) -> int:
        """The number that stands for ``node``'s group."""
        above = self._above.get(node, node)
        while above != node:
            self._above[node] = self._above.get(above, above)  # halves the way of the next one
            node, above = above, self._above.get(above, above)
        return node

    def same(self, one: int, other: int) -> bool:
        return self.top(one) == self.top(other)

    def join(self, one: int, other: int) -> None:
        self._above[self.top(one)] = self.top(other)

    def of(self, nodes: Iterable[int]) -> list[list[int]]:
        """The groups that hold ``nodes``, each with everything that was joined to it, sorted."""
        groups: defaultdict[int, set[int]] = defaultdict(set)
        wanted = list(nodes)
        for node in {*wanted, *self._above, *self._above.values()}:
            groups[self.top(node)].add(node)
        tops = dict.fromkeys(self.top(node) for node in wanted)
        return [sorted(groups[top]) for top in tops]
