"""The look of a report page: NHS colours, Arial, contrast of at least 4.5 to 1 on screen and on paper."""

from __future__ import annotations

STYLE = """
body { margin: 0; font-family: Arial, sans-serif; font-size: 1rem; line-height: 1.45; }
body { color: #212b32; background: #ffffff; }
main { padding: 1rem 1.5rem 3rem; }
h1, h2 { font-family: Arial, sans-serif; color: #003087; line-height: 1.2; }
h1 { font-size: 2rem; margin: 0.5rem 0; }
h2 { font-size: 1.5rem; margin: 2rem 0 0.5rem; }
.summary { font-size: 1.25rem; margin: 0.5rem 0; }
a { color: #005eb8; }
a:focus-visible { outline: 3px solid #003087; outline-offset: 2px; }
nav ul { padding: 0; list-style: none; }
nav li { display: inline-block; margin-right: 1.5rem; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; color: #425563; padding: 0 0 0.5rem; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.6rem; border-bottom: 1px solid #768692; }
td, tbody th { overflow-wrap: anywhere; min-width: 4em; }
tbody th { font-weight: normal; }
thead th { background: #005eb8; color: #ffffff; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.failed > :first-child { border-left: 8px solid #b30f0f; }
.kept > :first-child { border-left: 8px double #425563; }
.failed > * { background: #fbe3e0; }
.kept > * { background: #fff3cc; }
.failed strong::before { content: "! "; }
td ul { margin: 0; padding-left: 1.1em; }
.lines { white-space: pre-line; }
@page { size: A4 landscape; margin: 12mm; }
@media print {
  body { font-size: 9pt; line-height: 1.3; }
  th, td { padding: 0.3rem 0.5rem; }
  main { padding: 0; }
  nav { display: none; }
  thead { display: table-header-group; }
  thead th, .failed > *, .kept > * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  tr { break-inside: avoid; }
  h2 { break-after: avoid; }
}
"""
