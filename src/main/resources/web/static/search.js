import { rowOf, strike } from "./row.js";
import { counted, dateIn, setText } from "./texts.js";

const REST_MS = 250;
const MOST = 100;
/** No place's day begins earlier than this before the same date's in Greenwich. */
const EARLIEST_MS = 14 * 3_600_000;

/**
 * Finds today's events by pupil or course: those of before from the server, and those that come as
 * they come. What is looked for stands in the page's address.
 */
export class Search {
  #parts;
  #clock;
  #load;
  #dateOf;
  #date = null;
  #asked = 0;
  #timer = null;
  #words = [];
  #rows = new Map();

  /**
   * @param parts {root, input, list, empty, count, template}: the elements it fills
   * @param load fetches a path
   */
  constructor(parts, clock, timeZone, load) {
    this.#parts = parts;
    this.#clock = clock;
    this.#load = load;
    this.#dateOf = dateIn(timeZone);
    parts.input.value = new URLSearchParams(location.search).get("q") ?? "";
    parts.input.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#find(), REST_MS);
    });
  }

  /** Says which day it is: another one is searched anew. */
  day(date) {
    if (this.#date !== date) {
      this.#date = date;
      this.#find();
    }
  }

  /** Shows of new changes (oldest first) those that are looked for. */
  add(fresh) {
    for (const change of fresh) {
      if (change.kind === "ANNULLED" && this.#rows.has(change.event_id)) {
        strike(this.#rows.get(change.event_id));
      } else if (change.kind === "EVENT" && this.#words.length > 0 && this.#fits(change)) {
        this.#rows.get(change.event_id)?.remove();
        this.#parts.list.prepend(this.#row(change));
        this.#parts.empty.hidden = true;
      }
    }
  }

  /** Asks again, because something may have been missed. */
  refresh() {
    if (this.#words.length > 0) {
      this.#find();
    }
  }

  async #find() {
    const sought = this.#parts.input.value.trim();
    remember(sought);
    this.#words = folded(sought).split(" ").filter(Boolean);
    const asked = ++this.#asked;
    if (this.#words.length === 0 || this.#date === null) {
      this.#parts.root.classList.remove("searching");
      this.#parts.list.hidden = true;
      this.#parts.empty.hidden = true;
      setText(this.#parts.count, "");
      return;
    }
    const from = new Date(Date.parse(`${this.#date}T00:00:00Z`) - EARLIEST_MS).toISOString();
    const query = new URLSearchParams({ q: sought, from, limit: MOST });
    const page = await this.#load(`/api/v1/attendance/events?${query}`).catch(() => null);
    if (asked === this.#asked && page !== null) {
      this.#show(page.items.filter((item) => this.#dateOf(item.occurred_at) === this.#date));
    }
  }

  #show(events) {
    this.#rows.clear();
    this.#parts.list.replaceChildren(...events.map((event) => this.#row(changeOf(event))));
    this.#parts.list.hidden = false;
    this.#parts.empty.hidden = events.length > 0;
    this.#parts.root.classList.add("searching");
    setText(this.#parts.count, counted("live.found", events.length));
  }

  #row(change) {
    const row = rowOf(change, this.#parts.template, this.#clock);
    this.#rows.set(change.event_id, row);
    return row;
  }

  #fits({ student, course }) {
    const names = ` ${folded(`${student} ${course ?? ""}`)}`;
    return this.#words.every((word) => names.includes(` ${word}`));
  }
}

function changeOf({ event_id, student, course, type, gate, occurred_at, flags, annulled_at }) {
  return {
    kind: "EVENT",
    event_id,
    student: student.full_name,
    course: course.name,
    type,
    gate,
    occurred_at,
    flags,
    annulled: annulled_at !== undefined,
  };
}

/** As the server compares names: without accents, case and punctuation. */
function folded(name) {
  return name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]+/g, "")
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]+/gu, " ")
    .trim();
}

function remember(sought) {
  const address = new URL(location.href);
  if (sought === "") {
    address.searchParams.delete("q");
  } else {
    address.searchParams.set("q", sought);
  }
  history.replaceState(null, "", address);
}
