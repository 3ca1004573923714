# SPDX-License-Identifier: GPL-2.0-or-later
"""What is known of the things that slurmdbd has numbers for.  Nothing here touches libslurm."""

# No annotations from __future__, as in http.target.
import enum
from typing import NamedTuple, Protocol


class Kind(enum.Enum):
    """The things; each is the name of its member in ``sr_lookups``."""

    TRES = "tres"
    QOS = "qos"
    ASSOC = "assocs"

    # As that of data_parser.model.Version.
    __hash__ = object.__hash__


class Tres(NamedTuple):
    """A trackable resource."""

    id: int
    type: bytes
    name: bytes


class Qos(NamedTuple):
    """A quality of service."""

    id: int
    name: bytes


class Association(NamedTuple):
    """An association; its id is unique in its cluster only."""

    id: int
    account: bytes | None
    cluster: bytes | None
    partition: bytes | None
    user: bytes | None


class LookUps(Protocol):
    """The lists, each asked for when it is looked at first.  They raise SlurmError."""

    @property
    def tres(self) -> tuple[Tres, ...]: ...
    @property
    def qos(self) -> tuple[Qos, ...]: ...
    @property
    def associations(self) -> tuple[Association, ...]: ...
