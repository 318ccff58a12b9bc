/* All papers of a procedure in one zip: papers in file order, 卷内目录, 缺件清单. Needs papers.js before it. */
(function () {
  "use strict";

  const fadu = window.fadu;
  const { el, all, matter, papers } = fadu;
  if (!papers) return;
  const read = (id) => Promise.all([papers.load(`assets/fadu/data/bundles/of-${id}.js`), papers.load("assets/fadu/data/bundles/index.js")]).then(() => window.faduBundles[id]);

  /** Every paper with what is missing in it. */
  function survey(found) {
    return Promise.all(found.papers.map((one) => papers.paper(one.id).then((data) => papers.missing(one.id).then((missing) => {
      const state = papers.kept(one.id);
      const begun = Object.keys(state.own).some((name) => state.own[name]) || Object.keys(state.chosen).length > 0;
      return { id: one.id, title: one.title, step: one.step, missing, begun, number: papers.number(data, state), day: papers.shown("date", state.own["paper-date"]) };
    }))));
  }

  function missingList(found, rows, chosen) {
    const lines = [`缺件清单：${matter.name()}`, `程序：${found.title}`, ""];
    rows.filter((row) => chosen.has(row.id) && row.missing.length).forEach((row) => {
      lines.push(`《${row.title}》还有 ${row.missing.length} 处：`, ...row.missing.map((one) => `  · ${one.label}：${one.why}`), "");
    });
    const evidence = found.evidence.filter((one) => !matter.ticked(one.tick));
    if (evidence.length) lines.push("没有勾选已留存的材料：", ...evidence.map((one) => `  · ${one.text}（${one.step}）`), "");
    const left = rows.filter((row) => !chosen.has(row.id));
    if (left.length) lines.push("这一次没有打包的文书：", ...left.map((row) => `  · ${row.title}`), "");
    if (lines.length === 3) lines.push("没有缺件。");
    return lines.join("\r\n");
  }

  function pack(found, rows, chosen) {
    const kept = rows.filter((row) => chosen.has(row.id));
    return papers.tools().then(() => Promise.all(kept.map((row) => papers.fill(row.id)))).then((made) => {
      const zip = new window.PizZip();
      const digits = (at) => String(at).padStart(2, "0");
      const evidence = found.evidence.filter((one) => matter.ticked(one.tick));
      const lines = kept.map((row) => ({ name: row.title, number: row.number, day: row.day, note: row.missing.length ? "未填完" : "" }))
        .concat(evidence.map((one) => ({ name: one.text, number: "", day: "", note: "" })));
      const index = new window.docxtemplater(new window.PizZip(atob(window.faduIndex)), { paragraphLoop: true, linebreaks: true, nullGetter: () => "" });
      index.render({ matter: matter.name(), procedure: found.title, today: "　　　　年　　月　　日", rows: lines.map((line, at) => Object.assign({ no: String(at + 1) }, line)) });
      zip.file("00 卷内目录.docx", index.getZip().generate({ type: "uint8array", compression: "DEFLATE" }));
      zip.file("00 缺件清单.txt", "\ufeff" + missingList(found, rows, chosen));
      made.forEach((bytes, at) => zip.file(`${digits(at + 1)} ${papers.cleanName(kept[at].title)}.docx`, bytes));
      return zip.generate({ type: "uint8array", compression: "STORE" });
    });
  }

  fadu.bundle = { pack: (id, ids) => read(id).then((found) => survey(found).then((rows) => pack(found, rows, new Set(ids || rows.map((row) => row.id))))) };

  all(".fadu-bundle[data-bundle]").forEach((place) => {
    const id = place.dataset.bundle;
    const list = el("div", {});
    const draw = () => read(id).then((found) => survey(found).then((rows) => {
      const boxes = rows.map((row) => {
        const box = el("input", { type: "checkbox", value: row.id });
        box.checked = row.begun || !row.missing.length;
        return el("li", {}, el("label", {}, box, ` ${row.title}`), el("span", { class: "fadu-note" }, row.missing.length ? `　还有 ${row.missing.length} 处没有填好` : "　已填好"));
      });
      const button = el("button", { type: "button", class: "fadu-button", onclick: () => {
        const chosen = new Set(all("input:checked", list).map((box) => box.value));
        if (!chosen.size) return fadu.say("先勾选要打包的文书");
        return survey(found).then((now) => pack(found, now, chosen)).then((bytes) => {
          fadu.save(`${papers.cleanName(matter.name())}-${papers.cleanName(found.title)}.zip`, "application/zip", bytes);
          fadu.say("已打包，缺件清单在压缩包里");
        });
      } }, "下载勾选的文书（.zip）");
      list.replaceChildren(el("ul", {}, ...boxes), el("p", {}, button));
    })).catch(() => list.replaceChildren(el("p", { class: "fadu-warning" }, "读不到这一套文书的数据：请换一份完整的离线包")));
    const box = el("details", {}, el("summary", {}, `整套填写、打包下载（.zip）：《${place.dataset.title}》的文书`), list);
    box.addEventListener("toggle", () => box.open && draw());
    place.replaceChildren(box);
  });
})();
