"""The theme that a portal uses: looked through, published, and with what the state knows of it."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from gxsite.base.diagnostic import Diagnostic, Outcome, ProjectError
from gxsite.config import Config
from gxsite.engine.state import State
from gxsite.engine.themefolder import read_theme
from gxsite.render.theme import CHINESE, KINDS, Theme, ThemeFiles, closures, lint, unused
from gxsite.render.themefiles import Assets
from gxsite.site.views import CrestView, MarkView, PageView, SiteView

if TYPE_CHECKING:
    from gxsite.engine.look import Look
    from gxsite.render.body import Html

__all__ = ["ThemeInUse", "read_theme", "use_theme"]


class Known(NamedTuple):
    """What is known of the templates of a theme in which nothing is wrong.

    ``closures`` are the templates by kind of page, ``texts`` those that are translated by template, ``asked`` the
    static files that templates name, ``properties`` the custom properties, ``advice`` what is to be said of it all,
    ``compiled`` the templates.
    """

    closures: dict[str, tuple[str, ...]]
    texts: dict[str, tuple[str, ...]]
    asked: frozenset[str]
    properties: frozenset[str]
    advice: tuple[Diagnostic, ...]
    compiled: dict[str, bytes]


class ThemeInUse:
    """A theme in which nothing is wrong, with the looks that the portal gives it.

    ``assets`` are all files for ``assets/`` by their published names; ``styles``, ``icon`` and the ``href`` of
    ``crest`` and ``mark`` are such names.
    """

    def __init__(self, files: ThemeFiles, known: Known, published: Assets, look: Look | None, state: State) -> None:
        self.files = files
        self._known = known
        self.assets = published.files(files.statics)
        self.styles = tuple(published.names[style] for style in files.styles)
        self.icon = published.names[files.icon] if files.icon else ""
        self.crest: CrestView | None = None
        self.mark: MarkView | None = None
        if look:
            if look.icon and files.icon and not _is_referred_to(files.icon, known, published):
                del self.assets[self.icon]
            self.assets |= look.files
            self.styles += (look.sheet,) if look.sheet else ()
            self.icon = look.icon or self.icon
            self.crest, self.mark = look.crest, look.mark
        self._state = state
        self._names = published.names
        self._theme = Theme(files, known.compiled, published.names)

    def compile_for(self, kinds: Iterable[tuple[str, str]]) -> None:
        """Compile what some kinds of targets need, each with the language of its words.

        Before a fork that is done once for all; the next build remembers it.
        """
        before = len(self._known.compiled)
        for kind, words in sorted({(kind, words) for kind, words in kinds if kind in KINDS}):
            self._theme.compile(self._known.closures[kind], words)
        if len(self._known.compiled) != before:
            _keep(self._state, self.files, self._known)

    def render(self, site: SiteView, page: PageView, view: object, body: Html | None, words: str = CHINESE) -> bytes:
        """A page with the theme's words in a language."""
        return self._theme.render(site, page, view, body, words)

    def digest_of(self, kind: str, words: str = CHINESE) -> bytes:
        """A digest of all templates that a kind of page is made with, and of what a language and assets add to them."""
        closure = self._known.closures[kind]
        texts = "".join(f"{name}\0{self.files.templates[name]}\0" for name in closure)
        texts += repr(sorted((name, self._names[name]) for name in self._known.asked))
        labels = self.files.labels.get(words, {})
        if labels:
            said = {text: labels[text][:2] for name in closure for text in self._known.texts[name] if text in labels}
            texts += repr(sorted(said.items()))
        return hashlib.blake2b(texts.encode(), digest_size=16).digest()


def use_theme(root: Path, config: Config, state: State, languages: Iterable[str] = ()) -> Outcome[ThemeInUse | None]:
    """The theme of a portal, looked through unless the state knows that nothing is wrong with it.

    ``languages`` are those of which the portal needs the words.
    """
    try:
        files = read_theme(root, config.theme, config.theme_span, languages)
    except ProjectError as error:
        return Outcome(None, error.diagnostics)
    templates = _look_through(files, state)
    if templates.value is None:
        return Outcome(None, templates.diagnostics)
    published = _publish(files, templates.value, state)
    if published.value is None:
        return Outcome(None, published.diagnostics)
    look: Outcome[Look | None] = Outcome(None)
    if config.look.spans or config.footer.mark:
        from gxsite.engine.look import read_look

        look = read_look(root, config, files)
    theme = ThemeInUse(files, templates.value, published.value, look.value, state)
    return Outcome(theme, (*templates.value.advice, *published.diagnostics, *look.diagnostics))


def _is_referred_to(name: str, known: Known, published: Assets) -> bool:
    """Whether templates or style sheets use a static file."""
    in_sheets = quote(published.names[name].rpartition("/")[2]).encode()
    return name in known.asked or any(in_sheets in sheet for sheet in published.rewritten.values())


def _look_through(files: ThemeFiles, state: State) -> Outcome[Known | None]:
    """What is known of a theme's templates, or what is wrong with them."""
    digest, kept = _digest(files), state.meta("theme") or b""
    if kept[: len(digest)] == digest:
        return Outcome(Known(*pickle.loads(kept[len(digest) :])))
    found = lint(files)
    if found:
        return Outcome(None, found)
    from gxsite.render.templates import assets_in, properties_in

    made_with = closures(files)
    texts, advice = _words_of(files)
    advice = (*unused(files, made_with), *advice)
    asked = assets_in(files.templates) & files.statics.keys()
    known = Known(made_with, texts, asked, properties_in(files.templates), advice, {})
    _keep(state, files, known)
    return Outcome(known)


def _keep(state: State, files: ThemeFiles, known: Known) -> None:
    state.set_meta({"theme": _digest(files) + pickle.dumps(tuple(known), 5)})


def _digest(files: ThemeFiles) -> bytes:
    """A digest of all that is said of a theme's templates and made of them."""
    labels = {language: sorted(labels.items()) for language, labels in files.labels.items()}
    about = (files.path, files.beneath, files.styles, files.icon, sorted(files.statics), sorted(files.named.items()))
    texts = "".join(f"{name}\0{text}\0" for name, text in sorted(files.templates.items()))
    return hashlib.blake2b((repr((*about, labels)) + texts).encode(), digest_size=16).digest()


def _words_of(files: ThemeFiles) -> tuple[dict[str, tuple[str, ...]], tuple[Diagnostic, ...]]:
    """The texts of each template that other languages say otherwise, and what is to be said of these languages."""
    if not files.labels:
        return {}, ()
    from gxsite.render.lint_labels import advise, texts_of

    return texts_of(files.templates), tuple(advice for language in files.labels for advice in advise(files, language))


def _publish(files: ThemeFiles, known: Known, state: State) -> Outcome[Assets | None]:
    """The static files as they are published: looked through and rewritten only when one of them has changed."""
    names = (sorted(known.asked), sorted(known.properties), sorted(files.homes.items()))
    about = (files.path, files.beneath, files.styles, files.icon, names)
    contents = [(name, hashlib.blake2b(data, digest_size=16).digest()) for name, data in sorted(files.statics.items())]
    digest = hashlib.blake2b(repr((about, contents)).encode(), digest_size=16).digest()
    kept = state.meta("assets") or b""
    if kept[: len(digest)] == digest:
        return pickle.loads(kept[len(digest) :])  # type: ignore[no-any-return]
    from gxsite.render.assets import publish

    outcome = publish(files, known.asked, known.properties)
    if outcome.value:
        state.set_meta({"assets": digest + pickle.dumps(outcome, 5)})
    return outcome
