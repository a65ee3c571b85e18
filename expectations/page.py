"""A plain page of HTML with its style inside: light or dark as the reader's system is, nothing loaded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

_STYLE = """
:root { color-scheme: light dark; --ink: #1c2127; --quiet: #65707c; --paper: #fff; --line: #dfe3e8; --band: #f6f7f9;
  --link: #0b5cad; --met: #1a7f4b; --warning: #a15c00; --critical: #c0262d; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4e7eb; --quiet: #98a2ad; --paper: #15181c; --line: #30363d;
  --band: #1d2126; --link: #6cb2ff; --met: #4cc38a; --warning: #f0b429; --critical: #ff6b6b; } }
body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2.5rem auto;
  max-width: 72rem; padding: 0 1.25rem; }
h1 { font-size: 1.6rem; margin: 0 0 1rem; } h1 .badge, h1 .quiet { font-size: 1rem; vertical-align: middle; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; } a { color: var(--link); } .quiet, dt { color: var(--quiet); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.25rem; margin: 0; } dd { margin: 0; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--quiet); font-weight: 600; font-size: .85rem; } tbody tr:hover { background: var(--band); }
td ul { margin: 0; padding: 0; list-style: none; font-size: .85rem; }
td:first-child { white-space: nowrap; }
code { font: .87em ui-monospace, monospace; overflow-wrap: anywhere; }
.badge { border: 1px solid; border-radius: 1rem; padding: .05rem .6rem; font-weight: 600; white-space: nowrap;
  font-size: .85rem; }
.met { color: var(--met); } .warning { color: var(--warning); } .critical { color: var(--critical); }
"""


def page(title: str, note: str, body: str) -> str:
    """A whole document; `title` is text, `note` (beside the heading) and `body` are HTML."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><h1>{escape(title)} {note}</h1>{body}</body></html>\n"
    )


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; the cells are HTML already, the header is text."""
    head = "".join(f"<th>{escape(name)}</th>" for name in header)
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table></div>'
