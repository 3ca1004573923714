# SPDX-License-Identifier: GPL-2.0-or-later
"""The benches by name; without a name all of it, with a report."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench import accounting, cases, records, whole

BENCHES = {
    "jobs": records.JOBS,
    "nodes": records.NODES,
    "shares": records.SHARES,
    "associations": records.ASSOCIATIONS,
    "accounting-jobs": records.ACCOUNTING_JOBS,
}
SMALL = "accounting"
"""The small answers of slurmdbd's side, under load."""


def main() -> None:
    """Run the bench that the command line names."""
    parser = argparse.ArgumentParser(
        prog="bench",
        description="Ours beside the original slurmrestd and the bare RPC, in turns, medians.",
    )
    parser.add_argument(
        "name",
        nargs="?",
        choices=sorted((*BENCHES, SMALL)),
        help="one large answer, or slurmdbd's small ones; without it everything is measured, "
        "and a report is written",
    )
    parser.add_argument("--rounds", type=int, default=3, help="measurements of each (default 3)")
    parser.add_argument(
        "--jobs",
        type=int,
        default=16_000,
        help="held jobs that there must be at least; missing ones are added (default 16000)",
    )
    parser.add_argument(
        "--associations",
        type=int,
        default=12_300,
        help="the same for associations, for those of shares and of them (default 12300)",
    )
    parser.add_argument(
        "--finished-jobs",
        type=int,
        default=50_000,
        help="the same for finished jobs, for the bench of accounting-jobs (default 50000)",
    )
    _add_options_of_the_whole(parser)
    options = parser.parse_args()
    if options.name is None:
        whole.run(_settings(options))
        return
    if options.name == SMALL:
        accounting.run(options.rounds)
        return
    least = records.Least(options.jobs, options.associations, options.finished_jobs)
    records.run(BENCHES[options.name], options.rounds, least)


def _add_options_of_the_whole(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("of the whole")
    group.add_argument("--quick", action="store_true", help="little of everything: five minutes")
    group.add_argument("--seconds", type=int, default=2, help="of each run under load (default 2)")
    group.add_argument(
        "--soak",
        type=float,
        default=1200.0,
        metavar="SECONDS",
        help="of mixed load while memory is watched (default 1200; 3600 is an hour)",
    )
    group.add_argument(
        "--only",
        action="append",
        default=[],
        choices=list(whole.PARTS),
        help="a part; may be repeated",
    )
    group.add_argument(
        "--case",
        action="append",
        default=[],
        choices=[case.name for case in (*cases.READS, *cases.WRITES)],
        metavar="NAME",
        help="of what is put under load; may be repeated: ping, job/{id}, submit, ...",
    )
    group.add_argument(
        "--output", type=Path, default=Path("bench-report"), help="where the report goes"
    )


def _settings(options: argparse.Namespace) -> whole.Settings:
    return whole.Settings(
        rounds=options.rounds,
        seconds=1 if options.quick else options.seconds,
        soak_seconds=min(options.soak, 30.0) if options.quick else options.soak,
        quick=options.quick,
        only=frozenset(options.only),
        cases=frozenset(options.case),
        output=options.output,
    )


if __name__ == "__main__":
    main()
