import { send } from "./forms.js";
import { counted, text } from "./texts.js";

/** The banner of alarms that wait for a dark gate, and the director's way to send them now. */
export class AlarmBanner {
  #banner = document.getElementById("alarms");
  #title = document.getElementById("alarms-title");
  #until = document.getElementById("alarms-until");
  #result = document.getElementById("alarms-result");
  #dialog = document.getElementById("alarms-dialog");
  #clock;
  #held = 0;
  #student = null;

  /** @param clock formats instants in the school's time zone */
  constructor(clock) {
    this.#clock = clock;
    if (this.#dialog === null) {
      return;
    }
    document.getElementById("alarms-ask").addEventListener("click", () => this.ask(null));
    document.getElementById("alarms-wait").addEventListener("click", () => this.#dialog.close());
    this.#dialog.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send(event.target);
    });
  }

  /** Shows what /api/v1/attendance/alarms describes. */
  show(alarms) {
    this.#held = alarms.held;
    // Gates that reported a moment ago are merely waited for: no banner for them.
    this.#banner.hidden = alarms.gates.length === 0;
    if (alarms.gates.length === 0) {
      this.#dialog?.close();
      return;
    }
    const gates = alarms.gates.map((gate) => this.#gate(gate));
    this.#title.textContent = [...new Set(gates), counted("live.alarms.held", alarms.held)].join(" · ");
    this.#until.textContent = text("live.alarms.until", { time: this.#clock(alarms.release_at) });
    if (this.#dialog?.open) {
      this.#question();
    }
  }

  #gate({ gate, reason, since, queue_len }) {
    if (reason === "QUEUE") {
      return counted("live.alarms.queue", queue_len, { gate });
    }
    return since === undefined
      ? text("live.alarms.never", { gate })
      : text("live.alarms.silent", { gate, time: this.#clock(since) });
  }

  /**
   * Asks whether to send what is held back.
   *
   * @param student {id, full_name}: the alarm of this pupil alone, or null for all
   */
  ask(student) {
    this.#student = student;
    document.getElementById("alarms-student").value = student?.id ?? "";
    this.#question();
    this.#result.hidden = true;
    this.#dialog.showModal();
  }

  #question() {
    document.getElementById("alarms-question").textContent =
      this.#student === null
        ? counted("live.alarms.ask", this.#held)
        : text("live.alarms.ask.student", { name: this.#student.full_name });
  }

  async #send(form) {
    const response = await send(form);
    this.#dialog.close();
    this.#result.hidden = false;
    this.#result.textContent = response?.ok
      ? counted("live.alarms.sent", (await response.json()).raised)
      : text("live.alarms.failed");
  }
}
