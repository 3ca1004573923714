# SPDX-License-Identifier: GPL-2.0-or-later
"""Large answers and memory: charts and tables."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from bench.report.charts import Axis, Series, line_chart

MIB = 1 << 20
ABOUT = (
    "Time from the request to the last byte over the number of records, both axes logarithmic: "
    "a straight line is time in proportion. The floor is the bare RPC from Python, freed again. "
    "The original is started anew for each measurement, since it keeps what it answered, and "
    "ended where it takes half of the memory that the machine has left: then it would have "
    "taken longer than the time that is shown."
)
ABOUT_MEMORY = (
    "All processes of a server together (PSS: what they share counts once), under a mixed load "
    "by eight clients. The original ends where it reaches the memory limit of the bench."
)
STYLES = {
    "original, as shipped": "original",
    "original, fastest": "original dash",
    "ours, as shipped": "ours",
    "ours, same setting": "ours dash",
}


def _rows(results: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*results.get("jobs", ()), *results.get("nodes", ())]


def charts(results: Mapping[str, Any]) -> list[str]:
    """A chart for each kind of large answer that was measured at several sizes."""
    made = []
    for title in dict.fromkeys(row["title"] for row in _rows(results)):
        found = [row for row in _rows(results) if row["title"] == title]
        series = [
            Series(
                name,
                style,
                [(row["records"], row["contenders"][name]["seconds"]) for row in found],
            )
            for name, style in STYLES.items()
        ]
        floor = [(row["records"], row["bare_seconds"]) for row in found]
        series.append(Series("the bare RPC", "floor", floor))
        if len(found) > 1:
            made.append(
                line_chart(
                    title,
                    series,
                    Axis("records", log=True, text=_count),
                    Axis("seconds", log=True, text=_seconds),
                    width=520,
                    height=330,
                )
            )
    return [f'<div class="charts two">{"".join(made)}</div>'] if made else []


def _count(value: float) -> str:
    return f"{value / 1000:g}k" if value >= 1000 else f"{value:g}"


def _seconds(value: float) -> str:
    return f"{value * 1000:g} ms" if value < 1 else f"{value:g} s"


def memory(results: Mapping[str, Any]) -> list[str]:
    """Memory over time, at rest, and in a burst."""
    parts = []
    soak = results.get("soak")
    if soak:
        series = [
            Series(side, side, [(at / 60, size / MIB) for at, size in one["samples"]], dots=False)
            for side, one in soak.items()
        ]
        chart = line_chart(
            "memory over time",
            series,
            Axis("minutes"),
            Axis("MiB", log=True, text=lambda value: f"{value:,.0f}"),
            width=1060,
            height=300,
        )
        parts.append(f'<div class="wide">{chart}</div>')
        parts += [_soak(side, one) for side, one in soak.items()]
    for side, one in results.get("rest", {}).items():
        parts.append(
            f"<p>{side.capitalize()} at rest: {one['fresh_bytes'] / MIB:.0f} MiB when just "
            f"started, {one['used_bytes'] / MIB:.0f} MiB after two rounds of answers.</p>"
        )
    if burst := results.get("burst"):
        parts.append(
            f"<p>{burst['clients']} clients that ask for {burst['jobs']:,} jobs at once: ours had "
            f"{burst['peak_bytes'] / MIB:,.0f} MiB at most, {burst['answered']} of them got their "
            f"answer of {burst['body_bytes'] / MIB:.0f} MiB, and {burst['rest_bytes'] / MIB:.0f} "
            "MiB were left a moment later.</p>"
        )
    return parts


def _soak(side: str, one: Mapping[str, Any]) -> str:
    grown = one["growth"]
    change = "too short to say how it grows" if grown is None else f"{grown:+.1%} after the warm-up"
    ended = f"; ended {one['ended']}" if one["ended"] else ""
    last = one["samples"][-1]
    return (
        f"<p>{side.capitalize()}: {one['requests']:,} requests in {last[0] / 60:.1f} minutes, "
        f"{last[1] / MIB:,.0f} MiB at the end, {change}{ended}.</p>"
    )


def tables(results: Mapping[str, Any]) -> list[str]:
    """Every row."""
    if not _rows(results):
        return []
    head = (
        "<tr><th>what</th><th>records</th><th></th><th>time</th><th>first byte</th><th>body</th>"
        "<th>memory</th><th>ratio</th></tr>"
    )
    body = "".join(_table_rows(row) for row in _rows(results))
    return [
        "<details open><summary>Large answers</summary>"
        f'<div class="scroll"><table>{head}{body}</table></div></details>'
    ]


def _table_rows(row: Mapping[str, Any]) -> str:
    what = escape(row["title"])
    if "what" in row:
        what = f'<span title="{escape(row["what"])}">{what}</span>'
    start = f"<td>{what}</td><td>{row['records']:,}</td>"
    lines = [
        f"<tr>{start}<td>the bare RPC</td><td>{row['bare_seconds'] * 1000:,.0f} ms</td>"
        "<td></td><td></td><td></td><td></td></tr>"
    ]
    for name, one in row["contenders"].items():
        found = row["ratios"].get(name)
        style = "good" if found and found >= 1.0 else "bad"
        shown = f'<span class="{style}">{found:.1f} x</span>' if found else ""
        more = "&gt; " if one["ended_at_bytes"] else ""
        end = f" (ended at {one['ended_at_bytes'] >> 30} GiB)" if more else ""
        lines.append(
            f"<tr>{start}<td>{escape(name)}{end}</td><td>{more}{one['seconds'] * 1000:,.0f} ms</td>"
            f"<td>{one['first_byte_seconds'] * 1000:,.0f} ms</td>"
            f"<td>{one['body_bytes'] / MIB:.1f} MiB</td>"
            f"<td>{one['grown_bytes'] / MIB:,.0f} MiB</td><td>{shown}</td></tr>"
        )
    return "".join(lines)
