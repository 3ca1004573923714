# SPDX-License-Identifier: GPL-2.0-or-later
"""slurmdbd: what the accounting database holds.

- ``connection`` is one connection to slurmdbd, opened as one caller for good;
- ``keeping`` keeps connections for a moment, each for the caller that it was opened for;
- ``lease`` is a connection in use: queries, changes, and their commit;
- ``lists`` holds what slurmdbd answers;
- ``lookups`` are the TRES, QOS and associations that numbers stand for;
- ``qos`` and so on make the queries and changes, one topic each.
"""
