# SPDX-License-Identifier: GPL-2.0-or-later
"""What slurmdbd is told of limits that a body does not name."""

from __future__ import annotations

import pytest

from slurmrestd.openapi.slurmdbd.changes import tres_change

GONE = b"18446744073709551615"


@pytest.mark.parametrize(
    ("wanted", "present", "told"),
    [
        (None, None, None),
        (b"1=4", None, b"1=4"),
        (b"1=4", b"1=9", b"1=4"),
        (None, b"1=9,2=5", b"1=%s,2=%s" % (GONE, GONE)),
        (b"", b"2=5", b"2=%s" % GONE),
        (b"1001=3,1=4", b"2=5", b"1=4,2=%s,1001=3" % GONE),
        (b"1=4,1=5", None, b"1=5"),
    ],
)
def test_what_is_not_named_goes(
    wanted: bytes | None, present: bytes | None, told: bytes | None
) -> None:
    """In the order of ids."""
    assert tres_change(wanted, present) == told
