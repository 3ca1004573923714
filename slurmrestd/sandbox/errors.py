# SPDX-License-Identifier: GPL-2.0-or-later
"""The one exception of the sandbox."""


class SandboxError(Exception):
    """Something a person has to do something about; the message says what."""
