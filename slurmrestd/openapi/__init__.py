# SPDX-License-Identifier: GPL-2.0-or-later
"""What can be asked: one small function per operation, its route and its answer."""
