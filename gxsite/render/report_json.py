"""The JSON of a report: numbers with the digits that were printed, statuses and notices beside them."""

from __future__ import annotations

import json
from json.encoder import encode_basestring as _quoted  # what json.dumps uses for one string
from typing import Any

from gxsite.site.views import ExportCell, ExportView

SCHEMA = "gxsite/report/1"
_BOOLEAN = {True: "true", False: "false"}


def report_json(view: ExportView) -> bytes:
    """One object, UTF-8, one line for each cell."""
    head: dict[str, Any] = {
        "schema": SCHEMA,
        "agency": view.agency,
        "year": view.year,
        "form": view.form,
        "scope": view.scope,
        "title": view.title,
        "published": view.published or None,
        "signed": view.signed or None,
        "card": dict(view.card),
    }
    cells = [_cell_line(cell) for cell in view.cells]
    tail = {"waivers": [dict(w) for w in view.waivers], "corrections": [dict(c) for c in view.corrections]}
    parts = [f"  {_text(key)}: {_text(value)}" for key, value in head.items()]
    parts.append('  "cells": [\n' + ",\n".join(f"    {line}" for line in cells) + "\n  ]")
    parts += [f"  {_text(key)}: {_text(value)}" for key, value in tail.items()]
    return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8")


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _cell_line(cell: ExportCell) -> str:
    """A cell on one line; its number is written with its own digits, so nothing is rounded on the way."""
    return (
        f'{{"indicator": {_quoted(cell.indicator)}, "column": {_quoted(cell.column)}, "value": {cell.value or "null"}, '
        f'"status": {_quoted(cell.status)}, "approximate": {_BOOLEAN[cell.approximate]}, "raw": {_quoted(cell.raw)}, '
        f'"form_row": {_BOOLEAN[cell.form_row]}}}'
    )
