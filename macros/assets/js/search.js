/* Search: an exact scan over two data files that are loaded on first use, names first.
 * The files are made by macros/searchdata.py; their layout is known to these two only.
 * All words must match; where too few pages hold them all, those follow that are near to it: most of it in their names, or together in one line. Laws' names bind before substrings; 63条, 第63条 and 第六十三条 are one. */
(function () {
  "use strict";

  const fadu = window.fadu;
  const LIMIT = 50;

  // --- text -------------------------------------------------------------------------------------------------------

  const DROPPED = /[^0-9a-z\u3007\u3400-\u9fff\uf900-\ufaff\ud800-\udfff\n]+/g;
  const WIDE = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g;
  const narrow = (text) => text.replace(WIDE, (at) => String.fromCharCode(at.charCodeAt(0) - 0xfee0)).toLowerCase();
  const norm = (text) => narrow(text).replace(DROPPED, "");

  /** The same for megabytes, by a table: a third of the time of the expressions above. */
  function normLong(text) {
    const table = new Uint16Array(65536);
    const range = (from, to, shift) => {
      for (let sign = from; sign <= to; sign += 1) table[sign] = sign + shift;
    };
    [[0x30, 0x39, 0], [0x61, 0x7a, 0], [0x41, 0x5a, 32], [0xff10, 0xff19, -0xfee0], [0xff41, 0xff5a, -0xfee0], [0xff21, 0xff3a, 32 - 0xfee0],
      [0x3007, 0x3007, 0], [0x3400, 0x9fff, 0], [0xf900, 0xfaff, 0], [0xd800, 0xdfff, 0], [10, 10, 0]].forEach(([from, to, shift]) => range(from, to, shift));
    const kept = new Uint16Array(text.length);
    let length = 0;
    for (let at = 0; at < text.length; at += 1) {
      const sign = table[text.charCodeAt(at)];
      if (sign) {
        kept[length] = sign;
        length += 1;
      }
    }
    return new TextDecoder("utf-16le").decode(kept.subarray(0, length));
  }

  const DIGITS = { 零: 0, 〇: 0, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 两: 2 };
  function number(text) {
    if (/^[0-9]+$/.test(text)) return Number(text);
    if (!/[十百千]/.test(text)) return Number(Array.from(text, (digit) => DIGITS[digit]).join(""));
    let whole = 0;
    let digit = 0;
    for (const sign of text) {
      const unit = { 十: 10, 百: 100, 千: 1000 }[sign];
      if (unit) {
        whole += (digit || 1) * unit;
        digit = 0;
      } else {
        digit = DIGITS[sign];
      }
    }
    return whole + digit;
  }
  function chinese(value) {
    const signs = "零一二三四五六七八九";
    const thousands = Math.floor(value / 1000);
    const hundreds = Math.floor(value / 100) % 10;
    const tens = Math.floor(value / 10) % 10;
    const ones = value % 10;
    let text = thousands ? signs[thousands] + "千" : "";
    if (hundreds) text += signs[hundreds] + "百";
    else if (thousands && (tens || ones)) text += "零";
    if (tens) text += (tens === 1 && !text ? "" : signs[tens]) + "十";
    else if (hundreds && ones) text += "零";
    return ones ? text + signs[ones] : text || "零";
  }
  const NUM = "([0-9]{1,4}|[零〇一二三四五六七八九十百千两]{1,9})";
  const ARTICLE = new RegExp(`第?${NUM}条(?:之${NUM}(?!款|项))?(?:第?${NUM}款)?(?:第?${NUM}项)?`);
  const SPACED = new RegExp(`(第?)[\\s\\u3000]*${NUM}[\\s\\u3000]*条`, "g");
  const BARE = new RegExp(`^第?${NUM}$`);

  // --- index ------------------------------------------------------------------------------------------------------

  // Who searches has a task: what to do, then on which paper, under which law. A question's title is a whole sentence.
  const KIND_BONUS = {
    procedures: 170, laws: 150, documents: 130, checklists: 115, triage: 110, terms: 100, docs: 80, registers: 80, parameters: 60,
    roles: 60, failures: 50, metrics: 50, paths: 50, duties: 50, changes: 45, fields: 5, questions: 0,
  };
  // What every full procedure has: 行政处罚 期限 leads to the deadlines of the procedure.
  const SECTIONS = [["chart", "流程图"], ["steps", "步骤"], ["checklist", "清单"], ["deadlines", "期限"], ["deadlines", "时限"], ["papers", "文书"]];
  const KIND_FACTOR = { failures: 0.8, metrics: 0.8, changes: 0.8, fields: 0.5, questions: 0.3 };
  let names = null; // {pages, laws, lawNames, synonyms, all, lexicon}
  let body = null; // {text, lines, starts, pageStart, sharedAt, …}

  function readNames(data) {
    const pages = data.pages.map((row, at) => {
      const folder = data.folders[row[1] || 0];
      const aliases = row[6] ? row[6].split("\n") : [];
      const [kind, kindLabel] = data.kinds[row[3] || 0];
      const [shelf, shelfLabel] = data.shelves[row[4] || 0];
      const heads = (row[8] ? row[8].split("\n") : []).map((line) => {
        const cut = line.indexOf("\t");
        const text = line.slice(cut + 1);
        return { anchor: line.slice(0, cut), text, norm: norm(text) };
      });
      const full = kind === "procedures" && heads.some((head) => head.anchor.startsWith("step-"));
      return {
        at, title: row[0], url: (folder ? folder + "/" : "") + row[2], kind, kindLabel, shelf, shelfLabel,
        code: row[5] || "", aliases, weight: row[9] || 0,
        nTitle: norm(row[0]), nAliases: aliases.map(norm), nCode: norm(row[5] || ""),
        pinyin: row[7] ? row[7].split("\n").filter(Boolean) : [],
        heads, sections: full ? SECTIONS.map(([anchor, text]) => ({ anchor, text, norm: text })) : [],
        // A row on an index has no page of its own.
        bonus: ((KIND_BONUS[kind] === undefined ? 20 : KIND_BONUS[kind]) * (row[2].includes("#") ? 0.5 : 1)) + Math.min(24, 4 * Math.log2(1 + (row[9] || 0))),
      };
    });
    const laws = data.laws.map(([at, short, full, aliases, ranges]) => ({
      page: pages[at], short, full, names: [short, full].concat(aliases ? aliases.split("\n") : []),
      ranges: ranges ? ranges.split(",").map((range) => range.split("-").map(Number)) : [],
    }));
    const lawNames = new Map();
    const offer = (name, law) => {
      const key = norm(name);
      if (key.length > 1 && !lawNames.has(key)) lawNames.set(key, law);
    };
    laws.forEach((law) => offer(law.short, law));
    laws.forEach((law) => law.names.forEach((name) => offer(name, law)));
    laws.forEach((law) => law.names.forEach((name) => offer(name.replace(/^中华人民共和国/, ""), law)));
    laws.forEach((law) => {
      law.page.law = law;
      const own = law.names.map(norm).filter((name) => name !== law.page.nTitle && law.page.nAliases.indexOf(name) < 0);
      law.page.nAliases = law.page.nAliases.concat(own);
    });
    const synonyms = new Map(data.synonyms.map((row) => [norm(row[0]), row.slice(1).map(norm)]));
    const lexicon = new Set([...synonyms.keys(), ...lawNames.keys()]);
    const all = [];
    pages.forEach((page) => {
      [page.nTitle, ...page.nAliases].forEach((name) => lexicon.add(name));
      all.push(page.nTitle, ...page.nAliases, ...page.heads.map((head) => head.norm));
    });
    names = { pages, laws, lawNames, synonyms, lexicon, all: all.join("\n"), longest: Math.max(2, ...Array.from(lawNames.keys(), (key) => key.length)) };
  }

  /** One string of all blocks, normalised but for the line ends, with the places where blocks and pages begin. */
  function readText(data) {
    const text = normLong(data.lines);
    const count = data.own.reduce((sum, runs) => sum + runs.reduce((all, value, at) => all + (at % 2 ? value : 0), 0), 0) + data.shared.length;
    const starts = new Int32Array(count + 1);
    let from = 0;
    for (let block = 0; block < count; block += 1) {
      starts[block] = from;
      const end = text.indexOf("\n", from);
      from = end < 0 ? text.length + 1 : end + 1;
    }
    starts[count] = from;
    const anchors = new Int32Array(count);
    const firstBlock = new Int32Array(data.own.length + 1);
    let block = 0;
    data.own.forEach((runs, page) => {
      firstBlock[page] = block;
      for (let at = 0; at < runs.length; at += 2) {
        anchors.fill(runs[at], block, block + runs[at + 1]);
        block += runs[at + 1];
      }
    });
    firstBlock[data.own.length] = block;
    const sharedOf = new Map();
    data.shared.forEach((refs, at) => {
      for (let ref = 0; ref < refs.length; ref += 2) {
        if (!sharedOf.has(refs[ref])) sharedOf.set(refs[ref], []);
        sharedOf.get(refs[ref]).push([block + at, refs[ref + 1]]);
      }
    });
    body = { text, lines: data.lines, rows: null, starts, anchors, firstBlock, shared: data.shared, sharedOf, names: data.anchors, scans: new Map(), there: new Map(), pairs: new Map() };
  }
  const line = (block) => (body.rows = body.rows || body.lines.split("\n"))[block];

  /** The largest index whose start is not after the place. */
  function below(starts, place, low, high) {
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle] <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Page → 1 where its text holds the word. */
  function scan(word) {
    const known = body.scans.get(word);
    if (known) return known;
    const found = new Uint8Array(names.pages.length);
    const { text, starts, firstBlock } = body;
    const shared = firstBlock[firstBlock.length - 1];
    let page = 0;
    for (let at = text.indexOf(word); at >= 0; ) {
      const block = below(starts, at, 0, starts.length - 2);
      if (block < shared) {
        page = below(firstBlock, block, page, found.length - 1);
        found[page] = 1;
        at = text.indexOf(word, starts[firstBlock[page + 1]]);
      } else {
        const refs = body.shared[block - shared];
        for (let ref = 0; ref < refs.length; ref += 2) found[refs[ref]] = 1;
        at = text.indexOf(word, starts[block + 1]);
      }
    }
    if (body.scans.size > 200) body.scans.clear();
    body.scans.set(word, found);
    return found;
  }

  /** Whether the text has the piece at all; none of whose pairs may be missing. */
  function present(piece) {
    const { there, text } = body;
    if (!there.has(piece)) {
      let found = true;
      for (let at = 0; found && piece.length > 2 && at < piece.length - 1; at += 1) found = present(piece.slice(at, at + 2));
      if (there.size > 2000) there.clear();
      there.set(piece, found && text.includes(piece));
    }
    return there.get(piece);
  }

  // --- the query --------------------------------------------------------------------------------------------------

  const STOP = ["怎么办理", "怎么办", "怎么写", "怎么", "怎样", "如何", "什么时候", "什么", "哪些", "哪里", "哪个", "能不能", "可不可以", "是不是", "有没有", "要不要", "是否",
    "这件事", "算不算", "归谁管", "归哪个", "怎么走", "走程序", "区别", "不同", "模板", "范本", "样式", "学什么", "部门归", "的钱", "怎么算", "可以", "需要", "应该", "应当", "我要", "我们", "请问", "多久", "多少天", "多少日", "几天", "几日", "多长时间", "多少", "之内", "以内", "办理", "的", "了", "吗", "呢", "么", "吧", "是", "要", "在", "和", "与", "及", "或", "对", "把", "被", "由", "向", "后", "内", "时", "去", "来", "该", "能", "会", "有", "就", "都", "谁", "做", "办", "写", "几"];
  const STOPS = new Set(STOP);
  const FILLERS = ["没有这样", "这样", "那样", "一个", "这个", "那个", "一下", "有人", "他们", "别人", "到底", "究竟", "行不行", "行吗"];

  const term = (word) => ({ word, alts: [{ word, factor: 1 }].concat((names.synonyms.get(word) || []).map((other) => ({ word: other, factor: 0.9 }))) });

  function lawTerm(law, said) {
    const all = [law.short, law.full.replace(/^中华人民共和国/, ""), law.full].map(norm);
    const distinct = Array.from(new Set(all));
    const bound = distinct.filter((word) => !distinct.some((other) => other !== word && word.includes(other))).map((word) => ({ word, factor: 1 }));
    // What merely contains the alias (处罚法 in 治安管理处罚法) is found, but last.
    if (all.indexOf(said) < 0) bound.push({ word: said, factor: 0.2 });
    return { word: said, law, alts: bound };
  }
  function articleTerm(article) {
    const cn = `第${chinese(article.number)}条` + (article.of ? `之${chinese(article.of)}` : "");
    const digits = `第${article.number}条` + (article.of ? `之${chinese(article.of)}` : "");
    return { word: cn, article, alts: [{ word: cn, factor: 1 }, { word: digits, factor: 1 }] };
  }
  function article(text) {
    const found = ARTICLE.exec(text);
    if (!found) return null;
    const [, value, of, paragraph, item] = found;
    return {
      at: found.index, end: found.index + found[0].length, number: number(value), of: of ? number(of) : 0,
      paragraph: paragraph ? number(paragraph) : 0, item: item ? number(item) : 0,
    };
  }

  /** A law by what a person calls it: by name, else by the end of its name, else by its letters in order. */
  function lawByCall(text) {
    if (names.lawNames.has(text)) return names.lawNames.get(text);
    if (text.length < 2) return null;
    const found = (test) =>
      names.laws.filter((law) => law.names.some((name) => test(norm(name)))).sort((a, b) => norm(a.short).length - norm(b.short).length || b.page.weight - a.page.weight)[0];
    const inOrder = (name) => {
      let at = 0;
      for (const sign of name) if (sign === text[at]) at += 1;
      return at === text.length;
    };
    return found((name) => name.endsWith(text)) || found((name) => name.includes(text)) || (text.length > 2 && found(inOrder)) || null;
  }
  /** The longest law's name that ends where the article begins. */
  function lawBefore(text) {
    for (let from = Math.max(0, text.length - names.longest); from < text.length - 1; from += 1) {
      const law = names.lawNames.get(text.slice(from));
      if (law) return { law, from };
    }
    return null;
  }

  /** Words → terms; a law with its article becomes a direct hit besides. */
  function read(text) {
    const words = narrow(text).replace(SPACED, "$1$2条").split(/[\s\u3000]+/).map(norm).filter(Boolean);
    const terms = [];
    const direct = [];
    for (let at = 0; at < words.length; at += 1) {
      let word = words[at];
      const before = terms[terms.length - 1];
      let found = article(word);
      if (!found && before && before.law && BARE.test(word)) found = article(word.replace(BARE, "第$1条"));
      if (!found) {
        // 处罚法63: digits right after a law's name, the 条 still to be typed.
        const tail = new RegExp(`^(.+?)第?${NUM}$`).exec(word);
        const bound = tail && lawBefore(tail[1]);
        if (bound) {
          word = `${tail[1]}第${tail[2]}条`;
          found = article(word);
        }
      }
      if (found) {
        const head = word.slice(0, found.at).replace(/的$/, "");
        let law = null;
        if (head) {
          const bound = lawBefore(head);
          law = bound ? bound.law : lawByCall(head);
          if (bound && bound.from) terms.push(term(head.slice(0, bound.from)));
          terms.push(law ? lawTerm(law, bound ? head.slice(bound.from) : head) : term(head));
        } else if (before) {
          law = before.law || lawByCall(before.word);
          if (law && !before.law && /[法例定法释则]$/.test(before.word)) terms[terms.length - 1] = lawTerm(law, before.word);
          else if (!before.law) law = null;
        }
        terms.push(articleTerm(found));
        if (law) direct.push({ law, article: found });
        const rest = word.slice(found.end);
        if (rest) words.splice(at + 1, 0, rest);
      } else if (names.lawNames.has(word)) {
        terms.push(lawTerm(names.lawNames.get(word), word));
      } else {
        terms.push(term(word));
      }
    }
    const telling = terms.filter((one) => !STOPS.has(one.word));
    return { terms: telling.length ? telling : terms, direct };
  }

  /** Codes and numbers aren't cut: zf07 is no zf with a 07. */
  const inRun = (word, at) => at > 0 && at < word.length && /^[0-9a-z]{2}$/.test(word.slice(at - 1, at + 1));
  /** A word that stands nowhere as a whole, cut into known pieces: names first, then whatever the text holds. */
  function pieces(word, withText, fine) {
    const length = word.length;
    const best = [{ cost: 0, from: -1, drop: false }];
    for (let end = 1; end <= length; end += 1) {
      best[end] = null;
      for (let from = Math.max(0, end - 20); from < end; from += 1) {
        if (!best[from] || inRun(word, from) || inRun(word, end)) continue;
        const piece = word.slice(from, end);
        let cost = 0;
        let drop = false;
        if (STOPS.has(piece)) {
          cost = 0.3;
          drop = true;
        } else if (names.lexicon.has(piece) && piece.length > 1 && (!fine || piece.length === 2)) cost = 1;
        else if (piece.length > 1 && piece.length < (fine ? 4 : length) && names.all.includes(piece)) cost = fine ? (piece.length === 2 ? 1.1 : 2.4) : 1.6;
        else if (withText && body && piece.length > 1 && piece.length < Math.min(length, fine ? 4 : 7) && present(piece)) cost = 2.6;
        else if (withText && body && piece.length === 1) cost = 4;
        else continue;
        const whole = best[from].cost + cost;
        if (!best[end] || whole < best[end].cost) best[end] = { cost: whole, from, drop, piece };
      }
    }
    if (!best[length]) return null;
    const cut = [];
    for (let at = length; at > 0; at = best[at].from) if (!best[at].drop) cut.unshift(best[at].piece);
    return cut.length && (cut.length > 1 || cut[0] !== word) ? cut.map((piece) => (names.lawNames.has(piece) ? lawTerm(names.lawNames.get(piece), piece) : term(piece))) : null;
  }

  // --- matching ---------------------------------------------------------------------------------------------------

  const within = (text, word, exact, start, inside) => {
    if (text === word) return exact;
    const at = text.indexOf(word);
    if (at < 0) return 0;
    return (at === 0 ? start : inside) + (150 * word.length) / text.length;
  };
  function nameScore(page, word) {
    let best = within(page.nTitle, word, 1000, 650, 520);
    for (const alias of page.nAliases) best = Math.max(best, within(alias, word, 900, 480, 400));
    if (page.nCode && page.nCode.startsWith(word)) best = Math.max(best, page.nCode === word ? 1100 : word.length > 2 ? 300 : 0);
    return best * (KIND_FACTOR[page.kind] || 1);
  }
  function pinyinScore(page, word) {
    let best = 0;
    for (const initials of page.pinyin) {
      const at = initials.indexOf(word);
      if (at < 0) continue;
      best = Math.max(best, (initials === word ? 600 : at === 0 ? 420 : word.length > 2 ? 250 : 0) + (90 * word.length) / initials.length);
    }
    return best;
  }
  function headScore(page, word) {
    let best = 0;
    for (const head of page.heads) best = Math.max(best, within(head.norm, word, 330, 230, 200));
    if (page.sections.some((head) => head.norm === word)) best = Math.max(best, 330);
    return best;
  }
  const holds = (law, value) => law.ranges.some((range) => value >= range[0] && value <= (range[1] || range[0]));

  /** Page → score of one term, 0 where it doesn't match. */
  function termScores(one) {
    const scores = new Float32Array(names.pages.length);
    const named = new Uint8Array(names.pages.length);
    for (const alt of one.alts) {
      const latin = /^[a-z]{2,}$/.test(alt.word);
      const inText = body && scan(alt.word);
      for (const page of names.pages) {
        let score = nameScore(page, alt.word);
        if (latin && score < 420) score = Math.max(score, pinyinScore(page, alt.word));
        if (score) named[page.at] = 1;
        if (score < 330) score = Math.max(score, headScore(page, alt.word));
        if (!score && inText && inText[page.at]) score = 100;
        if (score) scores[page.at] = Math.max(scores[page.at], score * alt.factor);
      }
    }
    if (one.law) scores[one.law.page.at] = Math.max(scores[one.law.page.at], 950);
    if (one.article && !one.article.of) {
      const having = names.laws.filter((law) => holds(law, one.article.number)).sort((a, b) => b.page.weight - a.page.weight);
      having.forEach((law, rank) => {
        const score = rank < 15 ? 150 + Math.min(60, law.page.weight / 4) : 60;
        scores[law.page.at] = Math.max(scores[law.page.at], score);
      });
    }
    return { scores, named };
  }

  function match(terms) {
    const found = [];
    const all = terms.map(termScores);
    const length = terms.reduce((sum, one) => sum + one.word.length, 0);
    const joined = terms.map((one) => one.word).join("");
    const cited = terms.length > 1 && body ? citedTogether(terms) : null;
    for (const page of names.pages) {
      let sum = 0;
      let least = Infinity;
      let inNames = true;
      for (const { scores, named } of all) {
        const score = scores[page.at];
        if (!score) {
          least = 0;
          break;
        }
        sum += score;
        least = Math.min(least, score);
        inNames = inNames && named[page.at] === 1;
      }
      if (!least) continue;
      let score = sum / all.length + page.bonus;
      if (terms.length > 1) {
        score += least / 4;
        if (inNames) score += 120 + 120 * Math.min(1, length / page.nTitle.length);
        if (page.nTitle.includes(joined)) score += 150;
        if (cited && cited[page.at]) score += 120;
      }
      found.push({ page, score, terms, inNames });
    }
    return found;
  }
  /** Pages whose text has the law's name right before the article's number. */
  function citedTogether(terms) {
    let sum = null;
    terms.forEach((one, at) => {
      const before = terms[at - 1];
      if (!one.article || !before || !before.law) return;
      for (const name of before.alts.filter((alt) => alt.factor === 1)) {
        for (const cn of one.alts) {
          const found = scan(name.word + cn.word);
          sum = sum ? sum.map((value, page) => value | found[page]) : found;
        }
      }
    });
    return sum;
  }

  const empty = (terms) => {
    const all = terms.map((one) => termScores(one).scores);
    return !names.pages.some((page) => all.every((scores) => scores[page.at] > 0));
  };

  // --- when not all words are found together ----------------------------------------------------------------------

  /** The query without words that carry no subject, with other words for the same thing, as a set of pairs of signs. */
  function pairs(query) {
    const said = [];
    const carrying = STOP.concat(FILLERS).filter((stop) => stop.length > 1);
    narrow(query).split(/[\s\u3000]+/).map(norm).filter(Boolean).forEach((word) => {
      let rest = word;
      carrying.forEach((stop) => {
        rest = rest.split(stop).join(" ");
      });
      said.push(...rest.split(/[\s的了吗呢么吧]+/).filter((piece) => piece.length > 1));
    });
    const sets = said.map((piece) => {
      const others = [piece];
      names.synonyms.forEach((alts, word) => {
        if (piece.includes(word)) alts.forEach((alt) => others.push(piece.replace(word, alt)));
      });
      return others.slice(0, 8);
    });
    return sets;
  }
  const inTwos = (text) => Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));

  /** Pair of signs → the blocks that hold it; null for one so common that it tells nothing. */
  function blocksWith(pair) {
    const { text, starts, pairs: known } = body;
    if (known.has(pair)) return known.get(pair);
    const most = starts.length / 8;
    let found = [];
    for (let at = text.indexOf(pair), block = 0; at >= 0; ) {
      block = below(starts, at, block, starts.length - 2);
      found.push(block);
      if (found.length > most) {
        found = null;
        break;
      }
      at = text.indexOf(pair, starts[block + 1]);
    }
    if (known.size > 300) known.clear();
    known.set(pair, found);
    return found;
  }

  /** Pages near to what was asked in everyday words, where no page holds all of it: by the share of its pairs of signs,
   *  rare ones first, that stand in a page's names or together in one line of it. [{page, share}] */
  function near(query) {
    const told = (names.told = names.told || names.pages.map((page) => [page.nTitle, ...page.nAliases].join("\n")));
    const heads = (names.headText = names.headText || names.pages.map((page) => page.heads.map((head) => head.norm).join("\n")));
    const weights = new Map(); // pair → how much it tells
    const inNames = new Float32Array(names.pages.length);
    const inLine = body && new Float32Array(body.starts.length);
    const touched = [];
    let total = 0;
    pairs(query).forEach((alts) => {
      const own = new Set(inTwos(alts[0]));
      const others = new Set(alts.slice(1).flatMap(inTwos).filter((pair) => !own.has(pair)));
      const size = (pair) => {
        const named = told.reduce((sum, text) => sum + (text.includes(pair) ? 1 : 0), 0);
        const lines = body && blocksWith(pair);
        if (body && !lines) return named ? 1 : 0; // everywhere
        if (named) return Math.log(1 + names.pages.length / named);
        return lines && lines.length ? 2 : 0; // only texts hold it: it may be the end of one word and the beginning of the next
      };
      const use = (pair, factor) => {
        if (weights.has(pair)) return 0;
        const weight = size(pair);
        weights.set(pair, weight);
        if (!weight) return 0;
        for (let at = 0; at < told.length; at += 1) {
          if (told[at].includes(pair)) inNames[at] += factor * weight;
          else if (heads[at].includes(pair)) inNames[at] += 0.6 * factor * weight;
        }
        (body && blocksWith(pair) || []).forEach((block) => {
          if (!inLine[block]) touched.push(block);
          inLine[block] += factor * weight;
        });
        return weight;
      };
      own.forEach((pair) => (total += use(pair, 1) || (weights.get(pair) ? 0 : 1))); // what stands nowhere was asked all the same
      others.forEach((pair) => use(pair, 0.9));
    });
    if (!total) return [];
    const best = new Float32Array(names.pages.length);
    if (body) {
      const shared = body.firstBlock[body.firstBlock.length - 1];
      touched.forEach((block) => {
        if (block < shared) {
          const page = below(body.firstBlock, block, 0, best.length - 1);
          best[page] = Math.max(best[page], inLine[block]);
        } else {
          const refs = body.shared[block - shared];
          for (let ref = 0; ref < refs.length; ref += 2) best[refs[ref]] = Math.max(best[refs[ref]], 0.8 * inLine[block]);
        }
      });
    }
    const found = [];
    names.pages.forEach((page) => {
      const [high, low] = inNames[page.at] > 0.85 * best[page.at] ? [inNames[page.at], best[page.at]] : [0.85 * best[page.at], inNames[page.at]];
      const share = Math.min(1, (high + 0.35 * low) / total);
      if (share > 0.3) found.push({ page, share });
    });
    return found;
  }

  function ranked(query) {
    const { terms, direct } = read(query);
    if (!terms.length) return [];
    let found = match(terms);
    const whole = found.length; // pages that hold every word
    const cuttable = (one) => !one.law && !one.article && one.word.length > 2;
    if (terms.some(cuttable) && (found.length < 5 || !found.some((hit) => hit.inNames))) {
      const seen = new Set(found.map((hit) => hit.page));
      // Known names first, then what only the text holds; at last in twos, which finds 重大行政决策 by 重大决策.
      for (const [withText, fine, factor] of [[false, false, 0.95], [true, false, 0.9], [false, true, 0.85], [true, true, 0.8]]) {
        const cut = [];
        terms.forEach((one) => {
          const alone = cuttable(one) && (terms.length === 1 || empty([one]) || !found.length);
          cut.push(...((alone && pieces(one.word, withText, fine)) || [one]));
        });
        if (cut.length === terms.length && cut.every((one, at) => one.word === terms[at].word)) continue;
        match(cut).forEach((hit) => {
          if (seen.has(hit.page)) return;
          seen.add(hit.page);
          hit.score *= factor;
          found.push(hit);
        });
        if (found.length >= 5) break;
      }
    }
    if (!direct.length && !terms.some((one) => one.article) && (found.length < 5 || !found.some((hit) => hit.inNames))) {
      const known = new Map(found.map((hit) => [hit.page, hit]));
      near(query).forEach(({ page, share }) => {
        const score = 470 * share * share * (page.kind === "questions" ? 0.6 : KIND_FACTOR[page.kind] || 1) + page.bonus;
        const hit = known.get(page);
        if (hit) hit.score = Math.max(hit.score, score);
        else found.push({ page, score, terms, inNames: false });
      });
    }
    found.sort((a, b) => b.score - a.score || a.page.at - b.page.at);
    const hits = direct
      .filter((one, at) => direct.findIndex((other) => other.law === one.law && other.article.number === one.article.number) === at)
      .map((one) => ({ page: one.law.page, terms, direct: one.article }));
    found.forEach((hit) => {
      if (!hits.some((other) => other.page === hit.page)) hits.push(hit);
    });
    return hits.slice(0, LIMIT).map((hit) => Object.assign(shown(hit), { near: !whole && !direct.length }));
  }

  // --- what is shown ----------------------------------------------------------------------------------------------

  /** Places of the words in a text as written: [from, to] pairs, in order, not overlapping. */
  function marks(text, words) {
    const kept = [];
    let plain = "";
    for (let at = 0; at < text.length; at += 1) {
      const sign = narrow(text[at]).replace(DROPPED, "").replace("\n", "");
      if (sign) {
        plain += sign;
        kept.push(at);
      }
    }
    const places = [];
    words.forEach((word) => {
      for (let at = plain.indexOf(word); at >= 0 && word; at = plain.indexOf(word, at + word.length)) {
        places.push([kept[at], kept[at + word.length - 1] + 1]);
      }
    });
    places.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    return places.reduce((all, place) => {
      const last = all[all.length - 1];
      if (last && place[0] <= last[1]) last[1] = Math.max(last[1], place[1]);
      else all.push(place);
      return all;
    }, []);
  }
  function excerpt(text, words) {
    const first = marks(text, words)[0];
    const from = first && first[0] > 30 ? first[0] - 20 : 0;
    const cut = (from ? "…" : "") + text.slice(from, from + 90) + (text.length > from + 90 ? "…" : "");
    return { line: cut, marks: marks(cut, words) };
  }

  const sectionOf = (page, anchor) => {
    const art = /^art-(\d+)(?:-(\d+))?$/.exec(anchor);
    if (art) return `第${chinese(Number(art[1]))}条` + (art[2] ? `第${chinese(Number(art[2]))}款` : "");
    const head = page.heads.concat(page.sections).find((one) => one.anchor === anchor);
    return head ? head.text : "";
  };
  /** Blocks of a page with their anchors, in order. */
  function blocks(page) {
    const found = [];
    if (!body) return found;
    for (let block = body.firstBlock[page.at]; block < body.firstBlock[page.at + 1]; block += 1) found.push([block, body.anchors[block]]);
    return found.concat(body.sharedOf.get(page.at) || []);
  }
  const plainOf = (block) => body.text.slice(body.starts[block], body.starts[block + 1] - 1);

  const holdsAny = (text, one) => one.alts.some((alt) => text.includes(alt.word));
  const count = (terms, text) => terms.filter((one) => holdsAny(text, one)).length;

  /** Where on its page a hit is, and the line to show. */
  function place(hit) {
    const { page, terms } = hit;
    const own = blocks(page);
    const firstAt = (anchor) => {
      const found = own.find(([, name]) => !anchor || body.names[name] === anchor);
      return found ? line(found[0]) : "";
    };
    if (hit.direct) {
      const anchor = `art-${hit.direct.number}`;
      if (hit.direct.of || !holds(page.law, hit.direct.number)) return ["", firstAt("")];
      const exact = hit.direct.paragraph ? `${anchor}-${hit.direct.paragraph}` : anchor;
      return [own.some(([, name]) => body.names[name] === exact) ? exact : anchor, firstAt(exact) || firstAt(anchor)];
    }
    const named = (one) => (one.law && one.law.page === page) || one.alts.some((alt) => nameScore(page, alt.word) > 0);
    const wanted = terms.filter((one) => !named(one));
    if (!wanted.length) return ["", firstAt("")];
    let [best, anchor, text] = [0, "", ""];
    const offer = (value, at, said) => {
      if (value > best) [best, anchor, text] = [value, at, said];
    };
    const law = wanted.find((one) => one.article && page.law && holds(page.law, one.article.number));
    if (law) offer(1.4, `art-${law.article.number}`, firstAt(`art-${law.article.number}`));
    page.heads.forEach((head) => offer(1.2 * count(wanted, head.norm), head.anchor, ""));
    page.sections.forEach((head) => wanted.some((one) => one.word === head.norm) && offer(1.3, head.anchor, ""));
    // Among lines that hold as many of the words, one that also holds the rest of the query, or stands below the heading found.
    for (const [block, name] of own) {
      const plain = plainOf(block);
      const found = count(wanted, plain);
      if (found) offer(found + 0.1 * count(terms, plain) + (body.names[name] === anchor ? 0.3 : 0), body.names[name], line(block));
    }
    return [anchor, text || firstAt(anchor) || firstAt("")];
  }

  function shown(hit) {
    const { page, terms } = hit;
    const words = [];
    terms.forEach((one) => one.alts.forEach((alt) => words.push(alt.word)));
    const [anchor, text] = place(hit);
    const cut = excerpt(text, words);
    return {
      title: page.title, kind: page.kind, kindLabel: page.kindLabel, url: page.url + (anchor && !page.url.includes("#") ? "#" + anchor : ""),
      section: hit.direct && anchor ? articleLabel(hit.direct) : sectionOf(page, anchor),
      shelf: page.shelf, shelfLabel: page.shelfLabel, code: page.code,
      line: cut.line, marks: cut.marks, titleMarks: marks(page.title, words), sectionMarks: marks(sectionOf(page, anchor), words),
    };
  }
  const articleLabel = (one) =>
    `第${chinese(one.number)}条` + (one.of ? `之${chinese(one.of)}` : "") + (one.paragraph ? `第${chinese(one.paragraph)}款` : "") + (one.item ? `第${chinese(one.item)}项` : "");

  // --- loading ----------------------------------------------------------------------------------------------------

  const loading = {};
  function load(name, read_) {
    if (!loading[name]) {
      loading[name] = new Promise((resolve) => {
        const script = fadu.el("script", { src: `${fadu.root}assets/fadu/data/search-${name}.js` });
        script.onload = () => {
          try {
            read_(window.faduData[name]);
            window.faduData[name] = null;
            resolve(true);
          } catch (error) {
            console.error(error);
            resolve(false);
          }
        };
        script.onerror = () => resolve(false);
        document.head.append(script);
      });
    }
    return loading[name];
  }
  const loadNames = () => load("names", readNames);
  const loadText = () => loadNames().then((good) => good && load("text", readText));

  function run(text) {
    try {
      return names && typeof text === "string" ? ranked(text.slice(0, 200)) : [];
    } catch (error) {
      console.error(error);
      return [];
    }
  }
  fadu.search = function (text) {
    if (typeof text !== "string" || !norm(text)) return Promise.resolve([]);
    return loadText().then(() => run(text));
  };
  /** For the search box: what the names alone give, at once. */
  fadu.searchParts = { loadNames, loadText, seek: run, ready: () => Boolean(body) };
})();
