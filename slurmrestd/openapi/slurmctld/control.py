# SPDX-License-Identifier: GPL-2.0-or-later
"""Orders to the controller itself."""

from __future__ import annotations

from slurmrestd.data_parser.tables.answers import OPENAPI_RESP
from slurmrestd.openapi.call import Call
from slurmrestd.openapi.operation import Operation, Values
from slurmrestd.slurm import control


def get_reconfigure(call: Call) -> Values | None:
    """Have every daemon read slurm.conf again."""
    control.reconfigure()
    return None


RECONFIGURE = Operation(
    "GET",
    "/slurm/{data_parser}/reconfigure/",
    get_reconfigure,
    summary="Have all daemons read slurm.conf again",
    description=(
        "For operators only. The controller and all slurmd take up changes of the "
        "configuration; jobs that run go on."
    ),
    response=OPENAPI_RESP,
    response_description="Whether it was done",
    acts=True,
)
