# SPDX-License-Identifier: GPL-2.0-or-later
"""What GET jobs takes with many jobs, and that it gives it back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from tests.robustness.clients import Server
from tests.robustness.processes import MIB

ONE_REQUEST = 120 * MIB
FOUR_REQUESTS = 250 * MIB
GROWTH = 0.03
TIMES = 200
WARMING = 8


def peak_over_idle(server: Server, at_once: int) -> int:
    """The most bytes that the workers had resident above rest, with so many GET jobs at once.

    It is the sum of each worker's own peak, which they may not have had at the same moment.
    """
    server.workers.at_rest()
    idle = server.workers.resident()
    server.workers.forget_peak()
    with ThreadPoolExecutor(at_once) as pool:
        drained = list(pool.map(server.drain, ["jobs"] * at_once))
    assert {answer.status for answer in drained} == {200}
    return server.workers.peak() - idle


def test_one_request(many_jobs: Server) -> None:
    assert peak_over_idle(many_jobs, 1) <= ONE_REQUEST


def test_four_requests_at_once(many_jobs: Server) -> None:
    assert peak_over_idle(many_jobs, 4) <= FOUR_REQUESTS


def test_many_requests_do_not_add_up(many_jobs: Server) -> None:
    # Each thread has made what it keeps before: on a busy machine several come to serve here.
    with ThreadPoolExecutor(WARMING) as pool:
        drained = list(pool.map(many_jobs.drain, ["jobs"] * WARMING * 2))
    assert {answer.status for answer in drained} == {200}
    before = many_jobs.workers.at_rest()
    for _ in range(TIMES):
        assert many_jobs.drain("jobs").status == 200
    assert many_jobs.workers.at_rest() <= before * (1 + GROWTH)


def test_many_small_requests_do_not_add_up(many_jobs: Server) -> None:
    """A leak of a few bytes shows in these."""
    paths = ("ping", "diag", "job/1", "node/e0001", "partitions", "licenses", "job/999999")
    for path in paths * 100:
        many_jobs.get(path)
    before = many_jobs.workers.at_rest()
    for path in paths * 200:
        many_jobs.get(path)
    assert many_jobs.workers.at_rest() <= before * (1 + GROWTH)
