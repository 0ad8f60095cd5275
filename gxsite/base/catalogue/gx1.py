"""GX1: syntax, encoding and limits of source files."""

from gxsite.base.catalogue.entry import Words, error

ENTRIES = (
    error(
        "GX101",
        Words(
            "文件编码不是 UTF-8",
            "文件不是 UTF-8 编码：从这里起无法识别（字节 {byte}）",
            ("看起来是 {guess} 编码", "用编辑器打开文件，另存时编码选 UTF-8，再试"),
            "gxsite 只读 UTF-8 文件，这样每个汉字只有一种读法。记事本、WPS 等软件的“另存为”里都能选择编码。",
        ),
        Words(
            "file is not UTF-8",
            "the file is not UTF-8: it cannot be read from here on (byte {byte})",
            ("it looks like {guess}", "open the file in an editor and save it as UTF-8"),
            "gxsite reads UTF-8 only, so that every character has one meaning. Editors offer the encoding under Save as.",
        ),
    ),
    error(
        "GX102",
        Words(
            "YAML 写法有误",
            "这一行的写法有误：{problem}",
            ("改好这一行；它和它下面缩进的各行本次没有读入，其余各行照常检查",),
            "文件开头两条 --- 之间是 YAML：每行一个“键: 值”，冒号用半角并后跟一个空格，下级内容缩进两个空格。"
            "含有“: ”“ #”或以 [ { * & ! | > % @ ` 开头的文字要加引号。",
        ),
        Words(
            "YAML syntax",
            "this line is not well written: {problem}",
            ("mend this line; it (and what is nested under it) was not read, all other lines were checked",),
            "Between the two --- lines stands YAML: one `key: value` a line, nested lines indented by two spaces. "
            "Text with `: ` or ` #` in it, or beginning with [ { * & ! | > % @ `, needs quotes.",
        ),
    ),
    error(
        "GX103",
        Words(
            "同一个键写了两次",
            "“{key}”写了两次，第一次在第 {line} 行",
            ("只留一处；本次以第 {line} 行为准",),
            "YAML 软件通常悄悄采用后写的一个，数字就可能被换掉，所以这里按错误处理。",
        ),
        Words(
            "duplicate key",
            "`{key}` is written twice, first on line {line}",
            ("keep one of them; line {line} was used this time",),
            "Most YAML readers silently keep the later one, which can replace a figure; here it is an error.",
        ),
    ),
    error(
        "GX104",
        Words(
            "冒号是全角的",
            "“{key}”后面用了全角冒号“：”",
            ("改成半角冒号加一个空格，即“{key}: ”",),
            "键和值之间要用半角冒号加空格。全角冒号会让整行被当作一段文字，报错往往出现在下一行。",
        ),
        Words(
            "full-width colon",
            "`{key}` is followed by a full-width colon",
            ("write an ordinary colon and a space, that is `{key}: `",),
            "Key and value are parted by an ASCII colon and a space. A full-width colon turns the whole line into text.",
        ),
    ),
    error(
        "GX105",
        Words(
            "# 后面的内容会丢失",
            "“{text}”会被当作注释而丢失",
            ("若是内容，请把整个值加上引号；若是注释，请在 # 后加一个空格",),
            "YAML 把空格后的 # 及其后的文字当作注释。为免内容悄悄丢失，注释的 # 后必须有空格，内容里有 # 时必须加引号。",
        ),
        Words(
            "text after # is lost",
            "`{text}` would be taken for a comment and lost",
            ("if it is content, put the whole value in quotes; if it is a comment, put a space after the #",),
            "YAML treats ` #` and what follows as a comment. So that nothing vanishes unseen, comments need a space after "
            "the # and content with a # needs quotes.",
        ),
    ),
    error(
        "GX106",
        Words(
            "缺少 --- 包围的开头部分",
            "找不到{what}",
            ("文件第一行写 ---，接着写 title 等各键，每行一个，再用一行 --- 结束，后面是正文",),
            "每个报告文件分两部分：两行 --- 之间的目录信息和统计表，以及其后的正文。",
        ),
        Words(
            "front matter missing",
            "there is no {what}",
            ("begin the file with ---, then title and the other keys, one a line, then another ---, then the body",),
            "A report file has two parts: record card and table between two --- lines, and the body after them.",
        ),
    ),
    error(
        "GX107",
        Words(
            "不接受的 YAML 功能",
            "这里用了{what}，本系统不接受",
            ("直接写出值；若是文字，请加引号",),
            "锚点、引用、标签和合并键会让读者看不到真正的数值，也可能被用来拖垮软件，所以一律不接受。",
        ),
        Words(
            "YAML feature refused",
            "{what} is not accepted here",
            ("write the value itself; put text in quotes",),
            "Anchors, aliases, tags and merge keys hide the figure from the reader and can be used to exhaust a program.",
        ),
    ),
    error(
        "GX108",
        Words(
            "内容超出读取限度",
            "{what}超过 {limit}，这部分内容没有读入",
            ("拆分或简化文件；正常的报告远达不到这个限度",),
            "限度用来防止损坏或恶意的文件拖垮系统。",
        ),
        Words(
            "beyond the reading limits",
            "{what} exceeds {limit}; this part of the file was not read",
            ("split or simplify the file; an ordinary report is far below this limit",),
            "The limits keep damaged or hostile files from exhausting the program.",
        ),
    ),
    error(
        "GX109",
        Words(
            "文件太大",
            "内容有 {size} 字节，上限是 {limit} 字节，没有读入",
            ("大的表格、图片、扫描件请作为附件放在与年度同名的文件夹里",),
            "开头部分不超过 256 kB，正文不超过 2 MB。",
        ),
        Words(
            "file too large",
            "there are {size} bytes, more than the {limit} that are read; nothing was read",
            ("put large tables, pictures and scans into the attachment folder of the report",),
            "Front matter may have 256 kB, a body 2 MB.",
        ),
    ),
    error(
        "GX110",
        Words(
            "有看不见的控制字符",
            "有看不见的字符 {character}（共 {count} 处），这里是第一处",
            ("删除该字符；从 PDF、Word 或网页复制时容易带入",),
            "控制字符、特殊换行符和改变文字方向的符号会让行号、数字或文字与看到的不一致。本次按空格读入。",
        ),
        Words(
            "invisible control character",
            "there is an invisible character {character} ({count} in all), first here",
            ("delete it; such characters come along when text is copied from PDF, Word or web pages",),
            "Control characters, special line separators and marks that reorder text make a file read otherwise than it "
            "looks. They were read as spaces this time.",
        ),
    ),
    error(
        "GX111",
        Words(
            "缩进用错字符",
            "行首缩进用了 {character}，这里只能用半角空格",
            ("把行首的制表符（Tab）或全角空格（U+3000）换成半角空格，每级两个",),
            "制表符和全角空格看上去像缩进，但 YAML 不认。",
        ),
        Words(
            "wrong character in the indent",
            "this line is indented with {character}; only plain spaces are an indent",
            ("replace tabs and full-width spaces (U+3000) by plain spaces, two a level",),
            "Tabs and full-width spaces look like an indent but are none to YAML.",
        ),
    ),
    error(
        "GX112",
        Words(
            "单独的减号",
            "单独一个“-”不是值",
            ("不适用写 /；没有写 无；空着就什么也不写；零写 0",),
            "在 YAML 里行内单独的“-”是列表的开头。统计表里四种情况要分清：0、空白、不适用（/）、无。",
        ),
        Words(
            "a lone dash",
            "a lone `-` is not a value",
            ("write / for not applicable, 无 for none, nothing at all for blank, 0 for zero",),
            "In YAML a lone dash begins a list. The table tells four things apart: 0, blank, not applicable (/), none (无).",
        ),
    ),
    error(
        "GX113",
        Words(
            "不是“键: 值”结构",
            "这里应当是若干行“键: 值”",
            ("每行写一个键、一个半角冒号、一个空格和一个值",),
            "文件的这一部分必须由“键: 值”各行组成，键是简单的文字。",
        ),
        Words(
            "not a mapping",
            "lines of `key: value` are expected here",
            ("write a key, a colon, a space and a value on each line",),
            "This part of the file must consist of `key: value` lines with simple keys.",
        ),
    ),
    error(
        "GX114",
        Words(
            "正文嵌套或括号异常",
            "正文这一段{what}超过 {limit}，没有转换",
            ("检查是否误粘贴了大量符号；若是内容，请拆成几段",),
            "成千上万个未配对的方括号、尖括号或层层嵌套的引用会使 Markdown 转换变得极慢，正常的正文不会出现。",
        ),
        Words(
            "body too deeply nested or bracketed",
            "{what} in this block exceeds {limit}; it was not converted",
            ("see whether a run of symbols was pasted by mistake; split it if it is content",),
            "Thousands of unmatched brackets or nested quotes make Markdown conversion extremely slow; no real body has them.",
        ),
    ),
)
