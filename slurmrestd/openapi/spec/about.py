# SPDX-License-Identifier: GPL-2.0-or-later
"""What the document says of the API as a whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from slurmrestd.openapi.operation import Plugin
from slurmrestd.slurm.release import RELEASE

OPENAPI: Final = "3.0.3"

TAGS: Final = [
    {"name": "slurm", "description": "What the controller (slurmctld) knows and does"},
    {"name": "slurmdb", "description": "What the accounting database (slurmdbd) knows and does"},
    {"name": "openapi", "description": "This document"},
]

SERVERS: Final = [{"url": "/"}]

SECURITY_SCHEMES: Final = {
    "user": {
        "type": "apiKey",
        "description": (
            "Name of the user, beside a token; only needed by who may act for others. "
            "Default: the user whose token it is"
        ),
        "name": "X-SLURM-USER-NAME",
        "in": "header",
    },
    "token": {
        "type": "apiKey",
        "description": "Token of the user, as `scontrol token` prints it",
        "name": "X-SLURM-USER-TOKEN",
        "in": "header",
    },
    "bearerAuth": {
        "type": "http",
        "description": "The same token as in X-SLURM-USER-TOKEN, as a bearer token",
        "scheme": "bearer",
        "bearerFormat": "JWT",
    },
}

SECURITY: Final[list[dict[str, list[str]]]] = [
    {"user": [], "token": []},
    {"token": []},
    {"bearerAuth": []},
    {},
]
"""Any of these; none is needed on a local socket."""

_DESCRIPTION: Final = """\
Jobs, nodes, partitions, reservations and accounts of a Slurm cluster.

- Each path names the version of the API that it belongs to. Versions differ in their fields;
  what is marked deprecated goes away with a later one.
- An answer has `meta`, `errors` and `warnings` beside what was asked for. A request failed if
  `errors` is not empty; `warnings` name fields of the request that were ignored.
- A number that may be unset or infinite is an object of `set`, `infinite` and `number`.
- A time is in seconds since 1970 (UNIX time) unless a field says otherwise.
"""


def info(plugins: Iterable[Plugin]) -> dict[str, Any]:
    """Title, licence, and a version that tells which plugins are described."""
    return {
        "license": {
            "name": "GPL-2.0-or-later",
            "url": "https://www.gnu.org/licenses/old-licenses/gpl-2.0.html",
        },
        "title": "Slurm REST API",
        "description": _DESCRIPTION,
        "version": "&".join([f"Slurm-{RELEASE}", *(plugin.type for plugin in plugins)]),
    }
