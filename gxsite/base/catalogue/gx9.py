"""GX9: configuration and themes."""

from gxsite.base.catalogue.entry import Words, error, note, warning

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
    warning(
        "GX910",
        Words(
            "版式里的文字没有英文",
            "“{text}”没有英文，英文网页上仍是中文",
            ('在版式的 {file} 写 "{text}": "…"',),
            "门户有英文副本（variants: [en]）时，模板里用 t 标出的中文要有英文说法。",
        ),
        Words(
            "no English for a text of the theme",
            "`{text}` has no English text and stays Chinese on the English pages",
            ('write `"{text}": "…"` in {file} of the theme',),
            "In a portal with English pages (`variants: [en]`) every Chinese text behind `t` needs an English one.",
        ),
    ),
    warning(
        "GX911",
        Words(
            "英文没有用上",
            "没有模板用到“{text}”，这条英文没有用上",
            ("是不是想写 {near}？", "键要与模板里 t 前面的中文逐字相同；用不着的删去"),
            "版式的 labels/en.yaml 以模板里的中文为键。",
        ),
        Words(
            "unused English text",
            "no template uses `{text}`, so its English text is never seen",
            ("did you mean `{near}`?", "a key is the very text that stands before `t` in a template; remove idle ones"),
            "labels/en.yaml of a theme has the Chinese texts of its templates as keys.",
        ),
    ),
    error(
        "GX912",
        Words(
            "没有安装繁体转换",
            "variants 里有 {variant}，但是没有安装转换用的 OpenCC",
            ("运行 pip install '{package}'", "不要繁体副本就从 variants 里去掉 {variant}"),
            "繁体副本由 OpenCC 转换；没有它就不生成，不会悄悄少一套网页。",
        ),
        Words(
            "OpenCC is not installed",
            "variants has {variant}, but OpenCC, which converts to it, is not installed",
            ("run pip install '{package}'", "take {variant} out of `variants` if the copy is not wanted"),
            "The copy in traditional characters is made by OpenCC; it is never left out in silence.",
        ),
    ),
    error(
        "GX920",
        Words(
            "版式的静态文件有误",
            "静态文件有误：{problem}",
            ("是不是想写 {near}？", "静态文件之间用相对路径引用；字体、图片都放在版式的 static/ 里"),
            "网页只用本站的文件，不向别的网站要任何东西；样式表里引用的文件改名发布，所以必须找得到。",
        ),
        Words(
            "error in a static file of the theme",
            "the static file is wrong: {problem}",
            ("did you mean `{near}`?", "refer by relative paths; put fonts and pictures into static/ of the theme"),
            "Pages ask no other site for anything; files that a style sheet refers to are renamed, so they must be there.",
        ),
    ),
    error(
        "GX921",
        Words(
            "颜色看不清",
            "{key} 的颜色 {colour} 在{scheme}底色 {ground} 上对比度只有 {ratio}:1，至少要 4.5:1",
            ("改用最接近的合格颜色 {near}",),
            "文字和底色的对比度不到 4.5:1，视力不好的人看不清（WCAG 2 AA、GB/T 37668）。底色由版式的 theme.yaml 写明。",
        ),
        Words(
            "colour that is hard to read",
            "the contrast of {key}, {colour}, on the {scheme} ground {ground} is {ratio}:1; it has to be 4.5:1 at least",
            ("the nearest colour that is read well is {near}",),
            "Below 4.5:1 text is hard to read for people with low vision (WCAG 2 AA, GB/T 37668). theme.yaml names the grounds of a theme.",
        ),
    ),
    error(
        "GX922",
        Words(
            "图片用不了",
            "assets/{file} 用不了：{problem}",
            ("是不是想写 {near}？", "把图片放到门户的 assets/ 文件夹，格式 {formats}"),
            "徽标和图标是门户 assets/ 文件夹里的图片，大小从文件里读出，网页打开时不会跳动。",
        ),
        Words(
            "picture cannot be used",
            "assets/{file} cannot be used: {problem}",
            ("did you mean `{near}`?", "put the picture into the folder assets/ of the portal, as {formats}"),
            "Crest and icon are pictures in assets/. Their size is read from them, so that pages do not jump.",
        ),
    ),
    warning(
        "GX923",
        Words(
            "版式里没有用上的文件",
            "没有网页用到这个文件",
            ("是不是想写 {near}？", "模板名要与页面种类或别的模板里写的一致；样式表要写进 theme.yaml 的 styles"),
            "名字写错的模板和样式表不起作用，也不会被悄悄忽略。",
        ),
        Words(
            "file of the theme not used",
            "no page uses this file",
            (
                "did you mean `{near}`?",
                "templates are named by kinds of pages or in other templates, style sheets in theme.yaml",
            ),
            "A template or style sheet with a wrong name has no effect, and is not passed over in silence either.",
        ),
    ),
    warning(
        "GX924",
        Words(
            "版式不用这项设置",
            "版式“{theme}”不用 {key}，写了没有作用",
            ("用 default 或在它上面修改的版式，或在版式里用上：{use}",),
            "门户的主色和徽标由版式决定用在哪里。",
        ),
        Words(
            "setting that the theme does not use",
            "the theme `{theme}` does not use {key}, so it has no effect",
            ("take `default` or a theme that extends it, or use it in the theme: {use}",),
            "Where the colour and the crest of a portal appear is for the theme to say.",
        ),
    ),
    error(
        "GX925",
        Words(
            "版式继承成了一圈",
            "版式互相继承，成了一圈：{circle}",
            ("改掉其中一个 theme.yaml 的 extends；最下面的版式不写 extends",),
            "版式可以一层一层继承，但总要有最下面的一个，例如 default。",
        ),
        Words(
            "themes extend each other",
            "themes extend each other in a circle: {circle}",
            ("change `extends` in one of them; the undermost theme extends none",),
            "A theme may extend one that extends another, but there has to be one beneath them all, such as default.",
        ),
    ),
    warning(
        "GX926",
        Words(
            "自定义属性没有作用",
            "样式表里的自定义属性没有作用：{problem}",
            ("是不是想写 {near}？", "默认版式的自定义属性见手册“版式”；用不着的删去"),
            "写错名字的自定义属性，浏览器不声不响地当作没有。",
        ),
        Words(
            "custom property without effect",
            "a custom property of the style sheet has no effect: {problem}",
            (
                "did you mean `{near}`?",
                "the manual, chapter Themes, lists those of the default theme; remove idle ones",
            ),
            "Browsers ignore a custom property with a wrong name in silence.",
        ),
    ),
)
