# SPDX-License-Identifier: GPL-2.0-or-later
"""What the host must have, checked before anything is begun."""

import fcntl
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from slurmrestd.sandbox.errors import SandboxError
from slurmrestd.sandbox.layout import CONF, Layout

_BYTES_NEEDED = 3 * 1024**3
_TOOLS = ("unshare", "nsenter", "setpriv", "pivot_root")


def check() -> None:
    """Refuse a host on which nothing of the sandbox can run."""
    # `su` leaves out where half of the tools are.
    os.environ["PATH"] = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"
    # The daemons' users have to read what we make.
    os.umask(0o022)
    if not CONF.is_dir():
        raise SandboxError("The sandbox runs from a checkout of the project: start it there.")
    if os.geteuid() != 0:
        raise SandboxError("The sandbox needs root: run it again with sudo.")
    for tool in _TOOLS:
        if shutil.which(tool) is None:
            raise SandboxError(f"The program {tool} is missing: install the package util-linux.")


def check_namespaces() -> None:
    """Refuse a host that keeps even root from making namespaces."""
    trial = ["unshare", "--mount", "--pid", "--net", "--uts", "--ipc", "--fork", "true"]
    if subprocess.run(trial, capture_output=True, check=False).returncode:
        raise SandboxError(
            "This machine does not let us make namespaces: run the sandbox as root of the "
            "machine itself, or in a privileged container."
        )


def check_before_build(layout: Layout) -> None:
    """Refuse a host on which the root cannot be built; install mmdebstrap if it must."""
    layout.log.write_bytes(b"")
    free = shutil.disk_usage(layout.directory).free
    if free < _BYTES_NEEDED:
        raise SandboxError(
            f"The sandbox needs 3 GB, and {layout.directory} has {free / 1024**3:.1f} GB left: "
            "make room, or name another directory in SLURMRESTD_SANDBOX."
        )
    if shutil.which("mmdebstrap") is None:
        _install_mmdebstrap(layout)


def _install_mmdebstrap(layout: Layout) -> None:
    if shutil.which("apt-get") is None:
        raise SandboxError(
            "The sandbox is built by mmdebstrap, which this machine lacks: use Debian 12 or 13, "
            "or install mmdebstrap by hand."
        )
    quiet = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=120"]
    install = [*quiet, "--no-install-recommends", "install", "mmdebstrap"]
    env = dict(os.environ) | {"DEBIAN_FRONTEND": "noninteractive"}
    with layout.log.open("ab") as log:
        for command in ([*quiet, "update"], [*install, "debian-archive-keyring"]):
            done = subprocess.run(command, stdout=log, stderr=log, env=env, check=False)
    if done.returncode:
        raise SandboxError(
            "apt-get cannot install mmdebstrap: see that this machine reaches its Debian "
            f"mirror. Details: {layout.log}"
        )


@contextmanager
def locked(layout: Layout) -> Iterator[None]:
    """Keep other commands from changing the same sandbox meanwhile."""
    layout.create()
    with layout.lock.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise SandboxError(
                f"Another command (process {lock.read().strip() or 'unknown'}) is changing the "
                f"sandbox in {layout.directory}: wait for it or stop it."
            ) from None
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def interrupt_on_signals() -> None:
    """Let SIGTERM and SIGHUP end us as Ctrl-C does: with everything taken down."""

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, interrupt)


@contextmanager
def not_interrupted() -> Iterator[None]:
    """Let a signal wait until the body is through."""
    came: list[int] = []
    numbers = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
    before = {
        number: signal.signal(number, lambda which, frame: came.append(which)) for number in numbers
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if came:
        raise KeyboardInterrupt
