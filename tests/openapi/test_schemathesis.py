# SPDX-License-Identifier: GPL-2.0-or-later
"""schemathesis: requests made of the document, right ones and wrong ones, for every operation.

``SLURMRESTD_SCHEMATHESIS_EXAMPLES`` is how many for each; more than the default is not the same
every time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode, Response

from slurmrestd.cli import plugins
from slurmrestd.http import media
from slurmrestd.openapi.spec.document import document
from slurmrestd.openapi.spec.operations import Entry, entries
from tests.hostile.target import REFUSED
from tests.openapi.judge import PATIENCE, Answers, Judge

DEFAULT = 6
EXAMPLES = int(os.environ.get("SLURMRESTD_SCHEMATHESIS_EXAMPLES", DEFAULT))
WAITING = 0.5
"""Seconds for an answer of an operation that waits: it is left alone then."""

PLUGINS = plugins.load(plugins.select_openapi(None))
PARSERS = plugins.select_data_parsers(None)


def _every() -> Iterator[Any]:
    for entry in entries(PLUGINS, PARSERS):
        yield pytest.param(entry, id=f"{entry.operation.method} {entry.path}")


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    """Our document."""
    return document(PLUGINS, PARSERS, (), (media.JSON,))


@pytest.fixture(scope="module")
def schema(made: dict[str, Any]) -> Any:
    """What schemathesis makes of it."""
    return schemathesis.openapi.from_dict(made)


@pytest.fixture(scope="module")
def answers(made: dict[str, Any]) -> Answers:
    """What it says of answers."""
    return Answers(made)


@pytest.mark.parametrize("entry", [*_every()])
def test_every_answer_is_as_documented(
    entry: Entry, schema: Any, answers: Answers, judge_of: Callable[[str], Judge]
) -> None:
    """No dropped connection, no dead worker, and no 5xx that the original does not give."""
    judge = judge_of(entry.path)
    path, method, waits = entry.path, entry.operation.method, entry.operation.waits
    operation = schema[path][method]
    wrong = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)
    right = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)

    @given(case=wrong | right)
    @settings(
        max_examples=EXAMPLES,
        derandomize=EXAMPLES == DEFAULT,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    def throw(case: Case[Any]) -> None:
        try:
            response = judge.ask(case, WAITING if waits else PATIENCE)
        except requests.ReadTimeout:
            assert waits
            return
        assert not _wrong(response, answers, path, method)
        if response.status_code >= 500:
            assert judge.original_gives(case, response.status_code)

    with judge.workers_live():
        run: Callable[[], None] = throw
        run()


def _wrong(response: Response, answers: Answers, path: str, method: str) -> list[str]:
    """What of an answer is not as documented."""
    if response.status_code == 304:
        return ["304 with a body"] if response.content else []
    (media_type,) = response.headers["content-type"]
    if media_type == media.JSON:
        return answers.violations(path, method, response.json())
    # Refused before it was anybody's operation: of such answers the document says nothing.
    refused = media_type == "text/plain" and response.status_code in REFUSED
    return [] if refused and response.content else [f"{response.status_code} {media_type}"]
