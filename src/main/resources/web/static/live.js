/**
 * The browser's end of the event-bus bridge over SockJS: registers one address and hands on what
 * arrives there. The socket carries JSON: we send {type:"register",address} and {type:"ping"},
 * the server sends {type:"rec",address,body} and {type:"err",…}.
 */

const TRANSPORTS = ["websocket", "xhr-streaming", "xhr-polling"];
const PING_MS = 5_000;
/** The server's heartbeat comes every 25 s; a socket silent for longer than this is dead. */
const SILENCE_MS = 40_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 20_000;
/** A connection that held this long was a good one: the next failure waits little again. */
const GOOD_MS = 10_000;

/** A connection that comes back by itself, waiting longer after each failure, never in step with others. */
export class LiveConnection {
  #url;
  #address;
  #onFrame;
  #onState;
  #socket = null;
  #beat = null;
  #timer = null;
  #failures = 0;
  #openedAt = 0;
  #heardAt = 0;

  /**
   * @param url of the bridge
   * @param address to register
   * @param onFrame called with the body of each message
   * @param onState called with "connecting" before each attempt, "open" and "closed"
   */
  constructor({ url, address, onFrame, onState }) {
    this.#url = url;
    this.#address = address;
    this.#onFrame = onFrame;
    this.#onState = onState;
  }

  /** Connects and stays connected. Also: tries at once instead of waiting out the current pause. */
  connect() {
    if (this.#socket !== null) {
      return;
    }
    clearTimeout(this.#timer);
    this.#onState("connecting");
    const socket = new globalThis.SockJS(this.#url, null, { transports: TRANSPORTS });
    this.#socket = socket;
    socket.onopen = () => this.#opened(socket);
    socket.onmessage = (event) => this.#heard(socket, JSON.parse(event.data));
    socket.onheartbeat = () => (this.#heardAt = Date.now());
    socket.onclose = () => this.#closed(socket);
  }

  /** Drops a connection that may be dead, and connects anew. */
  reconnect() {
    const socket = this.#socket;
    if (socket !== null) {
      this.#closed(socket);
      socket.close();
    }
    this.connect();
  }

  #opened(socket) {
    if (socket !== this.#socket) {
      return;
    }
    this.#openedAt = this.#heardAt = Date.now();
    this.#send({ type: "register", address: this.#address, headers: {} });
    this.#beat = setInterval(() => this.#keepAlive(), PING_MS);
    this.#onState("open");
  }

  #heard(socket, message) {
    if (socket !== this.#socket) {
      return;
    }
    this.#heardAt = Date.now();
    if (message.type === "rec" && message.address === this.#address) {
      this.#onFrame(message.body);
    } else if (message.type === "err") {
      // The address was refused, for instance because the session is over.
      this.#closed(socket);
      socket.close();
    }
  }

  #keepAlive() {
    if (Date.now() - this.#heardAt > SILENCE_MS) {
      this.reconnect();
    } else {
      this.#send({ type: "ping" });
    }
  }

  #closed(socket) {
    if (socket !== this.#socket) {
      return;
    }
    this.#socket = null;
    clearInterval(this.#beat);
    const wasGood = this.#openedAt > 0 && Date.now() - this.#openedAt > GOOD_MS;
    this.#openedAt = 0;
    this.#failures = wasGood ? 0 : this.#failures + 1;
    const longest = Math.min(FIRST_WAIT_MS * 2 ** this.#failures, LONGEST_WAIT_MS);
    this.#timer = setTimeout(() => this.connect(), longest * (0.5 + Math.random() / 2));
    this.#onState("closed");
  }

  #send(message) {
    this.#socket.send(JSON.stringify(message));
  }
}
