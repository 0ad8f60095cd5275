"""The notation of relations: sums joined by ``+`` and ``-``, one of ``=``, ``<=``, ``>=``.

requests.received.total = requests.received.counter + requests.received.fax
requests.carried_in = previous(requests.carried_out)
fee.total > 0                                             (a condition)
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gxsite.base.diagnostic import Phrase, phrase
from gxsite.model.form import Operator, When

MAX_LENGTH = 2000
MAX_DIGITS = 15
_TOKEN = re.compile(r"\s*(?:(?P<name>[^\W\d][\w.]*)|(?P<number>[0-9]+)|(?P<op><=|>=|=|<|>|≤|≥)|(?P<sign>[-+()]))", re.A)
_OPERATORS: dict[str, Operator] = {"=": "=", "<=": "<=", ">=": ">=", "≤": "<=", "≥": ">="}
_FUNCTIONS: dict[str, When] = {"previous": "previous", "children": "children"}


class Operand(NamedTuple):
    """A signed name or number of a rule; ``offset`` is where it stands in the rule."""

    sign: int
    name: str
    constant: int
    when: When
    offset: int


class Rule(NamedTuple):
    """A parsed rule."""

    left: tuple[Operand, ...]
    operator: Operator
    right: tuple[Operand, ...]


class ParsedCondition(NamedTuple):
    """A parsed ``when``."""

    name: str
    operator: str
    constant: int


class BadRule(NamedTuple):
    """Why a rule cannot be read, and where (offset and length in the rule)."""

    problem: Phrase
    offset: int
    length: int


class _Token(NamedTuple):
    kind: str
    text: str
    offset: int


class _Bad(Exception):
    def __init__(self, bad: BadRule) -> None:
        self.bad = bad


def read_rule(text: str) -> Rule | BadRule:
    """A rule, or why it is none."""
    try:
        tokens = _tokens(text)
        left, at = _sum(tokens, 0, len(text))
        if at == len(tokens):
            raise _Bad(BadRule(phrase("rule.operator"), len(text), 1))
        operator = _OPERATORS.get(tokens[at].text)
        if operator is None:
            raise _unexpected(tokens[at])
        right, at = _sum(tokens, at + 1, len(text))
        if at < len(tokens):
            twice = tokens[at].kind == "op"
            raise _Bad(BadRule(phrase("rule.twice"), tokens[at].offset, 1)) if twice else _unexpected(tokens[at])
    except _Bad as error:
        return error.bad
    return Rule(left, operator, right)


def read_condition(text: str) -> ParsedCondition | BadRule:
    """A condition ``name operator integer``, or why it is none."""
    try:
        tokens = _tokens(text)
    except _Bad as error:
        return error.bad
    if [t.kind for t in tokens] != ["name", "op", "number"]:
        return BadRule(phrase("rule.condition"), 0, max(1, len(text)))
    operator = {"≤": "<=", "≥": ">="}.get(tokens[1].text, tokens[1].text)
    return ParsedCondition(tokens[0].text, operator, int(tokens[2].text))


def _tokens(text: str) -> list[_Token]:
    if len(text) > MAX_LENGTH:
        raise _Bad(BadRule(phrase("rule.long"), 0, 1))
    tokens, at = [], 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if not match or match.lastgroup is None:
            offset = at + len(text[at:]) - len(text[at:].lstrip())
            raise _Bad(BadRule(phrase("rule.token", token=text[offset]), offset, 1))
        token = _Token(match.lastgroup, match[match.lastgroup], match.start(match.lastgroup))
        if token.kind == "number" and len(token.text) > MAX_DIGITS:
            raise _Bad(BadRule(phrase("number.long"), token.offset, len(token.text)))
        tokens.append(token)
        at = match.end()
    return tokens


def _sum(tokens: list[_Token], at: int, length: int) -> tuple[tuple[Operand, ...], int]:
    operands: list[Operand] = []
    sign = 1
    if at < len(tokens) and tokens[at].text in "+-":
        sign, at = (1 if tokens[at].text == "+" else -1), at + 1
    while True:
        operand, at = _operand(tokens, at, sign, length)
        operands.append(operand)
        if at == len(tokens) or tokens[at].text not in ("+", "-"):
            return tuple(operands), at
        sign, at = (1 if tokens[at].text == "+" else -1), at + 1


def _operand(tokens: list[_Token], at: int, sign: int, length: int) -> tuple[Operand, int]:
    if at >= len(tokens):
        raise _Bad(BadRule(phrase("rule.end"), length, 1))
    token = tokens[at]
    if token.kind == "number":
        return Operand(sign, "", int(token.text), "now", token.offset), at + 1
    if token.kind != "name":
        raise _unexpected(token)
    if at + 1 < len(tokens) and tokens[at + 1].text == "(":
        when = _FUNCTIONS.get(token.text)
        if when is None:
            raise _Bad(BadRule(phrase("rule.function"), token.offset, len(token.text)))
        inner = tokens[at + 2 : at + 4]
        if inner and inner[0].kind != "name":
            raise _unexpected(inner[0])
        if len(inner) < 2:
            raise _Bad(BadRule(phrase("rule.end"), length, 1))
        if inner[1].text != ")":
            raise _unexpected(inner[1])
        return Operand(sign, inner[0].text, 0, when, inner[0].offset), at + 4
    return Operand(sign, token.text, 0, "now", token.offset), at + 1


def _unexpected(token: _Token) -> _Bad:
    return _Bad(BadRule(phrase("rule.token", token=token.text), token.offset, len(token.text)))
