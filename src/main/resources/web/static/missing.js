import { send } from "./forms.js";
import { counted, setText, text, wordFor } from "./texts.js";

/** How long what was just excused can be taken back here. */
const KEEP_MS = 60_000;
const FEW = 50;
const MOST = 200;

/** Who is missing: whom to call, and one tap to excuse them, take that back or send a held alarm. */
export class MissingList {
  #list = document.getElementById("missing-rows");
  #note = document.getElementById("missing-note");
  #empty = document.getElementById("missing-empty");
  #failed = document.getElementById("missing-failed");
  #more = document.getElementById("missing-more");
  #result = document.getElementById("missing-result");
  #form = document.getElementById("missing-form");
  #template = document.getElementById("missing-template");
  #call = document.getElementById("call-template");
  #clock;
  #onChange;
  #onSend;
  #rows = new Map();
  #excused = new Map();
  #limit = FEW;

  /**
   * @param onChange called when more is wanted, or who is missing was changed here
   * @param onSend called with the pupil whose held alarm is to be sent
   */
  constructor(clock, onChange, onSend) {
    this.#clock = clock;
    this.#onChange = onChange;
    this.#onSend = onSend;
    this.#more.addEventListener("click", () => {
      this.#limit = MOST;
      this.#onChange();
    });
  }

  /** Where the list is. */
  path() {
    return `/api/v1/attendance/missing?limit=${this.#limit}`;
  }

  /** Shows what is there. */
  show({ items, next_cursor }) {
    this.#failed.hidden = true;
    const wanted = items.map((item) => this.#row(item));
    this.#keepExcused(wanted);
    const kept = new Set(wanted);
    for (const [id, row] of this.#rows) {
      if (!kept.has(row)) {
        row.remove();
        this.#rows.delete(id);
      }
    }
    // Rows that are in their place are not touched: one may hold the focus.
    wanted.forEach((row, place) => {
      if (this.#list.children[place] !== row) {
        this.#list.insertBefore(row, this.#list.children[place] ?? null);
      }
    });
    this.#empty.hidden = wanted.length > 0;
    this.#more.hidden = next_cursor === null || this.#limit === MOST;
    const many = next_cursor === null ? "live.missing.count" : "live.missing.first";
    setText(this.#note, items.length === 0 ? "" : counted(many, items.length));
  }

  /** Says that the list could not be loaded, unless an older one is there. */
  fail() {
    this.#failed.hidden = this.#rows.size > 0;
  }

  /** Whoever was excused a moment ago stays in their place, with the way back. */
  #keepExcused(wanted) {
    for (const [id, { at, place }] of this.#excused) {
      const row = this.#rows.get(id);
      if (row === undefined || performance.now() - at > KEEP_MS) {
        this.#excused.delete(id);
      } else if (!wanted.includes(row)) {
        wanted.splice(Math.min(place, wanted.length), 0, row);
      }
    }
  }

  #row(item) {
    const { id, full_name } = item.student;
    let row = this.#rows.get(id);
    if (row === undefined) {
      row = this.#newRow(item);
      this.#rows.set(id, row);
    }
    if (!this.#excused.has(id)) {
      this.#update(row, item, full_name);
    }
    return row;
  }

  #newRow({ student, course, guardians }) {
    const row = this.#template.content.firstElementChild.cloneNode(true);
    const who = row.querySelector(".who");
    who.textContent = student.full_name;
    who.href = `/students/${student.id}`;
    row.querySelector(".course-of").textContent = course.name;
    const called = guardians.filter(({ phone }) => phone !== undefined);
    row.querySelector(".calls").append(...called.map((guardian) => this.#callTo(guardian)));
    const on = (name, act) => {
      const button = row.querySelector(`.${name}`);
      button?.setAttribute("aria-label", `${button.textContent}: ${student.full_name}`);
      button?.addEventListener("click", async () => {
        // A second tap before the answer asks for nothing else.
        if (row.dataset.busy === undefined) {
          row.dataset.busy = "yes";
          await act();
          delete row.dataset.busy;
        }
      });
    };
    on("excuse", () => this.#excuse(row, student));
    on("restore", () => this.#restore(row, student));
    on("send", () => this.#onSend(student));
    return row;
  }

  #callTo({ full_name, phone }) {
    const call = this.#call.content.firstElementChild.cloneNode(true);
    const link = call.querySelector("a");
    link.href = `tel:${phone}`;
    link.setAttribute("aria-label", text("live.missing.call", { name: full_name, phone: spaced(phone) }));
    link.querySelector(".note").textContent = full_name;
    link.querySelector(".phone").textContent = spaced(phone);
    return call;
  }

  #update(row, { alarm, pending_absence_id, student }, name) {
    row.classList.remove("done");
    row.dataset.state = alarm.state;
    const pending = pending_absence_id !== undefined;
    const time = alarm.raised_at === undefined ? "" : this.#clock(alarm.raised_at);
    const words = pending ? text("live.missing.pending") : wordFor("live.missing.alarm", alarm.state);
    setText(row.querySelector(".state"), words.replace("{time}", time));
    const asked = row.querySelector(".asked");
    asked.hidden = !pending;
    asked.href = `/absences?student_id=${student.id}`;
    asked.setAttribute("aria-label", `${asked.textContent}: ${name}`);
    row.querySelector(".excuse").hidden = pending;
    row.querySelector(".restore").hidden = true;
    const send = row.querySelector(".send");
    if (send !== null) {
      send.hidden = alarm.state !== "HELD";
    }
  }

  async #excuse(row, student) {
    const answer = await this.#post("/missing/excuse", { student_id: student.id });
    if (answer === null) {
      this.#say(text("live.missing.excuse.failed", { name: student.full_name }));
      this.#onChange();
      return;
    }
    const place = [...this.#list.children].indexOf(row);
    this.#excused.set(student.id, { absence: answer.absence_id, at: performance.now(), place });
    row.classList.add("done");
    row.dataset.state = "EXCUSED";
    setText(row.querySelector(".state"), text("live.missing.excused"));
    row.querySelector(".excuse").hidden = true;
    row.querySelector(".send")?.setAttribute("hidden", "");
    const restore = row.querySelector(".restore");
    restore.hidden = false;
    restore.focus();
    this.#say(text("live.missing.excuse.done", { name: student.full_name }));
    this.#onChange();
  }

  async #restore(row, student) {
    const { absence } = this.#excused.get(student.id);
    const answer = await this.#post("/missing/restore", { absence_id: absence });
    if (answer === null) {
      this.#say(text("live.missing.restore.failed", { name: student.full_name }));
      return;
    }
    this.#excused.delete(student.id);
    row.classList.remove("done");
    row.querySelector(".restore").hidden = true;
    const excuse = row.querySelector(".excuse");
    excuse.hidden = false;
    excuse.focus();
    this.#say(text("live.missing.restore.done", { name: student.full_name }));
    this.#onChange();
  }

  #say(words) {
    this.#result.hidden = false;
    this.#result.textContent = words;
  }

  /** What the server answers, or null when it refused. */
  async #post(path, fields) {
    const response = await send(this.#form, fields, path);
    return response?.ok ? response.json() : null;
  }
}

/** A Chilean mobile as it is read out; others as they are. */
function spaced(phone) {
  return phone.replace(/^(\+56)(9)(\d{4})(\d{4})$/, "$1 $2 $3 $4");
}
