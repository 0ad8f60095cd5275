#!/usr/bin/env python3
"""Deterministic reference corpus for the gxsite benchmarks (standard library only).

    python3 make_corpus.py --reports 1000 --out DIR
    python3 make_corpus.py --reports 10000 --agencies 1000 --years 2014-2018 --seed 1 --out DIR

Writes  DIR/gxsite.yaml                   the portal
        DIR/content/<agency>/agency.yaml
        DIR/content/<agency>/<year>.md   one annual report: YAML front matter + Chinese Markdown
        DIR/forms/cn-2014.json           the statistical form: ordered rows {id, label, unit, level}
        DIR/forms/cn-2014.checks.json    the sums every table satisfies: [total, [part, ...]] and [<=, small, big]
        DIR/agencies.json                [{slug, name}]
        DIR/CORPUS.json                  the options, counts and a SHA-256 over all report files

Every report depends only on (seed, agency, year): a larger corpus with the same seed contains the
smaller one unchanged.  Reports are dealt year by year over the agencies, newest year last, so
`--reports` below agencies x years drops only the newest years of the last agencies.
All names, figures and sentences are invented.
"""

import argparse
import hashlib
import json
import os
import random
import sys

# id, label, unit, level  -- the order is the order of the printed form
FORM = [
    ("disclosure.total", "主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条", 1),
    ("disclosure.normative.published", "其中：主动公开规范性文件数", "条", 2),
    ("disclosure.normative.issued", "制发规范性文件总数", "件", 2),
    ("disclosure.channel.gazette", "政府公报公开政府信息数", "条", 2),
    ("disclosure.channel.website", "政府网站公开政府信息数", "条", 2),
    ("disclosure.channel.weibo", "政务微博公开政府信息数", "条", 2),
    ("disclosure.channel.wechat", "政务微信公开政府信息数", "条", 2),
    ("disclosure.channel.other", "其他方式公开政府信息数", "条", 2),
    ("response.total", "回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次）", "次", 1),
    ("response.press.total", "参加或举办新闻发布会总次数", "次", 2),
    ("response.press.chief", "其中：主要负责同志参加新闻发布会次数", "次", 3),
    ("response.interview.total", "政府网站在线访谈次数", "次", 2),
    ("response.interview.chief", "其中：主要负责同志参加政府网站在线访谈次数", "次", 3),
    ("response.articles", "政策解读稿件发布数", "篇", 2),
    ("response.social", "微博微信回应事件数", "次", 2),
    ("response.other", "其他方式回应事件数", "次", 2),
    ("requests.received.total", "收到申请数", "件", 1),
    ("requests.received.counter", "当面申请数", "件", 2),
    ("requests.received.fax", "传真申请数", "件", 2),
    ("requests.received.web", "网络申请数", "件", 2),
    ("requests.received.letter", "信函申请数", "件", 2),
    ("requests.closed.total", "申请办结数", "件", 1),
    ("requests.closed.on_time", "按时办结数", "件", 2),
    ("requests.closed.extended", "延期办结数", "件", 2),
    ("requests.answered.total", "申请答复数", "件", 1),
    ("requests.answered.already_public", "属于已主动公开范围数", "件", 2),
    ("requests.answered.granted", "同意公开答复数", "件", 2),
    ("requests.answered.partial", "同意部分公开答复数", "件", 2),
    ("requests.answered.refused.total", "不同意公开答复数", "件", 2),
    ("requests.answered.refused.secret", "其中：涉及国家秘密", "件", 3),
    ("requests.answered.refused.trade", "涉及商业秘密", "件", 3),
    ("requests.answered.refused.privacy", "涉及个人隐私", "件", 3),
    ("requests.answered.refused.security", "危及国家安全、公共安全、经济安全和社会稳定", "件", 3),
    ("requests.answered.refused.not_information", "不是《条例》所指政府信息", "件", 3),
    ("requests.answered.refused.law", "法律法规规定的其他情形", "件", 3),
    ("requests.answered.not_ours", "不属于本行政机关公开数", "件", 2),
    ("requests.answered.absent", "申请信息不存在数", "件", 2),
    ("requests.answered.amend", "告知作出更改补充数", "件", 2),
    ("requests.answered.redirected", "告知通过其他途径办理数", "件", 2),
    ("review.total", "行政复议数量", "件", 1),
    ("review.upheld", "维持具体行政行为数", "件", 2),
    ("review.corrected", "被依法纠错数", "件", 2),
    ("review.other", "其他情形数", "件", 2),
    ("lawsuit.total", "行政诉讼数量", "件", 1),
    ("lawsuit.upheld", "维持具体行政行为或者驳回原告诉讼请求数", "件", 2),
    ("lawsuit.corrected", "被依法纠错数", "件", 2),
    ("lawsuit.other", "其他情形数", "件", 2),
    ("complaint.total", "举报投诉数量", "件", 1),
    ("fee.total", "依申请公开信息收取的费用", "万元", 1),
    ("office.units", "政府信息公开工作专门机构数", "个", 1),
    ("office.reading_points", "设置政府信息公开查阅点数", "个", 1),
    ("office.staff.total", "从事政府信息公开工作人员数", "人", 1),
    ("office.staff.full_time", "专职人员数（不包括政府公报及政府网站工作人员数）", "人", 2),
    ("office.staff.part_time", "兼职人员数", "人", 2),
    ("office.budget", "政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）", "万元", 1),
    ("training.meetings", "召开政府信息公开工作会议或专题会议数", "次", 1),
    ("training.courses", "举办各类培训班数", "次", 1),
    ("training.people", "接受培训人员数", "人次", 1),
]
SUMS = [
    (
        "requests.received.total",
        ["requests.received.counter", "requests.received.fax", "requests.received.web", "requests.received.letter"],
    ),
    ("requests.closed.total", ["requests.closed.on_time", "requests.closed.extended"]),
    (
        "requests.answered.total",
        [
            "requests.answered.already_public",
            "requests.answered.granted",
            "requests.answered.partial",
            "requests.answered.refused.total",
            "requests.answered.not_ours",
            "requests.answered.absent",
            "requests.answered.amend",
            "requests.answered.redirected",
        ],
    ),
    (
        "requests.answered.refused.total",
        [
            "requests.answered.refused.secret",
            "requests.answered.refused.trade",
            "requests.answered.refused.privacy",
            "requests.answered.refused.security",
            "requests.answered.refused.not_information",
            "requests.answered.refused.law",
        ],
    ),
    ("review.total", ["review.upheld", "review.corrected", "review.other"]),
    ("lawsuit.total", ["lawsuit.upheld", "lawsuit.corrected", "lawsuit.other"]),
    ("office.staff.total", ["office.staff.full_time", "office.staff.part_time"]),
]
BOUNDS = [  # small <= big
    ("disclosure.normative.published", "disclosure.normative.issued"),
    ("response.press.chief", "response.press.total"),
    ("response.interview.chief", "response.interview.total"),
    ("requests.closed.total", "requests.received.total"),
    ("disclosure.channel.website", "disclosure.total"),
]

PLACES = [
    ("yun", "云"),
    ("qing", "清"),
    ("lan", "岚"),
    ("shui", "水"),
    ("ping", "平"),
    ("an", "安"),
    ("long", "龙"),
    ("he", "和"),
    ("lin", "临"),
    ("dong", "东"),
    ("nan", "南"),
    ("xi", "西"),
    ("bei", "北"),
    ("xin", "新"),
    ("gao", "高"),
    ("chang", "长"),
    ("feng", "丰"),
    ("jin", "金"),
    ("tai", "泰"),
    ("ning", "宁"),
]
TAILS = [
    ("zhou", "州市"),
    ("yang", "阳市"),
    ("shan", "山县"),
    ("jiang", "江区"),
    ("tan", "潭县"),
    ("gang", "港区"),
    ("ling", "陵市"),
    ("xi", "溪县"),
    ("ze", "泽区"),
    ("yuan", "原县"),
]
BUREAUS = [
    ("caizheng", "财政局"),
    ("jiaoyu", "教育局"),
    ("weijian", "卫生和计划生育委员会"),
    ("zhujian", "住房和城乡建设局"),
    ("jiaotong", "交通运输局"),
    ("huanbao", "环境保护局"),
    ("minzheng", "民政局"),
    ("renshe", "人力资源和社会保障局"),
    ("guotu", "国土资源局"),
    ("fagai", "发展和改革委员会"),
    ("gongan", "公安局"),
    ("shuiwu", "水务局"),
    ("nongye", "农业局"),
    ("wenlv", "文化和旅游局"),
    ("shichang", "市场监督管理局"),
    ("shenji", "审计局"),
    ("tongji", "统计局"),
    ("keji", "科学技术局"),
    ("yingji", "安全生产监督管理局"),
    ("zhengfu", "人民政府办公室"),
]
KEYWORDS = [
    "政府信息公开",
    "年度报告",
    "主动公开",
    "依申请公开",
    "政务公开",
    "规范性文件",
    "政策解读",
    "行政复议",
    "行政诉讼",
    "公共服务",
    "财政预决算",
    "重点领域",
]
DEPARTMENTS = ["办公室", "政策法规科", "综合科", "信息中心", "政务公开科", "秘书科"]

INTRO = [
    "本报告依据《中华人民共和国政府信息公开条例》和上级机关关于编制年度报告的通知要求，由{name}编制。",
    "报告所列数据的统计期限自{year}年1月1日起，至{year}年12月31日止。",
    "报告全文可以在[本机关门户网站]({site}/{year}/)下载，公众如有疑问，请与{dept}联系（电话：{tel}）。",
    "本报告由概述、主动公开情况、依申请公开情况、复议诉讼情况、存在问题和改进措施、其他事项等部分组成。",
    "{year}年，{name}坚持以公开为常态、不公开为例外，把信息公开放在全年工作的突出位置统筹推进。",
]
SENT = {
    "概述": [
        "一年来，我们**健全领导机制**，调整充实了信息公开工作领导小组，由主要负责人任组长，分管负责人具体抓落实。",
        "全年召开专题会议{training.meetings}次，举办培训班{training.courses}期，累计培训{training.people}人次。",
        "我们把信息公开纳入绩效考核，按季度通报各科室的公开数量和质量，对发布不及时的单位予以提醒。",
        "围绕群众关心的就学、就医、住房、环境等问题，我们梳理公开事项清单，逐项明确责任科室和公开时限。",
        "按照“谁制作、谁公开，谁保存、谁负责”的原则，文件起草时同步确定公开属性，审签时一并把关。",
        "对历年文件开展了一次集中清理，凡是已经失效或者废止的，均在网站上作出标注，避免误导公众。",
        "我们修订了《信息发布审查办法》，严格执行“*先审查、后公开，一事一审*”的要求，全年未发生失泄密事件。",
    ],
    "主动公开政府信息情况": [
        "全年主动公开政府信息{disclosure.total}条，其中通过网站公开{disclosure.channel.website}条，通过政务微信公开{disclosure.channel.wechat}条。",
        "制发规范性文件{disclosure.normative.issued}件，主动公开{disclosure.normative.published}件，并同步公布解读材料。",
        "发布政策解读稿件{response.articles}篇，采用问答、图表、短视频等形式，让群众**看得懂、用得上**。",
        "预算、决算和“三公”经费全部按时公开，表格细化到项级科目，并对增减变化的原因作了说明。",
        "网站开设了重点领域专栏，栏目更新情况由专人每日巡查，发现错漏当天改正。",
        "我们在办事大厅设置查阅点{office.reading_points}个，配备电脑和打印设备，免费为群众提供查阅服务。",
        "针对网民集中反映的道路施工、物业管理、学区划分等热点，及时发布权威信息，全年回应{response.total}次。",
        "对专业性较强的文件，我们邀请起草人员参加[在线访谈]({site}/talk/{year}.html)，当场回答网民提问。",
    ],
    "依申请公开政府信息情况": [
        "全年收到申请{requests.received.total}件，其中网络申请{requests.received.web}件，信函申请{requests.received.letter}件，当面申请{requests.received.counter}件。",
        "申请内容主要集中在征地补偿、项目审批、财政资金使用和人事任免等方面，与往年相比结构变化不大。",
        "全年答复{requests.answered.total}件，其中同意公开{requests.answered.granted}件，不同意公开{requests.answered.refused.total}件，信息不存在{requests.answered.absent}件。",
        "我们规范了登记、拟办、征求意见、答复、送达和归档各个环节，每件申请均留有完整的办理记录。",
        "对申请内容不明确的，工作人员主动与申请人电话沟通，帮助其准确描述所需信息，减少了反复补正。",
        "涉及第三方权益的，依法书面征求意见；第三方不同意公开又无正当理由的，按公共利益原则予以公开。",
        "全年按时办结{requests.closed.on_time}件，延期办结{requests.closed.extended}件，延期的均事先告知申请人并说明理由。",
    ],
    "行政复议和行政诉讼情况": [
        "全年因信息公开引发的行政复议{review.total}件，其中维持{review.upheld}件，被依法纠错{review.corrected}件。",
        "行政诉讼{lawsuit.total}件，其中维持或者驳回{lawsuit.upheld}件，被依法纠错{lawsuit.corrected}件。",
        "对被纠错的案件，我们逐案分析原因，形成书面报告，并在系统内通报，防止同类问题再次发生。",
        "收到举报投诉{complaint.total}件，均已按规定调查处理，并将处理结果告知投诉人。",
        "本年度依申请公开收取费用{fee.total}万元，收费项目和标准在网站上公示，接受社会监督。",
    ],
    "存在的主要问题和改进措施": [
        "虽然工作取得了一定成效，但**仍存在一些不足**，主要是公开内容的深度与群众期待还有差距。",
        "部分科室主动公开意识不强，文件印发后报送不及时，导致个别信息未能在规定的时限内公开。",
        "基层工作人员变动较为频繁，业务不熟练，对公开与保密的界限把握不够准确，需要加强培训。",
        "政策解读形式还比较单一，图解和案例偏少，群众反映有的解读材料“看得到、看不懂”。",
        "下一步，我们将完善公开目录，明确每一类信息的公开主体、时限和方式，定期开展自查自纠。",
        "继续加强网站和新媒体建设，统一数据来源，做到一次采集、多处发布，避免同一信息前后不一致。",
        "建立典型案例库，每季度组织一次案例讲评，提高工作人员依法答复的能力和水平。",
        "主动听取人大代表、政协委员和群众代表的意见，把评议结果作为改进工作的重要依据。",
    ],
    "其他需要报告的事项": [
        "本机关无其他需要报告的事项。相关统计数据见附表，电子版可在[数据下载页]({site}/data/)获取。",
        "本年度专职工作人员{office.staff.full_time}人，兼职工作人员{office.staff.part_time}人，专项经费{office.budget}万元。",
        "人大代表建议和政协委员提案的办理结果已在网站公开，涉及多个部门的由主办单位统一公开答复。",
        "报告中的百分比按四舍五入计算，合计数与分项数之间可能存在尾差，特此说明。",
    ],
}
BULLETS = [
    "**完善制度**：修订主动公开目录、依申请公开办理规程和保密审查办法，明确各环节责任人",
    "**突出重点**：围绕财政资金、公共资源配置、重大建设项目和社会公益事业推进公开",
    "**拓宽渠道**：发挥网站第一平台作用，同步运用政务微博、微信和新闻发布会",
    "**强化监督**：聘请社会监督员，每半年开展一次满意度调查并公布结果",
    "**优化服务**：依托政务服务大厅设立公开咨询窗口，当场受理、限时答复",
    "**加强解读**：重要文件与解读材料同步组织、同步审签、同步发布",
    "**夯实基础**：对照[公开标准目录](https://www.example.gov.cn/standard/)逐项核对栏目，补齐缺项",
    "**开展培训**：组织业务骨干赴先进地区学习，编印操作手册`v2`发放到各科室",
]
TOPICS = [
    "财政预算决算",
    "重大建设项目",
    "公共资源交易",
    "环境保护",
    "食品药品安全",
    "义务教育招生",
    "保障性住房",
    "社会救助",
    "安全生产",
    "行政处罚",
    "行政许可",
    "价格和收费",
    "征地拆迁",
    "就业创业",
    "医疗卫生",
]


def split(rng, total, weights):
    """Deal `total` over len(weights) non-negative integers that add up to it."""
    s = sum(weights)
    parts = [total * w // s for w in weights]
    for _ in range(total - sum(parts)):
        parts[rng.randrange(len(parts))] += 1
    return parts


def make_table(rng):
    t = {}
    big = rng.choice([1, 1, 2, 4, 10])
    total = rng.randint(120, 2600) * big
    issued = rng.randint(0, 60)
    t["disclosure.total"] = total
    t["disclosure.normative.published"] = rng.randint(0, issued)
    t["disclosure.normative.issued"] = issued
    t["disclosure.channel.gazette"] = rng.randint(0, 80)
    t["disclosure.channel.website"] = rng.randint(total // 2, total)
    t["disclosure.channel.weibo"] = rng.randint(0, total // 3)
    t["disclosure.channel.wechat"] = rng.randint(0, total // 2)
    t["disclosure.channel.other"] = rng.randint(0, total // 4)
    short = total - sum(t["disclosure.channel." + c] for c in ("gazette", "website", "weibo", "wechat", "other"))
    if short > 0:  # every item went out by some channel, so the channels add up to at least the total
        t["disclosure.channel.website"] += short
    t["response.total"] = 0
    press, talk = rng.randint(0, 24), rng.randint(0, 12)
    t["response.press.total"] = press
    t["response.press.chief"] = rng.randint(0, press)
    t["response.interview.total"] = talk
    t["response.interview.chief"] = rng.randint(0, talk)
    t["response.articles"] = rng.randint(0, 120)
    t["response.social"] = rng.randint(0, 200)
    t["response.other"] = rng.randint(0, 30)
    t["response.total"] = rng.randint(0, press + talk + t["response.social"] + t["response.other"])
    received = rng.choice([0, rng.randint(1, 40), rng.randint(10, 300) * big])
    a, b, c, d = split(rng, received, [3, 1, 6, 4])
    t.update(
        {
            "requests.received.total": received,
            "requests.received.counter": a,
            "requests.received.fax": b,
            "requests.received.web": c,
            "requests.received.letter": d,
        }
    )
    closed = received - min(received, rng.randint(0, 3))
    late = min(closed, rng.randint(0, 5))
    t.update(
        {"requests.closed.total": closed, "requests.closed.on_time": closed - late, "requests.closed.extended": late}
    )
    pub, ok, part, no, notours, absent, amend, other = split(rng, closed, [5, 9, 2, 3, 5, 4, 1, 1])
    sec, trade, priv, secu, notinfo, law = split(rng, no, [1, 1, 3, 1, 4, 2])
    t.update(
        {
            "requests.answered.total": closed,
            "requests.answered.already_public": pub,
            "requests.answered.granted": ok,
            "requests.answered.partial": part,
            "requests.answered.refused.total": no,
            "requests.answered.refused.secret": sec,
            "requests.answered.refused.trade": trade,
            "requests.answered.refused.privacy": priv,
            "requests.answered.refused.security": secu,
            "requests.answered.refused.not_information": notinfo,
            "requests.answered.refused.law": law,
            "requests.answered.not_ours": notours,
            "requests.answered.absent": absent,
            "requests.answered.amend": amend,
            "requests.answered.redirected": other,
        }
    )
    for key in ("review", "lawsuit"):
        n = min(closed, rng.choice([0, 0, rng.randint(0, 12)]))
        up, bad, oth = split(rng, n, [6, 2, 2])
        t.update({key + ".total": n, key + ".upheld": up, key + ".corrected": bad, key + ".other": oth})
    t["complaint.total"] = rng.choice([0, 0, rng.randint(0, 9)])
    t["fee.total"] = rng.choice([0, 0, rng.randint(1, 9)]) if received else 0
    t["office.units"] = rng.randint(1, 12)
    t["office.reading_points"] = rng.randint(1, 40)
    full, half = rng.randint(1, 20), rng.randint(0, 60)
    t.update({"office.staff.total": full + half, "office.staff.full_time": full, "office.staff.part_time": half})
    t["office.budget"] = rng.randint(0, 300)
    t["training.meetings"] = rng.randint(1, 20)
    t["training.courses"] = rng.randint(0, 12)
    t["training.people"] = rng.randint(1, 900) if t["training.courses"] else 0
    return {row[0]: t[row[0]] for row in FORM}


NUMERALS = "一二三四五六七八九十"


class _Fill(dict):
    def __missing__(self, key):
        return "{" + key + "}"


def fill(text, values):
    for key, val in values.items():
        if "{" not in text:
            break
        text = text.replace("{" + key + "}", str(val))
    return text


def make_body(rng, values, target):
    out = []
    add = out.append
    size = 0

    def para(sentences):
        nonlocal size
        text = "".join(fill(s, values) for s in sentences)
        add(text + "\n")
        size += len(text.encode()) + 2

    para(rng.sample(INTRO, rng.randint(3, 5)))
    heads = list(SENT)
    share = target // len(heads)
    for i, head in enumerate(heads):
        line = f"## {NUMERALS[i]}、{head}\n"
        add(line)
        size += len(line.encode()) + 1
        pool = SENT[head][:]
        rng.shuffle(pool)
        if i == 0:
            para(pool[:3])
            items = rng.sample(BULLETS, rng.randint(3, 6))
            mark = rng.choice(["-", "1."])
            block = "\n".join(
                "{} {}{}".format(mark, s, "；" if n + 1 < len(items) else "。") for n, s in enumerate(items)
            )
            add(block + "\n")
            size += len(block.encode()) + 2
            pool = pool[3:]
        elif i == 1:
            add("### （一）主动公开的内容\n")
            para(pool[:3])
            rows = rng.sample(TOPICS, rng.randint(4, 8))
            block = ["| 公开类别 | 数量（条） | 占比 | 公开渠道 |", "| --- | ---: | ---: | --- |"]
            counts = split(rng, values["disclosure.total"], [rng.randint(1, 9) for _ in rows])
            for r, n in zip(rows, counts, strict=False):
                block.append(
                    "| %s | %d | %.1f%% | %s |"
                    % (
                        r,
                        n,
                        100.0 * n / max(1, values["disclosure.total"]),
                        rng.choice(["门户网站", "政府公报", "微博、微信", "新闻发布会", "公告栏"]),
                    )
                )
            block = "\n".join(block)
            add(block + "\n")
            size += len(block.encode()) + 30
            add("### （二）主动公开的形式\n")
            pool = pool[3:]
        elif i == 4 and rng.random() < 0.6:
            add("> 公开不是目的，让群众知情、参与、监督才是目的。\n")
            size += 80
        want = share * (i + 1)
        first = True
        while (size < want or first) and pool:
            first = False
            k = rng.randint(2, 4)
            para(pool[:k])
            pool = pool[k:]
        if size < want - 300:  # long reports: go round once more with another mix
            extra = [s for h in heads for s in SENT[h]]
            while size < want:
                para(rng.sample(extra, 3))
    return "\n".join(out)


def code(slug):
    """A nine digit organisation code, one per agency, so that index numbers are unique."""
    return "%09d" % (int(hashlib.sha256(slug.encode()).hexdigest(), 16) % 10**9)


def make_report(seed, slug, name, year):
    rng = random.Random(f"{seed}/{slug}/{year}")
    table = make_table(rng)
    site = "https://www.example.gov.cn/" + slug
    dept = rng.choice(DEPARTMENTS)
    values = _Fill(table)
    values.update(
        name=name,
        year=year,
        site=site,
        dept=dept,
        tel="0%d-%07d" % (rng.randint(310, 998), rng.randint(1000000, 9999999)),
    )
    body = make_body(rng, values, rng.randint(3200, 7800))
    lines = [
        "---",
        "title: %s%d年政府信息公开工作年度报告" % (name, year),
        f"agency: {slug}",
        "year: %d" % year,
        "form: cn-2014",
        "published: %d-%02d-%02d" % (year + 1, rng.randint(1, 3), rng.randint(1, 28)),
        "card:",
        '  index_number: "%s/%d-%05d"' % (code(slug), year + 1, rng.randint(1, 99999)),
        f"  issuer: {name}",
        f"  office: {name}{dept}",
        "  keywords: [{}]".format(", ".join(rng.sample(KEYWORDS, rng.randint(3, 5)))),
        "table:",
    ]
    lines += ["  %s: %d" % kv for kv in table.items()]
    lines += ["---", "", body]
    return "\n".join(lines), table


def agencies(n):
    out = []
    combos = [(p + t, P + T) for t, T in TAILS for p, P in PLACES]
    for i in range(n):
        ps, pn = combos[(i // len(BUREAUS)) % len(combos)]
        bs, bn = BUREAUS[i % len(BUREAUS)]
        rnd = i // (len(BUREAUS) * len(combos))
        slug = f"{ps}-{bs}"
        name = pn + bn
        if rnd:
            slug += "-%d" % (rnd + 1)
            name += "（第%d分局）" % (rnd + 1)
        out.append((slug, name))
    return out


def check(table):
    for total, parts in SUMS:
        if table[total] != sum(table[p] for p in parts):
            raise AssertionError(total)
    for small, big in BOUNDS:
        if table[small] > table[big]:
            raise AssertionError(small)


def main(argv=None):
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("--reports", type=int, default=1000)
    ap.add_argument("--agencies", type=int, default=0, help="default: reports / years, rounded up")
    ap.add_argument("--years", default="2014-2018", help="FROM-TO (default 2014-2018, the years of the form)")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--out", required=True)
    a = ap.parse_args(argv)
    lo, hi = (int(x) for x in a.years.split("-"))
    years = list(range(lo, hi + 1))
    n_ag = a.agencies or -(-a.reports // len(years))
    if n_ag * len(years) < a.reports:
        ap.error("agencies x years = %d is less than --reports %d" % (n_ag * len(years), a.reports))
    ags = agencies(n_ag)
    os.makedirs(os.path.join(a.out, "forms"), exist_ok=True)
    digest, size, count = hashlib.sha256(), 0, 0
    todo = [(y, s, n) for y in years for s, n in ags][: a.reports]
    for year, slug, name in todo:
        text, table = make_report(a.seed, slug, name, year)
        check(table)
        d = os.path.join(a.out, "content", slug)
        os.makedirs(d, exist_ok=True)
        data = text.encode()
        with open(os.path.join(d, "%d.md" % year), "wb") as f:
            f.write(data)
        digest.update(data)
        size += len(data)
        count += 1

    def dump(path, obj):
        with open(os.path.join(a.out, path), "w", encoding="utf-8") as f:
            json.dump(obj, f, ensure_ascii=False, indent=1)
            f.write("\n")

    dump("forms/cn-2014.json", [{"id": i, "label": l, "unit": u, "level": v} for i, l, u, v in FORM])
    dump("forms/cn-2014.checks.json", {"sums": SUMS, "bounds": BOUNDS})
    used = {s for _, s, _ in todo}
    with open(os.path.join(a.out, "gxsite.yaml"), "w", encoding="utf-8") as f:
        f.write(
            "name: 政府信息公开年度报告\nbase: https://reports.example.gov.cn/\n"
            'site_id: "0000000000"\nlicence: 虚构数据，可任意使用。\nyears: {from: %d, to: %d}\n'
            "downloads: [csv, json]\nfooter: {host: 示例}\n" % (lo, hi)
        )
    for slug, name in ags:
        if os.path.isdir(os.path.join(a.out, "content", slug)):
            with open(os.path.join(a.out, "content", slug, "agency.yaml"), "w", encoding="utf-8") as f:
                f.write("name: %s\nkind: department\nlevel: city\nsince: %d\n" % (name, lo))
    dump("agencies.json", [{"slug": s, "name": n} for s, n in ags if s in used])
    dump(
        "CORPUS.json",
        {
            "reports": count,
            "agencies": len(used),
            "years": years,
            "seed": a.seed,
            "bytes": size,
            "rows": len(FORM),
            "sha256": digest.hexdigest(),
        },
    )
    print(
        "%d reports, %d agencies, %.1f MB (%.0f bytes each), %d rows, sha256 %s"
        % (count, len(used), size / 1e6, size / max(1, count), len(FORM), digest.hexdigest()[:16])
    )


if __name__ == "__main__":
    sys.exit(main())
