# SPDX-License-Identifier: GPL-2.0-or-later
"""Many associations, quickly: users that exist nowhere but in the accounting database."""

from __future__ import annotations

import math
import subprocess
import time
from collections.abc import Iterator

ACCOUNTS = 300
ACCOUNTS_OF_A_USER = 4
USERS_AT_ONCE = 100
PREFIX = "bench"
TIMEOUT_SECONDS = 60.0
LOAD_SECONDS = 600.0


def count() -> int:
    """How many associations there are."""
    return len(_sacctmgr("-nP", "show", "associations", "format=id").split())


def enough(wanted: int) -> None:
    """Add accounts, and users in them, until there are about ``wanted`` associations."""
    missing = wanted - count()
    if missing <= 0:
        return
    first = _ours("users", "user")
    users = range(first, first + math.ceil(missing / ACCOUNTS_OF_A_USER))
    lines = [*_accounts(range(_ours("accounts", "account"), ACCOUNTS)), *_users(users)]
    # All by one process: a line is one request to slurmdbd.
    _sacctmgr("-i", given="".join(f"{line}\n" for line in lines), seconds=LOAD_SECONDS)
    _wait(wanted)


def _ours(what: str, column: str) -> int:
    """How many users or accounts were added before."""
    names = _sacctmgr("-nP", "show", what, f"format={column}").split()
    return sum(name.startswith(PREFIX) for name in names)


def _accounts(numbers: range) -> Iterator[str]:
    if numbers:
        names = ",".join(f"{PREFIX}{n}" for n in numbers)
        yield f"add account {names} Parent=root FairShare=1"


def _users(users: range) -> Iterator[str]:
    """Each batch of users is in the same few accounts, the next batch in the next ones."""
    for first in range(0, len(users), USERS_AT_ONCE):
        batch = users[first : first + USERS_AT_ONCE]
        names = ",".join(f"{PREFIX}{n}" for n in batch)
        start = batch[0] // USERS_AT_ONCE * ACCOUNTS_OF_A_USER
        accounts = [f"{PREFIX}{(start + n) % ACCOUNTS}" for n in range(ACCOUNTS_OF_A_USER)]
        yield f"add user {names} Account={','.join(accounts)}"


def _wait(wanted: int) -> None:
    """Until the controller has them, too: slurmdbd tells it a moment later."""
    deadline = time.monotonic() + TIMEOUT_SECONDS
    while len(_run("sshare", "-anP", "-o", "Account").splitlines()) < wanted:
        if time.monotonic() > deadline:
            raise SystemExit(f"the controller has not got {wanted} associations: see its log")
        time.sleep(0.5)


def _sacctmgr(*arguments: str, given: str | None = None, seconds: float = TIMEOUT_SECONDS) -> str:
    return _run("sacctmgr", *arguments, given=given, seconds=seconds)


def _run(*command: str, given: str | None = None, seconds: float = TIMEOUT_SECONDS) -> str:
    made = subprocess.run(
        command, input=given, check=True, capture_output=True, text=True, timeout=seconds
    )
    return made.stdout
