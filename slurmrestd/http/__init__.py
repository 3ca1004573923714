# SPDX-License-Identifier: GPL-2.0-or-later
"""HTTP: routes, media types, limits, and the mapping of errors to statuses."""
