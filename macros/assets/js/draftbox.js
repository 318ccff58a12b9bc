/* 文稿体检, the page: a pasted text or a file → the findings of drafts.js. Nothing typed here is kept. */
(function () {
  "use strict";

  const fadu = window.fadu;
  const place = document.getElementById("fadu-draft");
  if (!place) return;
  const { el } = fadu;
  const { check } = fadu.drafts;
  const box = document.getElementById("draft-text");
  const input = document.getElementById("draft-file");
  const result = document.getElementById("draft-result");
  const copy = document.getElementById("draft-copy");
  const W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
  const LARGEST = 50e6;
  let told = "";
  let name = "";

  const loading = {};
  function load(path) {
    loading[path] = loading[path] || new Promise((resolve, reject) => {
      const script = el("script", { src: fadu.root + path });
      script.onload = resolve;
      script.onerror = () => {
        delete loading[path];
        reject(new Error("这一页缺了数据文件，请换一份完整的离线包"));
      };
      document.head.append(script);
    });
    return loading[path];
  }

  // --- files ---------------------------------------------------------------------------------------------------------

  /** A paragraph's words, as macros/docfile.py reads them. */
  function words(paragraph) {
    let text = "";
    const walk = (node) => Array.from(node.childNodes).forEach((child) => {
      if (child.namespaceURI !== W) return;
      if (child.localName === "t") text += child.textContent;
      else if (child.localName === "tab") text += "\t";
      else if (child.localName === "br" || child.localName === "cr") text += "\n";
      else if (child.localName === "noBreakHyphen") text += "-";
      else if (child.localName === "r" || child.localName === "hyperlink") walk(child);
    });
    walk(paragraph);
    return text;
  }
  const inside = (node, tag) => Array.from(node.childNodes).filter((child) => child.namespaceURI === W && child.localName === tag);
  function docx(buffer) {
    const zip = new window.PizZip(buffer);
    const part = zip.file("word/document.xml");
    if (!part) throw new Error("不是完好的 .docx 文件");
    const read = new DOMParser().parseFromString(part.asText(), "application/xml");
    const body = read.getElementsByTagNameNS(W, "body")[0];
    if (!body) throw new Error("不是完好的 .docx 文件");
    const lines = [];
    Array.from(body.childNodes).forEach((block) => {
      if (block.localName === "p") lines.push(...words(block).split("\n"));
      else if (block.localName === "tbl") {
        inside(block, "tr").forEach((row) => lines.push(inside(row, "tc").map((cell) => inside(cell, "p").map(words).join(" ").replace(/\s+/g, " ")).join("\t")));
      }
    });
    const numbered = read.getElementsByTagNameNS(W, "numPr").length;
    const note = numbered ? `${numbered} 段用了自动编号，号码没有读到；先在 WPS 里转为文本再查，序号才准` : "";
    return { text: lines.join("\n"), note };
  }
  function plain(buffer) {
    const bytes = new Uint8Array(buffer);
    if ((bytes[0] === 255 && bytes[1] === 254) || (bytes[0] === 254 && bytes[1] === 255)) {
      return { text: new TextDecoder(bytes[0] === 255 ? "utf-16le" : "utf-16be").decode(bytes), note: "" };
    }
    try {
      return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes), note: "" };
    } catch (error) {
      return { text: new TextDecoder("gb18030").decode(bytes), note: "" };
    }
  }
  function bytes(file) {
    return new Promise((resolve, reject) => {
      const reader = new FileReader();
      reader.onload = () => resolve(reader.result);
      reader.onerror = () => reject(new Error("文件打不开"));
      reader.readAsArrayBuffer(file);
    });
  }
  function open(file) {
    const kind = file.name.toLowerCase().replace(/^.*\./, "");
    if (kind !== "docx" && kind !== "txt") return Promise.reject(new Error(`不收 .${kind} 文件，用 WPS 或 Word 另存为 .docx`));
    if (file.size > LARGEST) return Promise.reject(new Error("文件太大（超过 50 MB）；去掉图片另存一份"));
    return (kind === "docx" ? load("assets/fadu/vendor/pizzip.js") : Promise.resolve()).then(() => bytes(file)).then((buffer) => {
      if (kind === "txt") return plain(buffer);
      try {
        return docx(buffer);
      } catch (error) {
        throw new Error("不是完好的 .docx 文件，或者加了密码");
      }
    });
  }

  // --- findings ------------------------------------------------------------------------------------------------------

  /** Selects the words, or the line, in the text. */
  function go(row) {
    const lines = box.value.split("\n");
    const start = lines.slice(0, row.line - 1).reduce((total, line) => total + line.length + 1, 0);
    const line = lines[row.line - 1] || "";
    const at = line.indexOf(row.words);
    box.focus();
    box.setSelectionRange(start + Math.max(0, at), start + (at < 0 ? line.length : at + row.words.length));
    box.scrollTop = Math.max(0, box.scrollHeight * (start / Math.max(1, box.value.length)) - box.clientHeight / 2);
    box.scrollIntoView({ block: "nearest" });
  }
  function show(found, rules, note, size) {
    const counts = Object.keys(rules).map((rule) => [rules[rule], found.filter((row) => row.rule === rule).length]).filter((one) => one[1]);
    const head = found.length ? `查出 ${found.length} 处：${counts.map(([label, count]) => `${label} ${count}`).join("，")}。` : "没有查出毛病。规则查不到的，还要人看。";
    told = [`文稿体检${name ? `：${name}` : ""}`, head].concat(note || [], found.map((row) => `第${row.line}行 ${rules[row.rule]}：${row.message}（“${row.words}”）${row.hint}`)).join("\n");
    result.replaceChildren(
      el("h2", { id: "found" }, "结果"),
      el("p", { class: "fadu-draft-head" }, `${head}全文 ${size} 字。`),
      note ? el("p", { class: "fadu-note" }, note) : "",
      found.length ? el("div", { class: "fadu-table", "data-stack": "yes" }, el("table", {},
        el("thead", {}, el("tr", {}, ...["在哪里", "毛病", "原文", "怎么改"].map((one) => el("th", { scope: "col" }, one)))),
        el("tbody", {}, ...found.map((row) => el("tr", { "data-rule": row.rule },
          el("td", { "data-label": "在哪里" }, el("button", { type: "button", class: "fadu-button fadu-noprint", onclick: () => go(row) }, `第${row.line}行`), el("span", { class: "fadu-printonly" }, `第${row.line}行`)),
          el("td", { "data-label": "毛病" }, el("span", { class: "fadu-chip", "data-tone": "warn" }, rules[row.rule]), ` ${row.message}`),
          el("td", { "data-label": "原文" }, row.words),
          el("td", { "data-label": "怎么改" }, row.hint)))))) : "");
    copy.hidden = false;
    result.focus();
    document.documentElement.dataset.faduDraft = "ready";
  }
  function wrong(why) {
    told = "";
    copy.hidden = true;
    result.replaceChildren(el("p", { class: "fadu-warning" }, why));
    result.focus();
  }
  function run(note) {
    if (!box.value.trim()) return wrong("还没有文稿：选一个文件，或者粘贴文字");
    result.replaceChildren(el("p", {}, "正在查……"));
    return load("assets/fadu/data/drafts.js").then(() => new Promise((resolve) => setTimeout(resolve, 30))).then(() => {
      const facts = window.faduDrafts;
      show(check(box.value, facts), facts.rules, note || "", box.value.replace(/\s/g, "").length);
    }).catch((error) => wrong(error.message));
  }

  fadu.droppable(input, document.getElementById("fadu-draft"));
  input.addEventListener("change", () => {
    const file = input.files[0];
    if (!file) return;
    result.replaceChildren(el("p", {}, "正在读……"));
    open(file).then((read) => {
      if (!read.text.trim()) throw new Error("文件里没有文字；可能是扫描图片");
      box.value = read.text.replace(/\r\n?/g, "\n");
      name = file.name;
      return run(read.note);
    }).catch((error) => wrong(error.message)).then(() => (input.value = ""));
  });
  box.addEventListener("input", () => (name = ""));
  document.getElementById("draft-run").addEventListener("click", () => run());
  copy.addEventListener("click", () => told && fadu.copy(told));
})();
