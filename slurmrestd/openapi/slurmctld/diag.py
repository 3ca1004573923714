# SPDX-License-Identifier: GPL-2.0-or-later
"""How the controller fares: ping, statistics, licenses."""

from __future__ import annotations

from slurmrestd.data_parser.encode import One, Records
from slurmrestd.data_parser.tables.diag import OPENAPI_DIAG_RESP, STATS_MSG
from slurmrestd.data_parser.tables.licenses import LICENSE, OPENAPI_LICENSES_RESP
from slurmrestd.data_parser.tables.ping import CONTROLLER_PING, OPENAPI_PING_ARRAY_RESP
from slurmrestd.openapi.call import Call
from slurmrestd.openapi.operation import Operation, Values
from slurmrestd.slurm import licenses, ping, statistics
from slurmrestd.slurm.errors import SlurmError


def get_ping(call: Call) -> Values:
    """Whether each controller answers, and how fast."""
    pings = call.own(ping.ping_all())
    return {"pings": Records(CONTROLLER_PING, pings.pointer, pings.count)}


def get_diag(call: Call) -> Values:
    """The controller's own statistics."""
    stats = call.own(statistics.load())
    return {"statistics": One(STATS_MSG, stats.pointer)}


def get_licenses(call: Call) -> Values:
    """Every license and who uses it."""
    try:
        found = call.own(licenses.load())
    except SlurmError as error:
        call.issues.error(error.number, error.source, "The licenses cannot be had")
        return {}
    message = found.pointer
    if not message.num_lic:
        call.warn("licenses", "There are no licenses")
    return {
        "licenses": Records(LICENSE, message.lic_array, message.num_lic),
        "last_update": message.last_update,
    }


PING = Operation(
    "GET",
    "/slurm/{data_parser}/ping/",
    get_ping,
    summary="Ask every controller whether it is there",
    description=(
        "Asks the primary controller and every backup, one after the other. A controller that "
        "does not answer is listed as down; the request itself succeeds."
    ),
    response=OPENAPI_PING_ARRAY_RESP,
    response_description="What each controller answered",
    light=True,
)
DIAG = Operation(
    "GET",
    "/slurm/{data_parser}/diag/",
    get_diag,
    summary="Get statistics of the controller",
    description=(
        "What sdiag shows: RPCs by kind and by user, cycles of the schedulers, and why they ended."
    ),
    response=OPENAPI_DIAG_RESP,
    response_description="Statistics of the controller",
    light=True,
)
LICENSES = Operation(
    "GET",
    "/slurm/{data_parser}/licenses/",
    get_licenses,
    summary="Get all licenses that Slurm counts",
    description=(
        "Licenses of slurm.conf and of the accounting database, with how many are in use, "
        "free and reserved."
    ),
    response=OPENAPI_LICENSES_RESP,
    response_description="Licenses",
    light=True,
)
