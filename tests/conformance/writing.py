# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes to the accounting database, compared by what is in it afterwards.

The same write is made through the original and through ours, each from the same state:
what a write needs is made before it with sacctmgr, and undone after it.  Each of the two
has names of its own (``<it>``), since a name that was there before is not as good as new.
What differs in the database before and after the write must be the same, but for the name.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tests.conformance.answer import Answer
from tests.conformance.case import Case
from tests.conformance.compare import Difference, differences
from tests.conformance.pair import Outcome, Pair
from tests.fix_daemon import Daemon

NAMES = ("cmporig", "cmpours")
"""What ``<it>`` is for the original and for ours."""

LIMITS = (
    "GrpJobs,GrpJobsAccrue,GrpSubmit,GrpTRES,GrpTRESMins,GrpTRESRunMins,GrpWall,"
    "MaxTRES,MaxTRESPerNode,MaxTRESMins,MaxWall"
)
OF_ASSOCIATIONS = (
    f"Cluster,Account,User,Partition,ParentName,Share,Priority,{LIMITS},MaxJobs,MaxJobsAccrue,"
    "MaxSubmit,QOS,DefaultQOS,Comment"
)
OF_QOS = (
    f"Name,Description,Priority,GraceTime,Preempt,PreemptExemptTime,PreemptMode,Flags,UsageFactor,"
    f"UsageThreshold,LimitFactor,{LIMITS},MaxTRESRunMinsPerUser,MaxTRESRunMinsPerAccount,"
    "MaxTRESPerUser,MaxTRESPerAccount,MaxJobsPU,MaxSubmitPU,MaxJobsPA,MaxSubmitPA,"
    "MaxJobsAccruePU,MaxJobsAccruePA,MinPrioThreshold,MinTRES"
)
SHOWN: dict[str, tuple[str, ...]] = {
    "clusters": ("cluster", "format=Cluster,Classification,Flags,Federation,Features"),
    "accounts": ("account", "withcoord", "format=Account,Description,Organization,Coordinators"),
    "users": ("user", "withcoord", "format=User,AdminLevel,DefaultAccount,DefaultWCKey,Coord"),
    "associations": ("association", f"format={OF_ASSOCIATIONS}"),
    "qos": ("qos", f"format={OF_QOS}"),
    "wckeys": ("wckey", "format=Cluster,User,WCKey"),
    "tres": ("tres", "format=Type,Name"),
}
"""What sacctmgr is asked to show: all that a write can change, and no ids."""

SHOWS = tuple(f"show {' '.join(words)}" for words in SHOWN.values())

State = dict[str, "Counter[str]"]


@dataclass(frozen=True)
class Write:
    """A request that writes, and sacctmgr's commands before and after it."""

    case: Case
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    def as_user(self, user: str) -> Write:
        """The same write by somebody else."""
        case = replace(self.case, user=user, name=f"{self.case.name} as {user}")
        return replace(self, case=case)


@dataclass(frozen=True)
class _Done:
    answer: Answer
    gone: dict[str, list[str]]
    come: dict[str, list[str]]


@dataclass
class Writer:
    """Makes writes through both.  ``state`` is what the last one left, which is what it found."""

    pair: Pair
    state: State | None = None

    def compare(self, write: Write, version: str) -> Outcome:
        """What differs between the answers, and between what the two writes did."""
        pair = self.pair
        original = self._make(pair.original, write, version, NAMES[0])
        ours = self._make(pair.ours, write, version, NAMES[1])
        found = differences(original.answer, ours.answer)
        for place, one, other in (
            ("database: gone", original.gone, ours.gone),
            ("database: come", original.come, ours.come),
        ):
            if one != other:
                found.append(Difference(place, one, other))
        pair.tally.count(write.case, version, ours.answer)
        found = pair.ledger.unexplained(write.case.id(version), found)
        return Outcome(original.answer, ours.answer, found)

    def _make(self, daemon: Daemon, write: Write, version: str, name: str) -> _Done:
        run = self.pair.cluster.run
        start = before = self.state or shown(run)
        self.state = None
        if write.before:
            (before,) = _states(run, [_named_commands(write.before, name), SHOWS])
            assert before != start, f"{write.case.name}: it is not prepared"
        try:
            answer = self.pair.ask(daemon, write.case, version, {"it": name})
        finally:
            after, end = _states(run, [SHOWS, _named_commands(write.after, name), SHOWS])
        assert end == start, f"{write.case.name}: it is not undone"
        self.state = end
        gone = {what: _named(before[what] - after[what], name) for what in SHOWN}
        come = {what: _named(after[what] - before[what], name) for what in SHOWN}
        return _Done(_anonymous(answer, name), gone, come)


def shown(run: Callable[..., str]) -> State:
    """What is in the database; ``run`` runs sacctmgr with an input, as ``Cluster.run`` does."""
    (state,) = _states(run, [SHOWS])
    return state


def _named_commands(commands: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(command.replace("<it>", name) for command in commands)


def _states(run: Callable[..., str], groups: Sequence[tuple[str, ...]]) -> list[State]:
    """What is in the database wherever SHOWS stands among groups of sacctmgr's commands.

    A command may find nothing to do: what it did is seen in what comes after it.
    """
    lines = [*(line for group in groups for line in group), ""]
    said = run("sh", "-c", "sacctmgr -inP || true", stdin="\n".join(lines).encode())
    # It repeats each command behind its prompt.
    parts = said.split("sacctmgr: ")[1:]
    assert len(parts) == len(lines), said
    rows = iter([Counter(part.splitlines()[1:]) for part in parts])
    found = [(group, [next(rows) for _ in group]) for group in groups]
    return [_state(of_group) for group, of_group in found if group is SHOWS]


def _state(rows: list[Counter[str]]) -> State:
    return dict(zip(SHOWN, rows, strict=True))


def _named(rows: Counter[str], name: str) -> list[str]:
    return sorted(row.replace(name, "<it>") for row in rows.elements())


def _anonymous(answer: Answer, name: str) -> Answer:
    content: Any = answer.content
    if content is not None:
        content = json.loads(json.dumps(content).replace(name, "<it>"))
    return replace(answer, content=content)


def by_everybody(writes: tuple[Write, ...]) -> Iterator[Write]:
    """Each write by a plain user, a coordinator, an operator and an administrator."""
    for write in writes:
        for user in ("alice", "carol", "oscar", "admin"):
            yield write.as_user(user)
