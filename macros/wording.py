"""Thing → Chinese name: titles, articles, deadlines, statuses. No markup, no paths."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from macros.catalog import Catalog
from macros.citation import Citation, chinese
from macros.models import KINDS, Key
from macros.models.law import Law, Version
from macros.models.procedure import Deadline, Procedure

UNIT = {"hour": "小时", "day": "日", "workday": "个工作日", "month": "个月", "year": "年", "prompt": ""}
BEARER = {"agency": "行政机关", "party": "当事人", "other": "其他"}
DEPTH = {"full": "全本", "outline": "简版", "listed": "列目"}
SET_BY = {"province": "省规定", "city": "市规定", "county": "县规定", "department-rule": "部门规章", "agency": "本机关规定"}
STATE = {"现行有效": "current", "尚未施行": "future", "已废止": "repealed", "规划期届满": "expired", "施行日待核": "unknown"}
AUTHORITY = {
    "宪法": ("law", "法"), "法律": ("law", "法"), "行政法规": ("regulation", "法规"), "司法解释": ("law", "司法解释"),
    "部门规章": ("regulation", "规章"), "地方性法规": ("local", "地方"), "地方政府规章": ("local", "地方"), "地方文件": ("local", "地方"),
    "党内法规": ("party", "党规"), "政策文件": ("policy", "政策"), "标准": ("standard", "标准"),
}
RANK_ORDER = tuple(AUTHORITY)


def day(value: date | str | None) -> str:
    """2026-11-21 as 2026年11月21日."""
    if value is None:
        return ""
    return "待核" if isinstance(value, str) else f"{value.year}年{value.month}月{value.day}日"


def kind(key: Key) -> str:
    return "页面" if key.kind == "docs" else KINDS[key.kind].label


def label(catalog: Catalog, key: Key) -> str:
    """What a thing is called: title, article, or step and check within its procedure."""
    if key.kind == "docs":
        return catalog.pages[key.whole].title
    if key.kind not in KINDS:
        return {"site": "站点", "org": "单位资料"}.get(key.kind, str(key))
    entity = catalog[key]
    if isinstance(entity, Law):
        return article(entity, key.part)
    if not key.part:
        return str(entity.title or getattr(entity, "stem", key.id))
    return f"{entity.title}：{part(entity, key.part)}"


def part(entity: object, path: tuple[str, ...]) -> str:
    """The name of a part within its entity."""
    if isinstance(entity, Procedure):
        number = next(at for at, step in enumerate(entity.steps, 1) if step.id == path[0])
        step = entity.steps[number - 1]
        text = f"第{number}步 {step.title}"
        if len(path) > 1:
            row = next(row for row in (*step.checks, *step.deadlines) if row.id == path[1])
            text += f"（{'期限' if isinstance(row, Deadline) else '检查项'}：{row.text}）"
        return text
    where = entity.parts()[path]  # type: ignore[attr-defined]
    value: object = entity
    for name in where:
        value = value[name] if isinstance(value, (tuple, dict)) else getattr(value, str(name))  # type: ignore[index]
    for name in ("title", "text", "ask"):
        if text := getattr(value, name, None):
            return str(text)
    return ".".join(path)


def _numbers(parts: tuple[str, ...], shape: tuple, *, arabic: bool) -> str:
    def number(text: str) -> str:
        return text if arabic else chinese(int(text))

    main, _, sub = parts[0].partition("-")
    text = f"第{number(main)}条" + (f"之{number(sub)}" if sub else "")
    if len(parts) > 1 and len(shape) > 1:
        text += f"第{number(parts[1])}款"
    if len(parts) > 2:
        text += f"第{number(parts[2])}项" if not arabic else f"第({parts[2]})项"
    if len(parts) > 3:
        text += f"第{number(parts[3])}目"
    return text


def locator(law: Law, parts: tuple[str, ...], *, arabic: bool = False) -> str:
    """Where in the law: 第六十三条第一款第二项; 款 only where the article has several."""
    if not parts:
        return ""
    year = ""
    if parts[0].startswith("@"):
        year, parts = parts[0][1:], parts[1:]
        if not parts:
            return ""
    if law.numbering == "article":
        return _numbers(parts, law.shape(parts[0], year) or (0,), arabic=arabic)
    return parts[0] if law.numbering == "clause" else f"第{parts[0]}项"


def titled(title: str) -> str:
    """A title inside 《》: titles that it holds get 〈〉."""
    return title.replace("《", "〈").replace("》", "〉")


def article(law: Law, parts: tuple[str, ...] = ()) -> str:
    """The official full form: 《中华人民共和国行政处罚法》第六十三条第一款第二项."""
    old = f"（{parts[0][1:]}年版本）" if parts and parts[0].startswith("@") else ""
    return f"《{titled(law.title)}》{old}{locator(law, parts)}"


def chip(law: Law, parts: tuple[str, ...] = ()) -> str:
    """The short form on screen: 行政处罚法第63条第1款第(2)项."""
    old = f"（{parts[0][1:]}）" if parts and parts[0].startswith("@") else ""
    return f"{law.short}{old}{locator(law, parts, arabic=True)}"


def cited(catalog: Catalog, found: Citation) -> str:
    """A citation as written in a paper, ranges kept: 《…》第十四条至第十八条."""
    targets = catalog.targets(found)
    law = catalog[targets[0]]
    assert isinstance(law, Law)
    text = article(law, targets[0].part)
    if found.end:
        text += f"至{locator(law, targets[-1].part)}"
    return text


def canonical(law: Law, parts: tuple[str, ...] = ()) -> str:
    """The stored form: 行政处罚法:63.1.2."""
    year = ""
    if parts and parts[0].startswith("@"):
        year, parts = parts[0], parts[1:]
    return f"{law.short}{year}" + (f":{'.'.join(parts)}" if parts else "")


def authority(catalog: Catalog, cites: Iterable[Citation], typed: str | None = None) -> tuple[str, str]:
    """(class, word) of a rule, from the highest rank that it cites: ("law", "法")."""
    ranks = [catalog[target].rank for found in cites for target in catalog.targets(found)[:1]]  # type: ignore[attr-defined]
    if ranks:
        return AUTHORITY[min(ranks, key=RANK_ORDER.index)]
    return ("local", "本地") if typed == "local" else ("advice", "建议")


def term(n: object, unit: str) -> str:
    """5 + workday as 5个工作日; prompt as 立即."""
    return "立即（及时、当场）" if unit == "prompt" else f"{n}{UNIT[unit]}"


def deadline(row: Deadline, events: dict[str, str], n: object | None = None) -> str:
    """One deadline in words: 听证权告知送达起5个工作日内."""
    amount = term(row.n if n is None else n, row.unit)
    if row.unit == "prompt":
        return f"{events.get(row.after or '', '')}后{amount}" if row.after else amount
    if row.before:
        return f"{events[row.before]}的{amount}前" if row.kind == "at-least" else f"{events[row.before]}前{amount}内"
    return f"自{events[row.after or '']}起{amount}内" if row.kind == "within" else f"自{events[row.after or '']}起不少于{amount}"


def basis_of_days(row: Deadline) -> str:
    """What kind of days these are, said where it matters."""
    if row.unit == "workday":
        return "工作日，不含法定节假日"
    if row.unit == "day":
        return "自然日：条文没有写工作日" if isinstance(row.n, int) else "怎样算日，看规定这个数的文件；没有写的按自然日"
    return ""


def version_state(law: Law, version: Version, on: date) -> tuple[str, str]:
    """(state, word) of one version on a day: an old one is 已修改, the last one 已废止 when it ends."""
    if version.until and on > version.until:
        return ("repealed", "已废止") if version is law.current else ("amended", "已修改")
    if version.effective == "unknown":
        return "unknown", "施行日待核"
    return ("future", "尚未施行") if on < version.effective else ("current", "现行有效")


def status(law: Law, on: date) -> str:
    """截至 2026-11-21：现行有效."""
    return f"截至 {on.isoformat()}：{law.status(on)}"


