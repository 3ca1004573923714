# SPDX-License-Identifier: GPL-2.0-or-later
"""Line and bar charts as SVG text; no more than the report needs."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape

LEFT, RIGHT, TOP, BOTTOM = 62, 16, 34, 40
Point = tuple[float, float]


@dataclass(frozen=True)
class Series:
    """A line: its name and class (the style sheet knows the colours), and its points."""

    name: str
    style: str
    points: Sequence[Point]
    dots: bool = True


@dataclass(frozen=True)
class Axis:
    """``ticks`` are the values that are named; without them they are chosen."""

    label: str
    log: bool = False
    text: Callable[[float], str] = lambda value: f"{value:g}"
    ticks: Sequence[float] = ()
    from_zero: bool = True


@dataclass
class _Scale:
    """From values to pixels."""

    axis: Axis
    values: Sequence[float]
    first: float
    last: float
    low: float = 0.0
    high: float = 1.0
    ticks: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        least, most = min(self.values), max(self.values)
        if self.axis.log:
            self._log(least, most)
        else:
            self._linear(0.0 if self.axis.from_zero else least, most)
        if self.axis.ticks:
            self.ticks = [tick for tick in self.axis.ticks if self.low <= tick <= self.high]

    def _log(self, least: float, most: float) -> None:
        named = bool(self.axis.ticks)
        low = least / 1.15 if named else 10 ** math.floor(math.log10(least) + 1e-9)
        high = most * 1.15 if named else 10 ** math.ceil(math.log10(most) - 1e-9)
        self.low, self.high = low, high if high > low else low * 10
        first, last = math.ceil(math.log10(self.low)), math.floor(math.log10(self.high))
        self.ticks = [10.0**n for n in range(first, last + 1)]

    def _linear(self, least: float, most: float) -> None:
        step = _round_step((most - least or 1.0) / 4)
        self.low = math.floor(least / step) * step
        self.high = math.ceil(most / step - 1e-9) * step or step
        count = round((self.high - self.low) / step)
        self.ticks = [self.low + n * step for n in range(count + 1)]

    def __call__(self, value: float) -> float:
        low, high, at = self.low, self.high, value
        if self.axis.log:
            low, high, at = math.log10(low), math.log10(high), math.log10(at)
        return self.first + (at - low) / (high - low) * (self.last - self.first)


def _round_step(rough: float) -> float:
    power: float = 10 ** math.floor(math.log10(rough))
    return next(power * n for n in (1, 2, 2.5, 5, 10) if power * n >= rough)


def line_chart(
    title: str, series: Sequence[Series], x: Axis, y: Axis, *, width: int = 340, height: int = 230
) -> str:
    """Lines over a common grid; "" where there is nothing to draw."""
    series = [one for one in series if one.points]
    if not series:
        return ""
    points = [point for one in series for point in one.points]
    to_x = _Scale(x, [point[0] for point in points], LEFT, width - RIGHT)
    to_y = _Scale(y, [point[1] for point in points], height - BOTTOM, TOP)
    lines = [_open(width, height, title)]
    lines += _grid(to_x, to_y, width, height)
    for one in series:
        lines += _line(one, to_x, to_y, x, y)
    lines.append("</svg>")
    return "\n".join(lines)


def _open(width: int, height: int, title: str) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">'
        f"<title>{escape(title)}</title>"
        f'<text class="title" x="8" y="18">{escape(title)}</text>'
    )


def _grid(to_x: _Scale, to_y: _Scale, width: int, height: int) -> list[str]:
    bottom, right = height - BOTTOM, width - RIGHT
    lines = []
    for tick in to_y.ticks:
        at = to_y(tick)
        lines.append(f'<line class="grid" x1="{LEFT}" x2="{right}" y1="{at:.1f}" y2="{at:.1f}"/>')
        lines.append(_text(LEFT - 6, at + 3.5, to_y.axis.text(tick), "tick", "end"))
    for tick in to_x.ticks:
        at = to_x(tick)
        lines.append(f'<line class="grid" x1="{at:.1f}" x2="{at:.1f}" y1="{TOP}" y2="{bottom}"/>')
        lines.append(_text(at, bottom + 14, to_x.axis.text(tick), "tick", "middle"))
    lines.append(f'<line class="axis" x1="{LEFT}" x2="{right}" y1="{bottom}" y2="{bottom}"/>')
    lines.append(_text((LEFT + right) / 2, height - 8, to_x.axis.label, "label", "middle"))
    middle = (TOP + bottom) / 2
    lines.append(
        f'<text class="label" text-anchor="middle" transform="translate(13 {middle:.0f})'
        f' rotate(-90)">{escape(to_y.axis.label)}</text>'
    )
    return lines


def _line(one: Series, to_x: _Scale, to_y: _Scale, x: Axis, y: Axis) -> list[str]:
    at = [(to_x(px), to_y(py)) for px, py in one.points]
    path = " ".join(f"{px:.1f},{py:.1f}" for px, py in at)
    lines = [f'<polyline class="line {one.style}" points="{path}"/>']
    if one.dots:
        for (px, py), (vx, vy) in zip(at, one.points, strict=True):
            hint = f"{one.name}: {y.text(vy)} at {x.text(vx)}"
            lines.append(
                f'<circle class="dot {one.style}" cx="{px:.1f}" cy="{py:.1f}" r="3.2">'
                f"<title>{escape(hint)}</title></circle>"
            )
    return lines


@dataclass(frozen=True)
class Bar:
    """A bar of several parts on top of each other: (value, class) of each."""

    label: str
    parts: Sequence[tuple[float, str]]


def bar_chart(
    title: str, groups: Sequence[tuple[str, Sequence[Bar]]], unit: str, *, width: int = 1060
) -> str:
    """Horizontal bars in groups, each with its sum behind it."""
    groups = [group for group in groups if group[1]]
    if not groups:
        return ""
    left, row, gap = 190, 15, 9
    most = max(sum(value for value, _ in bar.parts) for _, bars in groups for bar in bars)
    height = TOP + sum(len(bars) * row + gap for _, bars in groups) + 6
    scale = (width - left - 110) / (most or 1.0)
    lines = [_open(width, height, title)]
    top = float(TOP)
    for name, bars in groups:
        lines.append(_text(left - 62, top + len(bars) * row / 2 + 4, name, "name", "end"))
        for bar in bars:
            lines += _bar(bar, left, top, row=row, scale=scale, unit=unit)
            top += row
        top += gap
    lines.append("</svg>")
    return "\n".join(lines)


def _bar(bar: Bar, left: float, top: float, *, row: int, scale: float, unit: str) -> list[str]:
    lines = [_text(left - 6, top + row - 4, bar.label, "tick", "end")]
    at = left
    for value, style in bar.parts:
        size = value * scale
        lines.append(
            f'<rect class="bar {style}" x="{at:.1f}" y="{top + 1:.1f}" width="{size:.1f}"'
            f' height="{row - 2}"/>'
        )
        at += size
    whole = sum(value for value, _ in bar.parts)
    lines.append(_text(at + 5, top + row - 4, f"{whole:,.0f} {unit}", "tick", "start"))
    return lines


def _text(x: float, y: float, text: str, style: str, anchor: str) -> str:
    return (
        f'<text class="{style}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">'
        f"{escape(text)}</text>"
    )
