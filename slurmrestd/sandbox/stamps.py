# SPDX-License-Identifier: GPL-2.0-or-later
"""Remembering which steps of the building are done, and with what."""

import shutil

from slurmrestd.sandbox.layout import Layout


class Stamp:
    """A step's mark: the text it was done with."""

    def __init__(self, layout: Layout, step: str) -> None:
        self._file = layout.stamps / step

    def is_at(self, text: str) -> bool:
        """Whether the step was last done with this text."""
        return self._file.exists() and self._file.read_text() == text

    def set(self, text: str) -> None:
        """Say that it is done."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._file.write_text(text)

    def clear(self) -> None:
        """Say that it has to be done again."""
        self._file.unlink(missing_ok=True)


def clear_all(layout: Layout) -> None:
    """Forget everything."""
    shutil.rmtree(layout.stamps, ignore_errors=True)
