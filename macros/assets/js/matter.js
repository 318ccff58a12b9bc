/* Matters (件): what is ticked and typed belongs to one case. Kept on this machine only, one key per thing, so that
 * two tabs never write over each other's work. No markup here: see matterbox.js. */
(function () {
  "use strict";

  const { store, tab, page } = window.fadu;
  const FIRST = "default";
  const FORMAT = "fadu-matter";
  const listeners = [];
  const now = () => new Date().toISOString();

  const self = (id) => store.get(`${id}/matter/self`) || (id === FIRST ? { v: 1, name: "未命名件", created: "", closed: "" } : null);
  const known = (id) => Boolean(id) && id !== "-" && self(id) !== null;

  /** The matter in hand is this tab's: another tab may have another case open. A new tab starts with the last one used. */
  function current() {
    const own = tab.get("-/matter/current");
    if (known(own)) return own;
    const last = (store.get("-/matter/current") || {}).id;
    return known(last) && !self(last).closed ? last : FIRST;
  }
  function tell(what) {
    listeners.forEach((listener) => listener(what));
    document.dispatchEvent(new CustomEvent("fadu:matter", { detail: what }));
  }

  const matter = (window.fadu.matter = {
    current,
    name: (id) => (self(id || current()) || { name: "" }).name,
    list() {
      const ids = new Set([FIRST]);
      store.keys("").forEach((key) => {
        const id = key.split("/")[0];
        if (known(id)) ids.add(id);
      });
      return Array.from(ids, (id) => Object.assign({ id, current: id === current() }, self(id))).sort((a, b) => (a.closed ? 1 : 0) - (b.closed ? 1 : 0) || (b.created || "").localeCompare(a.created || ""));
    },
    create(name) {
      const id = "m" + Date.now().toString(36) + Math.floor(Math.random() * 1296).toString(36);
      store.set(`${id}/matter/self`, { name: matter.clean(name) || "未命名件", created: now(), closed: "" });
      matter.choose(id);
      return id;
    },
    clean: (name) => String(name || "").replace(/[\u0000-\u001f]+/g, " ").trim().slice(0, 60),
    choose(id) {
      if (!known(id)) return;
      tab.set("-/matter/current", id);
      store.set("-/matter/current", { id });
    },
    rename(id, name) {
      store.set(`${id}/matter/self`, Object.assign({}, self(id), { name: matter.clean(name) || "未命名件" }));
    },
    close(id) {
      store.set(`${id}/matter/self`, Object.assign({}, self(id), { closed: now() }));
      if (id === current()) matter.choose((matter.list().find((one) => !one.closed && one.id !== id) || { id: FIRST }).id);
    },
    reopen(id) {
      store.set(`${id}/matter/self`, Object.assign({}, self(id), { closed: "" }));
    },
    remove(id) {
      store.keys(`${id}/`).forEach((key) => store.remove(key));
      if (tab.get("-/matter/current") === id) tab.set("-/matter/current", FIRST);
      tell({ matter: current() });
    },
    get: (kind, id, of) => store.get(`${of || current()}/${kind}/${id}`),
    set(kind, id, value, of) {
      store.set(`${of || current()}/${kind}/${id}`, value);
    },
    ticked(check) {
      const [thing, row] = check.split("#");
      const kept = store.get(`${current()}/${thing}`);
      return Boolean(kept && kept.ticks && kept.ticks[row]);
    },
    /** Reads what is stored now, changes one row, writes: two tabs may tick the same list. */
    tick(check, on) {
      const [thing, row] = check.split("#");
      const key = `${current()}/${thing}`;
      const kept = store.get(key) || {};
      const ticks = Object.assign({}, kept.ticks);
      if (on) ticks[row] = now();
      else delete ticks[row];
      store.set(key, Object.assign({}, kept, { ticks }));
    },
    answer: (field) => (store.get(`${current()}/fields/${field}`) || { value: "" }).value,
    fill(field, value) {
      if (value === "" || value === undefined) store.remove(`${current()}/fields/${field}`);
      else store.set(`${current()}/fields/${field}`, { value });
    },
    on(listener) {
      listeners.push(listener);
    },
    pack(id) {
      const content = {};
      store.keys(`${id}/`).forEach((key) => {
        content[key.slice(id.length + 1)] = store.get(key);
      });
      content["matter/self"] = self(id);
      return { format: FORMAT, v: 1, edition: window.fadu.site.edition, org: window.fadu.site.org, version: window.fadu.site.version, exported: now(), id, name: matter.name(id), content };
    },
    /** Reads a file that was exported: the object, or what is wrong with it in words for the reader. */
    parse(text) {
      let read;
      try {
        read = JSON.parse(text);
      } catch (error) {
        return "这不是导出的件：文件读不懂";
      }
      if (!read || read.format !== FORMAT || typeof read.content !== "object" || !read.content) return "这不是从法度导出的件";
      if (read.v !== 1) return "这个文件是更新的版本导出的，请先更新法度";
      if (!/^[a-z0-9]{1,40}$/.test(read.id)) return "这个文件里件的编号写法不对";
      const entries = Object.keys(read.content);
      const good = (key) => /^[a-z-]+\/[a-z0-9-]+$/.test(key) && read.content[key] && typeof read.content[key] === "object";
      if (entries.length > 5000 || !entries.every(good)) return "这个文件里有认不出的内容，没有导入";
      return read;
    },
    /** Where the file and this machine differ: [{thing, row, here, there}]. */
    conflicts(read) {
      const found = [];
      if (!store.get(`${read.id}/matter/self`) && !store.keys(`${read.id}/`).length) return found;
      Object.keys(read.content).forEach((thing) => {
        const there = read.content[thing];
        const here = store.get(`${read.id}/${thing}`) || {};
        if (there.ticks || here.ticks) {
          const rows = new Set([...Object.keys(there.ticks || {}), ...Object.keys(here.ticks || {})]);
          rows.forEach((row) => {
            const [a, b] = [Boolean((here.ticks || {})[row]), Boolean((there.ticks || {})[row])];
            if (a !== b) found.push({ thing, row, here: a ? "已办" : "未办", there: b ? "已办" : "未办" });
          });
        }
        if (thing.startsWith("fields/") && here.value !== undefined && here.value !== there.value) found.push({ thing, row: "", here: String(here.value), there: String(there.value) });
        if (thing === "matter/self" && here.name && here.name !== there.name) found.push({ thing, row: "", here: here.name, there: there.name });
      });
      return found;
    },
    /** `how`: "file" (what the file says wins), "here" (only what is missing here is added), "new" (a matter of its own). */
    load(read, how) {
      const id = how === "new" ? "m" + Date.now().toString(36) + Math.floor(Math.random() * 1296).toString(36) : read.id;
      Object.keys(read.content).forEach((thing) => {
        const there = Object.assign({}, read.content[thing]);
        const key = `${id}/${thing}`;
        const here = store.get(key);
        if (how === "here" && here) {
          if (there.ticks) store.set(key, Object.assign({}, there, here, { ticks: Object.assign({}, there.ticks, here.ticks) }));
          return;
        }
        if (thing === "matter/self" && how === "new") there.name = matter.clean(there.name) + "（导入）";
        if (thing === "matter/self") there.name = matter.clean(there.name) || "未命名件";
        store.set(key, there);
      });
      matter.choose(id);
      return id;
    },
  });

  // Whoever changed it, this tab or another: ticked, typed, renamed, removed.
  store.on((key) => tell({ stored: key }));

  // --- pages used and pinned: the reader's, not a matter's ----------------------------------------------------------

  const rows = (name) => (store.get(`-/pages/${name}`) || { rows: [] }).rows.filter((row) => row && typeof row.url === "string" && /^[^:]*$/.test(row.url.split("#")[0]) && !row.url.startsWith("/"));
  const here = () => ({ url: page.url, title: page.title, code: page.code || "", kind: page.kindLabel || "" });
  window.fadu.pages = {
    recent: () => rows("recent"),
    pinned: () => rows("pinned"),
    isPinned: () => rows("pinned").some((row) => row.url === page.url),
    pin(on) {
      const others = rows("pinned").filter((row) => row.url !== page.url);
      store.set("-/pages/pinned", { rows: on ? [here()].concat(others).slice(0, 60) : others });
    },
  };
  if (page.url && page.key) {
    store.set("-/pages/recent", { rows: [here()].concat(rows("recent").filter((row) => row.url !== page.url)).slice(0, 12) });
  }
})();
