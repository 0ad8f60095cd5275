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
)
