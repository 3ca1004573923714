# SPDX-License-Identifier: GPL-2.0-or-later
"""The program itself, as it is installed: its modes, its processes, and who is let in."""
