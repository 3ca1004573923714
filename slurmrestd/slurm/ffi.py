# SPDX-License-Identifier: GPL-2.0-or-later
"""The one place that imports the compiled module.

It is loaded so that Slurm's plugins find libslurm's symbols (RTLD_GLOBAL) and
libslurm finds its own before glibc's (RTLD_DEEPBIND): its ``error()`` would be
glibc's error(3) otherwise, which ends the process.
"""

from __future__ import annotations

import os
import sys
from typing import Any

from slurmrestd.slurm.release import SERIES

_API_VERSION = 42
"""The major number of the API of 24.11 (slurm_api_version, slurm.h)."""


class WrongRelease(ImportError):
    """The libslurm that was found is not of the release that we were built for."""


def _load() -> tuple[Any, Any]:
    # Imported on its own, before: it must not be loaded into the global scope.
    import slurmrestd._encoder  # noqa: F401, PLC0415

    flags = sys.getdlopenflags()
    sys.setdlopenflags(os.RTLD_NOW | os.RTLD_GLOBAL | os.RTLD_DEEPBIND)
    try:
        from slurmrestd import _libslurm  # noqa: PLC0415
    finally:
        sys.setdlopenflags(flags)
    return _libslurm.ffi, _libslurm.lib


def _check_release() -> None:
    version = lib.slurm_api_version() >> 16
    if version != _API_VERSION:
        raise WrongRelease(
            f"libslurmfull.so has API version {version}, Slurm {SERIES} has {_API_VERSION}: "
            f"install Slurm {SERIES}, or build slurmrestd against this one"
        )


def bind_errors(folder: bytes | None = None) -> None:
    """Have the plugins under ``folder`` call libslurm's ``error()``.

    None is the folder of libslurm itself. To be called again whenever plugins have
    been loaded: see _native/binding/plugins.c.
    """
    if lib.sr_bind_error(ffi.NULL if folder is None else folder) < 0:
        raise OSError(ffi.errno, "cannot bind error() in Slurm's plugins")


def text(pointer: Any) -> str:
    """The text at a ``char *``; "" where it is NULL. Bytes that are no UTF-8 survive."""
    if pointer == ffi.NULL:
        return ""
    raw: bytes = ffi.string(pointer)
    return raw.decode("utf-8", "surrogateescape")


ffi, lib = _load()
conf = ffi.addressof(lib, "slurm_conf")
"""What libslurm knows of slurm.conf. As an attribute of ``lib`` it costs a turn of the GIL."""

_check_release()
bind_errors()
