/* The search box in the header (combobox with a list) and the page search.html (a list with an address). */
(function () {
  "use strict";

  const fadu = window.fadu;
  const { el, all } = fadu;
  const HINT = "输入要办的事、文书名、法条（如 处罚法63条）或者拼音首字母（如 xzcf）";
  const SHELVES = { decision: "依法决策", publicity: "依法行政宣传", administration: "依法行政", oversight: "权力监督", organization: "统筹保障" };

  function marked(text, places) {
    const parts = [];
    let at = 0;
    for (const [from, to] of places || []) {
      parts.push(text.slice(at, from), el("mark", {}, text.slice(from, to)));
      at = to;
    }
    parts.push(text.slice(at));
    return parts.filter((part) => part !== "");
  }
  function inside(hit) {
    const shelf = hit.shelfLabel || SHELVES[hit.shelf];
    return [
      el("span", { class: "fadu-hit-head" },
        el("span", { class: "fadu-hit-title" }, ...marked(hit.title, hit.titleMarks)),
        hit.section ? el("span", { class: "fadu-hit-section" }, " › ", ...marked(hit.section, hit.sectionMarks)) : null),
      hit.line ? el("span", { class: "fadu-hit-line" }, ...marked(hit.line, hit.marks)) : null,
      el("span", { class: "fadu-hit-meta" }, [hit.kindLabel, shelf, hit.code].filter(Boolean).join(" · ")),
    ];
  }
  const address = (text) => `${fadu.root}search.html?q=${encodeURIComponent(text)}`;
  const told = (hits) => (hits.length && hits.every((hit) => hit.near) ? `没有一页全有这些词，下面是相近的 ${hits.length} 页` : counted(hits.length));
  const counted = (count) => (count ? (count < 50 ? `找到 ${count} 页` : "只列前 50 页，多写一个词可以缩小范围") : "没有找到。换个说法，或者少写一个字试试");

  /** Names at once, the whole when the text is there; an older answer never overwrites a newer one. */
  function asker(show) {
    let turn = 0;
    return function ask(text) {
      const mine = (turn += 1);
      if (!text.trim()) return show(text, [], "idle");
      const parts = fadu.searchParts;
      if (parts.ready()) return show(text, parts.seek(text), "done");
      parts.loadNames().then((good) => {
        if (mine !== turn) return;
        show(text, parts.seek(text), good ? "names" : "failed");
        if (good) parts.loadText().then(() => mine === turn && show(text, parts.seek(text), "done"));
      });
    };
  }

  // --- in the header ----------------------------------------------------------------------------------------------

  const box = document.querySelector(".fadu-search");
  const input = box && box.querySelector(".fadu-search-input");
  const toggle = document.getElementById("__search");
  if (input && toggle) {
    const list = document.getElementById("fadu-hits");
    const status = box.querySelector(".fadu-search-status");
    const form = box.querySelector("form");
    let at = -1;
    const options = () => all("[role=option]", list);

    const pick = (to) => {
      const found = options();
      at = found.length ? (to + found.length) % found.length : -1;
      found.forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
      if (at < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", found[at].id);
      found[at].scrollIntoView({ block: "nearest" });
    };
    const show = (text, hits, state) => {
      status.textContent = { idle: HINT, failed: "搜索数据没有读到：请确认解压完整", names: "正在读取正文…" }[state] || told(hits);
      list.textContent = "";
      hits.slice(0, 20).forEach((hit, number) => {
        list.append(el("a", { id: `fadu-hit-${number}`, role: "option", "aria-selected": "false", tabindex: "-1", class: "fadu-hit", href: fadu.root + hit.url, "data-shelf": hit.shelf || false }, ...inside(hit)));
      });
      if (hits.length) {
        list.append(el("a", { id: "fadu-hit-all", role: "option", "aria-selected": "false", tabindex: "-1", class: "fadu-hit fadu-hit-all", href: address(text) }, `全部结果，可以按类别筛选，可以发给别人 →`));
      }
      input.setAttribute("aria-expanded", String(hits.length > 0));
      at = -1;
      if (hits.length) pick(0);
      else input.removeAttribute("aria-activedescendant");
      list.parentElement.scrollTop = 0;
    };
    const ask = asker(show);
    const open = () => {
      if (!toggle.checked) toggle.checked = true;
      fadu.searchParts.loadNames();
    };
    const close = () => {
      toggle.checked = false;
      input.setAttribute("aria-expanded", "false");
      input.blur();
    };

    let composing = false;
    input.addEventListener("compositionstart", () => (composing = true));
    input.addEventListener("compositionend", () => {
      composing = false;
      ask(input.value);
    });
    input.addEventListener("input", () => composing || ask(input.value));
    input.addEventListener("focus", () => {
      open();
      if (input.value) ask(input.value);
    });
    // Out by Tab or a click elsewhere; the label that closes the search and the hits are inside.
    box.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !box.contains(event.relatedTarget)) close();
    });
    form.addEventListener("reset", () => {
      setTimeout(() => {
        ask("");
        input.focus();
      });
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const chosen = options()[at];
      if (composing || !input.value.trim()) return;
      location.href = chosen ? chosen.href : address(input.value.trim());
      close();
    });
    list.addEventListener("click", () => setTimeout(close));
    input.addEventListener("keydown", (event) => {
      if (composing || event.isComposing) return;
      const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (move) {
        pick(at + move);
        event.preventDefault();
      } else if (event.key === "Escape" || event.key === "Tab") {
        close();
        if (event.key === "Escape") event.preventDefault();
      }
      event.stopPropagation();
    });
    toggle.addEventListener("change", () => toggle.checked && input.focus());
    window.addEventListener("keydown", (event) => {
      const target = event.target;
      const typing = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(checkbox|radio|button)$/.test(target.type);
      if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
      if (event.key === "/" || event.key === "f" || event.key === "s") {
        event.preventDefault();
        input.focus();
        input.select();
      }
    });
  }
  // The theme opens its drawer and its search by labels, which no keyboard reaches.
  all("button[data-toggle]").forEach((button) => {
    const box_ = document.getElementById(button.dataset.toggle);
    button.addEventListener("click", () => box_ && box_.click());
  });

  // --- the page with an address -----------------------------------------------------------------------------------

  const place = document.getElementById("fadu-search-page");
  if (!place) return;

  const asked = () => {
    const hash = /^#q=(.*)$/.exec(location.hash);
    const query = /[?&]q=([^&]*)/.exec(location.search);
    const text = hash ? hash[1] : query ? query[1].replace(/\+/g, " ") : "";
    try {
      return decodeURIComponent(text);
    } catch (error) {
      return text;
    }
  };
  const field = el("input", { type: "search", class: "fadu-input", id: "fadu-search-field", "aria-label": "搜索", placeholder: "搜：要办的事、文书、法条、名词", autocomplete: "off", spellcheck: "false", maxlength: "200" });
  const status = el("p", { class: "fadu-search-status", role: "status" }, HINT);
  const kinds = el("div", { class: "fadu-kinds", role: "group", "aria-label": "按类别看" });
  const list = el("ol", { class: "fadu-hits fadu-hits-page" });
  const share = el("button", { type: "button", class: "fadu-button" , onclick: () => fadu.copy(location.href.replace(/[?#].*$/, "") + "?q=" + encodeURIComponent(field.value.trim())) }, "复制这次搜索的地址");
  place.textContent = "";
  place.append(el("form", { class: "fadu-search-form", onsubmit: (event) => event.preventDefault() }, field, share), status, kinds, list);

  let kind = "";
  const show = (text, hits, state) => {
    const labels = new Map();
    hits.forEach((hit) => labels.set(hit.kindLabel, (labels.get(hit.kindLabel) || 0) + 1));
    if (!labels.has(kind)) kind = "";
    status.textContent = { idle: HINT, failed: "搜索数据没有读到：请确认解压完整", names: "正在读取正文…" }[state] || told(hits);
    kinds.textContent = "";
    if (labels.size > 1) {
      [["", hits.length], ...labels].forEach(([label, count]) => {
        kinds.append(el("button", { type: "button", class: "fadu-button fadu-kind", "aria-pressed": String(label === kind), onclick: () => {
          kind = label;
          show(text, hits, state);
        } }, `${label || "全部"} ${count}`));
      });
    }
    list.textContent = "";
    hits.filter((hit) => !kind || hit.kindLabel === kind).forEach((hit) => {
      list.append(el("li", {}, el("a", { class: "fadu-hit", href: fadu.root + hit.url, "data-shelf": hit.shelf || false }, ...inside(hit))));
    });
  };
  const ask = asker(show);
  let composing = false;
  let later;
  const typed = () => {
    ask(field.value);
    clearTimeout(later);
    // Replaces the entry in the history, so that Back leaves the search instead of retyping it.
    later = setTimeout(() => location.replace("#q=" + encodeURIComponent(field.value.trim())), 300);
  };
  field.addEventListener("compositionstart", () => (composing = true));
  field.addEventListener("compositionend", () => {
    composing = false;
    typed();
  });
  field.addEventListener("input", () => composing || typed());
  window.addEventListener("hashchange", () => {
    if (asked() !== field.value.trim()) {
      field.value = asked();
      ask(field.value);
    }
  });
  field.value = asked();
  fadu.searchParts.loadNames();
  ask(field.value);
  if (!field.value) field.focus();
})();
