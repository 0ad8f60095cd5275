"""The downloads of a report by format. A format is a function: layout -> (report -> bytes)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from gxsite.render.csv import excel_csv, plain_csv
from gxsite.render.report_json import report_json
from gxsite.render.xlsx import report_xlsx
from gxsite.site.views import ExportLayout, ExportView

Writer = Callable[[ExportView], bytes]

FORMATS: Mapping[str, Callable[[ExportLayout], Writer]] = {
    "csv": plain_csv,
    "excel": excel_csv,
    "xlsx": report_xlsx,
    "json": report_json,
}
MAX_WRITERS = 64


class Downloads:
    """Writes downloads, and keeps what it has prepared for the layouts that it met last."""

    def __init__(self) -> None:
        self._writer = lru_cache(MAX_WRITERS)(_writer)

    def write(self, name: str, view: ExportView) -> bytes:
        """A report in a format (a key of :data:`FORMATS`)."""
        return self._writer(name, view.layout)(view)


def _writer(name: str, layout: ExportLayout) -> Writer:
    return FORMATS[name](layout)
