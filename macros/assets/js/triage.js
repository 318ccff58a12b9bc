/* 做判断: from a few answers to an outcome with its basis. The walk is that of macros/checks.py (decide); the scenarios of
 * all triage files run through both. window.fadu.triage(id, answers) promises {outcome, text, path, cites, see, url}, or
 * {question, …} where the answers reach no end; it never rejects. The data, window.faduTriage, is loaded on first use. */
(function () {
  "use strict";

  const fadu = (window.fadu = window.fadu || {});
  const own = (thing, name) => Object.prototype.hasOwnProperty.call(thing, name);

  let loading;
  function data() {
    if (window.faduTriage) return Promise.resolve(window.faduTriage);
    loading = loading || new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = `${fadu.root}assets/fadu/data/triage.js`;
      script.onload = () => resolve(window.faduTriage || null);
      script.onerror = () => {
        loading = null; // the next call tries again
        resolve(null);
      };
      document.head.append(script);
    });
    return loading;
  }

  const named = (cites) => cites.map(([text, full, url]) => ({ text, full, url }));

  /** Follows the answers as far as they lead. */
  function walk(triage, answers) {
    const given = answers && typeof answers === "object" ? answers : {};
    const path = [];
    let name = triage.start;
    while (own(triage.nodes, name)) {
      const node = triage.nodes[name];
      const said = own(given, name) ? String(given[name]) : "";
      const way = node.ways.find(([answer]) => answer === said);
      if (!way) return { question: name, ask: node.ask, help: node.help, cites: named(node.cites), options: node.ways.map(([id, text]) => ({ id, text })), path, url: triage.url };
      path.push({ question: name, ask: node.ask, answer: way[0], text: way[1], cites: named(node.cites) });
      name = way[2];
    }
    const end = triage.outcomes[name];
    return { outcome: name, text: end.text, advice: end.advice, path, cites: named(end.cites), see: end.see.map(([title, url]) => ({ title, url })), url: end.url };
  }

  fadu.triage = function (id, answers) {
    return data().then((all) => {
      const name = String(id).replace(/^triage\//, "");
      if (!all) return { question: null, error: "判断的资料没有读到" };
      if (!own(all, name)) return { question: null, error: `没有“${name}”这个判断` };
      return walk(all[name], answers);
    });
  };
  fadu.triage.walk = walk;
  fadu.triage.load = data;

  // --- the wizard on the page ---------------------------------------------------------------------------------------

  const holder = typeof document === "undefined" ? null : document.querySelector(".fadu-triage[data-triage]");
  if (!holder) return;
  const { el, all: every, matter } = fadu;
  const id = holder.dataset.triage;

  // The table stays, folded up; an address with #part-… opens it (page.js).
  const table = el("details", { class: "fadu-tool-details fadu-triage-table" }, el("summary", {}, "看整张判断表和全部结论"));
  table.append(...Array.from(holder.childNodes));
  const place = el("section", { class: "fadu-wizard", "aria-label": "一步一步判断" });
  holder.append(place, table);

  const kept = () => {
    const found = matter.get("triage", id);
    return Object.assign({}, found && found.answers && typeof found.answers === "object" ? found.answers : {});
  };
  const chips = (name) => {
    const from = document.getElementById(`part-${name}`);
    const found = from && from.querySelector(".fadu-cites");
    return found ? found.cloneNode(true) : null;
  };
  const button = (text, action, main) => el("button", { type: "button", class: "fadu-button" + (main ? " fadu-button--main" : ""), onclick: action }, text);

  let triage = null;
  let shown = "";
  let focusing = false;
  function keep(answers) {
    const reached = walk(triage, answers);
    const value = { title: triage.title, answers, at: new Date().toISOString() };
    if (reached.outcome) Object.assign(value, { outcome: reached.outcome, text: reached.text });
    shown = "";
    focusing = true; // storing redraws at once
    if (Object.keys(answers).length) matter.set("triage", id, value);
    else fadu.store.remove(`${matter.current()}/triage/${id}`);
    draw();
  }
  /** Only what lies on the way is kept: an answer changed further up may lead elsewhere. */
  function answer(state, name, said) {
    const answers = {};
    state.path.forEach((one) => (answers[one.question] = one.answer));
    answers[name] = said;
    keep(answers);
  }
  function back(state, to) {
    const answers = {};
    state.path.slice(0, to).forEach((one) => (answers[one.question] = one.answer));
    keep(answers);
  }

  function asText(state) {
    const cite = (cites) => (cites.length ? `〔${cites.map((one) => one.full).join("、")}〕` : "");
    const lines = [`${triage.title}${triage.code ? `（${triage.code}）` : ""}`, `件：${matter.name()}`];
    state.path.forEach((one, at) => lines.push(`${at + 1}. ${one.ask} —— ${one.text}${cite(one.cites)}`));
    lines.push(`结论：${state.text}${state.advice ? "（建议）" : ""}${cite(state.cites)}`);
    if (state.see.length) lines.push(`下一步：${state.see.map((one) => one.title).join("、")}`);
    if (fadu.page.asOf) lines.push(`（法规判断日 ${fadu.page.asOf}，以公布的文本为准）`);
    return lines.join("\n");
  }

  function draw() {
    const state = walk(triage, kept());
    const mark = JSON.stringify([matter.current(), state]);
    if (mark === shown) return;
    shown = mark;
    const focus = focusing;
    focusing = false;
    place.textContent = "";
    const done = state.path.map((one, at) => el("li", {}, el("span", {}, `${one.ask} `), el("strong", {}, one.text), " ",
      el("button", { type: "button", class: "fadu-button fadu-noprint", "aria-label": `改第 ${at + 1} 问的回答`, onclick: () => back(state, at) }, "改")));
    if (done.length) place.append(el("ol", { class: "fadu-wizard-path" }, ...done));
    if (state.outcome) {
      const from = document.getElementById(`part-${state.outcome}`);
      const result = el("div", { class: "fadu-first fadu-wizard-result", tabindex: "-1" }, el("p", { class: "fadu-wizard-head" }, "结论"));
      if (from) {
        const copy = from.cloneNode(true);
        every("[id]", copy).forEach((part) => part.removeAttribute("id"));
        result.append(...Array.from(copy.childNodes));
      } else result.append(el("p", {}, el("strong", {}, state.text)));
      place.append(result, el("p", { class: "fadu-actions" },
        button("复制结论", () => fadu.copy(asText(state))), state.path.length ? button("退回上一问", () => back(state, state.path.length - 1)) : null, button("从头判断", () => keep({}))));
      if (focus) result.focus();
      return;
    }
    const node = triage.nodes[state.question];
    const title = `fadu-ask-${state.question}`;
    const cites = chips(state.question);
    const ask = el("div", { class: "fadu-wizard-ask", role: "group", "aria-labelledby": title },
      el("p", { class: "fadu-wizard-head" }, `第 ${state.path.length + 1} 问`),
      el("p", { class: "fadu-wizard-question", id: title, tabindex: "-1" }, node.ask),
      node.help ? el("p", { class: "fadu-note" }, node.help) : null,
      cites ? el("p", { class: "fadu-note" }, "依据：", cites) : null,
      el("div", { class: "fadu-wizard-ways" }, ...node.ways.map(([name, text]) => button(text, () => answer(state, state.question, name)))));
    place.append(ask);
    if (state.path.length) place.append(el("p", { class: "fadu-actions" }, button("退回上一问", () => back(state, state.path.length - 1)), button("从头判断", () => keep({}))));
    if (focus) document.getElementById(title).focus();
  }

  data().then((all) => {
    if (!all || !own(all, id)) {
      table.open = true;
      place.append(el("p", { class: "fadu-note" }, "判断的资料没有读到，请看下面的判断表。"));
      return;
    }
    triage = all[id];
    place.after(el("div", { class: "fadu-matter-note" }, "件：", el("strong", { "data-matter-name": "" }, matter.name()), "。回答只存在这台电脑的这个浏览器里，请不要录入涉密信息。"));
    document.addEventListener("fadu:matter", () => draw());
    draw();
  });
})();
