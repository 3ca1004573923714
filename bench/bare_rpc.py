# SPDX-License-Identifier: GPL-2.0-or-later
"""The floor: one RPC and the freeing of its answer, in a process of its own.

Called with the call as Python text and a token; prints the seconds as JSON.
"""

from __future__ import annotations

import json
import sys
import time

from slurmrestd.rest_auth import Credential
from slurmrestd.slurm import jobs, library, nodes, shares
from slurmrestd.slurm.credential import acting_as
from slurmrestd.slurm.numbers import SHOW_ALL, SHOW_DETAIL, SHOW_MIXED

CALLS = {
    "jobs.load(0, SHOW_ALL | SHOW_DETAIL)": lambda: jobs.load(0, SHOW_ALL | SHOW_DETAIL),
    "nodes.load(0, SHOW_ALL | SHOW_DETAIL | SHOW_MIXED)": lambda: nodes.load(
        0, SHOW_ALL | SHOW_DETAIL | SHOW_MIXED
    ),
    "shares.load()": shares.load,
}


def main() -> None:
    """Make the call twice and print what the second took."""
    call = CALLS[sys.argv[1]]
    library.start(None, jwt=True)
    credential = Credential(user_name=None, token=sys.argv[2], uid=None, gid=None)
    seconds = 0.0
    for _ in range(2):
        start = time.perf_counter()
        with acting_as(credential):
            call().close()
        seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds}))


if __name__ == "__main__":
    main()
