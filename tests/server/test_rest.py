# SPDX-License-Identifier: GPL-2.0-or-later
"""When a worker gives memory back: once there is nothing to do, and now and then before."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

from slurmrestd.server.connection import Connection
from slurmrestd.server.host import Host
from slurmrestd.server.limits import UNTIDY_AFTER, Timeouts


class Busy:
    is_busy = True


@pytest.fixture
def host() -> Host:
    loop = cast(asyncio.AbstractEventLoop, None)
    return Host(loop, cast(Any, None), Timeouts())


def test_not_before_there_was_anything_to_do(host: Host) -> None:
    assert not any(host.is_untidy() for _ in range(3))


def test_once_when_work_is_over(host: Host) -> None:
    host.begun += 1
    assert [host.is_untidy() for _ in range(4)] == [False, True, False, False]
    host.begun += 5
    assert [host.is_untidy() for _ in range(3)] == [False, True, False]


def test_not_while_a_request_is_in_work(host: Host) -> None:
    busy = Busy()
    host.connections.add(cast(Connection, busy))
    host.begun += 1
    assert [host.is_untidy() for _ in range(3)] == [False, False, False]
    busy.is_busy = False
    assert host.is_untidy()


def test_now_and_then_while_there_is_always_something_to_do(host: Host) -> None:
    host.connections.add(cast(Connection, Busy()))
    asked = [host.is_untidy() for _ in range(2 * UNTIDY_AFTER + 1)]
    assert [number for number, untidy in enumerate(asked, 1) if untidy] == [
        UNTIDY_AFTER,
        2 * UNTIDY_AFTER,
    ]
