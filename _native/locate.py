# SPDX-License-Identifier: GPL-2.0-or-later
"""Where Slurm's headers and its library are, and how our C is compiled.

Looked at in this order: the variables ``SLURM_INCLUDE_DIR`` (the folder that has
``slurm/slurm.h``) and ``SLURM_PLUGIN_DIR`` (the folder that has
``libslurmfull.so``), then the places where Debian's packages, RPM packages and a
build from source put them.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

RELEASE = "24.11"
LIBRARY = "libslurmfull.so"
PREFIXES = ("/usr", "/usr/local", "/opt/slurm", "/opt/slurm/current")
PLUGIN_FOLDERS = ("lib/*/slurm-wlm", "lib64/slurm", "lib/slurm", "lib/*/slurm")

_VERSION_NUMBER = re.compile(r"#define\s+SLURM_VERSION_NUMBER\s+(0x[0-9a-fA-F]+)")


def include_dir() -> Path:
    """The folder to compile with, checked to be of the release that we declare."""
    folders = _named("SLURM_INCLUDE_DIR") or [Path(prefix, "include") for prefix in PREFIXES]
    for folder in folders:
        if (folder / "slurm" / "slurm.h").is_file():
            _check_release(folder)
            return folder
    raise SystemExit(
        f"slurm/slurm.h was not found in {_joined(folders)}: install the headers of Slurm "
        f"{RELEASE} (Debian: libslurm-dev, RPM: slurm-devel), or set SLURM_INCLUDE_DIR."
    )


def plugin_dir() -> Path:
    """The folder of libslurmfull, which is also where Slurm keeps its plugins."""
    folders = _named("SLURM_PLUGIN_DIR") or list(_plugin_folders())
    for folder in folders:
        if (folder / LIBRARY).is_file():
            return folder
    raise SystemExit(
        f"{LIBRARY} was not found in {_joined(folders) or 'the usual places'}: install Slurm "
        f"{RELEASE} (Debian: slurm-wlm-basic-plugins, RPM: slurm), or set SLURM_PLUGIN_DIR."
    )


def compile_args(*, sanitized: bool | None = None) -> list[str]:
    """Flags for our C.

    ``SLURMRESTD_WERROR=1`` makes every warning an error, ``SLURMRESTD_SANITIZE=1``
    builds with the address and undefined-behaviour sanitizers. The module that links
    libslurm passes ``sanitized=False``: ASan does not go with RTLD_DEEPBIND.
    """
    args = ["-std=c11", "-O2", "-fno-strict-aliasing"]
    if _is_set("SLURMRESTD_WERROR"):
        args += ["-Wall", "-Wextra", "-Werror", *_GENERATED_CODE]
    if is_sanitized() if sanitized is None else sanitized:
        args += ["-O1", "-g", *_SANITIZERS, "-fno-sanitize-recover=all"]
    return args


def link_args() -> list[str]:
    """Linker flags that belong to :func:`compile_args`."""
    return list(_SANITIZERS) if is_sanitized() else []


def is_sanitized() -> bool:
    """Whether a build with sanitizers is asked for."""
    return _is_set("SLURMRESTD_SANITIZE")


_SANITIZERS = ("-fsanitize=address,undefined",)
# cffi's generated wrappers have parameters that they do not use.
_GENERATED_CODE = ("-Wno-unused-parameter", "-Wno-missing-field-initializers")


def _is_set(variable: str) -> bool:
    return os.environ.get(variable, "") not in ("", "0")


def _named(variable: str) -> list[Path]:
    value = os.environ.get(variable)
    return [Path(value)] if value else []


def _plugin_folders() -> Iterator[Path]:
    for prefix in PREFIXES:
        for pattern in PLUGIN_FOLDERS:
            yield from sorted(Path(prefix).glob(pattern))


def _joined(folders: list[Path]) -> str:
    return ", ".join(str(folder) for folder in folders)


def _check_release(folder: Path) -> None:
    text = (folder / "slurm" / "slurm_version.h").read_text(encoding="utf-8")
    found = _VERSION_NUMBER.search(text)
    number = int(found[1], 16) if found else 0
    release = f"{number >> 16}.{(number >> 8) & 0xFF:02}"
    if release != RELEASE:
        raise SystemExit(
            f"The headers in {folder} are of Slurm {release}: install those of Slurm {RELEASE} "
            "(Debian: libslurm-dev, RPM: slurm-devel), or set SLURM_INCLUDE_DIR."
        )
