"""Links that leave the site say so in words, so that whoever listens to a page knows it as well as who looks at it.

The words stand in the page, not in a style sheet: with any theme, and without one, they are there. The default theme
shows an arrow in their place.
"""

from __future__ import annotations

import re

WORDS = '<span class="leaves">（站外链接）</span>'
_ATTRIBUTE = ' [a-z]+="[^"]*"'
_LINK = re.compile(
    rf'<a(?:{_ATTRIBUTE})*? href="(?i:https?):[/\\]*([^"/\\?#]*)[^"]*"(?:{_ATTRIBUTE})*>.*?(?=</a>)', re.S
)


def announced(safe: str, domain: str) -> str:
    """Sanitised HTML with the words at the end of every link to another site than that of a domain."""
    own = _bare(domain)
    return _LINK.sub(lambda link: link[0] if _bare(link[1]) == own else link[0] + WORDS, safe)


def _bare(host: str) -> str:
    return host.lower().removeprefix("www.")
