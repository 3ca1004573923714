# SPDX-License-Identifier: GPL-2.0-or-later
"""The values that records of the accounting database have before a body is read.

Taken from what ``slurmdb_init_assoc_rec`` and ``slurmdb_init_wckey_rec`` of the public API
set.  A list that starts empty is not the same as none.  Nobody may change the values here.
"""

from __future__ import annotations

from typing import Any, Final

from slurmrestd.data_parser.read.context import Items, Record
from slurmrestd.slurm.numbers import NO_VAL, NO_VAL16

_ASSOC: Final[dict[str, Any]] = {
    **dict.fromkeys(
        (
            "def_qos_id",
            "grp_jobs",
            "grp_jobs_accrue",
            "grp_submit_jobs",
            "grp_wall",
            "lft",
            "max_jobs",
            "max_jobs_accrue",
            "max_submit_jobs",
            "max_wall_pj",
            "min_prio_thresh",
            "priority",
            "rgt",
            "shares_raw",
        ),
        NO_VAL,
    ),
    "is_def": NO_VAL16,
}
_ADD_COND: Final[dict[str, Any]] = {"assoc": Record("slurmdb_assoc_rec_t", _ASSOC)}

VALUES: Final[dict[str, dict[str, Any]]] = {
    "ACCOUNT": {"assoc_list": Items(), "coordinators": Items()},
    "ACCOUNTS_ADD_COND": _ADD_COND,
    "ASSOC": _ASSOC,
    "ASSOC_REC_SET": _ASSOC,
    "ASSOC_SHORT": _ASSOC,
    "USER": {"assoc_list": Items(), "coord_accts": Items()},
    "USERS_ADD_COND": _ADD_COND,
    "WCKEY": {"accounting_list": Items(), "is_def": NO_VAL16},
}
"""By the name of the table."""
