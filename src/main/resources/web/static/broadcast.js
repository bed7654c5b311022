import { ConnectionSign } from "./connection.js";
import { LiveConnection } from "./live.js";

/** Looked at this often when no frame says that something changed. */
const REFRESH_MS = 5_000;
/** Frames come faster than anybody reads. */
const SOONEST_MS = 700;
const LOAD_TIMEOUT_MS = 10_000;
/** Screen readers hear how far it is at most this often. */
const ANNOUNCE_MS = 15_000;

const page = document.getElementById("main");
const place = document.getElementById("progress");
const announcer = document.getElementById("announcer");
const sign = new ConnectionSign(
  document.getElementById("connection"),
  document.getElementById("connection-text"),
);
const path = `/broadcasts/${page.dataset.id}`;
let loading = false;
let again = false;
let loadedAt = 0;

/** Brings the figures up to date; a call while one is under way is answered by one more after it. */
async function load() {
  if (loading) {
    again = true;
    return;
  }
  loading = true;
  try {
    await take(await ask());
    sign.current();
  } catch {
    sign.behind();
  }
  loading = false;
  loadedAt = Date.now();
  if (again) {
    again = false;
    setTimeout(load, SOONEST_MS);
  }
}

async function ask() {
  const response = await fetch(`${path}/progress`, {
    cache: "no-store",
    signal: AbortSignal.timeout(LOAD_TIMEOUT_MS),
  });
  if (response.redirected) {
    location.assign("/login");
  }
  if (!response.ok) {
    throw new Error(`answered with status ${response.status}`);
  }
  return response.text();
}

function take(html) {
  const so = new DOMParser().parseFromString(html, "text/html").querySelector(".so");
  if (so === null) {
    throw new Error("answered with another page");
  }
  if (so.dataset.state !== page.dataset.state) {
    // What may be done with it has changed too.
    location.replace(path);
    return;
  }
  place.replaceChildren(so);
}

const connection = new LiveConnection({
  url: "/eventbus",
  address: `client.school.${page.dataset.school}`,
  onFrame(frame) {
    if (frame.type === "broadcast" && frame.id === page.dataset.id) {
      load();
    }
  },
  onState(state) {
    sign.live(state === "open");
    if (state !== "closed") {
      load();
    }
  },
});

addEventListener("online", () => connection.reconnect());
setInterval(() => {
  if (Date.now() - loadedAt >= REFRESH_MS) {
    load();
  }
}, REFRESH_MS);
setInterval(() => {
  const words = place.querySelector("h2")?.textContent ?? "";
  if (announcer.textContent !== words) {
    announcer.textContent = words;
  }
}, ANNOUNCE_MS);
connection.connect();
