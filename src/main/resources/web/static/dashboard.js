import { AlarmBanner } from "./alarms.js";
import { Board } from "./board.js";
import { ConnectionSign } from "./connection.js";
import { DayFeed } from "./feed.js";
import { LiveConnection } from "./live.js";
import { SendingBanner } from "./sending.js";
import { Stream } from "./stream.js";
import { clockIn, counted, dayInWords, number, text } from "./texts.js";

/** A day that no frame touched is compared with the server's this often. */
const REFRESH_MS = 60_000;
const LOAD_TIMEOUT_MS = 10_000;
/** Screen readers hear the figures at most this often, and only when they changed. */
const ANNOUNCE_MS = 20_000;

const element = (id) => document.getElementById(id);
const page = element("main");
const clock = clockIn(page.dataset.timezone);
const board = new Board(element("board"), element("board-empty"), element("course-template"));
const sign = new ConnectionSign(element("connection"), element("connection-text"));
const alarms = new AlarmBanner(clock);
const sending = new SendingBanner(clock);
const stream = new Stream(
  {
    root: element("stream"),
    region: element("rows"),
    list: element("stream-rows"),
    empty: element("stream-empty"),
    more: element("more"),
    paused: element("paused"),
    template: element("row-template"),
  },
  clock,
);

let day = null;
let drawing = false;

const feed = new DayFeed({
  load: loadDay,
  onDay(latest, fresh) {
    day = latest;
    element("load-error").hidden = true;
    sign.current();
    if (fresh === null) {
      stream.reset(latest.recent);
    } else {
      stream.add(fresh, latest.recent);
    }
    drawSoon();
  },
  onFailure() {
    // With a day on the page, the sign says how old it is; without one there is nothing to read.
    element("load-error").hidden = day !== null;
    sign.behind();
  },
});

const connection = new LiveConnection({
  url: "/eventbus",
  address: `client.school.${page.dataset.school}`,
  onFrame(frame) {
    if (frame.type === "alarms") {
      alarms.show(frame.alarms);
      feed.counts(frame);
    } else if (frame.type === "sending") {
      sending.show(frame.sending);
    } else if (frame.type === "attendance") {
      // Other frames tell how far an import has come.
      feed.frame(frame);
    }
  },
  onState(state) {
    sign.live(state === "open");
    // Changes may have passed while no socket was open; while none opens, loading replaces it.
    if (state !== "closed") {
      feed.reload();
    }
  },
});

async function loadDay() {
  const [latest, held, state] = await Promise.all([
    load("/api/v1/attendance/day"),
    load("/api/v1/attendance/alarms"),
    // Without the sender the day is shown all the same.
    load("/api/v1/sending").catch(() => null),
  ]);
  alarms.show(held);
  if (state !== null) {
    sending.show(state);
  }
  return latest;
}

async function load(path) {
  const response = await fetch(path, {
    headers: { accept: "application/json" },
    cache: "no-store",
    signal: AbortSignal.timeout(LOAD_TIMEOUT_MS),
  });
  if (response.status === 401) {
    location.assign("/login");
  }
  if (!response.ok) {
    throw new Error(`${path} was answered with status ${response.status}`);
  }
  return response.json();
}

/** However many frames arrive between two pictures, the page is drawn once. */
function drawSoon() {
  if (!drawing) {
    drawing = true;
    requestAnimationFrame(draw);
  }
}

function draw() {
  drawing = false;
  page.setAttribute("aria-busy", "false");
  setText(element("date"), text("live.today", dayInWords(day.date)));
  for (const name of ["present", "late", "absent", "left"]) {
    setText(page.querySelector(`[data-figure="${name}"]`), number(day.totals[name]));
  }
  setText(page.querySelector('[data-note="present"]'), counted("live.expected", day.totals.expected));
  setText(page.querySelector('[data-note="absent"]'), counted("live.excused", day.totals.excused));
  board.show(day.courses);
}

function setText(target, words) {
  if (target.textContent !== words) {
    target.textContent = words;
  }
}

function announce() {
  if (day !== null) {
    const { present, late, absent, left } = day.totals;
    setText(element("announcer"), text("live.announce", { present, late, absent, left }));
  }
}

element("retry").addEventListener("click", () => {
  feed.reload();
  connection.connect();
});
addEventListener("online", () => connection.reconnect());
const account = document.querySelector(".account");
document.addEventListener("click", (event) => {
  account.open &&= account.contains(event.target);
});
account.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && account.open) {
    account.open = false;
    account.querySelector("summary").focus();
  }
});
setInterval(() => feed.reload(), REFRESH_MS);
setInterval(announce, ANNOUNCE_MS);
setInterval(() => setText(element("clock"), clock(new Date())), 1_000);
setText(element("clock"), clock(new Date()));
connection.connect();
