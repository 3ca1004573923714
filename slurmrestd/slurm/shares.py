# SPDX-License-Identifier: GPL-2.0-or-later
"""Fair shares of associations, as the controller's priority plugin keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from slurmrestd.slurm.ffi import ffi, lib
from slurmrestd.slurm.memory import calloc, strdup
from slurmrestd.slurm.rpc import Message, ask, fetch

TRES_BYTES = 32
"""What a TRES takes of an association: a long double and two integers of 64 bits."""

ASSOCIATION_BYTES = 500
"""About what the rest of an association takes, strings and heap included."""


def load(
    accounts: Iterable[str | bytes] | None = None, users: Iterable[str | bytes] | None = None
) -> Message:
    """The shares of all associations, or of those of ``accounts`` and ``users``.

    ``shares_response_msg_t``; raises SlurmError.
    """
    request = calloc("shares_request_msg_t")
    try:
        request.acct_list = _texts(accounts)
        request.user_list = _texts(users)
        return fetch(
            "shares_response_msg_t",
            lib.slurm_free_shares_response_msg,
            "slurm_associations_get_shares()",
            lambda answer: ask(lib.slurm_associations_get_shares, request, answer),
            _weight,
        )
    finally:
        lib.slurm_free_shares_request_msg(request)


def _weight(message: Any) -> int:
    if message.assoc_shares_list == ffi.NULL:
        return 0
    count = int(message.assoc_shares_list.count)
    return count * (ASSOCIATION_BYTES + int(message.tres_cnt) * TRES_BYTES)


def _texts(values: Iterable[str | bytes] | None) -> Any:
    if values is None:
        return ffi.NULL
    made = lib.slurm_list_create(ffi.addressof(lib, "slurm_xfree_ptr"))
    for value in values:
        lib.slurm_list_append(made, strdup(value))
    return made
