# SPDX-License-Identifier: GPL-2.0-or-later
"""Running things in the root, shut off from the host.

Every program of the sandbox sees the root as its /, through a mount namespace of its own: what
is mounted for it (/proc, /dev, /run, ...) never shows on the host and ends with it. The first
process of the process namespace is the handle of it all: the kernel ends the others with it.
"""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from slurmrestd.sandbox.errors import SandboxError
from slurmrestd.sandbox.layout import PATH

_HERE = Path(__file__).parent
_ENTER_ROOT = _HERE / "enter_root.sh"
_FIRST_PROCESS = _HERE / "first_process.sh"


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a program inside: nothing of the host's but its terminal."""
    inside = {"PATH": PATH, "LANG": "C.UTF-8", "TERM": os.environ.get("TERM", "dumb")}
    return inside | dict(extra or {})


def run_in_root(
    root: Path,
    command: Sequence[str],
    *,
    log: Path,
    shown: Sequence[Path] = (),
    env: Mapping[str, str] | None = None,
) -> int:
    """Run a command in the root with the host's network, and return its exit status.

    ``shown`` are files and directories of the host that it sees, read-only.
    """
    return run_isolated([*_script_in_root(root, shown), *command], log=log, env=environment(env))


def run_isolated(command: Sequence[str], *, log: Path, env: Mapping[str, str]) -> int:
    """Run a command of the host in a mount and a process namespace of its own.

    Its output goes to the log. It ends, with all it started, when we end.
    """
    unshare = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
    with log.open("ab") as output:
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig=KILL", *unshare, *command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(env),
            start_new_session=True,
        )
        try:
            return process.wait()
        except BaseException:
            process.kill()
            process.wait()
            raise


def start(root: Path, log: Path) -> int:
    """Make the namespaces of a cluster; return the process id of their first process."""
    read_end, write_end = os.pipe()
    namespaces = ["--mount", "--uts", "--ipc", "--net", "--pid", "--fork", "--kill-child"]
    script = [*_script_in_root(root), "sh", "-es"]
    at_three = 'pipe=$0; if [ "$pipe" != 3 ]; then exec 3>&"$pipe" {pipe}>&-; fi; exec "$@"'
    with log.open("ab") as output, _FIRST_PROCESS.open("rb") as first_process:
        process = subprocess.Popen(
            ["bash", "-c", at_three, str(write_end), "unshare", *namespaces, *script],
            stdin=first_process,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment(),
            pass_fds=[write_end],
            start_new_session=True,
        )
    os.close(write_end)
    with os.fdopen(read_end) as pipe:
        answer = pipe.readline()
    if not answer:
        process.wait()
        raise SandboxError(f"The cluster's namespaces cannot be made; see the end of {log}.")
    return int(answer)


def stop(pid: int) -> None:
    """End the first process of the namespaces, and with it all others; wait for the end."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        signal.pidfd_send_signal(handle, signal.SIGKILL)
        deadline = time.monotonic() + 20
        while start_time(pid) is not None:
            if time.monotonic() > deadline:
                raise SandboxError(f"Process {pid} does not end: see what it hangs on.")
            time.sleep(0.01)
    except ProcessLookupError:
        pass
    finally:
        os.close(handle)


def start_time(pid: int) -> int | None:
    """When a process began, in clock ticks (proc(5)); ``None`` when there is none."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    after_name = stat.rpartition(")")[2].split()
    return None if after_name[0] in "ZX" else int(after_name[19])


def enter(
    pid: int,
    command: Sequence[str],
    *,
    user: str = "root",
    env: Mapping[str, str] | None = None,
    cwd: str = "/",
) -> list[str]:
    """The command that runs ``command`` in the namespaces of the process ``pid``.

    It is told to end (SIGTERM) when what runs this command ends before it.
    """
    home = "/root" if user == "root" else f"/home/{user}"
    identity = {"HOME": home, "USER": user, "LOGNAME": user}
    variables = [f"{key}={value}" for key, value in (identity | environment(env)).items()]
    become = [f"--reuid={user}", f"--regid={user}", "--init-groups"] if user != "root" else []
    return [
        *("nsenter", "--target", str(pid), "--mount", "--uts", "--ipc", "--net", "--pid"),
        *("--", "env", "--ignore-environment", f"--chdir={cwd}", *variables),
        *("setpriv", "--pdeathsig=TERM", *become, "--"),
        *command,
    ]


def _script_in_root(root: Path, shown: Sequence[Path] = ()) -> list[str]:
    return ["sh", str(_ENTER_ROOT), str(root), *map(str, shown), "--"]
