# SPDX-License-Identifier: GPL-2.0-or-later
"""Profiles of hypothesis: ``--hypothesis-profile=many`` looks longer."""

from hypothesis import settings

settings.register_profile("many", max_examples=2000, deadline=None)
settings.register_profile("sanitized", max_examples=600, deadline=None)
