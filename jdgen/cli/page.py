"""A page for a browser, in the look that all of jdgen's small reports have."""

from __future__ import annotations

from html import escape

from jdgen.words import harmless

_STYLE = """
body { font: 1rem/1.5 Arial, sans-serif; color: #212b32; margin: 0 auto; max-width: 60rem; padding: 1rem; }
h1, h2 { color: #003087; }
h2 { border-bottom: 2px solid #005eb8; margin-top: 2rem; }
table { border-collapse: collapse; }
th, td { border: 1px solid #aeb7bd; padding: .3rem .6rem; text-align: left; vertical-align: top; }
th { background: #e8edee; }
del { background: #fbe3e4; color: #7c1212; }
ins { background: #dff2e1; color: #00471b; }
"""


def html_page(title: str, body: str) -> str:
    """The whole page called ``title``; ``body`` is HTML. Whoever wrote what it tells, it is shown harmless."""
    return harmless(
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n"
        f"{body}</main>\n</body>\n</html>\n"
    )
