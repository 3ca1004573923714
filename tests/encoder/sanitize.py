# SPDX-License-Identifier: GPL-2.0-or-later
"""Build the encoder with ASan and UBSan in a temporary folder and run its tests there.

    python -m tests.encoder.sanitize [arguments of pytest]

The sanitizers end the run at their first finding, with a status that is not 0.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

BUILD = """
import sys
from setuptools import Distribution

folder = sys.argv[1]
made = Distribution({"name": "encoder", "cffi_modules": ["_native/build_encoder.py:ffi"]})
options = made.get_option_dict("build_ext")
options["build_lib"] = ("", folder)
options["build_temp"] = ("", folder + "/build")
made.run_command("build_ext")
"""


def main(arguments: list[str]) -> int:
    """Build, run the tests, and give pytest's status."""
    with tempfile.TemporaryDirectory(prefix="slurmrestd-sanitize-") as name:
        folder = Path(name)
        _copy(folder)
        _build(folder)
        return _test(folder, arguments)


def _copy(folder: Path) -> None:
    for path in ("slurmrestd/__init__.py", "pyproject.toml"):
        (folder / path).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / path, folder / path)
    unwanted = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "tests" / "encoder", folder / "tests" / "encoder", ignore=unwanted)
    (folder / "tests" / "__init__.py").touch()


def _build(folder: Path) -> None:
    environment = os.environ | {"SLURMRESTD_SANITIZE": "1", "SLURMRESTD_WERROR": "1"}
    command = [sys.executable, "-c", BUILD, str(folder)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def _test(folder: Path, arguments: list[str]) -> int:
    environment = os.environ | {
        "LD_PRELOAD": _runtime(),
        # Python keeps much until it ends: test_memory.py looks for leaks, without ASan.
        "ASAN_OPTIONS": "detect_leaks=0:detect_stack_use_after_return=1",
        "UBSAN_OPTIONS": "print_stacktrace=1",
        # Each object by malloc, so that reading behind one is seen.
        "PYTHONMALLOC": "malloc",
    }
    options = ["-q", "-p", "no:cacheprovider", "--hypothesis-profile=sanitized"]
    # What the sanitizers say goes to the descriptor, past sys.stderr.
    options += ["--capture=sys", "--ignore=tests/encoder/test_memory.py"]
    command = [sys.executable, "-m", "pytest", *options, *arguments, "tests/encoder"]
    return subprocess.run(command, cwd=folder, env=environment, check=False).returncode


def _runtime() -> str:
    """ASan's library, which must come before all others: Python was not built with it."""
    compiler = os.environ.get("CC", "gcc").split()
    command = [*compiler, "-print-file-name=libasan.so"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
