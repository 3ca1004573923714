# SPDX-License-Identifier: GPL-2.0-or-later
"""What the select plugin knows of a node, reservations' cores, and who answers a ping."""

from typing import Any

import pytest

from slurmrestd._encoder import ffi, lib

from .hosts import Host
from .programs import EncoderError, Program, decode, member, value_of

NODE_FUNCTIONS = ("ALLOC_MEMORY", "ALLOC_CPUS", "IDLE_CPUS", "TRES_USED", "TRES_WEIGHTED")


def node_values(host: Any, cpus: int) -> list[Any]:
    node = ffi.new("node_info_t *", {"cpus": cpus})
    return [
        value_of("CALL", node, function=f"NODE_{name}", host=host.native) for name in NODE_FUNCTIONS
    ]


def test_what_of_a_node_is_allocated() -> None:
    host = Host()
    host.node = {"memory": 2**40, "cpus": 3, "tres": b"cpu=3,mem=1G", "weighted": 3.5}
    assert node_values(host, 8) == [2**40, 3, 5, "cpu=3,mem=1G", 3.5]
    host.node = {"memory": 0, "cpus": 9, "tres": None, "weighted": 0.0}
    assert node_values(host, 8) == [0, 9, -1, "", 0.0]


@pytest.mark.parametrize("function", NODE_FUNCTIONS)
def test_a_plugin_that_fails_is_an_error(function: str) -> None:
    host = Host()
    host.error = 2044
    for given in (host.native, ffi.NULL):
        with pytest.raises(EncoderError) as caught:
            value_of("CALL", ffi.new("node_info_t *"), function=f"NODE_{function}", host=given)
        assert caught.value.status == lib.SR_BROKEN
    assert node_error(host, function) == 2044


def node_error(host: Host, function: str) -> int:
    with pytest.raises(EncoderError) as caught:
        value_of("CALL", ffi.new("node_info_t *"), function=f"NODE_{function}", host=host.native)
    return caught.value.number


def test_cores_of_a_reservation() -> None:
    program = Program()
    inner = program.inner(items=True)
    inner.put("node", "STRING", ffi.offsetof("resv_core_spec_t", "node_name"))
    inner.put("core", "STRING", ffi.offsetof("resv_core_spec_t", "core_id"))
    program.put("v", "CALL", function="RESERVATION_CORES", arg=program.nested(inner))
    texts = [ffi.new("char[]", text) for text in (b"n1", b"0-3", b"n2")]
    cores = ffi.new("resv_core_spec_t[]", 2)
    cores[0].node_name, cores[0].core_id, cores[1].node_name = texts
    reservation = ffi.new("reserve_info_t *", {"core_spec_cnt": 2, "core_spec": cores})
    expected = [{"node": "n1", "core": "0-3"}, {"node": "n2", "core": ""}]
    assert decode(program, reservation)["v"] == expected
    reservation.core_spec = ffi.NULL
    assert decode(program, reservation)["v"] == []


@pytest.mark.parametrize(
    ("mode", "controllers", "word"),
    [
        (0, 1, "primary"),
        (1, 2, "backup"),
        (1, 3, "backup1"),
        (2, 3, "backup2"),
        (10, 20, "backup10"),
    ],
)
def test_the_mode_of_a_controller(mode: int, controllers: int, word: str) -> None:
    host = Host(controllers=controllers).native
    assert value_of("CALL", member("i", mode), function="PING_MODE", host=host) == word
