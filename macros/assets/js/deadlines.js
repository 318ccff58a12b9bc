/* When a time limit ends: the rules of macros/clock.py once more, held to the same cases (tests/cases/deadlines.json).
 * window.fadu.deadlines(procedure, {event: "2026-09-28" or "2026-09-28T15:30"}) promises rows and never rejects.
 * The data, window.faduDeadlines, is loaded on first use. */
(function () {
  "use strict";

  const fadu = (window.fadu = window.fadu || {});
  const UNIT = { hour: "小时", day: "日", workday: "个工作日", month: "个月", year: "年" };
  const WEEKDAY = "日一二三四五六";
  const DAY = 864e5;

  // Days are counted from 1970-01-01, so that no time zone plays a part.
  const number = (text) => Math.round(Date.parse(text.slice(0, 10) + "T00:00:00Z") / DAY);
  const two = (value) => String(value).padStart(2, "0");
  const parts = (day) => {
    const at = new Date(day * DAY);
    return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate(), week: at.getUTCDay() };
  };
  const make = (year, month, day) => Math.round(Date.UTC(year, month - 1, day) / DAY);
  const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);
  const say = (day) => {
    const at = parts(day);
    return `${at.year}年${at.month}月${at.day}日（星期${WEEKDAY[at.week]}）`;
  };
  const weekend = (day) => parts(day).week % 6 === 0;
  const isDay = (text) => typeof text === "string" && /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/.test(text) && !isNaN(number(text)) && iso(number(text)) === text.slice(0, 10);

  function NoHolidays(year) {
    this.year = year;
    this.message = `没有${year}年的放假安排，不能判断哪天是工作日。国务院办公厅公布后更新节假日数据再算，或者对照放假通知用手数`;
  }

  function months(day, count) {
    const from = parts(day);
    const at = from.year * 12 + from.month - 1 + count;
    const year = Math.floor(at / 12);
    const month = (at % 12) + 1;
    const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
    return [make(year, month, Math.min(from.day, last)), from.day <= last];
  }

  class Reckoning {
    constructor(rule, table) {
      this.rule = rule;
      this.table = table;
      this.steps = [];
      this.warnings = [];
    }
    rest(day) {
      const text = iso(day);
      const year = this.table[text.slice(0, 4)];
      if (!year) throw new NoHolidays(Number(text.slice(0, 4)));
      const at = text.slice(5);
      return year.off.includes(at) || (weekend(day) && !year.work.includes(at));
    }
    due(text) {
      const rule = this.rule;
      const day = number(text);
      if (rule.unit === "prompt") {
        this.steps.push(`${say(day)}起立即办，没有写日数；当天能办的当天办`);
        return this.done(day);
      }
      if (rule.n === null || rule.n === undefined) {
        this.warnings.push("多少由地方规定，还没有填，算不出日期");
        return this.done(null);
      }
      if (rule.unit === "hour") return this.hours(text, day);
      return rule.before ? this.before(day) : this.after(day);
    }
    done(day, more) {
      const row = { date: day === null ? null : iso(day), steps: this.steps, warnings: this.warnings, at: "", since: null, sense: "by", extended: [] };
      return Object.assign(row, more);
    }
    hours(text, day) {
      const rule = this.rule;
      const timed = text.length > 10;
      if (!timed) this.warnings.push("没有写几时几分：从当日零时起算，是最早的可能，写上时刻再算一次");
      const clock = timed ? text.slice(11, 16) : "00:00";
      const begin = day * 1440 + Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
      const spare = rule.before ? 0 : rule.excluded;
      const end = begin + (rule.before ? -60 : 60) * rule.n + 60 * spare;
      const last = Math.floor(end / 1440);
      const rest = end - last * 1440;
      const at = `${two(Math.floor(rest / 60))}:${two(rest % 60)}`;
      this.steps.push(`按小时算，从${say(day)}${clock}${rule.before ? "倒推" : "起"}${rule.n}小时，不扣休息时间`);
      if (spare) this.steps.push(`不计入的${spare}小时往后加`);
      this.steps.push(`${rule.before || rule.kind === "within" ? "最迟" : "至少到"}${say(last)}${at}`);
      return this.done(last, { at, sense: this.sense() });
    }
    sense() {
      return this.rule.kind === "at-least" && !this.rule.before ? "until" : "by";
    }

    after(day) {
      const rule = this.rule;
      const first = this.first(day);
      let last = this.count(first - 1, rule.n, rule.unit, rule.first === "next");
      if (rule.excluded) {
        const spare = rule.unit === "workday" ? "workday" : "day";
        this.steps.push(`不计入的${rule.excluded}${UNIT[spare]}往后加`);
        last = this.count(last, rule.excluded, spare, true);
      }
      const moved = rule.kind === "within" ? this.roll(last) : last;
      if (rule.kind === "at-least") this.steps.push(`期间至少到${say(last)}届满，届满以前不能往下走`);
      const extended = this.extended(last);
      if (rule.excludes.length && !rule.excluded) this.warnings.push("有这些时间的不计入，到期日相应往后：" + rule.excludes.join("；"));
      return this.done(moved, { sense: this.sense(), extended });
    }
    first(day) {
      const rule = this.rule;
      if (rule.first === "same") {
        this.steps.push(`${say(day)}当日起算`);
        return day;
      }
      if (rule.first !== "next") {
        const [month, at] = rule.first.split("-").map(Number);
        const year = parts(day).year;
        const first = make(year, month, at) >= day ? make(year, month, at) : make(year + 1, month, at);
        this.steps.push(`从${say(first)}起算`);
        return first;
      }
      this.steps.push(`${say(day)}当日不计入，从次日${say(day + 1)}起算`);
      if (rule.starts && !rule.starts.includes("次日")) this.warnings.push(`起算另有说明：${rule.starts}`);
      return day + 1;
    }
    count(day, n, unit, next) {
      if (unit === "workday") return this.workdays(day, n);
      if (unit === "day") {
        this.steps.push(`按自然日数，第${n}日是${say(day + n)}，休息日也算`);
        return day + n;
      }
      const [last, exact] = months(next ? day : day + 1, n * (unit === "year" ? 12 : 1));
      if (!exact) {
        this.steps.push(`${n}${UNIT[unit]}，到期月没有对应日，以月末日${say(last)}为最后一日`);
        return last;
      }
      if (next) {
        this.steps.push(`${n}${UNIT[unit]}，到期月的对应日是${say(last)}`);
        return last;
      }
      this.steps.push(`${n}${UNIT[unit]}，到对应日的前一日${say(last - 1)}届满`);
      return last - 1;
    }
    workdays(day, n) {
      let at = day;
      let rest = 0;
      const worked = [];
      for (let left = n; left; ) {
        at += 1;
        if (this.rest(at)) rest += 1;
        else {
          left -= 1;
          if (weekend(at)) worked.push(`${parts(at).month}月${parts(at).day}日`);
        }
      }
      this.steps.push(`第${n}个工作日是${say(at)}` + (rest ? `，跳过休息日${rest}天` : "") + (worked.length ? `；${worked.join("、")}调休上班，算工作日` : ""));
      return at;
    }
    roll(last) {
      const rule = this.rule;
      if (rule.unit === "workday") return last;
      try {
        if (!this.rest(last)) return last;
        if (rule.rolls) {
          let at = last;
          while (this.rest(at)) at += 1;
          this.steps.push(`末日${say(last)}是休息日，顺延到${say(at)}`);
          return at;
        }
      } catch (missing) {
        if (!(missing instanceof NoHolidays) || rule.rolls) throw missing;
        this.warnings.push(`没有${missing.year}年的放假安排，末日是不是休息日请自己对照`);
        return last;
      }
      this.warnings.push(`末日${say(last)}是休息日：条文没有写顺延，不顺延，请在${this.eve(last)}以前办完`);
      return last;
    }
    eve(day) {
      try {
        while (this.rest(day)) day -= 1;
      } catch (missing) {
        return "放假";
      }
      return say(day);
    }
    extended(last) {
      const found = [];
      for (const [n, unit, words] of this.rule.extensions) {
        try {
          last = new Reckoning(this.rule, this.table).count(last, n, unit, true);
        } catch (missing) {
          if (!(missing instanceof NoHolidays)) throw missing;
          this.warnings.push(missing.message);
          break;
        }
        found.push([iso(last), `可以延长${n}${UNIT[unit]}，到${say(last)}` + (words ? `：${words}` : "")]);
      }
      return found;
    }

    before(day) {
      const rule = this.rule;
      const edge = this.back(day, rule.n, rule.unit);
      if (rule.kind === "within") {
        this.steps.push(`从${say(edge)}起，到${say(day - 1)}为止`);
        return this.done(day - 1, { since: iso(edge) });
      }
      const last = edge - 1;
      this.steps.push(`中间要隔足${rule.n}${UNIT[rule.unit]}，最迟${say(last)}`);
      try {
        if (this.rest(last)) this.warnings.push(`最迟日${say(last)}是休息日，请在${this.eve(last)}以前办完`);
      } catch (missing) {
        if (!(missing instanceof NoHolidays)) throw missing;
        this.warnings.push(`没有${missing.year}年的放假安排，最迟日是不是休息日请自己对照`);
      }
      return this.done(last);
    }
    back(day, n, unit) {
      if (unit === "workday") {
        let at = day;
        let rest = 0;
        for (let left = n; left; ) {
          at -= 1;
          if (this.rest(at)) rest += 1;
          else left -= 1;
        }
        this.steps.push(`从${say(day)}倒数，当日不算，第${n}个工作日是${say(at)}` + (rest ? `，跳过休息日${rest}天` : ""));
        return at;
      }
      const at = unit === "day" ? day - n : months(day, -n * (unit === "year" ? 12 : 1))[0];
      this.steps.push(`从${say(day)}倒数，当日不算，${n}${UNIT[unit]}数到${say(at)}`);
      return at;
    }
  }

  /** One deadline: {date, at, since, sense, steps, warnings, extended}, or {date: null, error} in Chinese. */
  function due(rule, day, table) {
    const complete = Object.assign({ kind: "within", before: false, first: "next", starts: "", rolls: false, extensions: [], excludes: [], excluded: 0 }, rule);
    try {
      if (!isDay(day)) return { date: null, error: `日期“${day}”写法不对，写成 2026-11-21` };
      return new Reckoning(complete, table).due(day);
    } catch (missing) {
      if (!(missing instanceof NoHolidays)) throw missing;
      return { date: null, error: missing.message };
    }
  }

  /** The last workday not after a day; null where the holidays of the year are not known. */
  function workday(day, table) {
    const reckoning = new Reckoning({}, table);
    let at = number(day);
    try {
      while (reckoning.rest(at)) at -= 1;
    } catch (missing) {
      if (!(missing instanceof NoHolidays)) throw missing;
      return null;
    }
    return iso(at);
  }

  let loading;
  function data() {
    if (window.faduDeadlines) return Promise.resolve(window.faduDeadlines);
    loading = loading || new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = `${fadu.root}assets/fadu/data/deadlines.js`;
      script.onload = () => resolve(window.faduDeadlines || null);
      script.onerror = () => {
        loading = null; // the next call tries again
        resolve(null);
      };
      document.head.append(script);
    });
    return loading;
  }

  const whole = (rows, name) => {
    const found = Number((rows || {})[name]);
    return found > 0 && found < 1e4 ? Math.floor(found) : 0;
  };
  /** The rule of a row with the local number and the time not counted that the reader typed. */
  function filled(row, amounts, excluded) {
    const name = `${row.step}.${row.id}`;
    return Object.assign({}, row.rule, { n: row.rule.n === null ? whole(amounts, name) || null : row.rule.n, excluded: whole(excluded, name) });
  }

  /** Rows for all deadlines of a procedure whose event has a date, earliest first.
   *  `amounts` fills in numbers that are set locally, `excluded` the time that does not count: {"step.deadline": 15}. */
  fadu.deadlines = function (procedure, events, amounts, excluded) {
    return data().then((all) => {
      const name = String(procedure).replace(/^procedures\//, "");
      const found = all && Object.prototype.hasOwnProperty.call(all.procedures, name) && all.procedures[name];
      if (!found) return [];
      const rows = [];
      found.deadlines.forEach((one) => {
        const day = (events || {})[one.event];
        if (!day) return;
        const rule = filled(one, amounts, excluded);
        rows.push(Object.assign({ lapse: "", days: "", note: "", longer: [], otherwise: [], cites: [] }, one, due(rule, day, all.holidays)));
      });
      const order = (row) => (row.date || "9999") + row.at;
      return rows.sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0));
    });
  };
  fadu.deadlines.due = due;
  fadu.deadlines.filled = filled;
  fadu.deadlines.workday = workday;
  fadu.deadlines.load = data;
})();
