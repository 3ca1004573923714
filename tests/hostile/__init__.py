# SPDX-License-Identifier: GPL-2.0-or-later
"""Input that nobody should send, thrown at the running daemon."""
