"""What checking costs: the processor time of all checks on reports of a form that are right, per report and in all.

python -m bench.checks
python -m bench.checks --form cn-2014 --reports 1000
"""

from __future__ import annotations

import argparse
import random
import statistics
import time

from bench.mutation import report_text
from bench.tables import valid_table
from gxsite.base.text import decode
from gxsite.checks.run import Rules, check_across, check_portal, examine, judge_report
from gxsite.engine.load import load_forms
from gxsite.model.agency import Agency
from gxsite.model.catalog import Catalog
from gxsite.model.report import Report
from gxsite.model.summary import asked, summarise
from gxsite.source.front import MAX_FILE
from gxsite.source.report import read_report

PROSE = (
    "\n## 总体情况\n\n本年度主动公开政府信息若干条，网站栏目按要求更新，公众可以在线查阅。\n\n"
    "## 存在的问题\n\n部分信息更新不够及时，下一步将明确时限，逐项核对后公布。\n" * 4
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--form", default="cn-2021")
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    loaded = load_forms(None).value
    form, rng = loaded.forms[options.form], random.Random(options.seed)
    year = max(form.years[0], 2014)
    agencies = {f"a{i}": Agency(f"a{i}", f"content/a{i}/agency.yaml", f"机关{i}") for i in range(options.reports)}
    reports: dict[str, Report] = {}
    for name in agencies:
        text = decode(
            f"content/{name}/{year}.md", (report_text(form, valid_table(form, rng)) + PROSE).encode(), MAX_FILE
        )
        assert text.value
        reports[f"{name}/{year}"] = read_report(text.value, name, year, loaded.forms).value
    cells = asked(loaded.forms.values(), loaded.crosswalk)[form.id]
    seconds = []
    for _ in range(options.runs):
        start = time.process_time()
        summaries = {}
        for key, report in reports.items():
            plain = examine(report, form, agencies[report.agency]).value
            summaries[key] = summarise(report, form, cells, b"", plain)
        catalog = Catalog(agencies, loaded.forms, summaries, {}, {}, {}, loaded.crosswalk, reports)
        for summary in summaries.values():
            judge_report(summary, catalog, {}, Rules())
        check_portal(catalog, (), (), Rules(), check_across(catalog, Rules()))
        seconds.append(time.process_time() - start)
    each = statistics.median(seconds) / options.reports
    print(f"{options.form}: {each * 1000:.3f} ms of CPU a report, {each * 10_000:.1f} s for 10,000")


if __name__ == "__main__":
    main()
