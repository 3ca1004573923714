# SPDX-License-Identifier: GPL-2.0-or-later
"""What is changed of a node is the same, and so is the node afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.conformance.case import Case
from tests.conformance.cases import node_changes
from tests.conformance.check import check, each, judge
from tests.conformance.node_pair import NODES, NodePair
from tests.conformance.pair import Pair
from tests.conformance.schema import Schema

AS_BEFORE = (
    ("comment=", "extra=", "weight=100", "cpubind=off", "activefeatures="),
    ("availablefeatures=epyc,rack3",),
    ("state=down", "reason=as before"),
)


@pytest.fixture(scope="module")
def nodes(pair: Pair) -> Iterator[NodePair]:
    """A declared node of each side's own, as they were afterwards."""
    both = NodePair(pair)
    yield both
    both.close()
    update = ("scontrol", "update", f"nodename={','.join(NODES)}")
    for change in AS_BEFORE:
        pair.cluster.run(*update, *change)


@pytest.mark.parametrize(("case", "version"), each(node_changes.CASES))
def test_node(case: Case, version: str, pair: Pair, nodes: NodePair, schema: Schema) -> None:
    """A change answers the same, and leaves the same node."""
    if case.prepare:
        judge(case, version, nodes.compare(case, version), schema)
    else:
        check(pair, schema, case, version)
