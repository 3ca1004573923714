# SPDX-License-Identifier: GPL-2.0-or-later
"""Where everything lies, on the host and inside the root."""

import os
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
CONF = CHECKOUT / "conf" / "sandbox"

# Paths inside the root, as its processes see them.
VENV = "/opt/slurmrestd"
SOURCE = "/usr/src/slurmrestd"
BUILD = "/var/cache/slurmrestd-build"
HELPERS = "/usr/local/lib/slurmrestd-sandbox"
HELD_JOBS = f"{HELPERS}/heldjobs"
FACTS = "/etc/slurmrestd-sandbox.json"
JWT_KEY = "/etc/slurm/jwt.key"
SOCKETS = "/srv/rest"
JWT_SOCKET = f"{SOCKETS}/jwt.sock"
LOCAL_SOCKET = f"{SOCKETS}/local.sock"
ORIGINAL_SOCKET = f"{SOCKETS}/original.sock"
ORIGINAL = "/usr/sbin/slurmrestd"
LOGS = "/var/log/sandbox"
DATABASE = "/var/lib/mysql"
SLURM_STATE = "/var/lib/slurm"
PIDS = "/run/sandbox"

PATH = f"{VENV}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


@dataclass(frozen=True)
class Layout:
    """One sandbox: a directory of the host."""

    directory: Path

    @classmethod
    def from_environment(cls) -> "Layout":
        """The directory that ``SLURMRESTD_SANDBOX`` names, or ``.sandbox`` in the checkout."""
        chosen = os.environ.get("SLURMRESTD_SANDBOX")
        return cls(Path(chosen).absolute() if chosen else CHECKOUT / ".sandbox")

    def create(self) -> None:
        """Make the directory, and tell git to look away."""
        self.directory.mkdir(parents=True, exist_ok=True)
        (self.directory / ".gitignore").write_text("*\n")

    @property
    def root(self) -> Path:
        """The Debian root; it exists only when it is complete."""
        return self.directory / "root"

    @property
    def unfinished_root(self) -> Path:
        """The root while it is being built."""
        return self.directory / "root.unfinished"

    @property
    def snapshot(self) -> Path:
        """The database's files as each start of the cluster finds them."""
        return self.directory / "snapshot"

    @property
    def stamps(self) -> Path:
        """One file for each step of the building that is done and of what it was done with."""
        return self.directory / "stamps"

    @property
    def beside(self) -> "Layout":
        """A second sandbox, for as long as half of the tests run in it."""
        return Layout(self.directory / "beside")

    @property
    def state(self) -> Path:
        """What is running."""
        return self.directory / "state.json"

    @property
    def port(self) -> Path:
        """The TCP port that ours last had, to have it again."""
        return self.directory / "port"

    @property
    def lock(self) -> Path:
        """Held while the sandbox is being changed."""
        return self.directory / "lock"

    @property
    def log(self) -> Path:
        """What the programs said that built and started it all."""
        return self.directory / "sandbox.log"

    def inside(self, path: str) -> Path:
        """The host's path of a file inside the root.

        >>> Layout(Path("/x")).inside("/etc/passwd")
        PosixPath('/x/root/etc/passwd')
        """
        return self.root / path.lstrip("/")
