import { setText, wordFor } from "./texts.js";

/** What of today does not fit together, for the inspector to look at; hidden while all does. */
export class Discrepancies {
  #section = document.getElementById("discrepancies");
  #list = document.getElementById("discrepancies-rows");
  #template = document.getElementById("discrepancy-template");
  #clock;

  /** @param clock formats instants in the school's time zone */
  constructor(clock) {
    this.#clock = clock;
  }

  /** Shows what /api/v1/attendance/discrepancies describes. */
  show({ items }) {
    this.#section.hidden = items.length === 0;
    this.#list.replaceChildren(...items.map((item) => this.#row(item)));
  }

  #row({ kind, at, student, course }) {
    const row = this.#template.content.firstElementChild.cloneNode(true);
    const who = row.querySelector(".who");
    setText(who, student.full_name);
    who.href = `/students/${student.id}`;
    setText(row.querySelector(".course-of"), course.name);
    setText(row.querySelector(".deed"), wordFor("live.discrepancy", kind));
    const time = row.querySelector("time");
    time.dateTime = at;
    setText(time, this.#clock(at));
    return row;
  }
}
