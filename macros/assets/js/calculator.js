/* 算期限: the dates of a procedure's events → every deadline with its reckoning, on paper and as a calendar file.
 * What is typed belongs to the matter (calculator/<procedure>). The reckoning is deadlines.js. */
(function () {
  "use strict";

  const fadu = window.fadu;
  const place = document.getElementById("fadu-calculator");
  if (!place) return;
  const { el, all, matter, store } = fadu;
  const SHELVES = [["decision", "依法决策"], ["publicity", "依法行政宣传"], ["administration", "依法行政"], ["oversight", "权力监督"], ["organization", "统筹保障"]];
  const BEARER = { agency: "行政机关", party: "当事人", other: "其他" };
  const UNIT = { hour: "小时", day: "日", workday: "个工作日", month: "个月", year: "年" };
  const WEEK = "日一二三四五六";
  const reading = place.querySelector(".fadu-calculator-reading");
  const button = (text, action, main) => el("button", { type: "button", class: "fadu-button" + (main ? " fadu-button--main" : ""), onclick: action }, text);

  const PARTS = ["events", "amounts", "excluded", "chain"];

  let all_ = null; // window.faduDeadlines
  let chosen = "";
  let drawn = "";

  const procedure = () => all_.procedures[chosen];
  const known = (name) => Object.prototype.hasOwnProperty.call(all_.procedures, name);
  function kept(name) {
    const found = matter.get("calculator", name || chosen) || {};
    return { events: Object.assign({}, found.events), amounts: Object.assign({}, found.amounts), excluded: Object.assign({}, found.excluded), chain: Object.assign({}, found.chain) };
  }
  /** Reads what is stored now, changes one row, writes: the same matter may be open in two tabs. */
  function keep(part, row, value) {
    const found = kept();
    if (value === "") delete found[part][row];
    else found[part][row] = value;
    if (PARTS.every((name) => !Object.keys(found[name]).length)) store.remove(`${matter.current()}/calculator/${chosen}`);
    else matter.set("calculator", chosen, Object.assign(found, { title: procedure().title, at: new Date().toISOString() }));
  }

  // --- words ---------------------------------------------------------------------------------------------------------

  const utc = (iso) => new Date(`${iso}T00:00:00Z`);
  const chinese = (iso) => `${Number(iso.slice(0, 4))}年${Number(iso.slice(5, 7))}月${Number(iso.slice(8, 10))}日`;
  const week = (iso) => `星期${WEEK[utc(iso).getUTCDay()]}`;
  const at = (event) => (event.length > 10 ? `${chinese(event)}（${week(event.slice(0, 10))}）${event.slice(11)}` : `${chinese(event)}（${week(event)}）`);
  function left(row) {
    const now = new Date();
    const days = Math.round((utc(row.date) - Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())) / 864e5);
    if (row.sense === "until") return days < 0 ? ["已届满", "good"] : [`还要等 ${days + 1} 天`, "warn"];
    if (days < 0) return [`已过 ${-days} 天`, "bad"];
    return days ? [`还有 ${days} 天`, days <= 3 ? "warn" : "quiet"] : ["今天到期", "bad"];
  }
  /** The words with the number that was typed for a local rule. */
  const filled = (row) => {
    const n = kept().amounts[`${row.step}.${row.id}`];
    return n && row.rule.n === null ? row.words.replace("（待填）", `${n}（本地填的）`) : row.words;
  };
  const unitWords = (row) => (row.rule.unit === "prompt" ? "没有写日数" : row.days || { hour: "按小时，不扣休息时间", month: "按月，到对应日", year: "按年，到对应日" }[row.rule.unit] || "");

  // --- the form --------------------------------------------------------------------------------------------------------

  const select = el("select", { class: "fadu-input", id: "fadu-procedure", onchange: () => choose(select.value) });
  const filter = el("input", { class: "fadu-input", id: "fadu-procedure-filter", type: "search", placeholder: "名称或者编号，如 听证、ZF-07", autocomplete: "off", oninput: () => options() });
  const counted = el("span", { class: "fadu-note", role: "status" });
  const mine = el("p", { class: "fadu-note fadu-noprint" });
  const events = el("div", {});
  const results = el("section", { class: "fadu-due-result", "aria-label": "算出来的期限" });

  function options() {
    const words = filter.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (name) => words.every((word) => `${all_.procedures[name].title} ${all_.procedures[name].code || ""}`.toLowerCase().includes(word));
    const names = Object.keys(all_.procedures).filter((name) => name === chosen || fits(name));
    const found = names.filter(fits);
    select.textContent = "";
    select.append(el("option", { value: "" }, words.length ? `找到 ${found.length} 个，请选` : "请选一个程序"));
    SHELVES.forEach(([shelf, label]) => {
      const group = names.filter((name) => all_.procedures[name].shelf === shelf);
      if (group.length) select.append(el("optgroup", { label }, ...group.map((name) => el("option", { value: name }, `${all_.procedures[name].title}${all_.procedures[name].code ? `（${all_.procedures[name].code}）` : ""}`))));
    });
    select.value = chosen;
    counted.textContent = words.length ? `找到 ${found.length} 个` : "";
    if (words.length && found.length === 1 && !chosen) choose(found[0]);
  }

  function choose(name) {
    chosen = known(name) ? name : "";
    select.value = chosen;
    drawn = "";
    try {
      history.replaceState(null, "", location.href.split(/[?#]/)[0] + (chosen ? `?p=${chosen}` : ""));
    } catch (error) {
      history.replaceState(null, "", `#p=${chosen}`); // file:// lets only the fragment change
    }
    draw();
  }

  function drawMine() {
    const rows = store.keys(`${matter.current()}/calculator/`).map((key) => key.split("/")[2]).filter(known);
    mine.textContent = "";
    if (!rows.length) return;
    mine.append("本件填过：", ...rows.map((name) => el("a", { href: `calculator.html?p=${name}`, "aria-current": name === chosen ? "true" : null, onclick: (event) => {
      event.preventDefault();
      filter.value = "";
      chosen = name;
      options();
      choose(name);
    } }, all_.procedures[name].title)).reduce((row, link) => row.concat(row.length ? ["、", link] : [link]), []));
  }

  /** A number for one deadline, kept under events, amounts or excluded. */
  function amount(part, row, label, unit, note) {
    const name = `${row.step}.${row.id}`;
    const id = `fadu-${part}-${row.step}-${row.id}`;
    const input = el("input", { type: "number", class: "fadu-input", id, min: "1", max: "9999", step: "1", "data-part": part, "data-number": name, oninput: () => keep(part, name, input.validity.valid && input.value ? Number(input.value) : "") });
    input.value = kept()[part][name] || "";
    return el("div", { class: "fadu-tool-row" }, el("label", { for: id }, label), el("span", { class: "fadu-tool-inputs" }, input, unit), el("p", { class: "fadu-note" }, note));
  }

  function drawEvents() {
    const mark = `${matter.current()} ${chosen}`;
    const values = kept();
    if (drawn === mark) {
      all("input[data-event]", events).forEach((input) => {
        const value = input.dataset.part === "time" ? (values.events[input.dataset.event] || "").slice(11) : (values.events[input.dataset.event] || "").slice(0, 10);
        if (input !== document.activeElement && input.value !== value) input.value = value;
      });
      all("input[data-number]", events).forEach((input) => {
        const value = String(values[input.dataset.part][input.dataset.number] || "");
        if (input !== document.activeElement && input.value !== value) input.value = value;
      });
      return;
    }
    drawn = mark;
    events.textContent = "";
    if (!chosen) return;
    const found = procedure();
    const box = el("fieldset", { class: "fadu-tool-events" }, el("legend", {}, "填日期：知道几个填几个"));
    Object.keys(found.events).forEach((name) => {
      const rows = found.deadlines.filter((row) => row.event === name);
      const hours = rows.some((row) => row.rule.unit === "hour");
      const backwards = rows.some((row) => row.rule.before);
      const id = `fadu-event-${name}`;
      const date = el("input", { type: "date", class: "fadu-input", id, "data-event": name, "data-part": "date", min: "1990-01-01", max: "2099-12-31" });
      const time = hours ? el("input", { type: "time", class: "fadu-input", "data-event": name, "data-part": "time", "aria-label": `${found.events[name]}：几时几分` }) : null;
      const changed = () => {
        keep("events", name, date.value && date.validity.valid ? date.value + (time && time.value ? `T${time.value}` : "") : "");
      };
      [date, time].forEach((input) => input && input.addEventListener("input", changed));
      const event = kept().events[name] || "";
      date.value = event.slice(0, 10);
      if (time) time.value = event.slice(11);
      box.append(el("div", { class: "fadu-tool-row" }, el("label", { for: id }, found.events[name]),
        el("span", { class: "fadu-tool-inputs" }, date, time, button("不填", () => {
          date.value = "";
          if (time) time.value = "";
          changed();
        })),
        el("p", { class: "fadu-note" }, `算 ${rows.length} 项期限${backwards ? "；往前倒推的也在里面" : ""}${hours ? "；有按小时算的，写上时刻才准" : ""}`)));
    });
    all(".fadu-tool-inputs button", box).forEach((one) => one.setAttribute("aria-label", `${one.closest(".fadu-tool-row").querySelector("label").textContent}：不填`));
    found.deadlines.forEach((row) => {
      if (row.rule.n === null && row.rule.unit !== "prompt") box.append(amount("amounts", row, `地方规定：${row.text}`, UNIT[row.rule.unit], "这个数由地方规定，查到了再填；不填就算不出这一项。"));
      if ((row.rule.excludes || []).length && !row.rule.before) box.append(amount("excluded", row, `不计入的时间：${row.text}`, row.rule.unit === "hour" ? "小时" : row.rule.unit === "workday" ? "个工作日" : "日", `${row.rule.excludes.join("；")}。有就填一共多少，到期日往后加。`));
    });
    events.append(box);
  }

  // --- the result ------------------------------------------------------------------------------------------------------

  const labelled = (label, ...content) => el("td", { "data-label": label }, ...content);
  const cite = ([text, full, url]) => el("a", { class: "fadu-cite", href: fadu.root + url, title: full }, text);
  const lines = (label, rows) => (rows.length ? el("p", {}, el("strong", {}, `${label}：`), rows.join("；")) : null);

  function reckoned(row) {
    const content = [];
    if (row.error) content.push(el("p", { class: "fadu-due-alert" }, row.error));
    if (row.steps && row.steps.length) content.push(el("ol", {}, ...row.steps.map((one) => el("li", {}, one))));
    (row.warnings || []).forEach((one) => content.push(el("p", { class: "fadu-due-alert" }, one)));
    content.push(lines("起算", row.rule.starts ? [row.rule.starts] : []));
    if (row.rule.unit !== "workday" && row.rule.rolls) content.push(lines("末日遇休息日", ["依据写明顺延"]));
    content.push(lines("可以延长", (row.extended || []).map(([, words]) => words.replace(/^可以延长/, "")).concat(row.longer)));
    content.push(lines("过了怎样", row.lapse ? [row.lapse] : []));
    content.push(lines("另有规定", row.otherwise.length ? [`${row.otherwise.join("、")}另有规定的从其规定`] : []));
    content.push(lines("说明", row.note ? [row.note] : []));
    return content.filter(Boolean);
  }
  function when(row) {
    if (!row.date) return [el("span", { class: "fadu-due" }, row.error ? "没有算出" : "待填")];
    const [words, tone] = left(row);
    return [
      el("span", { class: "fadu-due" }, `${chinese(row.date)}`), " ", el("span", { class: "fadu-due-week" }, week(row.date) + (row.at ? ` ${row.at}` : "")), el("br"),
      el("span", { class: "fadu-note" }, row.sense === "until" ? "等到这天届满" : row.since ? `${chinese(row.since)}起，到这天为止` : "最迟这天"), " ",
      el("span", { class: "fadu-chip fadu-due-left", "data-tone": tone }, words)];
  }
  function tableRow(row) {
    return el("tr", { "data-row": `${row.step}.${row.id}`, "data-date": row.date || "" },
      labelled("日期", ...when(row)),
      labelled("做完什么", el("p", {}, row.text), el("p", { class: "fadu-note" }, `${BEARER[row.bearer] || ""} · `, el("a", { href: fadu.root + row.url }, `第${row.no}步 ${row.title}`))),
      labelled("期限和依据", el("p", {}, filled(row)), unitWords(row) ? el("p", { class: "fadu-note" }, unitWords(row)) : null, row.cites.length ? el("p", { class: "fadu-cites" }, ...row.cites.map(cite)) : el("p", { class: "fadu-note" }, "建议")),
      labelled("怎样算的", ...reckoned(row)));
  }

  let asked = 0;
  function drawResults() {
    const turn = (asked += 1);
    if (!chosen) {
      results.textContent = "";
      return;
    }
    const values = kept();
    fadu.deadlines(chosen, values.events, values.amounts, values.excluded).then((rows) => {
      if (turn !== asked) return;
      const found = procedure();
      const missing = found.deadlines.filter((row) => !values.events[row.event]);
      results.textContent = "";
      const title = el("h2", { id: "due" }, found.title);
      results.append(title, el("p", {}, `件：${matter.name()}。`, el("a", { class: "fadu-noprint fadu-nocopy", href: fadu.root + found.url }, "看这个程序")));
      const dated = Object.keys(found.events).filter((name) => values.events[name]);
      if (dated.length) results.append(el("ul", { class: "fadu-due-events fadu-printonly" }, ...dated.map((name) => el("li", {}, `${found.events[name]}：${at(values.events[name])}`))));
      if (rows.length) {
        results.append(el("p", { class: "fadu-actions fadu-noprint" },
          button("存成日历（.ics）", () => download(rows)), button("打印", () => window.print()), button("复制为文字", () => fadu.copy(fadu.plain(results)))));
        results.append(el("div", { class: "fadu-table fadu-due-table", "data-stack": "yes" }, el("table", {},
          el("caption", { class: "fadu-visually-hidden fadu-nocopy" }, "算出来的期限，早的在前"),
          el("thead", {}, el("tr", {}, ...["日期", "做完什么", "期限和依据", "怎样算的"].map((text) => el("th", { scope: "col" }, text)))),
          el("tbody", {}, ...rows.map(tableRow)))));
        results.append(el("p", { class: "fadu-note" }, "只按写明的规则算：末日遇休息日，依据没有写顺延的不顺延；不计入的时间填了多少加多少。结果供核对，以公布的文本为准。"));
      } else results.append(el("p", { class: "fadu-empty" }, "填一个日期，这里就出来。"));
      if (missing.length) {
        results.append(el("details", { class: "fadu-tool-details fadu-nocopy" }, el("summary", {}, `还缺日期的 ${missing.length} 项`),
          el("ul", {}, ...missing.map((row) => el("li", {}, `${row.text}：${row.words}（缺“${found.events[row.event]}”的日期）`)))));
      }
    });
  }

  function draw() {
    drawMine();
    drawEvents();
    drawResults();
    drawChain();
  }

  // --- 倒排: from the day of one step back to the latest day of each before it ------------------------------------------------

  const chainBox = el("section", { class: "fadu-chain", "aria-labelledby": "chain" });
  let chainDrawn = "";
  /** Row, its fixed limits and the reader's own days; typing redraws the rest of the row only. */
  function drawChain() {
    const mark = `${matter.current()} ${chosen}`;
    const plan = kept().chain;
    if (!chosen || procedure().steps.length < 2) {
      chainBox.textContent = "";
      chainDrawn = "";
      return;
    }
    chainBox.classList.toggle("fadu-noprint", !plan.day);
    const goals = procedure().steps.slice(1);
    const { to } = chainPlan();
    const upTo = fadu.chain.steps(all_, chosen, to);
    if (chainDrawn !== `${mark} ${to}`) {
      chainDrawn = `${mark} ${to}`;
      chainBox.textContent = "";
      const goal = el("select", { class: "fadu-input", id: "fadu-chain-to", onchange: () => keep("chain", "to", goal.value) }, ...goals.map((step) => el("option", { value: step.id }, step.title)));
      goal.value = to;
      const day = el("input", { type: "date", class: "fadu-input", id: "fadu-chain-day", min: "1990-01-01", max: "2099-12-31", oninput: () => keep("chain", "day", day.validity.valid ? day.value : "") });
      day.value = plan.day || "";
      chainBox.append(el("h2", { id: "chain" }, "往前倒排"),
        el("p", {}, "定了会议、举行或者决定的日子，就从这一天往前排出前面每一步最迟哪天开始。法定最少要留的时间和留给当事人的时间不能压缩；自己办事要用的工作日可以加。"),
        el("div", { class: "fadu-chain-form fadu-noprint" },
          el("div", { class: "fadu-tool-row" }, el("label", { for: "fadu-chain-to" }, "定了日子的一步"), goal),
          el("div", { class: "fadu-tool-row" }, el("label", { for: "fadu-chain-day" }, "这一步的日子"), el("span", { class: "fadu-tool-inputs" }, day)),
          el("details", { class: "fadu-tool-details" }, el("summary", {}, "各步自己要用几个工作日，哪些步骤这次不办"), el("ul", { class: "fadu-chain-own" }, ...upTo.filter((step) => step.key !== to).map(ownRow)))),
        el("div", { class: "fadu-chain-rows" }));
    }
    const rows = chainBox.querySelector(".fadu-chain-rows");
    rows.textContent = "";
    all("[data-own]", chainBox).forEach((input) => {
      const value = String((plan.own || {})[input.dataset.own] || "");
      if (input !== document.activeElement && input.value !== value) input.value = value;
    });
    all("[data-off]", chainBox).forEach((input) => {
      input.checked = !(plan.off || []).includes(input.dataset.off);
    });
    const field = chainBox.querySelector("#fadu-chain-day");
    if (field !== document.activeElement) field.value = plan.day || "";
    if (!plan.day) return;
    rows.append(el("p", { class: "fadu-printonly" }, `件：${matter.name()}。${chinese(plan.day)}（${week(plan.day)}）：${procedure().steps.find((step) => step.id === to).title}`),
      el("p", { class: "fadu-actions fadu-noprint" }, button("存成日历（.ics）", () => downloadChain()), button("打印", () => window.print()), button("复制为文字", () => fadu.copy(fadu.plain(rows)))),
      el("div", { class: "fadu-table", "data-stack": "yes" }, el("table", {}, el("caption", { class: "fadu-visually-hidden fadu-nocopy" }, "每一步最迟哪天开始，早的在前"),
        el("thead", {}, el("tr", {}, ...["最迟", "哪一步", "为什么是这天"].map((text) => el("th", { scope: "col" }, text)))),
        el("tbody", {}, ...chainRows().map(chainRow)))),
      el("p", { class: "fadu-note" }, "没有写法定最少时间、也没有填自己要用几天的步骤，按不占时间排，与后一步同一天。"));
  }
  const chainPlan = () => {
    const values = kept();
    const known_ = procedure().steps.slice(1).some((step) => step.id === values.chain.to);
    return Object.assign({}, values.chain, { to: known_ ? values.chain.to : fadu.chain.goal(all_, chosen), amounts: values.amounts });
  };
  const chainRows = () => fadu.chain(all_, chosen, chainPlan());
  function ownRow(step) {
    const days = el("input", { type: "number", class: "fadu-input", min: "1", max: "999", step: "1", "data-own": step.key, "aria-label": `${step.title}：自己要用几个工作日`, oninput: () => {
      const rows = Object.assign({}, kept().chain.own);
      if (days.validity.valid && days.value) rows[step.key] = Number(days.value);
      else delete rows[step.key];
      keep("chain", "own", Object.keys(rows).length ? rows : "");
    } });
    const on = step.fixed ? null : el("input", { type: "checkbox", "data-off": step.key, onchange: () => {
      const rows = (kept().chain.off || []).filter((name) => name !== step.key).concat(on.checked ? [] : [step.key]);
      keep("chain", "off", rows.length ? rows : "");
    } });
    return el("li", {}, el("span", { class: "fadu-chain-name" }, on ? el("label", {}, on, " ", step.title) : step.title), el("span", { class: "fadu-tool-inputs" }, days, "个工作日"));
  }
  function chainWhen(row) {
    if (!row.date) return [el("span", { class: "fadu-due" }, "没有算出")];
    const work = fadu.deadlines.workday(row.date, all_.holidays);
    const [words, tone] = left({ date: row.date, sense: "by" });
    return [el("span", { class: "fadu-due" }, chinese(row.date)), " ", el("span", { class: "fadu-due-week" }, week(row.date)), el("br"),
      work && work !== row.date ? el("span", { class: "fadu-note" }, `是休息日，请在${chinese(work)}（${week(work)}）以前`) : null,
      el("span", { class: "fadu-chip fadu-due-left", "data-tone": tone }, words)].filter(Boolean);
  }
  function chainRow(row) {
    const why = [];
    if (row.error) why.push(el("p", { class: "fadu-due-alert" }, row.error));
    row.why.forEach((one) => {
      why.push(one.own ? el("p", {}, `自己用${one.own}个工作日`) : el("p", {}, `${one.row.text}：${filled(one.row)}${one.row.bearer === "party" ? "（留给当事人的时间，当事人提前办了可以提前）" : ""} `, ...one.row.cites.map(cite)));
      if (one.row && one.row.note) why.push(el("p", { class: "fadu-note" }, one.row.note));
      why.push(el("ol", {}, ...one.steps.map((text) => el("li", {}, text))));
    });
    row.missing.forEach((one) => why.push(el("p", { class: "fadu-due-alert" }, `${one.text}：多少由地方规定，在上面填了才算得进去`)));
    if (row.runs) why.push(el("p", { class: "fadu-due-alert" }, "里面还有法定最少时间，没有算进来，到", el("a", { href: `calculator.html?p=${row.runs}` }, all_.procedures[row.runs].title), "另排"));
    if (row.key === chainPlan().to) why.push(el("p", {}, "定了的日子"));
    else if (!why.length) why.push(el("p", { class: "fadu-note" }, "与后一步同一天"));
    return el("tr", { "data-row": row.key, "data-date": row.date || "" }, labelled("最迟", ...chainWhen(row)),
      labelled("哪一步", el("a", { href: fadu.root + row.url }, `第${row.no}步 ${row.title}`)), labelled("为什么是这天", ...why));
  }
  function downloadChain() {
    const found = chainRows().filter((row) => row.date).map((row) => ({
      key: `calculator/${matter.current()}/${chosen}/chain/${row.key}`,
      title: `最迟：${row.title}【${matter.name()}】`,
      day: fadu.deadlines.workday(row.date, all_.holidays) || row.date,
      note: [procedure().title, ...row.why.flatMap((one) => [one.own ? `自己用${one.own}个工作日` : `${one.row.text}：${filled(one.row)}（${one.row.cites.map(([, full]) => full).join("、")}）`, ...one.steps])].join("\n"),
      alarm: 3,
    }));
    if (!found.length) fadu.say("没有算出日期，没有可存的");
    else saveCalendar(`倒排_${matter.name()}_${procedure().title}`, found);
  }

  // --- the calendar file: the bytes that macros/calendars.py gives ------------------------------------------------------

  const bytes = (sign) => (sign < "\u0080" ? 1 : sign < "\u0800" ? 2 : sign.length > 1 ? 4 : 3);
  /** At most 75 bytes a line, never within a sign or behind a backslash. */
  function fold(line) {
    const rows = [];
    let row = [];
    let size = 0;
    Array.from(line).forEach((sign) => {
      if (row.length && size + bytes(sign) >= 75) {
        const last = row[row.length - 1];
        const split = row.length > 1 && (last === "\\" || last === "^");
        if (split) row.pop();
        rows.push(row.join(""));
        row = split ? [last] : [];
        size = split ? 1 : 0;
      }
      row.push(sign);
      size += bytes(sign);
    });
    rows.push(row.join(""));
    return rows.join("\r\n ");
  }
  const escaped = (text) => text.replace(/\\/g, "\\\\").replace(/;/g, "\\;").replace(/,/g, "\\,").replace(/\r?\n/g, "\\n");
  const compact = (iso) => iso.replace(/-/g, "");
  const next = (iso) => new Date(utc(iso).getTime() + 864e5).toISOString().slice(0, 10);

  /** Entries {key, title, day, note, alarm} as a calendar; the same entries give the same text. */
  function ics(entries, name) {
    const rows = entries.slice().sort((a, b) => (a.day + " " + a.key < b.day + " " + b.key ? -1 : 1));
    const stamp = rows.length ? rows[0].day : "2026-01-01";
    const lines_ = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//fadu//fadu//ZH", "CALSCALE:GREGORIAN", `X-WR-CALNAME:${escaped(name || "法度")}`];
    rows.forEach((row) => {
      lines_.push("BEGIN:VEVENT", `SUMMARY:${escaped(row.title)}`, `DTSTART;VALUE=DATE:${compact(row.day)}`, `DTEND;VALUE=DATE:${compact(next(row.day))}`, `DTSTAMP:${compact(stamp)}T000000Z`, `UID:${row.key.replace(/[/#]/g, ".")}@fadu`);
      if (row.note) lines_.push(`DESCRIPTION:${escaped(row.note)}`);
      lines_.push("TRANSP:TRANSPARENT");
      if (row.alarm) lines_.push("BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escaped(row.title)}`, `TRIGGER:-P${row.alarm}D`, "END:VALARM");
      lines_.push("END:VEVENT");
    });
    lines_.push("END:VCALENDAR");
    return lines_.map(fold).join("\r\n") + "\r\n";
  }
  const saveCalendar = (name, found) => fadu.save(`${name}.ics`.replace(/[\\/:*?"<>|\s]+/g, "_"), "text/calendar;charset=utf-8", ics(found));
  function entries(rows) {
    return rows.filter((row) => row.date).map((row) => ({
      key: `calculator/${matter.current()}/${chosen}/${row.step}/${row.id}`,
      title: `${row.sense === "until" ? "届满" : "到期"}：${row.text}${row.at ? `（${row.at}）` : ""}【${matter.name()}】`,
      day: row.date,
      note: [procedure().title, filled(row), ...row.steps, ...row.warnings.map((one) => `注意：${one}`), ...row.extended.map(([, words]) => words), row.cites.map(([, full]) => full).join("、")].filter(Boolean).join("\n"),
      alarm: row.sense === "until" ? 0 : 1,
    }));
  }
  function download(rows) {
    const found = entries(rows);
    if (!found.length) return fadu.say("没有算出日期，没有可存的");
    saveCalendar(`期限_${matter.name()}_${procedure().title}`, found);
    return undefined;
  }
  Object.assign(fadu.deadlines, { ics, saveCalendar, chinese });

  // --- begin -----------------------------------------------------------------------------------------------------------

  fadu.deadlines.load().then((found) => {
    if (!found) {
      reading.before(el("p", { class: "fadu-warning" }, "期限的资料没有读到。请重新打开；还不行就到各程序的页面看期限。"));
      return;
    }
    all_ = found;
    reading.hidden = true;
    place.prepend(
      el("div", { class: "fadu-matter-note fadu-noprint" }, el("span", {}, "件：", el("strong", { "data-matter-name": "" }, matter.name()), "。"),
        el("span", {}, store.lasting ? "日期只存在这台电脑的这个浏览器里，不会传出去；请不要录入涉密信息。" : "这台电脑不让浏览器保存：关掉页面日期就没有了。")),
      el("form", { class: "fadu-tool-form fadu-noprint", onsubmit: (event) => event.preventDefault() },
        el("div", { class: "fadu-tool-row" }, el("label", { for: "fadu-procedure-filter" }, "找程序"), el("span", { class: "fadu-tool-inputs" }, filter, counted)),
        el("div", { class: "fadu-tool-row" }, el("label", { for: "fadu-procedure" }, "程序"), select), mine, events),
      results, chainBox);
    const wanted = new URLSearchParams(location.hash.startsWith("#p=") ? location.hash.slice(1) : location.search).get("p") || "";
    const latest = store.keys(`${matter.current()}/calculator/`).map((key) => [(store.get(key) || {}).at || "", key.split("/")[2]]).filter(([, name]) => known(name)).sort();
    chosen = known(wanted) ? wanted : !wanted && latest.length ? latest[latest.length - 1][1] : "";
    options();
    if (wanted && !chosen) results.before(el("p", { class: "fadu-warning" }, "这个程序没有要算的期限，请另选一个。"));
    draw();
    document.addEventListener("fadu:matter", draw);
  });
})();
