"""GX2: forms and the values filled into them."""

from gxsite.base.catalogue.entry import Words, error, note, warning

ENTRIES = (
    error(
        "GX201",
        Words(
            "不认识的键",
            "{what}里没有“{key}”这个键",
            ("是不是想写 {near}？", "可用的键：{known}"),
            "写错的键不会被悄悄忽略，否则其中的内容会从网页上消失。",
        ),
        Words(
            "unknown key",
            "{what} has no key `{key}`",
            ("did you mean `{near}`?", "known keys: {known}"),
            "A misspelt key is never ignored: its content would vanish from the page.",
        ),
    ),
    error(
        "GX202",
        Words(
            "缺少必填的键",
            "{what}缺少“{key}”",
            ("写上 {key}: …",),
            "报告必须有 title 和 form，文件和页面必须有 title，agency.yaml 和 gxsite.yaml 必须有 name。",
        ),
        Words(
            "required key missing",
            "{what} lacks `{key}`",
            ("write `{key}: …`",),
            "A report needs title and form, a document or page title, agency.yaml and gxsite.yaml name.",
        ),
    ),
    error(
        "GX203",
        Words(
            "值的类型不对",
            "“{key}”应当是{want}，这里写的是“{got}”",
            ("照这样写：{example}",),
            "每个键有固定的类型，见手册“文件格式”。",
        ),
        Words(
            "wrong type",
            "`{key}` must be {want}, not `{got}`",
            ("write for example: {example}",),
            "Every key has a fixed type; see the manual, chapter Formats.",
        ),
    ),
    error(
        "GX204",
        Words(
            "表样里没有这个指标",
            "表样 {form} 没有指标“{key}”",
            (
                "是不是想写 {near}（{near_label}）？",
                "用 gxsite forms show {form} 查看全部指标",
            ),
            "统计表每一行的键是指标代号。代号写错时数字不会被悄悄丢掉，而是报错。",
        ),
        Words(
            "unknown indicator",
            "form {form} has no indicator `{key}`",
            ("did you mean `{near}` ({near_label})?", "`gxsite forms show {form}` lists all indicators"),
            "The key of each table line is an indicator id. A wrong id is an error, so no figure is lost.",
        ),
    ),
    error(
        "GX205",
        Words(
            "这是另一张表样的指标",
            "“{key}”是表样 {other} 的指标，本报告的表样是 {form}",
            ("若报告实际按 {other} 填报，请把 form 改为 {other}；否则用 gxsite forms show {form} 查看本表指标",),
            "各时期的表样指标不同，同名也不一定可比，所以不能混用。",
        ),
        Words(
            "indicator of another form",
            "`{key}` belongs to form {other}; this report is on form {form}",
            ("if the report was filed on {other}, set form to {other}; `gxsite forms show {form}` lists this form",),
            "Forms of different years have different indicators, which cannot be mixed.",
        ),
    ),
    error(
        "GX206",
        Words(
            "数值个数与列数不符",
            "“{label}”有 {want} 列，这里写了 {got} 个值：{shown}",
            (
                "方括号里的“{pair}”是两个值；千分位逗号不能写在列表里，请写 {joined}",
                "按表样的列序写满 {want} 个值，空白的位置写 ~",
            ),
            "列表里的值按列对位，多一个或少一个都会使后面的数字错列。",
        ),
        Words(
            "wrong number of values",
            "`{label}` has {want} columns, but {got} values are given: {shown}",
            (
                "`{pair}` inside brackets is two values; write {joined} without a thousands separator",
                "give {want} values in the order of the columns, ~ for a blank",
            ),
            "Values of a list are matched to columns by position; one too many or too few shifts all that follow.",
        ),
    ),
    error(
        "GX207",
        Words(
            "读不懂的数值",
            "{label}：“{raw}”{problem}",
            (
                "写成数字，例如 {example}",
                "近似数写“280多”“约30”“近500”；不适用写 /；没有写 无；空白什么也不写（列表里写 ~）",
            ),
            "数值可以是数字、带千分位的数字、近似数（保留原文）、空白、/ 或 无。",
        ),
        Words(
            "value cannot be read",
            "{label}: `{raw}` {problem}",
            (
                "write a number, for example {example}",
                "approximate: 280多, 约30, 近500; not applicable: /; none: 无; blank: nothing (~ in a list)",
            ),
            "A value is a number (thousands separators allowed), an approximate figure in words, blank, / or 无.",
        ),
    ),
    error(
        "GX208",
        Words(
            "负数",
            "{label}不能是负数：{raw}",
            ("核对后改为 0 或正数；增减数只能填在表样允许负数的一格",),
            "表样里只有“本年增/减”一类的列允许负数。",
        ),
        Words(
            "negative count",
            "{label} cannot be negative: {raw}",
            ("write 0 or a positive number; a change belongs into a cell that the form allows to be negative",),
            "Only columns such as 本年增/减 may be negative.",
        ),
    ),
    warning(
        "GX209",
        Words(
            "数值里写了单位",
            "{label}：单位“{unit}”由表样或报告的 units 给出，不必写在数值里",
            ("只写数字：{value}",),
            "单位来自表样，表样没有印明的来自报告的 units；再写在数值里容易不一致。数值已按去掉单位后的数读入。",
        ),
        Words(
            "unit inside a value",
            "{label}: the unit {unit} comes from the form or from `units` and need not be written",
            ("write only the number: {value}",),
            "Units come from the form or, where it leaves them open, from `units` of the report. The value was read without its unit.",
        ),
    ),
    error(
        "GX211",
        Words(
            "没有这张表样",
            "没有代号为“{form}”的表样",
            ("是不是想写 {near}？", "现有表样：{known}"),
            "form 写报告实际填报的表样代号，用 gxsite forms list 查看。",
        ),
        Words(
            "no such form",
            "there is no form `{form}`",
            ("did you mean `{near}`?", "forms: {known}"),
            "form names the form on which the report was filed; `gxsite forms list` shows all.",
        ),
    ),
    warning(
        "GX212",
        Words(
            "表样与年度不符",
            "表样 {form} 适用于 {years} 年度，本报告是 {year} 年度",
            (
                "适用于 {year} 年度的表样是 {fitting}",
                "若确实按 {form} 填报，在 waivers 下加一行并写明理由：- {{check: GX212, reason: …}}",
            ),
            "个别单位会沿用旧表样填报，所以这只是提醒。",
        ),
        Words(
            "form does not fit the year",
            "form {form} is for {years}; this report is for {year}",
            (
                "the form for {year} is {fitting}",
                "if it was really filed on {form}, add a line under waivers: - {{check: GX212, reason: …}}",
            ),
            "Some agencies filed on the form of earlier years, so this is a warning.",
        ),
        waivable=True,
    ),
    error(
        "GX213",
        Words(
            "没有这一列",
            "“{label}”没有列“{key}”",
            ("是不是想写 {near}？", "可用的列：{known}"),
            "按列写数值时，键是列代号。",
        ),
        Words(
            "unknown column",
            "`{label}` has no column `{key}`",
            ("did you mean `{near}`?", "columns: {known}"),
            "When a row is written as a mapping, its keys are column ids.",
        ),
    ),
    error(
        "GX214",
        Words(
            "标题行不填数",
            "“{label}”是标题行，不填数值，这里写了“{raw}”",
            ("数值填到它下面的各行；整段都没有发生时，标题行可以写 无",),
            "标题行（如“三、依申请公开情况”）只能写 无，表示下面各行都没有发生。",
        ),
        Words(
            "a heading holds no figure",
            "`{label}` is a heading and takes no figure; found `{raw}`",
            ("put figures into the rows below it; write 无 if nothing of the section happened",),
            "A heading row may only say 无: nothing of what stands under it happened.",
        ),
    ),
    error(
        "GX215",
        Words(
            "写了“无”的部分里有数值",
            "“{section}”写了 无，但其中的“{label}”填了 {raw}",
            ("两处只能有一处正确：删去 无，或清空这个数值",),
            "整段写 无 表示其中各行均未发生，不能再有数值。",
        ),
        Words(
            "figure under a section that says none",
            "`{section}` says 无, yet `{label}` under it is {raw}",
            ("one of the two is wrong: remove 无 or clear the figure",),
            "无 on a section says that nothing under it happened, so no figure can stand there.",
        ),
    ),
    note(
        "GX216",
        Words(
            "有些行没有写",
            "表样 {form} 有 {count} 行没有写，按空白处理：{rows}",
            ("有数的请补上；确实空白的可以不管",),
            "没有写出的行一律是空白，绝不当作 0。",
        ),
        Words(
            "rows left out",
            "rows of form {form} that are not written count as blank: {rows} ({count} in all)",
            ("add those that have figures; true blanks may stay away",),
            "A row that is not written is blank, never 0.",
        ),
    ),
    error(
        "GX217",
        Words(
            "必填的行是空白",
            "表样 {form} 要求填写“{label}”",
            ("填上数值；确实没有的写 0，不适用写 /",),
            "表样可以规定某些行必须填写。",
        ),
        Words(
            "required row is blank",
            "form {form} requires `{label}`",
            ("give a value: 0 for none counted, / for not applicable",),
            "A form may require some rows.",
        ),
    ),
    error(
        "GX218",
        Words(
            "一行多列要写成列表",
            "“{label}”有 {want} 列，不能只写一个值“{raw}”",
            ("写成列表，依次为 [{columns}]，空白的位置写 ~；或逐列写 列代号: 值",),
            "多列的行写一个值时无法知道它属于哪一列。",
        ),
        Words(
            "a row of several columns needs a list",
            "`{label}` has {want} columns; a single value `{raw}` fits none of them",
            ("write a list in the order [{columns}] with ~ for a blank, or one `column: value` for each",),
            "With a single value nobody can tell which column it belongs to.",
        ),
    ),
    error(
        "GX219",
        Words(
            "单位由表样规定",
            "“{label}”的单位由表样规定为“{unit}”，不能改",
            ("删去这一行；数值请换算成“{unit}”后填写",),
            "只有表样没有印明单位的格子，报告才能用 units 说明单位。",
        ),
        Words(
            "unit fixed by the form",
            "the unit of `{label}` is fixed by the form as {unit}",
            ("remove this line; convert the figure to {unit}",),
            "A report may name a unit only where the form leaves it open.",
        ),
    ),
    error(
        "GX220",
        Words(
            "自设指标有误",
            "自设指标“{key}”不能用：代号须以 x. 开头，且不能重复",
            ("改成例如 x.site_budget",),
            "表样允许时，报告可在 indicators 中声明自己的行，代号以 x. 开头，印在表样各行之后。",
        ),
        Words(
            "indicator of one's own",
            "`{key}` cannot be used: ids of one's own begin with x. and are unique",
            ("write for example x.site_budget",),
            "Where the form allows it, a report may declare rows of its own under indicators; they follow the form's rows.",
        ),
    ),
    error(
        "GX221",
        Words(
            "不在可选范围内",
            "“{key}”不能写“{got}”",
            ("是不是想写 {near}？", "可选：{known}"),
            "这个键只接受固定的几个值。",
        ),
        Words(
            "not one of the choices",
            "`{key}` cannot be `{got}`",
            ("did you mean `{near}`?", "choices: {known}"),
            "This key takes one of a few fixed values.",
        ),
    ),
    error(
        "GX222",
        Words(
            "表样不收自设指标",
            "表样 {form} 不收自设指标",
            ("删去 indicators；补充数据写在正文里",),
            "只有 extra: true 的表样（如 cn-narrative）允许报告声明自己的行。",
        ),
        Words(
            "form takes no indicators of one's own",
            "form {form} takes no rows of a report's own",
            ("remove indicators; put further figures into the body",),
            "Only forms with extra: true, such as cn-narrative, let a report declare rows.",
        ),
    ),
    error(
        "GX223",
        Words(
            "单元格名写错",
            "“{key}”不是表样 {form} 的单元格",
            ("是不是想写 {near}？", "只有一列的表写指标代号，有几列的表写 指标.列"),
            "单元格写作 指标.列；只有一列的表写指标即可。",
        ),
        Words(
            "no such cell",
            "`{key}` is not a cell of form {form}",
            ("did you mean `{near}`?", "write the indicator in a table of one column, indicator.column otherwise"),
            "A cell is written indicator.column, or just indicator in a table of one column.",
        ),
    ),
    # -- the forms themselves
    error(
        "GX231",
        Words(
            "表样里代号重复",
            "“{key}”已在第 {line} 行用过",
            ("换一个代号",),
            "一张表样里，指标、标题、关系和列的代号各自不能重复。",
        ),
        Words(
            "id used twice in a form",
            "`{key}` was used on line {line} already",
            ("choose another id",),
            "Ids of rows, relations and columns are unique within a form.",
        ),
    ),
    error(
        "GX232",
        Words(
            "两个单元格同名",
            "“{key}”既是指标，又是“{indicator}”的列“{column}”的单元格名",
            ("改掉其中一个代号",),
            "单元格写作“指标.列”，不能与另一个指标的代号相同。",
        ),
        Words(
            "two cells of one name",
            "`{key}` is an indicator and also column `{column}` of `{indicator}`",
            ("rename one of them",),
            "A cell is written indicator.column and must not equal another indicator.",
        ),
    ),
    error(
        "GX233",
        Words(
            "关系式写法有误",
            "关系“{relation_id}”的式子有误：{problem}",
            ("式子由指标、整数、+、- 和一个 =、<= 或 >= 组成，例如 requests.total = requests.web + requests.letter",),
            "关系式由指标用 + 和 - 连接，中间一个 =、<= 或 >=，可用整数、previous(…)、children(…)。",
        ),
        Words(
            "syntax of a relation",
            "the rule of relation `{relation_id}` is wrong: {problem}",
            ("use cells, whole numbers, +, - and one of =, <=, >=: requests.total = requests.web + requests.letter",),
            "A rule is made of cells joined by + and -, one of =, <=, >=, whole numbers, previous(…), children(…).",
        ),
    ),
    error(
        "GX234",
        Words(
            "关系式里的单元格不存在",
            "关系“{relation_id}”用了表样里没有的“{key}”",
            ("是不是想写 {near}？", "只能用本表样的单元格：只有一列的表写指标代号，有几列的表写 指标.列"),
            "关系式里的每个名字都必须是本表样的单元格；each: column 时写指标，each: row 时写列。",
        ),
        Words(
            "unknown cell in a relation",
            "relation `{relation_id}` uses `{key}`, which the form does not have",
            (
                "did you mean `{near}`?",
                "only cells of this form: the indicator in a table of one column, else indicator.column",
            ),
            "Every name in a rule is a cell of the form; with each: column an indicator, with each: row a column.",
        ),
    ),
    error(
        "GX235",
        Words(
            "同一系列的表样年度重叠",
            "表样 {form} 与 {other} 同属系列 {family}，适用年度重叠（{years}）",
            ("调整 years，使同一系列各表样的年度不重叠；另一地区的表样请用自己的 family",),
            "同一系列每个年度只能有一张表样。",
        ),
        Words(
            "editions of a family overlap",
            "forms {form} and {other} of family {family} overlap in {years}",
            ("change years so that they do not overlap; give a local form a family of its own",),
            "A family has one form for each year.",
        ),
    ),
    error(
        "GX236",
        Words(
            "表样代号重复",
            "表样“{form}”已经有了：{other}",
            ("换一个代号；内置表样（gxsite:…）不能覆盖",),
            "表样代号在门户里唯一，公布后不再改变。",
        ),
        Words(
            "form id used twice",
            "there is a form `{form}` already: {other}",
            ("choose another id; built-in forms (gxsite:…) cannot be replaced",),
            "A form id is unique in the portal and never changes once published.",
        ),
    ),
    error(
        "GX237",
        Words(
            "表样结构有误",
            "表样结构有误：{problem}",
            ("对照手册“表样”一章修改",),
            "表样由若干张表组成，表有行和列；行写 id、section 或 group 之一。",
        ),
        Words(
            "structure of a form",
            "the form is not well built: {problem}",
            ("see the manual, chapter Forms",),
            "A form has tables, a table has rows and columns; a row has one of id, section, group.",
        ),
    ),
)
