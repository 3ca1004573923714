# SPDX-License-Identifier: GPL-2.0-or-later
"""YAML: not yet. Neither ``Accept`` nor ``Content-Type`` application/yaml is known."""
