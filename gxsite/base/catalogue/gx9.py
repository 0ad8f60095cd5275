"""GX9: configuration and themes."""

from gxsite.base.catalogue.entry import Words, error, note

ENTRIES = (
    error(
        "GX901",
        Words(
            "这里不是门户",
            "从 {folder} 起向上都找不到 gxsite.yaml",
            ("进入门户文件夹再试，或用 -C 指明；新建门户用 gxsite new site 名称",),
            "gxsite.yaml 所在的文件夹就是门户。",
        ),
        Words(
            "no portal here",
            "no gxsite.yaml in {folder} or above it",
            ("go to the folder of the portal or name it with -C; `gxsite new site NAME` makes one",),
            "The folder that holds gxsite.yaml is the portal.",
        ),
    ),
    note(
        "GX902",
        Words(
            "没有写网站地址",
            "没有写网站地址（base），因此不生成 sitemap.xml、订阅和规范链接",
            ("在 gxsite.yaml 写 base: https://…/",),
            "sitemap.xml、订阅和规范链接需要完整网址，系统不会猜测。",
        ),
        Words(
            "no base address",
            "without `base` there are no sitemap.xml, no feed and no canonical links",
            ("add `base: https://…/` to gxsite.yaml",),
            "They need full addresses, which are never guessed.",
        ),
    ),
    note(
        "GX903",
        Words(
            "没有写再利用条款",
            "没有写 licence，读者不知道能否再利用数据",
            ("在 gxsite.yaml 写 licence: 说明再利用的条件",),
            "数据页和下载文件会注明再利用条款。",
        ),
        Words(
            "no terms of reuse",
            "without `licence` readers cannot know whether they may reuse the data",
            ("add `licence: …` to gxsite.yaml",),
            "The terms are printed beside the downloads.",
        ),
    ),
    error(
        "GX904",
        Words(
            "没有这个版式",
            "找不到版式“{theme}”",
            ("是不是想写 {near}？", "版式放在 themes/{theme}/，其中有 theme.yaml"),
            "版式是 themes/ 下的一个文件夹。",
        ),
        Words(
            "no such theme",
            "there is no theme `{theme}`",
            ("did you mean `{near}`?", "a theme is a folder themes/{theme}/ with a theme.yaml"),
            "A theme is a folder under themes/.",
        ),
    ),
    error(
        "GX905",
        Words(
            "版式模板有误",
            "模板有误：{problem}",
            ("是不是想写 {near}？", "模板能用的名字见手册“版式”"),
            "模板只能使用写明的名字，写错的名字会报错，不会悄悄变成空白。",
        ),
        Words(
            "error in a template",
            "the template is wrong: {problem}",
            ("did you mean `{near}`?", "the manual, chapter Themes, lists the names a template may use"),
            "Templates may use the documented names only; a wrong one is an error, never a silent blank.",
        ),
    ),
    error(
        "GX906",
        Words(
            "配置里的代码不存在",
            "severities 里的“{key}”既不是代码也不是关系",
            ("是不是想写 {near}？", "写 GX 代码（gxsite explain 列出全部）或关系代号（gxsite forms show 列出）"),
            "severities 的键是 GX 代码或关系代号。",
        ),
        Words(
            "unknown code in the configuration",
            "`{key}` under severities is neither a code nor a relation",
            ("did you mean `{near}`?", "write a GX code (see gxsite explain) or a relation id (see gxsite forms show)"),
            "The keys of severities are GX codes or relation ids.",
        ),
    ),
    note(
        "GX907",
        Words(
            "缺少规定的网站信息",
            "没有写 {key}，网页将缺少规定的“{label}”",
            ("在 gxsite.yaml 补上 {key}",),
            "政府网站每页须有网站名称、域名和标识码等标签，页脚须有主办单位和备案信息。",
        ),
        Words(
            "site information missing",
            "without `{key}` the pages lack the required {label}",
            ("add {key} to gxsite.yaml",),
            "Every page of a government site carries its name, domain and site code, and a footer with host and records.",
        ),
    ),
    error(
        "GX908",
        Words(
            "基线文件读不懂",
            "基线文件 {file} 不是本系统写的格式",
            ("用 gxsite check --write-baseline 重新写一份",),
            "基线文件记下旧报告里已知的问题，不再重复报告；数字一变仍会报告。",
        ),
        Words(
            "baseline cannot be read",
            "the baseline file {file} is not in the form that gxsite writes",
            ("write a new one with `gxsite check --write-baseline`",),
            "A baseline holds the known findings of old reports; when their figures change they are reported again.",
        ),
    ),
    error(
        "GX909",
        Words(
            "没有安装所选的正文引擎",
            "body.engine 选了 {engine}，但是没有安装它",
            ("运行 pip install '{package}'", "不写 body.engine 就用默认的引擎，什么也不必安装"),
            "不会悄悄换用别的引擎：两种引擎在少数写法上结果不同，见手册“文件格式”。",
        ),
        Words(
            "the chosen body engine is not installed",
            "body.engine asks for {engine}, which is not installed",
            ("run pip install '{package}'", "without body.engine the default engine is used, which needs nothing more"),
            "No other engine is used in its place: they differ in a few constructs, see the manual, chapter on formats.",
        ),
    ),
)
