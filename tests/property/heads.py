"""Reading and changing single keys of a source file, whose values stand on one line each, nested ones as JSON.

Nothing is parsed as YAML: what an edit leaves behind, right or wrong, is for the program to judge.
"""

import json
import re
from typing import Any


def get(text: str, key: str) -> Any:
    """The value of a key: a text, what its JSON says, or None where there is none that can be read."""
    match = re.search(rf"^{re.escape(key)}:[ ]*(.*)$", _head(text), re.M)
    if match is None:
        return None
    value = match[1].strip()
    if not value.startswith(("{", "[", '"')):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return None


def put(text: str, key: str, value: object) -> str:
    """The text with a key set; a new one stands before ``table:``, or at the end of the head."""
    line = f"{key}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}"
    head = _head(text)
    rest = text[len(head) :]
    pattern = rf"^{re.escape(key)}:.*$"
    if re.search(pattern, head, re.M):
        return re.sub(pattern, lambda _: line, head, count=1, flags=re.M) + rest
    at = head.find("\ntable:\n") + 1 or len(head)
    return f"{head[:at]}{line}\n{head[at:]}{rest}"


def drop(text: str, key: str) -> str:
    """The text without a key."""
    head = _head(text)
    return re.sub(rf"^{re.escape(key)}:.*\n", "", head, count=1, flags=re.M) + text[len(head) :]


def body_of(text: str) -> str:
    """What follows the front matter."""
    return text[len(_head(text)) :].removeprefix("---\n")


def with_body(text: str, body: str) -> str:
    """The text with another body."""
    return f"{_head(text)}---\n{body}"


def _head(text: str) -> str:
    """The front matter with its first fence and without its last; the whole of a file that has none."""
    end = text.find("\n---\n", 3) if text.startswith("---\n") else -1
    return text[: end + 1] if end >= 0 else text
