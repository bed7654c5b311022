import { text, wordFor } from "./texts.js";

/** Beside this script, under the same fingerprint: the page has drawn some of them already. */
export const ICONS = `${new URL("icons.svg", import.meta.url).pathname}#`;

/** One change as a row of the stream. */
export function rowOf(change, template, clock) {
  const row = template.content.firstElementChild.cloneNode(true);
  const time = row.querySelector("time");
  time.dateTime = change.occurred_at;
  time.textContent = clock(change.occurred_at);
  const { icon, tone, who, what } = wordsOf(change);
  row.classList.add(tone);
  row.querySelector("use").setAttribute("href", ICONS + icon);
  row.querySelector(".who").textContent = who;
  row.querySelector(".course-of").textContent = change.course ?? "";
  row.querySelector(".deed").textContent = what;
  const remarks = change.flags.map((flag) => wordFor("live.flag", flag));
  row.querySelector(".remarks").append(...remarks.map(remark));
  if (change.annulled) {
    strike(row);
  }
  return row;
}

/** Shows that the event of a row was taken back. */
export function strike(row) {
  if (row.classList.contains("struck")) {
    return;
  }
  row.classList.add("struck");
  row.querySelector(".remarks").append(remark(text("live.annulled.mark")));
}

function wordsOf(change) {
  const { kind, type, gate, student } = change;
  const direction = type === "IN" ? "in" : "out";
  if (kind === "REJECTED") {
    const reason = wordFor("live.reason", change.reason);
    const what = text("live.refused.at", { reason, gate });
    return { icon: "refused", tone: "refused", who: student ?? text("live.refused"), what };
  }
  if (kind === "ANNULLED") {
    const what = text(`live.annulled.${direction}`, { gate });
    return { icon: "annulled", tone: "annulled", who: student, what };
  }
  const icon = type === "IN" ? "in" : "left";
  return { icon, tone: icon, who: student, what: text(`live.${direction}`, { gate }) };
}

function remark(words) {
  const item = document.createElement("li");
  item.textContent = words;
  return item;
}
