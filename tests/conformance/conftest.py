# SPDX-License-Identifier: GPL-2.0-or-later
"""The order of the run, and what is only asked of a whole one."""

from __future__ import annotations

from pathlib import Path

import pytest

_HERE = Path(__file__).parent
_WHOLE_RUN = "whole_run"
_MAKERS = frozenset({"submitter", "written"})


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", f"{_WHOLE_RUN}: looks back on a run of all cases")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Sort: what makes jobs makes lists of jobs longer, and goes after what reads them.

    Some of their texts are no UTF-8, of which the original makes no YAML.

    What looks back on a whole run goes last, and is no part of any other run.
    """
    items.sort(key=_turn)
    if config.getoption("--look-back"):
        items[:] = [item for item in items if _turn(item) == 2]
    elif not _is_whole(config, items):
        items[:] = [item for item in items if _turn(item) < 2]


def _turn(item: pytest.Item) -> int:
    if item.get_closest_marker(_WHOLE_RUN):
        return 2
    return int(bool(_MAKERS.intersection(getattr(item, "fixturenames", ()))))


def _is_whole(config: pytest.Config, items: list[pytest.Item]) -> bool:
    chosen = any(config.getoption(name) for name in ("keyword", "markexpr", "deselect", "part"))
    chosen = chosen or any("::" in argument for argument in config.args)
    return not chosen and set(_HERE.glob("test_*.py")) <= {item.path for item in items}
