import { isException, keyOf, RECENT_LIMIT } from "./day.js";
import { motionIsWelcome } from "./motion.js";
import { rowOf, strike } from "./row.js";
import { number, text } from "./texts.js";

/** Three rows a second can still be read. */
const STEP_MS = 350;
/** With more than this waiting, rows are picked, not all shown. */
const RUSH = 8;
/** After a rush, the rows that were passed over are filled in once it has been this quiet. */
const QUIET_MS = 2_500;

/**
 * The live stream: rows slide in at a pace that can be read. In a rush it shows the exceptions and
 * the newest, and counts the rest on a pill; under a pointer or the keyboard's focus it holds still.
 */
export class Stream {
  #parts;
  #clock;
  #all = [];
  #waiting = [];
  #passedOver = 0;
  #rushedAt = 0;
  #hovered = false;
  #rows = new Map();

  /** @param parts {root, region, list, empty, more, paused, template}: the elements it fills */
  constructor(parts, clock) {
    this.#parts = parts;
    this.#clock = clock;
    parts.more.addEventListener("click", (event) => this.#showAll(event));
    parts.root.addEventListener("pointerenter", (event) => {
      // A finger that scrolls is no pointer that rests.
      this.#hovered = event.pointerType === "mouse";
      this.#showPause();
    });
    parts.root.addEventListener("pointerleave", () => {
      this.#hovered = false;
      this.#showPause();
    });
    parts.root.addEventListener("focusin", () => this.#showPause());
    parts.root.addEventListener("focusout", () => setTimeout(() => this.#showPause()));
    setInterval(() => this.#step(), STEP_MS);
  }

  /** Starts over with these changes, newest first. */
  reset(recent) {
    this.#all = recent;
    this.#fill();
  }

  /** Takes new changes (oldest first); recent is all that there is to show by now, newest first. */
  add(fresh, recent) {
    this.#all = recent;
    this.#waiting.push(...fresh);
    if (this.#waiting.length > RECENT_LIMIT) {
      const kept = this.#waiting.slice(-RECENT_LIMIT);
      this.#passedOver += this.#waiting.length - kept.length;
      this.#waiting = kept;
    }
    for (const change of fresh) {
      if (change.kind === "ANNULLED" && this.#rows.has(change.event_id)) {
        strike(this.#rows.get(change.event_id));
      }
    }
    this.#showMore();
  }

  #step() {
    if (this.#isPaused() || document.hidden) {
      return;
    }
    if (this.#waiting.length > RUSH || (this.#waiting.length > 0 && this.#passedOver > 0)) {
      this.#pick();
    } else if (this.#waiting.length > 0) {
      this.#slideIn(this.#waiting.shift());
    } else if (this.#passedOver > 0 && performance.now() - this.#rushedAt > QUIET_MS) {
      this.#fill();
    }
    this.#showMore();
  }

  /** Shows one of those that wait, an exception if there is one, and passes over the others. */
  #pick() {
    const picked = this.#waiting.findLast(isException) ?? this.#waiting.at(-1);
    this.#passedOver += this.#waiting.length - 1;
    this.#waiting = [];
    this.#rushedAt = performance.now();
    this.#slideIn(picked);
  }

  #slideIn(change) {
    const list = this.#parts.list;
    const row = this.#rowFor(change);
    list.prepend(row);
    this.#parts.empty.hidden = true;
    if (motionIsWelcome()) {
      const frames = [{ height: "0", opacity: 0 }, { height: `${row.offsetHeight}px`, opacity: 1 }];
      row.animate(frames, { duration: 240, easing: "ease-out" });
    }
    while (list.childElementCount > RECENT_LIMIT) {
      this.#forget(list.lastElementChild);
    }
  }

  #rowFor(change) {
    // The change that waited may have been taken back since.
    const key = keyOf(change);
    const current = this.#all.find((known) => keyOf(known) === key) ?? change;
    const row = rowOf(current, this.#parts.template, this.#clock);
    if (change.kind === "EVENT") {
      row.dataset.event = change.event_id;
      this.#rows.set(change.event_id, row);
    }
    return row;
  }

  #forget(row) {
    this.#rows.delete(row.dataset.event);
    row.remove();
  }

  /** Shows everything there is, at once. */
  #fill() {
    this.#waiting = [];
    this.#passedOver = 0;
    this.#rows.clear();
    this.#parts.list.replaceChildren(...this.#all.map((change) => this.#rowFor(change)));
    this.#parts.empty.hidden = this.#all.length > 0;
    this.#showMore();
  }

  #showAll(event) {
    this.#fill();
    this.#parts.region.scrollTop = 0;
    // The button is gone now: a keyboard goes on in the list. detail is 0 for keys.
    if (event.detail === 0) {
      this.#parts.region.focus();
    }
  }

  #isPaused() {
    return this.#hovered || this.#parts.root.querySelector(":focus-visible") !== null;
  }

  #showPause() {
    this.#parts.paused.hidden = !this.#isPaused();
    this.#showMore();
  }

  #showMore() {
    const count = this.#passedOver + (this.#isPaused() || this.#passedOver > 0 ? this.#waiting.length : 0);
    const { more } = this.#parts;
    more.hidden = count === 0;
    if (count > 0) {
      more.textContent = text("live.more", { count: number(count) });
      more.setAttribute("aria-label", text("live.more.action", { count: number(count) }));
    }
  }
}
