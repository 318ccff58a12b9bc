/* 文稿体检: a draft's text → what in it is wrong, by rule. The same rules as macros/drafts.py, function by function;
 * patterns, words and what is known of laws and bodies are window.faduDrafts (macros/draftwords.py), loaded on first use.
 * tests/cases/drafts.json binds both. window.fadu.drafts.check(text, facts) → [{line, rule, words, message, hint}]. */
(function () {
  "use strict";

  const fadu = (window.fadu = window.fadu || {});
  const HAN = /[\u4e00-\u9fff，。；：、（）《》“”]/;
  const ASCII = { ",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "?": "？", "!": "！" };
  const DIGITS = "零一二三四五六七八九";
  const UNITS = { 十: 10, 百: 100, 千: 1000 };
  const [ACHIEVED, PROBLEMS, MEASURES] = ["achieved", "problems", "measures"];
  const own = (thing, name) => Object.prototype.hasOwnProperty.call(thing, name);
  const empty = (text) => !text || !text.trim();

  let known = null; // the facts of the present check
  const made = new Map();
  function re(name, flags = "") {
    const pattern = known.patterns[name];
    const key = flags + "/" + pattern;
    if (!made.has(key)) made.set(key, new RegExp(pattern, flags));
    const found = made.get(key);
    found.lastIndex = 0;
    return found;
  }
  function every(pattern, text) {
    const rows = [];
    const walker = new RegExp(pattern.source, "g");
    for (let found = walker.exec(text); found; found = walker.exec(text)) {
      rows.push(found);
      if (!found[0]) walker.lastIndex += 1;
    }
    return rows;
  }
  const has = (name, text) => re(name).test(text);
  const starts = (name, text) => {
    const found = re(name).exec(text);
    return found && found.index === 0 ? found : null;
  };
  const end = (found) => found.index + found[0].length;
  const unique = (list) => Array.from(new Set(list));
  const sum = (list) => list.reduce((total, one) => total + one, 0);

  function number(text) {
    if (/^[0-9]+$/.test(text)) return Number(text);
    let total = 0;
    let part = 0;
    for (const sign of text || "") {
      if (DIGITS.indexOf(sign) >= 0) part = DIGITS.indexOf(sign);
      else if (sign === "两") part = 2;
      else if (sign === "〇") part = 0;
      else if (UNITS[sign]) {
        total += (part || 1) * UNITS[sign];
        part = 0;
      } else return null;
    }
    return text ? total + part : null;
  }

  // --- reading -------------------------------------------------------------------------------------------------------

  let simple = null; // traditional → simplified
  function plain(line) {
    const signs = line.split("").map((sign) => {
      const code = sign.charCodeAt(0);
      return simple.get(sign) || (code >= 0xff10 && code <= 0xff19 ? String(code - 0xff10) : sign);
    });
    signs.forEach((sign, at) => {
      if (!own(ASCII, sign)) return;
      if (sign === "(" || sign === ")" || HAN.test(signs[at - 1] || "") || HAN.test(signs[at + 1] || "")) signs[at] = ASCII[sign];
    });
    return signs.join("");
  }
  /** Without indentation; a table's row keeps its empty cells. */
  function stripped(line) {
    const found = line.replace(/^[ \u3000\t\ufeff]+|[ \u3000\t\ufeff]+$/g, "");
    return found.indexOf("\t") >= 0 ? line.replace(/^\ufeff+|\ufeff+$/g, "") : found;
  }
  const level = (line) => ["chapter", "section", "part"].findIndex((name) => starts(name, line)) + 1;
  function kind(heading) {
    if (has("mixed", heading)) return "mixed";
    return [ACHIEVED, MEASURES, PROBLEMS].find((name) => has(name, heading)) || "";
  }
  function kinds(draft) {
    const told = draft.lines.map((line, at) => (draft.levels[at] ? kind(line) : ""));
    const levels = draft.levels.filter((one, at) => told[at]);
    const top = levels.length ? Math.min(...levels) : 0;
    let now = "";
    return draft.lines.map((line, at) => {
      if (draft.levels[at] && draft.levels[at] <= top) {
        now = told[at];
        return "";
      }
      if (now === "mixed" && has("turn", line)) {
        now = MEASURES;
        return PROBLEMS;
      }
      return now === "mixed" ? PROBLEMS : now;
    });
  }
  function read(text) {
    simple = new Map(Array.from(known.traditional, (sign, at) => [sign, known.simplified[at]]));
    const raw = text.replace(/\r\n?/g, "\n").split("\n").map(stripped);
    const draft = { raw, lines: raw.map(plain) };
    draft.levels = draft.lines.map(level);
    draft.kinds = kinds(draft);
    return draft;
  }
  const cut = (words) => {
    const signs = Array.from(words);
    return signs.length <= 60 ? words : signs.slice(0, 40).join("") + "……" + signs.slice(-15).join("");
  };
  const squeezed = (text) => text.replace(/[^\u4e00-\u9fffA-Za-z0-9]/g, "");
  function pairs(text) {
    const found = new Set();
    for (let at = 0; at + 1 < text.length; at += 1) found.add(text.slice(at, at + 2));
    return found;
  }
  const common = (one, other) => Array.from(one).filter((pair) => other.has(pair)).length;

  // --- numbers and lists ---------------------------------------------------------------------------------------------

  const differ = (wanted, low, high, open) => {
    const near = Math.max(2, Math.floor(wanted / 3));
    return (wanted < low && low <= wanted + near) || (!open && high >= 2 && high < wanted && wanted <= high + near);
  };
  const counted = (wanted, low, high) => `写的是${wanted}，列出的是${low > wanted ? low : high}`;

  function count(draft) {
    const rows = [];
    draft.lines.forEach((line, at) => {
      if (line.indexOf("\t") >= 0) return;
      stated(draft, at, line).concat(listed(line)).forEach((row) => rows.push([at, ...row]));
    });
    return rows;
  }
  function stated(draft, at, line) {
    const rows = [];
    every(re("stated"), line).forEach((found) => {
      const wanted = number(found[1]);
      if (!wanted || wanted < 2 || has("not_counted", line.slice(0, found.index)) || starts("time", found[2] + found[3]) || starts("time", found[3])) return;
      const [low, high, open] = after(draft, at, line.slice(end(found)));
      if (low && differ(wanted, low, high, open)) rows.push([found[0], counted(wanted, low, high), "数一数，改数字或者补上漏掉的"]);
    });
    return rows;
  }
  function after(draft, at, tail) {
    if (empty(tail)) return linesAfter(draft, at);
    const marks = sequence(every(re("inline"), tail).map((found) => number(found[1])));
    if (marks) return [marks, marks, false];
    const sentence = tail.split(/[。！？\t]/)[0];
    const parts = sentence.split("；").filter((part) => !empty(part));
    if (parts.length > 1) return [parts.length, parts.length, false];
    const [piece, ended] = chunk(sentence);
    const [low, high] = items(piece);
    return low < 2 ? [0, 0, false] : [low, high, /等[^、]{0,4}$/.test(piece) || !ended];
  }
  function sequence(numbers) {
    let last = 0;
    for (const one of numbers) {
      if (one === last + 1) last += 1;
      else if (one === 1 && last) break;
    }
    return last;
  }
  function linesAfter(draft, at) {
    let style = -1;
    let last = 0;
    for (const line of draft.lines.slice(at + 1)) {
      if (!line) continue;
      const mark = starts("mark", line);
      const groups = mark ? Array.from(mark).slice(1) : [];
      const mine = groups.findIndex((one) => one);
      if (style < 0) {
        if (mine < 0 || number(groups[mine]) !== 1) return [0, 0, false];
        style = mine;
        last = 1;
      } else if (mine === style) {
        if (number(groups[mine]) !== last + 1) break;
        last += 1;
      } else if ((mine >= 0 && mine < style) || level(line) === 1) break;
    }
    return [last, last, false];
  }
  function chunk(sentence) {
    let depth = 0;
    for (let at = 0; at < sentence.length; at += 1) {
      const sign = sentence[at];
      depth += "（《“".indexOf(sign) >= 0 ? 1 : "）》”".indexOf(sign) >= 0 ? -1 : 0;
      if (sign === "，" && depth <= 0) return [sentence.slice(0, at), false];
    }
    return [sentence, true];
  }
  function items(piece) {
    const bare = piece.replace(/（[^（）]*）/g, "").replace(/“[^“”]*”/g, "“”").replace(/《[^《》]*》/g, "《》").replace(/》《/g, "》、《").replace(/”“/g, "”、“");
    const found = bare.split("、").filter((one) => !empty(one));
    if (!found.length || found.some((one) => one.length > 30)) return [0, 0];
    return [found.length, found.length + every(/以及|和|与|及|或/, found[found.length - 1]).length];
  }
  function listed(line) {
    const rows = [];
    every(re("counted"), line).forEach((found) => {
      const wanted = number(found[1]);
      const next = line.slice(end(found), end(found) + 4);
      if (!wanted || wanted < 2 || wanted > 200 || starts("time", found[2] + next) || starts("time", next)) return;
      const before = line.slice(0, found.index);
      const total = "，（共合总".indexOf(found[0][0]) >= 0;
      let piece = back(before);
      const etc = piece.endsWith("等");
      const cutting = re("cut").exec(piece);
      if (cutting && end(cutting) < piece.length) piece = piece.slice(end(cutting));
      const body = etc ? piece.slice(0, -1) : piece;
      if ((body.indexOf("、") < 0 && body.indexOf("》《") < 0) || has("not_counted", before) || /等[^、]*$/.test(body)) return;
      const [low, high] = items(body[0] === "、" ? body : body.replace(/^.*(?:确定|包括|涉及|组织|对)/, ""));
      if (low < 2 || /[0-9]/.test(body)) return;
      const noun = has("organ", body) && /^[\u4e00-\u9fff]/.test(next);
      if ((etc && low > wanted && differ(wanted, low, high, true)) || ((total || noun) && !etc && differ(wanted, low, high, false))) {
        const start = Math.max(0, found.index - 12);
        rows.push([line.slice(start, end(found)) + next.slice(0, 2), counted(wanted, low, high), "照实数改；“等”后面的数应当不少于前面列出的"]);
      }
    });
    return rows;
  }
  function back(before) {
    let depth = 0;
    for (let at = before.length - 1; at >= 0; at -= 1) {
      const sign = before[at];
      depth += "）》”".indexOf(sign) >= 0 ? 1 : "（《“".indexOf(sign) >= 0 ? -1 : 0;
      if (depth < 0 || (depth === 0 && "，。；：！？\t ".indexOf(sign) >= 0)) return before.slice(at + 1);
    }
    return before;
  }

  // --- words -----------------------------------------------------------------------------------------------------------

  function placeholder(draft) {
    const rows = [];
    draft.raw.forEach((line, at) => {
      const found = every(re("placeholder"), line).filter((one) => {
        if (has("latin", line.slice(Math.max(0, one.index - 1), one.index)) && !/^[0-9]/.test(one[0])) return false;
        if (has("latin", line.slice(end(one), end(one) + 1)) && !/[0-9]$/.test(one[0])) return false;
        return !(one[0] === "某某" && has("example", line));
      }).map((one) => line.slice(one.index, end(one) + 1));
      if (found.length) rows.push([at, unique(found).join("、"), `有 ${found.length} 处没有填`, "填上实际内容；没有这项内容的，整句删去"]);
    });
    return rows;
  }
  function lawOf(title, facts) {
    const bare = (own(facts.names, title) ? title : title.replace(/（[^（）]*）$/, "")).replace(/^中华人民共和国/, "");
    return own(facts.names, title) ? facts.names[title] : own(facts.names, bare) ? facts.names[bare] : "";
  }
  function law(draft, facts) {
    const rows = [];
    const told = new Set();
    draft.lines.forEach((line, at) => every(/《([^《》]{2,60})》/, line).forEach((found) => {
      const near = line.slice(Math.max(0, found.index - 8), found.index) + line.slice(end(found), end(found) + 12);
      const title = found[1];
      if (told.has(title) || has("history", near) || has("repealed", line.slice(end(found)).split("。")[0])) return;
      const bare = title.replace(/^中华人民共和国/, "");
      const old = own(facts.former, title) ? facts.former[title] : own(facts.former, bare) ? facts.former[bare] : "";
      const one = facts.laws[lawOf(title, facts)];
      const tell = (message, hint) => {
        told.add(title);
        rows.push([at, found[0], message, hint]);
      };
      if (old) tell("这个名称已经不用", `现行的是《${facts.laws[old].title}》，条号按它的改`);
      else if (one && one.state === "已废止") tell(`${one.until} 以后不再有效`, one.now ? `现行的是《${one.now}》，条号按它的改` : "改引现行规定；讲历史的写明当时有效");
      else if (one && one.state === "规划期届满") tell(`规划期到 ${one.until} 为止`, "讲以后的工作，改引新的规划；讲过去的，写明期间");
      else if (one && one.state === "尚未施行") tell(`还没有施行，${one.from} 起施行`, "施行前的行为不能以它为依据");
    }));
    return rows;
  }

  const N = "[零〇一二三四五六七八九十百千0-9０-９]+";
  const ONE = `第(?:${N})条(?:之${N})?(?:第?${N}款)?(?:第?[（(]?${N}[）)]?项)?(?:第?${N}目)?`;
  const WRITTEN = new RegExp(`《([^《》]+)》(?:（[^（）]*）)?(${ONE})?`);
  const MORE = new RegExp(`^([、，和及至到~～—-]|以及|或者)(第?${N}条(?:之${N})?(?:第?${N}款)?(?:第?[（(]?${N}[）)]?项)?(?:第?${N}目)?`
    + `|第?${N}款(?:第?[（(]?${N}[）)]?项)?|第?[（(]${N}[）)]项?|第?${N}项)`);
  const PARTS = new RegExp(`^(?:第?(${N})条(?:之(${N}))?)?(?:第?(${N})款)?(?:第?[（(]?(${N})[）)]?项)?(?:第?(${N})目)?$`);
  const ITEM = new RegExp(`^第?[（(](${N})[）)]项?$`);
  /** macros/citation.py: the parts of a locator; those left out are taken from the one before. */
  function locator(text, before) {
    const whole = PARTS.exec(text);
    const item = whole ? null : ITEM.exec(text);
    if (!whole && !item) return null;
    const [article, sub, given, entry, point] = whole ? whole.slice(1) : [null, null, null, item[1], null];
    let paragraph = given;
    let parts;
    if (article) parts = [String(number(article)) + (sub ? `-${number(sub)}` : "")];
    else if (before.length) {
      parts = [before[0]];
      if (!paragraph && before.length > 1) paragraph = before[1];
    } else return null;
    if (entry && !paragraph) paragraph = "1";
    for (const value of [paragraph, entry, point]) {
      if (!value) break;
      parts.push(String(number(value)));
    }
    return parts;
  }
  /** Every 《…》第…条, lists and ranges spread: [start, end, title, first, last]. */
  function written(text) {
    const rows = [];
    every(WRITTEN, text).forEach((found) => {
      if (!found[2]) return;
      const title = found[1];
      let pending = [found.index, end(found), title, locator(found[2], []), null];
      let at = end(found);
      let before = pending[3];
      for (let more = MORE.exec(text.slice(at)); more; more = MORE.exec(text.slice(at))) {
        const here = locator(more[2], before);
        if (!here) break;
        const stop = at + more[0].length;
        if ("至到~～—-".indexOf(more[1]) >= 0) {
          pending[1] = stop;
          pending[4] = here;
        } else {
          rows.push(pending);
          pending = [at + more[1].length, stop, title, here, null];
        }
        at = stop;
        before = here;
      }
      rows.push(pending);
    });
    return rows;
  }
  function article(draft, facts) {
    const rows = [];
    draft.lines.forEach((line, at) => written(line).forEach(([start, stop, title, first, last]) => {
      const name = lawOf(title, facts);
      const one = facts.laws[name];
      if (!one || !first || !own(one, "shape") || one.state === "已废止") return;
      const sizes = shape(one.shape);
      const words = line[start] === "《" ? line.slice(start, stop) : `《${title}》${line.slice(start, stop)}`;
      [first, last].filter(Boolean).forEach((place) => {
        const wrong = missing(place, sizes, one);
        if (wrong) rows.push([at, words, `《${one.title}》${wrong[0]}`, wrong[1]]);
      });
      const moved = own(facts.moved, name) && own(facts.moved[name], first[0]) ? facts.moved[name][first[0]] : null;
      if (moved && closer(line.slice(Math.max(0, start - 30), stop + 60), moved)) {
        rows.push([at, words, `说的像是旧的条号，现行的是第${moved[0]}条`, `第${first[0]}条现在讲：${moved[1]}`]);
      }
    }));
    return rows;
  }
  function shape(text) {
    const found = new Map();
    let before = 0;
    text.split("|").forEach((one) => {
      const at = one.lastIndexOf("=");
      const name = at < 0 ? String(before + 1) : one.slice(0, at);
      before = Number(name.split("-")[0]);
      found.set(name, one.slice(at + 1).split(".").filter(Boolean).map(Number));
    });
    return found;
  }
  function missing(parts, sizes, one) {
    const last = Array.from(sizes.keys()).pop().split("-")[0];
    if (!sizes.has(parts[0])) {
      if (one.old.indexOf(parts[0]) >= 0) return [`没有第${parts[0]}条，这是旧条号`, `现行文本到第${last}条为止，查新条号`];
      return [`没有第${parts[0]}条`, `现行文本到第${last}条为止`];
    }
    const found = sizes.get(parts[0]);
    if (parts.length > 1 && Number(parts[1]) > found.length) return [`第${parts[0]}条没有第${parts[1]}款`, `这一条共${found.length}款`];
    const size = parts.length > 2 ? found[Number(parts[1]) - 1] : 0;
    if (parts.length > 2 && Number(parts[2]) > size) return [`第${parts[0]}条第${parts[1]}款没有第${parts[2]}项`, size ? `这一款有${size}项` : "这一款不分项"];
    return null;
  }
  function closer(near, moved) {
    const here = pairs(squeezed(near));
    const [now, then] = moved.slice(1).map((gist) => common(pairs(squeezed(gist)), here) / Math.max(1, pairs(squeezed(gist)).size));
    return then >= 0.4 && then >= 2 * now;
  }

  function body(draft, facts) {
    const names = Object.keys(facts.bodies).sort((one, other) => other.length - one.length || (one < other ? -1 : 1));
    if (!names.length) return [];
    const found = new Map();
    const pattern = new RegExp(names.join("|"));
    draft.lines.forEach((line, at) => every(pattern, line).forEach((one) => {
      const near = line.slice(Math.max(0, one.index - 6), one.index) + line.slice(end(one), end(one) + 6);
      if (!has("history", near)) found.set(one[0], (found.get(one[0]) || []).concat(at));
    }));
    return Array.from(found, ([name, places]) => {
      const [now, until, note] = facts.bodies[name];
      const others = unique(places.slice(1).filter((at) => at !== places[0]));
      const more = others.length ? `；还在第${others.map((at) => at + 1).join("、")}行` : "";
      return [places[0], name, `旧名称，用到${until || "从前"}${more}`, `现在查：${now}` + (note ? `。${note}` : "")];
    });
  }

  function attachment(draft) {
    const rows = [];
    const there = draft.lines.some((line, at) => starts("attachment", line) && draft.lines.slice(at + 1, at + 4).some(Boolean));
    const gone = "这份文件里没有它";
    const hint = "附上，或者写明另发；另存为单独文件的，核对名称一致";
    for (let at = 0; at < draft.lines.length; at += 1) {
      const line = draft.lines[at];
      const found = re("named").exec(line);
      if (found) {
        const tail = squeezed(found[1]).slice(-6);
        if (!there && !draft.lines.slice(at + 1).some((other) => squeezed(other).endsWith(tail) && other.length <= 50)) {
          rows.push([at, found[0], `说《${found[1]}》附在后面，${gone}`, hint]);
          continue;
        }
      }
      const one = re("promised").exec(line);
      if (one && !found && !there && !draft.lines.slice(0, at).some((other) => starts("attachment", other))) {
        rows.push([at, line.slice(Math.max(0, one.index - 12), end(one) + 16), `说有附件，${gone}`, hint]);
        break;
      }
    }
    return rows;
  }

  // --- sections and paragraphs -----------------------------------------------------------------------------------------

  function bare(draft) {
    const rows = [];
    const heads = draft.levels.map((one, at) => (one ? at : -1)).filter((at) => at >= 0);
    const found = new Map();
    heads.forEach((at) => {
      const next = draft.lines.findIndex((line, place) => place > at && line);
      if (next < 0 || (draft.levels[next] > 0 && draft.levels[next] <= draft.levels[at])) found.set(draft.levels[at], (found.get(draft.levels[at]) || []).concat(at));
    });
    found.forEach((places, one) => {
      if (2 * places.length > heads.filter((at) => draft.levels[at] === one).length) return;
      places.forEach((at) => {
        if (!has("ending", draft.lines[at]) && draft.lines[at].length <= 30) rows.push([at, draft.raw[at], "标题下面没有内容", "补写，或者删去这一节并改后面的序号"]);
      });
    });
    return rows;
  }
  function duplicate(draft) {
    const rows = [];
    const seen = new Map();
    const kept = [];
    draft.lines.forEach((line, at) => {
      const words = squeezed(line);
      if (words.length < 25 || line.indexOf("\t") >= 0) return;
      if (seen.has(words)) {
        rows.push([at, draft.raw[at], `与第${seen.get(words) + 1}行完全相同`, "留一处"]);
        return;
      }
      seen.set(words, at);
      if (words.length < 60) return;
      const mine = pairs(words);
      const other = kept.find(([, others, theirs]) => Math.abs(words.length - others) < 0.25 * words.length && 2 * common(mine, theirs) >= 0.85 * (mine.size + theirs.size));
      if (other) rows.push([at, draft.raw[at], `与第${other[0] + 1}行几乎相同`, "留一处，或者写出不同在哪里"]);
      kept.push([at, words.length, mine]);
    });
    return rows;
  }
  function units(line) {
    const places = every(re("unit"), line).map((found) => found.index);
    if (places.length < 2) return [line];
    if (/[\u4e00-\u9fff]/.test(line.slice(0, places[0]))) places.unshift(0);
    return places.map((start, at) => line.slice(start, at + 1 < places.length ? places[at + 1] : line.length));
  }
  const unmarked = (text) => text.replace(re("mark"), "");
  const clauses = (text) => text.split(new RegExp(known.patterns.clause)).map((one) => squeezed(unmarked(one))).filter((one) => one.length >= 6);
  const trimmed = (text) => text.replace(/^[。；：]+/, "");

  function overlap(draft) {
    const rows = [];
    const done = new Map();
    draft.lines.forEach((line, at) => draft.kinds[at] === ACHIEVED && clauses(line).forEach((clause) => done.has(clause) || done.set(clause, at)));
    draft.lines.forEach((line, at) => {
      if (draft.kinds[at] !== MEASURES || !done.size) return;
      const all = units(line).filter((unit) => squeezed(unit).length >= 15);
      const same = all.filter((unit) => {
        const found = clauses(unit);
        const size = sum(found.map((one) => one.length));
        return size >= 12 && sum(found.filter((one) => done.has(one)).map((one) => one.length)) >= 0.6 * size;
      });
      if (!same.length) return;
      const where = unique([].concat(...same.map(clauses)).filter((one) => done.has(one)).map((one) => done.get(one) + 1)).sort((one, other) => one - other);
      rows.push([at, trimmed(same[0]), `${all.length} 处措施里有 ${same.length} 处，前面（第${where.join("、")}行）写成已经做到`,
        "已经做到的不再列为措施；还没做到的，前面改成实情。措施写清谁、到何时、做成什么"]);
    });
    return rows;
  }
  function tables(draft) {
    const rows = [];
    let places = null;
    draft.lines.forEach((line, at) => {
      const cells = draft.raw[at].split("\t").map((one) => one.trim());
      if (line.indexOf("\t") < 0) places = null;
      else if (!places) places = ["problem_column", "answer_column"].map((name) => cells.findIndex((one) => has(name, plain(one)) && one.length < 12));
      else if (Math.min(...places) >= 0 && Math.max(...places) < cells.length && cells[places[0]]) rows.push([at, cells[places[0]], Boolean(cells[places[1]])]);
    });
    return rows;
  }
  function unanswered(draft) {
    let answer = "";
    draft.lines.forEach((line, at) => {
      const turned = draft.kinds[at] === PROBLEMS ? re("turn").exec(line) : null;
      if (draft.kinds[at] === MEASURES || turned) answer += squeezed(turned ? line.slice(turned.index) : line) + " ";
    });
    const problems = draft.lines.map((line, at) => at).filter((at) => draft.kinds[at] === PROBLEMS && draft.lines[at]
      && draft.lines[at].indexOf("\t") < 0 && !has("no_problem", draft.lines[at]));
    const told = tables(draft);
    const rows = told.filter((row) => !row[2]).map(([at, words]) => [at, words, "这个问题没有写措施", "补一条措施，写清谁、到何时、做成什么"]);
    if (!answer) {
      if (!told.length && problems.length && draft.kinds.indexOf(ACHIEVED) >= 0) rows.push([problems[0], draft.raw[problems[0]], "写了问题，没有写措施", "每个问题写一条措施、谁做、到何时"]);
      return rows;
    }
    const inline = new RegExp(`^[。；：]?${known.patterns.inline}`);
    const weak = new RegExp(known.patterns.weak);
    problems.forEach((at) => {
      const turned = re("turn").exec(draft.lines[at]);
      const line = turned ? draft.lines[at].slice(0, turned.index) : draft.lines[at];
      const mark = starts("mark", line);
      (mark && !mark[6] ? [line] : units(line).filter((one) => inline.test(one))).forEach((unit) => {
        const head = unmarked(trimmed(unit)).split(/[，。；]/)[0];
        const found = new Set([].concat(...head.split(weak).map((part) => Array.from(pairs(squeezed(part))))));
        if (found.size >= 3 && Array.from(found).filter((pair) => answer.indexOf(pair) >= 0).length < 0.3 * found.size) {
          rows.push([at, head, "后面的措施没有回应这个问题", "补一条措施，写清谁、到何时、做成什么"]);
        }
      });
    });
    return rows;
  }

  const occurs = (line, sign) => line.split(sign).length - 1;
  const open = (line, opening, closing) => occurs(line, opening) - occurs(line, closing);
  function spliced(draft) {
    const rows = [];
    draft.lines.forEach((line, at) => {
      if (!line || line.indexOf("\t") >= 0) return;
      const next = at + 1 < draft.lines.length ? draft.lines[at + 1] : "";
      if (occurs(line.replace(/[\u4e00-\u9fff]/g, "\u0001"), "\u0001") >= 30 && !draft.levels[at] && !has("ending", line) && /^[\u4e00-\u9fff]/.test(next)
        && !starts("mark", next) && !draft.levels[at + 1]) rows.push([at, line.slice(-15) + "/" + next.slice(0, 10), "一句话断成两段", "接回去；缺了字的补上"]);
      const start = starts("no_start", line);
      if (start) rows.push([at, line.slice(0, 15), "段落从半句开始", "查前面少了什么"]);
      [["splice", "句子不通，像是中间插进了别处的话", "对照原稿重写这一句"], ["merged", "序号或标题粘在上一段里", "另起一段"], ["doubled", "标点重复", "留一个"]].forEach(([name, why, hint]) => {
        let last = -9;
        every(re(name), line).forEach((found) => {
          if (found.index - last < 9) return;
          last = end(found);
          rows.push([at, line.slice(Math.max(0, found.index - 6), end(found) + 8), why, hint]);
        });
      });
      [["《", "》", "书名号"], ["“", "”", "引号"], ["（", "）", "括号"]].forEach(([opening, closing, name]) => {
        if (open(next, opening, closing) < 0 || (at && open(draft.lines[at - 1], opening, closing) > 0)) return; // a title on two lines
        const rest = closing === "）" ? line.replace(/(?:^|[，。；：、])[0-9一二三四五六七八九十a-zA-Z]{1,3}）/g, "") : line;
        if (!open(rest, opening, closing) || start) return;
        const where = rest.indexOf(open(rest, opening, closing) > 0 ? opening : closing);
        rows.push([at, rest.slice(Math.max(0, where - 6), where + 14), `${name}不成对`, "补上另一半，或者查是不是少了一段"]);
      });
    });
    return rows;
  }
  function garbled(draft) {
    const rows = [];
    const old = [];
    const fresh = [];
    const traditional = new Set(known.traditional);
    const simplified = new Set(known.only_simplified);
    draft.raw.forEach((line, at) => {
      const found = [].concat(...["pinyin", "mojibake", "alone"].map((name) => every(re(name), line).map((one) => line.slice(Math.max(0, one.index - 2), end(one) + 2))));
      if (found.length) rows.push([at, unique(found).join("、"), `有 ${found.length} 处乱码`, "从原稿重新复制，或者重新转码"]);
      for (const sign of line) {
        if (traditional.has(sign)) old.push([at, sign]);
        if (simplified.has(sign)) fresh.push([at, sign]);
      }
    });
    if (new Set(old.map((one) => one[1])).size >= 3 && old.length >= 4) {
      const few = fresh.length && fresh.length < old.length ? fresh : old;
      const message = fresh.length ? `繁体字 ${old.length} 个，简体字 ${fresh.length} 个，混在一起` : "用的是繁体字";
      rows.push([few[0][0], unique(few.map((one) => one[1])).join("").slice(0, 20), message, "公文用规范汉字，整篇转成简体再校一遍"]);
    }
    return rows;
  }

  // --- figures and places ----------------------------------------------------------------------------------------------

  const shown = (value) => value.toFixed(2).replace(/0+$/, "").replace(/\.$/, "");
  function sums(draft) {
    const rows = [];
    draft.lines.forEach((line, at) => line.split(/[。；]/).forEach((sentence) => parts(sentence).concat(rates(sentence)).forEach((row) => rows.push([at, ...row]))));
    return rows.concat(columns(draft));
  }
  function parts(sentence) {
    const place = sentence.indexOf("其中");
    const given = place < 0 ? [] : every(re("figure"), sentence.slice(0, place));
    if (!given.length) return [];
    const whole = given[given.length - 1];
    const [total, unit] = [Number(whole[1]), whole[2]];
    const rest = sentence.slice(place + 2);
    const found = [];
    let start = 0;
    let left = false;
    for (const one of every(re("figure"), rest.split("其中")[0])) {
      const label = rest.slice(start, one.index);
      start = end(one);
      if (one[2] !== unit) continue;
      left = left || has("rest", label);
      if (has("change", label)) break;
      found.push(Number(one[1]));
    }
    const all = sum(found);
    if (found.length === 1 && all > total) return [[`${whole[0]}，其中${cut(rest.slice(0, 30))}`, `其中的${shown(all)}${unit}比总数${whole[1]}${unit}还多`, "核对底数"]];
    if (found.length < 2 || !(all > total || (left && all < total))) return [];
    return [[`${whole[0]}，其中${cut(rest.slice(0, 30))}`, `各项加起来是${shown(all)}${unit}，总数写${whole[1]}${unit}`, "核对底数；交叉统计的写明“有交叉”"]];
  }
  function rates(sentence) {
    const rows = [];
    const figures = every(re("figure"), sentence).map((found) => [found, sentence.slice(Math.max(0, found.index - 8), found.index)]);
    every(re("rate"), sentence).forEach((rate) => {
      const stem = new RegExp(`${rate[1].slice(-2)}[^，]{0,3}$`);
      const mine = figures.filter(([, label]) => stem.test(label)).map(([found]) => found);
      if (mine.length === 2 && mine[0][2] === mine[1][2]) mine.shift(); // 应出庭20件，出庭18件，出庭率95%
      if (mine.length !== 1) return;
      const others = figures.map(([found]) => found).filter((found) => found !== mine[0] && found[2] === mine[0][2] && found.index < mine[0].index).map((found) => Number(found[1]));
      const part = Number(mine[0][1]);
      if (others.length === 1 && others[0] >= part && part > 0 && Math.abs((part / others[0]) * 100 - Number(rate[2])) > 1) {
        rows.push([rate[0], `${mine[0][0]}占${shown(others[0])}${mine[0][2]}是${shown(Math.round((part / others[0]) * 1000) / 10)}%，写的是${rate[2]}%`, "写明分子和分母各是什么"]);
      }
    });
    return rows;
  }
  function columns(draft) {
    const rows = [];
    const plainNumber = /^[0-9]+(?:[.][0-9]+)?$/;
    let table = [];
    draft.lines.forEach((line, at) => {
      const cells = line.split("\t").map((one) => one.trim());
      if (line.indexOf("\t") < 0) table = [];
      else if (starts("total_row", cells[0])) {
        for (let column = 1; column < cells.length; column += 1) {
          const values = table.map((row) => row[column] || "").filter((one) => plainNumber.test(one)).map(Number);
          if (plainNumber.test(cells[column]) && values.length > 1 && Math.abs(sum(values) - Number(cells[column])) > 0.005) {
            rows.push([at, `${cells[0]} ${cells[column]}`, `表的第${column + 1}列加起来是${shown(sum(values))}，写的是${cells[column]}`, "核对这一列"]);
          }
        }
        table = [];
      } else table.push(cells);
    });
    return rows;
  }
  function place(draft) {
    const rows = [];
    const found = [new Map(), new Map()];
    draft.lines.forEach((line, at) => every(re("place"), line).forEach((one) => {
      if (has("no_place", one[1])) return;
      const names = found["县区旗".indexOf(one[2]) >= 0 ? 0 : 1];
      names.set(one[1] + one[2], (names.get(one[1] + one[2]) || []).concat(at));
    }));
    found.forEach((names) => {
      let ours = "";
      names.forEach((places, name) => (ours = !ours || places.length > names.get(ours).length ? name : ours));
      if (names.size < 2 || names.size > 4 || names.get(ours).length < 2) return;
      names.forEach((places, name) => {
        if (name !== ours && 2 * places.length <= names.get(ours).length) rows.push([places[0], name, `全文多数写${ours}，这里写${name}`, "确认是不是从别处抄来没有改"]);
      });
    });
    return rows;
  }

  const CHECKS = [["count", count], ["placeholder", placeholder], ["law", law], ["article", article], ["body", body], ["attachment", attachment], ["empty", bare],
    ["duplicate", duplicate], ["overlap", overlap], ["unanswered", unanswered], ["spliced", spliced], ["garbled", garbled], ["sum", sums], ["place", place]];

  /** The words as they stand in the draft. */
  function writtenIn(draft, line, words) {
    const at = draft.lines[line].indexOf(words);
    return at >= 0 ? draft.raw[line].slice(at, at + words.length) : words;
  }
  function check(text, facts) {
    known = facts;
    const draft = read(text);
    const order = Object.keys(facts.rules);
    const found = [].concat(...CHECKS.map(([rule, run]) => run(draft, facts).map(([line, words, message, hint], at) => (
      { line: line + 1, rule, words: cut(writtenIn(draft, line, words)), message, hint, at }))));
    found.sort((one, other) => one.line - other.line || order.indexOf(one.rule) - order.indexOf(other.rule) || one.at - other.at);
    return found.map(({ line, rule, words, message, hint }) => ({ line, rule, words, message, hint }));
  }

  fadu.drafts = { check };
})();
