"""GX5 and GX6: figures quoted in the body, and its text."""

from gxsite.base.catalogue.entry import Words, error, warning

ENTRIES = (
    error(
        "GX501",
        Words(
            "正文引用的单元格不存在",
            "正文引用了“{key}”，表样 {form} 没有这个单元格",
            ("是不是想写 {near}？", "只有一列的表写指标代号，有几列的表写 指标.列", "要原样显示双花括号，请写 \\{{{{"),
            "正文里的 {{ 指标 }} 会换成统计表里的数，保证正文与表一致。",
        ),
        Words(
            "quoted cell does not exist",
            "the body quotes `{key}`, which form {form} does not have",
            (
                "did you mean `{near}`?",
                "write the indicator in a table of one column, indicator.column otherwise",
                "to show two braces as they are, write \\{{{{",
            ),
            "{{ cell }} in a body is replaced by the figure of the table, so that both agree.",
        ),
    ),
    error(
        "GX502",
        Words(
            "正文引用了没有数值的单元格",
            "正文引用的“{label}”在表里是“{status}”，没有数可以显示",
            ("改写这句话，或在表里填上数值",),
            "空白、无、不适用的单元格没有数，放进句子里会留下空洞。",
        ),
        Words(
            "quoted cell has no figure",
            "the body quotes `{label}`, which is {status} in the table",
            ("reword the sentence or fill in the cell",),
            "A blank, none or not-applicable cell has no figure to print in a sentence.",
        ),
    ),
    error(
        "GX503",
        Words(
            "这里没有统计表可引用",
            "“{key}”引用统计表，但这个文件没有统计表",
            ("直接写出数字；要原样显示双花括号，请写 \\{{{{",),
            "只有年度报告的正文可以引用统计表。",
        ),
        Words(
            "no table to quote from",
            "`{key}` quotes a table, but this file has none",
            ("write the figure itself; to show two braces, write \\{{{{",),
            "Only the body of a report can quote its table.",
        ),
    ),
    warning(
        "GX510",
        Words(
            "正文的数与统计表不一致",
            "正文“{words}”后面写的是 {said}，统计表“{label}”是 {value}",
            (
                "核对哪一处写错；在正文里写 {{{{ {cell} }}}} 就会自动取表中的数",
                "若口径不同，在 waivers 下加一行并写明理由：- {{check: GX510, cell: {cell}, expect: '{expect}', reason: …}}",
            ),
            "只核对紧跟在表样所列说法后面的数；同一句里有累计、半年、其中、另一年度等限定的不核对。",
        ),
        Words(
            "a figure of the body is not that of the table",
            "the body says {said} behind “{words}”, but {label} is {value} in the table",
            (
                "check which one is wrong; {{{{ {cell} }}}} in the body always prints the figure of the table",
                "if it counts something else, add a line under waivers: - {{check: GX510, cell: {cell}, expect: '{expect}', reason: …}}",
            ),
            "Only figures directly behind the wordings of the form are compared, and none in a sentence of another scope.",
        ),
        waivable=True,
    ),
    warning(
        "GX511",
        Words(
            "正文的百分比算得不对",
            "{part} 占 {whole} 应为 {value}，正文写的是 {said}",
            (
                "重新计算，或核对这两个数",
                "若口径不同，在 waivers 下加一行并写明理由：- {{check: GX511, expect: '{expect}', reason: …}}",
            ),
            "同一句里写明两个数和占比的，按所写的小数位数核对。",
        ),
        Words(
            "a percentage of the body is wrong",
            "{part} of {whole} is {value}, but the body says {said}",
            (
                "compute it again, or check the two figures",
                "if it means something else, add a line under waivers: - {{check: GX511, expect: '{expect}', reason: …}}",
            ),
            "Where one sentence has two figures and their percentage, it is computed to the places that are printed.",
        ),
        waivable=True,
    ),
    warning(
        "GX512",
        Words(
            "没有说明信息处理费",
            "{year} 年度报告的正文没有说明收取信息处理费的情况",
            (
                "在“其他需要报告的事项”里写明；没有收取也要写，例如：本年度没有收取信息处理费",
                "若在别处说明，在 waivers 下加一行并写明理由：- {{check: GX512, reason: …}}",
            ),
            "2021 年起，收取信息处理费的情况必须在年度报告中说明。",
        ),
        Words(
            "nothing about fees for processing information",
            "the body of the report for {year} says nothing of fees for processing information",
            (
                "state it in the section for other matters, also if nothing was charged",
                "if it is stated elsewhere, add a line under waivers: - {{check: GX512, reason: …}}",
            ),
            "Reports for 2021 and later must say what was charged for processing information, even if nothing was.",
        ),
        waivable=True,
    ),
    warning(
        "GX513",
        Words(
            "县、乡两级没有规章",
            "“{label}”填了 {value}，县级和乡级机关没有规章制定权",
            (
                "规范性文件请填到规范性文件一行；级别写错的，改 agency.yaml 的 level",
                "若数字确实如此，在 waivers 下加一行并写明理由：- {{check: GX513, cell: {cell}, expect: '{expect}', reason: …}}",
            ),
            "规章由国务院部门和省、设区的市、自治州的政府制定。",
        ),
        Words(
            "regulations of a county or township",
            "{label} is {value}, but counties and townships cannot make regulations",
            (
                "put normative documents in their own row; if the level is wrong, correct `level` in agency.yaml",
                "if the figures are really so, add a line under waivers: - {{check: GX513, cell: {cell}, expect: '{expect}', reason: …}}",
            ),
            "Regulations are made by ministries and by the governments of provinces, cities with districts and prefectures.",
        ),
        waivable=True,
    ),
    warning(
        "GX601",
        Words(
            "正文用了一级标题",
            "一级标题“{text}”已降为二级",
            ("正文标题从 ## 开始",),
            "网页的一级标题是报告名称，正文标题从二级开始。",
        ),
        Words(
            "top-level heading in a body",
            "the heading `{text}` was moved down to the second level",
            ("begin the headings of a body with ##",),
            "The first level of a page is the title of the report.",
        ),
    ),
    warning(
        "GX602",
        Words(
            "没有正文",
            "这个文件没有正文，网页上除了标题是空的",
            (
                "在 --- 下面写正文；还没有内容的先不要放进来",
                "机构的文件确实只有目录信息的，在 waivers 下加一行并写明理由：- {{check: GX602, reason: …}}",
            ),
            "检查政府网站时，空白栏目是要扣分的。没有正文的页面不进栏目导航，也不在首页列出。",
        ),
        Words(
            "no text",
            "this file has no body: below its title the page is empty",
            (
                "write the body below ---, or take the file out until there is one",
                "if a document of an agency is a record card only, add a line under waivers: - {{check: GX602, reason: …}}",
            ),
            "Inspections of government sites count empty columns. A page without a body is left out of the menu and of "
            "the home page.",
        ),
        waivable=True,
    ),
)
