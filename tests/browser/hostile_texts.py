"""Texts that somebody else may have written so that a page links, loads, runs or draws something for them.

Each holds `HOST`, where a listener waits, wherever an address is wanted. They go through every widget that reads
markdown (`every_widget.py`) and through the whole app (`test_foreign_text.py`).
"""

from typing import Final

HOST: Final = "HOST"
"""Stands for the host and the port of the listener."""

HARMLESS: Final = "Harmless"
"""A text that is nothing but a word."""
BETWEEN: Final = " · "
"""What stands between texts that are drawn in one."""

ADDRESSES: Final = (
    "http://HOST/a",
    "https://HOST/a?b=c&d=e#f",
    "HTTPS://HOST/A",
    "hTtP://evil.example/x",
    "see (https://evil.example/a_(b)), now",
    "https://evil.example.",
    "https://user:secret@evil.example/",
    "https://a_b.evil.example/x",
    "https://xn--e1afmkfd.example/",
    "https://пример.example/путь",
    "https://例え.example/",
    "http://[::1]/x",
    "http://evil",
    "http:evil.example",
    "http:/evil.example",
    "https:\\\\evil.example\\x",
    "//evil.example/x",
    "ftp://evil.example/x",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,<b>x</b>",
    "irc://evil.example/room",
    "xmpp:me@evil.example/x",
    "mailto:me@evil.example",
    "tel:+15551234",
    "view-source:https://evil.example/",
    "xhttps://evil.example/x",
    "拒絶https://evil.example/理由",
    "“https://evil.example/x”",
    "😀https://evil.example/😀",
    "-https://evil.example/-https://evil.example/",
    "https://https://evil.example/",
    "https://evil.example/\u202ecod.exe",
    "https:\u200b//evil.example/",
    "https:\u2060//evil.example/",
    "www.evil.example",
    "WWW.EVIL.EXAMPLE/X",
    "(www.evil.example)",
    "wwww.evil.example",
    "/www.evil.example",
    "www.www.www.evil.example",
    "www.evil.example@evil.example",
    "\u3000www.evil.example\u3000",
    "évil www.évil.example",
    "me@evil.example",
    "Me.And+you_2@mail.evil.example,you@evil.example",
    "_me_@evil.example",
    "/me@evil.example",
    "me@пример.example",
    "me@@evil.example",
    "me\u2060@evil.example",
    "evil.example/x",
    "evil.com",
)
"""Addresses of pages and of mail, in the ways in which markdown finds them without any mark around."""
MARKDOWN: Final = (
    "[x](https://evil.example/)",
    "[x](javascript:alert(1))",
    "[x]( <https://evil.example/> 'title' )",
    "[x][y]",
    "[y]: https://evil.example/",
    "![x](http://HOST/image.png)",
    "![x][y]",
    "[![x](http://HOST/image.png)](https://evil.example/)",
    "<https://evil.example/>",
    "<me@evil.example>",
    "](https://evil.example/) [x",
    'x](https://evil.example/ "title")',
    '" onmouseover="alert(1)',
    "\\[x\\](https://evil.example/)",
    "\\\\[x](https://evil.example/)",
    "x[^1]",
    "[^1]: a note",
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "1) item",
    "> quoted",
    "- [ ] to do",
    "    code",
    "`code`",
    "```html\n<b>x</b>\n```",
    "~~gone~~ **bold** __bold__ *a* _b_",
    "a ** b ** c",
    "***",
    "---",
    "a\n===",
    "| a | b |\n|---|---|\n| c | d |",
    "a\n\n![x](http://HOST/second.png)",
    "a\\\nb",
    "line  \nbreak",
    "ends in a backslash \\",
)
"""What markdown gives another meaning."""
HTML: Final = (
    "<img src=http://HOST/image.png onerror=alert(1)>",
    "<script>alert(1)</script>",
    "<script src=//HOST/script.js></script>",
    "<iframe src=http://HOST/frame></iframe>",
    "<style>@import 'http://HOST/style.css';</style>",
    "<a href=https://evil.example/>x</a>",
    "<svg onload=alert(1)><image href=http://HOST/image.svg /></svg>",
    "<b onmouseover=alert(1)>x</b>",
    "<!-- x --><br/><hr>",
    "<math><mi>x</mi></math>",
    "&lt;b&gt; &#58;&#47;&#47; &amp; &nbsp;",
    "https&colon;//evil.example/",
    "<meta http-equiv=refresh content=0;url=http://HOST/>",
    "<link rel=stylesheet href=http://HOST/style.css>",
    "<form action=http://HOST/><input name=x></form>",
)
"""What a browser gives another meaning."""
DIRECTIVES: Final = (
    ":red[x]",
    ":red-background[x] :blue-badge[x] :rainbow[x]",
    ':color[x]{foreground="red"}',
    ":small[x]",
    ":help[]",
    ":material/home:",
    ":material_home:",
    "x:material_home:y",
    ":streamlit:",
    "x:streamlit:y:streamlit:z",
    ":smile: :+1: :-1: :100: :heart-on-fire:",
    ":flag-us::smile:",
    "$x^2$",
    "$$x^2$$",
    "costs $5 and $6",
    "a -> b <- c <-> d -- e >= f <= g ~= h",
    "->",
    "-- --",
    ":::note\nx\n:::",
    "::leaf[x]",
    "(c) (tm) ... 1/2 10:30:15",
    "%s %(x)s {x} ${x} {{x}}",
)
"""What Streamlit's markdown gives another meaning."""
LETTERS: Final = (
    "a\u202eb\u202cc\u2066d\u2069",
    "a\u061cb\u200fc",
    "a\u00adb",
    "tag\U000e0041\U000e007f",
    "a\ufff9b\ufffac\ufffb",
    "a\x00b\x1b[31mc\x7f",
    "𝕳𝖊𝖑𝖑𝖔 e\u0301 👩\u200d👩\u200d👧 🇺🇸",
    "z" + "\u0300" * 40,
    "עברית www.evil.example עברית",
    "العربية me@evil.example",
)
"""Letters that change how others are drawn."""
HOSTILE_TEXTS: Final = ADDRESSES + MARKDOWN + HTML + DIRECTIVES + LETTERS


def hostile_texts(host: str) -> list[str]:
    """Return all of them, with the host and the port of a listener."""
    return [text.replace(HOST, host) for text in HOSTILE_TEXTS]
