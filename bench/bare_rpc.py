# SPDX-License-Identifier: GPL-2.0-or-later
"""The floor: one RPC and the freeing of its answer, in a process of its own.

Called with the call as Python text, a token, and a slurm.conf or ""; prints the seconds as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

from slurmrestd.rest_auth import Credential
from slurmrestd.slurm import jobs, library, nodes, shares
from slurmrestd.slurm.credential import acting_as
from slurmrestd.slurm.numbers import SHOW_ALL, SHOW_DETAIL, SHOW_MIXED
from slurmrestd.slurm.rpc import Message

CALLS: dict[str, Callable[[], Message]] = {
    "jobs.load(0, SHOW_ALL | SHOW_DETAIL)": lambda: jobs.load(0, SHOW_ALL | SHOW_DETAIL),
    "nodes.load(0, SHOW_ALL | SHOW_DETAIL | SHOW_MIXED)": lambda: nodes.load(
        0, SHOW_ALL | SHOW_DETAIL | SHOW_MIXED
    ),
    "shares.load()": shares.load,
    "jobs.load_states()": jobs.load_states,
}


def main() -> None:
    """Make the call twice and print what the second took."""
    call = CALLS[sys.argv[1]]
    library.start(sys.argv[3] or None, jwt=True)
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
