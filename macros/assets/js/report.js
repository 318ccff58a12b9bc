/* 做年度报告: figures from dropped registers, each with its source; last year's plan beside this year's results; problems with
 * measures; then the paper through papers.js. Kept per matter: report/<paper> holds the sources, the rest are the fields. */
(function () {
  "use strict";

  const fadu = window.fadu;
  const place = document.getElementById("fadu-report");
  if (!place || !fadu.papers) return;
  const { el, matter, papers } = fadu;
  const { check, measure } = fadu.metrics;
  const id = place.dataset.paper;
  const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  const SOURCES = "report-sources";
  const PROMISES = "annual-promises";
  const figuresBox = document.getElementById("report-figures");
  const readBox = document.getElementById("report-read");
  const lastBox = document.getElementById("report-last");
  const report = document.getElementById("report-missing");
  const text = (value) => String(value === undefined || value === null ? "" : value).trim();

  let found = null; // the paper
  let offered = []; // what the dropped registers give: {value, source}

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
  const figures = () => papers.printed(found, papers.kept(id)).filter((field) => (field.type === "number" || field.type === "money") && !/(^|-)year$/.test(field.id));

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
    const numbers = [];
    sheet.data.slice(1).forEach((line, at) => line.some((value) => text(value)) && numbers.push(at + 2));
    const where = `《${spec.title}》（${name}，工作表“${sheet.sheet}”）`;
    offered.push({ value: checked.rows.length, label: `${spec.title}：全部 ${checked.rows.length} 行`, source: `${where}${lines(numbers)}，全部登记，共${checked.rows.length}行` });
    const seen = {};
    spec.metrics.forEach((metric) => metric.bases.forEach((basis) => [basis.numerator, basis.denominator].forEach((one) => {
      if (!one || one.register !== spec.id || seen[one.text]) return;
      seen[one.text] = true;
      const measured = (rows) => measure({ numerator: one, denominator: null }, { [spec.id]: rows }, "").numerator;
      const used = numbers.filter((line, at) => measured([checked.rows[at]]) !== 0);
      const value = measured(checked.rows);
      offered.push({ value, label: `${spec.title}：${one.text} ${value}`, source: `${where}${lines(used)}，口径：${one.text}` });
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
  fadu.droppable(document.getElementById("report-files"), document.getElementById("report-drop"));
  document.getElementById("report-files").addEventListener("change", (event) => {
    const input = event.target;
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
      }).catch(() => readBox.replaceChildren(el("p", { class: "fadu-warning" }, "这一页缺了数据文件，请换一份完整的离线包")))
      .then(() => (input.value = ""));
  });

  // --- figures -------------------------------------------------------------------------------------------------------

  const sourceOf = (one) => (!one ? "" : one.how === "register" ? one.source : text(one.by) ? `手工填写：${text(one.by)}` : "");
  function drawFigures() {
    if (!found || figuresBox.contains(document.activeElement) && document.activeElement.tagName === "INPUT") return;
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
          drawFigures();
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

  // --- last year -----------------------------------------------------------------------------------------------------

  function drawLast() {
    const others = matter.list().filter((one) => !one.current).map((one) => [one, ((matter.get("fields", "next-year-plan", one.id) || {}).value || [])])
      .filter(([, rows]) => Array.isArray(rows) && rows.some((row) => row && text(row.task)));
    const first = el("input", { type: "checkbox", id: "report-first", onchange: (event) => keep((now) => (now.first = event.target.checked)) });
    first.checked = kept().first;
    const select = el("select", { class: "fadu-input", id: "report-from" }, ...others.map(([one]) => el("option", { value: one.id }, one.name)));
    lastBox.replaceChildren(
      others.length ? el("p", {}, el("label", {}, "上年的报告是这一件：", select), " ", el("button", { type: "button", class: "fadu-button", id: "report-take", onclick: () => {
        const [, rows] = others.find(([one]) => one.id === select.value);
        const had = rowsOf(PROMISES);
        const fresh = rows.filter((row) => row && text(row.task) && !had.some((old) => text(old.promise) === text(row.task)));
        matter.fill(PROMISES, had.concat(fresh.map((row) => ({ promise: text(row.task), due: text(row.due) }))));
        fadu.say(`取来 ${fresh.length} 项，逐项填今年的结果`);
      } }, "取来上年的安排")) : el("p", { class: "fadu-note" }, "本机没有上年的报告；有导出文件的，先在右上角“件”里导入，或者照上年报告抄进下表。"),
      el("p", {}, el("label", {}, first, " 第一次报告，没有上年的安排")));
  }

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
    const promises = rowsOf(PROMISES);
    if (!promises.length && !state.first) no(PROMISES, "上年的安排", "没有列；第一次报告的，勾选上面的方框");
    promises.forEach((row, at) => text(row.result) || no(PROMISES, "上年的安排", `第${at + 1}项没有写今年的结果`));
    rowsOf("annual-issues").forEach((row, at) => {
      if (!text(row.issue)) return no("annual-issues", "问题", `第${at + 1}行没有写问题`);
      [["cause", "原因"], ["measure", "措施"], ["owner", "责任单位"], ["due", "完成时限"]].forEach(([name, title]) => text(row[name]) || no("annual-issues", "问题", `第${at + 1}个问题没有写${title}`));
    });
    return rows;
  }
  const listed = (rows) => el("ul", {}, ...rows.map((row) => el("li", {}, el("a", { href: document.getElementById(row.id) ? "#" + row.id : `${place.dataset.form}#${row.id}` }, row.label), `：${row.why}`)));
  function write() {
    const state = kept();
    matter.fill(SOURCES, figures().filter((field) => text(matter.answer(field.id))).map((field) => (
      { figure: field.label, value: text(matter.answer(field.id)), source: sourceOf(state.figures[field.id]) })));
    if (!rowsOf(PROMISES).length) matter.fill(PROMISES, [{ promise: "首次报告，没有上年的安排", result: "—", proof: "—" }]);
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
      const open = rows.filter((row) => row.id !== "f-" + SOURCES);
      if (!open.length) return write();
      report.append(el("div", { class: "fadu-warning" }, el("p", {}, `其余栏目还有 ${open.length} 处没有填好：`), listed(open),
        open.some((row) => row.stop) ? "" : el("p", {}, el("button", { type: "button", class: "fadu-button", id: "report-anyway", onclick: write }, "照样下载，空着的印成横线，手填"))));
      return report.focus();
    });
  });

  papers.paper(id).then((read) => {
    found = read;
    drawFigures();
    drawLast();
    let drawing = 0;
    matter.on(() => (drawing = drawing || requestAnimationFrame(() => {
      drawing = 0;
      drawFigures();
    })));
    document.documentElement.dataset.faduReport = "ready";
  }, () => fadu.say("读不到这份文书的数据：请换一份完整的离线包"));
})();
