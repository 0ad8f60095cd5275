"""New portals, agencies, reports and themes: files that say what belongs where."""

from __future__ import annotations

import json
import re
from pathlib import Path

from gxsite.base.catalogue import diagnose
from gxsite.base.diagnostic import START, Place, ProjectError, UsageError
from gxsite.base.near import nearest
from gxsite.base.text import decode
from gxsite.engine.files import write_atomically
from gxsite.engine.load import load_forms
from gxsite.engine.themefolder import theme_names
from gxsite.model.form import Column, Form, Row, Table
from gxsite.source.collect import Role, bad_name
from gxsite.source.papers import read_agency

_SITE = """\
# 门户的设置。以 # 开头的行是说明，去掉 # 即可启用。
name: {name}
# base: https://www.example.gov.cn/zwgk/nianbao/    # 网址（可以是子目录）；写了才有订阅和网站地图文件
# site_id: "0000000000"                             # 网站标识码
description: 各机关政府信息公开工作年度报告的查阅和下载。
# licence: 本站内容可以免费复制和再利用，请注明出处。
# look: {{accent: "#9b1c1c", crest: crest.svg}}      # 主色；徽标放在 assets/ 文件夹里
# years: {{from: 2014, to: 2018}}                     # 应有报告的年度
# footer:
#   host: 主办单位
#   operator: 承办单位
#   contact: 联系电话
#   icp: ICP备案号
#   police: 公安备案号
"""
_GUIDE = """\
---
title: 使用帮助
description: 如何查阅和下载年度报告
---
## 查阅报告

在首页按机构查找，或在“年度归档”里按年度查找。

## 下载数据

每份报告都附有统计表的下载文件，可以用电子表格软件打开。
"""
_AGENCY = """\
name: {name}
# short: 简称
# kind: government      # government 政府 | department 部门 | township 乡镇街道 | zone 开发区
#                       # vertical 垂直管理 | institution 企事业单位
# level: county         # national | province | city | county | township
# parent: 上级机构的文件夹名
# region: "000000"      # 六位行政区划代码
# since: 2014           # 存续的首末年度
# until: 2018
"""
_IGNORE = "/build/\n/.gxsite/\n"


_THEME = {
    "theme.yaml": """\
# 版式“{name}”：在默认版式上修改，只写要改的部分。手册“版式”列出能改的块、颜色和名字。
# The theme {name} changes the default theme. The manual, chapter Themes, lists its blocks, colours and names.
name: {name}
extends: default
styles: [{name}.css]          # static/ 里的样式表，接在默认版式之后 / style sheets in static/, after the default ones
# icon: icon.svg              # static/ 里的图标 / an icon in static/
# grounds: {{light: ["#ffffff"], dark: ["#171614"]}}  # 改了底色才写 / to be written with other backgrounds only
""",
    "static/{name}.css": """\
/* 颜色、字体、宽度都是默认版式 :root 里的自定义属性，改一个就够。这里换了主色，浅色和深色方案各一个。
   Colours, type and measures are custom properties of the default theme; one is enough. Here it is the main colour. */
:root {{ --accent: #1f6f54; }}
@media (prefers-color-scheme: dark) {{
  :root {{ --accent: #6fc3a4; }}
}}
/* 用 static/ 里的图片，写相对路径：url("wave.svg")；文件名会自动带上内容的指纹。
   Pictures of static/ by relative paths: url("wave.svg"). They are published with a digest in their names. */
""",
    "templates/base.html": """\
{{#- 与默认版式同名的模板替换它；base-theme/ 指被替换的那个。只改写一个块，其余照旧。
    A template takes the place of the default one of its name, which is still there as base-theme/NAME.
    Only one block is overridden here. Chinese words behind `t` have their English in labels/en.yaml. -#}}
{{% extends "base-theme/base.html" %}}
{{% block footer_more %}}
{{{{ super() }}}}
<p>{{{{ "各项数字以各机关公布的原件为准。" | t }}}}</p>
{{% endblock %}}
""",
    "labels/en.yaml": """\
# 模板里 t 前面的中文和它的英文，只用于英文网页 / the Chinese words before `t`, and their English
各项数字以各机关公布的原件为准。: The figures are those of the originals that the agencies have published.
""",
}


def new_site(folder: Path) -> list[Path]:
    """A portal with one agency, ready to build; the folder must be new or empty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} 已经存在而且不是空的 ({folder} exists and is not empty)")
    files = {
        "gxsite.yaml": _SITE.format(name="政府信息公开工作年度报告"),
        "content/pages/help.md": _GUIDE,
        "content/my-agency/agency.yaml": _AGENCY.format(name="某某县人民政府"),
        ".gitignore": _IGNORE,
    }
    return [_write(folder / name, text) for name, text in files.items()]


def new_agency(root: Path, agency: str, name: str) -> Path:
    """The folder of an agency."""
    path = f"content/{agency}/agency.yaml"
    bad = bad_name(Role("agency", agency), path)
    if bad:
        raise ProjectError(bad)
    return _write(root / path, _AGENCY.format(name=_scalar(name)))


def new_report(root: Path, agency: str, year: int, form_id: str | None) -> Path:
    """A report with the whole table of its form, each blank line with label and unit beside it."""
    file = root / "content" / agency / "agency.yaml"
    if not file.is_file():
        known = [p.parent.name for p in (root / "content").glob("*/agency.yaml")]
        place = Place(f"content/{agency}/agency.yaml", START)
        raise ProjectError(diagnose("GX809", place, parent=agency, near=nearest(agency, known)))
    text = decode(file.as_posix(), file.read_bytes(), 1 << 20).value
    name = read_agency(text, agency).value.name if text else agency
    form = _form(root, year, form_id)
    return _write(root / "content" / agency / f"{year}.md", report_text(name, year, form))


def new_theme(root: Path, name: str) -> list[Path]:
    """A theme that extends the default one; its folder must be new, and its name that of no other theme."""
    if not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise UsageError(
            f"版式的名字“{name}”不合要求：用小写字母、数字和连字符，以字母开头"
            f" (a theme is named with a-z, 0-9 and hyphens, a letter first: {name})"
        )
    folder = root / "themes" / name
    if folder.exists():
        raise UsageError(f"themes/{name} 已经存在，没有改动 (themes/{name} exists and was left alone)")
    if name in theme_names(root):
        raise UsageError(
            f"“{name}”是自带的版式，请换一个名字 (`{name}` is a theme that gxsite brings along; take another name)"
        )
    return [_write(folder / path.format(name=name), text.format(name=name)) for path, text in _THEME.items()]


def _form(root: Path, year: int, form_id: str | None) -> Form:
    forms = load_forms(root).value.forms
    if form_id is None:
        fitting = [f for f in forms.values() if f.status == "national" and f.fits(year)]
        if not fitting:
            raise UsageError(
                f"没有适用于 {year} 年度的表样，请用 --form 指明 (no form fits {year}; name one with --form)"
            )
        return fitting[0]
    form = forms.get(form_id)
    if form is None:
        near = nearest(form_id, forms)
        known = "、".join(sorted(forms))
        raise ProjectError(diagnose("GX211", Place("--form", START), form=form_id, near=near, known=known))
    return form


def report_text(name: str, year: int, form: Form) -> str:
    """The text of a new report: every figure blank."""
    lines = [
        "---",
        f"title: {_scalar(f'{name}{year}年政府信息公开工作年度报告')}",
        f"form: {form.id}",
        "published:                # 发布日期，如 2019-03-26 08:59",
        "signed:                   # 落款日期，如 2019-03-14",
        "card:",
        f"  issuer: {_scalar(name)}",
        "  index_number:           # 索引号",
        "  keywords: [政府信息公开, 年度报告]",
        "# 填数说明：空白就什么也不写；零写 0；不适用写 /；没有写 无；近似数写 280多、约30。",
        "table:",
    ]
    width = max(len(_start(table, row)) for table in form.tables for row in table.rows) + 2
    for table in form.tables:
        if len(form.tables) > 1:
            lines.append(f"  # 【{table.title}】")
        if len(table.columns) > 1:
            lines.append(f"  # 各列依次为：{'、'.join(_column(c) for c in table.columns)}；空白的位置写 ~")
        lines += [_line(table, row, width) for row in table.rows]
    lines += [
        "---",
        "",
        "## 一、总体情况",
        "",
        "（在这里写正文。引用统计表里的数可写成双花括号加指标代号，见手册。）",
        "",
    ]
    return "\n".join(lines)


def _start(table: Table, row: Row) -> str:
    if row.kind != "indicator":
        return ""
    blank = f" [{', '.join('~' for _ in table.columns)}]" if len(table.columns) > 1 else ""
    return f"  {row.id}:{blank}"


def _line(table: Table, row: Row, width: int) -> str:
    unit = f"（{row.unit}）" if row.unit else ""
    label = f"{'　' * row.depth}{row.name}{row.note}"
    if row.kind != "indicator":
        return f"  # {label}"
    return f"{_start(table, row):<{width}}# {label}{unit}"


def _column(column: Column) -> str:
    unit = f"（{column.unit}）" if column.unit else ""
    return "/".join((*column.heads, column.label)) + unit


def _scalar(text: str) -> str:
    """A text as YAML reads it back: quoted where it has to be."""
    plain = all(c.isalnum() or c in "（）《》、，。-_ " for c in text) and text == text.strip() and text[:1].isalpha()
    return text if plain else json.dumps(text, ensure_ascii=False)


def _write(path: Path, text: str) -> Path:
    if path.exists():
        raise UsageError(f"{path} 已经存在，没有改动 ({path} exists and was left alone)")
    write_atomically(path, text.encode("utf-8"))
    return path
