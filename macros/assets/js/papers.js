/* Filling papers: the form of a document's page, its preview, the .docx. Nothing leaves the machine.
 * Answers are the matter's (fields/<id>) and fill every paper; number, date and choices are the paper's own (papers/<id>). */
(function () {
  "use strict";

  const fadu = window.fadu;
  const { el, all, matter } = fadu;
  const BLANK = "＿＿＿＿";
  const DAY = "　　　　年　　月　　日";
  const NUMBERING = "序号"; // a column of this name numbers its rows by itself
  const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

  // --- loading on demand -------------------------------------------------------------------------------------------

  const loading = {};
  function load(path) {
    if (!loading[path]) {
      loading[path] = new Promise((resolve, reject) => {
        const script = el("script", { src: fadu.root + path });
        script.onload = resolve;
        script.onerror = () => {
          delete loading[path];
          script.remove();
          reject(new Error(`读不到 ${path}`));
        };
        document.head.append(script);
      });
    }
    return loading[path];
  }
  const paper = (id) => load(`assets/fadu/data/papers/${id}.js`).then(() => window.faduPapers[id]);
  const tools = () => Promise.all([load("assets/fadu/vendor/pizzip.js"), load("assets/fadu/vendor/docxtemplater.js")]);

  // --- what is known -----------------------------------------------------------------------------------------------

  /** Text that XML can hold: no control characters, no half of a surrogate pair. */
  const clean = (value) => String(value === undefined || value === null ? "" : value)
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])/g, "")
    .replace(/(^|[^\ud800-\udbff])[\udc00-\udfff]/g, "$1");
  const kept = (id) => Object.assign({ own: {}, chosen: {}, reasons: {}, on: {} }, matter.get("papers", id));
  const keep = (id, change) => {
    const state = kept(id);
    change(state);
    matter.set("papers", id, state);
  };
  const isOwn = (name, found) => name === "paper-date" || found.own.indexOf(name) >= 0;

  function shown(type, value) {
    const text = clean(value).trim();
    const date = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?/.exec(text);
    if (date && (type === "date" || type === "datetime")) {
      return `${date[1]}年${Number(date[2])}月${Number(date[3])}日` + (date[4] ? `${Number(date[4])}时${date[5]}分` : "");
    }
    return text;
  }
  function answer(field, found, state) {
    const value = isOwn(field.id, found) ? state.own[field.id] : matter.answer(field.id);
    if (field.type === "table") return Array.isArray(value) ? value.filter((row) => row && Object.keys(row).some((name) => clean(row[name]).trim())) : [];
    if (Array.isArray(value)) return "";
    const own = value === undefined || value === "" || value === null ? field.value || "" : value;
    return shown(field.type, own);
  }
  /** What stands as （…） in data/org.yml is a blank, not an answer. */
  const empty = (field, value) => (field.type === "table" ? !value.length : !value || (value === field.value && /^（.*）$/.test(value)));

  /** Conditions that hold: ticked ones, and the chosen option of every group. */
  function holding(found, state) {
    const holds = {};
    Object.keys(state.on).forEach((tag) => state.on[tag] && (holds[tag] = true));
    found.groups.forEach((group) => {
      const chosen = group.options.find((option) => option.tag === state.chosen[group.tag]);
      if (chosen) holds[chosen.tag] = true;
    });
    return holds;
  }
  const printed = (field, holds) => !field.places.length || field.places.some((tags) => tags.every((tag) => holds[tag]));

  /** What is not there yet: [{id, label, why}], choices first. */
  function missing(found, state) {
    const holds = holding(found, state);
    const rows = [];
    found.groups.forEach((group) => {
      if (group.in && !holds[group.in]) return;
      if (!group.options.some((option) => holds[option.tag])) rows.push({ id: "choice-" + group.tag, label: group.options.map((option) => option.label).join("／"), why: "还没有选情形" });
    });
    found.fields.forEach((field) => {
      if (!printed(field, holds)) return;
      const value = answer(field, found, state);
      if (field.required && empty(field, value)) rows.push({ id: "f-" + field.id, label: field.label, why: "没有填" });
      else if ((field.type === "number" || field.type === "money") && value && !/^-?[\d,]+(\.\d+)?$/.test(value)) rows.push({ id: "f-" + field.id, label: field.label, why: `“${value}”不是数字` });
      else if (field.type === "table") {
        value.forEach((row, at) => field.columns.forEach((column) => {
          const text = clean(row[column.id]).trim();
          // A problem without a measure is no draft to be finished by hand.
          if (column.id === "measure" && !text && clean(row.issue).trim()) rows.push({ id: "f-" + field.id, label: field.label, why: `第${at + 1}个问题没有写措施，不能下载`, stop: true });
          else if (column.required && !text && column.title !== NUMBERING) rows.push({ id: "f-" + field.id, label: field.label, why: `第${at + 1}行“${column.title}”没有填` });
          else if (text && (column.type === "number" || column.type === "money") && !/^-?[\d,]+(\.\d+)?$/.test(text)) rows.push({ id: "f-" + field.id, label: field.label, why: `第${at + 1}行“${column.title}”不是数字` });
        }));
      }
    });
    return rows;
  }

  /** Answers under the names of the template's tags. */
  function filling(found, state) {
    const data = Object.assign({
      "paper-date": shown("date", state.own["paper-date"]) || DAY, "print-date": shown("date", state.own["paper-date"]) || DAY,
      signer: "　　　　", "issue-number": "　　", "agency-name": found.agency,
    }, holding(found, state));
    found.fields.forEach((field) => {
      const value = answer(field, found, state);
      if (field.type === "table") {
        const rows = value.length ? value : [{}, {}, {}];
        data[field.id] = rows.map((row, at) => {
          const number = String(at + 1);
          const line = { "row-number": number };
          field.columns.forEach((column) => (line[column.id] = shown(column.type, row[column.id]) || (column.title === NUMBERING ? number : "")));
          return line;
        });
        return;
      }
      const none = field.type === "date" || field.type === "datetime" ? DAY : BLANK;
      const text = value || (field.id === found.number ? "　　　　〔　　　　〕　　号" : none);
      const parts = text.split(/\s*\n\s*/).filter(Boolean);
      data[field.id] = text;
      data[field.id + "/first"] = parts[0];
      data[field.id + "/rest"] = parts.slice(1);
    });
    data["print-office"] = data["agency-name"];
    return data;
  }

  function render(found, state) {
    const zip = new window.PizZip(atob(found.docx));
    const template = new window.docxtemplater(zip, {
      paragraphLoop: true, linebreaks: true, nullGetter: (part) => (part.module ? "" : BLANK),
    });
    template.render(filling(found, state));
    return template.getZip().generate({ type: "uint8array", compression: "DEFLATE" });
  }
  const fill = (id) => Promise.all([paper(id), tools()]).then(([found]) => render(found, kept(id)));
  const cleanName = (text) => clean(text).replace(/[\\/:*?"<>|\s]+/g, "").slice(0, 80) || "文书";

  fadu.papers = {
    fill, cleanName, load, tools, paper, kept, shown,
    /** The fields that are printed under the conditions chosen now. */
    printed: (found, state) => found.fields.filter((field) => printed(field, holding(found, state))),
    missing: (id) => paper(id).then((found) => missing(found, kept(id))),
    /** The paper's own number as typed, wherever it is kept. */
    number: (found, state) => (found.number ? clean(isOwn(found.number, found) ? state.own[found.number] : matter.answer(found.number)) : ""),
  };

  // --- the form ----------------------------------------------------------------------------------------------------

  const form = document.querySelector("form.fadu-form[data-paper]");
  if (!form) return;
  const id = form.dataset.paper;
  const preview = document.getElementById("paper");
  const report = document.getElementById("form-missing");
  const title = form.dataset.title;
  let found = null;
  form.addEventListener("submit", (event) => event.preventDefault());

  function drawTable(place) {
    const name = place.dataset.rows;
    const field = found.fields.find((one) => one.id === name);
    const value = matter.answer(name);
    const rows = Array.isArray(value) && value.length ? value : [{}];
    const save = (change) => {
      const now = matter.answer(name);
      const copy = (Array.isArray(now) && now.length ? now : [{}]).map((row) => Object.assign({}, row));
      change(copy);
      matter.fill(name, copy.some((row) => Object.keys(row).some((key) => row[key])) || copy.length > 1 ? copy : "");
    };
    const body = el("tbody", {}, ...rows.map((row, at) => el("tr", {},
      ...field.columns.map((column) => {
        const attributes = { "aria-label": `第${at + 1}行 ${column.title}`, oninput: (event) => save((copy) => (copy[at][column.id] = event.target.value)) };
        let box;
        if (column.options.length) box = el("select", attributes, el("option", { value: "" }, "（请选择）"), ...column.options.map((option) => el("option", {}, option)));
        else if (column.type === "longtext") box = el("textarea", Object.assign({ rows: "2" }, attributes));
        else box = el("input", Object.assign({ type: column.type === "date" ? "date" : "text" }, attributes));
        box.value = typeof row[column.id] === "string" ? row[column.id] : "";
        return el("td", {}, box);
      }),
      el("td", {}, el("button", { type: "button", class: "fadu-button", "aria-label": `删去第${at + 1}行`, onclick: () => {
        save((copy) => copy.splice(at, 1));
        drawTable(place);
      } }, "删")))));
    const table = place.querySelector("table");
    if (!place.dataset.ready) {
      place.dataset.ready = "yes";
      place.id = "f-" + name;
      place.tabIndex = -1;
      table.tHead.rows[0].append(el("th", { scope: "col" }, el("span", { class: "fadu-visually-hidden" }, "删去")));
      place.append(el("button", { type: "button", class: "fadu-button", onclick: () => {
        save((copy) => copy.push({}));
        drawTable(place);
        const inputs = all("tbody tr:last-child input, tbody tr:last-child select, tbody tr:last-child textarea", place);
        if (inputs.length) inputs[0].focus();
      } }, "加一行"));
    }
    all("tbody", table).forEach((old) => old.remove());
    table.append(body);
    place.dataset.state = JSON.stringify(value || "");
  }

  function draw() {
    const state = kept(id);
    const holds = holding(found, state);
    all("[data-own]", form).forEach((box) => {
      const value = state.own[box.dataset.own] || "";
      if (box !== document.activeElement && box.value !== value) box.value = value;
    });
    all("[data-when-box]", form).forEach((box) => (box.checked = Boolean(holds[box.dataset.whenBox])));
    all("[data-group]", form).forEach((group) => {
      const decided = state.chosen[group.dataset.group];
      all("input[type=radio]", group).forEach((box) => (box.checked = box.value === decided));
      group.hidden = Boolean(group.dataset.in) && !holds[group.dataset.in];
    });
    all("[data-reason]", form).forEach((box) => {
      const value = state.reasons[box.dataset.reason] || "";
      if (box !== document.activeElement && box.value !== value) box.value = value;
    });
    all("[data-many]", form).forEach((group) => {
      const chosen = String(matter.answer(group.dataset.many)).split("、");
      all("input", group).forEach((box) => (box.checked = chosen.indexOf(box.value) >= 0));
    });
    all("[data-rows]", form).forEach((place) => {
      if (place.contains(document.activeElement) && place.dataset.ready) return;
      if (place.dataset.state !== JSON.stringify(matter.answer(place.dataset.rows) || "")) drawTable(place);
    });
    found.fields.forEach((field) => {
      const row = form.querySelector(`[data-row="${field.id}"]`);
      if (row) row.classList.toggle("fadu-off", !printed(field, holds));
    });
    if (!preview) return;
    const decided = {};
    found.groups.forEach((group) => {
      if (group.options.some((option) => holds[option.tag])) group.options.forEach((option) => (decided[option.tag] = !holds[option.tag]));
    });
    all("[data-when]", preview).forEach((part) => {
      const tag = part.getAttribute("data-when");
      part.hidden = Boolean(decided[tag]);
      part.classList.toggle("fadu-off", !(tag in decided) && !holds[tag] && !part.parentElement.closest("[data-when]"));
    });
    all("[data-paper-value]", preview).forEach((place) => {
      if (place.dataset.empty === undefined) place.dataset.empty = place.textContent;
      const name = place.dataset.paperValue;
      const field = found.fields.find((one) => one.id === name) || { id: name, type: name === "paper-date" ? "date" : "text" };
      const value = answer(field, found, state);
      const text = field.type === "table" || empty(field, value) ? place.dataset.empty : value;
      if (place.textContent !== text) place.textContent = text;
      place.classList.toggle("fadu-blank", text === place.dataset.empty);
    });
    all("[data-table-value]", preview).forEach((table) => {
      const field = found.fields.find((one) => one.id === table.dataset.tableValue);
      const rows = answer(field, found, state);
      const lines = (rows.length ? rows : [{}]).map((row) => el("tr", {}, ...field.columns.map((column) => el("td", {}, shown(column.type, row[column.id]) || "　"))));
      table.tBodies[0].replaceChildren(...lines);
    });
  }
  let drawing = 0;
  const redraw = () => {
    drawing = drawing || requestAnimationFrame(() => {
      drawing = 0;
      draw();
    });
  };

  form.addEventListener("input", (event) => {
    const box = event.target;
    if (box.dataset.own) keep(id, (state) => (state.own[box.dataset.own] = box.value));
    else if (box.dataset.reason) keep(id, (state) => (state.reasons[box.dataset.reason] = box.value));
  });
  form.addEventListener("change", (event) => {
    const box = event.target;
    if (box.dataset.whenBox) keep(id, (state) => (state.on[box.dataset.whenBox] = box.checked));
    else if (box.type === "radio") keep(id, (state) => (state.chosen[box.name] = box.value));
    else if (box.closest("[data-many]")) {
      const group = box.closest("[data-many]");
      matter.fill(group.dataset.many, all("input:checked", group).map((one) => one.value).join("、"));
    }
  });

  function list(rows, go) {
    report.replaceChildren(
      el("div", { class: "fadu-warning" },
        el("p", {}, `还有 ${rows.length} 处没有填好：`),
        el("ul", {}, ...rows.map((row) => el("li", {}, el("a", { href: "#" + row.id, onclick: (event) => {
          const target = document.getElementById(row.id);
          if (!target) return;
          event.preventDefault();
          target.scrollIntoView({ block: "center" });
          const box = target.matches("input, select, textarea") ? target : target.querySelector("input, select, textarea");
          (box || target).focus();
        } }, row.label), `：${row.why}`))),
        rows.some((row) => row.stop) ? "" : el("p", {}, el("button", { type: "button", class: "fadu-button", onclick: go }, "照样下载，空着的印成横线，手填"))));
    report.focus();
  }
  function download() {
    return fill(id).then((bytes) => {
      fadu.save(`${cleanName(title)}.docx`, DOCX, bytes);
      fadu.say("已生成，请在下载文件夹里打开核对");
    }).catch(() => fadu.say("没有生成：这一页缺了数据文件，请换一份完整的离线包"));
  }
  all(".fadu-fill").forEach((button) => button.addEventListener("click", () => {
    if (!found) return fadu.say("文书数据还没有读到，请稍等");
    const rows = missing(found, kept(id));
    report.replaceChildren();
    if (rows.length) list(rows, download);
    else download();
  }));

  paper(id).then((read) => {
    found = read;
    draw();
    matter.on(redraw);
    document.documentElement.dataset.faduPaper = "ready";
  }, () => fadu.say("读不到这份文书的数据：请换一份完整的离线包"));
})();
