# SPDX-License-Identifier: GPL-2.0-or-later
"""The tables of types and fields, v0.0.40 to v0.0.42, and what is made from them."""
