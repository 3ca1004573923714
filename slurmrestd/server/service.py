# SPDX-License-Identifier: GPL-2.0-or-later
"""What the master makes before the fork, and every worker serves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from slurmrestd.frozen import Frozen
from slurmrestd.http.app import Operations
from slurmrestd.http.page import Page
from slurmrestd.rest_auth import Authentication
from slurmrestd.server.limits import Share, Timeouts
from slurmrestd.server.turnstile import Turnstile

if TYPE_CHECKING:
    from slurmrestd.server.balance import Balance


class Service(Frozen):
    """``max_wait`` is how many seconds a request may wait for a thread.

    ``reload`` reads slurm.conf again, in the master; raises NotReady where it cannot be used.
    With ``becomes_user`` each process becomes its peer; the ``turnstile`` is what they share
    of ``-t``. Without it, workers share a ``balance``.
    """

    operations: Operations
    authentication: Authentication
    shares: Sequence[Share]
    timeouts: Timeouts = Timeouts()
    pages: Mapping[str, Page] = MappingProxyType({})
    max_wait: float = 60.0
    reload: Callable[[], object] = lambda: None
    becomes_user: bool = False
    turnstile: Turnstile | None = None
    balance: Balance | None = None
