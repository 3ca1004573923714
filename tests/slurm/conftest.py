# SPDX-License-Identifier: GPL-2.0-or-later
"""Processes with libslurm in them: it starts once in each, and may end it."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

import pytest

from tests.fix_cluster import Cluster
from tests.slurm import inside

_SECONDS = 300
_CALL = """
import pickle, sys
function, arguments = pickle.loads(sys.stdin.buffer.read())
result = function(*arguments)
sys.stdout.write(repr(result))
"""

Worker = Callable[..., Any]


@dataclass(frozen=True)
class Ended:
    """A process that is over: its exit status (negative: a signal) and what it said."""

    status: int
    said: str
    complained: str


Alone = Callable[..., Ended]


@pytest.fixture(scope="session")
def token(cluster: Cluster) -> str:
    """A token of the cluster's administrator."""
    return cluster.token("admin")


@pytest.fixture(scope="session")
def worker(cluster: Cluster) -> Iterator[Worker]:
    """Calls a function of tests.slurm.inside in one process that uses JWT."""
    context = get_context("spawn")
    with ProcessPoolExecutor(1, context, initializer=inside.start) as pool:
        yield lambda function, *arguments: pool.submit(function, *arguments).result(_SECONDS)


@pytest.fixture
def alone(cluster: Cluster) -> Alone:
    """Calls a function of tests.slurm.inside in a process of its own, which may die."""

    def call(function: Callable[..., Any], *arguments: Any, **environment: str) -> Ended:
        done = subprocess.run(
            [sys.executable, "-c", _CALL],
            input=pickle.dumps((function, arguments)),
            capture_output=True,
            env=os.environ | environment,
            timeout=_SECONDS,
            check=False,
        )
        return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call
