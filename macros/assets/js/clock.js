/* The page was built for one day; the reader's clock adds what has changed since. Adds words, takes none away. */
(function () {
  "use strict";

  const { el, all, page } = window.fadu;
  const OVERDUE = 180;
  const two = (value) => String(value).padStart(2, "0");
  const now = new Date();
  const today = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const isDay = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text || "");
  const since = (day) => Math.round((Date.parse(today) - Date.parse(day)) / 864e5);

  /** Dates without hours compare as texts. `until` and `planUntil` are the last days in force. */
  function state(data) {
    if (isDay(data.until) && today > data.until) return data.after === "amended" ? "amended" : "repealed";
    if (isDay(data.planUntil) && today > data.planUntil) return "expired";
    if (isDay(data.from)) return today < data.from ? "future" : "current";
    return data.state === "future" || !data.state ? "unknown" : data.state;
  }
  const WORDS = { future: "尚未施行", current: "现行有效", amended: "已修改", repealed: "已废止", expired: "规划期届满", unknown: "施行日待核" };
  const SHORT = { future: "未施行", current: "已施行", amended: "已修改", repealed: "已废止", expired: "规划期届满" };

  // A clock that stands before the day for which the page was built is wrong, or was set back: then it judges nothing.
  const wrong = isDay(page.asOf) && today < page.asOf;
  if (!wrong) {
    all(".fadu-status").forEach((place) => {
      const found = state(place.dataset);
      if (found === "unknown" || (found === place.dataset.state && (today === page.asOf || !place.matches(".fadu-chip")))) return;
      place.append(el("span", { class: "fadu-status-today", "data-state": found }, `今天（${today}）${found === place.dataset.state ? "仍为" : "："}${WORDS[found]}`));
      place.dataset.today = found;
    });
    all("a.fadu-cite, .fadu-cite[data-from]").forEach((chip) => {
      const built = chip.dataset.state;
      const found = state(chip.dataset);
      if (found === "unknown" || found === built || built === "unchecked" || built === "amended" || (!isDay(chip.dataset.from) && !isDay(chip.dataset.until) && !isDay(chip.dataset.planUntil))) return;
      const word = chip.querySelector(".fadu-cite-state");
      if (word) word.textContent = SHORT[found];
      else chip.append(el("span", { class: "fadu-cite-state" }, SHORT[found]));
      chip.dataset.state = found;
    });
  }

  const title = document.querySelector(".fadu-page h1");
  if (!title || !isDay(page.asOf)) return;
  const said = [];
  let bad = wrong;
  if (wrong) {
    said.push(`这台电脑的日期是 ${today}，早于本版的法规判断日 ${page.asOf}。请先校准日期；本页的法规状态按 ${page.asOf} 显示。`);
  } else {
    const age = since(page.asOf);
    if (isDay(page.checked) && page.checked <= today) {
      const days = since(page.checked);
      said.push(`本页所引法律最早一次核验距今 ${days} 天（${page.checked}）。` + (days > OVERDUE ? `超过 ${OVERDUE} 天没有核验：引用前请对照现行公布文本。` : ""));
      bad = days > OVERDUE;
    }
    if (age > 0) said.push(`本版的法规状态判断到 ${page.asOf}，距今 ${age} 天。` + (age > OVERDUE ? "请向维护人要新版本。" : ""));
    bad = bad || age > OVERDUE;
  }
  if (!said.length) return;
  const after = title.nextElementSibling && title.nextElementSibling.matches(".fadu-meta") ? title.nextElementSibling : title;
  after.after(el("p", { class: "fadu-clock" + (bad ? " fadu-clock--bad" : "") }, said.join("")));
})();
