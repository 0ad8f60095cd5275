"""Files and folders added, copied, renamed, exchanged and removed."""

import os
from pathlib import Path
from random import Random

from tests.property.edits.papers import change, pick
from tests.property.portal import agency_text, document_text, local_report, national_report, page_text, sentence
from tests.property.world import AGENCY, ATTACHMENT, DOCUMENT, PAGE, REPORT, World

YEARS = range(2010, 2024)
SLUGS = ("help", "guide", "rules", "about", "notice", "plan", "years", "aa")
STRAYS = (
    "content/readme.txt",
    "content/aa/note.txt",
    "content/Bad_Name/2018.md",
    "content/aa/二〇一八.md",
    "content/x.md",
)


def _report_path(rng: Random, world: World) -> str:
    """The path of a report that is not there yet, "" if that was not found."""
    path = f"content/{rng.choice(world.agencies())}/{rng.choice(YEARS)}.md"
    return path if world.free(path) else ""


def add_report(rng: Random, world: World) -> str:
    """A new report."""
    path = _report_path(rng, world)
    if not path:
        return ""
    agency, year = path.split("/")[1], int(Path(path).stem)
    world.write(path, (local_report if rng.random() < 0.3 else national_report)(rng, world, agency, year))
    return f"{path}: added"


def copy_report(rng: Random, world: World) -> str:
    """The bytes of a report under another name, too; in one of two cases with an index number, which then clashes."""
    old, new = pick(rng, world, REPORT), _report_path(rng, world)
    if not new:
        return ""
    if rng.random() < 0.5:
        change(world, old, "card", {"issuer": sentence(rng)})
    world.write(new, (world.root / old).read_bytes())
    return f"{old}: copied to {new}"


def move_report(rng: Random, world: World) -> str:
    """A report given to another year or agency, its attachments left behind."""
    old, new = pick(rng, world, REPORT), _report_path(rng, world)
    if not new:
        return ""
    world.move(old, new)
    return f"{old}: moved to {new}"


def exchange(rng: Random, world: World) -> str:
    """Two reports in each other's place, each with its own time."""
    paths = world.paths(REPORT)
    if len(paths) < 2:
        return ""
    one, two = rng.sample(paths, 2)
    world.move(one, "content/exchanged")
    world.move(two, one)
    world.move("content/exchanged", two)
    return f"{one}: exchanged with {two}"


def remove_report(rng: Random, world: World) -> str:
    """A report removed; what lay beside it stays."""
    return _remove(world, world.paths(REPORT), rng, 4)


def _remove(world: World, paths: list[str], rng: Random, least: int = 1) -> str:
    if len(paths) < least:
        return ""
    path = rng.choice(paths)
    world.remove(path)
    return f"{path}: removed"


def add_document(rng: Random, world: World) -> str:
    """A new document."""
    agency, slug = rng.choice(world.agencies()), rng.choice(SLUGS)
    path = f"content/{agency}/documents/{slug}.md"
    if not world.free(path):
        return ""
    world.write(path, document_text(rng, world, agency, slug))
    return f"{path}: added"


def move_document(rng: Random, world: World) -> str:
    """A document renamed, or given to another agency."""
    old, new = pick(rng, world, DOCUMENT), f"content/{rng.choice(world.agencies())}/documents/{rng.choice(SLUGS)}.md"
    if not world.free(new):
        return ""
    world.move(old, new)
    return f"{old}: moved to {new}"


def remove_document(rng: Random, world: World) -> str:
    """A document removed."""
    return _remove(world, world.paths(DOCUMENT), rng)


def add_page(rng: Random, world: World) -> str:
    """A new page, which the navigation of all others shows; its address may be taken."""
    slug = rng.choice(SLUGS)
    path = f"content/pages/{slug}.md"
    if not world.free(path):
        return ""
    world.write(path, page_text(rng, world, slug))
    return f"{path}: added"


def move_page(rng: Random, world: World) -> str:
    """A page renamed."""
    old, new = pick(rng, world, PAGE), f"content/pages/{rng.choice(SLUGS)}.md"
    if not world.free(new):
        return ""
    world.move(old, new)
    return f"{old}: moved to {new}"


def remove_page(rng: Random, world: World) -> str:
    """A page removed."""
    return _remove(world, world.paths(PAGE), rng)


def attachment(rng: Random, world: World) -> str:
    """A file beside a report added, or changed in its bytes, perhaps not in its size."""
    there = [path for path in world.paths(ATTACHMENT) if not (world.root / path).is_symlink()]
    if there and rng.random() < 0.6:
        path = rng.choice(there)
        size = (world.root / path).stat().st_size
        world.write(path, rng.randbytes(max(1, size if rng.random() < 0.5 else rng.randint(1, 60))))
        return f"{path}: other bytes"
    report = pick(rng, world, REPORT)
    path = f"{report.removesuffix('.md')}/{rng.choice(['a.pdf', '表.csv', 'sub/b.bin'])}"
    if not world.free(path):
        return ""
    world.write(path, rng.randbytes(rng.randint(0, 2000)))
    return f"{path}: added"


def move_attachment(rng: Random, world: World) -> str:
    """A file beside a report renamed, perhaps to beside another."""
    old, report = pick(rng, world, ATTACHMENT), pick(rng, world, REPORT)
    new = f"{report.removesuffix('.md')}/{rng.choice(['a.pdf', '图.png'])}"
    if not world.free(new):
        return ""
    world.move(old, new)
    return f"{old}: moved to {new}"


def remove_attachment(rng: Random, world: World) -> str:
    """A file beside a report removed."""
    return _remove(world, world.paths(ATTACHMENT), rng)


def linked_file(rng: Random, world: World) -> str:
    """A file beside a report that is a link to one elsewhere in the project; or the bytes of that one changed."""
    if not world.free("shared/file.bin") and rng.random() < 0.5:
        world.write("shared/file.bin", rng.randbytes(30))
        return "shared/file.bin: other bytes"
    if world.free("shared/file.bin"):
        world.write("shared/file.bin", rng.randbytes(30))
    path = f"{pick(rng, world, REPORT).removesuffix('.md')}/linked.bin"
    if not world.free(path):
        return ""
    place = world.root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(os.path.relpath(world.root / "shared/file.bin", place.parent))
    return f"{path}: a link to shared/file.bin"


def stray(rng: Random, world: World) -> str:
    """A file that has no place, or its removal."""
    there = [path for path in STRAYS if not world.free(path)]
    if there:
        world.remove(there[0])
        return f"{there[0]}: removed"
    path = rng.choice(STRAYS)
    world.write(path, sentence(rng))
    return f"{path}: added"


def add_agency(rng: Random, world: World) -> str:
    """A new agency, with a report or without."""
    agency = rng.choice(["ee", "ff", "old-dd"])
    if agency in world.agencies():
        return ""
    world.write(f"content/{agency}/agency.yaml", agency_text(agency, kind="department", parent="aa"))
    if rng.random() < 0.7:
        year = rng.choice(YEARS)
        world.write(f"content/{agency}/{year}.md", national_report(rng, world, agency, year))
    return f"content/{agency}: added"


def move_agency(rng: Random, world: World) -> str:
    """The folder of an agency renamed."""
    old, new = rng.choice(world.agencies()), rng.choice(["ee", "ff", "gg"])
    if not world.free(f"content/{new}"):
        return ""
    world.move(f"content/{old}", f"content/{new}")
    return f"content/{old}: moved to {new}"


def remove_agency(rng: Random, world: World) -> str:
    """The whole folder of an agency removed."""
    agencies = world.agencies()
    if len(agencies) < 3:
        return ""
    agency = rng.choice(agencies)
    world.remove(f"content/{agency}")
    return f"content/{agency}: removed"


def remove_agency_file(rng: Random, world: World) -> str:
    """The file of an agency removed, its papers left."""
    return _remove(world, world.paths(AGENCY), rng)


EDITS = (
    add_report, copy_report, move_report, exchange, remove_report, add_document, move_document, remove_document,
    add_page, move_page, remove_page, attachment, move_attachment, remove_attachment, linked_file, stray, add_agency,
    move_agency, remove_agency, remove_agency_file,
)  # fmt: skip
