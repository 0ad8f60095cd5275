"""The JSON of a report: numbers with the digits that were printed, statuses and notices beside them."""

from __future__ import annotations

import json
from collections.abc import Callable
from json.encoder import encode_basestring as _quoted  # what json.dumps uses for one string
from typing import Any

from gxsite.site.views import ExportLayout, ExportView

SCHEMA = "gxsite/report/1"
_BOOLEAN = {True: "true", False: "false"}
_text = json.JSONEncoder(ensure_ascii=False).encode


def report_json(layout: ExportLayout) -> Callable[[ExportView], bytes]:
    """One object, UTF-8, one line for each cell; numbers keep their digits, so that nothing is rounded on the way."""
    around = [
        (
            f'    {{"indicator": {_quoted(slot.indicator)}, "column": {_quoted(slot.column)}, "value": ',
            f', "form_row": {_BOOLEAN[slot.form_row]}}}',
        )
        for slot in layout.slots
    ]

    def cells_of(view: ExportView) -> list[str]:
        if view.figures:
            return [
                f'{before}{word}, "status": "reported", "approximate": false, "raw": "{word}"{behind}'
                for (before, behind), word in zip(around, view.figures, strict=True)
            ]
        return [
            f'{before}{value or "null"}, "status": "{status}", "approximate": {_BOOLEAN[approximate]}, '
            f'"raw": {_quoted(raw)}{behind}'
            for (before, behind), (_, value, status, approximate, raw) in zip(around, view.cells, strict=True)
        ]

    def write(view: ExportView) -> bytes:
        cells = cells_of(view)
        tail = {"waivers": [dict(w) for w in view.waivers], "corrections": [dict(c) for c in view.corrections]}
        parts = [*_members(_head(view)), '  "cells": [\n' + ",\n".join(cells) + "\n  ]", *_members(tail)]
        return ("{\n" + ",\n".join(parts) + "\n}\n").encode("utf-8")

    return write


def _head(view: ExportView) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "agency": view.agency,
        "year": view.year,
        "form": view.layout.form,
        "scope": view.scope,
        "title": view.title,
        "published": view.published or None,
        "signed": view.signed or None,
        "card": dict(view.card),
    }


def _members(values: dict[str, Any]) -> list[str]:
    return [f"  {_quoted(key)}: {_text(value)}" for key, value in values.items()]
