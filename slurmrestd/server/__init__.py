# SPDX-License-Identifier: GPL-2.0-or-later
"""Processes, sockets and connections: the gunicorn master and its workers."""
