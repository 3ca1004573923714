# SPDX-License-Identifier: GPL-2.0-or-later
"""The lines to paste, with curl on the machine and without."""

import shutil
from pathlib import Path

import pytest

from slurmrestd.sandbox import welcome
from slurmrestd.sandbox.cluster import Cluster
from slurmrestd.sandbox.layout import JWT_SOCKET, Layout

DEEP = "d" * 100


def without_curl(name: str) -> None:
    assert name == "curl"


def with_curl(name: str) -> str:
    assert name == "curl"
    return "/usr/bin/curl"


@pytest.mark.parametrize("directory", ["/srv/sandbox", f"/srv/{DEEP}"])
def test_without_curl_the_roots_own_is_used(
    monkeypatch: pytest.MonkeyPatch, directory: str
) -> None:
    """Inside the root the socket's path is short, however deep the sandbox lies."""
    monkeypatch.setattr(shutil, "which", without_curl)
    cluster = Cluster(Layout(Path(directory)), 7)
    line = welcome._by_socket(cluster, JWT_SOCKET, "-H x", prefix="nsenter -t 7 -p ")
    assert line == (
        f"nsenter -t 7 -p chroot {directory}/root curl --unix-socket {JWT_SOCKET} -H x "
        "http://localhost/slurm/v0.0.42/ping"
    )


def test_with_curl_a_long_path_is_reached_from_its_directory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "which", with_curl)
    near, far = (Cluster(Layout(Path("/srv") / name), 7) for name in ("sandbox", DEEP))
    assert welcome._by_socket(near, JWT_SOCKET, "").startswith("curl --unix-socket /srv/sandbox/")
    assert welcome._by_socket(far, JWT_SOCKET, "").startswith(f"(cd /srv/{DEEP}/root/srv/rest && ")
