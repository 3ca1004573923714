# SPDX-License-Identifier: GPL-2.0-or-later
"""Fair shares of associations."""

from __future__ import annotations

from slurmrestd.data_parser.encode import Gathered, Records
from slurmrestd.data_parser.tables.shares import (
    ASSOC_SHARES_OBJ_WRAP,
    OPENAPI_SHARES_RESP,
    SHARES_REQ_MSG,
)
from slurmrestd.openapi.call import Call
from slurmrestd.openapi.operation import Operation, Values
from slurmrestd.slurm import library, shares
from slurmrestd.slurm.errors import SlurmError


def get_shares(call: Call) -> Values:
    """The shares of all associations.

    The original documents a query by accounts and users, and never looks at it.
    """
    try:
        message = call.own(shares.load()).pointer
    except SlurmError as error:
        raise call.refuse(error.returned, error.source, "The shares cannot be had") from None
    found = call.own(Gathered(library.host_functions(), message.assoc_shares_list))
    records = Records(ASSOC_SHARES_OBJ_WRAP, found.base, found.count, pointers=True, parent=message)
    return {"shares": {"assoc_shares_list": records, "tot_shares": message.tot_shares}}


SHARES = Operation(
    "GET",
    "/slurm/{data_parser}/shares",
    get_shares,
    summary="Get the fair shares of associations",
    description=(
        "What sshare shows: for each association its shares, its use, and the factor that its "
        "jobs get from both. Accounts and users of the query are ignored; all associations "
        "are shown."
    ),
    response=OPENAPI_SHARES_RESP,
    response_description="Fair shares",
    query=SHARES_REQ_MSG,
)
