# SPDX-License-Identifier: GPL-2.0-or-later
"""A node for each of the two that are compared, changed through them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.conformance.case import Case
from tests.conformance.compare import Difference, differences, values_differ
from tests.conformance.pair import Outcome, Pair
from tests.conformance.volatile import HELD_BY_BOTH

NODES = ("e0601", "e0602")
DYNAMIC = ("dyn1", "dyn2")
_LOOK = Case("GET node/{name}", "what the controller holds", "node/<node>", user="admin")


@dataclass(frozen=True)
class NodePair:
    """Asks each about its own node, and compares the nodes."""

    pair: Pair

    def compare(self, case: Case, version: str) -> Outcome:
        """What differs in the answers or in the nodes, but for the nodes' names."""
        if case.prepare == "dynamic":
            return self._dynamic(case, version)
        return self._ask(case, version, NODES)

    def _dynamic(self, case: Case, version: str) -> Outcome:
        for name in DYNAMIC:
            if name not in self._left():
                self.pair.cluster.run("scontrol", "create", f"nodename={name}", "state=future")
        return self._ask(case, version, DYNAMIC)

    def close(self) -> None:
        """Delete the nodes that cases have left."""
        for name in self._left():
            self.pair.cluster.run("scontrol", "delete", f"nodename={name}")

    def _left(self) -> list[str]:
        shown = self.pair.cluster.run("scontrol", "show", "nodes", "--oneliner", "--future")
        return [name for name in DYNAMIC if f"NodeName={name} " in shown]

    def _ask(self, case: Case, version: str, names: tuple[str, str]) -> Outcome:
        original = self.pair.ask(self.pair.original, case, version, {"node": names[0]})
        ours = self.pair.ask(self.pair.ours, case, version, {"node": names[1]})
        found = differences(original, ours)
        one, other = map(self._look, names)
        found += values_differ("held", one, other, HELD_BY_BOTH)
        self.pair.tally.count(case, version, ours)
        found = [difference for difference in found if not _only_names(difference, names)]
        return Outcome(original, ours, self.pair.ledger.unexplained(case.id(version), found))

    def _look(self, name: str) -> Any:
        content: Any = self.pair.ask(self.pair.original, _LOOK, "v0.0.42", {"node": name}).content
        return content.get("nodes")


def _only_names(difference: Difference, names: tuple[str, str]) -> bool:
    """Whether two texts differ only in that each names its own node."""
    original, ours = difference.original, difference.ours
    if not (isinstance(original, str) and isinstance(ours, str)):
        return False
    return original.replace(names[0], "<node>") == ours.replace(names[1], "<node>")
