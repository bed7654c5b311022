import { counted, dayInWords, daysBetween, number, setText, text } from "./texts.js";

const NAMES = ["present", "late", "absent", "excused"];
const DAYS_OF_WEEK = 7;

/** The four large figures, each with that of the day before beside it. */
export class Figures {
  #page;

  /** @param page holds elements with data-figure, data-note and data-before */
  constructor(page) {
    this.#page = page;
  }

  /** Shows a day's totals. */
  show({ totals }) {
    for (const name of NAMES) {
      setText(this.#find("figure", name), number(totals[name]));
    }
    const inside = [counted("live.expected", totals.expected)];
    if (totals.left > 0) {
      inside.push(counted("live.course.left", totals.left));
    }
    setText(this.#find("note", "present"), inside.join(" · "));
  }

  /** Shows what /api/v1/attendance/day/previous describes beside them. */
  before(today, { date, totals }) {
    for (const name of NAMES) {
      setText(
        this.#find("before", name),
        totals === undefined ? "" : text("live.before", { day: dayName(date, today), count: number(totals[name]) }),
      );
    }
  }

  #find(kind, name) {
    return this.#page.querySelector(`[data-${kind}="${name}"]`);
  }
}

function dayName(date, today) {
  const passed = daysBetween(date, today);
  if (passed === 1) {
    return text("live.yesterday");
  }
  const words = dayInWords(date);
  return passed < DAYS_OF_WEEK ? text("live.on", { day: words.weekday }) : text("live.on", { day: words.date });
}
