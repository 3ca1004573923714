# SPDX-License-Identifier: GPL-2.0-or-later
"""libslurm's worst does not end the process."""

from __future__ import annotations

from tests.slurm import inside
from tests.slurm.conftest import Alone, Worker


def test_an_error_in_libslurm_is_survived(alone: Alone) -> None:
    """glibc's error(3) would have ended the process."""
    ended = alone(inside.bad_host_list)
    assert ended.status == 0, ended
    assert "NULL" in ended.said
    assert "Invalid range" in ended.complained


def test_an_error_in_the_connection_to_slurmdbd_is_survived(alone: Alone) -> None:
    """A token that nobody signed, shown to slurmdbd."""
    ended = alone(inside.bad_slurmdbd_token)
    assert ended.status == 0, ended


def test_an_error_in_a_plugin_is_survived(alone: Alone) -> None:
    """Plugins are opened by libslurm, without our flags: _native/binding/plugins.c."""
    ended = alone(inside.error_in_a_plugin)
    assert (ended.status, ended.said) == (0, "-1"), ended
    assert "nodeinfo" in ended.complained


def test_no_plugin_is_loaded_once_libslurm_is_started(worker: Worker, token: str) -> None:
    """One that were, could call glibc's error(3)."""
    assert worker(inside.loaded_by_requests, token) == 0


def test_a_controller_that_is_gone_is_an_error_of_this_request(alone: Alone) -> None:
    ended = alone(inside.controller_gone)
    assert ended.status == 0, ended
    assert ended.said.startswith("('SlurmError', "), ended
