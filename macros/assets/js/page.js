/* Small things of a page: copying as text, printing, the bar of a phone, tables that scroll, filters, variants. */
(function () {
  "use strict";

  const fadu = window.fadu;
  const { el, all } = fadu;
  const narrow = window.matchMedia("(max-width: 76.1875em)");
  const phone = window.matchMedia("(max-width: 44.9375em)");

  // --- 复制为文字 ---------------------------------------------------------------------------------------------------

  const SKIP = "script, style, svg, button, nav, .fadu-nocopy, .fadu-noprint, .fadu-actions, .fadu-cite-state, .headerlink, .fadu-clock, .fadu-missing, .fadu-filter, dialog, [hidden]";
  const BLOCK = /^(P|DIV|SECTION|ARTICLE|UL|OL|LI|DL|DT|DD|TABLE|TR|H[1-6]|FIGURE|FIGCAPTION|DETAILS|SUMMARY|BLOCKQUOTE|FIELDSET|LEGEND|PRE)$/;

  /** Plain text for WeChat and WPS: numbers of lists, ☐ and ☑, tables by tabs, citations in full. */
  function plain(top) {
    const lines = [];
    let line = "";
    let lead = "";
    const end = () => {
      const text = line.replace(/[ \u00a0]+/g, " ").trim();
      if (text) {
        lines.push(lead + text);
        lead = lead.replace(/\S/g, " ").replace(/ +$/, "");
      }
      line = "";
    };
    const walk = (node, depth) => {
      if (node.nodeType === 3) {
        line += node.nodeValue.replace(/\s+/g, " ");
        return;
      }
      if (node.nodeType !== 1 || (node.matches(SKIP) && node !== top)) return;
      if (node.matches(".fadu-cite") && (node.dataset.full || node.title)) {
        line += node.dataset.full || node.title;
        return;
      }
      if (node.tagName === "BR") return end();
      if (node.tagName === "INPUT") {
        if (node.type === "checkbox") line += node.checked ? "☑ " : "☐ ";
        else if (/^(text|date|number|search)$/.test(node.type)) line += node.value;
        return;
      }
      if (node.tagName === "TEXTAREA" || node.tagName === "SELECT") {
        line += node.value;
        return;
      }
      const block = BLOCK.test(node.tagName);
      const kept = lead;
      if (block) end();
      if (node.tagName === "LI") {
        const list = node.parentElement;
        const place = Array.from(list.children).filter((other) => other.tagName === "LI").indexOf(node);
        const ticks = node.querySelector("input[type=checkbox]");
        const mark = list.tagName === "OL" ? `${(list.start || 1) + place}. ` : ticks ? "" : "· ";
        lead = "  ".repeat(depth) + mark;
      }
      if (/^H[1-6]$/.test(node.tagName) && lines.length) lines.push("");
      if (node.tagName === "TR") {
        line = Array.from(node.cells, (cell) => plain(cell).replace(/\s*\n\s*/g, "；")).join("\t");
        lines.push(line);
        line = "";
        return;
      }
      const inner = node.tagName === "UL" || node.tagName === "OL" ? (node.parentElement && node.parentElement.closest("li") ? depth + 1 : depth) : depth;
      Array.from(node.childNodes).forEach((child) => walk(child, inner));
      if (node.tagName === "DT") {
        line = line.trim() && !/[：:]\s*$/.test(line) ? line + "：" : line;
        const next = node.nextElementSibling;
        if (next && next.tagName === "DD") return;
      }
      if (block) {
        end();
        lead = kept;
      }
    };
    // A dd goes on in the line of its dt.
    const flat = top.cloneNode(true);
    const from = all("input, textarea, select", top);
    all("input, textarea, select", flat).forEach((field, at) => {
      if (field.type === "checkbox") field.checked = from[at].checked;
      else field.value = from[at].value;
    });
    all("dd", flat).forEach((dd) => {
      if (!dd.previousElementSibling || dd.previousElementSibling.tagName !== "DT") return;
      const row = document.createElement("p");
      const dt = dd.previousElementSibling;
      const simple = !dd.querySelector("ul, ol, p, div, table, dl");
      row.append(...dt.childNodes, "：");
      if (simple) row.append(...dd.childNodes);
      dt.replaceWith(row);
      if (simple) dd.remove();
    });
    walk(flat, 0);
    end();
    return lines.join("\n").replace(/\n{3,}/g, "\n\n").trim();
  }
  fadu.plain = plain;

  all(".fadu-copy").forEach((button) => {
    button.addEventListener("click", () => {
      const target = (button.dataset.copyTarget && document.querySelector(button.dataset.copyTarget)) || document.querySelector(".fadu-page article");
      const { code, title, asOf } = fadu.page;
      const text = plain(target);
      const head = target.querySelector("h1") ? "" : `${title || document.title}${code ? `（${code}）` : ""}\n`;
      const foot = asOf ? `\n（法规判断日 ${asOf}，以公布的文本为准）` : "";
      fadu.copy(head + text + foot);
    });
  });
  all(".fadu-copy-cite").forEach((button) => button.addEventListener("click", () => fadu.copy(button.dataset.copy || "")));

  // --- print ------------------------------------------------------------------------------------------------------

  all(".fadu-print").forEach((button) => button.addEventListener("click", () => window.print()));
  const opened = [];
  window.addEventListener("beforeprint", () => {
    const now = new Date();
    all(".fadu-print-date").forEach((place) => (place.textContent = ` · 打印日期 ${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`));
    all(".fadu-page details:not([open])").forEach((one) => {
      one.open = true;
      opened.push(one);
    });
  });
  window.addEventListener("afterprint", () => opened.splice(0).forEach((one) => (one.open = false)));

  // --- anchors ----------------------------------------------------------------------------------------------------

  /** art-63-1 where only art-63 stands; and what lies in a closed box is opened. */
  function arrive() {
    let id = decodeURIComponent(location.hash.slice(1));
    if (!id || id.startsWith("q=")) return;
    let target = document.getElementById(id);
    while (!target && /^art-.*-\d+$/.test(id)) {
      id = id.replace(/-\d+$/, "");
      target = document.getElementById(id);
      if (target) target.scrollIntoView();
    }
    for (let box = target && target.closest("details"); box; box = box.parentElement.closest("details")) {
      if (!box.open) {
        box.open = true;
        target.scrollIntoView();
      }
    }
  }
  window.addEventListener("hashchange", arrive);
  try {
    arrive();
  } catch (error) {
    // A hash that isn't well-formed is nobody's anchor.
  }

  // --- side cards: a bar at the bottom of a phone -------------------------------------------------------------------

  /** Where the templates give no cards, they are made of the page's own sections: the page isn't sent twice. */
  function madeSide() {
    const section = (id, selector) => {
      const head = document.getElementById(id);
      for (let next = head && head.nextElementSibling; next && next.tagName !== "H2"; next = next.nextElementSibling) {
        const found = next.matches(selector) ? next : next.querySelector(selector);
        if (found) return found;
      }
      return null;
    };
    const card = (short, id, title, content) => el("section", { class: "fadu-card", "data-short": short, id: `side-${id}`, "aria-label": title },
      el("p", { class: "fadu-card-title" }, el("a", { href: "#" + id }, title)), content);
    const copy = (node) => {
      const made = node.cloneNode(true);
      all("[id]", made).forEach((part) => part.removeAttribute("id"));
      return made;
    };
    const made = [];
    const terms = section("deadlines", "table");
    if (terms) {
      const rows = all("tbody tr", terms).map((row) => el("li", {}, ...Array.from(row.cells).slice(1, 3).map((cell, at) => el("span", { class: at ? "fadu-note" : "fadu-deadline-n" }, ...copy(cell).childNodes)), " ", el("a", { href: row.querySelector("a") ? row.querySelector("a").getAttribute("href") : "#deadlines" }, "看")));
      if (rows.length) made.push(card("期限", "deadlines", `期限 ${rows.length} 项`, el("ul", {}, ...rows)));
    }
    const papers = section("papers", "ul.fadu-docs");
    if (papers) made.push(card("文书", "papers", `文书 ${papers.children.length} 件`, copy(papers)));
    const ticks = section("checklist", ".fadu-count");
    if (ticks) {
      const scope = ticks.dataset.for;
      made.push(card("清单", "checklist", "清单", el("div", {}, el("p", {}, el("span", { class: "fadu-count", "data-for": scope })), el("div", { class: "fadu-missing", "data-for": scope }))));
    }
    if (!made.length) return null;
    const aside = el("aside", { class: "fadu-side fadu-side--made fadu-noprint fadu-nocopy", "aria-label": "本页要点" }, el("div", { class: "fadu-side-inner" }, ...made));
    document.querySelector(".fadu-page article").append(aside);
    document.dispatchEvent(new CustomEvent("fadu:matter"));
    return aside;
  }
  const side = document.querySelector(".fadu-side") || (document.querySelector(".fadu-page:not(.fadu-page--wide)") && madeSide());
  const cards = side ? all(".fadu-card[data-short]", side) : [];
  if (cards.length) {
    const buttons = cards.map((card) => el("button", { type: "button", class: "fadu-bar-button", "aria-expanded": "false", "aria-controls": card.id, onclick: () => turn(card) }, card.dataset.short));
    const bar = el("nav", { class: "fadu-bar fadu-noprint", "aria-label": "本页工具" }, ...buttons);
    const turn = (card) => {
      cards.forEach((other, at) => {
        const on = other === card && !other.classList.contains("fadu-card--open");
        other.classList.toggle("fadu-card--open", on);
        buttons[at].setAttribute("aria-expanded", String(on));
      });
    };
    document.body.append(bar);
    document.documentElement.classList.add("fadu-barred");
    document.addEventListener("keydown", (event) => {
      const open = cards.findIndex((card) => card.classList.contains("fadu-card--open"));
      if (event.key !== "Escape" || open < 0) return;
      turn(null);
      buttons[open].focus();
    });
    side.addEventListener("click", (event) => event.target.closest("a") && turn(null));
    narrow.addEventListener("change", () => turn(null));
  }

  // --- charts and tables ------------------------------------------------------------------------------------------

  all(".fadu-chart").forEach((chart, at) => {
    const box = chart.querySelector(".fadu-chart-box");
    if (!box) return;
    box.id = box.id || `fadu-chart-box-${at}`;
    const button = el("button", { type: "button", class: "fadu-button fadu-chart-open fadu-noprint", "aria-controls": box.id, "aria-expanded": "false", onclick: () => set(!chart.classList.contains("fadu-chart--open")) });
    const set = (open) => {
      chart.classList.toggle("fadu-chart--open", open);
      button.setAttribute("aria-expanded", String(open));
      button.textContent = open ? "收起流程图" : "看流程图";
    };
    box.before(button);
    set(false);
  });
  const scrolling = () => all(".fadu-table, .fadu-chart-box").forEach((box) => {
    const wide = box.scrollWidth > box.clientWidth + 1;
    const name = box.getAttribute("data-name") || (box.matches(".fadu-table") ? "表格，可以左右滚动" : "流程图，可以左右滚动");
    if (wide) {
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", name);
    } else if (box.hasAttribute("tabindex")) {
      ["tabindex", "role", "aria-label"].forEach((attribute) => box.removeAttribute(attribute));
    }
  });
  scrolling();
  let resizing;
  window.addEventListener("resize", () => {
    clearTimeout(resizing);
    resizing = setTimeout(scrolling, 200);
  });
  phone.addEventListener("change", scrolling);

  // --- filters ----------------------------------------------------------------------------------------------------

  all("form.fadu-filter").forEach((form) => {
    const target = document.querySelector(form.dataset.filter);
    if (!target) return;
    const rows = all("tbody tr, li", target).filter((row) => row.closest("thead") === null && (row.tagName === "TR" || row.parentElement === target || row.parentElement.closest("li") === null));
    const texts = rows.map((row) => row.textContent.toLowerCase().replace(/\s+/g, ""));
    const output = form.querySelector(".fadu-filter-count");
    const apply = () => {
      let left = 0;
      rows.forEach((row, at) => {
        const fits = all("select[name], input[name]", form).every((field) => {
          const value = field.value.trim();
          if (!value) return true;
          if (field.tagName === "SELECT") return (row.dataset[field.name] || "").split(" ").indexOf(value) >= 0;
          return value.toLowerCase().split(/\s+/).every((word) => texts[at].includes(word));
        });
        row.hidden = !fits;
        left += fits ? 1 : 0;
      });
      if (output) output.textContent = `${left} / ${rows.length}`;
    };
    form.addEventListener("input", apply);
    form.addEventListener("change", apply);
    form.addEventListener("reset", () => setTimeout(apply));
    form.addEventListener("submit", (event) => event.preventDefault());
    apply();
  });

  // --- official words: a link to an article opens them --------------------------------------------------------------

  const unfold = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const article = target && target.closest(".fadu-article");
    const words = article && article.querySelector("details.fadu-official");
    if (words) words.open = true;
  };
  window.addEventListener("hashchange", unfold);
  unfold();

  // --- variants ---------------------------------------------------------------------------------------------------

  const switches = all(".fadu-variant-switch");
  if (switches.length && document.querySelector(".fadu-variant[data-variant]")) {
    const holder = document.querySelector(".fadu-page");
    const choices = [["county", "县"], ["township", "乡镇"], ["both", "都看"]];
    const choose = (value) => {
      holder.dataset.variantShown = value;
      all("button", holder).forEach((button) => button.dataset.choice && button.setAttribute("aria-pressed", String(button.dataset.choice === value)));
    };
    switches.forEach((place) => {
      place.hidden = false;
      place.setAttribute("role", "group");
      place.setAttribute("aria-label", "看哪一级的做法");
      choices.forEach(([value, label]) => place.append(el("button", { type: "button", class: "fadu-button", "data-choice": value, onclick: () => {
        choose(value);
        fadu.store.set("-/reader/variant", { value });
      } }, label)));
    });
    const kept = (fadu.store.get("-/reader/variant") || {}).value;
    choose(choices.some(([value]) => value === kept) ? kept : "both");
  }

  // --- only what is to be ticked ----------------------------------------------------------------------------------

  all(".fadu-only-ticks").forEach((button) => button.addEventListener("click", () => {
    const on = document.querySelector(".fadu-page").classList.toggle("fadu-page--ticks");
    button.setAttribute("aria-pressed", String(on));
    const steps = document.getElementById("steps");
    if (on && steps) steps.scrollIntoView();
  }));
})();
