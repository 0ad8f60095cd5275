"""All formats of a report: what is kept for one layout never shows in another."""

import pytest

from gxsite.render.downloads import FORMATS, MAX_WRITERS, Downloads
from tests.unit.exported import exact, layout, slot, view


@pytest.mark.parametrize("name", FORMATS)
def test_reports_on_one_form_do_not_mix(name: str) -> None:
    downloads, form = Downloads(), layout(slot())
    one, two = (view(form, exact(value)) for value in ("1", "2"))
    first = downloads.write(name, one)
    assert downloads.write(name, two) != first
    assert downloads.write(name, one) == first == Downloads().write(name, one)


@pytest.mark.parametrize("name", FORMATS)
def test_a_form_that_has_changed_keeps_nothing_of_what_it_was(name: str) -> None:
    downloads = Downloads()
    reports = [view(layout(slot(unit=f"甲{n}", column_label=f"乙{n}")), exact("1")) for n in range(MAX_WRITERS + 8)]
    for report in (*reports, *reports):
        assert downloads.write(name, report) == Downloads().write(name, report)


@pytest.mark.parametrize("name", FORMATS)
def test_plain_figures_are_written_like_any_other_cells(name: str) -> None:
    words = ("0", "12", "123456789012345", "-5", "4.50", "0.000000000000000000001")
    cells = view(layout(*(slot(f"r{n}") for n in range(len(words)))), *map(exact, words))
    figures = cells._replace(figures=words, other_cells=())
    assert figures.cells == cells.cells
    assert Downloads().write(name, figures) == Downloads().write(name, cells)
