# SPDX-License-Identifier: GPL-2.0-or-later
"""The daemon under stress: clients that leave, a controller that dies, memory, many at once."""
