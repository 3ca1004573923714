# SPDX-License-Identifier: GPL-2.0-or-later
"""What may end its process is tried in a child."""

from __future__ import annotations

import os
import signal
import time

import pytest

from slurmrestd.slurm import trial

pytestmark = pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")


def test_what_comes_back_is_good() -> None:
    assert trial.run(lambda: None) is None


def complain() -> None:
    os.write(trial.STANDARD_ERROR, b"one\ntwo: it is bad\n")
    os._exit(7)


def test_the_reason_is_what_was_said_last() -> None:
    assert trial.run(complain) == "one; it is bad"


def test_a_silent_end_has_its_code_or_signal() -> None:
    assert trial.run(lambda: os._exit(7)) == "it exited with 7"
    killed = trial.run(lambda: os.kill(os.getpid(), signal.SIGKILL))
    assert killed == "it was ended by SIGKILL"


def fail() -> None:
    raise RuntimeError("never")


def test_an_exception_is_one() -> None:
    assert trial.run(fail) is not None


def test_what_does_not_come_back_is_ended() -> None:
    assert trial.run(lambda: time.sleep(600), seconds=0.2) == "it was not done within 0.2 s"
