# SPDX-License-Identifier: GPL-2.0-or-later
"""What is imported late is there all the same."""

from __future__ import annotations

import subprocess
import sys

import pytest

from slurmrestd import later


def run(code: str) -> str:
    """What an interpreter of its own prints, where nothing has been imported before."""
    command = [sys.executable, "-c", f"import sys\nfrom slurmrestd import later\n{code}"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


IS_LAZY = "print([type(sys.modules[name]).__name__ for name in later.MODULES])"


@pytest.mark.parametrize("used", ["inspect.unwrap", "locale.localeconv", "pathlib.Path"])
def test_a_module_is_loaded_when_it_is_used(used: str) -> None:
    name = used.partition(".")[0]
    assert name in later.MODULES
    assert run(f"later.postpone()\nimport {name}\nprint(callable({used}))") == "True\n"


def test_nothing_is_loaded_before() -> None:
    assert run(f"later.postpone()\n{IS_LAZY}") == f"{['_Later'] * len(later.MODULES)}\n"


def test_nothing_is_loaded_by_an_import() -> None:
    code = "later.postpone()\nimport inspect, locale, pathlib\n" + IS_LAZY
    assert run(code) == f"{['_Later'] * len(later.MODULES)}\n"


def test_all_threads_see_the_whole_module() -> None:
    """One that comes while another loads it has to wait."""
    code = """
later.postpone()
import inspect
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(8) as pool:
    found = list(pool.map(lambda _: callable(inspect.signature), range(8)))
print(all(found), type(inspect).__name__)
"""
    assert run(code) == "True module\n"
