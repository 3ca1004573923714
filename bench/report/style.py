# SPDX-License-Identifier: GPL-2.0-or-later
"""How the report looks."""

STYLE = """
:root { --ours: #0b7285; --original: #d9480f; --floor: #868e96; --ink: #212529; --soft: #5c636a;
  --line: #e3e7ea; --paper: #ffffff; --back: #f4f6f8; --good: #2b8a3e; --bad: #c92a2a; }
@media (prefers-color-scheme: dark) { :root { --ours: #3bc9db; --original: #ff922b;
  --floor: #adb5bd; --ink: #e9ecef; --soft: #a7afb6; --line: #343a40; --paper: #1f2326;
  --back: #15181a; --good: #69db7c; --bad: #ff8787; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
main { max-width: 1140px; margin: 0 auto; padding: 28px 20px 60px; }
h1 { font-size: 27px; margin: 0 0 6px; letter-spacing: -.01em; }
h2 { font-size: 19px; margin: 0 0 8px; }
p { margin: 0 0 12px; max-width: 78ch; color: var(--soft); }
.about { font-size: 13px; max-width: none; }
code { font-size: .93em; }
section { background: var(--paper); border: 1px solid var(--line); border-radius: 10px;
  padding: 18px 20px; margin: 18px 0; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(165px, 1fr)); gap: 12px;
  margin: 18px 0; }
.card { background: var(--paper); border: 1px solid var(--line); border-radius: 10px;
  padding: 12px 16px; }
.card b { display: block; font-size: 27px; line-height: 1.15; color: var(--ours); }
.card span { font-size: 13px; color: var(--soft); }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(330px, 1fr)); gap: 12px; }
.charts.two { grid-template-columns: repeat(auto-fill, minmax(480px, 1fr)); }
.charts svg, .wide svg { width: 100%; height: auto; display: block; }
.legend { display: flex; gap: 22px; flex-wrap: wrap; font-size: 13px; color: var(--soft); }
.legend i { display: inline-block; width: 22px; height: 0; border-top: 3px solid; margin-right: 7px;
  vertical-align: middle; }
.legend .dash { border-top-style: dashed; }
i.ours { border-color: var(--ours); } i.original { border-color: var(--original); }
i.floor { border-color: var(--floor); }
svg text { fill: var(--soft); font: 11px system-ui, "DejaVu Sans", sans-serif; }
svg .title { fill: var(--ink); font-size: 13px; font-weight: 600; }
svg .name { fill: var(--ink); font-size: 12px; }
svg .grid { stroke: var(--line); } svg .axis { stroke: var(--soft); }
svg .line { fill: none; stroke-width: 2.2; stroke-linejoin: round; }
svg .dot { stroke: var(--paper); stroke-width: 1; }
svg .line.ours { stroke: var(--ours); } svg .line.original { stroke: var(--original); }
svg .line.floor { stroke: var(--floor); }
svg .dot.ours, svg .bar.ours { fill: var(--ours); }
svg .dot.original, svg .bar.original { fill: var(--original); }
svg .dot.floor, svg .bar.floor { fill: var(--floor); }
svg .bar.faint { opacity: .42; } svg .dash { stroke-dasharray: 5 4; }
table { border-collapse: collapse; width: 100%; font-size: 13px;
  font-variant-numeric: tabular-nums; }
th { text-align: right; color: var(--soft); font-weight: 500; }
td { text-align: right; }
th:first-child, td:first-child { text-align: left; }
th, td { padding: 4px 8px; border-bottom: 1px solid var(--line); white-space: nowrap; }
td.reason { text-align: left; color: var(--soft); white-space: normal; }
.scroll { overflow-x: auto; }
.good { color: var(--good); font-weight: 600; } .bad { color: var(--bad); font-weight: 600; }
details { margin: 8px 0; } summary { cursor: pointer; padding: 4px 0; }
li { color: var(--soft); font-size: 14px; }
"""
