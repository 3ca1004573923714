# SPDX-License-Identifier: GPL-2.0-or-later
"""The OpenAPI document: compared with the original's, validated, and used by clients."""
