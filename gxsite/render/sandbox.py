"""What templates may reach and how much they may do: names of views and a few harmless methods, within a budget.

A theme is data: whoever installs one must not have to trust it. So nothing is reached but what is listed here, by
whichever way it is asked for (``x.name``, ``x["name"]``, ``map(attribute="name")``); nothing is called but macros,
blocks, ``range``, ``namespace`` and those methods; nothing is printed but texts and numbers; and a page ends with a
finding when it has done or written too much. What costs time at every access is settled when a template is compiled
(:mod:`gxsite.render.templates`); this is the slow path.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from functools import cache, partial, wraps
from itertools import islice
from types import BuiltinMethodType, MethodType
from typing import Any

import jinja2
from jinja2.environment import TemplateModule
from jinja2.filters import make_attrgetter
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace, missing, pass_environment
from markupsafe import Markup, escape

from gxsite.base.diagnostic import Fact, phrase


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


# What one page may do, in nodes of templates: hundreds of times what the largest page of the example does.
STEPS = 32_000_000
# What it may write: characters of all texts that it makes, those inside others counted again.
CHARACTERS = 1 << 27
LARGEST = 1 << 256  # a number
LONGEST = 100_000  # a range
WIDEST = 1000  # a number that a filter is given
ITEM = 4  # an item of a list that is made, in steps
LONGEST_GIVEN = 1 << 18  # a text that a view holds: few are as long
FEW = CHARACTERS // LONGEST_GIVEN  # pieces of a text that are put together before they are counted
PAID_LOOPS, PAID = 1024, 4096  # loops that need not be counted, and how many steps each may have
_SPECIAL = re.compile("[&<>\"']").search

# Of Jinja2's those that are of use in a page and whose cost can be told beforehand.
_OF_TEXTS = _words(
    "capitalize e escape lower safe string striptags title trim truncate upper urlencode wordcount",
)
_OF_LISTS = _words("batch dictsort groupby list max min reverse round slice sort unique")
FILTERS = _words(
    "abs count d default first float int items join last length map reject rejectattr replace select selectattr sum",
    *_OF_TEXTS,
    *_OF_LISTS,
)
# Tests, and the filters besides, that look through the whole of a text or a list.
_LOOKING = _words("int float lower upper in == eq equalto != ne < lt lessthan <= le > gt greaterthan >= ge")
_TEXT_METHODS = _words(
    "capitalize casefold count endswith find isalnum isalpha isascii isdecimal isdigit islower isnumeric isspace",
    "isupper lower lstrip partition removeprefix removesuffix rfind rpartition rsplit rstrip split splitlines",
    "startswith strip title upper",
)
_METHODS: Mapping[type, frozenset[str]] = {
    str: _TEXT_METHODS,
    Markup: _TEXT_METHODS,
    dict: frozenset({"get", "items", "keys", "values"}),
    LoopContext: _words(
        "changed cycle depth depth0 first index index0 last length nextitem previtem revindex revindex0"
    ),
    BlockReference: frozenset({"super"}),
}
_PLAIN = frozenset({str, Markup, int, float, bool})
_NUMBERS = frozenset({int, float, bool})
_LISTS = (list, tuple)
_NESTING: frozenset[type[Any]] = frozenset({list, tuple, dict})
DEEPEST = 20  # lists in lists
FREE = 64  # so many characters or items of what is compared cost nothing, all more a step for as many


NOBODY = missing


class Refused(jinja2.TemplateRuntimeError):
    """What a template may not do, in words of the catalogue; ``word`` is what stands in the line, if that is known."""

    def __init__(self, problem: Fact, word: str = "", near: str | None = None) -> None:
        super().__init__(str(problem))
        self.problem = problem
        self.word = word
        self.near = near


class UnknownName(jinja2.UndefinedError):
    """A name that an object does not have, or a place in a list; ``owner`` is ``NOBODY`` for a name of a template."""

    def __init__(self, owner: object, name: object, message: str | None = None) -> None:
        super().__init__(message)
        self.owner = owner
        self.name = name


class Unknown(jinja2.StrictUndefined):
    """Fails with :class:`UnknownName` whatever is done with it but asking whether it is there."""

    def __init__(self, hint: str | None = None, obj: object = missing, name: Any = None, exc: object = None) -> None:
        super().__init__(hint, obj, name, partial(UnknownName, obj, name))  # type: ignore[arg-type]

    @property
    def _undefined_message(self) -> str:
        # Jinja's own prints what it was asked for, which need not have an end.
        return self._undefined_hint or (self._undefined_name if isinstance(self._undefined_name, str) else "")


class Budget:
    """What is left of what a page may do and write."""

    def __init__(self) -> None:
        self.renew()

    def renew(self) -> None:
        """Begin a page."""
        self.steps = STEPS
        self.characters = CHARACTERS
        self.longest = LONGEST_GIVEN

    def step(self, count: int) -> None:
        """Do something."""
        self.steps -= count
        if self.steps < 0:
            raise Refused(phrase("template.steps"))

    def write(self, count: int) -> None:
        """Make a text."""
        self.characters -= count
        if count > self.longest:
            self.longest = count
        if self.characters < 0:
            raise Refused(phrase("template.characters"))


@cache
def names_of(kind: type[Any]) -> frozenset[str]:
    """The names that values of a type have for templates."""
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        found = {name for base in kind.__mro__ for name, value in vars(base).items() if isinstance(value, property)}
        return frozenset(name for name in (*kind._fields, *found) if not name.startswith("_"))
    return _METHODS.get(kind, frozenset())


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2 with nothing but what is listed here."""

    intercepted_binops = frozenset({"+", "-", "*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(undefined=Unknown, **options)
        self.budget = Budget()
        self.concat = self._concat  # type: ignore[method-assign]
        self.globals = {"range": _range, "namespace": Namespace}
        self.filters = {name: self._guarded(name, plain) for name, plain in self.filters.items() if name in FILTERS}
        self.tests = {name: self._weighing(test) if name in _LOOKING else test for name, test in self.tests.items()}
        self.special = _SPECIAL
        self.paid = iter(range(0))

    def renew(self) -> None:
        """Begin a page."""
        self.budget.renew()
        self.paid = iter(range(1, PAID_LOOPS + 1))

    # -- names --------------------------------------------------------------------------------------------------------

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a template calls ``obj.attribute``."""
        kind = obj.__class__
        if kind is TemplateModule and attribute in vars(obj) and attribute[0] != "_":
            return vars(obj)[attribute]
        if attribute.startswith("_"):
            raise Refused(phrase("template.private", name=attribute), attribute)
        if attribute in names_of(kind) or kind is Unknown:  # which says that it is none
            return getattr(obj, attribute)
        found: object = missing
        if kind is Namespace:
            found = getattr(obj, attribute, missing)
        elif kind is dict or kind is TemplateReference:
            try:
                return obj[attribute]
            except LookupError:
                found = missing
        return self.undefined(obj=obj, name=attribute) if found is missing else found

    def getitem(self, obj: Any, argument: Any) -> Any:
        """What a template calls ``obj[argument]``; filters ask for their attributes so."""
        if isinstance(argument, str) and obj.__class__ is not dict:
            return self.getattr(obj, argument)
        if isinstance(obj, str | tuple | list | dict | range | Unknown):
            try:
                return obj[argument]
            except (LookupError, TypeError):
                pass
        return self.undefined(obj=obj, name=argument)

    def sliced(self, obj: Any, part: slice) -> Any:
        """What a template calls ``obj[from:to]``."""
        if isinstance(obj, str):
            self.budget.write(len(obj))
        elif isinstance(obj, _LISTS):
            self.budget.step(len(obj))
        elif not isinstance(obj, range | Unknown):
            raise Refused(phrase("template.slice"))
        return obj[part]

    # -- what is done -------------------------------------------------------------------------------------------------

    def call(self, context: Context, called: Any, /, *given: Any, **named: Any) -> Any:
        """Call a macro or another of the few things that can be called."""
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        kind = called.__class__
        if kind is Macro:
            return called(context.eval_ctx, *given, **named)
        if kind is LoopContext:
            given = (self.stepped(given[0], 1), *given[1:]) if given else given
        elif kind is BuiltinMethodType or kind is MethodType:
            owner = called.__self__
            if called.__name__ not in names_of(owner.__class__):
                raise Refused(phrase("template.call"))
            if isinstance(owner, str):
                self.budget.write(len(owner))
                self.budget.step(ITEM * len(owner) if "split" in called.__name__ else 1)
        elif not (kind is BlockReference or kind is Unknown or called is _range or called is Namespace):
            raise Refused(phrase("template.call"))
        return called(*given, **named)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Count with numbers, add texts and lists."""
        one, other = left.__class__, right.__class__
        if one in _NUMBERS and other in _NUMBERS:
            if operator == "**" and abs(right) * max(1, int(abs(left))).bit_length() > LARGEST.bit_length():
                raise Refused(phrase("template.number"))
            made = self.binop_table[operator](left, right)
            if made.__class__ is int and abs(made) > LARGEST:
                raise Refused(phrase("template.number"))
            return made
        if operator == "+":
            return self._added(left, right)
        if operator != "-" and Unknown not in (one, other):
            raise Refused(phrase("template.operator", sign=operator))
        return self.binop_table[operator](left, right)

    def _added(self, left: Any, right: Any) -> Any:
        """Two numbers, texts or lists as one."""
        if isinstance(left, str) and isinstance(right, str):
            self.budget.write(len(left) + len(right))
        elif isinstance(left, _LISTS) and isinstance(right, _LISTS):
            self.budget.step(len(left) + len(right))
        return left + right

    def shallow(self, made: Any) -> Any:
        """A list that a template has written out; one that goes deep would take more of the stack than there is."""
        level: list[Any] = [made]
        for _ in range(DEEPEST):
            self.budget.step(sum(map(len, level)))
            level = [
                inner
                for outer in level
                for inner in (outer.values() if outer.__class__ is dict else outer)
                if inner.__class__ in _NESTING
            ]
            if not level:
                return made
        raise Refused(phrase("template.deep"))

    def weighed(self, value: Any) -> Any:
        """A value that is compared, or looked through, at the price of its length."""
        if value.__class__ not in _NUMBERS and isinstance(value, Sized) and len(value) > FREE:
            self.budget.step(len(value) // FREE)
        return value

    def stepped(self, items: Any, weight: int) -> Any:
        """What a loop runs over; each round costs ``weight`` steps."""
        if isinstance(items, Sized):
            self.budget.step(len(items) * weight)
            return items
        return self._counted(items, weight)

    def written(self, translate: Callable[..., str]) -> Callable[..., str]:
        """The filter ``t``, within the budget."""

        def translated(text: str, /, **values: Any) -> str:
            longest = 1
            for value in values.values():
                if value.__class__ not in _PLAIN:
                    self._plain(value)
                elif value.__class__ is not int:
                    longest = max(longest, len(str(value)))
            if longest > 1:
                self.budget.write(len(text) + text.count("{") * longest)
            return translate(text, **values)

        return translated

    def _counted(self, items: Iterable[Any], weight: int) -> Iterator[Any]:
        step = self.budget.step
        for item in items:
            step(weight)
            yield item

    # -- what is printed ----------------------------------------------------------------------------------------------

    def printed(self, value: Any, said: str = "") -> str:
        """What is printed for a value, escaped; ``said`` is how the template calls it, "" if it has no plain name."""
        kind = value.__class__
        if kind is int:
            return str(value)
        text = escape(self._plain(value, said))
        self.budget.write(len(text))
        return text

    def unescaped(self, value: Any, said: str = "") -> str:
        """The same where nothing is escaped."""
        return str(self._plain(value, said))

    def _plain(self, value: Any, said: str = "") -> Any:
        """A value that can be printed."""
        kind = value.__class__
        if kind in _PLAIN:
            return value
        if kind is Unknown:
            return str(value)  # fails
        if kind is jinja2.Undefined:
            return ""  # of `one if condition` without another
        if value is None:
            raise Refused(phrase("template.none_of", name=said) if said else phrase("template.none"), said)
        raise Refused(phrase("template.printed", kind=phrase(f"value.{_kind(value)}")), said)

    def joined(self, pieces: Sequence[Any], escaped: bool) -> str:
        """What a template calls ``one ~ other``."""
        self.budget.write(sum(len(piece) for piece in pieces if isinstance(self._plain(piece), str)))
        return markup_join(pieces) if escaped else str_join(pieces)

    def _concat(self, pieces: Iterable[str]) -> str:
        """The text of what a macro, a block or a page has written; a page writes as long as it is asked to."""
        if pieces.__class__ is list and len(pieces) <= FEW:
            return self._at_once(pieces)
        rest = iter(pieces)
        made = [self._at_once(some) for some in iter(lambda: list(islice(rest, FEW)), [])]
        return made[0] if len(made) == 1 else "".join(made)

    def _at_once(self, pieces: list[str]) -> str:
        """A few pieces as one text. Where one may be large they are counted before they are put together."""
        budget = self.budget
        if len(pieces) * budget.longest > CHARACTERS:
            budget.write(sum(map(len, pieces)))
            return "".join(pieces)
        text = "".join(pieces)
        budget.write(len(text))
        return text

    # -- filters ------------------------------------------------------------------------------------------------------

    def _guarded(self, name: str, plain: Callable[..., Any]) -> Callable[..., Any]:
        """A filter of Jinja2 that keeps to the budget."""
        own = {"join": self._join, "sum": self._sum, "replace": self._replace, "map": self._map}
        own |= {"selectattr": self._by_attribute, "rejectattr": self._by_attribute}
        if name in own:
            return own[name](plain)
        if name in _OF_TEXTS:
            return self._of_text(plain)
        if name in _OF_LISTS:
            return self._of_list(name, plain)
        return self._weighing(plain) if name in _LOOKING else plain

    def _weighing(self, plain: Any) -> Callable[..., Any]:
        """A test or filter that looks through the whole of a value."""

        @wraps(plain)
        def weighing(value: Any, *given: Any, **named: Any) -> Any:
            self.weighed(value)
            for other in given:
                self.weighed(other)
            return plain(value, *given, **named)

        return weighing

    def _of_text(self, plain: Callable[..., Any]) -> Callable[..., Any]:
        at = 1 if hasattr(plain, "jinja_pass_arg") else 0

        @wraps(plain)
        def of_text(*given: Any, **named: Any) -> Any:
            if not isinstance(given[at], str):
                self._plain(given[at])
            made = plain(*given, **named)
            if isinstance(made, str):
                self.budget.write(len(made))
            return made

        return of_text

    def _of_list(self, name: str, plain: Callable[..., Any]) -> Callable[..., Any]:
        at = 1 if hasattr(plain, "jinja_pass_arg") else 0

        @wraps(plain)
        def of_list(*given: Any, **named: Any) -> Any:
            for more in (*given[at + 1 :], *named.values()):
                if isinstance(more, int | float) and abs(more) > WIDEST:
                    raise Refused(phrase("template.wide", name=name, limit=WIDEST), name)
            value = given[at] if given[at].__class__ in _NUMBERS else self.stepped(given[at], ITEM)
            return plain(*given[:at], value, *given[at + 1 :], **named)

        return of_list

    def _join(self, plain: Callable[..., str]) -> Callable[..., str]:
        @wraps(plain)
        def join(context: Any, value: Iterable[Any], d: Any = "", attribute: Any = None) -> str:
            items = list(self.stepped(value, ITEM))
            if attribute is not None:
                items = list(map(make_attrgetter(self, attribute), items))
            between = len(str(self._plain(d)))
            self.budget.write(sum(between + len(i) for i in items if isinstance(self._plain(i), str)))
            return plain(context, items, d)

        return join

    def _sum(self, _plain: object) -> Callable[..., Any]:
        @pass_environment
        def total(_environment: object, value: Iterable[Any], attribute: Any = None, start: Any = 0) -> Any:
            of = make_attrgetter(self, attribute) if attribute is not None else None
            for item in self.stepped(value, 1):
                start = self._added(start, of(item) if of else item)
            return start

        return total

    def _replace(self, plain: Callable[..., str]) -> Callable[..., str]:
        @wraps(plain)
        def replace(context: Any, text: Any, old: Any, new: Any, count: int | None = None) -> str:
            whole, out, into = (str(self._plain(piece)) for piece in (text, old, new))
            self.budget.write(len(whole) + whole.count(out) * len(into))
            return plain(context, text, old, new, count)

        return replace

    def _map(self, plain: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(plain)
        def mapped(context: Any, value: Any, *given: Any, **named: Any) -> Iterator[Any]:
            for item in plain(context, value, *given, **named):
                if "attribute" in named:
                    _demand(item)
                yield item

        return mapped

    def _by_attribute(self, plain: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(plain)
        def chosen(context: Any, value: Iterable[Any], attribute: Any, *given: Any, **named: Any) -> Any:
            of = make_attrgetter(self, attribute)

            def demanded() -> Iterator[Any]:
                for item in value:
                    _demand(of(item))
                    yield item

            may_lack = given[:1] in (("defined",), ("undefined",))
            return plain(context, value if may_lack else demanded(), attribute, *given, **named)

        return chosen


def _demand(found: Any) -> None:
    """Fail if this is a name that nobody has: among others it would be counted and compared in silence."""
    if found.__class__ is Unknown:
        str(found)


def _range(*given: int) -> range:
    """``range``, of a length that a page may have."""
    made = range(*given)
    if len(made[: LONGEST + 1]) > LONGEST:
        raise Refused(phrase("template.range", limit=LONGEST), "range")
    return made


def _kind(value: object) -> str:
    """What a value that cannot be printed is, by the key of a phrase."""
    if hasattr(value, "_fields"):
        return "view"
    return "call" if callable(value) else "list" if isinstance(value, Iterable) else "other"
