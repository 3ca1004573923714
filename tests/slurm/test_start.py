# SPDX-License-Identifier: GPL-2.0-or-later
"""How libslurm is started, and refused to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.slurm import inside
from tests.slurm.conftest import Alone

OWN_TOKEN = "the daemon's own token"


def test_a_configuration_that_is_not_there_is_named(alone: Alone, tmp_path: Path) -> None:
    """libslurm itself tries for a minute, then exits."""
    ended = alone(inside.start_with, str(tmp_path / "none.conf"))
    assert ended.status == 0, ended
    assert "StartError" in ended.said
    assert "none.conf cannot be read: No such file" in ended.said


@pytest.mark.parametrize(
    "text",
    [
        "ClusterName=x\nSlurmctldHost=here\nNoSuchOption=1\n",
        "SlurmctldHost=here\n",
        "ClusterName=x\nSlurmctldHost=here\nAuthType=auth/nonsense\n",
    ],
    ids=["an unknown option", "no cluster", "no such plugin"],
)
def test_a_configuration_that_libslurm_refuses_does_not_end_the_process(
    alone: Alone, tmp_path: Path, text: str
) -> None:
    conf = tmp_path / "slurm.conf"
    conf.write_text(text)
    ended = alone(inside.start_with, str(conf), False)
    assert ended.status == 0, ended
    assert "StartError" in ended.said
    assert str(conf) in ended.said


def test_libslurm_starts_once_in_a_process(alone: Alone) -> None:
    assert alone(inside.start_twice).said == "('RuntimeError', 0)"


CLUSTER = "ClusterName=x\nSlurmctldHost=here\nMessageTimeout="


def test_slurm_conf_is_read_again(alone: Alone, tmp_path: Path) -> None:
    """The authentication stays that of the start."""
    conf = str(tmp_path / "slurm.conf")
    ended = alone(inside.reload_with, conf, f"{CLUSTER}20\n", f"{CLUSTER}30\n")
    assert ended.said == "('auth/jwt', 30)", ended


def test_a_slurm_conf_that_became_bad_changes_nothing(alone: Alone, tmp_path: Path) -> None:
    conf = str(tmp_path / "slurm.conf")
    ended = alone(inside.reload_with, conf, f"{CLUSTER}20\n", "NoSuchOption=1\n")
    assert ended.status == 0, ended
    assert "StartError" in ended.said
    assert ended.said.endswith(", 20)")


def test_another_authentication_in_place_of_jwt_is_refused(alone: Alone) -> None:
    ended = alone(inside.start_with, "/etc/slurm/slurm.conf", True, SLURM_SACK_KEY="/dev/null")
    assert "StartError" in ended.said, ended


def test_the_encoder_gets_every_function_that_it_calls(alone: Alone) -> None:
    """All but select_type_param, which may be 0."""
    ended = alone(inside.host_functions)
    assert ended.said in ("(True, [])", "(True, ['select_type_param'])"), ended


def test_with_jwt_the_daemons_own_token_is_replaced(alone: Alone) -> None:
    """A thread without a token would send it."""
    ended = alone(inside.authentication, True, SLURM_JWT=OWN_TOKEN)
    assert ended.said == "('auth/jwt', 'none')", ended


def test_without_jwt_the_daemons_own_token_is_gone(alone: Alone) -> None:
    """Its mere presence would make auth/jwt the authentication."""
    ended = alone(inside.authentication, False, SLURM_JWT=OWN_TOKEN)
    assert ended.said == "('auth/munge', None)", ended


def test_with_munge_the_user_of_the_process_may_ask(alone: Alone) -> None:
    assert "Error" not in alone(inside.ask_locally, "root").said


def test_with_munge_nobody_else_may_be_named(alone: Alone) -> None:
    assert "CredentialError" in alone(inside.ask_locally, "alice").said
