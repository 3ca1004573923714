# SPDX-License-Identifier: GPL-2.0-or-later
"""The same request to the original and to ours must have the same answer.

``cases/`` says what is asked, ``compare`` what the same is, ``volatile`` what changes by itself,
and ``differences`` where we differ on purpose, and why.
"""
