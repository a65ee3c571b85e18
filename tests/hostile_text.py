"""Text as spam might write it to break a page that shows it."""

from __future__ import annotations

TEXTS = {
    "script": "<script>window.pwned = 1</script><img src=x onerror='window.pwned = 2'>",
    "tags": "</td></table></div></pre><h1 id='pwned'>Owned</h1><iframe src='http://evil.example/'></iframe>",
    "attribute": "\" autofocus onfocus='window.pwned = 3' x=\"' onmouseover='window.pwned = 4'",
    "style": "<style>body{display:none}</style><link rel=stylesheet href=http://evil.example/x.css>",
    "markdown": "[click](http://evil.example/) ![x](http://evil.example/x.png) **bold** # title | a | b | `code`",
    "shortcodes": ":red[boo] :material/delete: :smile: $\\frac{1}{2}$ :blue-badge[x] $$x^2$$",
    "links": "http://evil.example/a?b=1 https://evil.example www.evil.example victim@evil.example 192.0.2.77",
    "javascript": "javascript:alert(1) data:text/html,<script>alert(1)</script>",
    "template": "{{7*7}} ${7*7} #{7*7} <%= 7*7 %> datum.x",
    "sql": "'; DROP TABLE dim_campaign; -- $id %s ?",
    "formula": '=HYPERLINK("http://evil.example","x")',
    "direction": "abc \u202egnp.exe\u202c \u2066x\u2069 \u200fright \u061c left",
    "control": "\x00\x07\x1b[31mred\x1b[0m\r\nnew line\u2028next\u0085",
    "invisible": "in\u200bvis\u00adible\ufeff \U000e0041\ue000",
    "word": "a" * 10_000,
    "marks": "Z" + "\u0336\u0321\u0322" * 2_000,
    "emoji": "\U0001f389\U0001f4a9" * 1_000,
    "hebrew": "\u05e7\u05e0\u05d4 \u05e2\u05db\u05e9\u05d9\u05d5 100% \u05d1\u05d7\u05d9\u05e0\u05dd",
}
