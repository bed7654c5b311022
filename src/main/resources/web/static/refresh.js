/** What stands beside the counts may be this old while they change. */
const LEAST_MS = 5_000;

/**
 * Loads something again when it may have changed: one load at a time, never more often than can be
 * read. Whoever asks meanwhile is served by the next.
 */
export class Refresh {
  #load;
  #show;
  #fail;
  #loadedAt = -LEAST_MS;
  #timer = null;
  #loading = false;
  #again = false;

  /**
   * @param load fetches it
   * @param show called with what was fetched
   * @param fail called when it could not be fetched or shown; it is tried again when somebody asks
   */
  constructor(load, show, fail = () => {}) {
    this.#load = load;
    this.#show = show;
    this.#fail = fail;
  }

  /** Loads it at once; after the load under way if there is one. */
  async now() {
    if (this.#loading) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#loading = true;
    try {
      const loaded = await this.#load();
      // What was asked for meanwhile may be newer than this.
      if (!this.#again) {
        await this.#show(loaded);
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#loading = false;
      this.#loadedAt = performance.now();
    }
    if (this.#again) {
      this.#again = false;
      await this.now();
    }
  }

  /** Loads it as soon as it may be. */
  soon() {
    if (this.#timer === null && !this.#loading) {
      const wait = Math.max(0, this.#loadedAt + LEAST_MS - performance.now());
      this.#timer = setTimeout(() => this.now(), wait);
    } else if (this.#loading) {
      this.#timer ??= setTimeout(() => this.now(), LEAST_MS);
    }
  }
}
