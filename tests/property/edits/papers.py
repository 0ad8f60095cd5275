"""Edits of what reports, documents and pages say beside their tables."""

from random import Random

from gxsite.base.diagnostic import Diagnostic
from tests.property import heads
from tests.property.figures import lines_of
from tests.property.portal import link, sentence
from tests.property.world import DOCUMENT, PAGE, REPORT, World
from tests.relations.portal import FORMS

PAPER = f"{REPORT}|{DOCUMENT}|{PAGE}"
DATED = f"{REPORT}|{DOCUMENT}"
CARD = ("summary", "genre", "keywords", "document_number", "created", "issuer", "extra", "sumary")


class NothingToEdit(Exception):
    """There is no source of the kind that an edit is for."""


def pick(rng: Random, world: World, pattern: str) -> str:
    """The path of a source that fits a pattern."""
    paths = world.paths(pattern)
    if not paths:
        raise NothingToEdit
    return rng.choice(paths)


def change(world: World, path: str, key: str, value: object) -> str:
    """Set a key of a file, or drop it if the value is None; what was done."""
    text = world.read(path)
    world.write(path, heads.drop(text, key) if value is None else heads.put(text, key, value))
    return f"{path}: {key}: {value if value is not None else '(dropped)'}"


def body(rng: Random, world: World) -> str:
    """A paragraph added, replaced or removed."""
    path = pick(rng, world, PAPER)
    text = world.read(path)
    parts = heads.body_of(text).strip("\n").split("\n\n")
    at, what = rng.randrange(len(parts)), rng.choice(["added", "replaced", "removed", "heading"])
    if what in ("added", "heading"):
        parts.insert(at, f"{'### ' if what == 'heading' else ''}{sentence(rng)}")
    elif what == "replaced":
        parts[at] = sentence(rng)
    else:
        del parts[at]
    world.write(path, heads.with_body(text, "\n\n".join(parts) + "\n"))
    return f"{path}: paragraph {at} {what}"


def body_quote(rng: Random, world: World) -> str:
    """A quotation of a row, which may have columns, be blank or unknown: then it is an error."""
    path = pick(rng, world, REPORT)
    text = world.read(path)
    rows = [text.split("\n")[i].split(":")[0].strip() for i in lines_of(text)]
    cell = rng.choice(rows) if rows and rng.random() < 0.9 else "nothing.of.this"
    world.write(path, heads.with_body(text, f"{heads.body_of(text)}\n共{{{{ {cell} }}}}。\n"))
    return f"{path}: quotes {cell}"


def body_link(rng: Random, world: World) -> str:
    """A link to another file, to a heading in it, or to nothing."""
    path = pick(rng, world, PAPER)
    dead = "content/aa/2099.md" if rng.random() < 0.1 else ""
    said = link(rng, world, path, dead)
    text = world.read(path)
    world.write(path, heads.with_body(text, f"{heads.body_of(text)}\n{said}\n"))
    return f"{path}: links {said}"


def body_anchor(rng: Random, world: World) -> str:
    """A heading that can be led to, one less, or a link to such a place in some file, whether it is there or not."""
    path = pick(rng, world, PAPER)
    text = world.read(path)
    body, what = heads.body_of(text), rng.choice(["added", "removed", "linked", "linked here"])
    if what == "added":
        body += "\n### 处所 {#here}\n"
    elif what == "removed":
        body = body.replace(" {#here}", "")
    elif what == "linked":
        body += f"\n{link(rng, world, path, pick(rng, world, PAPER), '#here')}\n"
    else:
        body += "\n见[下文](#here)。\n"
    world.write(path, heads.with_body(text, body))
    return f"{path}: a place {what}"


def title(rng: Random, world: World) -> str:
    """Another title, or none."""
    return change(world, pick(rng, world, PAPER), "title", sentence(rng) if rng.random() < 0.95 else None)


def published(rng: Random, world: World) -> str:
    """Another date of publication: early, late, with a time, none, or nonsense."""
    path = pick(rng, world, DATED)
    day = f"{rng.randint(2013, 2024)}-0{rng.randint(1, 9)}-{rng.randint(10, 28)}"
    value = rng.choice([day, day, f"{day} 09:30", f"{day} 23:59:59", None, "去年"])
    return change(world, path, "published", value)


def signed_or_filed(rng: Random, world: World) -> str:
    """Another date of signing or filing."""
    path, key = pick(rng, world, REPORT), rng.choice(["signed", "filed"])
    return change(world, path, key, rng.choice([f"{rng.randint(2013, 2024)}-01-{rng.randint(10, 28)}", None]))


def card(rng: Random, world: World) -> str:
    """A field of the record card added, changed or dropped; rarely one that does not exist."""
    path = pick(rng, world, DATED)
    fields = heads.get(world.read(path), "card") or {}
    key = rng.choices(CARD, [9] * (len(CARD) - 1) + [1])[0]
    if key in fields and rng.random() < 0.4:
        del fields[key]
    else:
        values: dict[str, object] = {"extra": {"移交部门": sentence(rng)}, "created": f"2018-02-{rng.randint(10, 28)}"}
        fields[key] = values.get(key, [sentence(rng), sentence(rng)] if key == "keywords" else sentence(rng))
    return change(world, path, "card", fields)


def index_number(rng: Random, world: World) -> str:
    """Another index number: a new one, that of another paper, or none."""
    path, other = pick(rng, world, DATED), pick(rng, world, DATED)
    fields = heads.get(world.read(path), "card") or {}
    theirs = (heads.get(world.read(other), "card") or {}).get("index_number", "")
    fields["index_number"] = rng.choice([f"{rng.randrange(10**8):09}", theirs, ""])
    return change(world, path, "card", fields)


def scope(rng: Random, world: World) -> str:
    """Another scope."""
    return change(world, pick(rng, world, REPORT), "scope", rng.choice(["own", "consolidated", None]))


def withdrawn(rng: Random, world: World) -> str:
    """A withdrawal made or taken back."""
    path = pick(rng, world, DATED)
    there = heads.get(world.read(path), "withdrawn")
    return change(world, path, "withdrawn", None if there else {"date": "2023-05-06", "reason": sentence(rng)})


def correction(rng: Random, world: World) -> str:
    """A notice of correction added, or all dropped."""
    path = pick(rng, world, DATED)
    notices = heads.get(world.read(path), "corrections") or []
    if notices and rng.random() < 0.4:
        return change(world, path, "corrections", None)
    day = f"2023-0{rng.randint(1, 9)}-06"
    return change(world, path, "corrections", [*notices, {"date": day, "from": 1, "to": 2, "reason": sentence(rng)}])


def sign_off(rng: Random, world: World) -> str:
    """Who signed."""
    path = pick(rng, world, REPORT)
    return change(world, path, "sign_off", rng.choice([{"date": "2019-01-02", "office": sentence(rng)}, None]))


def waiver(rng: Random, world: World) -> str:
    """A waiver of what the last build found, one of nothing, or all dropped."""
    path = pick(rng, world, REPORT)
    waivers = heads.get(world.read(path), "waivers") or []
    if waivers and rng.random() < 0.3:
        return change(world, path, "waivers", None)
    here = [d for d in world.found if d.place.path == path and d.expect]
    entry = _waiver_of(rng.choice(here)) if here else {"check": "GX403", "expect": "1 < 2"}
    return change(world, path, "waivers", [*waivers, {**entry, "reason": sentence(rng)}])


def _waiver_of(found: Diagnostic) -> dict[str, str]:
    return {"check": found.relation or found.code, "expect": found.expect or ""}


def form(rng: Random, world: World) -> str:
    """A report on another form, or on one that does not exist."""
    path = pick(rng, world, REPORT)
    return change(world, path, "form", rng.choice([*sorted(FORMS.forms), "local-2014", "cn-2077"]))


def own_row(rng: Random, world: World) -> str:
    """A row of the report's own, where its form allows that."""
    path = pick(rng, world, REPORT)
    text = world.read(path)
    if heads.get(text, "form") not in ("local-2014", "cn-narrative") or "x.own" in text:
        return ""
    text = heads.put(text, "indicators", [{"id": "x.own", "label": sentence(rng), "unit": "万元", "type": "decimal"}])
    world.write(path, text.replace("\ntable:\n", f"\ntable:\n  x.own: {rng.randint(1, 99)}.5\n", 1))
    return f"{path}: a row of its own"


def page(rng: Random, world: World) -> str:
    """The place of a page among the others, or what is said of it."""
    path = pick(rng, world, PAGE)
    key = rng.choice(["order", "description"])
    return change(world, path, key, str(rng.randint(1, 9)) if key == "order" else sentence(rng))


def broken(rng: Random, world: World) -> str:
    """A file that can no longer be read as it should."""
    path = pick(rng, world, rf"{PAPER}|content/.+\.yaml|gxsite\.yaml|themes/plain/theme\.yaml")
    text = world.read(path)
    line = rng.choice(["title: [", "name: a\nname: b", "\tx: 1", "x: *anchor", "unknwon: 1", "- 1"])
    fence = "---\n" if text.startswith("---\n") else ""
    world.write(path, f"{fence}{line}\n{text.removeprefix(fence)}")
    return f"{path}: begins with {line!r}"


def encoding(rng: Random, world: World) -> str:
    """The same words with other line ends, a byte order mark, or without the last line end."""
    path = pick(rng, world, rf"{PAPER}|content/[^/]+/agency\.yaml")
    data = (world.root / path).read_bytes()
    crlf = b"\r\n" in data
    how = rng.choice(["line ends", "mark", "end", "gb18030"] if rng.random() < 0.3 else ["line ends", "mark", "end"])
    if how == "line ends":
        data = data.replace(b"\r\n", b"\n") if crlf else data.replace(b"\n", b"\r\n")
    elif how == "mark":
        data = data.removeprefix(b"\xef\xbb\xbf") if data.startswith(b"\xef") else b"\xef\xbb\xbf" + data
    elif how == "end":
        data = data.rstrip(b"\r\n") if data.endswith(b"\n") else data + b"\n"
    else:
        data = data.decode("utf-8", "replace").encode("gb18030")
    world.write(path, data)
    return f"{path}: another encoding ({how})"


EDITS = (
    body, body_quote, body_link, body_anchor, title, published, signed_or_filed, card, index_number, scope, withdrawn,
    correction, sign_off, waiver, form, own_row, page, broken, encoding,
)  # fmt: skip
