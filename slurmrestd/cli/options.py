# SPDX-License-Identifier: GPL-2.0-or-later
"""Every option, declared once: the command line, the environment and --help derive from it.

The options, variables and their precedence are those of slurmrestd(8): an option
wins over its variable, and listeners of both are all used.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from slurmrestd.cli import values
from slurmrestd.frozen import Frozen, replace
from slurmrestd.rest_auth.keys import Settings


class Options(Frozen):
    """What the command line and the environment ask for."""

    auth: str | None = None
    data_parser: str | None = None
    conf: str | None = None
    group: int | None = None
    help: bool = False
    generate_openapi_spec: bool = False
    max_connections: int = 124
    max_wait: int = 60
    max_idle: int = 600
    max_stall: int = 60
    openapi: str | None = None
    threads: int = values.DEFAULT_THREADS
    user: int | None = None
    verbose: int = 0
    version: bool = False
    listeners: tuple[str, ...] = ()
    debug: int | None = None
    debug_flags: str | None = None
    json: str = "pretty"
    yaml: str = "pretty"
    jwt: bool = False
    jwt_key: str | None = None
    jwt_jwks: str | None = None
    jwt_claim: str | None = None
    security: frozenset[str] = frozenset()
    response_status_codes: tuple[str, ...] = ()
    abort_on_fatal: bool = False
    docs: bool = True

    @property
    def keys(self) -> Settings:
        """What tokens are judged by before the controller sees them."""
        return Settings(self.jwt_key, self.jwt_jwks, self.jwt_claim)

    @property
    def log_level(self) -> int:
        """Slurm's log level, 0 to 9: -v counts from info (3), and wins over the variable."""
        if self.verbose:
            return min(values.LOG_LEVELS["info"] + self.verbose, values.LOG_LEVELS["debug5"])
        return self.debug or values.LOG_LEVELS["info"]

    def interactive(self) -> Options:
        """The same for somebody at a terminal, who is told more unless options say how much."""
        if self.verbose or self.debug is not None:
            return self
        return replace(self, debug=values.LOG_LEVELS["debug"])


class Option(Frozen):
    """One row: a field of Options, and the ways to set it.

    ``read`` makes the value of the text that is given, and raises values.Invalid;
    ``manual`` is the sentence of the manual page in our words. A flag has no
    ``metavar``.
    """

    name: str
    manual: str
    flags: tuple[str, ...] = ()
    variable: str | None = None
    metavar: str | None = None
    read: Callable[[str], Any] = str
    counted: bool = False


OPTIONS: Final = (
    Option(
        "auth",
        "Authentication methods to accept, comma-delimited (rest_auth/local, rest_auth/jwt);"
        " 'list' shows them. Default: all.",
        flags=("-a",),
        variable="SLURMRESTD_AUTH_TYPES",
        metavar="METHODS",
    ),
    Option(
        "data_parser",
        "data_parser plugins to offer, comma-delimited, each with its +flags;"
        " 'list' shows them, 'latest' is the newest. Default: all, without flags.",
        flags=("-d",),
        variable="SLURMRESTD_DATA_PARSER_PLUGINS",
        metavar="PLUGINS",
    ),
    Option(
        "conf",
        "Read the Slurm configuration from this file.",
        flags=("-f",),
        variable="SLURM_CONF",
        metavar="FILE",
    ),
    Option(
        "generate_openapi_spec",
        "Write the OpenAPI specification to stdout and exit.",
        flags=("--generate-openapi-spec",),
    ),
    Option(
        "group",
        "Become this group (name or number) and leave all supplementary groups.",
        flags=("-g",),
        metavar="GROUP",
        read=values.group,
    ),
    Option("help", "Print this summary and exit.", flags=("-h", "--help")),
    Option(
        "max_connections",
        "Connections to process at once, idle ones included; more wait. Default: 124.",
        flags=("--max-connections",),
        variable="SLURMRESTD_MAX_CONNECTIONS",
        metavar="COUNT",
        read=values.connections,
    ),
    Option(
        "max_wait",
        "Seconds that a request may wait for one of the threads of -t; then the answer is 503."
        " Not in the original, where it waits without end. Default: 60.",
        variable="SLURMRESTD_MAX_WAIT",
        metavar="SECONDS",
        read=values.seconds,
    ),
    Option(
        "max_idle",
        "Seconds after which a connection on which nothing is asked is closed. Not in the"
        " original. Default: 600.",
        variable="SLURMRESTD_MAX_IDLE",
        metavar="SECONDS",
        read=values.seconds,
    ),
    Option(
        "max_stall",
        "Seconds in which a request must arrive, and an answer be taken; a body or an answer"
        " that moves by a kilobyte a second may take longer. Not in the original. Default: 60.",
        variable="SLURMRESTD_MAX_STALL",
        metavar="SECONDS",
        read=values.seconds,
    ),
    Option(
        "openapi",
        "OpenAPI plugins to offer, comma-delimited (slurmctld, slurmdbd); 'list' shows them."
        " Default: all.",
        flags=("-s",),
        variable="SLURMRESTD_OPENAPI_PLUGINS",
        metavar="PLUGINS",
    ),
    Option(
        "threads",
        "Calls to Slurm in flight at once, shared out over processes: one for each core, if each "
        "can have four of them. Default: 20.",
        flags=("-t",),
        metavar="COUNT",
        read=values.threads,
    ),
    Option(
        "user",
        "Become this user (name or number), and its group unless -g names another.",
        flags=("-u",),
        metavar="USER",
        read=values.user,
    ),
    Option("verbose", "More messages; up to six times.", flags=("-v",), counted=True),
    Option("version", "Print the version of Slurm and exit.", flags=("-V",)),
    Option(
        "listeners",
        "Where to listen: [host]:port, :port for all interfaces, or unix:/path/to/socket; "
        "in the variable, comma-delimited.",
        variable="SLURMRESTD_LISTEN",
        metavar="LISTENER",
        read=values.listeners,
    ),
    Option(
        "debug",
        "Log level, 0 to 9 or its name as in slurm.conf(5); -v wins.",
        variable="SLURMRESTD_DEBUG",
        read=values.log_level,
    ),
    Option(
        "debug_flags",
        "DebugFlags as in slurm.conf(5); libslurm reads them itself.",
        variable="SLURM_DEBUG_FLAGS",
    ),
    Option(
        "json",
        "JSON as 'compact' or 'pretty'. Default: pretty.",
        variable="SLURMRESTD_JSON",
        read=values.style,
    ),
    Option(
        "yaml",
        "YAML as 'compact' or 'pretty'. Default: pretty.",
        variable="SLURMRESTD_YAML",
        read=values.style,
    ),
    Option(
        "jwt",
        "Must be set, to any value, for rest_auth/jwt.",
        variable="SLURM_JWT",
        read=values.is_set,
    ),
    Option(
        "jwt_key",
        "File with the cluster's key for tokens (HS256): a token that is forged, expired or"
        " of nobody is then refused with 401 and never reaches the controller. Read before -u"
        " and -g, and again at SIGHUP. Not in the original.",
        variable="SLURMRESTD_JWT_KEY",
        metavar="FILE",
    ),
    Option(
        "jwt_jwks",
        "The same for tokens of an identity provider (RS256): a JWKS file of public keys."
        " Not in the original.",
        variable="SLURMRESTD_JWT_JWKS",
        metavar="FILE",
    ),
    Option(
        "jwt_claim",
        "The claim that names the user, where slurm.conf has userclaimfield. Not in the"
        " original. Default: sun, or else username.",
        variable="SLURMRESTD_JWT_CLAIM",
        metavar="NAME",
        read=values.claim,
    ),
    Option(
        "security",
        "Comma-delimited: become_user, disable_unshare_files, disable_unshare_sysv,"
        " disable_user_check.",
        variable="SLURMRESTD_SECURITY",
        read=values.security,
    ),
    Option(
        "response_status_codes",
        "Statuses to list in the OpenAPI specification, comma-delimited. Default: 200,default.",
        variable="SLURMRESTD_RESPONSE_STATUS_CODES",
        read=values.status_codes,
    ),
    Option(
        "abort_on_fatal",
        "Abort, for a core dump, instead of exiting on a fatal error; libslurm reads it itself.",
        variable="ABORT_ON_FATAL",
        read=values.is_set,
    ),
    Option(
        "docs",
        "Whether /docs is a page that shows this API and tries its calls: 'on' or 'off'."
        " The page needs no token; all that it shows does. Default: on.",
        variable="SLURMRESTD_DOCS",
        read=values.switch,
    ),
)
