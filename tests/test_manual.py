# SPDX-License-Identifier: GPL-2.0-or-later
"""The README's table of the manual page is that of the rows, and names tests that there are."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from slurmrestd.cli.options import OPTIONS
from tests.manual import SENTENCES, table

TESTS = Path(__file__).parent
README = TESTS.parent / "README.md"
NOT_OF_THE_MANUAL = "Not in the original"


@cache
def functions(file: str) -> frozenset[str]:
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("test", sorted({test for row in SENTENCES for test in row.tests}))
def test_each_test_that_is_named_is_there(test: str) -> None:
    file, function = test.split("::")
    assert function in functions(file)


def test_the_readme_has_the_table() -> None:
    assert table() in README.read_text(encoding="utf-8")


def test_every_option_and_variable_has_a_sentence() -> None:
    """Those of the manual page; ``SLURMRESTD_*`` stands for the variables that it lists."""
    headings = " ".join(row.heading for row in SENTENCES)
    words = " ".join(f"{row.heading} {row.says}" for row in SENTENCES)
    for option in OPTIONS:
        if NOT_OF_THE_MANUAL in option.manual or option.name == "docs":
            continue
        assert all(flag in headings for flag in option.flags), option
        variable = option.variable or ""
        assert variable in headings or variable.removeprefix("SLURMRESTD_") in words, option


def test_no_sentence_is_without_a_test() -> None:
    assert all(row.tests for row in SENTENCES)
