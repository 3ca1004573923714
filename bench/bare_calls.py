# SPDX-License-Identifier: GPL-2.0-or-later
"""How often the calls behind slurmdbd's small answers can be made, one after the other.

Called with a token; prints rates by the names of ``accounting.CASES`` as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable

from slurmrestd.rest_auth import Credential
from slurmrestd.slurm import library
from slurmrestd.slurm.accounting import clusters, lookups, qos, users
from slurmrestd.slurm.accounting.lease import Lease
from slurmrestd.slurm.accounting.lists import RecordList
from slurmrestd.slurm.credential import acting_as
from slurmrestd.slurm.memory import Owned

SECONDS = 1.0

CALLS: dict[str, Callable[[Lease, Owned], RecordList]] = {
    "qos": lambda lease, _: qos.load(lease),
    "tres": lambda lease, _: lookups.load_tres(lease),
    "user/{name}": lambda lease, owned: users.load(lease, users.condition_of(owned, [b"alice"])),
    "clusters": lambda lease, owned: clusters.load(lease, clusters.new_condition(owned)),
}


def main() -> None:
    """Make each call for a second."""
    library.start(jwt=True)
    credential = Credential(user_name=None, token=sys.argv[1], uid=None, gid=None)
    rates = {}
    with acting_as(credential), Lease() as lease:
        owned = Owned()
        for name, call in CALLS.items():
            call(lease, owned).close()
            start, count = time.perf_counter(), 0
            while time.perf_counter() - start < SECONDS:
                call(lease, owned).close()
                count += 1
            rates[name] = count / (time.perf_counter() - start)
    print(json.dumps(rates))


if __name__ == "__main__":
    main()
