# SPDX-License-Identifier: GPL-2.0-or-later
"""The files of conf/sandbox say the same where one repeats the other."""

import re
from pathlib import Path

import pytest

from slurmrestd.sandbox import daemons, settings

CONF = Path(__file__).parents[2] / "conf" / "sandbox"


@pytest.fixture(autouse=True)
def _checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CONF", CONF)


def test_users_of_the_accounting_and_the_workload_are_made() -> None:
    accounting = (CONF / "accounting.sacctmgr").read_text()
    workload = (CONF / "workload.sh").read_text()
    named = set(re.findall(r"^add user (\w+)", accounting, re.MULTILINE))
    named |= set(re.findall(r"^submit \S+ (\w+)", workload, re.MULTILINE))
    assert named - {"root"} <= set(settings.users())


def test_every_qos_of_the_accounting_is_made_first() -> None:
    made = re.search(r"^add qos (\S+)", (CONF / "qos.sacctmgr").read_text(), re.MULTILINE)
    assert made
    accounting = (CONF / "accounting.sacctmgr").read_text()
    limited = set(re.findall(r"^modify qos where name=(\w+)", accounting, re.MULTILINE))
    assert limited - {"normal"} == set(made[1].split(","))


def test_the_cluster_is_the_configured_one() -> None:
    text = (CONF / "slurm.conf").read_text()
    assert f"ClusterName={daemons.CLUSTER_NAME}\n" in text
    assert f"NodeName={daemons.DECLARED_NODES} " in text
    assert settings.partitions() == ["normal", "gpu", "single", "wide", "hidden"]
    assert settings.licenses() == {"fluent": 30, "ansys": 4}
