# SPDX-License-Identifier: GPL-2.0-or-later
"""Nodes: load them with the partitions they are in, change them, delete them."""

from __future__ import annotations

from typing import Any

from slurmrestd.slurm import partitions
from slurmrestd.slurm.errors import check
from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.memory import Owned, free
from slurmrestd.slurm.numbers import (
    NODE_STATE_ALLOCATED,
    NODE_STATE_FLAGS,
    NODE_STATE_MIXED,
    REQUEST_NODE_INFO_SINGLE,
    RESPONSE_NODE_INFO,
    SELECT_NODEDATA_SUBCNT,
    SELECT_NODEDATA_TRES_ALLOC_FMT_STR,
    SHOW_MIXED,
)
from slurmrestd.slurm.question import Question
from slurmrestd.slurm.rpc import Message, ask, fetch

Nodes = Message

NODE_BYTES = 1500
"""About what a node takes in libslurm's memory, strings included."""


def load(since: int, show_flags: int) -> Nodes:
    """All nodes (``node_info_msg_t``), each with the names of its partitions.

    Raises SlurmError, with SLURM_NO_CHANGE_IN_DATA if nothing changed since ``since``.
    """
    nodes = fetch(
        "node_info_msg_t",
        lib.slurm_free_node_info_msg,
        "slurm_load_node()",
        lambda answer: ask(lib.slurm_load_node, since, answer, show_flags),
        _weight,
    )
    return _with_partitions(nodes, show_flags)


def load_one(name: str | bytes, show_flags: int) -> Nodes:
    """One node (``node_info_msg_t``).  Raises SlurmError.

    The partitions are those of the first node of the cluster: libslurm finds a node by
    its place among all nodes, and here there is one. slurmrestd shows the same.
    """
    owned = Owned()
    text = owned.text(name)
    nodes = fetch(
        "node_info_msg_t",
        lib.slurm_free_node_info_msg,
        "slurm_load_node_single()",
        lambda answer: ask(lib.slurm_load_node_single, answer, text, show_flags),
        _weight,
        question=lambda: Question(
            REQUEST_NODE_INFO_SINGLE,
            RESPONSE_NODE_INFO,
            ffi.new("node_info_single_msg_t *", (text, show_flags)),
        ),
        complete=_mix if show_flags & SHOW_MIXED else None,
    )
    return _with_partitions(nodes, show_flags)


def _mix(message: Any) -> None:
    """Make nodes MIXED of which some is allocated, as libslurm does where it asks itself."""
    for node in message.node_array[0 : message.record_count]:
        if node.name == ffi.NULL:
            continue
        cpus, tres = ffi.new("uint16_t *"), ffi.new("char **")
        told = node.select_nodeinfo, SELECT_NODEDATA_SUBCNT, NODE_STATE_ALLOCATED, cpus
        lib.slurm_get_select_nodeinfo(*told)
        told = node.select_nodeinfo, SELECT_NODEDATA_TRES_ALLOC_FMT_STR, NODE_STATE_ALLOCATED, tres
        lib.slurm_get_select_nodeinfo(*told)
        # Of all CPUs but some, or of what is no CPU.
        if 0 < cpus[0] < node.cpus_efctv or (not cpus[0] and tres[0] != ffi.NULL):
            node.node_state = node.node_state & NODE_STATE_FLAGS | NODE_STATE_MIXED
        free(tres[0])


def new_update(owned: Owned) -> Any:
    """An ``update_node_msg_t`` of ours that changes nothing yet."""
    request = owned.new("update_node_msg_t *")
    lib.slurm_init_update_node_msg(request)
    return request


def update(request: Any) -> None:
    """Change nodes by an ``update_node_msg_t``. Raises SlurmError."""
    check(ask(lib.slurm_update_node, request), "slurm_update_node()")


def delete(name: str | bytes) -> None:
    """Delete dynamic nodes by a host list, which the controller reads.  Raises SlurmError."""
    owned = Owned()
    request = new_update(owned)
    request.node_names = owned.text(name)
    check(ask(lib.slurm_delete_node, request), "slurm_delete_node()")


def _with_partitions(nodes: Nodes, show_flags: int) -> Nodes:
    # All partitions, whenever nodes were asked for: slurmrestd asks for those that changed
    # since then too, and fails when only nodes did.
    try:
        if nodes.pointer.record_count:
            with partitions.load(0, show_flags) as message:
                lib.slurm_populate_node_partitions(nodes.pointer, message.pointer)
    except BaseException:
        nodes.close()
        raise
    return nodes


def _weight(message: Any) -> int:
    return int(message.record_count) * NODE_BYTES
