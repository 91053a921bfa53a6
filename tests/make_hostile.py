"""Hostile texts, and what a page looks like on which none of them does anything."""

import re

from make_web import elements

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "script in upper case": "<SCRIPT SRC=//evil.example.com/x.js></SCRIPT>",
    "image with handler": '<img src=x onerror="alert(1)">',
    "svg with handler": "<svg/onload=alert(1)>",
    "end of attribute": '" onmouseover="alert(1)',
    "end of attribute in single quotes": "' onfocus='alert(1)' autofocus='",
    "end of title": "</title><script>alert(1)</script>",
    "end of textarea": "</textarea><script>alert(1)</script>",
    "end of script": "</script><script>alert(1)</script>",
    "comment": "<!-- --><b>bold</b>",
    "style": "<style>body{display:none}</style>",
    "base": "<base href=https://evil.example.com/>",
    "refresh": '<meta http-equiv="refresh" content="0;url=https://evil.example.com">',
    "frame": "<iframe src=https://evil.example.com></iframe>",
    "form": '<form action="https://evil.example.com"><input name=form_token></form>',
    "script address": "javascript:alert(1)",
    "script address with a line end": "java\nscript:alert(1)",
    "data address": "data:text/html,<script>alert(1)</script>",
    "entities": "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#60;",
    "template": "{{ 7*7 }} {% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "template of another engine": "${7*7} #{7*7} <%= 7*7 %> {{constructor.constructor('alert(1)')()}}",
    "format": "%s %d %n {0} {name!r}",
    "sql": "'; DROP TABLE document; --",
    "sql union": "x' UNION SELECT sql FROM sqlite_master --",
    "full-text query": 'a" OR text:* NEAR(b, 2) AND NOT (',
    "like pattern": "%_%\\%",
    "null": "before\x00after",
    "controls": "\x01\x02\x08\x1b[31mred\x1b[0m\x7f",
    "right-to-left override": "invoice\u202efdp.exe",
    "isolates": "\u2066\u2067\u2068 mixed \u2069\u2069",
    "zero width": "pay\u200bpal\u2060\ufeff",
    "line separators": "one\u2028two\u2029three",
    "tags": "flag \U000e0061\U000e0062\U000e007f",
    "emoji": "👩‍👩‍👧‍👦 🇰🇿 🏴‍☠️",
    "arabic and hebrew": "رئيس الوزراء ושר החוץ",
    "combining marks": "Z" + "\u0351\u0363\u0368" * 60,
    "broken UTF-8 as read": "caf\ufffd\ufffd",
    "spreadsheet formula": '=HYPERLINK("https://evil.example.com";"click")',
    "spreadsheet command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "path": "../../../../etc/passwd",
    "windows path": "..\\..\\windows\\system32\\config",
    "header": "x\r\nSet-Cookie: stolen=1",
    "very long word": "A" * 5000,
    "many angle brackets": "<" * 500,
    "huge number": "9" * 300,
    "json": '{"kind":"event"}]}',
    "markdown": "[click](javascript:alert(1)) ![x](https://evil.example.com/x.png)",
}
assert len(HOSTILE) >= 40


def assert_inert(page: str) -> None:
    """Only our own elements: one script by file, no handlers, no frames, no addresses that run."""
    found = elements(page)
    assert found.balanced
    assert [one["src"] for tag, one in found.tags if tag == "script"] == ["/static/dragoman.js"]
    assert not {"iframe", "base", "style", "object", "embed", "img"} & {tag for tag, _ in found.tags}
    for tag, attributes in found.tags:
        assert not [name for name in attributes if name.startswith("on")], tag
        for name in ("href", "src", "action", "formaction"):
            assert not re.match(r"(?i)[\s\x00-\x20]*(javascript|data|vbscript):", attributes.get(name, ""))
    assert not [one for _, one in found.tags if "http-equiv" in one]
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\u200b\u2028]", page)
