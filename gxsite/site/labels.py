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
# ColumnName, ColumnType, ColumnDescription, ColumnKeywords of 网页标签规范 by kind of page.
COLUMN_TYPE = "信息公开年报"
HOME_TYPE = "首页"
