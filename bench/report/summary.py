# SPDX-License-Identifier: GPL-2.0-or-later
"""What a reader wants first: the promises, whether they are kept, and rows for the README."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from bench.cases import CONNECTIONS
from bench.loads import ratio
from bench.report import small

MIB = 1 << 20
JOBS_RATIO, NODES_RATIO, STATES_RATIO = 60.0, 15.0, 5.0
REST_MIB, BURST_MIB, GROWTH = 120.0, 1536.0, 0.03


@dataclass(frozen=True)
class Promise:
    """Something that was to be reached, and what was."""

    what: str
    wanted: str
    found: str
    kept: bool


def promises(results: Mapping[str, Any]) -> Iterator[Promise]:
    """All that the results can tell of."""
    yield from _small(results)
    yield from _large(results)
    yield from _memory(results)


def _small(results: Mapping[str, Any]) -> Iterator[Promise]:
    for row in small.rows(results):
        found = ratio(row)
        if found is None or not row["keep_alive"] or row["case"] in ("jobs", "nodes", "jobs/state"):
            continue
        connections = row["connections"]
        at_target = connections == 8 or (connections == 64 and row["case"] != "submit")
        wanted = row["target"] if at_target else 1.0
        yield Promise(
            f"{row['case']}, {connections} connections",
            f"{wanted:g} x",
            f"{found:.2f} x",
            found >= wanted,
        )


def _large(results: Mapping[str, Any]) -> Iterator[Promise]:
    wanted_of = {
        "GET jobs": (JOBS_RATIO, 16_000),
        "GET jobs, mixed": (JOBS_RATIO, 16_000),
        "GET jobs/state": (STATES_RATIO, 1_000),
        "GET nodes": (NODES_RATIO, 5_000),
    }
    for row in [*results.get("jobs", ()), *results.get("nodes", ())]:
        wanted, least = wanted_of[row["title"]]
        if row["records"] < least:
            continue
        for name, found in row["ratios"].items():
            yield Promise(
                f"{row['title']}, {row['records']:,}, {name.partition(', ')[2]}",
                f"{wanted:g} x",
                f"{found:.1f} x",
                found >= wanted,
            )


def _memory(results: Mapping[str, Any]) -> Iterator[Promise]:
    if rest := results.get("rest"):
        size = rest["ours"]["used_bytes"] / MIB
        yield Promise(
            "memory at rest, after use", f"{REST_MIB:g} MiB", f"{size:.0f} MiB", size <= REST_MIB
        )
    if burst := results.get("burst"):
        size = burst["peak_bytes"] / MIB
        kept = size <= BURST_MIB and burst["answered"] == burst["clients"]
        what = f"{burst['clients']} clients ask for {burst['jobs']:,} jobs at once"
        yield Promise(what, "1.5 GiB", f"{size:,.0f} MiB", kept)
    grown = results.get("soak", {}).get("ours", {}).get("growth")
    if grown is not None:
        minutes = results["soak"]["ours"]["seconds"] / 60
        what = f"growth under {minutes:.0f} minutes of mixed load"
        yield Promise(what, f"{GROWTH:.0%}", f"{grown:+.1%}", grown < GROWTH)


def targets(results: Mapping[str, Any]) -> str:
    """A table of all promises."""
    rows = "".join(
        f"<tr><td>{escape(one.what)}</td><td>{escape(one.wanted)}</td>"
        f'<td class="{"good" if one.kept else "bad"}">{escape(one.found)}</td>'
        f"<td>{'kept' if one.kept else 'not kept'}</td></tr>"
        for one in promises(results)
    )
    if not rows:
        return ""
    head = "<tr><th>what</th><th>wanted</th><th>found</th><th></th></tr>"
    found = list(promises(results))
    kept = sum(one.kept for one in found)
    return (
        f"<details><summary>{kept} of {len(found)} kept</summary>"
        f"<table>{head}{rows}</table></details>"
    )


def cards(results: Mapping[str, Any]) -> str:
    """The few numbers that matter most."""
    shown = [
        f'<div class="card"><b>{escape(value)}</b><span>{escape(text)}</span></div>'
        for value, text in _headlines(results)
    ]
    return f'<div class="cards">{"".join(shown)}</div>' if shown else ""


def _headlines(results: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for row in results.get("jobs", ()):
        if row["title"] == "GET jobs":
            found = row["ratios"]["ours, as shipped"]
            yield f"{found:.0f} x", f"GET jobs, {row['records']:,} jobs, faster than the original"
    for row in small.rows(results):
        found = ratio(row)
        if found and row["case"] in ("partitions", "submit") and row["connections"] == 64:
            yield f"{found:.1f} x", f"{row['case']} at 64 connections, answers a second"
    if rest := results.get("rest"):
        size = rest["ours"]["used_bytes"] / MIB
        yield f"{size:.0f} MiB", "all processes at rest, after use"
    if burst := results.get("burst"):
        yield (
            f"{burst['peak_bytes'] / MIB:,.0f} MiB",
            f"at most, with {burst['clients']} clients asking for {burst['jobs']:,} jobs at once",
        )


def markdown(results: Mapping[str, Any]) -> str:
    """Tables for the README, with the date and the commit."""
    about = results["about"]
    lines = [
        f"Measured on {about['date']} at commit `{about['commit']}`, {about['machine']}, "
        f"medians of {about['rounds']}.",
    ]
    for keep_alive in (True, False):
        lines += ["", *_rates(results, keep_alive=keep_alive)]
    lines += ["", "| | original | ours | |", "|---|---|---|---|"]
    for row in [*results.get("jobs", ()), *results.get("nodes", ())]:
        for ours, original in (
            ("ours, as shipped", "original, as shipped"),
            ("ours, same setting", "original, fastest"),
        ):
            setting = original.partition(", ")[2]
            times = [_time(row["contenders"][name]) for name in (original, ours)]
            more = "> " if times[0].startswith(">") else ""
            lines.append(
                f"| {row['title']}, {row['records']:,}, {setting} | {times[0]} | {times[1]} "
                f"| **{more}{row['ratios'][ours]:.0f} x** |"
            )
    return "\n".join([*lines, ""])


def _rates(results: Mapping[str, Any], *, keep_alive: bool) -> Iterator[str]:
    """The table of small answers over connections that are kept, or are each for one request."""
    found = [row for row in small.rows(results) if row["keep_alive"] is keep_alive]
    how = "kept connections" if keep_alive else "a connection for each request"
    yield f"| answers a second over {how}, original / ours | {' | '.join(map(str, CONNECTIONS))} |"
    yield f"|---{'|---' * len(CONNECTIONS)}|"
    for case in dict.fromkeys(row["case"] for row in found):
        cells = {row["connections"]: _cell(row) for row in found if row["case"] == case}
        if any(cells.values()):
            yield f"| {case} | {' | '.join(cells.get(number, '') for number in CONNECTIONS)} |"


def _time(one: Mapping[str, Any]) -> str:
    """With a mark where it was ended before it answered."""
    more = "> " if one["ended_at_bytes"] else ""
    return f"{more}{one['seconds'] * 1000:,.0f} ms"


def _cell(row: Mapping[str, Any]) -> str:
    found = ratio(row)
    if found is None:
        return ""
    return f"{row['original']['rate']:,.0f} / {row['ours']['rate']:,.0f}, **{found:.1f} x**"
