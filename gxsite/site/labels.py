"""Words that the portal itself prints: labels of the record card, names of downloads and columns."""

from __future__ import annotations

CARD = {
    "index_number": "索引号",
    "category": "信息分类",
    "issuer": "发布机构",
    "office": "承办单位",
    "created": "生成日期",
    "document_number": "文号",
    "source": "信息来源",
    "keywords": "关键词",
    "subject": "主题分类",
    "genre": "体裁分类",
    "audience": "服务对象分类",
    "lifecycle": "生命周期分类",
    "scope": "公开范围",
    "method": "公开方式",
    "validity": "有效性",
    "format": "信息格式",
    "language": "语种",
    "summary": "内容概述",
    "related": "相关信息",
}
SIGN_OFF = {
    "office": "填报单位",
    "date": "填报日期",
    "responsible": "单位负责人",
    "reviewer": "审核人",
    "filler": "填报人",
    "phone": "联系电话",
}
KIND = {
    "government": "人民政府",
    "department": "政府部门",
    "township": "乡镇、街道",
    "zone": "开发区",
    "vertical": "垂直管理机构",
    "institution": "企事业单位",
}
LEVEL = {"national": "国家级", "province": "省级", "city": "市级", "county": "县级", "township": "乡级"}
SCOPE = {"own": "本级", "consolidated": "汇总"}
UNKNOWN_DATE = "发布日期不详"
# Format, label, hint; in the order in which downloads are listed.
DOWNLOADS = {
    "xlsx": ("Excel 工作簿（XLSX）", "按表样版式，可直接打开"),
    "excel": ("表格（CSV，Excel 用）", "用 Excel、WPS 打开不乱码"),
    "csv": ("数据（CSV）", "UTF-8，供程序读取"),
    "json": ("数据（JSON）", "含目录信息、数值状态和说明"),
}
# The same words in English, and all others that the portal puts on its pages: by the Chinese text, which may name
# values, a text or (for a count of one, for any other). Official labels (CARD, SIGN_OFF, forms) have none: they stay.
ENGLISH: dict[str, str | tuple[str, str]] = {
    "": "",
    "人民政府": "People's government",
    "政府部门": "Government department",
    "乡镇、街道": "Township or subdistrict",
    "开发区": "Development zone",
    "垂直管理机构": "Vertically managed agency",
    "企事业单位": "Enterprise or public institution",
    "国家级": "National level",
    "省级": "Provincial level",
    "市级": "City level",
    "县级": "County level",
    "乡级": "Township level",
    "本级": "The agency itself",
    "汇总": "Consolidated with lower levels",
    "发布日期不详": "date of publication unknown",
    "Excel 工作簿（XLSX）": "Excel workbook (XLSX)",
    "按表样版式，可直接打开": "Laid out like the official form",
    "表格（CSV，Excel 用）": "Table for Excel (CSV)",
    "用 Excel、WPS 打开不乱码": "Opens in Excel and WPS with the right characters",
    "数据（CSV）": "Data (CSV)",
    "UTF-8，供程序读取": "UTF-8, for programs",
    "数据（JSON）": "Data (JSON)",
    "含目录信息、数值状态和说明": "With catalogue record, status of each figure and notes",
    "首页": "Home",
    "年度归档": "Years",
    "网站地图": "Site map",
    "栏目": "Sections",
    "其他机关": "Other agencies",
    "找不到这个页面": "Page not found",
    "性质": "Kind",
    "层级": "Level",
    "行政区划代码": "Region code",
    "机构代码": "Agency code",
    "联系方式": "Contact",
    "{count} 字节": ("{count} byte", "{count} bytes"),
    "{year}年度": "{year}",
    "政府信息公开工作年度报告": "Annual reports on government information disclosure",
    "{year}年政府信息公开工作年度报告": "Annual reports on government information disclosure, {year}",
    "{year}年政府信息公开工作年度报告，已公布{count}份。": (
        "One annual report on government information disclosure in {year} has been published.",
        "{count} annual reports on government information disclosure in {year} have been published.",
    ),
    "{agency}历年政府信息公开工作年度报告。": "The annual reports of {agency} on government information disclosure.",
    "{agency}{year}年度政府信息公开工作报告及统计表。": (
        "Annual report of {agency} on government information disclosure in {year}, with statistical tables."
    ),
    "按年度查阅政府信息公开工作年度报告。": "Annual reports on government information disclosure, year by year.",
    "本站全部栏目和页面。": "All sections and pages of this site.",
    "{title}已移至新地址。": "{title} has moved to a new address.",
}
