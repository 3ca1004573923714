# SPDX-License-Identifier: GPL-2.0-or-later
"""Jobs that are made for a case, one for each of the two that are compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.conformance.case import Case
from tests.conformance.cases.job_fields import BASE, SCRIPT, body
from tests.conformance.pair import Pair
from tests.conformance.submission import job_id


def _submit(pair: Pair, document: dict[str, Any]) -> int:
    case = Case("POST job/submit", "preparation", "job/submit", body=document)
    made = job_id(pair.ask(pair.original, case, "v0.0.42"))
    assert made, "the original made no job"
    return made


def _cancelled(pair: Pair) -> int:
    made = _submit(pair, body({}))
    case = Case("DELETE job/{id}", "preparation", "job/<id>")
    pair.ask(pair.original, case, "v0.0.42", {"id": made})
    return made


PREPARATIONS: dict[str, Callable[[Pair], int]] = {
    "held": lambda pair: _submit(pair, body({})),
    "array": lambda pair: _submit(pair, body({"array": "1-3"})),
    "het": lambda pair: _submit(pair, {"script": SCRIPT, "jobs": [BASE, BASE]}),
    "cancelled": _cancelled,
}
