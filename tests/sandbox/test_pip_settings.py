# SPDX-License-Identifier: GPL-2.0-or-later
"""The host's pip configuration reaches pip in the root, and none of it can break it."""

from pathlib import Path

import pytest

from slurmrestd.sandbox import pip_settings


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A pip.conf that PIP_CONFIG_FILE names, with a place that is there and one that is not."""
    (tmp_path / "wheels").mkdir()
    (tmp_path / "index" / "simple").mkdir(parents=True)
    file = tmp_path / "pip.conf"
    file.write_text(
        "[global]\n"
        "timeout = 77\n"
        f"find-links = {tmp_path}/wheels\n    {tmp_path}/absent\n"
        "[install]\n"
        f"extra-index-url = https://example.org/simple file://{tmp_path}/index/simple\n"
        "[list]\nformat = json\n"
    )
    return file


def test_files_become_variables(config: Path) -> None:
    found = pip_settings.variables({"PIP_CONFIG_FILE": str(config)})
    assert found["PIP_TIMEOUT"] == "77"
    assert "PIP_FORMAT" not in found
    assert "PIP_CONFIG_FILE" not in found


def test_variables_rank_above_files(config: Path) -> None:
    found = pip_settings.variables({"PIP_CONFIG_FILE": str(config), "PIP_TIMEOUT": "5"})
    assert found["PIP_TIMEOUT"] == "5"


def test_absent_places_are_dropped(config: Path) -> None:
    found = pip_settings.variables({"PIP_CONFIG_FILE": str(config)})
    assert found["PIP_FIND_LINKS"] == str(config.parent / "wheels")


def test_local_places_are_shown_with_what_an_index_links_to(config: Path) -> None:
    found = pip_settings.variables({"PIP_CONFIG_FILE": str(config)})
    shown = pip_settings.shown_paths(found)
    assert config.parent / "wheels" in shown
    assert config.parent / "index" in shown
