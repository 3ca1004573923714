# SPDX-License-Identifier: GPL-2.0-or-later
"""unshare(2), on a thread, which shares everything with the others of its process."""

from __future__ import annotations

import threading

import pytest

from slurmrestd.privileges import kernel
from tests.daemon.sharing import FILES, shares


@pytest.mark.parametrize("unshares", [False, True])
def test_a_thread_that_unshares_its_files_has_its_own(unshares: bool) -> None:
    seen: list[bool] = []
    main = threading.get_native_id()

    def run() -> None:
        if unshares:
            kernel.unshare(kernel.CLONE_FILES, "file descriptors")
        seen.append(shares(main, threading.get_native_id(), FILES))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert seen == [not unshares]
