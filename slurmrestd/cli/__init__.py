# SPDX-License-Identifier: GPL-2.0-or-later
"""argv and environment to one frozen Options."""
