/* What the reader sees of matters: ticks, counters, what is missing, the switcher in the header. */
(function () {
  "use strict";

  const fadu = window.fadu;
  const { el, all, matter, store } = fadu;

  // --- ticks ------------------------------------------------------------------------------------------------------

  const ticks = () => all("input.fadu-tick[data-check]");
  const rowsFor = (scope) => {
    const found = new Map();
    ticks().forEach((tick) => {
      const check = tick.dataset.check;
      if ((scope === "*" || check.split("#")[0] === scope) && !found.has(check)) found.set(check, tick);
    });
    return found;
  };
  const labelOf = (tick) => {
    const said = tick.dataset.label || tick.getAttribute("aria-label");
    if (said) return said;
    const label = (tick.labels && tick.labels[0]) || tick.parentElement;
    const copy = label.cloneNode(true);
    all(".fadu-cite, .fadu-cites, .fadu-nocopy", copy).forEach((part) => part.remove());
    return copy.textContent.replace(/\s+/g, " ").trim();
  };
  const anchorOf = (tick) => {
    const step = tick.closest("[id^='step-'], [id]");
    return step && step !== tick ? step.id : "";
  };

  function draw() {
    ticks().forEach((tick) => {
      const on = matter.ticked(tick.dataset.check);
      if (tick.checked !== on) tick.checked = on;
    });
    all(".fadu-count").forEach((place) => {
      const rows = Array.from(rowsFor(place.dataset.for || "*").values());
      const said = place.previousSibling && /已办\s*$/.test(place.previousSibling.textContent);
      const text = rows.length ? `${said ? "" : "已办 "}${rows.filter((tick) => tick.checked).length} / ${rows.length}` : "";
      if (place.textContent !== text) place.textContent = text;
    });
    all(".fadu-missing").forEach(drawMissing);
    all("[data-matter-name]").forEach((place) => (place.textContent = matter.name()));
    all(".fadu-field[data-field]").forEach((field) => {
      const value = matter.answer(field.dataset.field);
      if (field !== document.activeElement && field.value !== value) field.value = value;
      field.classList.toggle("fadu-field--filled", value !== "");
    });
    all("[data-field-value]").forEach((place) => {
      if (place.dataset.empty === undefined) place.dataset.empty = place.textContent;
      place.textContent = matter.answer(place.dataset.fieldValue) || place.dataset.empty;
    });
  }
  let drawing = 0;
  const redraw = () => {
    drawing = drawing || requestAnimationFrame(() => {
      drawing = 0;
      draw();
    });
  };

  function drawMissing(place) {
    const open = Array.from(rowsFor(place.dataset.for || "*").values()).filter((tick) => !tick.checked);
    const papers = open.filter((tick) => /^(evidence|document)$/.test(tick.dataset.kind || ""));
    const gates = (tick) => (tick.dataset.gate === "yes" ? 0 : 1);
    const checks = open.filter((tick) => papers.indexOf(tick) < 0).sort((a, b) => gates(a) - gates(b));
    const state = open.map((tick) => tick.dataset.check).join();
    if (place.dataset.state === state) return;
    place.dataset.state = state;
    const shown = new Set(all("details[open]", place).map((one) => one.dataset.group));
    place.textContent = "";
    if (!open.length) {
      if (rowsFor(place.dataset.for || "*").size) place.append(el("p", { class: "fadu-missing-none" }, "没有缺件，检查项都办了。"));
      return;
    }
    [["缺件", papers], ["未核对", checks]].forEach(([name, rows]) => {
      if (!rows.length) return;
      place.append(el("details", { "data-group": name, open: shown.has(name) },
        el("summary", {}, `${name} ${rows.length}`),
        el("ul", {}, ...rows.map((tick) => el("li", {},
          tick.dataset.gate === "yes" ? el("span", { class: "fadu-chip", "data-tone": "bad" }, "门槛") : null,
          anchorOf(tick) ? el("a", { href: "#" + anchorOf(tick) }, labelOf(tick)) : labelOf(tick))))));
    });
  }

  document.addEventListener("change", (event) => {
    const target = event.target;
    if (target.matches("input.fadu-tick[data-check]")) matter.tick(target.dataset.check, target.checked);
    else if (target.matches(".fadu-field[data-field]")) matter.fill(target.dataset.field, target.value);
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches(".fadu-field[data-field]")) matter.fill(event.target.dataset.field, event.target.value);
  });
  all(".fadu-clear").forEach((button) => {
    button.addEventListener("click", () => {
      ask(`把“${matter.name()}”在这里的勾选全部去掉？`, "全部去掉", () => rowsFor(button.dataset.for || "*").forEach((tick, check) => matter.tick(check, false)));
    });
  });
  all(".fadu-matter-note").forEach((place) => {
    place.append(
      el("span", {}, "件：", el("strong", { "data-matter-name": "" }), "。"),
      el("span", {}, store.lasting ? "勾选和填写只存在这台电脑的这个浏览器里，不会传出去；请不要录入涉密信息。" : "这台电脑不让浏览器保存记录：关掉页面就没有了，要留请导出。请不要录入涉密信息。"));
  });
  document.addEventListener("fadu:matter", redraw);
  draw();

  // --- the switcher -----------------------------------------------------------------------------------------------

  const button = document.querySelector(".fadu-matter-button");
  const dialog = el("dialog", { class: "fadu-dialog", "aria-labelledby": "fadu-dialog-title" });
  document.body.append(dialog);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.addEventListener("close", () => (dialog.textContent = ""));

  const say = (text, action, danger) => el("button", { type: "button", class: "fadu-button" + (danger ? " fadu-button--danger" : ""), onclick: action }, text);
  function show(title, ...content) {
    dialog.textContent = "";
    dialog.append(el("div", { class: "fadu-dialog-inner" },
      el("div", { class: "fadu-dialog-head" }, el("h2", { id: "fadu-dialog-title", tabindex: "-1" }, title), say("关闭", () => dialog.close())),
      ...content));
    if (!dialog.open) dialog.showModal();
    document.getElementById("fadu-dialog-title").focus();
  }
  /** Never window.confirm: it can't be read in large type, and says "此网页显示". */
  function ask(question, yes, action, back) {
    show("请确认", el("p", {}, question), el("p", { class: "fadu-dialog-row" },
      say(yes, () => {
        action();
        if (back) back();
        else dialog.close();
      }, true),
      say("不要", () => (back ? back() : dialog.close()))));
  }
  const safe = (name) => name.replace(/[\\/:*?"<>|\s]+/g, "_").slice(0, 40);
  const day = () => {
    const today = new Date();
    return `${today.getFullYear()}${String(today.getMonth() + 1).padStart(2, "0")}${String(today.getDate()).padStart(2, "0")}`;
  };
  const save = (id) => {
    matter.saved(id);
    fadu.save(`法度_${safe(matter.name(id))}_${day()}.json`, "application/json", JSON.stringify(matter.pack(id), null, 1) + "\n");
  };
  const saveAll = () => {
    matter.list().forEach((one) => matter.size(one.id) && matter.saved(one.id));
    fadu.save(`法度_全部_${day()}.json`, "application/json", JSON.stringify(matter.packAll(), null, 1) + "\n");
  };

  function row(one) {
    const inName = el("input", { class: "fadu-input", value: one.name, "aria-label": "改名", maxlength: "60" });
    const rename = el("form", { class: "fadu-dialog-row", hidden: true, onsubmit: (event) => {
      event.preventDefault();
      matter.rename(one.id, inName.value);
      manage();
    } }, inName, el("button", { class: "fadu-button" }, "改名"));
    return el("li", { class: "fadu-matter" + (one.current ? " fadu-matter--current" : "") },
      el("div", { class: "fadu-dialog-row" },
        el("button", { type: "button", class: "fadu-matter-use", "aria-pressed": String(one.current), onclick: () => {
          if (one.closed) matter.reopen(one.id);
          matter.choose(one.id);
          manage();
        } }, one.name, one.current ? el("span", { class: "fadu-chip" }, "正在办") : null, one.closed ? el("span", { class: "fadu-chip", "data-tone": "quiet" }, "已办结") : null),
        say("改名", () => {
          rename.hidden = !rename.hidden;
          if (!rename.hidden) inName.focus();
        }),
        one.closed ? say("重新打开", () => {
          matter.reopen(one.id);
          manage();
        }) : say("办结", () => {
          matter.close(one.id);
          manage();
        }),
        say("导出", () => save(one.id)),
        say("删除", () => ask(`删除“${one.name}”？勾选和填写的内容都会删掉，不能恢复。要留的话先导出。`, "删除", () => matter.remove(one.id), manage), true)),
      rename);
  }
  function manage() {
    const name = el("input", { class: "fadu-input", "aria-label": "新的件：案号或者名称", placeholder: "案号或者名称", maxlength: "60" });
    const file = el("input", { type: "file", accept: ".json,application/json", class: "fadu-visually-hidden", "aria-label": "导入件", tabindex: "-1", onchange: () => file.files[0] && take(file.files[0]) });
    show("件",
      el("p", { class: "fadu-note" }, store.lasting
        ? "一件一份勾选和填写的内容。只存在这台电脑的这个浏览器里，不会传出去；换电脑、清浏览器之前请导出。请不要录入涉密信息。"
        : "这台电脑不让浏览器保存记录：关掉页面就没有了，要留请导出。请不要录入涉密信息。"),
      el("form", { class: "fadu-dialog-row", onsubmit: (event) => {
        event.preventDefault();
        if (!matter.clean(name.value)) return name.focus();
        matter.create(name.value);
        dialog.close();
        fadu.say(`现在办的是：${matter.name()}`);
      } }, name, el("button", { class: "fadu-button fadu-button--main" }, "新建")),
      el("ul", { class: "fadu-matters" }, ...matter.list().map(row)),
      el("p", { class: "fadu-dialog-row" }, say("导入…", () => file.click()), file, say("全部导出", saveAll)),
      el("p", { class: "fadu-note" }, "全部导出：所有的件，还有错题本和收藏。"));
  }
  function take(file) {
    if (file.size > 5e6) return fadu.say("文件太大，不是导出的件");
    const reader = new FileReader();
    reader.onerror = () => fadu.say("文件读不出来");
    reader.onload = () => {
      const read = matter.parse(reader.result);
      if (typeof read === "string") return show("没有导入", el("p", { role: "alert" }, read), el("p", {}, say("返回", manage)));
      const done = (how) => {
        matter.load(read, how);
        dialog.close();
        fadu.say(read.matters ? `已导入 ${read.matters.length} 件` : `已导入：${matter.name()}`);
      };
      const differ = matter.conflicts(read);
      if (!differ.length) return done("file");
      const from = { "matter/self": "名称" };
      show("本机已有这一件，有不同",
        el("p", {}, read.matters ? `文件里的件有本机已有的，${differ.length} 处不同：` : `“${matter.clean(read.name)}”本机已有，和文件有 ${differ.length} 处不同：`),
        el("div", { class: "fadu-table" }, el("table", {},
          el("thead", {}, el("tr", {}, el("th", {}, "内容"), el("th", {}, "本机"), el("th", {}, "文件"))),
          el("tbody", {}, ...differ.slice(0, 200).map((one) => el("tr", {}, el("td", {}, (read.matters ? `${one.matter}：` : "") + rowName(one, from)), el("td", {}, one.here), el("td", {}, one.there)))))),
        el("p", { class: "fadu-dialog-row" }, say("以文件为准", () => done("file")), say("以本机为准，只补缺的", () => done("here")), say("另存为一件", () => done("new")), say("不导入", () => dialog.close())));
    };
    reader.readAsText(file);
  }
  const KINDS = { calculator: "算期限", triage: "做判断", fields: "填写", documents: "文书", procedures: "程序", checklists: "清单" };
  const rowName = (one, from) => {
    const tick = ticks().find((other) => other.dataset.check === `${one.thing}#${one.row}`);
    if (tick) return labelOf(tick);
    const [kind, id] = one.thing.split("/");
    return from[one.thing] || [KINDS[kind] || kind, one.title || id, one.row].filter(Boolean).join(" ");
  };
  if (button) button.addEventListener("click", manage);
  fadu.manageMatters = manage;
  all(".fadu-matter-manage").forEach((other) => other.addEventListener("click", manage));
  all(".fadu-matter-export").forEach((other) => other.addEventListener("click", () => save(matter.current())));

  // --- a reminder to export: what is only in this browser goes with it ---------------------------------------------------

  const DAYS = 14;
  function remind() {
    const before = document.querySelector(".fadu-remind");
    if (before) before.remove();
    const id = matter.current();
    const later = (store.get("-/reader/remind") || {}).until || "";
    const days = store.lasting && later < new Date().toISOString() ? matter.unsaved(id) : 0;
    const page = document.querySelector(".fadu-page");
    if (!page || days < DAYS) return;
    const bar = el("div", { class: "fadu-remind fadu-noprint fadu-nocopy", role: "region", "aria-label": "提醒导出" },
      el("span", {}, `“${matter.name(id)}”有 ${matter.size(id)} 项记录，${days} 天没有导出，只存在这个浏览器里。`),
      say("导出", () => {
        save(id);
        bar.remove();
      }),
      say("七天后再说", () => {
        store.set("-/reader/remind", { until: new Date(Date.now() + 7 * 864e5).toISOString() });
        bar.remove();
      }));
    page.prepend(bar);
  }
  remind();

  // --- pages used and pinned --------------------------------------------------------------------------------------

  const home = document.getElementById("fadu-recent");
  function drawRecent() {
    if (!home) return;
    home.textContent = "";
    const block = (title, rows, empty) => el("section", { class: "fadu-recent" }, el("h2", {}, title),
      rows.length ? el("ul", {}, ...rows.map((one) => el("li", {}, el("a", { href: fadu.root + one.url }, String(one.title)), one.code ? el("span", { class: "fadu-code" }, String(one.code)) : null))) : el("p", { class: "fadu-empty" }, empty));
    home.append(block("收藏", fadu.pages.pinned(), "在页面上点“收藏”，就会出现在这里"), block("最近用过", fadu.pages.recent().slice(0, 8), "打开过的页面会出现在这里"));
  }
  const pins = all(".fadu-pin");
  const drawPins = () => pins.forEach((pin) => {
    const on = fadu.pages.isPinned();
    pin.setAttribute("aria-pressed", String(on));
    pin.textContent = on ? "已收藏" : "收藏";
  });
  pins.forEach((pin) => pin.addEventListener("click", () => fadu.pages.pin(!fadu.pages.isPinned())));
  store.on((key) => {
    if (key === "" || key.startsWith("-/pages/")) {
      drawRecent();
      drawPins();
    }
  });
  drawRecent();
  drawPins();

  const since = document.getElementById("fadu-since");
  if (since) {
    const seen = (store.get("-/site/version") || {}).version;
    since.hidden = !seen || seen === since.dataset.version;
    if (seen !== since.dataset.version) store.set("-/site/version", { version: since.dataset.version });
  }
})();
