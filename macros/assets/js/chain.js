/* 倒排: from the day of a step back to the latest day of every step before it.
 * fadu.chain.steps lists what can be reckoned, fadu.chain reckons; pure, on the data of window.faduDeadlines.
 * A statutory minimum (at-least) and the time left to a party can't be cut; the reader adds workdays of his own and drops
 * steps that a way leads round. What a step without minima runs as a procedure
 * with minima is not reckoned in: `runs` names it. */
(function () {
  "use strict";

  const fadu = (window.fadu = window.fadu || {});
  const own = (object, name) => Object.prototype.hasOwnProperty.call(object, name);
  const minimal = (row) => row.rule.unit !== "hour" && row.rule.unit !== "prompt" && (row.rule.kind === "at-least" || (row.bearer === "party" && !row.rule.before));

  /** The steps of a procedure as nodes {key, no, title, url, next, may, marks, minima, runs}. */
  function graph(all, name) {
    const of = all.procedures[name];
    return of.steps.map((step, at) => {
      const minima = of.deadlines.filter((row) => row.step === step.id && minimal(row));
      const runs = !minima.length && step.runs && own(all.procedures, step.runs) && all.procedures[step.runs].deadlines.some(minimal) ? step.runs : "";
      return { key: step.id, no: at + 1, title: step.title, url: `${of.url}#part-${step.id}`, next: step.next, may: Boolean(step.may), marks: step.marks || [], minima, runs };
    });
  }

  /** All nodes from which `goal` is reached, `goal` first, each behind everything it leads to. */
  function before(nodes, goal) {
    const by = new Map(nodes.map((node) => [node.key, node]));
    const leads = new Map([[goal, true]]);
    const reaches = (name) => {
      if (!leads.has(name)) {
        leads.set(name, false);
        leads.set(name, by.get(name).next.map(([to]) => by.has(to) && reaches(to)).some(Boolean));
      }
      return leads.get(name);
    };
    nodes.forEach((node) => reaches(node.key));
    const order = [];
    const seen = new Set();
    const visit = (name) => {
      if (seen.has(name) || !leads.get(name)) return;
      seen.add(name);
      if (name !== goal) by.get(name).next.forEach(([to]) => by.has(to) && visit(to));
      order.push(by.get(name));
    };
    nodes.forEach((node) => visit(node.key));
    return order;
  }

  /** Names of the steps that nothing leads round: they can't be dropped. */
  function fixed(order, goal) {
    const names = new Set(order.map((node) => node.key));
    const into = new Map(order.map((node) => [node.key, 0]));
    order.forEach((node) => node.key !== goal && node.next.forEach(([to]) => names.has(to) && into.set(to, into.get(to) + 1)));
    const start = order.filter((node) => !into.get(node.key));
    const found = new Set();
    const round = (without) => {
      const seen = new Set();
      const waiting = start.map((node) => node.key).filter((name) => name !== without);
      while (waiting.length) {
        const name = waiting.pop();
        if (seen.has(name)) continue;
        seen.add(name);
        if (name === goal) return true;
        order.find((node) => node.key === name).next.forEach(([to]) => names.has(to) && to !== without && waiting.push(to));
      }
      return false;
    };
    order.slice().reverse().forEach((node) => {
      const must = order.some((one) => one.key !== goal && found.has(one.key) && one.next.some(([to, when]) => to === node.key && !when));
      if (!node.may && (must || !round(node.key))) found.add(node.key);
    });
    found.add(goal);
    return found;
  }

  /** Steps up to `goal`, in the order of the page: [{key, no, title, fixed}]. */
  function steps(all, name, goal) {
    const order = before(graph(all, name), goal);
    const must = fixed(order, goal);
    return order.sort((a, b) => a.no - b.no).map((node) => ({ key: node.key, no: node.no, title: node.title, fixed: must.has(node.key) }));
  }

  /** plan: {to, day, own: {step: workdays}, off: [steps], amounts}. Rows for the steps that are kept, earliest first:
   *  {key, no, title, url, runs, date, why: [{row or own, steps}], missing: [row], error}. `date` is the latest day on which the step may be begun:
   *  minima of the same step run side by side, the reader's own workdays lie before them. */
  function chain(all, name, plan) {
    const goal = plan.to;
    const order = before(graph(all, name), goal);
    const must = fixed(order, goal);
    const off = new Set((plan.off || []).filter((one) => !must.has(one)));
    const latest = new Map(); // key → day, or an Error in words
    const held = new Map(order.map((node) => [node.key, []])); // key → limits [{to, row}] that hold the step back
    const place = (event) => order.find((node) => node.marks.includes(event));
    order.forEach((node) => {
      if (off.has(node.key)) return;
      node.minima.forEach((row) => {
        const at = place(row.event);
        if (row.rule.before) held.get(node.key).push({ row, until: at ? [at.key] : node.next.map(([to]) => to) });
        else held.get((at && !off.has(at.key) ? at : node).key).push({ row, until: node.next.map(([to]) => to) });
      });
    });
    const rows = [];
    order.forEach((node) => {
      const ends = node.key === goal ? [plan.day] : node.next.map(([to]) => latest.get(to)).filter((day) => day !== undefined);
      const wrong = ends.find((day) => day instanceof Error);
      let day = wrong || ends.reduce((a, b) => (a < b ? a : b));
      const why = [];
      const missing = [];
      let error = "";
      if (!wrong && !off.has(node.key) && node.key !== goal) {
        held.get(node.key).forEach(({ row, until }) => {
          const days = until.map((to) => latest.get(to)).filter((one) => typeof one === "string");
          const rule = fadu.deadlines.filled(row, plan.amounts);
          if (!rule.n) missing.push(row);
          if (!rule.n || !days.length) return;
          const n = rule.n - (rule.first === "same" && !rule.before ? 1 : 0);
          const found = fadu.deadlines.due({ unit: rule.unit, n, before: true, kind: "at-least" }, days.reduce((a, b) => (a < b ? a : b)), all.holidays);
          error = error || found.error || "";
          if (!found.date || found.date > day) return;
          if (found.date < day) why.length = 0;
          day = found.date;
          why.push({ row, steps: found.steps });
        });
        const added = Math.floor(Number((plan.own || {})[node.key]));
        if (added > 0 && added < 1e4 && !error) {
          const found = fadu.deadlines.due({ unit: "workday", n: added, before: true, kind: "within" }, day, all.holidays);
          error = found.error || "";
          day = found.since || day;
          why.push({ own: added, steps: found.steps || [] });
        }
      }
      latest.set(node.key, error ? new Error(error) : day);
      if (!off.has(node.key)) rows.push({ key: node.key, no: node.no, title: node.title, url: node.url, runs: node.runs, date: error || wrong ? null : day, error: error || (wrong ? wrong.message : ""), why, missing });
    });
    return rows.sort((a, b) => ((a.date || "") < (b.date || "") ? -1 : (a.date || "") > (b.date || "") ? 1 : a.no - b.no));
  }

  /** The end of the longest way through the procedure: what one usually has a date for. */
  function goal(all, name) {
    const nodes = graph(all, name);
    const depth = new Map();
    const length = (node) => {
      if (!depth.has(node.key)) depth.set(node.key, 1 + Math.max(0, ...nodes.filter((one) => one.next.some(([to]) => to === node.key)).map(length)));
      return depth.get(node.key);
    };
    return nodes.reduce((best, node) => (length(node) > length(best) ? node : best)).key;
  }

  fadu.chain = chain;
  fadu.chain.goal = goal;
  fadu.chain.steps = steps;
})();
