/* The ground the other scripts stand on: where the site is, what this page is, what is kept on this machine.
 * All scripts are classic ES2017: file:// allows neither modules nor fetch nor workers. */
(function () {
  "use strict";

  const fadu = (window.fadu = window.fadu || {});
  const root = document.currentScript.src.replace(/assets\/fadu\/js\/[^/]*$/, "");
  const holder = document.querySelector(".fadu-page");
  const site = document.querySelector('meta[name="fadu"]');

  fadu.root = root;
  fadu.site = Object.assign({ edition: "national", org: "default", version: "" }, site ? site.dataset : {});
  fadu.page = Object.assign({}, holder ? holder.dataset : {});

  fadu.el = function (name, attributes, ...children) {
    const made = document.createElement(name);
    for (const key of Object.keys(attributes || {})) {
      const value = attributes[key];
      if (value === false || value === null || value === undefined) continue;
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
    return made;
  };
  fadu.all = (selector, within) => Array.from((within || document).querySelectorAll(selector));

  /** Says a short thing to everybody: shown for a while, read out by a screen reader. */
  let live, leaving;
  fadu.say = function (text) {
    if (!live) {
      live = fadu.el("div", { class: "fadu-toast", role: "status", "aria-live": "polite" });
      document.body.append(live);
    }
    clearTimeout(leaving);
    live.textContent = text;
    live.classList.add("fadu-toast--on");
    leaving = setTimeout(() => live.classList.remove("fadu-toast--on"), 4000);
  };

  /** The clipboard API needs a secure context and a focused page; an internal wiki over http has neither for sure. */
  fadu.copy = function (text) {
    const byHand = () => {
      const area = fadu.el("textarea", { class: "fadu-visually-hidden", "aria-hidden": "true", tabindex: "-1" });
      const before = document.activeElement;
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      if (before && before.focus) before.focus();
      return done;
    };
    const told = (done) => {
      fadu.say(done ? "已复制" : "没有复制成功，请选中文字后按 Ctrl+C");
      return done;
    };
    if (navigator.clipboard && window.isSecureContext) {
      return navigator.clipboard.writeText(text).then(() => true, byHand).then(told);
    }
    return Promise.resolve(told(byHand()));
  };

  /** `content`: text, bytes or a Blob. */
  fadu.save = function (name, type, content) {
    const url = URL.createObjectURL(new Blob([content], { type }));
    const link = fadu.el("a", { href: url, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  };

  /** A file field that also takes files dropped on `zone`; elsewhere on the page a dropped file does not lead away from it. */
  fadu.droppable = function (input, zone) {
    const kinds = (input.accept || "").split(",").map((kind) => kind.trim()).filter((kind) => kind.startsWith("."));
    const holds = (event) => event.dataTransfer && Array.from(event.dataTransfer.types).includes("Files");
    ["dragover", "drop"].forEach((name) => document.addEventListener(name, (event) => holds(event) && event.preventDefault()));
    zone.addEventListener("dragover", (event) => {
      if (holds(event)) zone.dataset.over = "yes";
    });
    ["dragleave", "drop"].forEach((name) => zone.addEventListener(name, () => delete zone.dataset.over));
    zone.addEventListener("drop", (event) => {
      if (!holds(event)) return;
      const given = Array.from(event.dataTransfer.files);
      const fit = given.filter((file) => !kinds.length || kinds.some((kind) => file.name.toLowerCase().endsWith(kind)));
      if (!fit.length) return fadu.say(`这里只收${kinds.join("、")}文件`);
      const taken = new DataTransfer();
      fit.slice(0, input.multiple ? fit.length : 1).forEach((file) => taken.items.add(file));
      if (given.length > taken.files.length) fadu.say(input.multiple ? `只收${kinds.join("、")}文件，别的没有放进来` : "一次只查一个文件，取了第一个");
      input.files = taken.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      return undefined;
    });
  };

  /** What stays on this machine. Without localStorage (forbidden by policy, full) it lasts as long as the page does. */
  const prefix = `fadu/${fadu.site.edition}/${fadu.site.org}/`;
  const memory = new Map();
  let lasting = true;
  try {
    localStorage.setItem(prefix + "-/store/probe", "1");
    localStorage.removeItem(prefix + "-/store/probe");
  } catch (error) {
    lasting = false;
  }
  const listeners = [];
  const store = (fadu.store = {
    prefix,
    get lasting() {
      return lasting;
    },
    get(key) {
      let text = memory.get(key);
      if (lasting) {
        try {
          text = localStorage.getItem(prefix + key);
        } catch (error) {
          lasting = false;
        }
      }
      if (!text) return null;
      try {
        const value = JSON.parse(text);
        return value && typeof value === "object" && value.v === 1 ? value : null;
      } catch (error) {
        return null;
      }
    },
    set(key, value) {
      const text = JSON.stringify(Object.assign({ v: 1 }, value));
      if (lasting) {
        try {
          localStorage.setItem(prefix + key, text);
        } catch (error) {
          memory.set(key, text);
          lasting = false;
          fadu.say("本机存不下了：现在的记录关掉页面就没有了，请先导出");
        }
      } else {
        memory.set(key, text);
      }
      listeners.forEach((listener) => listener(key));
    },
    remove(key) {
      memory.delete(key);
      if (lasting) localStorage.removeItem(prefix + key);
      listeners.forEach((listener) => listener(key));
    },
    keys(start) {
      const names = lasting ? Object.keys(localStorage) : Array.from(memory.keys(), (key) => prefix + key);
      return names.filter((name) => name.startsWith(prefix + start)).map((name) => name.slice(prefix.length)).sort();
    },
    /** Called with the key, whoever changed it: this tab or another. */
    on(listener) {
      listeners.push(listener);
    },
  });
  window.addEventListener("storage", (event) => {
    if (event.key === null) listeners.forEach((listener) => listener(""));
    else if (event.key.startsWith(prefix)) listeners.forEach((listener) => listener(event.key.slice(prefix.length)));
  });
  /** What belongs to this tab alone, such as the matter in hand. */
  fadu.tab = {
    get(key) {
      try {
        return sessionStorage.getItem(prefix + key);
      } catch (error) {
        return memory.get("tab/" + key) || null;
      }
    },
    set(key, text) {
      try {
        sessionStorage.setItem(prefix + key, text);
      } catch (error) {
        memory.set("tab/" + key, text);
      }
    },
  };
  document.documentElement.classList.add("fadu-scripted");
  if (!store.lasting) document.documentElement.classList.add("fadu-forgetful");
})();
