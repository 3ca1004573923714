# SPDX-License-Identifier: GPL-2.0-or-later
"""What a job holds on its nodes: one bitmap of cores over runs of equal nodes."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slurmrestd._encoder import ffi, lib

from .hosts import Host
from .programs import NO_VAL64, EncoderError, Program, decode, encode
from .test_records import bits

UNALLOCATED, ALLOCATED, IN_USE = NO_VAL64 - 2**64, 2, 4
Run = tuple[int, int, int]  # nodes, sockets, cores
ESLURM_BAD_TASK_COUNT = int(lib.ESLURM_BAD_TASK_COUNT)


def program_41() -> Program:
    program = Program()
    node = program.inner(items=True)
    for key, form in (("index", "I"), ("cpus_count", "H"), ("cpus_used", "H")):
        size = {"I": 4, "H": 2}[form]
        node.put(key, "UINT", ffi.offsetof("sr_resource_node", key), size=size)
    for key in ("memory_used", "memory_allocated"):
        node.put(key, "UINT", ffi.offsetof("sr_resource_node", key), size=8)
    node.put("name", "STRING", ffi.offsetof("sr_resource_node", "name"))
    socket = node.inner(items=True)
    socket.put("index", "UINT", ffi.offsetof("sr_resource_socket", "index"), size=4)
    core = socket.inner(items=True)
    core.put("index", "UINT", ffi.offsetof("sr_resource_core", "index"), size=4)
    core.put("status", "UINT", ffi.offsetof("sr_resource_core", "status"), size=8)
    cores = socket.nested(core, stride=ffi.sizeof("sr_resource_core"))
    socket.put("cores", "ARRAY", ffi.offsetof("sr_resource_socket", "cores"), arg=cores)
    sockets = node.nested(socket, stride=ffi.sizeof("sr_resource_socket"))
    node.put("sockets", "ARRAY", ffi.offsetof("sr_resource_node", "sockets"), arg=sockets)
    return program.put("v", "CALL", function="JOB_RESOURCES", arg=program.nested(node))


def program_40(*, pretty: bool = False) -> Program:
    return Program(pretty=pretty).put("v", "CALL", function="JOB_RESOURCES_40")


def resources_of(keep: list[Any], runs: list[Run], held: set[int], used: set[int]) -> Any:
    nodes = sum(run[0] for run in runs)
    size = max(1, sum(n * s * c for n, s, c in runs))
    names = ffi.new("char[]", ",".join(f"n{i}" for i in range(nodes)).encode())
    arrays: dict[str, Any] = {
        "core_bitmap": bits(*held, size=size),
        "core_bitmap_used": bits(*used, size=size),
        "sock_core_rep_count": ffi.new("uint32_t[]", [run[0] for run in runs]),
        "sockets_per_node": ffi.new("uint16_t[]", [run[1] for run in runs]),
        "cores_per_socket": ffi.new("uint16_t[]", [run[2] for run in runs]),
        "cpus": ffi.new("uint16_t[]", [10 + i for i in range(nodes)]),
        "cpus_used": ffi.new("uint16_t[]", [20 + i for i in range(nodes)]),
        "memory_used": ffi.new("uint64_t[]", [30 + i for i in range(nodes)]),
        "memory_allocated": ffi.new("uint64_t[]", [2**40 + i for i in range(nodes)]),
        "nodes": names,
    }
    keep.append(arrays)
    return ffi.new("job_resources_t *", arrays | {"nhosts": nodes})


runs_of_nodes = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 3), st.integers(0, 70)), min_size=1, max_size=3
)


@given(runs_of_nodes, st.data())
def test_cores_are_counted_from_node_to_node(runs: list[Run], data: st.DataObject) -> None:
    keep: list[Any] = []
    total = sum(n * s * c for n, s, c in runs)
    cores = st.sets(st.integers(0, max(total - 1, 0)), max_size=50 if total else 0)
    held, used = data.draw(cores), data.draw(cores)
    resources = resources_of(keep, runs, held, used)
    host = Host()
    new = decode(program_41(), resources, host=host.native)["v"]
    old = decode(program_40(), resources, host=host.native)["v"]
    assert host.open == {}
    place = index = 0
    for nodes, sockets, cores_each in runs:
        for _ in range(nodes):
            numbers = {"cpus_used": 20 + index, "memory_used": 30 + index}
            numbers["memory_allocated"] = 2**40 + index
            by_socket: dict[str, Any] = {}
            listed = []
            for s in range(sockets):
                status = []
                for c in range(cores_each):
                    status.append(ALLOCATED | (IN_USE if place in used else 0))
                    if place not in held:
                        status[-1] = UNALLOCATED
                    else:
                        word = "allocated_and_in_use" if place in used else "allocated"
                        by_socket.setdefault(str(s), {"cores": {}})["cores"][str(c)] = word
                    place += 1
                listed.append(
                    {
                        "index": s,
                        "cores": [{"index": i, "status": x} for i, x in enumerate(status)],
                    }
                )
            name = f"n{index}"
            assert old[index] == {"sockets": by_socket, "nodename": name} | numbers
            assert new[index] == numbers | {
                "index": index,
                "name": name,
                "cpus_count": 10 + index,
                "sockets": listed,
            }
            index += 1
    assert len(old) == len(new) == index


def test_keys_of_v0_0_40_stand_in_its_order_and_on_lines_of_their_own() -> None:
    keep: list[Any] = []
    resources = resources_of(keep, [(2, 2, 2)], {0, 1, 2}, {1})
    text = encode(program_40(pretty=True), resources, host=Host().native).decode()
    value = json.loads(text)
    assert text == json.dumps(value, indent=2)
    assert list(value["v"][0]) == [
        "sockets",
        "nodename",
        "cpus_used",
        "memory_used",
        "memory_allocated",
    ]
    assert value["v"][1]["sockets"] == {}


def test_what_was_not_sent_counts_as_nothing() -> None:
    keep: list[Any] = []
    for program in (program_40(), program_41()):
        empty = ffi.new("job_resources_t *", {"nhosts": 3})
        assert decode(program, empty, host=Host().native)["v"] == []
        bare = resources_of(keep, [(1, 1, 1)], {0}, {0})
        for name in ("core_bitmap", "core_bitmap_used", "cpus", "cpus_used", "nodes"):
            setattr(bare, name, ffi.NULL)
        bare.memory_used = bare.memory_allocated = ffi.NULL
        node = decode(program, bare, host=Host().native)["v"][0]
        assert (node["cpus_used"], node["memory_used"], node["memory_allocated"]) == (0, 0, 0)


def test_a_bitmap_that_is_too_short() -> None:
    keep: list[Any] = []
    resources = resources_of(keep, [(1, 2, 2)], {0, 3}, set())
    resources.core_bitmap[1] = 3
    host = Host()
    # v0.0.40 leaves the rest out, later versions refuse.
    old = decode(program_40(), resources, host=host.native)["v"]
    assert old[0]["sockets"] == {"0": {"cores": {"0": "allocated"}}}
    with pytest.raises(EncoderError) as caught:
        decode(program_41(), resources, host=host.native)
    assert (caught.value.status, caught.value.number) == (lib.SR_BROKEN, ESLURM_BAD_TASK_COUNT)
    resources.nodes = keep[0]["nodes"] = ffi.new("char[]", b"nope")
    with pytest.raises(EncoderError):
        decode(program_40(), resources, host=host.native)
    assert host.open == {}
