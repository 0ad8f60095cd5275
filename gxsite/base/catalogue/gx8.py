"""GX8: the site, its addresses and links."""

from gxsite.base.catalogue.entry import Words, error, note, warning

ENTRIES = (
    error(
        "GX801",
        Words(
            "机构与文件夹不符",
            "文件写的机构是“{got}”，但它在文件夹“{want}”里",
            ("改成 agency: {want}，或把文件移到正确的文件夹；这一行也可以不写",),
            "机构由文件夹名决定。文件里重复写时必须一致，免得报告归错单位。",
        ),
        Words(
            "agency does not agree with the folder",
            "the file says agency `{got}` but lies in the folder `{want}`",
            ("write `agency: {want}` or move the file; the line may also be left out",),
            "The folder decides the agency. A repetition in the file must agree with it.",
        ),
    ),
    error(
        "GX802",
        Words(
            "年度与文件名不符",
            "文件写的年度是 {got}，但文件名是 {want}",
            ("改成 year: {want}，或改文件名；这一行也可以不写",),
            "年度由文件名决定。文件里重复写时必须一致。",
        ),
        Words(
            "year does not agree with the file name",
            "the file says year {got} but its name says {want}",
            ("write `year: {want}` or rename the file; the line may also be left out",),
            "The file name decides the year. A repetition in the file must agree with it.",
        ),
    ),
    error(
        "GX803",
        Words(
            "索引号重复",
            "索引号 {number} 已用于 {other}",
            ("每份文件的索引号唯一；核对是哪一份写错",),
            "索引号一经编定不变，在整个门户内不得重复。",
        ),
        Words(
            "duplicate index number",
            "the index number {number} is used by {other} already",
            ("every document has an index number of its own; see which of the two is wrong",),
            "An index number never changes and is unique in the portal.",
        ),
    ),
    error(
        "GX804",
        Words(
            "站内链接无效",
            "链接“{target}”指向的内容不存在",
            ("是不是想写 {near}？", "链接从本文件所在位置写起，例如 ../tanghe/2018.md 或 2018/附件.pdf"),
            "链接到其他报告、文件、页面时写源文件的相对路径，系统会换成网页地址。",
        ),
        Words(
            "dead internal link",
            "the link `{target}` leads nowhere",
            (
                "did you mean `{near}`?",
                "write links relative to this file, such as ../tanghe/2018.md or 2018/table.pdf",
            ),
            "Links to reports, documents and pages name the source file; the build turns them into page addresses.",
        ),
    ),
    error(
        "GX805",
        Words(
            "两个内容要写到同一个地址",
            "{one} 与 {other} 的地址都是 {path}",
            ("给其中一个改名",),
            "每个网页地址只能有一个内容（不分大小写）。",
        ),
        Words(
            "two outputs with one path",
            "{one} and {other} would both be written to {path}",
            ("rename one of them",),
            "An address holds one thing only, letter case disregarded.",
        ),
    ),
    error(
        "GX806",
        Words(
            "缺少 agency.yaml",
            "文件夹“{folder}”里没有 agency.yaml",
            ("新建 {folder}/agency.yaml，写一行 name: 机构全称",),
            "每个机构文件夹都要有 agency.yaml，至少写明机构全称。",
        ),
        Words(
            "agency.yaml missing",
            "the folder `{folder}` has no agency.yaml",
            ("create {folder}/agency.yaml with one line, `name: …`",),
            "Every agency folder has an agency.yaml that gives at least its name.",
        ),
    ),
    error(
        "GX807",
        Words(
            "名字不能用作地址",
            "“{name}”不能用作地址：{problem}",
            ("例如 tanghe-edu、guide-2018",),
            "文件夹名和文件名就是网页地址，公布后不再改变。",
        ),
        Words(
            "name cannot be an address",
            "`{name}` cannot be an address: {problem}",
            ("for example tanghe-edu or guide-2018",),
            "Folder and file names become addresses, which never change once published.",
        ),
    ),
    warning(
        "GX808",
        Words(
            "没有用上的文件",
            "这个文件{problem}",
            (
                "报告：content/机构/年度.md；附件：content/机构/年度/；文件：content/机构/documents/名称.md",
                "页面：content/pages/名称.md；表样：content/forms/名称.yaml",
            ),
            "位置不对的文件不会发布，也不会被悄悄忽略。",
        ),
        Words(
            "file not used",
            "this file {problem}",
            (
                "reports: content/AGENCY/YEAR.md; attachments: content/AGENCY/YEAR/",
                "documents: content/AGENCY/documents/NAME.md; pages: content/pages/NAME.md; forms: content/forms/NAME.yaml",
            ),
            "A file in the wrong place is not published, and not passed over in silence either.",
        ),
    ),
    error(
        "GX809",
        Words(
            "上级机构有误",
            "没有代号为“{parent}”的机构",
            ("是不是想写 {near}？", "写 content/ 下的机构文件夹名；还没有这个机构的，用 gxsite new agency 新建"),
            "parent 写上级机构的文件夹名。",
        ),
        Words(
            "unknown parent",
            "there is no agency `{parent}`",
            ("did you mean `{near}`?", "write the folder of an agency below content/; `gxsite new agency` makes one"),
            "parent is the folder name of the agency above.",
        ),
    ),
    error(
        "GX810",
        Words(
            "上下级成环",
            "上级关系成环：{path}",
            ("改正其中一个 parent",),
            "机构的上下级是一棵树，不能循环。",
        ),
        Words(
            "circle of parents",
            "the parents form a circle: {path}",
            ("mend one `parent`",),
            "Agencies form a tree.",
        ),
    ),
    error(
        "GX811",
        Words(
            "链接不能以 / 开头",
            "链接“{target}”从网站根目录写起，门户放在子目录下时会失效",
            ("改成相对路径，例如 ../pages/guide.md；站外链接写完整网址",),
            "门户可能放在现有网站的任何一级目录下，所以站内链接一律用相对路径。",
        ),
        Words(
            "link begins with /",
            "the link `{target}` starts at the root of the server and breaks when the portal lies in a sub-folder",
            ("write it relative to this file, such as ../pages/guide.md; give outside links their full address",),
            "The portal may lie at any depth of an existing site, so internal links are relative.",
        ),
    ),
    error(
        "GX812",
        Words(
            "不允许的链接类型",
            "链接“{target}”的类型不允许",
            ("只能用相对路径、http、https、mailto 和 tel",),
            "javascript:、data:、file: 等链接可能危害读者，一律不发布。",
        ),
        Words(
            "link scheme not allowed",
            "the scheme of the link `{target}` is not allowed",
            ("use relative paths, http, https, mailto and tel only",),
            "javascript:, data:, file: and the like can harm readers and are never published.",
        ),
    ),
    error(
        "GX813",
        Words(
            "输出文件夹不是本系统建立的",
            "输出文件夹 {folder} 不是空的，也不是本系统建立的，没有写入",
            ("换一个空文件夹；确认里面的内容可以由本系统接管时，用 gxsite build --adopt",),
            "系统只清理自己写过的文件。文件夹里有别的内容时先停下来。",
        ),
        Words(
            "output folder is not ours",
            "the output folder {folder} is not empty and was not made by gxsite; nothing was written",
            ("name an empty folder, or let gxsite take it over with `gxsite build --adopt`",),
            "gxsite only removes what it wrote. It stops when a folder holds anything else.",
        ),
    ),
    warning(
        "GX814",
        Words(
            "未写明统计口径",
            "“{name}”下有其他机构，报告应写明是本级（own）还是汇总（consolidated）",
            ("加一行 scope: own（只统计本机关）或 scope: consolidated（连同下级一起统计）",),
            "不写明口径，汇总时可能重复计算。未写时按本级处理。",
        ),
        Words(
            "scope not stated",
            "`{name}` has agencies below it; say whether the report counts its own work or all of them",
            ("add `scope: own` or `scope: consolidated`",),
            "Without a scope figures may be counted twice in sums. A report without one counts as own.",
        ),
        waivable=True,
    ),
    note(
        "GX815",
        Words(
            "机构还没有内容",
            "“{name}”还没有报告或文件",
            ("用 gxsite new report {folder} 年度 新建一份",),
            "空的机构页仍会生成，并写明暂无内容。",
        ),
        Words(
            "agency without content",
            "`{name}` has neither reports nor documents yet",
            ("`gxsite new report {folder} YEAR` makes one",),
            "Its page is made all the same and says so.",
        ),
    ),
    warning(
        "GX816",
        Words(
            "报告年度超出机构存续期",
            "报告年度 {year} 不在“{name}”的存续期（{years}）内",
            (
                "核对文件名，或 agency.yaml 的 since、until",
                "若确实如此，在 waivers 下加一行并写明理由：- {{check: GX816, reason: …}}",
            ),
            "since 和 until 是机构存续的首末年份。",
        ),
        Words(
            "report outside the agency's years",
            "the report is for {year}, but `{name}` existed {years}",
            (
                "check the file name, or since and until in agency.yaml",
                "if it is really so, add a line under waivers: - {{check: GX816, reason: …}}",
            ),
            "since and until are the first and last year of an agency.",
        ),
        waivable=True,
    ),
    error(
        "GX817",
        Words(
            "文件无法读取",
            "文件无法读取：{problem}",
            ("检查文件权限；链接不能指向门户之外",),
            "读不到的文件不会被悄悄略过，因为那样网页上就会少一份报告。",
        ),
        Words(
            "file cannot be read",
            "the file cannot be read: {problem}",
            ("check its permissions; a link must not leave the portal",),
            "A file that cannot be read is never skipped: a report would be missing from the pages.",
        ),
    ),
    warning(
        "GX818",
        Words(
            "有报告暂缓发布",
            "本文件有错误，暂缓发布{kept}",
            ("改正错误后重新生成",),
            "on_error: quarantine 时，有错误的文件不更新，其余照常发布；有上一个合格版本的，网页保留该版本并附说明。",
        ),
        Words(
            "held back",
            "this file has errors and was held back{kept}",
            ("mend the errors and build again",),
            "With on_error: quarantine a file with errors is not updated while all others are published; its last good "
            "version stays, with a notice.",
        ),
    ),
    error(
        "GX819",
        Words(
            "输出位置被占用",
            "{path} 的位置被同名的文件夹或文件占用，没有写入",
            ("移走占用的文件夹或文件，再生成一次",),
            "系统只替换自己写过的文件，不会覆盖别的内容。",
        ),
        Words(
            "place in the output is taken",
            "a folder or file stands where {path} belongs; nothing was written",
            ("move it away and build again",),
            "gxsite replaces only files that it wrote itself.",
        ),
    ),
    error(
        "GX820",
        Words(
            "无法写入输出文件夹",
            "无法写入 {folder}：{problem}",
            ("检查文件夹的权限和磁盘空间，或用 --output 换一个文件夹",),
            "输出文件夹必须存在或能够新建，并且可写；它不能是门户文件夹本身，也不能在 content 或 themes 里。",
        ),
        Words(
            "output folder cannot be written",
            "{folder} cannot be written: {problem}",
            ("check permissions and disk space, or name another folder with --output",),
            "The output folder must be writable; it cannot be the portal's own folder or lie in content or themes.",
        ),
    ),
    error(
        "GX821",
        Words(
            "网页里的链接无效",
            "网页里的链接“{target}”指向的文件不存在{more}",
            (
                "是不是想写 {near}？",
                "网页由版式的 {template} 和它引用的模板生成，改正那里的链接",
                "正文里写源文件的相对路径；模板里用视图给的地址，或 {{{{ page.root }}}} 加门户内的路径",
            ),
            "生成之后、换上之前，每个网页的每个内部链接都要核对：网页、附件、下载、图片、样式表，还有以门户网址 base 开头的完整网址。",
        ),
        Words(
            "dead link in a page",
            "the link `{target}` of a page leads to a file that is not there{more}",
            (
                "did you mean `{near}`?",
                "the page is made with {template} of the theme and what it includes; mend the link there",
                "bodies name source files; templates use the addresses in their views, or {{{{ page.root }}}} and a path",
            ),
            "Before pages are moved into place each of their internal links is checked: pages, attachments, downloads, "
            "pictures, style sheets, and full addresses that begin with the portal's base.",
        ),
        adjustable=True,
    ),
    warning(
        "GX822",
        Words(
            "链接要去的位置不存在",
            "网页 {page} 里没有链接要去的位置 #{target}{more}",
            (
                "是不是想写 #{near}？",
                "网页由版式的 {template} 和它引用的模板生成，改正那里的链接",
                "正文标题的 id 写在标题后面，例如 ## 概述 {{#overview}}；链接写 2018.md#overview",
            ),
            "读者会停在网页的开头，找不到要看的地方。标题改了、删了，指向它的链接也要改。",
        ),
        Words(
            "dead anchor",
            "the page {page} has no place #{target} that a link leads to{more}",
            (
                "did you mean `#{near}`?",
                "the page with the link is made with {template} of the theme and what it includes; mend the link there",
                "headings of a body get an id by {{#overview}} behind them; links then say 2018.md#overview",
            ),
            "Readers end up at the top of the page. When a heading changes, so must the links to it.",
        ),
        adjustable=True,
    ),
    error(
        "GX823",
        Words(
            "链接换了地方就失效",
            "网页里的链接“{target}”{problem}{more}",
            (
                "改成 {near}",
                "网页由版式的 {template} 和它引用的模板生成，改正那里的链接",
                "站内链接写成相对的、写到文件，模板里用 {{{{ page.root }}}} 加门户内的路径；站外链接写完整网址",
            ),
            "门户可能放在现有网站的任何一级目录下，也可以从硬盘打开，所以链接不能依赖它现在所在的地方。",
        ),
        Words(
            "link that holds in one place only",
            "the link `{target}` of a page {problem}{more}",
            (
                "write {near}",
                "the page is made with {template} of the theme and what it includes; mend the link there",
                "inside the portal write relative links to files, in templates {{{{ page.root }}}} and a path; elsewhere full addresses",
            ),
            "The portal may lie at any depth of an existing site, and open from a disk: links must hold wherever it is.",
        ),
        adjustable=True,
    ),
    warning(
        "GX824",
        Words(
            "同一网页里 id 重复",
            "同一网页里 id“{target}”不止一个{more}",
            (
                "网页由版式的 {template} 和它引用的模板生成，给其中一个另起名字",
                "正文里用 {{#名字}} 写的 id 在一份正文里也不能重复",
            ),
            "重复的 id 使链接、屏幕阅读器和标签指错地方。",
        ),
        Words(
            "duplicate id in a page",
            "the id `{target}` is given more than once in a page{more}",
            (
                "the page is made with {template} of the theme and what it includes; give one of them another name",
                "ids that a body gives by {{#name}} are unique in that body, too",
            ),
            "Duplicate ids lead links, screen readers and labels to the wrong place.",
        ),
        adjustable=True,
    ),
    error(
        "GX825",
        Words(
            "网页向别的网站请求内容",
            "网页会自动向别的网站请求“{target}”{more}",
            (
                "网页由版式的 {template} 和它引用的模板生成，把文件放进版式的 static/",
                "正文用的图片放在报告的附件文件夹里，写相对路径；要提到别的网站，写成链接",
            ),
            "图片、脚本、样式、字体都由门户自己提供。向第三方请求会泄露读者的行踪，对方停用时网页也会坏。",
        ),
        Words(
            "page asks another site for content",
            "a page makes the browser ask another site for `{target}`{more}",
            (
                "the page is made with {template} of the theme and what it includes; put the file into its static/",
                "put pictures of a body beside the report as attachments; mention other sites by links",
            ),
            "Pictures, scripts, styles and fonts are the portal's own. Requests to others tell them who reads what.",
        ),
        adjustable=True,
    ),
    error(
        "GX826",
        Words(
            "网页里有不允许的链接类型",
            "网页里的链接“{target}”的类型不允许{more}",
            (
                "网页由版式的 {template} 和它引用的模板生成，改正那里的链接",
                "javascript: 的链接改成按钮或普通链接；file: 和本机路径改成门户内的文件",
            ),
            "javascript:、data:、file: 等链接可能危害读者，或者只在作者自己的电脑上有效。",
        ),
        Words(
            "link scheme not allowed in a page",
            "the scheme of the link `{target}` of a page is not allowed{more}",
            (
                "the page is made with {template} of the theme and what it includes; mend the link there",
                "make javascript: links buttons or plain links; put files of your own machine into the portal",
            ),
            "javascript:, data:, file: and the like can harm readers, or work on their author's machine only.",
        ),
        adjustable=True,
    ),
    warning(
        "GX827",
        Words(
            "网页里有空的链接",
            "网页里有空的链接或图片地址{more}",
            (
                "网页由版式的 {template} 和它引用的模板生成，没有地址时不要写链接",
                "空的地址指的是网页自己",
            ),
            "点了空的链接只会重新打开本页；空的图片地址会让浏览器再请求一次本页。",
        ),
        Words(
            "empty link in a page",
            "a page has an empty link, or a picture without an address{more}",
            (
                "the page is made with {template} of the theme and what it includes; write no link without an address",
                "an empty address means the page itself",
            ),
            "An empty link opens the page again; an empty picture address asks for the page once more.",
        ),
        adjustable=True,
    ),
    warning(
        "GX831",
        Words(
            "站外链接失效",
            "站外链接 {target} 打不开：{problem}{more}",
            ("换成新的网址，或去掉链接", "对方网站改版时常常换网址，可以在对方网站上搜索标题"),
            "gxsite check --external 逐个访问站外链接；网页不存在（404、410）和找不到主机是警告。",
        ),
        Words(
            "dead link to another site",
            "the link to another site {target} fails: {problem}{more}",
            ("write its new address, or drop the link", "sites change addresses; search there for the title"),
            "`gxsite check --external` asks for every link to another site; 404, 410 and unknown hosts are warnings.",
        ),
        adjustable=True,
    ),
    note(
        "GX832",
        Words(
            "站外链接已换地址",
            "站外链接 {target} 已永久转到 {near}{more}",
            ("改成 {near}",),
            "对方网站声明这个网址已永久改变（301、308）。旧网址以后可能失效。",
        ),
        Words(
            "link to another site has moved",
            "the link to another site {target} has moved for good to {near}{more}",
            ("write `{near}`",),
            "The other site says that the address has changed for good (301, 308). The old one may fail one day.",
        ),
        adjustable=True,
    ),
    note(
        "GX833",
        Words(
            "站外链接没能核实",
            "没能核实站外链接 {target}：{problem}{more}",
            ("用浏览器打开看看；对方暂时有故障或不接受程序访问时，不用改",),
            "超时、服务器故障、拒绝访问、证书问题，都不说明链接失效。",
        ),
        Words(
            "link to another site not verified",
            "the link to another site {target} could not be verified: {problem}{more}",
            ("open it in a browser; nothing has to change if the site is down or refuses programs",),
            "Timeouts, broken servers, refusals and certificates do not prove that a link is dead.",
        ),
        adjustable=True,
    ),
)
