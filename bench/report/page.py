# SPDX-License-Identifier: GPL-2.0-or-later
"""From results to report.html, and to the rows for the README."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from bench.report import large, small, summary
from bench.report.style import STYLE

Results = Mapping[str, Any]


def write(results: Results, folder: Path) -> None:
    """report.html and summary.md beside results.json."""
    (folder / "report.html").write_text(render(results))
    (folder / "summary.md").write_text(summary.markdown(results))


def render(results: Results) -> str:
    """The page as text."""
    about = results["about"]
    sections = [
        _section("Against what was promised", "", [summary.targets(results)]),
        _section("Small answers", small.ABOUT, small.charts(results)),
        _section("What an answer costs", small.ABOUT_COST, small.cost(results)),
        _section("Large answers", large.ABOUT, large.charts(results)),
        _section("Memory", large.ABOUT_MEMORY, large.memory(results)),
        _section("Every number", "", [*small.tables(results), *large.tables(results)]),
        _section("Notes", "", [_notes(results["notes"])]),
    ]
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>slurmrestd in Python: bench of {escape(about['date'])}</title>"
        f"<style>{STYLE}</style></head><body><main>"
        "<h1>slurmrestd in Python, beside the original</h1>"
        f"{_about(about)}{summary.cards(results)}{small.LEGEND}{''.join(sections)}"
        "</main></body></html>\n"
    )


def _about(about: Mapping[str, Any]) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    load = ", ".join(f"{value:.1f}" for value in about["load_average"])
    return (
        f'<p class="about">{escape(about["date"])}, commit <code>{escape(about["commit"])}</code>. '
        f"{escape(about['machine'])}, Linux {escape(about['kernel'])}, load average before it "
        f"{load}. {escape(about['slurm'])}; Python {escape(about['python'])}; "
        f"{escape(versions)}. Server, controller and load generator share the machine. Both "
        f"sides in turns, medians of {about['rounds']} rounds; what counts is the ratio.</p>"
    )


def _section(title: str, text: str, parts: Sequence[str]) -> str:
    shown = "".join(part for part in parts if part)
    if not shown:
        return ""
    about = f"<p>{text}</p>" if text else ""
    return f"<section><h2>{escape(title)}</h2>{about}{shown}</section>"


def _notes(notes: Sequence[str]) -> str:
    if not notes:
        return "<p>Nothing had to be started anew, and nothing was left out for errors.</p>"
    return f"<ul>{''.join(f'<li>{escape(note)}</li>' for note in notes)}</ul>"
