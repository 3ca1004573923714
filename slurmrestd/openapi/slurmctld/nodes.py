# SPDX-License-Identifier: GPL-2.0-or-later
"""Nodes."""

from __future__ import annotations

from slurmrestd.data_parser.encode import Records
from slurmrestd.data_parser.read.context import Record
from slurmrestd.data_parser.read.store import fill
from slurmrestd.data_parser.tables.answers import OPENAPI_RESP
from slurmrestd.data_parser.tables.nodes import NODE as NODE_TABLE
from slurmrestd.data_parser.tables.nodes import OPENAPI_NODES_RESP, UPDATE_NODE_MSG
from slurmrestd.data_parser.tables.queries import OPENAPI_NODE_PARAM, OPENAPI_NODES_QUERY
from slurmrestd.openapi.call import Call, Refused
from slurmrestd.openapi.operation import Operation, Values
from slurmrestd.slurm import nodes
from slurmrestd.slurm.errors import SlurmError
from slurmrestd.slurm.ffi import ffi
from slurmrestd.slurm.memory import Owned
from slurmrestd.slurm.numbers import SHOW_ALL, SHOW_DETAIL, SHOW_MIXED

DEFAULT_SHOW = SHOW_ALL | SHOW_DETAIL | SHOW_MIXED


def get_nodes(call: Call) -> Values:
    """All nodes."""
    query = call.query()
    flags = query.get("show_flags") or DEFAULT_SHOW
    try:
        message = call.own(nodes.load(query.get("update_time", 0), flags))
    except SlurmError as error:
        raise call.refuse(error.number, error.source, "The nodes cannot be had") from None
    return _nodes(call, message)


def get_node(call: Call) -> Values:
    """One node."""
    name = call.parameters()["node_name"]
    query = call.query()
    try:
        message = call.own(nodes.load_one(name, query.get("show_flags") or DEFAULT_SHOW))
    except SlurmError as error:
        raise _unknown(call, name, error.number, error.source) from None
    if not message.pointer.record_count:
        raise _unknown(call, name, 0, "node_name")
    return _nodes(call, message)


def _unknown(call: Call, name: bytes, number: int, source: str) -> Refused:
    return call.refuse(number, source, f"The node {name.decode(errors='replace')} cannot be had")


def _nodes(call: Call, message: nodes.Nodes) -> Values:
    found = message.pointer
    if not found.record_count:
        call.warn("nodes", "There are no nodes")
        return {}
    return {
        "nodes": Records(NODE_TABLE, found.node_array, found.record_count, skip_unless="name"),
        "last_update": found.last_update,
    }


def post_nodes(call: Call) -> Values | None:
    """Change the nodes that the body names."""
    changes = call.body()
    _update(call, changes, changes.get("node_names") or b"")
    return None


def post_node(call: Call) -> Values | None:
    """Change the node that the path names."""
    name = call.parameters()["node_name"]
    changes = call.body()
    if changes.get("node_names") is not None:
        call.warn("name", "The path says which node is meant: the body's name is ignored")
    changes["node_names"] = name
    _update(call, changes, name)
    return None


def _update(call: Call, changes: Record, name: bytes) -> None:
    owned = Owned()
    request = nodes.new_update(owned)
    fill(ffi, request, changes, owned)
    try:
        nodes.update(request)
    except SlurmError as error:
        shown = name.decode("utf-8", "replace")
        call.issues.error(error.number, error.source, f"The node {shown} was not changed")


def delete_node(call: Call) -> Values | None:
    """Delete a node that was added while the controller ran."""
    name = call.parameters()["node_name"]
    try:
        nodes.delete(name)
    except SlurmError as error:
        shown = name.decode("utf-8", "replace")
        call.issues.error(error.number, error.source, f"The node {shown} was not deleted")
    return None


NODES = Operation(
    "GET",
    "/slurm/{data_parser}/nodes/",
    get_nodes,
    summary="Get all nodes",
    description=(
        "Every node of the cluster with its hardware, its state and what is allocated of it."
    ),
    response=OPENAPI_NODES_RESP,
    response_description="Nodes",
    query=OPENAPI_NODES_QUERY,
)
NODE = Operation(
    "GET",
    "/slurm/{data_parser}/node/{node_name}",
    get_node,
    summary="Get one node",
    description="One node with its hardware, its state and what is allocated of it.",
    response=OPENAPI_NODES_RESP,
    response_description="The node",
    parameters=OPENAPI_NODE_PARAM,
    query=OPENAPI_NODES_QUERY,
    light=True,
)
UPDATE_NODES = Operation(
    "POST",
    "/slurm/{data_parser}/nodes/",
    post_nodes,
    summary="Change several nodes",
    description=(
        "For operators only. Drains nodes, brings them back, reboots them or changes what is "
        "known of them: all that the body names."
    ),
    response=OPENAPI_RESP,
    response_description="Whether it was done",
    body=UPDATE_NODE_MSG,
    body_description="Which nodes, and what to change",
)
UPDATE_NODE = Operation(
    "POST",
    "/slurm/{data_parser}/node/{node_name}",
    post_node,
    summary="Change a node",
    description=(
        "For operators only. Drains the node, brings it back, reboots it or changes what is "
        "known of it."
    ),
    response=OPENAPI_RESP,
    response_description="Whether it was done",
    parameters=OPENAPI_NODE_PARAM,
    body=UPDATE_NODE_MSG,
    body_description="What to change",
)
DELETE_NODE = Operation(
    "DELETE",
    "/slurm/{data_parser}/node/{node_name}",
    delete_node,
    summary="Delete a node",
    description=(
        "For administrators only, and only for nodes that were added while the controller "
        "ran; no job may run on it."
    ),
    response=OPENAPI_RESP,
    response_description="Whether it was done",
    parameters=OPENAPI_NODE_PARAM,
)
