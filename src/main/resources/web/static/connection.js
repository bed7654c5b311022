import { age, text } from "./texts.js";

/** A break shorter than this is called reconnecting; after it the page says how old its data is. */
const STALE_MS = 15_000;

/** The always visible word on how current the page is. */
export class ConnectionSign {
  #element;
  #label;
  #live = false;
  #behind = false;
  #currentAt = null;

  constructor(element, label) {
    this.#element = element;
    this.#label = label;
    setInterval(() => this.#show(), 1_000);
  }

  /** Tells whether changes are reaching the page. */
  live(isLive) {
    this.#live = isLive;
    this.#show();
  }

  /** Tells that the page could not be brought up to date, until it is current again. */
  behind() {
    this.#behind = true;
    this.#show();
  }

  /** Tells that what the page shows is true now. */
  current() {
    this.#behind = false;
    this.#currentAt = Date.now();
    this.#show();
  }

  #show() {
    const { state, words } = this.#words();
    this.#element.dataset.state = state;
    if (this.#label.textContent !== words) {
      this.#label.textContent = words;
    }
  }

  #words() {
    if (this.#currentAt === null) {
      return { state: "connecting", words: text("live.connecting") };
    }
    if (this.#live && !this.#behind) {
      this.#currentAt = Date.now();
      return { state: "live", words: text("live.live") };
    }
    const passed = Date.now() - this.#currentAt;
    return passed < STALE_MS
      ? { state: "connecting", words: text("live.reconnecting") }
      : { state: "stale", words: text("live.stale", { age: age(passed) }) };
  }
}
