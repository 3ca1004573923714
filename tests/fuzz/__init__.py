# SPDX-License-Identifier: GPL-2.0-or-later
"""Bytes by chance at every door: connection, router, readers of bodies, encoder.

``SLURMRESTD_FUZZ_EXAMPLES`` is how many for a reader, and the others' in proportion, for a longer
run by hand. What a run finds becomes a test of its own where the thing is tested.
"""

import os

EXAMPLES = int(os.environ.get("SLURMRESTD_FUZZ_EXAMPLES", "4000"))
