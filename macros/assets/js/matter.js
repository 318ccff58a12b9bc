/* Matters (件): what is ticked and typed belongs to one case. Kept on this machine only, one key per thing, so that
 * two tabs never write over each other's work. No markup here: see matterbox.js. */
(function () {
  "use strict";

  const { store, tab, page } = window.fadu;
  const FIRST = "default";
  const FORMAT = "fadu-matter";
  const ALL = "fadu-all";
  const OWN = ["quiz/book", "quiz/session", "pages/pinned"]; // the reader's own, in no matter
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
    /** How much is in a matter: ticks, fields, dates, answers, each counted once. */
    size(id) {
      return store.keys(`${id || current()}/`).filter((key) => !/\/matter\/[^/]+$/.test(key)).reduce((sum, key) => {
        const parts = Object.values(store.get(key) || {}).filter((part) => part && typeof part === "object");
        return sum + (parts.length ? parts.reduce((all, part) => all + Object.keys(part).length, 0) : 1);
      }, 0);
    },
    /** Whole days since a matter of some size was last exported, or since it was begun; 0 where there is little to lose. */
    unsaved(id, least = 20) {
      const which = id || current();
      const known_ = self(which);
      if (!known_ || known_.closed || matter.size(which) < least) return 0;
      let since = known_.saved || known_.created || known_.since;
      if (!since) {
        const times = [];
        store.keys(`${which}/`).forEach((key) => {
          const found = store.get(key) || {};
          times.push(found["at"], ...Object.values(found.ticks || {}));
        });
        since = times.filter((time) => typeof time === "string" && !isNaN(Date.parse(time))).sort()[0] || now();
        store.set(`${which}/matter/self`, Object.assign({}, known_, { since }));
      }
      return Math.max(0, Math.floor((Date.now() - Date.parse(since)) / 864e5));
    },
    /** Notes that a matter has been taken out of this browser. */
    saved(id) {
      store.set(`${id}/matter/self`, Object.assign({}, self(id), { saved: now() }));
    },
    pack(id) {
      const content = {};
      store.keys(`${id}/`).forEach((key) => {
        content[key.slice(id.length + 1)] = store.get(key);
      });
      content["matter/self"] = self(id);
      return { format: FORMAT, v: 1, edition: window.fadu.site.edition, org: window.fadu.site.org, version: window.fadu.site.version, exported: now(), id, name: matter.name(id), content };
    },
    /** Everything: all matters, and what is the reader's own (错题本, 收藏). */
    packAll() {
      const reader = {};
      OWN.forEach((thing) => {
        const found = store.get(`-/${thing}`);
        if (found) reader[thing] = found;
      });
      return { format: ALL, v: 1, edition: window.fadu.site.edition, org: window.fadu.site.org, version: window.fadu.site.version, exported: now(), name: "全部", matters: matter.list().map((one) => matter.pack(one.id)), reader };
    },
    /** Reads a file that was exported: the object, or what is wrong with it in words for the reader. */
    parse(text) {
      let read;
      try {
        read = JSON.parse(text);
      } catch (error) {
        return "这不是导出的件：文件读不懂";
      }
      if (!read || (read.format !== FORMAT && read.format !== ALL)) return "这不是从法度导出的件";
      if (read.v !== 1) return "这个文件是更新的版本导出的，请先更新法度";
      if (read.format === FORMAT) return wrong(read) || read;
      if (!Array.isArray(read.matters) || !read.matters.length || read.matters.length > 1000) return "这不是从法度导出的件";
      const bad = read.matters.map((one) => (one && one.format === FORMAT && one.v === 1 ? wrong(one) : "这个文件里有认不出的内容，没有导入")).find(Boolean);
      if (bad) return bad;
      const reader = read.reader && typeof read.reader === "object" ? read.reader : {};
      if (!Object.keys(reader).every((thing) => OWN.indexOf(thing) >= 0 && reader[thing] && typeof reader[thing] === "object")) return "这个文件里有认不出的内容，没有导入";
      return Object.assign({}, read, { reader });
    },
    /** Where the file and this machine differ: [{matter, thing, row, here, there}]. */
    conflicts(read) {
      if (read.format === ALL) return read.matters.reduce((all, one) => all.concat(matter.conflicts(one)), []);
      const found = [];
      if (!store.get(`${read.id}/matter/self`) && !store.keys(`${read.id}/`).length) return found;
      const add = (thing, row, here, there, title) => found.push({ matter: matter.name(read.id), thing, row, here, there, title });
      Object.keys(read.content).forEach((thing) => {
        const there = read.content[thing];
        const here = store.get(`${read.id}/${thing}`) || {};
        const title = here.title || there.title;
        if (there.ticks || here.ticks) {
          const rows = new Set([...Object.keys(there.ticks || {}), ...Object.keys(here.ticks || {})]);
          rows.forEach((row) => {
            const [a, b] = [Boolean((here.ticks || {})[row]), Boolean((there.ticks || {})[row])];
            if (a !== b) add(thing, row, a ? "已办" : "未办", b ? "已办" : "未办");
          });
        }
        if (thing.startsWith("fields/")) {
          if (here.value !== undefined && !same(here.value, there.value)) add(thing, "", said(here.value), said(there.value));
        } else if (thing === "matter/self") {
          if (here.name && here.name !== there.name) add(thing, "", here.name, there.name);
        } else {
          // Dates of 算期限, answers of 做判断 and whatever else has rows: what both sides have, but not alike.
          Object.keys(there).filter((part) => part !== "ticks" && rowed(there[part]) && rowed(here[part])).forEach((part) => {
            Object.keys(there[part]).forEach((row) => {
              const [a, b] = [here[part][row], there[part][row]];
              if (a !== undefined && !same(a, b)) add(thing, row, said(a), said(b), title);
            });
          });
        }
      });
      return found;
    },
    /** `how`: "file" (what the file says wins), "here" (only what is missing here is added), "new" (a matter of its own). */
    load(read, how) {
      if (read.format === ALL) {
        const before = current();
        read.matters.forEach((one) => matter.load(one, how));
        Object.keys(read.reader).forEach((thing) => {
          const here = store.get(`-/${thing}`);
          if (thing === "pages/pinned") store.set(`-/${thing}`, { rows: joined((here || {}).rows, read.reader[thing].rows) });
          else if (thing !== "quiz/session" || !here) store.set(`-/${thing}`, here ? merged(read.reader[thing], here) : read.reader[thing]);
        });
        matter.choose(before);
        return before;
      }
      const id = how === "new" ? "m" + Date.now().toString(36) + Math.floor(Math.random() * 1296).toString(36) : read.id;
      Object.keys(read.content).forEach((thing) => {
        const there = Object.assign({}, read.content[thing]);
        const key = `${id}/${thing}`;
        const here = store.get(key);
        if (how === "here" && here) {
          store.set(key, merged(there, here));
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

  const rowed = (value) => Boolean(value) && typeof value === "object" && !Array.isArray(value);
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const said = (value) => (typeof value === "object" ? JSON.stringify(value) : String(value));
  /** What is here wins, row by row; what only the file has is added. */
  function merged(there, here) {
    const found = Object.assign({}, there, here);
    Object.keys(there).forEach((part) => {
      if (rowed(there[part]) && rowed(here[part])) found[part] = Object.assign({}, there[part], here[part]);
    });
    return found;
  }
  const joined = (here, there) => [here, there].reduce((all, rows) => all.concat((Array.isArray(rows) ? rows : []).filter((row) => row && !all.some((other) => other.url === row.url))), []).slice(0, 60);
  /** What is wrong with one matter of a file; empty if nothing is. */
  function wrong(read) {
    if (typeof read.content !== "object" || !read.content) return "这不是从法度导出的件";
    if (!/^[a-z0-9]{1,40}$/.test(read.id)) return "这个文件里件的编号写法不对";
    const entries = Object.keys(read.content);
    const good = (key) => /^[a-z-]+\/[a-z0-9-]+$/.test(key) && read.content[key] && typeof read.content[key] === "object";
    return entries.length > 5000 || !entries.every(good) ? "这个文件里有认不出的内容，没有导入" : "";
  }

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
