# SPDX-License-Identifier: GPL-2.0-or-later
"""Our program and the original, ready to be started."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.daemon.inetd import Program
from tests.fix_cluster import Cluster


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A directory that other users reach."""
    for above in (tmp_path, *tmp_path.parents[:2]):
        above.chmod(0o755)
    return tmp_path


@pytest.fixture
def ours(cluster: Cluster, folder: Path) -> Program:
    """Ours, with local authentication, as the service user."""
    return Program(cluster, cluster.program, folder)


@pytest.fixture
def original(cluster: Cluster, folder: Path) -> Program:
    """The original in the same way."""
    return Program(cluster, cluster.original, folder)


@pytest.fixture
def both(ours: Program, original: Program) -> tuple[Program, Program]:
    """One and the other."""
    return ours, original
