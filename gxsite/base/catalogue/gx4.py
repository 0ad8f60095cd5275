"""GX4: dates and filing."""

from gxsite.base.catalogue.entry import Words, error, warning

ENTRIES = (
    error(
        "GX401",
        Words(
            "日期有误",
            "“{key}”的日期“{raw}”有误：{problem}",
            ("例如 {key}: 2019-03-26",),
            "日期写作 年-月-日，月、日各两位，后面可以加 时:分 或 时:分:秒。",
        ),
        Words(
            "bad date",
            "the date of `{key}`, `{raw}`, is wrong: {problem}",
            ("for example `{key}: 2019-03-26`",),
            "A date is YYYY-MM-DD, with HH:MM or HH:MM:SS behind it if known.",
        ),
    ),
    warning(
        "GX402",
        Words(
            "没有发布日期",
            "报告没有写发布日期（published），网页上将写“发布日期不详”",
            ("查明后补上 published: …；确实查不到的，在 waivers 下加一行并写明理由：- {{check: GX402, reason: …}}",),
            "发布日期不得推测或编造。没有日期的报告不进入订阅，也不判断是否逾期。",
        ),
        Words(
            "no publication date",
            "the report has no `published`; the page will say that the date is not known",
            (
                "find it and add `published: …`; if it cannot be found, add a line under waivers: - {{check: GX402, reason: …}}",
            ),
            "Dates are never guessed. A report without a date is in no feed and is not judged late.",
        ),
        waivable=True,
    ),
    warning(
        "GX403",
        Words(
            "落款早于报告期结束",
            "落款日期 {signed} 早于报告期末 {end}",
            (
                "核对年份，常见的是写成了上一年",
                "若原件如此，在 waivers 下加一行并写明理由：- {{check: GX403, expect: '{expect}', reason: …}}",
            ),
            "年度报告统计全年数据，不可能在当年结束前写成。",
        ),
        Words(
            "signed before the period ended",
            "signed on {signed}, before the end of the period on {end}",
            (
                "check the year; the previous one is often written by mistake",
                "if the original says so, add a line under waivers: - {{check: GX403, expect: '{expect}', reason: …}}",
            ),
            "An annual report counts the whole year and cannot be signed before it is over.",
        ),
        waivable=True,
    ),
    warning(
        "GX404",
        Words(
            "发布早于落款",
            "发布日期 {published} 早于落款日期 {signed}",
            (
                "核对两个日期",
                "若原件如此，在 waivers 下加一行并写明理由：- {{check: GX404, expect: '{expect}', reason: …}}",
            ),
            "报告签署后才能发布。",
        ),
        Words(
            "published before it was signed",
            "published on {published}, before it was signed on {signed}",
            (
                "check both dates",
                "if the original says so, add a line under waivers: - {{check: GX404, expect: '{expect}', reason: …}}",
            ),
            "A report is published after it is signed.",
        ),
        waivable=True,
    ),
    warning(
        "GX405",
        Words(
            "公布日期晚于法定期限",
            "公布日期 {filed} 晚于法定期限 {deadline}",
            (
                "核对日期；机构另有期限的，在 agency.yaml 写 deadline，例如 deadline: '04-30'",
                "有正当理由的，在 waivers 下加一行并写明：- {{check: GX405, expect: '{expect}', reason: …}}",
            ),
            "2018 年度及以前为次年 3 月 31 日；以后，部门和乡镇为 1 月 31 日，各级政府为 3 月 31 日。",
        ),
        Words(
            "published after the deadline",
            "published on {filed}, after the legal deadline of {deadline}",
            (
                "check the date; an agency with another deadline says so in agency.yaml: deadline: '04-30'",
                "if there is a good reason, add a line under waivers: - {{check: GX405, expect: '{expect}', reason: …}}",
            ),
            "To 2018: 31 March of the next year. Later: 31 January for departments and townships, 31 March for governments.",
        ),
        waivable=True,
    ),
    warning(
        "GX406",
        Words(
            "发布早于报告期结束",
            "发布日期 {published} 早于报告期末 {end}",
            (
                "核对年份",
                "若原件如此，在 waivers 下加一行并写明理由：- {{check: GX406, expect: '{expect}', reason: …}}",
            ),
            "年度报告统计全年数据，不可能在当年结束前公布。",
        ),
        Words(
            "published before the period ended",
            "published on {published}, before the end of the period on {end}",
            (
                "check the year",
                "if the original says so, add a line under waivers: - {{check: GX406, expect: '{expect}', reason: …}}",
            ),
            "An annual report counts the whole year and cannot be published before it is over.",
        ),
        waivable=True,
    ),
)
