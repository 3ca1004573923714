# SPDX-License-Identifier: GPL-2.0-or-later
"""The federation of clusters that this one may be a member of."""

from __future__ import annotations

from slurmrestd.slurm.errors import SlurmError
from slurmrestd.slurm.ffi import conf, lib
from slurmrestd.slurm.numbers import REQUEST_FED_INFO, RESPONSE_FED_INFO
from slurmrestd.slurm.question import Question
from slurmrestd.slurm.rpc import ask_directly

_QUESTION = Question(REQUEST_FED_INFO, RESPONSE_FED_INFO)


def is_member() -> bool:
    """Whether the controller says so. Where it says nothing, it is none.

    Raises what ask_directly() raises but for SlurmError.
    """
    try:
        found = ask_directly(_QUESTION, "slurm_load_federation()")
    except SlurmError:
        return False
    try:
        return bool(lib.cluster_in_federation(found, conf.cluster_name))
    finally:
        lib.slurm_destroy_federation_rec(found)
