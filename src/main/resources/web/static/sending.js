import { send } from "./forms.js";
import { counted, text, wordFor } from "./texts.js";

/** The banners of what stops messages to families, and the director's way to end it. */
export class SendingBanner {
  #place = document.getElementById("sending");
  #template = document.getElementById("pause-template");
  #result = document.getElementById("sending-result");
  #clock;

  /** @param clock formats instants in the school's time zone */
  constructor(clock) {
    this.#clock = clock;
    this.#place.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#resume(event.target);
    });
  }

  /** Shows what /api/v1/sending describes. */
  show({ channels }) {
    const banners = channels.flatMap((channel) =>
      channel.paused.map((pause) => this.#banner(channel, pause)),
    );
    this.#place.replaceChildren(...banners);
    this.#place.hidden = banners.length === 0;
  }

  #banner({ channel, parked }, { scope, subject, code, since }) {
    const banner = this.#template.content.cloneNode(true);
    banner.querySelector("h2").textContent = text(`live.sending.paused.${scope}`, {
      channel: wordFor("live.channel", channel),
      template: subject === "" ? "" : wordFor("live.template", subject.split("/", 1)[0]),
      code,
      time: this.#clock(since),
    });
    banner.querySelector("p").textContent = counted("live.sending.parked", parked);
    for (const [name, value] of Object.entries({ channel, scope, subject })) {
      banner.querySelector(`input[name="${name}"]`)?.setAttribute("value", value);
    }
    return banner;
  }

  async #resume(form) {
    const response = await send(form);
    this.#result.hidden = false;
    this.#result.textContent = response?.ok
      ? counted("live.sending.resumed", (await response.json()).queued)
      : text("live.sending.failed");
  }
}
