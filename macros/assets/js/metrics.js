/* Registers and metrics in the browser: a filled .xlsx is checked row by row, and measured with the filters of the data.
 * measure() does what macros/sheets/measures.py does; tests/cases/metrics.json binds both. */
(function () {
  "use strict";

  const fadu = (window.fadu = window.fadu || {});
  const NONE = "无此类案件";
  const text = (value) => String(value === undefined || value === null ? "" : value).trim();

  // --- measuring -----------------------------------------------------------------------------------------------------

  function amount(value) {
    const plain = text(value).replace(/[,，]/g, "");
    return plain !== "" && Number.isFinite(Number(plain)) ? Number(plain) : null;
  }
  function holds(one, row) {
    const value = text(row[one.column]);
    if (one.filled !== undefined && one.filled !== null && Boolean(value) !== one.filled) return false;
    const list = one.in || [];
    const given = (name) => one[name] !== undefined && one[name] !== null;
    if (!["is", "not", "at_least", "at_most", "not_after", "after"].some(given) && !list.length) return true;
    if (!value) return false;
    if (given("is") && value !== one.is) return false;
    if (list.length && list.indexOf(value) < 0) return false;
    if (given("not") && value === one.not) return false;
    if (given("at_least") || given("at_most")) {
      const size = amount(value);
      if (size === null || (given("at_least") && size < one.at_least) || (given("at_most") && size > one.at_most)) return false;
    }
    return [["not_after", false], ["after", true]].every(([name, wanted]) => {
      if (!given(name)) return true;
      const against = text(row[one[name]]);
      return Boolean(against) && value > against === wanted;
    });
  }
  function count(found, rows) {
    const { where = [] } = found;
    const kept = (rows[found.register] || []).filter((row) => Object.keys(row).some((name) => text(row[name])) && where.every((one) => holds(one, row)));
    return found.sum ? kept.reduce((sum, row) => sum + (amount(row[found.sum]) || 0), 0) : kept.length;
  }
  const number = (value) => value.toFixed(2).replace(/0+$/, "").replace(/\.$/, "");
  const rounded = (value) => Math.trunc(value * 100 + 0.5 + 1e-9) / 100;

  function measure(basis, rows, unit = "%") {
    const top = count(basis.numerator, rows);
    if (!basis.denominator) return { numerator: top, denominator: null, value: top, text: number(top) + (unit === "%" ? "" : unit) };
    const bottom = count(basis.denominator, rows);
    if (!bottom) return { numerator: top, denominator: bottom, value: null, text: NONE };
    const value = (top / bottom) * (unit === "%" ? 100 : 1);
    return { numerator: top, denominator: bottom, value, text: `${number(rounded(value))}${unit}（${number(top)}／${number(bottom)}）` };
  }

  /** One figure of a metric. Where there are rival bases, one must be named. */
  function figure(metric, base, rows) {
    const basis = metric.bases.find((one) => one.id === base) || (metric.bases.length === 1 && !base ? metric.bases[0] : null);
    return basis ? measure(basis, rows, metric.unit) : { numerator: null, denominator: null, value: null, text: "请先选口径" };
  }

  // --- checking ------------------------------------------------------------------------------------------------------

  /** A cell as text: dates as 2026-11-21, null for what cannot be read as its type. */
  function cell(column, value) {
    if (value instanceof Date) return value.toISOString().slice(0, 10);
    if (value === true) return "是";
    if (value === false) return "否";
    const plain = text(value);
    if (!plain) return "";
    if (column.type === "date") {
      const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain);
      if (!found) return null;
      const day = new Date(Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3])));
      return day.getUTCDate() === Number(found[3]) && day.getUTCMonth() === Number(found[2]) - 1 ? day.toISOString().slice(0, 10) : null;
    }
    if (column.type === "number" || column.type === "money") return amount(plain) === null ? null : plain;
    return plain;
  }
  const WHY = { date: "不是日期（写成 2026-11-21）", number: "不是数字", money: "不是数字" };

  /** Rows of a sheet (first row: titles) → {rows, wrong: [{row, title, why}]}; row numbers are those of the sheet. */
  function check(columns, sheet) {
    const wrong = [];
    const heads = (sheet[0] || []).map((one) => text(one).replace(/（可空）$/, ""));
    const places = columns.map((column) => heads.indexOf(column.title));
    columns.forEach((column, at) => places[at] < 0 && wrong.push({ row: 1, title: column.title, why: "缺这一列" }));
    const rows = [];
    sheet.slice(1).forEach((line, index) => {
      if (!line.some((value) => text(value))) return;
      const row = {};
      columns.forEach((column, at) => {
        if (places[at] < 0) return;
        const value = cell(column, line[places[at]]);
        const place = { row: index + 2, title: column.title };
        row[column.id] = value || "";
        const options = column.type === "flag" ? ["是", "否"] : column.options || [];
        if (value === null) wrong.push(Object.assign(place, { why: `“${text(line[places[at]])}”${WHY[column.type] || "读不懂"}` }));
        else if (!value && column.required) wrong.push(Object.assign(place, { why: "没有填" }));
        else if (value && options.length && options.indexOf(value) < 0) wrong.push(Object.assign(place, { why: `“${value}”不在可选值里：${options.join("、")}` }));
      });
      rows.push(row);
    });
    return { rows, wrong };
  }

  fadu.metrics = { measure, figure, check, holds };

  // --- the register's page -------------------------------------------------------------------------------------------

  if (typeof document === "undefined") return;
  const { el, all } = fadu;
  let reader = null;
  function load() {
    reader = reader || new Promise((resolve, reject) => {
      const script = el("script", { src: `${fadu.root}assets/fadu/vendor/read-excel-file.js` });
      script.onload = () => resolve(window.readXlsxFile);
      script.onerror = () => {
        reader = null;
        reject(new Error("read-excel-file.js"));
      };
      document.head.append(script);
    });
    return reader;
  }

  all(".fadu-register-check").forEach((box) => {
    const spec = JSON.parse(box.dataset.spec);
    const input = box.querySelector("input[type=file]");
    const report = box.querySelector(".fadu-register-result");
    fadu.droppable(input, box);
    input.addEventListener("change", () => {
      const file = input.files[0];
      if (!file) return;
      report.textContent = "正在读……";
      load().then((read) => read(file)).then((sheets) => {
        const sheet = sheets.find((one) => one.sheet === spec.sheet) || sheets[0];
        show(check(spec.columns, sheet.data), sheet.sheet, file.name);
      }).catch(() => {
        report.replaceChildren(el("p", { class: "fadu-warning" }, "这个文件读不了：请确认是 .xlsx（不是 .xls），没有加密，并且没有被别的程序占着"));
      }).then(() => (input.value = ""));
    });

    function show(found, sheet, name) {
      const rows = { [spec.id]: found.rows };
      const parts = [el("p", {}, `${name}，工作表“${sheet}”：共 ${found.rows.length} 行，` + (found.wrong.length ? `${found.wrong.length} 处要改。` : "没有发现填错的地方。"))];
      if (found.wrong.length) {
        parts.push(el("ul", { class: "fadu-register-wrong" }, ...found.wrong.slice(0, 200).map((one) => el("li", {}, `第${one.row}行“${one.title}”：${one.why}`))));
        if (found.wrong.length > 200) parts.push(el("p", {}, `只列出前 200 处，另有 ${found.wrong.length - 200} 处。`));
      }
      spec.metrics.forEach((metric) => parts.push(block(metric, rows)));
      report.replaceChildren(...parts);
    }

    function block(metric, rows) {
      const place = el("div", { class: "fadu-formula" });
      const others = (basis) => [basis.numerator, basis.denominator].filter((one) => one && one.register !== spec.id);
      const draw = (base) => {
        const basis = metric.bases.find((one) => one.id === base);
        result.replaceChildren();
        if (!basis) return result.append(el("p", {}, "这个指标有几种口径，结果不同：请先选口径，再引用。"));
        if (others(basis).length) return result.append(el("p", {}, `这个口径还要另一张台账（${others(basis).map((one) => one.name).join("、")}），请在 .xlsx 的“指标”页里填。`));
        const found = figure(metric, basis.id, rows);
        const said = `${metric.title}（口径：${basis.title}）：${found.text}`;
        result.append(
          el("p", {}, el("strong", {}, found.text)),
          el("p", { class: "fadu-note" }, `分子：${basis.numerator.text}，${number(found.numerator)}` + (basis.denominator ? `；分母：${basis.denominator.text}，${number(found.denominator)}` : "")),
          el("button", { type: "button", class: "fadu-button", onclick: () => fadu.copy(said) }, "复制这个数和口径"));
      };
      const result = el("div", {});
      const select = metric.bases.length > 1
        ? el("label", {}, "口径 ", el("select", { onchange: (event) => draw(event.target.value) }, el("option", { value: "" }, "（请选择）"), ...metric.bases.map((one) => el("option", { value: one.id }, one.title))))
        : el("p", { class: "fadu-note" }, `口径：${metric.bases[0].title}`);
      place.append(el("h3", {}, metric.title), select, result);
      draw(metric.bases.length > 1 ? "" : metric.bases[0].id);
      return place;
    }
  });
})();
