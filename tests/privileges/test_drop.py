# SPDX-License-Identifier: GPL-2.0-or-later
"""What is given up is gone. Needs root; each case runs in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")

USER, GROUP, SLURM = 4711, 4712, 64030
NOBODY = 65534


def run(code: str, groups: list[int] | None = None) -> subprocess.CompletedProcess[str]:
    imports = (
        "import os\n"
        "from slurmrestd.privileges import Refused\n"
        "from slurmrestd.privileges.drop import become, lock_down\n"
        "from slurmrestd.privileges.user_check import check_user\n"
    )
    return subprocess.run(
        [sys.executable, "-c", imports + code],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        extra_groups=groups,
    )


def test_user_and_group_are_changed_and_all_other_groups_left() -> None:
    show = "print(os.getresuid(), os.getresgid(), os.getgroups())"
    code = f"lock_down({USER}, {GROUP}, frozenset()); {show}"
    result = run(code, groups=[1, 2, 3])
    assert result.stdout == f"({USER}, {USER}, {USER}) ({GROUP}, {GROUP}, {GROUP}) []\n"


def test_the_users_own_group_is_taken_where_none_is_named() -> None:
    show = "print(os.getresuid()[0], os.getgid(), os.getgroups())"
    code = f"lock_down({NOBODY}, None, frozenset()); {show}"
    result = run(code, groups=[1, 2, 3])
    assert result.stdout == f"{NOBODY} {NOBODY} []\n"


@pytest.mark.parametrize(
    "regain", ["os.setuid(0)", "os.seteuid(0)", "os.setgid(0)", "os.setgroups([0])"]
)
def test_nothing_can_be_regained(regain: str) -> None:
    result = run(f"lock_down({USER}, {GROUP}, frozenset()); {regain}")
    assert "PermissionError" in result.stderr


def test_no_program_gains_new_privileges() -> None:
    code = "lock_down(None, None, frozenset()); print(open('/proc/self/status').read())"
    assert "NoNewPrivs:\t1" in run(code).stdout


def test_a_user_without_a_group_needs_one_named() -> None:
    assert "name one with -g" in run(f"lock_down({USER}, None, frozenset())").stderr


def test_who_is_somebody_else_already_cannot_change() -> None:
    code = f"become({USER}, {GROUP}); become({USER + 1}, {GROUP})"
    assert "Refused: cannot become" in run(code).stderr


def test_naming_oneself_is_no_change() -> None:
    """As a unit file with User= and -u does."""
    assert run(f"become({NOBODY}, None); become({NOBODY}, None)").returncode == 0


@pytest.mark.parametrize(
    ("uid", "gid", "groups", "refused"),
    [
        (0, GROUP, [], "root"),
        (SLURM, GROUP, [], "SlurmUser"),
        (NOBODY, GROUP, [], "nobody"),
        (99, GROUP, [], "nobody"),
        (USER, 0, [], "group of root"),
        (USER, 99, [], "group of nobody"),
        (USER, GROUP, [0], "group of root"),
        (USER, GROUP, [1, 99], "group of nobody"),
        (USER, GROUP, [1, 2], ""),
    ],
)
def test_who_may_not_serve(uid: int, gid: int, groups: list[int], refused: str) -> None:
    code = (
        f"os.setgroups({groups}); os.setresgid(*[{gid}] * 3); os.setresuid(*[{uid}] * 3)\n"
        f"check_user({SLURM})"
    )
    result = run(code)
    assert bool(result.returncode) == bool(refused)
    assert refused in result.stderr


def test_slurm_users_primary_group_may_not_serve_either() -> None:
    """Here SlurmUser is nobody's neighbour: whoever has uid 1 on this system."""
    code = (
        "import pwd; gid = pwd.getpwuid(1).pw_gid\n"
        f"os.setgroups([gid]); os.setresgid(*[{GROUP}] * 3); os.setresuid(*[{USER}] * 3)\n"
        "check_user(1)"
    )
    assert "group of SlurmUser" in run(code).stderr


def test_nobody_may_not_even_start() -> None:
    code = "os.setresgid(*[99] * 3); lock_down(None, None, frozenset())"
    assert "Refused: slurmrestd must not run as nobody" in run(code).stderr
