# SPDX-License-Identifier: GPL-2.0-or-later
"""A worker notices when there is nothing to do any more, and gives memory back then."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest

from slurmrestd.server.connection import Connection
from slurmrestd.server.host import Host
from slurmrestd.server.limits import Timeouts


class Busy:
    is_busy = True


@pytest.fixture
def host() -> Host:
    loop = cast(asyncio.AbstractEventLoop, None)
    return Host(loop, cast(Any, None), Timeouts())


def test_one_that_never_had_anything_to_do_does_not_come_to_rest(host: Host) -> None:
    assert not any(host.comes_to_rest() for _ in range(3))


def test_it_comes_to_rest_once(host: Host) -> None:
    host.begun += 1
    assert [host.comes_to_rest() for _ in range(4)] == [False, True, False, False]
    host.begun += 5
    assert [host.comes_to_rest() for _ in range(3)] == [False, True, False]


def test_not_while_a_request_is_in_work(host: Host) -> None:
    busy = Busy()
    host.connections.add(cast(Connection, busy))
    host.begun += 1
    assert [host.comes_to_rest() for _ in range(3)] == [False, False, False]
    busy.is_busy = False
    assert host.comes_to_rest()
