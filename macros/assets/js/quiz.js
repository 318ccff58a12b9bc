/* 学习考试: practice with marks, the wrong-answer book, a printable paper with its key. The questions are those of the page;
 * the same number (卷号) with the same choice gives the same questions in the same order.
 * What is kept belongs to the reader, not to a matter: quiz/book, quiz/session. */
(function () {
  "use strict";

  const fadu = window.fadu;
  const place = document.getElementById("fadu-quiz");
  const bank = document.querySelector(".fadu-questions");
  if (!place || !bank) return;
  const { el, all, store } = fadu;
  const holder = document.querySelector(".fadu-page");
  const USE = { single: "单选", multiple: "多选", judge: "判断", order: "排序" };
  const LEVEL = { 1: "易", 2: "中", 3: "难" };
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  const ENOUGH = 2; // right answers in a row that take a question out of the wrong-answer book

  const questions = all(".fadu-question[data-use]", bank).map((section) => ({
    id: section.id, section, use: section.dataset.use, difficulty: section.dataset.difficulty, shelf: section.dataset.shelfOf,
    posts: section.dataset.posts.split(" ").filter(Boolean), key: section.dataset.key.split(" ").filter(Boolean),
    options: all("[data-option]", section).map((row) => row.dataset.option),
  }));
  const byId = new Map(questions.map((one) => [one.id, one]));
  const names = (kind) => all(`option[data-${kind}]`, place).map((option) => [option.dataset[kind], option.textContent]);
  const shelves = names("shelf");
  const posts = names("post").filter(([post]) => questions.some((one) => one.posts.indexOf(post) >= 0));
  place.textContent = "";

  /** The children of a part of the question, chips and links included. */
  const part = (one, selector) => {
    const found = one.section.querySelector(selector);
    return found ? Array.from(found.cloneNode(true).childNodes) : [];
  };
  const optionText = (one, name) => part(one, `[data-option="${name}"] > span`);
  const why = (one, name) => part(one, `[data-why="${name}"] > span`);

  // --- the same number, the same order ---------------------------------------------------------------------------------

  function hash(text) {
    let value = 2166136261;
    for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 16777619);
    return value >>> 0;
  }
  function chance(seed) {
    let state = hash(String(seed));
    return () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let value = Math.imul(state ^ (state >>> 15), state | 1);
      value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
      return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
    };
  }
  function shuffle(rows, seed) {
    const next = chance(seed);
    const found = rows.slice();
    for (let at = found.length - 1; at > 0; at -= 1) {
      const other = Math.floor(next() * (at + 1));
      [found[at], found[other]] = [found[other], found[at]];
    }
    return found;
  }
  /** Options as shown: mixed, so that no letter is the likely one; "以上都是" stays last; what is to be put in order never comes as the answer. */
  function shown(one, seed) {
    if (one.use === "judge" || one.options.some((name) => /^(以上|上述)/.test(one.section.querySelector(`[data-option="${name}"] > span`).textContent))) return one.options;
    if (one.use !== "order") return shuffle(one.options, `${seed}/${one.id}`);
    for (let turn = 0; turn < 20; turn += 1) {
      const found = shuffle(one.options, `${seed}/${one.id}/${turn}`);
      if (found.join() !== one.key.join()) return found;
    }
    return one.options.slice().reverse();
  }
  const right = (one, given) => (one.use === "order" ? given.join() === one.key.join() : given.slice().sort().join() === one.key.slice().sort().join());
  fadu.quiz = { shuffle, order: (list, seed) => shuffle(list, seed) };

  // --- what is kept ------------------------------------------------------------------------------------------------------

  const book = () => Object.assign({}, (store.get("-/quiz/book") || {}).wrong);
  const wrongIds = () => Object.keys(book()).filter((id) => byId.has(id)).sort((a, b) => (book()[b].at || "").localeCompare(book()[a].at || ""));
  function note(id, good) {
    const wrong = book();
    const row = wrong[id];
    if (!good) wrong[id] = { times: (row ? row.times : 0) + 1, right: 0, at: new Date().toISOString() };
    else if (row && row.right + 1 >= ENOUGH) delete wrong[id];
    else if (row) wrong[id] = Object.assign({}, row, { right: row.right + 1 });
    store.set("-/quiz/book", { wrong });
  }
  const session = () => {
    const found = store.get("-/quiz/session");
    return found && Array.isArray(found.ids) && found.ids.length && found.ids.every((id) => byId.has(id)) && found.answers && typeof found.answers === "object" ? found : null;
  };
  const keep = (value) => store.set("-/quiz/session", value);

  // --- choosing ------------------------------------------------------------------------------------------------------------

  const button = (text, action, main) => el("button", { type: "button", class: "fadu-button" + (main ? " fadu-button--main" : ""), onclick: action }, text);
  const choice = (label, id, rows) => {
    const field = el("select", { class: "fadu-input", id }, ...rows.map(([value, text]) => el("option", { value }, text)));
    return [field, el("div", { class: "fadu-tool-row" }, el("label", { for: id }, label), field)];
  };
  const number = () => String(Math.floor(Math.random() * 900000) + 100000);
  const [inShelf, shelfRow] = choice("书架", "quiz-shelf", [["", "全部"]].concat(shelves));
  const [inPost, postRow] = choice("岗位", "quiz-post", [["", "全部"]].concat(posts));
  const [inLevel, levelRow] = choice("难度", "quiz-level", [["", "全部"], ["1", "易"], ["2", "中"], ["3", "难"]]);
  const inCount = el("input", { class: "fadu-input", id: "quiz-count", type: "number", min: "1", max: String(questions.length), value: "20" });
  const inSeed = el("input", { class: "fadu-input", id: "quiz-seed", maxlength: "20", value: number(), autocomplete: "off" });
  const found = el("span", { class: "fadu-note", role: "status" });
  const form = el("form", { class: "fadu-tool-form fadu-noprint", onsubmit: (event) => event.preventDefault() });
  const stage = el("div", {});

  const fits = () => questions.filter((one) => (!inShelf.value || one.shelf === inShelf.value) && (!inPost.value || one.posts.indexOf(inPost.value) >= 0) && (!inLevel.value || one.difficulty === inLevel.value));
  const seed = () => inSeed.value.trim() || "1";
  const chosen = () => shuffle(fits(), seed()).slice(0, Math.max(1, Math.min(Number(inCount.value) || 20, questions.length)));
  function count() {
    found.textContent = `符合的有 ${fits().length} 题`;
  }
  function mode(name) {
    holder.classList.toggle("fadu-page--quiz", name === "quiz");
    holder.classList.toggle("fadu-page--exam", name === "exam");
    form.hidden = name !== "";
    stage.textContent = "";
  }
  function home() {
    mode("");
    form.textContent = "";
    const open = session();
    const wrong = wrongIds();
    form.append(shelfRow, postRow, levelRow,
      el("div", { class: "fadu-tool-row" }, el("label", { for: "quiz-count" }, "题数"), el("span", { class: "fadu-tool-inputs" }, inCount, found)),
      el("div", { class: "fadu-tool-row" }, el("label", { for: "quiz-seed" }, "卷号"), el("span", { class: "fadu-tool-inputs" }, inSeed, button("换一个", () => (inSeed.value = number()))),
        el("p", { class: "fadu-note" }, "卷号和选项相同，题目和顺序就相同，几个人可以做同一套。")),
      el("p", { class: "fadu-actions" },
        button("开始练习", () => begin(chosen().map((one) => one.id), seed(), ""), true),
        open && Object.keys(open.answers).length < open.ids.length ? button(`接着上次的做（${Object.keys(open.answers).length} / ${open.ids.length}）`, ask) : null,
        wrong.length ? button(`练错题本（${wrong.length}）`, () => begin(shuffle(wrong, seed()), seed(), "错题本")) : null,
        button("出一份试卷", paper)),
      el("p", { class: "fadu-note" }, `错题本：${wrong.length} 题。做错的自动记进来，连续做对两次自动去掉；只存在这台电脑的这个浏览器里。`));
    count();
  }
  [inShelf, inPost, inLevel].forEach((field) => field.addEventListener("change", count));

  // --- practising ------------------------------------------------------------------------------------------------------------

  function begin(ids, with_, title) {
    if (!ids.length) return fadu.say("没有符合的题，换一换选项");
    keep({ ids, seed: with_, title, answers: {} });
    ask();
    return undefined;
  }
  function ask() {
    const now = session();
    if (!now) return home();
    const id = now.ids.find((one) => !Object.prototype.hasOwnProperty.call(now.answers, one));
    if (!id) return score();
    mode("quiz");
    const one = byId.get(id);
    const at = Object.keys(now.answers).length + 1;
    const done = Object.values(now.answers).filter((row) => row.good).length;
    const legend = el("legend", { tabindex: "-1" }, el("span", { class: "fadu-chip" }, USE[one.use]), " ", el("span", { class: "fadu-chip", "data-tone": "quiet" }, `难度 ${LEVEL[one.difficulty]}`), " ", ...part(one, ".fadu-question-stem").filter((node) => !(node.nodeType === 1 && node.classList.contains("fadu-chip"))));
    const box = el("fieldset", { class: "fadu-quiz-box" }, legend);
    const order = shown(one, now.seed);
    if (one.use === "order") box.append(ordering(one, order));
    else {
      order.forEach((name, row) => box.append(el("label", { class: "fadu-quiz-option", "data-name": name },
        el("input", { type: one.use === "multiple" ? "checkbox" : "radio", name: "quiz-answer", value: name }), el("span", {}, `${LETTERS[row]}．`, ...optionText(one, name)))));
    }
    const mark = button("判分", () => judge(one, box, mark, order), true);
    stage.append(el("p", { class: "fadu-note" }, `${now.title ? now.title + "，" : ""}第 ${at} / ${now.ids.length} 题，已对 ${done} 题，卷号 ${now.seed}`), box,
      el("p", { class: "fadu-actions" }, mark, button("先停下", home)));
    legend.focus();
    return undefined;
  }
  /** Putting in order by 上移 and 下移: no dragging, so a keyboard does it too. */
  function ordering(one, order) {
    const list = el("ol", { class: "fadu-quiz-order" });
    const move = (row, way) => {
      const other = way < 0 ? row.previousElementSibling : row.nextElementSibling;
      if (!other) return;
      if (way < 0) other.before(row);
      else other.after(row);
      refresh();
      const again = row.querySelector(way < 0 ? "button" : "button:last-of-type");
      (again.disabled ? row.querySelector("button:not([disabled])") : again).focus();
      fadu.say(`移到第 ${Array.from(list.children).indexOf(row) + 1} 位`);
    };
    const refresh = () => Array.from(list.children).forEach((row, at) => {
      const [up, down] = row.querySelectorAll("button");
      up.disabled = at === 0;
      down.disabled = at === list.children.length - 1;
      row.querySelector(".fadu-quiz-place").textContent = `${at + 1}．`;
    });
    order.forEach((name) => {
      const said = part(one, `[data-option="${name}"] > span`).map((node) => node.textContent).join("");
      const row = el("li", { "data-name": name }, el("span", {}, el("span", { class: "fadu-quiz-place" }), ...optionText(one, name)));
      const up = button("上移", () => move(row, -1));
      const down = button("下移", () => move(row, 1));
      up.setAttribute("aria-label", `上移：${said}`);
      down.setAttribute("aria-label", `下移：${said}`);
      row.append(up, down);
      list.append(row);
    });
    refresh();
    return list;
  }
  function judge(one, box, mark, order) {
    const given = one.use === "order" ? all("li[data-name]", box).map((row) => row.dataset.name) : all("input:checked", box).map((input) => input.value);
    if (!given.length) return fadu.say("还没有选");
    const good = right(one, given);
    const now = session();
    keep(Object.assign({}, now, { answers: Object.assign({}, now.answers, { [one.id]: { given, good } }) }));
    note(one.id, good);
    all("input, .fadu-quiz-order button", box).forEach((input) => (input.disabled = true));
    const letter = (name) => (one.use === "order" ? String(order.indexOf(name) + 1) : LETTERS[order.indexOf(name)]);
    all(".fadu-quiz-option", box).forEach((row) => {
      const key = one.key.indexOf(row.dataset.name) >= 0;
      const taken = given.indexOf(row.dataset.name) >= 0;
      if (!key && !taken) return;
      row.dataset.mark = key ? "right" : "wrong";
      row.append(el("span", { class: "fadu-quiz-mark" }, key ? (taken ? "对" : "正确，没有选") : "错"));
    });
    const result = el("div", { class: "fadu-quiz-result", tabindex: "-1" },
      el("p", {}, el("span", { class: "fadu-chip", "data-tone": good ? "good" : "bad" }, good ? "答对了" : "答错了"), " ",
        one.use === "order" ? "正确顺序：" : `答案：${one.key.map(letter).sort().join("、")}`));
    if (one.use === "order") result.append(el("ol", {}, ...one.key.map((name) => el("li", {}, ...optionText(one, name)))));
    const reasons = (one.use === "order" ? [] : given.filter((name) => one.key.indexOf(name) < 0)).filter((name) => why(one, name).length);
    if (reasons.length) result.append(el("ul", { class: "fadu-quiz-why" }, ...reasons.map((name) => el("li", {}, `${letter(name)} 为什么错：`, ...why(one, name)))));
    result.append(el("p", {}, "解析：", ...part(one, ".fadu-question-explanation")));
    if (one.section.querySelector(".fadu-question-from")) result.append(el("p", { class: "fadu-note" }, ...part(one, ".fadu-question-from")));
    box.append(result);
    const last = session().ids.every((id) => Object.prototype.hasOwnProperty.call(session().answers, id));
    mark.replaceWith(button(last ? "看得分" : "下一题", ask, true));
    result.focus();
    return undefined;
  }
  function score() {
    const now = session();
    mode("quiz");
    const wrong = now.ids.filter((id) => !now.answers[id].good);
    const good = now.ids.length - wrong.length;
    const head = el("h2", { tabindex: "-1" }, `得分：${good} / ${now.ids.length}（${Math.round((good / now.ids.length) * 100)}%）`);
    stage.append(head, el("p", { class: "fadu-note" }, `卷号 ${now.seed}${now.title ? "，" + now.title : ""}`));
    if (wrong.length) stage.append(el("p", {}, `做错 ${wrong.length} 题，已记进错题本：`), el("ol", {}, ...wrong.map((id) => el("li", {}, ...part(byId.get(id), ".fadu-question-stem").filter((node) => !(node.nodeType === 1 && node.classList.contains("fadu-chip")))))));
    stage.append(el("p", { class: "fadu-actions" }, wrong.length ? button("再做错的", () => begin(wrong, now.seed, "错题"), true) : null, button("回到题库", () => {
      store.remove("-/quiz/session");
      home();
    })));
    head.focus();
  }

  // --- a paper to print ------------------------------------------------------------------------------------------------------

  function paper() {
    const rows = chosen();
    if (!rows.length) return fadu.say("没有符合的题，换一换选项");
    const with_ = seed();
    const scope = [[inShelf, "书架"], [inPost, "岗位"], [inLevel, "难度"]].filter(([field]) => field.value).map(([field, label]) => `${label}：${field.options[field.selectedIndex].text}`).join("，");
    mode("exam");
    const order = new Map(rows.map((one) => [one.id, shown(one, with_)]));
    const groups = ["single", "multiple", "judge", "order"].map((use) => [use, rows.filter((one) => one.use === use)]).filter(([, list]) => list.length);
    const numbers = new Map();
    groups.forEach(([, list]) => list.forEach((one) => numbers.set(one.id, numbers.size + 1)));
    const stem = (one) => part(one, ".fadu-question-stem").filter((node) => !(node.nodeType === 1 && node.classList.contains("fadu-chip")));
    const letters = (one) => one.key.map((name) => LETTERS[order.get(one.id).indexOf(name)]);
    const answer = (one) => (one.use === "order" ? letters(one).join(" → ") : letters(one).sort().join("、"));
    const MARK = "一二三四";
    stage.append(
      el("p", { class: "fadu-actions fadu-noprint" }, button("打印", () => window.print(), true), button("返回", home)),
      el("section", { class: "fadu-exam", "aria-label": "试卷" },
        el("h2", { tabindex: "-1" }, "依法行政试题"),
        el("p", { class: "fadu-note" }, `共 ${rows.length} 题，卷号 ${with_}${scope ? "，" + scope : ""}${fadu.page.asOf ? `，法规判断日 ${fadu.page.asOf}` : ""}`),
        el("p", { class: "fadu-exam-head" }, el("span", {}, "单位："), el("span", {}, "姓名："), el("span", {}, "得分：")),
        ...groups.map(([use, list], at) => el("div", {}, el("h3", {}, `${MARK[at]}、${USE[use]}题（${list.length} 题${use === "order" ? "，写出正确的先后" : ""}）`),
          ...list.map((one) => el("div", { class: "fadu-exam-question" }, el("p", {}, `${numbers.get(one.id)}．`, ...stem(one), "（　　　）"),
            el("ul", {}, ...order.get(one.id).map((name, row) => el("li", {}, `${LETTERS[row]}．`, ...optionText(one, name))))))))),
      el("section", { class: "fadu-exam fadu-exam-key", "aria-label": "答案" },
        el("h2", {}, "答案和解析"),
        el("p", { class: "fadu-note" }, `卷号 ${with_}`),
        ...rows.slice().sort((a, b) => numbers.get(a.id) - numbers.get(b.id)).map((one) => el("p", {}, el("strong", {}, `${numbers.get(one.id)}．${answer(one)}`), "　", ...part(one, ".fadu-question-explanation")))));
    stage.querySelector("h2").focus();
    return undefined;
  }

  const wanted = new URLSearchParams(location.search).get("post");
  if (posts.some(([post]) => post === wanted)) inPost.value = wanted;
  place.append(form, stage);
  home();
  store.on((key) => {
    if ((key === "" || key === "-/quiz/book") && !form.hidden && !form.contains(document.activeElement)) home();
  });
})();
