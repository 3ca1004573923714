# SPDX-License-Identifier: GPL-2.0-or-later
"""The benches by name."""

from __future__ import annotations

import argparse

from bench import records

BENCHES = {"jobs": records.JOBS, "nodes": records.NODES, "shares": records.SHARES}


def main() -> None:
    """Run the bench that the command line names."""
    parser = argparse.ArgumentParser(
        prog="bench",
        description="Ours beside the original slurmrestd and the bare RPC, in turns, medians.",
    )
    parser.add_argument("name", choices=sorted(BENCHES), help="what is asked for")
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
        help="the same for associations, for the bench of shares (default 12300)",
    )
    options = parser.parse_args()
    least = records.Least(options.jobs, options.associations)
    records.run(BENCHES[options.name], options.rounds, least)


if __name__ == "__main__":
    main()
