# SPDX-License-Identifier: GPL-2.0-or-later
"""The copy of the checkout follows it, and keeps times so that little is compiled again."""

from pathlib import Path

import pytest

from slurmrestd.sandbox import project


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An unpacked archive of the project, without git."""
    directory = tmp_path / "checkout"
    (directory / "slurmrestd").mkdir(parents=True)
    (directory / "slurmrestd" / "a.py").write_text("a = 1\n")
    (directory / "slurmrestd" / "b.py").write_text("b = 1\n")
    (directory / "slurmrestd" / "__pycache__").mkdir()
    (directory / "slurmrestd" / "__pycache__" / "a.pyc").write_text("")
    monkeypatch.setattr(project, "CHECKOUT", directory)
    return directory


def test_only_what_belongs_to_the_checkout_is_copied(checkout: Path) -> None:
    assert project.checkout_files() == ["slurmrestd/a.py", "slurmrestd/b.py"]


def test_the_copy_follows_the_checkout(checkout: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    assert project.copy(project.checkout_files(), copy) == set()
    (copy / "own.so").write_text("made there")
    (checkout / "slurmrestd" / "b.py").unlink()
    (checkout / "slurmrestd" / "a.py").write_text("a = 22\n")

    assert project.copy(project.checkout_files(), copy) == {"slurmrestd/b.py"}

    there = sorted(str(path.relative_to(copy)) for path in copy.rglob("*") if path.is_file())
    assert there == ["own.so", "slurmrestd/a.py"]
    assert (copy / "slurmrestd" / "a.py").read_text() == "a = 22\n"


def test_times_are_kept(checkout: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    project.copy(project.checkout_files(), copy)
    original = (checkout / "slurmrestd" / "a.py").stat()
    assert (copy / "slurmrestd" / "a.py").stat().st_mtime_ns == original.st_mtime_ns
