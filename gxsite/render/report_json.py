"""The JSON of a report: numbers with the digits that were printed, statuses and notices beside them."""

from __future__ import annotations

import json
from typing import Any

from gxsite.site.views import ExportCell, ExportView

SCHEMA = "gxsite/report/1"


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
    value = cell.value or "null"
    return (
        f'{{"indicator": {_text(cell.indicator)}, "column": {_text(cell.column)}, "value": {value}, '
        f'"status": {_text(cell.status)}, "approximate": {_text(cell.approximate)}, "raw": {_text(cell.raw)}, '
        f'"form_row": {_text(cell.form_row)}}}'
    )
