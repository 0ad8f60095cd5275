"""Bodies made ready for conversion: quotations filled in, links pointed at addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gxsite.model.form import CellRef, Form
from gxsite.model.report import Body, Report
from gxsite.site import routes
from gxsite.site.portal import Portal
from gxsite.site.views import BodyView


def body_of(portal: Portal, body: Body, path: str, root: str, quoted: Callable[[str], str]) -> BodyView:
    """The body of the file ``path`` for a page whose way home is ``root``."""
    parts, at = [], 0
    for quote in body.quotes:
        parts += [body.text[at : quote.start], quoted(quote.cell) if quote.cell else "{{"]
        at = quote.end
    parts.append(body.text[at:])
    targets = dict.fromkeys(link.target for link in body.links)
    return BodyView("".join(parts), addresses(portal, targets, path, root), portal.config.domain)


def addresses(portal: Portal, targets: Iterable[str], path: str, root: str) -> tuple[tuple[str, str], ...]:
    """Links inside the portal as written in the file ``path``, with their addresses from a page below ``root``."""
    links = []
    for target in targets:
        where = portal.leads(target, path)
        if where.kind in ("report", "document", "page", "agency", "attachment"):
            fragment = f"#{where.fragment}" if where.fragment else ""
            links.append((target, routes.href(portal.route_of(where), root) + fragment))
        elif where.kind == "dead":  # only when what it leads to is held back
            links.append((target, ""))
    return tuple(links)


def shared_links(portal: Portal, body: BodyView) -> dict[str, str]:
    """The links of a body to files that all languages share, each with what it is on a page in a variant.

    The body itself is the same in all languages, so that it is converted once.
    """
    found = (href for _, href in body.links if href and not href.partition("#")[0].endswith("/index.html"))
    return {href: portal.up(href) for href in found}


def quoted_from(report: Report, form: Form) -> Callable[[str], str]:
    """The figures of a report by the names that its body uses."""

    def quoted(name: str) -> str:
        ref = form.names.get(name) or CellRef(name)
        cell = report.cell.get(ref)
        return cell.shown if cell else ""

    return quoted


def no_quotes(_name: str) -> str:
    """A file without a table has nothing to quote."""
    return ""
