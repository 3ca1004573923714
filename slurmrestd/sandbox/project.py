# SPDX-License-Identifier: GPL-2.0-or-later
"""The checkout, copied into the root and installed there by pip."""

import hashlib
import shutil
import subprocess
import tomllib
from collections.abc import Sequence
from pathlib import Path

from slurmrestd.sandbox import namespaces, pip_settings
from slurmrestd.sandbox.errors import SandboxError
from slurmrestd.sandbox.layout import BUILD, CHECKOUT, SOURCE, VENV, Layout
from slurmrestd.sandbox.stamps import Stamp

# What tests read but nothing that is installed is made from.
_NOT_INSTALLED = ("tests/", "bench/", "conf/", ".ci/", "CHANGELOG")
# Tells setuptools to leave nothing in the copy, where linters and tests would find it.
_BUILD_SETTINGS = f"{BUILD}/setup.cfg"
_SKIPPED = {".git", ".sandbox", "__pycache__", "build", ".mypy_cache", ".ruff_cache"}


def install(layout: Layout) -> None:
    """Bring the copy up to date, and install it if that may change anything."""
    source = layout.inside(SOURCE)
    files = checkout_files()
    vanished = copy(files, source)
    for name in vanished:  # setuptools would install what it once built
        for built in layout.inside(BUILD).glob(f"lib*/{name}"):
            built.unlink()
    installed = Stamp(layout, "installed")
    fingerprint = _fingerprint(files, source)
    if installed.is_at(fingerprint):
        return
    installed.clear()
    _make_venv(layout)
    _pip(layout, ["install", "--no-build-isolation", f"{SOURCE}[test]"])
    _put_compiled_beside_source(layout)
    installed.set(fingerprint)


def checkout_files() -> list[str]:
    """The checkout's files relative to it, without what git ignores."""
    names = _known_to_git()
    if names is None:  # an unpacked archive
        names = [str(path.relative_to(CHECKOUT)) for path in CHECKOUT.rglob("*")]
    return sorted(
        name
        for name in set(names)
        if (CHECKOUT / name).is_file() and not _SKIPPED.intersection(Path(name).parts)
    )


def commit() -> str:
    """The checkout's commit, with a mark if it was changed since; "unknown" without git."""
    if shutil.which("git") is None:
        return "unknown"
    described = subprocess.run(
        ["git", "-c", "safe.directory=*", "-C", str(CHECKOUT), "describe", "--always", "--dirty"],
        capture_output=True,
        text=True,
        check=False,
    )
    return described.stdout.strip() or "unknown"


def _known_to_git() -> list[str] | None:
    if shutil.which("git") is None:
        return None
    listing = subprocess.run(
        [
            *("git", "-c", "safe.directory=*", "-C", str(CHECKOUT), "ls-files", "-z"),
            *("--cached", "--others", "--exclude-standard"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    return listing.stdout.split("\0") if listing.returncode == 0 else None


def copy(files: Sequence[str], target: Path) -> set[str]:
    """Make ``target`` hold these files, and remove what an earlier copy put there besides.

    Times are kept: setuptools compiles again only what is newer than its result.

    Returns:
        The files that were removed.
    """
    manifest = target.with_name(f"{target.name}.files")
    before = set(manifest.read_text().split("\0")) if manifest.exists() else set()
    vanished = before.difference(files, {""})
    for name in vanished:
        (target / name).unlink(missing_ok=True)
    target.mkdir(parents=True, exist_ok=True)
    manifest.write_text("\0".join(before.union(files)))
    for name in files:
        _copy_if_changed(CHECKOUT / name, target / name)
    manifest.write_text("\0".join(files))
    return vanished


def _copy_if_changed(source: Path, target: Path) -> None:
    wanted = source.stat()
    if target.exists():
        there = target.stat()
        if (there.st_size, there.st_mtime_ns, there.st_mode) == (
            wanted.st_size,
            wanted.st_mtime_ns,
            wanted.st_mode,
        ):
            return
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)


def _fingerprint(files: Sequence[str], source: Path) -> str:
    digest = hashlib.sha256()
    for name in files:
        if not name.startswith(_NOT_INSTALLED):
            digest.update(f"{name}\0".encode())
            digest.update(hashlib.sha256((source / name).read_bytes()).digest())
    return digest.hexdigest()


def _make_venv(layout: Layout) -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    requires: list[str] = project.get("build-system", {}).get("requires", ["setuptools"])
    wanted = "\n".join(sorted(requires))
    prepared = Stamp(layout, "venv")
    if prepared.is_at(wanted):
        return
    status = namespaces.run_in_root(
        layout.root, ["/usr/bin/python3", "-m", "venv", VENV], log=layout.log
    )
    if status:
        raise SandboxError(f"No virtual environment can be made; see the end of {layout.log}.")
    _pip(layout, ["install", *requires])
    prepared.set(wanted)


def _pip(layout: Layout, arguments: Sequence[str]) -> None:
    settings = pip_settings.variables() | {"DIST_EXTRA_CONFIG": _BUILD_SETTINGS}
    layout.inside(BUILD).mkdir(parents=True, exist_ok=True)
    layout.inside(_BUILD_SETTINGS).write_text(
        f"[build]\nbuild_base = {BUILD}\n[egg_info]\negg_base = {BUILD}\n"
    )
    said = layout.directory / "pip.log"
    said.write_bytes(b"")
    status = namespaces.run_in_root(
        layout.root,
        [f"{VENV}/bin/python", "-m", "pip", *arguments],
        log=said,
        shown=pip_settings.shown_paths(settings),
        env=settings | {"HOME": "/root"},
    )
    if status:
        raise SandboxError(_explain(said))


def _explain(said: Path) -> str:
    text = said.read_text(errors="replace")
    if "Temporary failure in name resolution" in text or "NewConnectionError" in text:
        return (
            "pip cannot reach its package index: see that this machine does, or set PIP_INDEX_URL "
            f"to one that it reaches. Details: {said}"
        )
    end = "\n".join(text.splitlines()[-40:])
    return f"pip failed in the sandbox (all of it: {said}):\n{end}"


def _put_compiled_beside_source(layout: Layout) -> None:
    """Make the source directory importable too: a program that is started in it finds it first."""
    packages = next(layout.inside(VENV).glob("lib/python3*/site-packages"))
    for compiled in (packages / "slurmrestd").rglob("*.so"):
        shutil.copy2(compiled, layout.inside(SOURCE) / compiled.relative_to(packages))
