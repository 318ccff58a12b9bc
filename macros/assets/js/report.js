/* 做报告和计划: figures from dropped registers, each with its source; rows taken from other tables, matters and registers (last
 * year's plan, unfinished tasks, gaps); no row without what the paper's `report` asks for; then the paper through papers.js, and
 * filled registers. Kept per matter: report/<paper> holds the sources, the rest are the fields. */
(function () {
  "use strict";

  const fadu = window.fadu;
  const place = document.getElementById("fadu-report");
  if (!place || !fadu.papers) return;
  const { el, matter, papers } = fadu;
  const { check, holds, measure } = fadu.metrics;
  const id = place.dataset.paper;
  const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  const { sources, whole, opening, carries, ledgers } = JSON.parse(place.dataset.spec);
  const figuresBox = document.getElementById("report-figures");
  const readBox = document.getElementById("report-read");
  const input = document.getElementById("report-files");
  const report = document.getElementById("report-missing");
  const text = (value) => String(value === undefined || value === null ? "" : value).trim();

  let found = null; // the paper
  let offered = []; // what the dropped registers give: {file, value, label, source}
  const filled = {}; // register → file → its rows

  const kept = () => Object.assign({ figures: {}, first: false }, matter.get("report", id));
  function keep(change) {
    const state = kept();
    state.figures = Object.assign({}, state.figures);
    change(state);
    matter.set("report", id, state);
  }
  const rowsOf = (name) => {
    const value = matter.answer(name);
    return Array.isArray(value) ? value.filter((row) => row && Object.keys(row).some((key) => text(row[key]))) : [];
  };
  /** Numbers that the paper prints; a year is no figure. */
  const figures = () => !figuresBox ? [] : papers.printed(found, papers.kept(id)).filter((field) => (field.type === "number" || field.type === "money") && !/(^|-)year$/.test(field.id));

  // --- registers -----------------------------------------------------------------------------------------------------

  /** 2, 3, 4, 7 → 第2—4、7行 */
  function lines(numbers) {
    const parts = [];
    numbers.forEach((one) => {
      const last = parts[parts.length - 1];
      if (last && last[1] === one - 1) last[1] = one;
      else parts.push([one, one]);
    });
    const said = parts.slice(0, 12).map(([from, to]) => (from === to ? `${from}` : `${from}—${to}`)).join("、");
    return numbers.length ? `第${said}${parts.length > 12 ? "……" : ""}行` : "没有一行";
  }
  function offer(spec, sheet, name) {
    const checked = check(spec.columns, sheet.data);
    filled[spec.id] = Object.assign({}, filled[spec.id], { [name]: checked.rows });
    offered = offered.filter((one) => one.file !== name); // a file mended and dropped again
    const numbers = [];
    sheet.data.slice(1).forEach((line, at) => line.some((value) => text(value)) && numbers.push(at + 2));
    const where = `《${spec.title}》（${name}，工作表“${sheet.sheet}”）`;
    offered.push({ file: name, value: checked.rows.length, label: `${spec.title}：全部 ${checked.rows.length} 行`, source: `${where}${lines(numbers)}，全部登记，共${checked.rows.length}行` });
    const seen = {};
    spec.metrics.forEach((metric) => metric.bases.forEach((basis) => [basis.numerator, basis.denominator].forEach((one) => {
      if (!one || one.register !== spec.id || seen[one.text]) return;
      seen[one.text] = true;
      const measured = (rows) => measure({ numerator: one, denominator: null }, { [spec.id]: rows }, "").numerator;
      const used = numbers.filter((line, at) => measured([checked.rows[at]]) !== 0);
      const value = measured(checked.rows);
      offered.push({ file: name, value, label: `${spec.title}：${one.text} ${value}`, source: `${where}${lines(used)}，口径：${one.text}` });
    })));
    const wrong = checked.wrong.length;
    return el("li", {}, `${name}：${spec.title}，${checked.rows.length} 行` + (wrong ? `，有 ${wrong} 处填错，先改再用：` + checked.wrong.slice(0, 5).map((one) => `第${one.row}行“${one.title}”${one.why}`).join("；") : "，没有发现填错"));
  }
  /** The register whose columns the sheet has. */
  function known(sheets) {
    let best = null;
    window.faduReport.registers.forEach((spec) => sheets.forEach((sheet) => {
      const heads = (sheet.data[0] || []).map((one) => text(one).replace(/（可空）$/, ""));
      const share = spec.columns.filter((column) => heads.indexOf(column.title) >= 0).length / spec.columns.length;
      if (share >= 0.8 && (!best || share > best.share || (share === best.share && sheet.sheet === spec.sheet))) best = { spec, sheet, share };
    }));
    return best;
  }
  function read() {
    const files = Array.from(input.files);
    if (!files.length) return;
    readBox.replaceChildren(el("p", {}, "正在读……"));
    Promise.all([papers.load("assets/fadu/vendor/read-excel-file.js"), papers.load("assets/fadu/data/report.js")])
      .then(() => Promise.all(files.map((file) => window.readXlsxFile(file).then((sheets) => {
        const best = known(sheets.filter((sheet) => sheet.sheet !== "示例" && sheet.sheet !== "填表说明"));
        return best ? offer(best.spec, best.sheet, file.name) : el("li", {}, `${file.name}：不是本站的台账，认不出列名`);
      }).catch(() => el("li", {}, `${file.name}：读不了，确认是 .xlsx，没有加密`)))))
      .then((rows) => {
        readBox.replaceChildren(el("ul", {}, ...rows));
        drawFigures();
        drawTakes();
      }).catch(() => readBox.replaceChildren(el("p", { class: "fadu-warning" }, "这一页缺了数据文件，请换一份完整的离线包")))
      .then(() => (input.value = ""));
  }
  if (input) {
    fadu.droppable(input, document.getElementById("report-drop"));
    input.addEventListener("change", read);
  }

  // --- figures -------------------------------------------------------------------------------------------------------

  const sourceOf = (one) => (!one ? "" : one.how === "register" ? one.source : text(one.by) ? `手工填写：${text(one.by)}` : "");
  /** Drawn again as things change, but not under the hands of somebody who types; `chosen`: he asked for it. */
  function drawFigures(chosen) {
    const typing = figuresBox && figuresBox.contains(document.activeElement) && document.activeElement.tagName === "INPUT";
    if (!found || !figuresBox || (typing && !chosen)) return;
    const state = kept();
    figuresBox.replaceChildren(el("div", { class: "fadu-table", "data-stack": "yes" }, el("table", {},
      el("thead", {}, el("tr", {}, ...["数字", "数值", "从哪里来", "来源"].map((one) => el("th", { scope: "col" }, one)))),
      el("tbody", {}, ...figures().map((field) => {
        const one = state.figures[field.id];
        const value = el("input", { class: "fadu-input", id: "f-" + field.id, type: "text", inputmode: "decimal", "aria-label": field.label, readonly: Boolean(one && one.how === "register"),
          oninput: (event) => matter.fill(field.id, event.target.value) });
        value.value = text(matter.answer(field.id));
        const choose = el("select", { class: "fadu-input", "aria-label": `${field.label}从哪里来`, onchange: (event) => {
          const at = event.target.value;
          if (at === "typed") keep((now) => (now.figures[field.id] = { how: "typed", by: "" }));
          else if (at === "") keep((now) => delete now.figures[field.id]);
          else if (at !== "kept") {
            keep((now) => (now.figures[field.id] = Object.assign({ how: "register" }, offered[Number(at)])));
            matter.fill(field.id, String(offered[Number(at)].value));
          }
          drawFigures(true);
          const again = figuresBox.querySelector(`[data-figure="${field.id}"] ${at === "typed" ? "td:last-child input" : "select"}`);
          if (again) again.focus();
        } }, el("option", { value: "" }, "（请选择）"), el("option", { value: "typed" }, "手工填写"),
        one && one.how === "register" ? el("option", { value: "kept" }, one.label) : "",
        ...offered.map((row, at) => el("option", { value: String(at) }, row.label)));
        choose.value = one ? (one.how === "register" ? "kept" : "typed") : "";
        const by = one && one.how === "typed"
          ? el("input", { class: "fadu-input", type: "text", maxlength: "60", placeholder: "谁填的，如 司法所 张三", "aria-label": `${field.label}谁填的`, oninput: (event) => keep((now) => (now.figures[field.id] = { how: "typed", by: event.target.value })) })
          : el("span", {}, sourceOf(one) || "还没有来源");
        if (one && one.how === "typed") by.value = text(one.by);
        return el("tr", { "data-figure": field.id }, el("td", { "data-label": "数字" }, field.label), el("td", { "data-label": "数值" }, value), el("td", { "data-label": "从哪里来" }, choose), el("td", { "data-label": "来源" }, by));
      })))));
  }

  // --- rows from elsewhere --------------------------------------------------------------------------------------------

  const tableOf = (name, matterId) => {
    const value = (matter.get("fields", name, matterId) || {}).value;
    return Array.isArray(value) ? value.filter(Boolean) : [];
  };
  /** [name of the source, its rows that fit]; sources without such a row are left out. */
  function sourcesOf(carry) {
    const fit = (rows) => rows.filter((row) => text(row[Object.values(carry.columns)[0]]) && carry.where.every((one) => holds(one, row)));
    const all = carry.register
      ? [["放进来的台账", [].concat(...Object.values(filled[carry.register] || {}))]]
      : matter.list().filter((one) => !(carry.earlier && one.current)).map((one) => [one.name, tableOf(carry.table, one.id)]);
    return all.map(([name, rows]) => [name, fit(rows)]).filter(([, rows]) => rows.length);
  }
  function take(carry, rows) {
    const [first] = Object.keys(carry.columns);
    const had = rowsOf(carry.to);
    const fresh = rows.map((row) => {
      const made = {};
      Object.entries(carry.columns).forEach(([to, from]) => (made[to] = text(row[from])));
      return made;
    }).filter((row, at, every) => !had.some((old) => text(old[first]) === row[first]) && every.findIndex((one) => one[first] === row[first]) === at);
    matter.fill(carry.to, had.concat(fresh));
    fadu.say(fresh.length ? `取来 ${fresh.length} 行，逐行补齐` : "都已经在表里了");
  }
  function drawTakes() {
    fadu.all(".fadu-report-take").forEach((box) => {
      if (box.contains(document.activeElement) && document.activeElement.tagName === "SELECT") return;
      const name = box.dataset.for;
      const parts = carries.map((carry, at) => [carry, at]).filter(([carry]) => carry.to === name).map(([carry, at]) => {
        const from = sourcesOf(carry);
        if (!from.length) return el("p", { class: "fadu-note" }, carry.register ? `${carry.text}：在上面放进填好的台账，就能取来。` : `${carry.text}：本机的件里没有；有导出文件的，先在右上角“件”里导入，或者直接填下表。`);
        const select = el("select", { class: "fadu-input", "aria-label": `${carry.text}：从哪里取` }, ...from.map(([title, rows], row) => el("option", { value: String(row) }, `${title}（${rows.length} 行）`)));
        return el("p", {}, `${carry.text}：`, select, " ", el("button", { type: "button", class: "fadu-button", "data-take": String(at), onclick: () => take(carry, from[Number(select.value)][1]) }, "取来"));
      });
      if (opening && opening.table === name) {
        const first = el("input", { type: "checkbox", id: "report-first", onchange: (event) => keep((now) => (now.first = event.target.checked)) });
        first.checked = kept().first;
        parts.push(el("p", {}, el("label", {}, first, ` ${opening.text}`)));
      }
      box.replaceChildren(...parts);
    });
  }

  // --- registers that come out ------------------------------------------------------------------------------------------

  /** The rows of a table as a sheet with the columns of the register, as its page reads them. */
  function sheetOf(ledger) {
    const spec = window.faduReport.registers.find((one) => one.id === ledger.register);
    const cell = (column, row, at) => {
      const from = ledger.columns[column.id];
      const value = from ? text(row[from]) || (from === "no" ? String(at + 1) : "") : ledger.fixed[column.id] || "";
      if (column.type === "date" && /^\d{4}-\d{2}-\d{2}$/.test(value)) return { value: new Date(`${value}T00:00:00Z`), type: Date, format: "yyyy-mm-dd" };
      return value ? { value, type: String, wrap: true, alignVertical: "top" } : null;
    };
    const head = spec.columns.map((column) => ({ value: column.title + (column.required ? "" : "（可空）"), type: String, fontWeight: "bold", wrap: true }));
    return [[head, ...rowsOf(ledger.table).map((row, at) => spec.columns.map((column) => cell(column, row, at)))], spec];
  }
  fadu.all("[data-ledger]").forEach((one) => one.addEventListener("click", () => {
    const ledger = ledgers[Number(one.dataset.ledger)];
    if (!rowsOf(ledger.table).length) return fadu.say("表里还没有一行，没有可导出的");
    return Promise.all([papers.load("assets/fadu/vendor/write-excel-file.js"), papers.load("assets/fadu/data/report.js")]).then(() => {
      const [rows, spec] = sheetOf(ledger);
      return window.writeXlsxFile(rows, { sheet: spec.sheet, columns: spec.columns.map((column) => ({ width: column.type === "date" ? 12 : 20 })), stickyRowsCount: 1 }).toBlob();
    }).then((blob) => fadu.save(`${papers.cleanName(ledger.title)}_${papers.cleanName(matter.name())}.xlsx`, XLSX, blob))
      .catch(() => fadu.say("没有导出：这一页缺了数据文件，请换一份完整的离线包"));
  }));

  // --- the report ----------------------------------------------------------------------------------------------------

  /** What must not be: [{id, label, why}]. */
  function stops() {
    const rows = [];
    const state = kept();
    const no = (name, label, why) => rows.push({ id: "f-" + name, label, why });
    figures().forEach((field) => {
      const value = text(matter.answer(field.id));
      const one = state.figures[field.id];
      if (!value) return field.required && no(field.id, field.label, "没有填");
      if (!sourceOf(one)) return no(field.id, field.label, one && one.how === "typed" ? "手工填写的，写明谁填的" : "没有写从哪里来");
      if (one.how === "register" && String(one.value) !== value) no(field.id, field.label, `台账是 ${one.value}，这里是 ${value}；改回来，或者改选手工填写`);
    });
    Object.keys(whole).forEach((name) => {
      const field = found.fields.find((one) => one.id === name);
      const title = (column) => field.columns.find((one) => one.id === column).title;
      const lines_ = rowsOf(name);
      if (!lines_.length && !(opening && opening.table === name && state.first)) no(name, field.label, opening && opening.table === name ? `没有列；确实没有的，勾选表前的“${opening.text}”` : "一行也没有");
      lines_.forEach((row, at) => whole[name].forEach((column) => text(row[column]) || no(name, field.label, `第${at + 1}行没有写${title(column)}`)));
    });
    return rows;
  }
  const listed = (rows) => el("ul", {}, ...rows.map((row) => el("li", {}, el("a", { href: document.getElementById(row.id) ? "#" + row.id : `${place.dataset.form}#${row.id}` }, row.label), `：${row.why}`)));
  function write() {
    const state = kept();
    if (sources) matter.fill(sources, figures().filter((field) => text(matter.answer(field.id))).map((field) => (
      { figure: field.label, value: text(matter.answer(field.id)), source: sourceOf(state.figures[field.id]) })));
    if (opening && !rowsOf(opening.table).length) matter.fill(opening.table, [opening.row]);
    return papers.fill(id).then((bytes) => {
      fadu.save(`${papers.cleanName(found.title)}.docx`, DOCX, bytes);
      fadu.say("已生成，请在下载文件夹里打开核对");
    }).catch(() => fadu.say("没有生成：这一页缺了数据文件，请换一份完整的离线包"));
  }
  document.getElementById("report-make").addEventListener("click", () => {
    if (!found) return fadu.say("文书数据还没有读到，请稍等");
    report.replaceChildren();
    const stopped = stops();
    if (stopped.length) {
      report.append(el("div", { class: "fadu-warning" }, el("p", {}, `不能生成，有 ${stopped.length} 处要先改：`), listed(stopped)));
      return report.focus();
    }
    return papers.missing(id).then((rows) => {
      const open = rows.filter((row) => row.id !== "f-" + sources);
      if (!open.length) return write();
      report.append(el("div", { class: "fadu-warning" }, el("p", {}, `其余栏目还有 ${open.length} 处没有填好：`), listed(open),
        open.some((row) => row.stop) ? "" : el("p", {}, el("button", { type: "button", class: "fadu-button", id: "report-anyway", onclick: write }, "照样下载，空着的印成横线，手填"))));
      return report.focus();
    });
  });

  papers.paper(id).then((read) => {
    found = read;
    drawFigures();
    drawTakes();
    let drawing = 0;
    matter.on(() => (drawing = drawing || requestAnimationFrame(() => {
      drawing = 0;
      drawFigures();
      drawTakes();
    })));
    document.documentElement.dataset.faduReport = "ready";
  }, () => fadu.say("读不到这份文书的数据：请换一份完整的离线包"));
})();
