"""Edits of gxsite.yaml, and of the baseline that it names."""

from random import Random

from gxsite.checks.baseline import write_baseline
from tests.property import heads
from tests.property.edits.papers import change
from tests.property.portal import sentence
from tests.property.world import World

FILE = "gxsite.yaml"
CODES = ("GX402", "GX403", "GX404", "GX513", "GX512", "GX815", "GX816", "GX821", "GX822")
PAGES = ("help", "guide", "about")
RELATIONS = ("rollup.new", "requests.carry", "local.sum", "art20.normative.stock", "disclosure.channels")


def config_name(rng: Random, world: World) -> str:
    """The portal's name."""
    return change(world, FILE, "name", sentence(rng) + "门户")


def config_base(rng: Random, world: World) -> str:
    """Its address: without one there is no sitemap and no feed."""
    base = rng.choice(["https://www.example.gov.cn/nianbao/", "https://www.example.gov.cn/zwgk", None])
    return change(world, FILE, "base", base)


def config_words(rng: Random, world: World) -> str:
    """What pages say of the portal."""
    key = rng.choice(["description", "licence", "domain", "site_id", "utc_offset"])
    number = f'"99990{rng.randint(10000, 99999)}"'
    values = {"site_id": number, "utc_offset": rng.choice(['"+08:00"', '"+07:00"'])}
    return change(world, FILE, key, rng.choice([values.get(key, sentence(rng)), values.get(key, sentence(rng)), None]))


def config_footer(rng: Random, world: World) -> str:
    """One line of the foot of all pages."""
    footer = heads.get(world.read(FILE), "footer") or {}
    words = ["host", "operator", "contact", "icp", "police", "copyright", "ipv6"]
    key = rng.choice([*words, "report_error", "mark", "pages", "pages"])
    link = f"https://www.example.gov.cn/x?id={rng.randint(1, 9)}"
    values = {
        "report_error": link,
        "mark": {"picture": "crest.svg", "link": link, "alt": sentence(rng)},
        "pages": [name for name in PAGES if rng.random() < 0.5],
    }
    if key in footer and rng.random() < 0.3:
        del footer[key]
    else:
        footer[key] = values.get(key, sentence(rng))
    return change(world, FILE, "footer", footer)


def config_downloads(rng: Random, world: World) -> str:
    """Which downloads there are."""
    kinds = ["csv", "xlsx", "json"]
    return change(world, FILE, "downloads", rng.choice([rng.sample(kinds, rng.randint(1, 3)), None]))


def config_years(rng: Random, world: World) -> str:
    """The years for which reports are expected."""
    return change(
        world, FILE, "years", rng.choice([{"from": rng.randint(2010, 2018), "to": rng.randint(2018, 2023)}, None])
    )


def config_severities(rng: Random, world: World) -> str:
    """How much a code or a relation weighs; an error of it stops the build."""
    chosen = heads.get(world.read(FILE), "severities") or {}
    key = rng.choice([*CODES, *RELATIONS, "no.such"] if rng.random() < 0.3 else [*CODES, *RELATIONS])
    chosen[key] = rng.choice(["off", "note", "warning", "warning", "error"])
    return change(world, FILE, "severities", chosen if rng.random() < 0.8 else None)


def config_body(rng: Random, world: World) -> str:
    """What converts bodies."""
    engine = rng.choice(["comrak", "comrak", "python-markdown", None])
    return change(world, FILE, "body", {"engine": engine} if engine else None)


def config_variants(rng: Random, world: World) -> str:
    """The languages in which there are pages."""
    return change(world, FILE, "variants", rng.choice([["en"], ["zh-Hant"], ["zh-Hant", "en"], None]))


def config_hant(rng: Random, world: World) -> str:
    """How the copy in traditional characters is made, if there is one."""
    names = {name: name for name in rng.sample(["公开", "申请", "网站", "监督"], rng.randint(0, 2))}
    hant = {"standard": rng.choice(["s2t", "s2tw"]), "names": names}
    return change(world, FILE, "hant", rng.choice([hant, hant, None]))


def config_look(rng: Random, world: World) -> str:
    """The colour, crest and icon of the portal: more, others, fewer or none."""
    look = heads.get(world.read(FILE), "look") or {}
    key = rng.choice(["accent", "accent", "accent_dark", "crest", "crest", "crest_alt", "icon"])
    values = {
        "accent": rng.choice(["#9b1c1c", "#1f6f54", "#06c", "#ffc"]),
        "accent_dark": rng.choice(["#f99", "#8cf"]),
        "crest": "crest.svg",
        "crest_alt": sentence(rng),
        "icon": "icon.svg",
    }
    if key in look and rng.random() < 0.3:
        del look[key]
    else:
        look[key] = values[key]
    return change(world, FILE, "look", look if rng.random() < 0.9 else None)


def config_on_error(rng: Random, world: World) -> str:
    """Whether the rest is published where a file has errors."""
    return change(world, FILE, "on_error", rng.choice(["quarantine", "quarantine", "stop", None]))


def config_reconcile(rng: Random, world: World) -> str:
    """Whether sums over agencies must agree."""
    return change(world, FILE, "reconcile", rng.choice(["strict", "advise", None]))


def config_theme(rng: Random, world: World) -> str:
    """Another theme."""
    return change(world, FILE, "theme", rng.choices(["plain", "over", "default", "nothing"], [12, 12, 1, 1])[0])


def baseline(rng: Random, world: World) -> str:
    """A baseline of what was found last, changed, damaged, or no longer named."""
    if heads.get(world.read(FILE), "baseline") and rng.random() < 0.4:
        if rng.random() < 0.5:
            return change(world, FILE, "baseline", None)
        world.write("baseline.json", rng.choice(["{", write_baseline(world.found[::2])]))
        return "baseline.json: changed"
    world.write("baseline.json", write_baseline(world.found))
    return change(world, FILE, "baseline", "baseline.json")


EDITS = (
    config_name, config_base, config_words, config_footer, config_downloads, config_years, config_severities,
    config_body, config_variants, config_hant, config_look, config_on_error, config_reconcile, config_theme, baseline,
)  # fmt: skip
