# SPDX-License-Identifier: GPL-2.0-or-later
"""A running sandbox: commands and daemons in its namespaces."""

import json
import shlex
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from slurmrestd.sandbox import namespaces
from slurmrestd.sandbox.errors import SandboxError
from slurmrestd.sandbox.layout import LOGS, PIDS, SOURCE, Layout

# Arguments: name, descriptor of a listening socket or "", command. The socket is handed over as
# systemd does it (sd_listen_fds(3)): as descriptor 3, for the process that LISTEN_PID names.
_DAEMON = rf"""
name=$1 listener=$2; shift 2
(
    if [ -n "$listener" ]; then
        if [ "$listener" != 3 ]; then exec 3<&"$listener" {{listener}}<&-; fi
        export LISTEN_FDS=1 LISTEN_PID=$BASHPID
    fi
    exec setsid "$@" > "{LOGS}/$name.log" 2>&1 < /dev/null
) &
echo $! > "{PIDS}/$name.pid"
"""
_POLL = 0.05
_LINES_OF_LOG = 15


@dataclass(frozen=True)
class Cluster:
    """The namespaces that ``pid`` is the first process of."""

    layout: Layout
    pid: int

    @classmethod
    def running(cls, layout: Layout) -> "Cluster | None":
        """The sandbox's cluster if it is up."""
        try:
            state = json.loads(layout.state.read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return None
        # The number alone might be another process's by now.
        if namespaces.start_time(state["pid"]) != state["start_time"]:
            return None
        return cls(layout, state["pid"])

    @classmethod
    def create(cls, layout: Layout) -> "Cluster":
        """New namespaces with nothing in them yet, on record from the start."""
        cluster = cls(layout, namespaces.start(layout.root, layout.log))
        cluster.record(starting=True)
        cluster.run(["install", "-d", PIDS, LOGS])
        cluster.run(["install", "-d", "-o", "slurm", "-g", "slurm", "/run/slurm"])
        return cluster

    def record(self, *, starting: bool) -> None:
        """Note that it runs, and whether it is still being started."""
        state = {
            "pid": self.pid,
            "start_time": namespaces.start_time(self.pid),
            "starting": starting,
        }
        self.layout.state.write_text(json.dumps(state) + "\n")

    def is_complete(self) -> bool:
        """Whether its start went through: the command that starts it may have been killed."""
        return not json.loads(self.layout.state.read_text()).get("starting")

    def end(self) -> None:
        """End every process of it; its mounts go with them."""
        namespaces.stop(self.pid)
        self.layout.state.unlink(missing_ok=True)

    def command(
        self,
        command: Sequence[str],
        *,
        user: str = "root",
        env: Mapping[str, str] | None = None,
        cwd: str = "/",
    ) -> list[str]:
        """What to run on the host to run ``command`` inside."""
        return namespaces.enter(self.pid, command, user=user, env=env, cwd=cwd)

    def run(self, command: Sequence[str], *, user: str = "root", stdin: str = "") -> str:
        """Run a command inside; return what it printed.

        Raises:
            SandboxError: It failed; the message has what it said.
        """
        done = subprocess.run(
            self.command(command, user=user),
            input=stdin,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
        if done.returncode:
            said = "\n".join((done.stdout + done.stderr).splitlines()[-_LINES_OF_LOG:])
            raise SandboxError(f"{shlex.join(command)} failed in the sandbox:\n{said}")
        return done.stdout

    def foreground(self, command: Sequence[str], env: Mapping[str, str] | None = None) -> int:
        """Run a command in the copy of the checkout, with our streams; return its status."""
        print(f"$ {' '.join(command)}", file=sys.stderr, flush=True)
        return subprocess.run(self.command(command, env=env, cwd=SOURCE), check=False).returncode

    def succeeds(self, command: Sequence[str]) -> bool:
        """Whether a command inside exits with 0; its output goes nowhere."""
        done = subprocess.run(
            self.command(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        return done.returncode == 0

    def daemon(
        self,
        name: str,
        command: Sequence[str],
        *,
        user: str = "root",
        env: Mapping[str, str] | None = None,
        listener: int | None = None,
    ) -> None:
        """Start a daemon that stays in the foreground; it is known as ``name`` from now on.

        ``listener`` is the descriptor of a listening socket that it inherits.
        """
        become = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", "--"]
        arguments = [name, "" if listener is None else str(listener), *become, *command]
        identity = {"HOME": "/", "USER": user, "LOGNAME": user}
        subprocess.run(
            self.command(
                ["bash", "-c", _DAEMON, "daemon", *arguments], env=identity | dict(env or {})
            ),
            stdin=subprocess.DEVNULL,
            pass_fds=() if listener is None else (listener,),
            check=True,
        )

    def alive(self, name: str) -> bool:
        """Whether a daemon is still there."""
        return self.succeeds(["sh", "-c", f"kill -0 $(cat {PIDS}/{name}.pid)"])

    def stop(self, name: str, timeout: float = 15) -> None:
        """Ask a daemon to end, wait until it has, and make it after the time-out."""
        pid_file = f"{PIDS}/{name}.pid"
        script = (
            f'test -e {pid_file} || exit 0; pid=$(cat {pid_file}); kill "$pid" || exit 0; '
            f"for i in $(seq {int(timeout * 20)}); do "
            'kill -0 "$pid" || exit 0; sleep 0.05; done; kill -9 "$pid"'
        )
        self.run(["sh", "-c", f"( {script} ) 2>/dev/null"])

    def wait(self, name: str, ready: Callable[[], bool], timeout: float = 60) -> None:
        """Wait until ``ready()``.

        Raises:
            SandboxError: The daemon ended, or it took too long; with the end of its log.
        """
        deadline = time.monotonic() + timeout
        while not ready():
            ended = not self.alive(name)
            if ended or time.monotonic() > deadline:
                how = "ended" if ended else f"was not ready within {timeout:.0f} s"
                raise SandboxError(f"{name} {how}. The end of its log:\n{self.log_end(name)}")
            time.sleep(_POLL)

    def log_end(self, name: str) -> str:
        """The last lines of a daemon's log, and where the rest is."""
        log = self.layout.inside(f"{LOGS}/{name}.log")
        text = log.read_text(errors="replace") if log.exists() else ""
        lines = text.splitlines()[-_LINES_OF_LOG:] or ["(it said nothing)"]
        return "\n".join([*(f"  {line}" for line in lines), f"  (all of it: {log})"])
