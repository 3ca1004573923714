# SPDX-License-Identifier: GPL-2.0-or-later
"""Nodes of a cloud that ran and run, as slurmctld tells of them when it powers nodes up and down.

They are put into the database by hand: the sandbox has no such nodes.  For slurmdbd an instance
starts where a row of a node that is powered down ends.
"""

from __future__ import annotations

from typing import Final

from tests.fix_cluster import Cluster

START: Final = 1_600_000_000
"""Before anything else happened in the sandbox, so that nothing is counted anew for it."""

_POWERED_DOWN: Final = 1 << 12
"""As in ``state``: slurmdbd takes no other rows for instances."""

_ROWS: Final = (
    # node, start, end, state, id, type, extra
    ("e0991", 0, 100, _POWERED_DOWN, None, None, None),
    ("e0991", 100, 200, 0, "i-1", "t1", "more1"),
    ("e0991", 200, 300, _POWERED_DOWN, "i-1", "t1", "more1"),
    ("e0991", 300, 400, _POWERED_DOWN, "i-2", "t1", "more1"),
    ("e0991", 400, 0, _POWERED_DOWN, "i-3", "t2", "more2"),
    ("e0992", 0, 1000, _POWERED_DOWN, "i-2", "t2", None),
    ("e0992", 1000, 2000, _POWERED_DOWN, "I-1", None, "x"),
    ("e0993", 0, 60, _POWERED_DOWN, "i-4", 't"4\\', "<\u00e9>, a=b\n{}"),
    ("e0994", 0, 50, _POWERED_DOWN, "", "t1", ""),
    ("gone", 10, 20, _POWERED_DOWN, "x", "x", "x"),
)
_TABLE: Final = "sandbox_event_table"


def insert(cluster: Cluster) -> None:
    """Have the sandbox's slurmdbd know of them."""
    delete(cluster)
    columns = "node_name, time_start, time_end, state, instance_id, instance_type, extra, reason"
    rows = ", ".join(f"({', '.join(map(_literal, _moved(row)))}, '')" for row in _ROWS)
    do(cluster, f"insert into {_TABLE} ({columns}) values {rows}")


def delete(cluster: Cluster) -> None:
    """Have it forget them."""
    do(cluster, f"delete from {_TABLE} where time_start between {START} and {START + 10_000}")


def _moved(row: tuple[object, ...]) -> tuple[object, ...]:
    node, start, end, *rest = row
    assert isinstance(start, int)
    assert isinstance(end, int)
    return (node, START + start, START + end if end else 0, *rest)


def _literal(value: object) -> str:
    if value is None:
        return "null"
    return f"x'{value.encode().hex()}'" if isinstance(value, str) else str(value)


def do(cluster: Cluster, statement: str) -> None:
    """Do something to the database of the sandbox."""
    options = ("--default-character-set=utf8mb4", "slurm_acct_db")
    cluster.run("mariadb", *options, stdin=statement.encode())
