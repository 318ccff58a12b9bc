/* 按一条规则算: a time limit that stands in no procedure here, typed by the reader. Kept per matter as calculator/rule. */
(function () {
  "use strict";

  const fadu = window.fadu;
  const place = document.getElementById("fadu-rule");
  if (!place) return;
  const { el, matter } = fadu;
  const UNITS = [["", "请选"], ["workday", "个工作日"], ["day", "日（自然日）"], ["month", "个月"], ["year", "年"], ["hour", "小时"]];
  const row = (id, label, ...inputs) => el("div", { class: "fadu-tool-row fadu-noprint" }, el("label", { for: id }, label), el("span", { class: "fadu-tool-inputs" }, ...inputs));
  const select = (id, rows) => el("select", { class: "fadu-input", id }, ...rows.map(([value, text]) => el("option", { value }, text)));
  const number = (id) => el("input", { type: "number", class: "fadu-input", id, min: "1", max: "9999", step: "1" });

  const inputs = {
    title: el("input", { type: "text", class: "fadu-input", id: "fadu-rule-title", maxlength: "60", placeholder: "做完什么，如 答复申请人" }),
    n: number("fadu-rule-n"),
    unit: select("fadu-rule-unit", UNITS),
    side: select("fadu-rule-side", [["within", "以内：最迟哪天办完"], ["at-least", "不少于：要等到哪天"], ["before", "之前：最迟提前到哪天"]]),
    day: el("input", { type: "date", class: "fadu-input", id: "fadu-rule-day", min: "1990-01-01", max: "2099-12-31" }),
    time: el("input", { type: "time", class: "fadu-input", id: "fadu-rule-time", "aria-label": "几时几分" }),
    first: select("fadu-rule-first", [["next", "次日起算"], ["same", "当日起算"]]),
    rolls: select("fadu-rule-rolls", [["", "依据没有写顺延"], ["yes", "依据写明顺延到第一个工作日"]]),
    excluded: number("fadu-rule-excluded"),
  };
  const result = el("div", { class: "fadu-rule-result", role: "status" });
  const kept = () => matter.get("calculator", "rule") || {};
  const { chinese } = fadu.deadlines;

  function rule(values) {
    return { n: Number(values.n), unit: values.unit, kind: values.side === "at-least" || values.side === "before" ? "at-least" : "within", before: values.side === "before",
      first: values.first || "next", rolls: values.rolls === "yes", excluded: Math.max(0, Number(values.excluded) || 0) };
  }
  function draw() {
    const values = kept();
    Object.keys(inputs).forEach((name) => {
      if (inputs[name] !== document.activeElement) inputs[name].value = values[name] || (inputs[name].tagName === "SELECT" ? inputs[name].options[0].value : "");
    });
    inputs.time.hidden = values.unit !== "hour";
    result.replaceChildren();
    place.classList.toggle("fadu-noprint", !values.n || !values.unit || !values.day);
    if (!values.n || !values.unit || !values.day) return;
    fadu.deadlines.load().then((all) => {
      const found = fadu.deadlines.due(rule(values), values.day + (values.unit === "hour" && values.time ? `T${values.time}` : ""), all.holidays);
      const parts = found.error ? [el("p", { class: "fadu-due-alert" }, found.error)] : [
        el("p", { class: "fadu-printonly" }, `${chinese(values.day)}${values.side === "before" ? "之前" : "起"}${values.side === "at-least" ? "不少于" : ""}${values.n}${UNITS.find(([unit]) => unit === values.unit)[1]}`),
        el("p", {}, el("span", { class: "fadu-due" }, `${chinese(found.date)}${found.at ? ` ${found.at}` : ""}`), found.sense === "until" ? " 等到这天届满" : " 最迟这天", values.title ? `：${values.title}` : ""),
        el("ol", {}, ...found.steps.map((text) => el("li", {}, text))), ...found.warnings.map((text) => el("p", { class: "fadu-due-alert" }, text)),
        el("p", { class: "fadu-actions fadu-noprint" }, el("button", { type: "button", class: "fadu-button", onclick: () => save(values, found) }, "存成日历（.ics）"))];
      result.replaceChildren(...parts);
    });
  }
  function save(values, found) {
    const title = values.title || "到期";
    const row_ = { key: `calculator/${matter.current()}/rule`, title: `${found.sense === "until" ? "届满" : "到期"}：${title}【${matter.name()}】`, day: found.date, note: found.steps.concat(found.warnings).join("\n"), alarm: found.sense === "until" ? 0 : 1 };
    fadu.deadlines.saveCalendar(`期限_${matter.name()}_${title}`, [row_]);
  }

  Object.keys(inputs).forEach((name) => inputs[name].addEventListener("input", () => {
    const values = Object.assign({}, kept());
    if (inputs[name].validity.valid && inputs[name].value) values[name] = inputs[name].value;
    else delete values[name];
    matter.set("calculator", "rule", values);
  }));
  place.append(
    el("p", { class: "fadu-note fadu-noprint" }, "单位照依据选：写“工作日”的、依据另条写明“日”指工作日的，选工作日；没有写的选自然日。", el("a", { href: `${fadu.root}terms.html#workday-natural-day` }, "各法怎样算日")),
    row("fadu-rule-title", "做完什么", inputs.title), row("fadu-rule-n", "多少", inputs.n, inputs.unit), row("fadu-rule-side", "性质", inputs.side),
    row("fadu-rule-day", "从哪天算", inputs.day, inputs.time), row("fadu-rule-first", "起算", inputs.first), row("fadu-rule-rolls", "末日遇休息日", inputs.rolls),
    row("fadu-rule-excluded", "不计入的时间", inputs.excluded, "同一单位；按月、按年的填自然日"), result);
  inputs.unit.setAttribute("aria-label", "单位");
  draw();
  document.addEventListener("fadu:matter", draw);
})();
