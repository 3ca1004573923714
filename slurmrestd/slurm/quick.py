# SPDX-License-Identifier: GPL-2.0-or-later
"""Functions of libslurm that are over at once, called without giving up the GIL.

cffi gives it up around every call. Under load another thread takes it, and whoever called
for some nanoseconds of work stands in line to get it back. Only what neither waits nor logs
may be here: a line for a log that is full would hold up every thread.
"""

from __future__ import annotations

import ctypes
from typing import Any

from slurmrestd.slurm.ffi import ffi, lib


def _quick(name: str, result: Any, *arguments: Any) -> Any:
    address = int(ffi.cast("uintptr_t", ffi.addressof(lib, name)))
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


thread_config = _quick("auth_g_thread_config", ctypes.c_int, ctypes.c_char_p, ctypes.c_char_p)
"""Whose token and name the requests of this thread have; None is NULL."""

thread_clear = _quick("auth_g_thread_clear", None)
"""The same for nobody's."""

_is_alive = _quick("sr_is_alive", ctypes.c_bool, ctypes.c_void_p)
_is_answered = _quick("sr_is_answered", ctypes.c_bool, ctypes.c_void_p)
_free_submit_response = _quick("slurm_free_submit_response_response_msg", None, ctypes.c_void_p)
_free_return_code = _quick("slurm_free_return_code_msg", None, ctypes.c_void_p)
_free_kill_jobs_response = _quick("slurm_free_kill_jobs_response_msg", None, ctypes.c_void_p)


def free_kill_jobs_response(pointer: Any) -> None:
    """Free a ``kill_jobs_resp_msg_t *`` of a few jobs."""
    _free_kill_jobs_response(_address_of(pointer))


def free_return_code(pointer: Any) -> None:
    """Free a ``return_code_msg_t *``."""
    _free_return_code(_address_of(pointer))


def free_submit_response(pointer: Any) -> None:
    """Free a ``submit_response_msg_t *``."""
    _free_submit_response(_address_of(pointer))


def is_alive(connection: Any) -> bool:
    """See ``sr_is_alive``."""
    return bool(_is_alive(_address_of(connection)))


def is_answered(connection: Any) -> bool:
    """See ``sr_is_answered``."""
    return bool(_is_answered(_address_of(connection)))


def _address_of(pointer: Any) -> int:
    return int(ffi.cast("uintptr_t", pointer))
