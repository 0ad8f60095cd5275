"""Pieces of Markdown, also broken ones, from which tests put together bodies that nobody would write."""

from random import Random

PIECES = (
    *("甲", "乙，", "。", "a", "b1", " ", "  ", "    ", "\n", "\n\n", "\n    ", "  \n", "\t", "\u3000", "\u00a0", "𠮷"),
    *("*", "**", "***", "_", "__", "`", "``", "\\", "\\*", "\\{", "~", "^", "'", '"', "!", "#", "+", ";", "=", "/"),
    *("[", "]", "(", ")", "](", "![", "[^", "[^1]", "[^1]: ", "\n[^2]: 注", "[a]: b", '"t"', "[a][甲]", "$", "\r\n"),
    *("<", ">", "<b>", "</b>", "<div>", "</div>", "<br>", "<!-- ", "-->", "<p>", "</p>", "<table>", "<td>", "<dt>"),
    *("<http://a.cn>", "<a@b.cn>", "http://x", "&", "&amp;", "&#65;", "&#x41", "&nbsp;", "<li>", "<blockquote>"),
    *("{", "}", "{: .x}", "{#id}", "{.c k=v}", "{a}", " {: #y }", "\n{: .z}", '{title="t"}', "{{", "}}", "<hr>"),
    *("|", "| a | b |\n| --- | :-: |\n| 1 | 2 |", "\n|", "---", "===", "\n---\n", "\n===\n", "# ", "## "),
    *("- ", "* ", "1. ", "2. ", "\n- ", "\n    - ", "\n1. ", "> ", "\n> ", ": ", "\n:   ", "１. ", "\x0b", "\x1c"),
    *("\n### 三 {#q}\n", '\n[甲]: x.md "t"\n', "///Footnotes Go Here///", "\x02", "\x03", "klzzwxh:0000", "\ufdd0"),
    *("\x02klzzwxh:0001\x03", "\x02wzxhzdk:0\x03", "\x02amp\x03", "</dt>"),
)
HOSTILE = (
    *("<script>", "</script>", "<SCRIPT SRC=//x>", "<style>", "</style>", "<iframe src=x>", "<svg onload=x>", "<math>"),
    *("<img src=x onerror=x>", "<a href=javascript:x>", "<a href='JaVa\tScript:x'>", "[甲](javascript:x)", "[r]"),
    *("[甲](&#106;avascript:x)", "[甲](data:text/html,x)", "<data:text/html,x>", "<javascript:x>", "![甲](vbscript:x)"),
    *("[r]: javascript:x", "[a][r]", '{onclick="x"}', "{: style=x }", "{href=javascript:x}", '{src="javascript:x"}'),
    *('{title="\'><script>x</script>"}', "<p style=x onclick=y>", '<div id="search">', "<form action=x>", "<meta>"),
    *("<input autofocus onfocus=x>", "<base href=//x>", "<textarea>", "<title>", "<noscript>", "<template>", "<xmp>"),
    *("<plaintext>", "<![CDATA[", "]]>", "<?x", "?>", "<!--", "<!x>", "&lt;script&gt;", "&#60;script&#62;"),
    *("\\<script>", "`<script>`", '"><script>', "' onclick='x", '" onclick="x', "=x>", '<a title="<script>">'),
)


def text(random: Random, pieces: tuple[str, ...] = PIECES) -> str:
    """A text of up to ninety pieces."""
    return "".join(random.choices(pieces, k=random.randint(1, random.choice((4, 12, 40, 90)))))
