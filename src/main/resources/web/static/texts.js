/** Words, numbers and times in the page's language and the school's time zone. */

export const language = document.documentElement.lang;

const texts = new Map(
  [...document.getElementById("texts").content.querySelectorAll("data")].map((entry) => [
    entry.value,
    entry.textContent,
  ]),
);
const plurals = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);
const ages = new Intl.RelativeTimeFormat(language, { style: "short" });

/** The text of a key with its {placeholders} filled in. */
export function text(key, values = {}) {
  return texts.get(key).replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** The text of a key that ends in .one, .other …, as its {count} demands; with other values filled in. */
export function counted(key, count, values = {}) {
  const form = `${key}.${plurals.select(count)}`;
  return text(texts.has(form) ? form : `${key}.other`, { ...values, count: number(count) });
}

/** The word for a member of a closed list; a member this page does not know yet has a general word. */
export function wordFor(list, member) {
  return texts.get(`${list}.${member}`) ?? texts.get(`${list}.other`);
}

export function number(value) {
  return numbers.format(value);
}

/** "hace 20 s", "hace 2 min", "hace 3 h". */
export function age(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) {
    return ages.format(-seconds, "second");
  }
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? ages.format(-minutes, "minute") : ages.format(-Math.round(minutes / 60), "hour");
}

/** Formats instants as 07:52 in a time zone. */
export function clockIn(timeZone) {
  const format = new Intl.DateTimeFormat(language, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone,
  });
  return (instant) => format.format(instant instanceof Date ? instant : new Date(instant));
}

const weekdays = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
const dates = new Intl.DateTimeFormat(language, { day: "numeric", month: "long", timeZone: "UTC" });

/** A date like 2026-03-04 as {weekday: "miércoles", date: "4 de marzo"}. */
export function dayInWords(date) {
  const day = new Date(`${date}T00:00:00Z`);
  return { weekday: weekdays.format(day), date: dates.format(day) };
}

/** Days from one date like 2026-03-04 to another. */
export function daysBetween(from, to) {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** A date like 2026-03-04 of instants in a time zone. */
export function dateIn(timeZone) {
  const format = new Intl.DateTimeFormat("en-CA", { timeZone });
  return (instant) => format.format(new Date(instant));
}

const seconds = new Intl.NumberFormat(language, { style: "unit", unit: "second", maximumFractionDigits: 1 });

/** Milliseconds as "0,4 s". */
export function secondsOf(milliseconds) {
  return seconds.format(milliseconds / 1000);
}

/** Changes an element's words only when they are others. */
export function setText(target, words) {
  if (target.textContent !== words) {
    target.textContent = words;
  }
}
