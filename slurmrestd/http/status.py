# SPDX-License-Identifier: GPL-2.0-or-later
"""Statuses: their reason phrases, and the one that each of Slurm's errors becomes.

Numbers are those of slurm_errno.h (24.11); which status each becomes was seen on
slurmrestd 24.11.5.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from slurmrestd.frozen import Frozen


class ErrorStatus(Frozen):
    """One of Slurm's errors, and the status of an answer that failed with it."""

    name: str
    number: int
    status: int


NO_CHANGE: Final = 1900  # not an error: 304 without a body
EMPTY_RESULT: Final = 9003  # not an error either: 200

ERROR_STATUSES: Final = (
    ErrorStatus("ESLURM_REST_INVALID_QUERY", 9000, 422),
    ErrorStatus("ESLURM_REST_FAIL_PARSING", 9001, 400),
    ErrorStatus("ESLURM_REST_INVALID_JOBS_DESC", 9002, 400),
    ErrorStatus("ESLURM_DATA_UNKNOWN_MIME_TYPE", 9204, 415),
    ErrorStatus("ESLURM_INVALID_JOB_ID", 2017, 404),
    ErrorStatus("SLURM_PROTOCOL_SOCKET_ZERO_BYTES_SENT", 5005, 502),
    ErrorStatus("SLURM_COMMUNICATIONS_CONNECTION_ERROR", 1001, 502),
    ErrorStatus("SLURM_COMMUNICATIONS_SEND_ERROR", 1002, 502),
    ErrorStatus("SLURM_COMMUNICATIONS_RECEIVE_ERROR", 1003, 502),
    ErrorStatus("SLURM_COMMUNICATIONS_SHUTDOWN_ERROR", 1004, 502),
    ErrorStatus("SLURMCTLD_COMMUNICATIONS_CONNECTION_ERROR", 1800, 502),
    ErrorStatus("SLURMCTLD_COMMUNICATIONS_SEND_ERROR", 1801, 502),
    ErrorStatus("SLURMCTLD_COMMUNICATIONS_RECEIVE_ERROR", 1802, 502),
    ErrorStatus("SLURMCTLD_COMMUNICATIONS_SHUTDOWN_ERROR", 1803, 502),
    ErrorStatus("SLURMCTLD_COMMUNICATIONS_BACKOFF", 1804, 502),
    ErrorStatus("ESLURM_DB_CONNECTION", 7000, 502),
    ErrorStatus("ESLURM_PROTOCOL_INCOMPLETE_PACKET", 5003, 502),
    ErrorStatus("SLURM_PROTOCOL_SOCKET_IMPL_TIMEOUT", 5004, 504),
    ErrorStatus("SLURM_PROTOCOL_AUTHENTICATION_ERROR", 1007, 511),
)

_STATUS: Final = {row.number: row.status for row in ERROR_STATUSES}
_REASONS: Final = {status.value: status.phrase for status in HTTPStatus}


def status_of(error_number: int) -> int:
    """The status of an answer whose handler returned ``error_number`` (0: success)."""
    if error_number in (0, EMPTY_RESULT):
        return 200
    if error_number == NO_CHANGE:
        return 304
    return _STATUS.get(error_number, 500)


def reason(status: int) -> str:
    """The reason phrase of a status line, empty for a status without one."""
    return _REASONS.get(status, "")
