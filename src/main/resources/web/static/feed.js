import { applyFrame, changesSince, dayOf } from "./day.js";

/** Frames kept for replay while a snapshot is on its way; a tick is 100 ms, so about a minute. */
const HELD_LIMIT = 600;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 20_000;

/**
 * Keeps a day current: loads its snapshot, applies frames to it, and loads it again when a frame
 * shows that one was missed. Loads never overlap; failures and repeated gaps wait ever longer.
 */
export class DayFeed {
  #load;
  #onDay;
  #onFailure;
  #day = null;
  #held = [];
  #loading = false;
  #again = false;
  #timer = null;
  #wait = FIRST_WAIT_MS;

  /**
   * @param load fetches a snapshot
   * @param onDay called with (day, fresh): fresh are the changes since the last call, oldest
   *     first, or null when the day was loaded for the first time or is another date
   * @param onFailure called with the error of a load that failed; another one is already planned
   */
  constructor({ load, onDay, onFailure }) {
    this.#load = load;
    this.#onDay = onDay;
    this.#onFailure = onFailure;
  }

  /** Takes a live frame, in the order of arrival. */
  frame(frame) {
    if (this.#loading) {
      this.#hold(frame);
    }
    if (this.#day !== null && !this.#apply(frame) && !this.#loading) {
      this.#reloadLater();
    }
  }

  /** Takes counts that changed without a scan; what a load under way brings is as new. */
  counts({ date, totals, courses }) {
    if (this.#day !== null && this.#day.date === date) {
      this.#day = { ...this.#day, totals, courses };
      this.#onDay(this.#day, []);
    }
  }

  /** Loads the day now, or once more after the load under way. */
  async reload() {
    if (this.#loading) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#loading = true;
    try {
      this.#take(dayOf(await this.#load()));
    } catch (error) {
      this.#onFailure(error);
      this.#reloadLater();
    } finally {
      this.#loading = false;
      this.#held = [];
    }
    if (this.#again) {
      this.#again = false;
      this.#reloadLater();
    }
  }

  /** Takes over a snapshot, moved on by the frames that came while it was on its way. */
  #take(snapshot) {
    let latest = snapshot;
    let complete = true;
    for (const frame of this.#held) {
      const { verdict, day } = applyFrame(latest, frame);
      complete &&= verdict !== "gap";
      latest = day;
    }
    const before = this.#day;
    const sameDate = before !== null && before.date === latest.date;
    this.#day = latest;
    this.#onDay(latest, sameDate ? changesSince(latest, before) : null);
    if (complete) {
      this.#wait = FIRST_WAIT_MS;
    } else {
      this.#reloadLater();
    }
  }

  /** Whether the day now includes the frame. */
  #apply(frame) {
    const { verdict, day, fresh } = applyFrame(this.#day, frame);
    if (verdict === "applied") {
      this.#day = day;
      this.#onDay(day, fresh);
    }
    return verdict !== "gap";
  }

  #hold(frame) {
    if (this.#held.length < HELD_LIMIT) {
      this.#held.push(frame);
    } else {
      this.#again = true;
    }
  }

  #reloadLater() {
    if (this.#timer !== null) {
      return;
    }
    const wait = this.#wait * (0.5 + Math.random() / 2);
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT_MS);
    this.#timer = setTimeout(() => this.reload(), wait);
  }
}
