# SPDX-License-Identifier: GPL-2.0-or-later
"""Small answers: rate over connections, latencies, cost, and the tables of all of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from bench.cases import READS, WRITES
from bench.loads import SIDES, cost_ratio, ratio
from bench.report.charts import Axis, Bar, Series, bar_chart, line_chart

Row = Mapping[str, Any]
LATENCY_AT = 64

LEGEND = (
    '<div class="legend"><span><i class="original"></i>original slurmrestd</span>'
    '<span><i class="ours"></i>ours</span>'
    '<span><i class="floor"></i>the bare RPC, or the part of slurmctld</span>'
    "<span>dashed: the fastest setting of each, or a connection for each request</span></div>"
)
ABOUT = (
    "Answers a second over the number of connections, which are kept open or, dashed, are each "
    "for one request, and how long they took. Every request is the same and comes from the same "
    "user; both servers have places for all of them, and the controller is busy with both sides "
    "in the same way. A case is shown only if both gave the same answer, and none of its answers "
    "was an error."
)
ABOUT_COST = (
    "Processor time for one answer at 8 connections: the server's, and in the paler part "
    "slurmctld's. It tells more than the rate where the machine is busy with other things."
)


ORDER = [case.name for case in (*READS, *WRITES)]


def rows(results: Mapping[str, Any]) -> list[Row]:
    """Reads and writes, also where some were measured anew."""
    found = [*results.get("reads", ()), *results.get("writes", ())]
    return sorted(found, key=lambda row: ORDER.index(row["case"]))


def _reported(
    results: Mapping[str, Any], side: str, case: str, *, keep_alive: bool = True
) -> Iterable[Row]:
    for row in rows(results):
        if (row["case"], row["keep_alive"]) == (case, keep_alive) and "rate" in row.get(side, ()):
            yield row


def _names(results: Mapping[str, Any]) -> list[str]:
    return list(dict.fromkeys(row["case"] for row in rows(results)))


def charts(results: Mapping[str, Any]) -> list[str]:
    """Two charts for each case."""
    rates, latencies = [], []
    for case in _names(results):
        series, times = [], []
        for side in SIDES:
            found = list(_reported(results, side, case))
            series.append(Series(side, side, _rates(found, side)))
            anew = _reported(results, side, case, keep_alive=False)
            series.append(Series(f"{side}, each anew", f"{side} dash", _rates(anew, side)))
            times += [
                Series(side, side, _percentiles(row[side]["latency_us"]))
                for row in found
                if row["connections"] == LATENCY_AT
            ]
        floor = _rates(_reported(results, "bare", case), "bare")
        series.append(Series("the bare RPC", "floor", floor))
        rates.append(
            line_chart(
                case,
                series,
                Axis("connections", log=True, ticks=(1, 8, 64, 256)),
                Axis("answers a second", text=_thousands),
            )
        )
        latencies.append(_latencies(case, times))
    return [
        f'<div class="charts">{"".join(rates)}</div>',
        f"<h2>Latency at {LATENCY_AT} connections</h2>" if any(latencies) else "",
        f'<div class="charts">{"".join(latencies)}</div>' if any(latencies) else "",
    ]


def _rates(found: Iterable[Row], side: str) -> list[tuple[float, float]]:
    return [(row["connections"], row[side]["rate"]) for row in found]


def _percentiles(found: Mapping[str, float]) -> list[tuple[float, float]]:
    """Over how many of the slower ones there are: 99.9 is as far from 99 as 99 from 90."""
    return [(100.0 / (100.0 - float(p)), max(us, 1) / 1000) for p, us in found.items()]


def _latencies(case: str, series: list[Series]) -> str:
    names = {2.0: "50", 4.0: "75", 10.0: "90", 100.0: "99", 1000.0: "99.9"}
    return line_chart(
        case,
        series,
        Axis("percentile", log=True, ticks=tuple(names), text=lambda v: names.get(round(v), "")),
        Axis("milliseconds", log=True, text=lambda value: f"{value:g}"),
    )


def _thousands(value: float) -> str:
    return f"{value / 1000:g}k" if value >= 1000 else f"{value:g}"


def cost(results: Mapping[str, Any]) -> list[str]:
    """Bars of processor time."""
    groups = []
    for case in _names(results):
        bars = []
        for side in SIDES:
            for row in _reported(results, side, case):
                if row["connections"] == 8:
                    one = row[side]
                    parts = [
                        (one["server_cpu_us"], side),
                        (one["controller_cpu_us"], f"{side} faint"),
                    ]
                    bars.append(Bar(side, parts))
        groups.append((case, bars))
    return [f'<div class="wide">{bar_chart("microseconds for one answer", groups, "µs")}</div>']


def tables(results: Mapping[str, Any]) -> list[str]:
    """Every row."""
    found = rows(results)
    if not found:
        return []
    head = (
        "<tr><th>case</th><th>connections</th><th>original /s</th><th>ours /s</th><th>ratio</th>"
        "<th>ratio of processor time</th>"
        "<th>p50 ms</th><th>ours</th><th>p99 ms</th><th>ours</th><th>MiB</th><th>ours</th></tr>"
    )
    body = "".join(map(_table_row, found))
    return [
        "<details open><summary>Small answers</summary>"
        f'<div class="scroll"><table>{head}{body}</table></div></details>'
    ]


def _table_row(row: Row) -> str:
    kept = "" if row["keep_alive"] else ", closed each time"
    start = f"<td>{escape(row['case'])}</td><td>{row['connections']}{kept}</td>"
    if "refused" in row:
        return f'<tr>{start}<td class="reason" colspan="10">{escape(row["refused"])}</td></tr>'
    rates = [
        f"{row[side]['rate']:,.0f}" if "rate" in row[side] else escape(row[side]["refused"])
        for side in SIDES
    ]
    cells = [*rates, _ratio(ratio(row)), _ratio(cost_ratio(row))]
    cells += [_milliseconds(row[side], "50") for side in SIDES]
    cells += [_milliseconds(row[side], "99") for side in SIDES]
    cells += [f"{row[side].get('memory_bytes', 0) / (1 << 20):,.0f}" for side in SIDES]
    return f"<tr>{start}{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _ratio(found: float | None) -> str:
    if found is None:
        return ""
    style = "good" if found >= 1.0 else "bad"
    return f'<span class="{style}">{found:.2f} x</span>'


def _milliseconds(one: Row, percentile: str) -> str:
    return f"{one['latency_us'][percentile] / 1000:.1f}" if "rate" in one else ""
