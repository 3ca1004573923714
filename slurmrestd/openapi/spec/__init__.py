# SPDX-License-Identifier: GPL-2.0-or-later
"""The OpenAPI document, made of the tables and the declarations of the operations alone."""
