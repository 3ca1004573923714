# SPDX-License-Identifier: GPL-2.0-or-later
"""libslurm in this process: its start, its configuration, its memory."""

from __future__ import annotations

import logging
import os
import pathlib
from functools import cache
from typing import Any

from slurmrestd.frozen import Frozen
from slurmrestd.slurm import log, trial
from slurmrestd.slurm.errors import check
from slurmrestd.slurm.ffi import bind_errors, ffi, lib, text
from slurmrestd.slurm.memory import free, strdup
from slurmrestd.slurm.release import RELEASE

TOKEN_VARIABLE = "SLURM_JWT"  # noqa: S105 - the name of the variable, not a token
NO_TOKEN = "none"  # noqa: S105
"""Stands in the environment for the daemon's own token. It is no JWT, so that a
request which slipped through without a caller's token is refused."""

ARENAS = 1
"""How many heaps glibc may keep: more keep more freed memory from being used again, and those
beside the first give memory back, and take it again, with nearly every answer."""

KEEP_BYTES = 1 << 20
MAP_BYTES = 4 << 20
"""How much free memory a heap may keep at its end, and from which size on memory is not
taken from a heap at all. Left to itself, glibc learns from the first large answer to
keep twice the size of the largest message in each heap, which malloc_trim() spares."""


class StartError(Exception):
    """libslurm cannot be started here; the message says why and what to do."""


class Config(Frozen, eq=False):
    """What of slurm.conf matters to this daemon, as it was when libslurm started."""

    path: str
    release: str
    version: tuple[str, str, str]
    cluster_name: str
    accounting_storage_type: str
    auth_type: str
    auth_alt_types: tuple[str, ...]
    auth_alt_parameters: str
    slurm_user_id: int
    slurm_user_name: str
    controllers: tuple[str, ...]
    plugin_dirs: tuple[str, ...]
    message_timeout: int
    max_array_size: int
    max_job_count: int
    cpu_freq_def: int
    cpu_freq_govs: int
    uses_jwt: bool
    uses_slurmdbd: bool


class _State:
    config: Config | None = None


def start(
    conf_file: str | None = None,
    *,
    jwt: bool,
    level: int = logging.INFO,
    try_first: bool = True,
) -> Config:
    """Start libslurm in this process, once. It must not have other threads yet.

    ``conf_file`` is slurm.conf; None is what SLURM_CONF says, or the usual place.
    ``jwt`` makes tokens the one authentication of this process; without it, it is
    slurm.conf's AuthType. ``level`` is Python's level for libslurm's log, which goes
    to standard error until log.attach().

    libslurm ends the process on a configuration that it cannot use. With ``try_first``
    a child tries it before. Raises StartError.
    """
    if _State.config is not None:
        raise RuntimeError("libslurm was started before")
    _check_readable(conf_file)
    _set_authentication(jwt)
    _bound_heaps()
    if try_first:
        reason = trial.run(lambda: _initialise(conf_file, max(level, logging.ERROR)))
        if reason is not None:
            raise StartError(f"libslurm cannot start with {_named(conf_file)}: {reason}")
    _initialise(conf_file, level)
    config_ = _read_config()
    if jwt and not config_.uses_jwt:
        raise StartError(
            f"libslurm uses {config_.auth_type} in place of auth/jwt: "
            "unset SLURM_SACK_KEY and SLURM_SACK_JWKS"
        )
    for folder in config_.plugin_dirs:
        bind_errors(os.fsencode(folder))
    _State.config = config_
    return config_


def reload() -> Config:
    """Read slurm.conf again, in a process that has no other threads.

    What plugins took from it at the start stays. Raises StartError, and everything is
    as it was, where libslurm would have ended the process.
    """
    _check_readable(config().path)
    reason = trial.run(_reinitialise)
    if reason is not None:
        raise StartError(f"libslurm cannot use {default_conf_file()}: {reason}")
    _reinitialise()
    _State.config = _read_config()
    host_functions.cache_clear()
    return _State.config


def config() -> Config:
    """The configuration that libslurm was started with. Raises RuntimeError before that."""
    if _State.config is None:
        raise RuntimeError("libslurm is not started")
    return _State.config


def default_conf_file() -> str:
    """Where slurm.conf is looked for when nothing says where it is."""
    return os.environ.get("SLURM_CONF") or text(lib.default_slurm_config_file)


@cache
def host_functions() -> Any:
    """What the encoder, which links no libslurm, calls of it: an ``sr_host *``."""
    host = ffi.new("sr_host *")
    _point(host, "nodeinfo", "slurm_get_select_nodeinfo")
    _point(host, "hostlist_create", "slurm_hostlist_create")
    _point(host, "hostlist_shift", "slurm_hostlist_shift")
    _point(host, "hostlist_nth", "slurm_hostlist_nth")
    _point(host, "hostlist_destroy", "slurm_hostlist_destroy")
    _point(host, "expand_stdio", "expand_stdio_fields")
    _point(host, "xfree", "slurm_xfree")
    _point(host, "list_iterator_create", "slurm_list_iterator_create")
    _point(host, "list_next", "slurm_list_next")
    _point(host, "list_iterator_destroy", "slurm_list_iterator_destroy")
    host.controllers = lib.slurm_conf.control_cnt
    host.select_type_param = lib.slurm_conf.select_type_param
    return host


def _point(host: Any, member: str, function: str) -> None:
    fields = dict(ffi.typeof("sr_host").fields)
    setattr(host, member, ffi.cast(fields[member].type, ffi.addressof(lib, function)))


def _check_readable(conf_file: str | None) -> None:
    """libslurm retries for a minute to open a file that is not there, then exits."""
    named = conf_file or os.environ.get("SLURM_CONF")
    if named is None:
        return  # the usual place, a running slurmd's, or the controller's: libslurm knows
    try:
        with pathlib.Path(named).open("rb"):
            pass
    except OSError as error:
        raise StartError(f"{named} cannot be read: {error.strerror}") from error


def _set_authentication(jwt: bool) -> None:
    """With SLURM_JWT in the environment libslurm takes auth/jwt, whatever slurm.conf says."""
    if jwt:
        os.environ[TOKEN_VARIABLE] = NO_TOKEN
    else:
        os.environ.pop(TOKEN_VARIABLE, None)


def _initialise(conf_file: str | None, level: int) -> None:
    log.begin(level)
    lib.slurm_init(ffi.NULL if conf_file is None else os.fsencode(conf_file))
    # Dumps of packets, which hold tokens.
    lib.slurm_conf.debug_flags &= ~lib.DEBUG_FLAG_NET_RAW
    # Loaded now and not with the first nodes: bind_errors() must see its plugins.
    lib.select_g_init(False)


def _reinitialise() -> None:
    # Its authentication is that of the plugin that is loaded, not of the file.
    auth_type = strdup(text(lib.slurm_conf.authtype))
    check(lib.slurm_conf_reinit(ffi.NULL), "slurm_conf_reinit()")
    free(lib.slurm_conf.authtype)
    lib.slurm_conf.authtype = auth_type
    lib.slurm_conf.debug_flags &= ~lib.DEBUG_FLAG_NET_RAW


def _bound_heaps() -> None:
    lib.mallopt(lib.M_ARENA_MAX, ARENAS)
    lib.mallopt(lib.M_TRIM_THRESHOLD, KEEP_BYTES)
    lib.mallopt(lib.M_MMAP_THRESHOLD, MAP_BYTES)


def _named(conf_file: str | None) -> str:
    return conf_file or default_conf_file()


def _read_config() -> Config:
    conf = lib.slurm_conf
    major, minor, micro = RELEASE.split(".")
    auth_type = text(conf.authtype)
    return Config(
        path=text(conf.slurm_conf),
        release=RELEASE,
        version=(major, minor, micro),
        cluster_name=text(conf.cluster_name),
        accounting_storage_type=text(conf.accounting_storage_type),
        auth_type=auth_type,
        auth_alt_types=tuple(filter(None, text(conf.authalttypes).split(","))),
        auth_alt_parameters=text(conf.authalt_params),
        slurm_user_id=conf.slurm_user_id,
        slurm_user_name=text(conf.slurm_user_name),
        controllers=tuple(text(conf.control_machine[i]) for i in range(conf.control_cnt)),
        plugin_dirs=tuple(filter(None, text(conf.plugindir).split(":"))),
        message_timeout=conf.msg_timeout,
        max_array_size=conf.max_array_sz,
        max_job_count=conf.max_job_cnt,
        cpu_freq_def=conf.cpu_freq_def,
        cpu_freq_govs=conf.cpu_freq_govs,
        uses_jwt=auth_type == "auth/jwt",
        uses_slurmdbd=lib.slurm_with_slurmdbd(),
    )
