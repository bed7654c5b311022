import { ICONS } from "./row.js";
import { counted, number, secondsOf, text, wordFor } from "./texts.js";

const LOW_BATTERY = 15;
const WRONG_CLOCK_SECONDS = 300;
/** A message that is due for longer is late. */
const LATE_MS = 60_000;

/** How kiosks and sending fare: one quiet line, and a line more for everything that is wrong. */
export class Foot {
  #foot = document.getElementById("foot");
  #list = document.getElementById("foot-rows");
  #template = document.getElementById("foot-template");
  #clock;
  #kiosks = [];
  #sending = [];

  /** @param clock formats instants in the school's time zone */
  constructor(clock) {
    this.#clock = clock;
  }

  /** Shows what /api/v1/devices describes. */
  kiosks({ items }) {
    const used = items.filter(isUsed);
    const heard = used.filter((kiosk) => !kiosk.dark).length;
    const wrong = used.flatMap((kiosk) => this.#wrongOf(kiosk));
    const words =
      used.length === 0
        ? text("live.foot.kiosks.none")
        : counted("live.foot.kiosks", used.length, { heard: number(heard) });
    this.#kiosks = [this.#item("gate", "/devices", words), ...wrong];
    this.#draw();
  }

  /** Shows what /api/v1/sending describes. */
  sending({ channels, delay }) {
    const queued = channels.flatMap((channel) => channel.queued).reduce((sum, lane) => sum + lane.count, 0);
    const words = [queued === 0 ? text("live.foot.queue.empty") : counted("live.foot.queue", queued)];
    if (delay !== undefined) {
      const { p50_ms, p99_ms } = delay;
      words.push(text("live.foot.delay", { p50: secondsOf(p50_ms), p99: secondsOf(p99_ms) }));
    }
    const wrong = channels.flatMap((channel) => this.#wrongIn(channel));
    this.#sending = [this.#item("card", "/notifications", words.join(" · ")), ...wrong];
    this.#draw();
  }

  #wrongOf(kiosk) {
    const { gate, dark, dark_reason, dark_since, queue_len, battery, clock_skew_seconds } = kiosk;
    const wrong = [];
    if (dark && dark_reason === "QUEUE") {
      wrong.push(counted("live.alarms.queue", queue_len ?? 0, { gate }));
    } else if (dark) {
      wrong.push(
        dark_since === undefined
          ? text("live.alarms.never", { gate })
          : text("live.alarms.silent", { gate, time: this.#clock(dark_since) }),
      );
    }
    if (battery !== undefined && battery <= LOW_BATTERY) {
      wrong.push(text("live.foot.battery", { gate, percent: number(battery) }));
    }
    if (Math.abs(clock_skew_seconds ?? 0) > WRONG_CLOCK_SECONDS) {
      wrong.push(text("live.foot.clock", { gate, minutes: number(Math.round(Math.abs(clock_skew_seconds) / 60)) }));
    }
    return wrong.map((words) => this.#wrong("offline", "/devices", words));
  }

  #wrongIn({ channel, oldest_due_at, parked, paused }) {
    const wrong = [];
    const name = wordFor("live.channel", channel);
    if (oldest_due_at !== undefined && Date.now() - Date.parse(oldest_due_at) > LATE_MS) {
      wrong.push(text("live.foot.late", { channel: name, time: this.#clock(oldest_due_at) }));
    }
    if (parked > 0 || paused.length > 0) {
      wrong.push(counted("live.foot.parked", parked, { channel: name }));
    }
    return wrong.map((words) => this.#wrong("notice", "/notifications", words));
  }

  #wrong(icon, path, words) {
    const item = this.#item(icon, path, words);
    item.classList.add("wrong");
    return item;
  }

  #item(icon, path, words) {
    const item = this.#template.content.firstElementChild.cloneNode(true);
    item.querySelector("use").setAttribute("href", ICONS + icon);
    const link = item.querySelector("a");
    link.href = path;
    link.textContent = words;
    return item;
  }

  /** What is the same stays, lest it be read out again or lose the focus. */
  #draw() {
    const wanted = [...this.#kiosks, ...this.#sending];
    const said = (items) => items.map((item) => item.textContent).join("\n");
    if (said(wanted) !== said([...this.#list.children])) {
      this.#list.replaceChildren(...wanted);
    }
    this.#foot.hidden = false;
  }
}

/** A code that nobody typed in yet is no kiosk. */
function isUsed({ revoked, enrolled_at, last_seen }) {
  return !revoked && (enrolled_at !== undefined || last_seen !== null);
}
