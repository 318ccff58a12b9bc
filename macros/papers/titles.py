"""What stands over a paper, and where a long title breaks."""

from __future__ import annotations

import re

from macros.models.paper import Document

# Words that official titles are made of: no line ends within one.
WORDS = frozenset(
    "年度 法治 政府 建设 行政 决策 处罚 执法 监督 规范 文件 公开 信息 申请 报告 通知 意见 决定 检查 复议 应诉 审核 合法 材料 数据 清单 计划 方案 审查 评估 "
    "听证 告知 重大 事项 工作 情况 责任 征求 征集 组织 领导 主要 负责 案件 整改 问题 督察 考核 示范 创建 宣传 教育 程序 期限 延长 第三 答复 补正 送达 履行 催告 "
    "强制 执行 协议 合同 风险 专家 论证 公众 参与 草案 说明 集体 讨论 印发 关于 素材 人民 机关 部门 乡镇 街道 实施 开展 加强 进一 一步 做好".split())


def title(document: Document) -> str:
    """What stands over the paper: no variant in brackets, 关于 where an official title begins so."""
    text = re.sub(r"（[^（）]*）$", "", document.title) or str(document.title)
    if re.search(r"的(通知|报告|请示|函|批复|意见|决定)$", text) and document.layout in text[-2:] and "关于" not in text:
        return f"关于{text}"
    return text


def title_lines(text: str, limit: int = 20) -> tuple[str, ...]:
    """A long title in lines of about the same length, broken where a sense ends."""
    count = -(-len(text) // limit)
    lines: list[str] = []
    while count > 1:
        near = -(-len(text) // count)
        places = range(max(len(text) - limit * (count - 1), near - 5, 2), min(limit, near + 5, len(text) - 2) + 1)
        at = min(places, key=lambda place: (abs(place - near) + _cost(text, place), place), default=near)
        lines.append(text[:at])
        text, count = text[at:], count - 1
    return (*lines, text)


def _cost(text: str, place: int) -> int:
    """How bad a break before ``place`` is."""
    before, after = text[place - 1], text[place]
    if after in "）》、，。：的性" or before in "（《" or text[place - 1:place + 1] in WORDS:
        return 20
    return 0 if before in "的、和与及》）" or after in "《（和与及" else 4
