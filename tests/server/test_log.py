# SPDX-License-Identifier: GPL-2.0-or-later
"""Lines of the log."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest

from slurmrestd.server import log


@pytest.fixture
def _root() -> Iterator[None]:
    """The root logger is put back as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.usefixtures("_root")
def test_a_name_that_a_client_sends_does_not_drive_the_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    log.configure(3)
    logging.getLogger("slurmrestd").error("no %s here", "\x1b[31m\r\x9b\x00é\tx")
    assert capsys.readouterr().err == "slurmrestd: error: no \\x1b[31m\\x0d\\x9b\\x00é\tx here\n"
