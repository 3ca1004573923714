# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the build finds Slurm, and what it says when it does not."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

LOCATE = Path(__file__).parents[1] / "_native" / "locate.py"


@pytest.fixture
def locate() -> ModuleType:
    """The build's module, which no package has."""
    spec = importlib.util.spec_from_file_location("locate", LOCATE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def headers(folder: Path, number: str) -> Path:
    (folder / "slurm").mkdir(parents=True)
    (folder / "slurm" / "slurm.h").touch()
    version = f"#define SLURM_VERSION_NUMBER {number}\n"
    (folder / "slurm" / "slurm_version.h").write_text(version)
    return folder


@pytest.mark.parametrize("number", ["0x180b00", "0x180b05", "0x180b07"])
def test_headers_of_the_release_are_taken(
    locate: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: str
) -> None:
    monkeypatch.setenv("SLURM_INCLUDE_DIR", str(headers(tmp_path, number)))
    assert locate.include_dir() == tmp_path


@pytest.mark.parametrize(("number", "release"), [("0x180505", "24.05"), ("0x190500", "25.05")])
def test_headers_of_another_release_are_refused(
    locate: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    number: str,
    release: str,
) -> None:
    monkeypatch.setenv("SLURM_INCLUDE_DIR", str(headers(tmp_path, number)))
    with pytest.raises(SystemExit, match=f"are of Slurm {release}: install those of Slurm 24.11"):
        locate.include_dir()


def test_missing_headers_are_named(
    locate: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SLURM_INCLUDE_DIR", str(tmp_path))
    with pytest.raises(SystemExit, match="install the headers of Slurm"):
        locate.include_dir()


def test_a_missing_library_is_named(
    locate: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SLURM_PLUGIN_DIR", str(tmp_path))
    with pytest.raises(SystemExit, match="was not found in"):
        locate.plugin_dir()


@pytest.mark.parametrize("folder", ["lib/x/slurm-wlm", "lib64/slurm", "lib/slurm"])
def test_the_library_is_found_where_packages_put_it(
    locate: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, folder: str
) -> None:
    (tmp_path / folder).mkdir(parents=True)
    (tmp_path / folder / "libslurmfull.so").touch()
    monkeypatch.delenv("SLURM_PLUGIN_DIR", raising=False)
    monkeypatch.setattr(locate, "PREFIXES", (str(tmp_path),))
    assert locate.plugin_dir() == tmp_path / folder


def test_sanitizers_are_for_the_encoder_only(
    locate: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLURMRESTD_SANITIZE", "1")
    assert "-fsanitize=address,undefined" in locate.compile_args()
    assert "-fsanitize=address,undefined" in locate.link_args()
    assert "-fsanitize=address,undefined" not in locate.compile_args(sanitized=False)
