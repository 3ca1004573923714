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

# Arguments: the root, paths of the host to show read-only at the same place, "--", a command.
# The process id as the host sees it is only to be had from the host's /proc, so it is read
# before anything is mounted.
_ENTER_ROOT = r"""
set -eu
read -r pid rest < /proc/self/stat
root=$1; shift
mount --bind "$root" "$root"
while [ "$1" != -- ]; do
    if [ -d "$1" ]; then mkdir -p "$root$1"; else mkdir -p "$root${1%/*}"; : >> "$root$1"; fi
    mount --rbind "$1" "$root$1"
    mount -o remount,bind,ro "$root$1"
    shift
done
shift
cd "$root"
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys 2>/dev/null || mount --rbind /sys sys
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs -o mode=755 tmpfs dev
for device in null zero full random urandom tty; do
    : > "dev/$device"
    mount --bind "/dev/$device" "dev/$device"
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts dev/pts
mount -t tmpfs -o mode=1777 tmpfs dev/shm
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
ln -s /proc/self/fd/0 dev/stdin
ln -s /proc/self/fd/1 dev/stdout
ln -s /proc/self/fd/2 dev/stderr
pivot_root . mnt
cd /
umount -l /mnt
export HOST_PID=$pid
exec "$@"
"""

# SIGCHLD that is ignored, which exec keeps, makes the kernel reap every orphan for it. Slurm
# asks getaddrinfo(3) with AI_ADDRCONFIG, which wants an address that is not 127.x.
_FIRST_PROCESS = r"""
ip link set lo up
ip address add 192.0.2.1/32 dev lo
hostname head
echo "$HOST_PID" >&3
exec 3>&- env --ignore-signal=CHLD --argv0=sandbox-init sleep infinity
"""


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

    Its output goes to the log. It ends, with all it started, when we are interrupted.
    """
    isolated = ["unshare", "--mount", "--pid", "--fork", "--kill-child", *command]
    with log.open("ab") as output:
        process = subprocess.Popen(
            isolated,
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
    script = [*_script_in_root(root), "sh", "-c", _FIRST_PROCESS]
    at_three = 'exec 3>&"$0"; exec "$@"'
    with log.open("ab") as output:
        process = subprocess.Popen(
            ["bash", "-c", at_three, str(write_end), "unshare", *namespaces, *script],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment(),
            pass_fds=[write_end],
            start_new_session=True,
        )
    os.close(write_end)
    with open(read_end, encoding="ascii") as pipe:
        answer = pipe.readline()
    if not answer:
        process.wait()
        raise SandboxError(
            "This machine does not let us make namespaces (see the end of "
            f"{log}): run it as root of the machine itself or in a privileged container."
        )
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
    return ["sh", "-c", _ENTER_ROOT, "sandbox", str(root), *map(str, shown), "--"]
