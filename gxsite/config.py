"""``gxsite.yaml`` to a :class:`Config`; unknown keys are findings with near names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from gxsite.base.catalogue import ENTRIES, diagnose
from gxsite.base.diagnostic import START, Diagnostic, Outcome, Place, Span, phrase
from gxsite.base.fields import Fields
from gxsite.base.near import nearest
from gxsite.base.text import Text
from gxsite.base.yaml import Mapping, is_blank, read_yaml

FILE = "gxsite.yaml"
KEYS = (
    "name", "base", "domain", "site_id", "description", "utc_offset", "theme", "years", "licence", "downloads",
    "on_error", "severities", "reconcile", "baseline", "footer", "body", "variants", "hant",
    "look",
)  # fmt: skip
FOOTER = (
    "host", "operator", "contact", "icp", "police", "mark", "report_error", "pages", "copyright", "ipv6",
)  # fmt: skip
MARK = ("picture", "link", "alt")
DOWNLOADS = ("csv", "xlsx", "json")
ENGINES = ("python-markdown", "comrak")
VARIANTS = ("zh-Hant", "en")
STANDARDS = ("s2t", "s2tw", "s2hk")
LOOK = ("accent", "accent_dark", "crest", "crest_alt", "icon")
CRESTS = ("svg", "png", "webp")
ICONS = ("svg", "png", "ico")
_SITE_ID = r"bm[0-9]{8}|[0-9]{10}"
_COLOUR = r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})"
_PICTURE = r"[^./\\][^/\\]*"
_FOLDER = r"https?://[^\s/?#]+(/[^\s?#]*)?"
_ADDRESS = r"https?://[^\s/?#]+([/?#]\S*)?"


class Mark(NamedTuple):
    """The mark of sites of party and government: the name of a picture in ``assets/``, where it leads, what it is."""

    picture: str
    link: str
    alt: str


class Footer(NamedTuple):
    """What the foot of every page says about who runs the site; ``pages`` are names of the portal's own pages."""

    host: str = ""
    operator: str = ""
    contact: str = ""
    icp: str = ""
    police: str = ""
    mark: Mark | None = None
    report_error: str = ""
    pages: tuple[str, ...] = ()
    copyright: str = ""
    ipv6: str = ""


class BodyConfig(NamedTuple):
    """How bodies are converted, and where the configuration says so."""

    engine: str = ENGINES[0]
    engine_span: Span = START


class HantConfig(NamedTuple):
    """How the copy in traditional characters is made: the standard, and names with what they are written as."""

    standard: str = STANDARDS[0]
    names: tuple[tuple[str, str], ...] = ()


class LookConfig(NamedTuple):
    """Colours as ``#rgb`` or ``#rrggbb``, names of pictures in ``assets/``, and where each of these is written."""

    accent: str = ""
    accent_dark: str = ""
    crest: str = ""
    crest_alt: str = ""
    icon: str = ""
    spans: tuple[tuple[str, Span], ...] = ()

    def span(self, key: str) -> Span:
        """Where a value is written."""
        return dict(self.spans).get(key, START)


@dataclass(frozen=True)
class Config:
    """The portal's configuration. ``base`` ends in a slash or is ""; ``severities`` are by code or relation id."""

    name: str
    base: str = ""
    domain: str = ""
    site_id: str = ""
    description: str = ""
    utc_offset: str = "+08:00"
    theme: str = "default"
    theme_span: Span = START
    years: tuple[int, int | None] | None = None
    licence: str = ""
    downloads: tuple[str, ...] = DOWNLOADS
    on_error: Literal["stop", "quarantine"] = "stop"
    severities: tuple[tuple[str, str], ...] = ()
    reconcile: Literal["advise", "strict"] = "advise"
    baseline: str = ""
    severity_places: tuple[tuple[str, Span], ...] = ()
    footer: Footer = field(default_factory=Footer)
    footer_places: tuple[tuple[str, Span], ...] = ()
    body: BodyConfig = field(default_factory=BodyConfig)
    variants: tuple[str, ...] = ()
    variants_span: Span = START
    hant: HantConfig = field(default_factory=HantConfig)
    look: LookConfig = field(default_factory=LookConfig)


def read_config(text: Text) -> Outcome[Config]:
    """The configuration written in ``gxsite.yaml``."""
    yaml = read_yaml(text)
    found = list(yaml.diagnostics)
    fields = Fields(text.path, yaml.value, "config", KEYS, found, ("name",))
    base = fields.text("base", _FOLDER, "folder", "base: https://www.example.gov.cn/zwgk/")
    host = base.split("/")[2] if base else ""
    downloads = _some(fields, "downloads", DOWNLOADS) or DOWNLOADS
    severities, places = _severities(fields)
    footer, footer_places = _footer(fields)
    config = Config(
        name=fields.text("name"),
        base=base if not base or base.endswith("/") else base + "/",
        domain=fields.text("domain") or host,
        site_id=fields.text("site_id", _SITE_ID, "site_id", 'site_id: "4113280001"'),
        description=fields.text("description"),
        utc_offset=fields.text("utc_offset", r"[-+][0-9]{2}:[0-9]{2}", "offset", 'utc_offset: "+08:00"') or "+08:00",
        theme=fields.text("theme", r"[a-z][a-z0-9-]*", "id", "theme: default") or "default",
        theme_span=fields.span("theme") if fields.has("theme") else START,
        years=fields.years("years"),
        licence=fields.text("licence"),
        downloads=downloads,
        on_error="quarantine" if fields.choice("on_error", ("stop", "quarantine")) == "quarantine" else "stop",
        severities=severities,
        reconcile="strict" if fields.choice("reconcile", ("advise", "strict")) == "strict" else "advise",
        baseline=fields.text("baseline", r"[^/\\]+\.json", "text", "baseline: baseline.json"),
        severity_places=places,
        footer=footer,
        footer_places=footer_places,
        body=_body(fields),
        variants=_some(fields, "variants", VARIANTS),
        variants_span=fields.span("variants") if fields.has("variants") else START,
        hant=_hant(fields),
        look=_look(fields),
    )
    found += _advice(fields)
    return Outcome(config, tuple(found))


def check_severities(config: Config, relations: frozenset[str]) -> tuple[Diagnostic, ...]:
    """The keys of ``severities`` that are neither a code nor a relation of any form."""
    known = {*ENTRIES, *relations}
    return tuple(
        diagnose("GX906", Place(FILE, span), key=key, near=nearest(key, known))
        for key, span in config.severity_places
        if key not in known
    )


def _some(fields: Fields, key: str, known: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some words that a list names, in their own order; any other is a finding."""
    given = fields.texts(key)
    for name in given:
        if name not in known:
            near = nearest(name, known)
            fields.add("GX221", fields.span(key), key=key, got=name, near=near, known=", ".join(known))
    return tuple(name for name in known if name in given)


def _severities(fields: Fields) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, Span], ...]]:
    node = fields.map("severities")
    if node is None:
        return (), ()
    names = tuple(e.key.value for e in node.entries)
    inner = Fields(fields.path, node, "config", names, fields.found)
    chosen = tuple((name, inner.choice(name, ("error", "warning", "note", "off"))) for name in names)
    return tuple(c for c in chosen if c[1]), tuple((e.key.value, e.key.span) for e in node.entries)


def _footer(fields: Fields) -> tuple[Footer, tuple[tuple[str, Span], ...]]:
    """The footer, and where its picture and its pages are written."""
    node = fields.map("footer")
    if node is None:
        return Footer(), ()
    inner = Fields(fields.path, node, "footer", FOOTER, fields.found)
    mark = inner.map("mark")
    footer = Footer(
        inner.text("host"),
        inner.text("operator"),
        inner.text("contact"),
        inner.text("icp"),
        inner.text("police"),
        _mark(fields, mark) if mark else None,
        inner.text("report_error", _ADDRESS, "address", "report_error: https://…"),
        tuple(dict.fromkeys(inner.texts("pages"))),
        inner.text("copyright"),
        inner.text("ipv6"),
    )
    return footer, tuple((key, inner.span(key)) for key in ("mark", "pages") if inner.has(key))


def _mark(fields: Fields, node: Mapping) -> Mark | None:
    """The mark, None if a part of it is missing: a picture that leads nowhere, or says nothing, is of no use."""
    inner = Fields(fields.path, node, "mark", MARK, fields.found, MARK)
    mark = Mark(
        inner.text("picture", _PICTURE, "file", "picture: mark.png"),
        inner.text("link", _ADDRESS, "address", "link: https://bszs.conac.cn/…"),
        inner.text("alt"),
    )
    return mark if all(mark) else None


def _body(fields: Fields) -> BodyConfig:
    node = fields.map("body")
    if node is None:
        return BodyConfig()
    inner = Fields(fields.path, node, "config", ("engine",), fields.found)
    engine = inner.choice("engine", ENGINES)
    return BodyConfig(engine, inner.span("engine")) if engine else BodyConfig()


def _hant(fields: Fields) -> HantConfig:
    node = fields.map("hant")
    if node is None:
        return HantConfig()
    inner = Fields(fields.path, node, "config", ("standard", "names"), fields.found)
    standard, mapping = inner.choice("standard", STANDARDS), inner.map("names")
    if mapping is None:
        return HantConfig(standard or STANDARDS[0])
    names = tuple(entry.key.value for entry in mapping.entries)
    each = Fields(fields.path, mapping, "config", names, fields.found)
    for name in names:
        if not each.has(name):  # it is there, so it is not missing, but it says nothing
            each.add("GX203", each.span(name), key=name, want=phrase("type.name"), got="", example=f"{name}: {name}")
    return HantConfig(standard or STANDARDS[0], tuple((name, said) for name in names if (said := each.text(name))))


def _look(fields: Fields) -> LookConfig:
    node = fields.map("look")
    if node is None:
        return LookConfig()
    inner = Fields(fields.path, node, "look", LOOK, fields.found)
    return LookConfig(
        inner.text("accent", _COLOUR, "colour", 'accent: "#9b1c1c"'),
        inner.text("accent_dark", _COLOUR, "colour", 'accent_dark: "#ff9b8f"'),
        inner.text("crest", _PICTURE, "file", "crest: crest.svg"),
        inner.text("crest_alt"),
        inner.text("icon", _PICTURE, "file", "icon: icon.svg"),
        tuple((key, inner.span(key)) for key in LOOK if inner.has(key)),
    )


def _advice(fields: Fields) -> list[Diagnostic]:
    """What the rules for government portals ask for and the configuration does not give."""
    place = Place(fields.path, START)
    found = []
    if not fields.has("base"):
        found.append(diagnose("GX902", place))
    if not fields.has("licence"):
        found.append(diagnose("GX903", place))
    foot = fields.node("footer")
    host = foot.get("host") if isinstance(foot, Mapping) else None
    for key, given in (("site_id", fields.has("site_id")), ("footer.host", not is_blank(host))):
        if not given:
            found.append(diagnose("GX907", place, key=key, label=phrase(f"config.{key}")))
    return found
