"""GX3: relations between figures, and waivers."""

from gxsite.base.catalogue.entry import Words, error, warning

_WAIVE_ZH = "若数字确实如此，在 waivers 下加一行并写明理由：- {{check: {waive}, expect: '{expect}', reason: …}}"
_WAIVE_EN = (
    "if the figures are really so, add a line under waivers: - {{check: {waive}, expect: '{expect}', reason: …}}"
)

ENTRIES = (
    error(
        "GX301",
        Words(
            "合计与分项不相等",
            "{where}{left} = {left_value}，{right} = {right_value}，两边应当相等，相差 {gap}",
            ("{suspect}", "{more}", "依据：{because}", _WAIVE_ZH),
            "表样规定等号两边必须相等。空白按“未知”参与判断：只有任何可能的数都无法使等式成立时才报错。",
        ),
        Words(
            "a sum does not agree",
            "{where}{left} = {left_value} but {right} = {right_value}; both sides must be equal, they differ by {gap}",
            ("{suspect}", "{more}", "because: {because}", _WAIVE_EN),
            "The form requires both sides to be equal. A blank counts as unknown: the finding means that no possible value "
            "could make them equal.",
        ),
        waivable=True,
    ),
    error(
        "GX302",
        Words(
            "大小关系不成立",
            "{where}{left} = {left_value}，{right} = {right_value}，应当 {left_short} {op} {right_short}，相差 {gap}",
            (
                "条件：{condition}",
                "{suspect}",
                "{more}",
                "依据：{because}",
                _WAIVE_ZH,
            ),
            "表样规定一边不能大于（或小于）另一边，例如“其中”一行不能大于总数，各渠道之和不能小于去重后的总数。",
        ),
        Words(
            "a bound does not hold",
            "{where}{left} = {left_value} and {right} = {right_value}, but {left_short} {op} {right_short} is required; "
            "they differ by {gap}",
            (
                "condition: {condition}",
                "{suspect}",
                "{more}",
                "because: {because}",
                _WAIVE_EN,
            ),
            "The form says that one side cannot exceed the other: a part cannot exceed its whole, channels together cannot "
            "be fewer than the de-duplicated total.",
        ),
        waivable=True,
    ),
    error(
        "GX303",
        Words(
            "几条关系合起来不能同时成立",
            "这些关系各自都可能成立，但合在一起没有任何数能填入空白：{relations}",
            (
                "核对所列各格，至少有一个数有误或漏填",
                "依据：{because}",
                "关系代号：{ids}",
                "若数字确实如此，在 waivers 下加一行并写明理由：- {{check: GX303, expect: '{expect}', reason: …}}",
            ),
            "系统把空白当作未知数，用全部必须成立的关系推算其范围；推算出的范围为空，说明已填的数互相矛盾。",
        ),
        Words(
            "relations contradict each other",
            "each of these relations may hold, but together they leave no value for the blanks: {relations}",
            (
                "check the cells named; at least one figure is wrong or missing",
                "because: {because}",
                "ids of the relations: {ids}",
                "if the figures are really so, add a line under waivers: - {{check: GX303, expect: '{expect}', reason: …}}",
            ),
            "Blanks are treated as unknowns, bounded by all relations that must hold; an empty range means that the "
            "figures given contradict each other.",
        ),
        waivable=True,
    ),
    warning(
        "GX304",
        Words(
            "豁免没有用上",
            "豁免“{check}”没有对应的问题",
            ("问题已经改好的，删去这条豁免；写了 cell 的，核对单元格名",),
            "没有用上的豁免应当删除，免得以后掩盖真正的问题。",
        ),
        Words(
            "unused waiver",
            "no finding matches the waiver of `{check}`",
            ("if the problem is gone, remove the waiver; if it names a cell, check that name",),
            "A waiver without a finding should go, lest it hide a real problem later.",
        ),
    ),
    warning(
        "GX305",
        Words(
            "豁免已失效",
            "豁免“{check}”写的是 {expect}，现在是 {actual}",
            ("数字变了，原来的理由不一定成立：改正数字，或核对后把 expect 改为 '{actual}'",),
            "豁免只对写明的数字有效，数字一变就要重新核对。",
        ),
        Words(
            "expired waiver",
            "the waiver of `{check}` expects {expect}, but now it is {actual}",
            ("the figures moved: mend them, or confirm the reason and set expect to '{actual}'",),
            "A waiver holds for the figures it names; when they move it must be confirmed again.",
        ),
    ),
    error(
        "GX306",
        Words(
            "不能豁免",
            "“{check}”不能豁免：{title}",
            ("请改正问题本身",),
            "语法、未知键、路径、隐私和恶意内容一类的问题不能豁免。",
        ),
        Words(
            "cannot be waived",
            "`{check}` cannot be waived: {title}",
            ("mend the problem itself",),
            "Syntax, unknown keys, paths, privacy and hostile content cannot be waived.",
        ),
    ),
    error(
        "GX307",
        Words(
            "豁免指向不存在的检查",
            "没有名为“{check}”的关系或代码",
            ("是不是想写 {near}？", "check 写关系代号（见 gxsite check 的输出）或 GX 代码"),
            "豁免必须指明是哪一条关系或哪一个代码。",
        ),
        Words(
            "waiver of an unknown check",
            "there is no relation or code `{check}`",
            ("did you mean `{near}`?", "check is a relation id, as gxsite check prints it, or a GX code"),
            "A waiver names the relation or the code it waives.",
        ),
    ),
    error(
        "GX308",
        Words(
            "豁免缺少 expect",
            "豁免“{check}”没有写 expect",
            ("照抄检查输出的数字：expect: '{actual}'",),
            "expect 写明豁免时的数字，数字一变豁免就失效。",
        ),
        Words(
            "waiver without expect",
            "the waiver of `{check}` lacks expect",
            ("copy the figures that check printed: expect: '{actual}'",),
            "expect names the figures at the time of the waiver; when they move, the waiver ends.",
        ),
    ),
    error(
        "GX311",
        Words(
            "与上一年度报告不衔接",
            "{where}{left} = {left_value}，{right} = {right_value}，与 {year} 年度报告不衔接，相差 {gap}",
            ("{suspect}", "{more}", "核对本年度和 {year} 年度两份报告，至少有一处有误", "依据：{because}", _WAIVE_ZH),
            "本年度的上年结转数应等于上一年度报告的结转数，等等。两年的表样不同时，只比较对照表中同一序列的单元格；"
            "机构改革后与前身之和比较，只作提醒。",
        ),
        Words(
            "does not continue the previous year",
            "{where}{left} = {left_value} but {right} = {right_value}; they do not continue the report of {year}, "
            "the difference is {gap}",
            ("{suspect}", "{more}", "check both reports, this one and that of {year}", "because: {because}", _WAIVE_EN),
            "What this report carries in must be what the previous one carried out, and so on. Between two forms only the "
            "cells that the crosswalk calls the same are compared; after a reform the sum of the predecessors, as a "
            "warning.",
        ),
        waivable=True,
    ),
    warning(
        "GX312",
        Words(
            "汇总数与下级之和不符",
            "{cell} = {value}，下级各报告之和 = {sum}，相差 {gap}（下级应有 {expected} 份，已有 {covered} 份）",
            ("核对下级各报告是否齐全、口径是否一致", "依据：{because}", _WAIVE_ZH),
            "汇总报告与下级本级报告之和比较。下级报告不齐时只作说明；齐全时不符为警告，门户设 reconcile: strict 时为错误。",
        ),
        Words(
            "does not equal the sum of the levels below",
            "{cell} = {value}, the reports below add up to {sum}, the difference is {gap} ({covered} of {expected} reports)",
            ("see whether all reports below are there and count alike", "because: {because}", _WAIVE_EN),
            "A consolidated report is compared with the sum of the own reports below it: a note while some are missing, a "
            "warning when all are there, an error with `reconcile: strict`.",
        ),
        waivable=True,
    ),
)
