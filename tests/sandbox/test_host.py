# SPDX-License-Identifier: GPL-2.0-or-later
"""Commands do not trip over each other, and signals wait where they must."""

import os
import signal
from pathlib import Path

import pytest

from slurmrestd.sandbox import host
from slurmrestd.sandbox.errors import SandboxError
from slurmrestd.sandbox.layout import Layout


def test_one_command_at_a_time_changes_a_sandbox(tmp_path: Path) -> None:
    layout = Layout(tmp_path / "sandbox")
    with host.locked(layout):
        with pytest.raises(SandboxError, match=f"process {os.getpid()}"), host.locked(layout):
            pass
        with host.locked(Layout(tmp_path / "another")):
            pass
    with host.locked(layout):
        pass


def test_an_interrupt_waits_for_the_end_of_the_body() -> None:
    done: list[bool] = []

    def body() -> None:
        with host.not_interrupted():
            os.kill(os.getpid(), signal.SIGTERM)
            done.append(True)

    with pytest.raises(KeyboardInterrupt):
        body()
    assert done


def test_too_little_space_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(host, "_BYTES_NEEDED", 1 << 62)
    with pytest.raises(SandboxError, match="make room"):
        host.check_before_build(Layout(tmp_path))
