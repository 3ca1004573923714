# SPDX-License-Identifier: GPL-2.0-or-later
"""How slurmdbd fares: its statistics, and whether it answers."""

from __future__ import annotations

from slurmrestd.data_parser.encode import One, Records
from slurmrestd.data_parser.model import V42
from slurmrestd.data_parser.tables.accounting_diag import (
    OPENAPI_SLURMDBD_PING_RESP,
    OPENAPI_SLURMDBD_STATS_RESP,
    SLURMDBD_PING,
    STATS_REC,
)
from slurmrestd.openapi.call import Call
from slurmrestd.openapi.operation import Operation, Values
from slurmrestd.slurm.accounting import health
from slurmrestd.slurm.errors import SlurmError


def get_diag(call: Call) -> Values:
    """slurmdbd's own statistics."""
    with call.accounting() as lease:
        try:
            statistics = call.own(health.load_statistics(lease))
        except SlurmError as error:
            call.issues.error(error.number, error.source, "slurmdbd refused the query")
            return {}
        return {"statistics": One(STATS_REC, statistics.pointer)}


def get_ping(call: Call) -> Values:
    """Whether each slurmdbd answers, and how fast."""
    with call.accounting():
        pings = call.own(health.ping_all())
    return {"pings": Records(SLURMDBD_PING, pings.pointer, pings.count)}


DIAG = Operation(
    "GET",
    "/slurmdb/{data_parser}/diag/",
    get_diag,
    summary="Get statistics of slurmdbd",
    description="What slurmdbd counts of itself: rollups, and RPCs by kind and by user.",
    response=OPENAPI_SLURMDBD_STATS_RESP,
    response_description="Statistics of slurmdbd",
)
PING = Operation(
    "GET",
    "/slurmdb/{data_parser}/ping/",
    get_ping,
    summary="Ask every slurmdbd whether it is there",
    description=(
        "Asks the primary slurmdbd and its backup. One that does not answer is listed as "
        "such; the request itself succeeds."
    ),
    response=OPENAPI_SLURMDBD_PING_RESP,
    response_description="What each answered",
    since=V42,
)
