# SPDX-License-Identifier: GPL-2.0-or-later
"""What gunicorn has to say, in our log."""

from __future__ import annotations

import logging

from gunicorn.glogging import Logger


class GunicornLog(Logger):  # type: ignore[misc]
    """gunicorn's messages in our log; what it says of its daily life is for debugging."""

    def setup(self, cfg: object) -> None:
        self.error_log = logging.getLogger("slurmrestd.gunicorn")

    def info(self, message: str, *args: object) -> None:
        self.error_log.debug(message, *args)

    def reopen_files(self) -> None:
        pass

    def close_on_exec(self) -> None:
        pass
