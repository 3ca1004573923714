# SPDX-License-Identifier: GPL-2.0-or-later
"""Telling systemd how we are: sd_notify(3), for Type=notify and Type=notify-reload."""

from __future__ import annotations

import logging
import os
import socket
import time

log = logging.getLogger(__name__)

VARIABLE = "NOTIFY_SOCKET"


class Notifier:
    """Says it to the socket that the environment names, or to nobody.

    The variable is taken away: gunicorn would speak too, before there is a worker, and no
    child has anything to say.
    """

    def __init__(self) -> None:
        self._address = os.environ.pop(VARIABLE, "")

    def ready(self) -> None:
        self._say("READY=1")

    def reloading(self) -> None:
        self._say(f"RELOADING=1\nMONOTONIC_USEC={time.monotonic_ns() // 1000}")

    def stopping(self) -> None:
        self._say("STOPPING=1")

    def _say(self, state: str) -> None:
        if not self._address:
            return
        address = self._address
        if address.startswith("@"):  # of the abstract namespace, unix(7)
            address = "\0" + address[1:]
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as sock:
                sock.connect(address)
                sock.sendall(state.encode())
        except OSError as error:
            log.warning("%s cannot be told: %s", VARIABLE, error.strerror)
