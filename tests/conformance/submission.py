# SPDX-License-Identifier: GPL-2.0-or-later
"""A job submitted through each of them, and what the controller then holds of both."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.conformance.answer import Answer
from tests.conformance.case import Case
from tests.conformance.compare import Difference, differences, values_differ
from tests.conformance.pair import Outcome, Pair
from tests.conformance.volatile import HELD_BY_BOTH
from tests.fix_cluster import Cluster
from tests.fix_daemon import Daemon

_CANCEL_AT = 200
_TRIES = 4
_LOOKS = 4
_PAUSE = 0.5  # a pass of the scheduler sees both
_TIMES = re.compile(r"\b(\w+Time|LastSchedEval)=\d{4}-\d\d-\d\dT[\d:]+")
_LOOK = Case("GET job/{id}", "what the controller holds", "job/<id>", user="admin")


class Graveyard:
    """Jobs that tests have no more need of."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._ids: list[int] = []

    def add(self, *ids: int) -> None:
        """Have jobs cancelled some time soon."""
        self._ids += [number for number in ids if number]
        if len(self._ids) >= _CANCEL_AT:
            self.flush()

    def flush(self) -> None:
        """Cancel them now."""
        if self._ids:
            self._cluster.run("scancel", "--quiet", *map(str, self._ids))
        self._ids = []


@dataclass(frozen=True)
class Submitter:
    """Submits through both and looks at what becomes of it."""

    pair: Pair
    graveyard: Graveyard
    state: Path

    def compare(self, case: Case, version: str, *, scontrol: bool = False) -> Outcome:
        """Ask both; where both have made a job, compare those too.

        Again if anything differs: a second may have passed between the two.
        """
        outcome = self._stubborn(lambda: self._once(case, version, scontrol))
        self.pair.tally.count(case, version, outcome.ours)
        return outcome

    def compare_on(self, case: Case, version: str, prepare: Callable[[Pair], int]) -> Outcome:
        """Ask each about a job that is made for it, and compare the jobs afterwards.

        Again with other jobs if anything differs: the scheduler may have seen only one.
        """
        outcome = self._stubborn(
            lambda: self._on(case, version, (prepare(self.pair), prepare(self.pair)))
        )
        self.pair.tally.count(case, version, outcome.ours)
        return outcome

    def _stubborn(self, ask: Callable[[], Outcome]) -> Outcome:
        """What comes of asking; a difference has to be there each time."""
        outcome = ask()
        for _ in range(_TRIES - 1):
            if not outcome.found:
                break
            self.pair.tally.again += 1
            outcome = ask()
        return outcome

    def _on(self, case: Case, version: str, ids: tuple[int, int]) -> Outcome:
        original = self.pair.ask(self.pair.original, case, version, {"id": ids[0]})
        ours = self.pair.ask(self.pair.ours, case, version, {"id": ids[1]})
        outcome = Outcome(original, ours, differences(original, ours))
        return self._seen(case, version, outcome, ids, lambda: self._jobs_differ(ids))

    def compare_answers(self, case: Case, version: str) -> Outcome:
        """Ask both, and end at once what jobs they have made: those have resources.

        Again if anything differs, as long as it does not stay the same.
        """
        outcome = self._answers(case, version)
        for _ in range(_TRIES):
            if not outcome.found:
                break
            self.pair.tally.again += 1
            before, outcome = outcome, self._answers(case, version)
            if before.found == outcome.found:
                break
        self.pair.tally.count(case, version, outcome.ours)
        return outcome

    def _answers(self, case: Case, version: str) -> Outcome:
        original = self._answer(self.pair.original, case, version)
        ours = self._answer(self.pair.ours, case, version)
        outcome = Outcome(original, ours, differences(original, ours))
        return self._explained(case, version, outcome, (job_id(original), job_id(ours)))

    def _answer(self, daemon: Daemon, case: Case, version: str) -> Answer:
        answer = self.pair.ask(daemon, case, version)
        self.graveyard.add(job_id(answer))
        self.graveyard.flush()
        return answer

    def _once(self, case: Case, version: str, scontrol: bool) -> Outcome:
        original = self.pair.ask(self.pair.original, case, version)
        ours = self.pair.ask(self.pair.ours, case, version)
        ids = job_id(original), job_id(ours)
        outcome = Outcome(original, ours, differences(original, ours))
        if all(ids):
            return self._seen(case, version, outcome, ids, lambda: self._held(ids, scontrol))
        self.graveyard.add(*ids)
        return self._explained(case, version, outcome, ids)

    def _seen(
        self,
        case: Case,
        version: str,
        answers: Outcome,
        ids: tuple[int, int],
        look: Callable[[], list[Difference]],
    ) -> Outcome:
        """What differs in the answers and in the jobs that the controller then holds.

        The scheduler may have seen only one of the two yet, so that the jobs are looked at again.
        """
        outcome = self._explained(case, version, _with(answers, look()), ids)
        for _ in range(_LOOKS - 1):
            if not outcome.found:
                break
            time.sleep(_PAUSE)
            outcome = self._explained(case, version, _with(answers, look()), ids)
        self.graveyard.add(*ids)
        return outcome

    def _explained(
        self, case: Case, version: str, outcome: Outcome, ids: tuple[int, int]
    ) -> Outcome:
        found = [it for it in outcome.found if not only_ids(it, ids)]
        return replace(outcome, found=self.pair.ledger.unexplained(case.id(version), found))

    def _held(self, ids: tuple[int, int], scontrol: bool) -> list[Difference]:
        found = self._jobs_differ(ids)
        for name in ("script", "environment"):
            one_file, other_file = (self._file(number, name) for number in ids)
            found += values_differ(f"held {name}", one_file, other_file, HELD_BY_BOTH)
        if scontrol:
            one, other = (_scontrol(self.pair.cluster, number) for number in ids)
            found += values_differ("held as scontrol shows it", one, other, HELD_BY_BOTH)
        return found

    def _jobs_differ(self, ids: tuple[int, int]) -> list[Difference]:
        one, other = map(self._look, ids)
        return list(values_differ("held", one, other, HELD_BY_BOTH))

    def _look(self, number: int) -> Any:
        """The job as the original's newest version shows it: always through the original."""
        answer = self.pair.ask(self.pair.original, _LOOK, "v0.0.42", {"id": number})
        content: Any = answer.content
        return content["jobs"]

    def _file(self, number: int, name: str) -> Any:
        """The script or the environment as the controller keeps it."""
        file = self.state / f"hash.{number % 10}" / f"job.{number}" / name
        return file.read_bytes().split(b"\0") if file.exists() else None


def _with(answers: Outcome, found: list[Difference]) -> Outcome:
    return replace(answers, found=answers.found + found)


def job_id(answer: Answer) -> int:
    """The id of the job that was made, or 0."""
    content = answer.content
    made = content.get("job_id") if isinstance(content, dict) else None
    return made if isinstance(made, int) else 0


def only_ids(difference: Difference, ids: tuple[int, int]) -> bool:
    """Whether two values differ only in that each names its own job."""
    if not all(ids):
        return False
    original, ours = difference.original, difference.ours
    return bool(_masked(original, ids[0]) == _masked(ours, ids[1]))


def _masked(value: Any, number: int) -> Any:
    if isinstance(value, str):
        return re.sub(r"\d+", lambda found: _name(int(found[0]), number) or found[0], value)
    if isinstance(value, int) and not isinstance(value, bool):
        return _name(value, number) or value
    return value


def _name(value: int, number: int) -> str:
    return f"<id+{value - number}>" if number <= value < number + 3 else ""


def _scontrol(cluster: Cluster, number: int) -> list[str]:
    said = cluster.run("scontrol", "--oneliner", "show", "job", str(number))
    return [_TIMES.sub(r"\1=", word) for word in said.split(" ")]
