# SPDX-License-Identifier: GPL-2.0-or-later
"""How a version's part of the document is written: by the version, and by its flags of ``-d``."""

from __future__ import annotations

from slurmrestd.data_parser.model import V41, V42, Version
from slurmrestd.frozen import Frozen
from slurmrestd.openapi.routes import DataParser


class Style(Frozen):
    """What of the schemas gets a name, and so a place of its own in the document.

    ``names`` all that can have one; else only what several operations take or answer.
    ``enums`` says whether lists of words have names, too.  ``complex`` is that flag of ``-d``.
    """

    version: Version
    names: bool
    enums: bool
    complex: bool

    @property
    def prefix(self) -> str:
        """What the names of this version begin with."""
        return f"{self.version}_"


def style_of(parser: DataParser) -> Style:
    """The style of a version as it was loaded.

    v0.0.41 names little unless told otherwise, its neighbours name all unless told otherwise.
    """
    version, flags = parser.version, parser.flags
    names = "prefer_refs" in flags if version is V41 else "minimize_refs" not in flags
    return Style(version, names, "inline_enums" not in flags, parser.complex)


FLAGS = {"prefer_refs": V41, "minimize_refs": V42, "inline_enums": V42}
"""The flags of ``-d`` that change the document, and the version that has each."""
