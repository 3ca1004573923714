# SPDX-License-Identifier: GPL-2.0-or-later
"""The report: one HTML file without anything from elsewhere, charts as inline SVG."""
