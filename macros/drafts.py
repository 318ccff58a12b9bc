"""文稿体检: a draft's text → what in it is wrong, by rule. ``assets/js/drafts.js`` does the same in the browser.

Each rule is a generator ``(draft, facts) -> (line, words, message, hint)``; ``facts`` is what ``draftwords.facts`` gives.
tests/cases/drafts.json binds both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

from macros import citation
from macros.draftwords import ONLY_SIMPLIFIED, PATTERNS, RULES, SIMPLIFIED, TRADITIONAL

Facts = dict[str, Any]
Row = tuple[int, str, str, str]
_HAN = re.compile("[\u4e00-\u9fff，。；：、（）《》“”]")
_ASCII = {",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！"}
_MAP = dict(zip(TRADITIONAL, SIMPLIFIED, strict=True)) | {chr(0xFF10 + digit): str(digit) for digit in range(10)}
_TRADITIONAL, _SIMPLIFIED = frozenset(TRADITIONAL), frozenset(ONLY_SIMPLIFIED)
ACHIEVED, PROBLEMS, MEASURES = "achieved", "problems", "measures"


@dataclass(frozen=True, slots=True)
class Finding:
    """``line`` counts from 1; ``rule`` is a name of ``RULES``."""

    line: int
    rule: str
    words: str
    message: str
    hint: str = ""

    def as_json(self) -> dict[str, object]:
        return asdict(self) | {"label": RULES[self.rule]}

    def __str__(self) -> str:
        return f"第{self.line}行 {RULES[self.rule]}：{self.message}（“{self.words}”）" + (f"\n    {self.hint}" if self.hint else "")


@dataclass(slots=True)
class Draft:
    """``raw`` as written; ``lines`` the same, sign for sign, in simplified characters and Chinese punctuation."""

    raw: list[str]
    lines: list[str] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)  # 1 chapter … 4 numbered; 0 no heading
    kinds: list[str] = field(default_factory=list)   # achieved, problems, measures or nothing


@cache
def _re(name: str) -> re.Pattern[str]:
    return re.compile(PATTERNS[name])


def check(text: str, facts: Facts) -> list[Finding]:
    """Every finding, in the order of the lines."""
    draft = read(text)
    found = [Finding(line + 1, rule, _cut(_written(draft, line, words)), message, hint)
             for rule, run in CHECKS.items() for line, words, message, hint in run(draft, facts)]
    return sorted(found, key=lambda one: (one.line, list(RULES).index(one.rule)))


def _written(draft: Draft, line: int, words: str) -> str:
    """The words as they stand in the draft."""
    at = draft.lines[line].find(words)
    return draft.raw[line][at:at + len(words)] if at >= 0 else words


# --- reading -------------------------------------------------------------------------------------------------------------


def read(text: str) -> Draft:
    raw = [_stripped(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    draft = Draft(raw, [plain(line) for line in raw])
    draft.levels = [_level(line) for line in draft.lines]
    draft.kinds = _kinds(draft)
    return draft


def _stripped(line: str) -> str:
    """Without indentation; a table's row keeps its empty cells."""
    found = line.strip(" \u3000\t\ufeff")
    return line.strip("\ufeff") if "\t" in found else found


def plain(line: str) -> str:
    """Simplified characters, half-width digits, Chinese punctuation; as many signs as before."""
    signs = [_MAP.get(sign, sign) for sign in line]
    for at, sign in enumerate(signs):
        if sign not in _ASCII:
            continue
        before, after = "".join(signs[at - 1:at]), "".join(signs[at + 1:at + 2])
        if sign in "()" or _HAN.match(before) or _HAN.match(after):
            signs[at] = _ASCII[sign]
    return "".join(signs)


def _level(line: str) -> int:
    return next((at for at, name in enumerate(("chapter", "section", "part"), 1) if _re(name).match(line)), 0)


def _kinds(draft: Draft) -> list[str]:
    """What each line belongs to, told by the headings of the highest level that tell anything."""
    told = {at: _kind(line) for at, line in enumerate(draft.lines) if draft.levels[at] and _kind(line)}
    top = min((draft.levels[at] for at in told), default=0)
    kinds, now = [], ""
    for at, line in enumerate(draft.lines):
        if draft.levels[at] and draft.levels[at] <= top:
            now = told.get(at, "")
            kinds.append("")
            continue
        if now == "mixed" and _re("turn").search(line):
            now = MEASURES
            kinds.append(PROBLEMS)
            continue
        kinds.append(PROBLEMS if now == "mixed" else now)
    return kinds


def _kind(heading: str) -> str:
    if _re("mixed").search(heading):
        return "mixed"
    return next((name for name in (ACHIEVED, MEASURES, PROBLEMS) if _re(name).search(heading)), "")


def _cut(words: str) -> str:
    return words if len(words) <= 60 else words[:40] + "……" + words[-15:]


def _squeezed(text: str) -> str:
    return re.sub("[^\u4e00-\u9fffA-Za-z0-9]", "", text)


def _pairs(text: str) -> set[str]:
    return {text[at:at + 2] for at in range(len(text) - 1)}


# --- numbers and lists ---------------------------------------------------------------------------------------------------


def count(draft: Draft, facts: Facts) -> Iterator[Row]:
    """A number that was stated and a list beside it."""
    for at, line in enumerate(draft.lines):
        if "\t" in line:
            continue
        yield from ((at, *row) for row in _stated(draft, at, line))
        yield from ((at, *row) for row in _listed(line))


def _differ(wanted: int, low: int, high: int, open_end: bool) -> bool:
    """Few enough apart to be the same list, and yet not as many."""
    near = max(2, wanted // 3)
    return wanted < low <= wanted + near or (not open_end and 2 <= high < wanted <= high + near)


def _told(wanted: int, low: int, high: int) -> str:
    return f"写的是{wanted}，列出的是{low if low > wanted else high}"


def _stated(draft: Draft, at: int, line: str) -> Iterator[tuple[str, str, str]]:
    """``四个方面：`` followed by three."""
    for found in _re("stated").finditer(line):
        wanted = citation.number(found[1].replace("两", "二"))
        if not wanted or wanted < 2 or _re("not_counted").search(line[:found.start()]) or _re("time").match(found[2] + found[3]):
            continue
        if _re("time").match(found[3]):
            continue
        low, high, open_end = _after(draft, at, line[found.end():])
        if low and _differ(wanted, low, high, open_end):
            yield found[0], _told(wanted, low, high), "数一数，改数字或者补上漏掉的"


def _after(draft: Draft, at: int, tail: str) -> tuple[int, int, bool]:
    """(at least, at most, may go on) of the list after a colon; zeros where there is none that can be counted."""
    if not tail.strip():
        return _lines_after(draft, at)
    marks = _sequence([citation.number(one) for one in _re("inline").findall(tail)])
    if marks:
        return marks, marks, False
    sentence = re.split("[。！？\t]", tail)[0]
    parts = [part for part in sentence.split("；") if part.strip()]
    if len(parts) > 1:
        return len(parts), len(parts), False
    chunk, ended = _chunk(sentence)
    low, high = _items(chunk)
    if low < 2:
        return 0, 0, False
    return low, high, bool(re.search("等[^、]{0,4}$", chunk)) or not ended


def _sequence(numbers: list[int | None]) -> int:
    """How far 1, 2, 3 … goes."""
    last = 0
    for one in numbers:
        if one == last + 1:
            last += 1
        elif one == 1 and last:
            break
    return last


def _lines_after(draft: Draft, at: int) -> tuple[int, int, bool]:
    style, last = -1, 0
    for line in draft.lines[at + 1:]:
        if not line:
            continue
        mark = _re("mark").match(line)
        own = next((index for index, one in enumerate(mark.groups()) if one), -1) if mark else -1
        if style < 0:
            if own < 0 or citation.number(mark[own + 1]) != 1:  # type: ignore[index]
                return 0, 0, False
            style, last = own, 1
        elif own == style:
            if citation.number(mark[own + 1]) != last + 1:  # type: ignore[index]
                break
            last += 1
        elif 0 <= own < style or _level(line) == 1:
            break
    return last, last, False


def _chunk(sentence: str) -> tuple[str, bool]:
    """Up to the first comma outside brackets; whether the sentence ends there."""
    depth = 0
    for at, sign in enumerate(sentence):
        depth += (sign in "（《“") - (sign in "）》”")
        if sign == "，" and depth <= 0:
            return sentence[:at], False
    return sentence, True


def _items(chunk: str) -> tuple[int, int]:
    """At least and at most so many items: 和, 与, 及 may join two or belong to a name."""
    plain_ = re.sub("（[^（）]*）", "", chunk)
    plain_ = re.sub("《[^《》]*》", "《》", re.sub("“[^“”]*”", "“”", plain_)).replace("》《", "》、《").replace("”“", "”、“")
    items = [one for one in plain_.split("、") if one.strip()]
    if not items or any(len(one) > 30 for one in items):
        return 0, 0
    return len(items), len(items) + len(re.findall("以及|和|与|及|或", items[-1]))


def _listed(line: str) -> Iterator[tuple[str, str, str]]:
    """``甲镇、乙镇、丙镇等2个镇``."""
    for found in _re("counted").finditer(line):
        wanted = citation.number(found[1].replace("两", "二"))
        after = line[found.end():found.end() + 4]
        if not wanted or wanted < 2 or wanted > 200 or _re("time").match(found[2] + after) or _re("time").match(after):
            continue
        before, total = line[:found.start()], found[0][0] in "，（共合总"
        chunk = _back(before)
        etc = chunk.endswith("等")
        for cut in _re("cut").finditer(chunk):
            chunk = chunk[cut.end():] if cut.end() < len(chunk) else chunk
            break
        body = chunk[:-1] if etc else chunk
        if "、" not in body and "》《" not in body or _re("not_counted").search(before) or re.search("等[^、]*$", body):
            continue
        low, high = _items(re.sub("^.*(?:确定|包括|涉及|组织|对)", "", body) if "、" not in body[:1] else body)
        if low < 2 or re.search("[0-9]", body):
            continue
        noun = _re("organ").search(body) and re.match("[\u4e00-\u9fff]", after)
        if etc and low > wanted and _differ(wanted, low, high, True) or (total or noun) and not etc and _differ(wanted, low, high, False):
            start = max(0, found.start() - 12)
            yield line[start:found.end()] + after[:2], _told(wanted, low, high), "照实数改；“等”后面的数应当不少于前面列出的"


def _back(before: str) -> str:
    """From the last boundary outside brackets to the end."""
    depth = 0
    for at in range(len(before) - 1, -1, -1):
        sign = before[at]
        depth += (sign in "）》”") - (sign in "（《“")
        if depth < 0 or depth == 0 and sign in "，。；：！？\t ":
            return before[at + 1:]
    return before


# --- words ---------------------------------------------------------------------------------------------------------------


def placeholder(draft: Draft, facts: Facts) -> Iterator[Row]:
    for at, line in enumerate(draft.raw):
        found = []
        for one in _re("placeholder").finditer(line):
            if _re("latin").match(line[max(0, one.start() - 1):one.start()]) and not re.match("[0-9]", one[0]):
                continue
            if _re("latin").match(line[one.end():one.end() + 1]) and not re.search("[0-9]$", one[0]):
                continue
            if one[0] == "某某" and _re("example").search(line):
                continue
            found.append(line[one.start():one.end() + 1])
        if found:
            yield at, "、".join(dict.fromkeys(found)), f"有 {len(found)} 处没有填", "填上实际内容；没有这项内容的，整句删去"


def _law_of(title: str, facts: Facts) -> str:
    name = re.sub("^中华人民共和国", "", re.sub("（[^（）]*）$", "", title) if title not in facts["names"] else title)
    return facts["names"].get(title) or facts["names"].get(name, "")


def law(draft: Draft, facts: Facts) -> Iterator[Row]:
    """Instruments that are not in force."""
    told = set()
    for at, line in enumerate(draft.lines):
        for found in re.finditer("《([^《》]{2,60})》", line):
            near = line[max(0, found.start() - 8):found.start()] + line[found.end():found.end() + 12]
            title = found[1]
            if title in told or _re("history").search(near) or _re("repealed").search(line[found.end():].partition("。")[0]):
                continue
            old = facts["former"].get(title) or facts["former"].get(re.sub("^中华人民共和国", "", title))
            one = facts["laws"].get(_law_of(title, facts))
            if old:
                told.add(title)
                yield at, found[0], "这个名称已经不用", f"现行的是《{facts['laws'][old]['title']}》，条号按它的改"
            elif one and one["state"] == "已废止":
                told.add(title)
                yield at, found[0], f"{one['until']} 以后不再有效", f"现行的是《{one['now']}》，条号按它的改" if one.get("now") else "改引现行规定；讲历史的写明当时有效"
            elif one and one["state"] == "规划期届满":
                told.add(title)
                yield at, found[0], f"规划期到 {one['until']} 为止", "讲以后的工作，改引新的规划；讲过去的，写明期间"
            elif one and one["state"] == "尚未施行":
                told.add(title)
                yield at, found[0], f"还没有施行，{one['from']} 起施行", "施行前的行为不能以它为依据"


def article(draft: Draft, facts: Facts) -> Iterator[Row]:
    """Article numbers that are not there, or that were another's."""
    for at, line in enumerate(draft.lines):
        for (start, end), cited in citation.written(line):
            name = _law_of(cited.instrument, facts)
            one = facts["laws"].get(name)
            if not one or not cited.start or "shape" not in one or one["state"] == "已废止":
                continue
            shape = _shape(one["shape"])
            words = line[start:end] if line[start] == "《" else f"《{cited.instrument}》{line[start:end]}"
            for place in filter(None, (cited.start, cited.end)):
                wrong = _missing(place.split("."), shape, one)
                if wrong:
                    yield at, words, f"《{one['title']}》{wrong[0]}", wrong[1]
            moved = facts["moved"].get(name, {}).get(cited.start.split(".")[0])
            if moved and _closer(line[max(0, start - 30):end + 60], moved):
                yield at, words, f"说的像是旧的条号，现行的是第{moved[0]}条", f"第{cited.start.split('.')[0]}条现在讲：{moved[1]}"


@cache
def _shape(text: str) -> dict[str, list[int]]:
    found, before = {}, 0
    for one in text.split("|"):
        number, _, form = one.rpartition("=")
        number = number or str(before + 1)
        before = int(number.split("-")[0])
        found[number] = [int(size) for size in form.split(".") if size]
    return found


def _missing(parts: list[str], shape: dict[str, list[int]], one: dict[str, Any]) -> tuple[str, str] | None:
    last = list(shape)[-1].split("-")[0]
    if parts[0] not in shape:
        if parts[0] in one["old"]:
            return f"没有第{parts[0]}条，这是旧条号", f"现行文本到第{last}条为止，查新条号"
        return f"没有第{parts[0]}条", f"现行文本到第{last}条为止"
    sizes = shape[parts[0]]
    if len(parts) > 1 and int(parts[1]) > len(sizes):
        return f"第{parts[0]}条没有第{parts[1]}款", f"这一条共{len(sizes)}款"
    if len(parts) > 2 and int(parts[2]) > sizes[int(parts[1]) - 1]:
        size = sizes[int(parts[1]) - 1]
        return f"第{parts[0]}条第{parts[1]}款没有第{parts[2]}项", f"这一款有{size}项" if size else "这一款不分项"
    return None


def _closer(near: str, moved: list[str]) -> bool:
    """The words around fit the article that the old number became, and not the one that has the number now."""
    here = _pairs(_squeezed(near))
    scores = [len(_pairs(_squeezed(gist)) & here) / max(1, len(_pairs(_squeezed(gist)))) for gist in moved[1:]]
    return scores[1] >= 0.4 and scores[1] >= 2 * scores[0]


def body(draft: Draft, facts: Facts) -> Iterator[Row]:
    """Old names of bodies; each once, with all its lines."""
    names = sorted(facts["bodies"], key=lambda name: (-len(name), name))
    if not names:
        return
    found: dict[str, list[int]] = {}
    for at, line in enumerate(draft.lines):
        for one in re.finditer("|".join(names), line):
            near = line[max(0, one.start() - 6):one.start()] + line[one.end():one.end() + 6]
            if not _re("history").search(near):
                found.setdefault(one[0], []).append(at)
    for name, places in found.items():
        now, until, note = facts["bodies"][name]
        more = "；还在第" + "、".join(dict.fromkeys(str(at + 1) for at in places[1:] if at != places[0])) + "行" if set(places[1:]) - {places[0]} else ""
        yield places[0], name, f"旧名称，用到{until or '从前'}{more}", f"现在查：{now}" + (f"。{note}" if note else "")


def attachment(draft: Draft, facts: Facts) -> Iterator[Row]:
    """What is promised and isn't there."""
    there = [at for at, line in enumerate(draft.lines) if _re("attachment").match(line) and any(draft.lines[at + 1:at + 4])]
    missing = "这份文件里没有它"
    hint = "附上，或者写明另发；另存为单独文件的，核对名称一致"
    for at, line in enumerate(draft.lines):
        found = _re("named").search(line)
        if found:
            tail = _squeezed(found[1])[-6:]
            if not there and not any(_squeezed(other).endswith(tail) and len(other) <= 50 for other in draft.lines[at + 1:]):
                yield at, found[0], f"说《{found[1]}》附在后面，{missing}", hint
                continue
        one = _re("promised").search(line)
        if one and not found and not there and not any(_re("attachment").match(other) for other in draft.lines[:at]):
            yield at, line[max(0, one.start() - 12):one.end() + 16], f"说有附件，{missing}", hint
            return


# --- sections and paragraphs ---------------------------------------------------------------------------------------------


def empty(draft: Draft, facts: Facts) -> Iterator[Row]:
    """A heading with nothing under it, where its neighbours have something."""
    heads = [at for at, level in enumerate(draft.levels) if level]
    bare: dict[int, list[int]] = {}
    for at in heads:
        after = next((next_ for next_ in range(at + 1, len(draft.lines)) if draft.lines[next_]), None)
        if after is None or 0 < draft.levels[after] <= draft.levels[at]:
            bare.setdefault(draft.levels[at], []).append(at)
    for level, places in bare.items():
        if 2 * len(places) > sum(draft.levels[at] == level for at in heads):
            continue  # a list, no headings
        for at in places:
            if not _re("ending").search(draft.lines[at]) and len(draft.lines[at]) <= 30:
                yield at, draft.raw[at], "标题下面没有内容", "补写，或者删去这一节并改后面的序号"


def duplicate(draft: Draft, facts: Facts) -> Iterator[Row]:
    """Paragraphs that stand twice, or nearly."""
    seen: dict[str, int] = {}
    kept: list[tuple[int, str, set[str]]] = []
    for at, line in enumerate(draft.lines):
        words = _squeezed(line)
        if len(words) < 25 or "\t" in line:
            continue
        if words in seen:
            yield at, draft.raw[at], f"与第{seen[words] + 1}行完全相同", "留一处"
            continue
        seen[words] = at
        pairs = _pairs(words)
        if len(words) >= 60:
            for other, others, theirs in kept:
                if 2 * len(pairs & theirs) >= 0.85 * (len(pairs) + len(theirs)) and abs(len(words) - len(others)) < 0.25 * len(words):
                    yield at, draft.raw[at], f"与第{other + 1}行几乎相同", "留一处，或者写出不同在哪里"
                    break
            kept.append((at, words, pairs))


def _units(line: str) -> list[str]:
    """The single measures or problems of a paragraph: 一是…, 二是…."""
    starts = [found.start() for found in _re("unit").finditer(line)]
    if len(starts) < 2:
        return [line]
    if re.search("[\u4e00-\u9fff]", line[:starts[0]]):
        starts.insert(0, 0)
    return [line[start:end] for start, end in zip(starts, [*starts[1:], len(line)], strict=True)]


def overlap(draft: Draft, facts: Facts) -> Iterator[Row]:
    """Measures that say again what the report says was done."""
    done: dict[str, int] = {}
    for at, line in enumerate(draft.lines):
        if draft.kinds[at] == ACHIEVED:
            for clause in _clauses(line):
                done.setdefault(clause, at)
    for at, line in enumerate(draft.lines):
        if draft.kinds[at] != MEASURES or not done:
            continue
        units = [unit for unit in _units(line) if len(_squeezed(unit)) >= 15]
        same = []
        for unit in units:
            clauses = _clauses(unit)
            size = sum(len(one) for one in clauses)
            if size >= 12 and sum(len(one) for one in clauses if one in done) >= 0.6 * size:
                same.append(unit)
        if same:
            where = sorted({done[clause] + 1 for unit in same for clause in _clauses(unit) if clause in done})
            yield (at, same[0].lstrip("。；："), f"{len(units)} 处措施里有 {len(same)} 处，前面（第{'、'.join(map(str, where))}行）写成已经做到",
                   "已经做到的不再列为措施；还没做到的，前面改成实情。措施写清谁、到何时、做成什么")


def _clauses(text: str) -> list[str]:
    found = [re.sub(PATTERNS["mark"], "", one) for one in re.split(PATTERNS["clause"], text)]
    return [one for one in (_squeezed(one) for one in found) if len(one) >= 6]


def unanswered(draft: Draft, facts: Facts) -> Iterator[Row]:
    """Problems that no measure takes up."""
    answer = ""
    for at, line in enumerate(draft.lines):
        turned = _re("turn").search(line) if draft.kinds[at] == PROBLEMS else None
        if draft.kinds[at] == MEASURES or turned:
            answer += _squeezed(line[turned.start():] if turned else line) + " "
    problems = [at for at, kind in enumerate(draft.kinds)
                if kind == PROBLEMS and draft.lines[at] and "\t" not in draft.lines[at] and not _re("no_problem").search(draft.lines[at])]
    tables = list(_tables(draft))
    yield from ((at, words, "这个问题没有写措施", "补一条措施，写清谁、到何时、做成什么") for at, words, answered in tables if not answered)
    if not answer and not tables:
        if problems and ACHIEVED in draft.kinds:
            yield problems[0], draft.raw[problems[0]], "写了问题，没有写措施", "每个问题写一条措施、谁做、到何时"
        return
    if not answer:
        return
    for at in problems:
        line = draft.lines[at]
        turned = _re("turn").search(line)
        line = line[:turned.start()] if turned else line
        mark = _re("mark").match(line)
        units = [line] if mark and not mark[6] else [one for one in _units(line) if re.match(f"[。；：]?{PATTERNS['inline']}", one)]
        for unit in units:
            head = re.split("[，。；]", re.sub(PATTERNS["mark"], "", unit.lstrip("。；：")))[0]
            pairs = {pair for part in re.split(PATTERNS["weak"], head) for pair in _pairs(_squeezed(part))}
            if len(pairs) >= 3 and sum(pair in answer for pair in pairs) < 0.3 * len(pairs):
                yield at, head, "后面的措施没有回应这个问题", "补一条措施，写清谁、到何时、做成什么"


def _tables(draft: Draft) -> Iterator[tuple[int, str, bool]]:
    """Rows of tables that have a column of problems and one of measures: (line, problem, has a measure)."""
    places: tuple[int, int] | None = None
    for at, line in enumerate(draft.lines):
        cells = [one.strip() for one in draft.raw[at].split("\t")]
        if "\t" not in line:
            places = None
        elif places is None:
            ask = next((index for index, one in enumerate(cells) if _re("problem_column").search(plain(one)) and len(one) < 12), -1)
            told = next((index for index, one in enumerate(cells) if _re("answer_column").search(plain(one)) and len(one) < 12), -1)
            places = (ask, told)
        elif min(places) >= 0 and max(places) < len(cells) and cells[places[0]]:
            yield at, cells[places[0]], bool(cells[places[1]])


def spliced(draft: Draft, facts: Facts) -> Iterator[Row]:
    """Lines broken in a sentence, fragments in a sentence, brackets without their other half."""
    for at, line in enumerate(draft.lines):
        if not line or "\t" in line:
            continue
        after = draft.lines[at + 1] if at + 1 < len(draft.lines) else ""
        if (len(re.findall("[\u4e00-\u9fff]", line)) >= 30 and not draft.levels[at] and not _re("ending").search(line) and re.match("[\u4e00-\u9fff]", after)
                and not _re("mark").match(after) and not draft.levels[at + 1]):
            yield at, line[-15:] + "/" + after[:10], "一句话断成两段", "接回去；缺了字的补上"
        start = _re("no_start").match(line)
        if start:
            yield at, line[:15], "段落从半句开始", "查前面少了什么"
        for name, why in (("splice", "句子不通，像是中间插进了别处的话"), ("merged", "序号或标题粘在上一段里"), ("doubled", "标点重复")):
            last = -9
            for found in _re(name).finditer(line):
                if found.start() - last < 9:
                    continue
                last = found.end()
                around = line[max(0, found.start() - 6):found.end() + 8]
                yield at, around, why, {"splice": "对照原稿重写这一句", "merged": "另起一段", "doubled": "留一个"}[name]
        for opening, closing, name in (("《", "》", "书名号"), ("“", "”", "引号"), ("（", "）", "括号")):
            if _open(after, opening, closing) < 0 or at and _open(draft.lines[at - 1], opening, closing) > 0:
                continue  # a title on two lines
            rest = re.sub("(?:^|[，。；：、])[0-9一二三四五六七八九十a-zA-Z]{1,3}）", "", line) if closing == "）" else line
            if _open(rest, opening, closing) and not start:
                where = rest.find(opening if _open(rest, opening, closing) > 0 else closing)
                yield at, rest[max(0, where - 6):where + 14], f"{name}不成对", "补上另一半，或者查是不是少了一段"


def _open(line: str, opening: str, closing: str) -> int:
    return line.count(opening) - line.count(closing)


def garbled(draft: Draft, facts: Facts) -> Iterator[Row]:
    """Signs of a wrong encoding, pinyin in the text, two scripts in one."""
    for at, line in enumerate(draft.raw):
        found = [line[max(0, one.start() - 2):one.end() + 2] for name in ("pinyin", "mojibake", "alone") for one in _re(name).finditer(line)]
        if found:
            yield at, "、".join(dict.fromkeys(found)), f"有 {len(found)} 处乱码", "从原稿重新复制，或者重新转码"
    old = [(at, sign) for at, line in enumerate(draft.raw) for sign in line if sign in _TRADITIONAL]
    new = [(at, sign) for at, line in enumerate(draft.raw) for sign in line if sign in _SIMPLIFIED]
    signs = {sign for _, sign in old}
    if len(signs) >= 3 and len(old) >= 4:
        few = new if new and len(new) < len(old) else old
        words = "".join(dict.fromkeys(sign for _, sign in few))[:20]
        message = f"繁体字 {len(old)} 个，简体字 {len(new)} 个，混在一起" if new else "用的是繁体字"
        yield few[0][0], words, message, "公文用规范汉字，整篇转成简体再校一遍"


# --- figures and places --------------------------------------------------------------------------------------------------


def sum_(draft: Draft, facts: Facts) -> Iterator[Row]:
    for at, line in enumerate(draft.lines):
        for sentence in re.split("[。；]", line):
            yield from ((at, *row) for row in (*_parts(sentence), *_rates(sentence)))
    yield from _columns(draft)


def _parts(sentence: str) -> Iterator[tuple[str, str, str]]:
    """``共办 50 件，其中…`` against the sum of what follows."""
    whole, middle, rest = sentence.partition("其中")
    given = list(_re("figure").finditer(whole))
    if not middle or not given:
        return
    total, unit = float(given[-1][1]), given[-1][2]
    parts, start, left = [], 0, False
    for found in _re("figure").finditer(rest.partition("其中")[0]):
        label = rest[start:found.start()]
        start = found.end()
        if found[2] != unit:
            continue
        left = left or bool(_re("rest").search(label))
        if _re("change").search(label):
            break
        parts.append(float(found[1]))
    if len(parts) == 1 and parts[0] > total:
        yield given[-1][0] + "，其中" + _cut(rest[:30]), f"其中的{_plain(parts[0])}{unit}比总数{given[-1][1]}{unit}还多", "核对底数"
    if len(parts) > 1 and (sum(parts) > total or (left and sum(parts) < total)):
        yield given[-1][0] + "，其中" + _cut(rest[:30]), f"各项加起来是{_plain(sum(parts))}{unit}，总数写{given[-1][1]}{unit}", "核对底数；交叉统计的写明“有交叉”"


def _rates(sentence: str) -> Iterator[tuple[str, str, str]]:
    """``受理100件，办结95件，办结率90%``."""
    figures = [(found, sentence[max(0, found.start() - 8):found.start()]) for found in _re("figure").finditer(sentence)]
    for rate in _re("rate").finditer(sentence):
        stem = rate[1][-2:]
        own = [found for found, label in figures if re.search(f"{stem}[^，]{{0,3}}$", label)]
        if len(own) == 2 and own[0][2] == own[1][2]:
            own = own[1:]  # 应出庭20件，出庭18件，出庭率95%
        if len(own) != 1:
            continue
        others = [float(found[1]) for found, _ in figures if found is not own[0] and found[2] == own[0][2] and found.start() < own[0].start()]
        if len(others) == 1 and others[0] >= float(own[0][1]) > 0 and abs(float(own[0][1]) / others[0] * 100 - float(rate[2])) > 1:
            share = _plain(round(float(own[0][1]) / others[0] * 100, 1))
            yield rate[0], f"{own[0][0]}占{_plain(others[0])}{own[0][2]}是{share}%，写的是{rate[2]}%", "写明分子和分母各是什么"


def _columns(draft: Draft) -> Iterator[Row]:
    """A table's row of totals."""
    rows: list[list[str]] = []
    for at, line in enumerate(draft.lines):
        if "\t" not in line:
            rows = []
            continue
        cells = [one.strip() for one in line.split("\t")]
        if _re("total_row").match(cells[0]):
            for column in range(1, len(cells)):
                numbers = [row[column] if column < len(row) else "" for row in rows]
                values = [float(one) for one in numbers if re.fullmatch("[0-9]+(?:[.][0-9]+)?", one)]
                if re.fullmatch("[0-9]+(?:[.][0-9]+)?", cells[column]) and len(values) > 1 and abs(sum(values) - float(cells[column])) > 0.005:
                    yield at, f"{cells[0]} {cells[column]}", f"表的第{column + 1}列加起来是{_plain(sum(values))}，写的是{cells[column]}", "核对这一列"
            rows = []
        else:
            rows.append(cells)


def _plain(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def place(draft: Draft, facts: Facts) -> Iterator[Row]:
    """Another county's (township's) name in ours: the fewer against the more."""
    found: dict[str, dict[str, list[int]]] = {"县": {}, "乡": {}}
    for at, line in enumerate(draft.lines):
        for one in _re("place").finditer(line):
            if not _re("no_place").search(one[1]):
                found["县" if one[2] in "县区旗" else "乡"].setdefault(one[1] + one[2], []).append(at)
    for names in found.values():
        ours = max(names, key=lambda name: len(names[name]), default="")
        if len(names) < 2 or len(names) > 4 or len(names[ours]) < 2:
            continue
        for name, places in names.items():
            if name != ours and 2 * len(places) <= len(names[ours]):
                yield places[0], name, f"全文多数写{ours}，这里写{name}", "确认是不是从别处抄来没有改"


CHECKS: dict[str, Callable[[Draft, Facts], Iterator[Row]]] = {
    "count": count, "placeholder": placeholder, "law": law, "article": article, "body": body, "attachment": attachment, "empty": empty,
    "duplicate": duplicate, "overlap": overlap, "unanswered": unanswered, "spliced": spliced, "garbled": garbled, "sum": sum_, "place": place,
}

__all__ = ["CHECKS", "Draft", "Finding", "check", "plain", "read"]
