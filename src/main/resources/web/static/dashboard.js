import { AlarmBanner } from "./alarms.js";
import { Arrivals } from "./arrivals.js";
import { Board } from "./board.js";
import { ConnectionSign } from "./connection.js";
import { Discrepancies } from "./discrepancies.js";
import { DayFeed } from "./feed.js";
import { Figures } from "./figures.js";
import { Foot } from "./foot.js";
import { LiveConnection } from "./live.js";
import { MissingList } from "./missing.js";
import { Refresh } from "./refresh.js";
import { Search } from "./search.js";
import { SendingBanner } from "./sending.js";
import { Stream } from "./stream.js";
import { clockIn, dayInWords, setText, text } from "./texts.js";

/** A day that no frame touched is compared with the server's this often. */
const REFRESH_MS = 60_000;
const LOAD_TIMEOUT_MS = 10_000;
/** Screen readers hear the figures at most this often, and only when they changed. */
const ANNOUNCE_MS = 20_000;

const element = (id) => document.getElementById(id);
const page = element("main");
const clock = clockIn(page.dataset.timezone);
const figures = new Figures(page);
const board = new Board(element("board"), element("board-empty"), element("course-template"));
const sign = new ConnectionSign(element("connection"), element("connection-text"));
const alarms = new AlarmBanner(clock);
const sending = new SendingBanner(clock);
const stream = new Stream(
  {
    root: element("rows"),
    region: element("rows"),
    list: element("stream-rows"),
    empty: element("stream-empty"),
    more: element("more"),
    paused: element("paused"),
    template: element("row-template"),
  },
  clock,
);

const search = new Search(
  {
    root: element("stream"),
    input: element("stream-search"),
    list: element("found-rows"),
    empty: element("found-empty"),
    count: element("found-count"),
    template: element("row-template"),
  },
  clock,
  page.dataset.timezone,
  load,
);
const arrivals = new Arrivals(clock);
const foot = new Foot(clock);
const discrepancies = new Discrepancies(clock);
const missing = new MissingList(
  clock,
  () => {
    feed.reload();
    beside.missing.now();
  },
  (student) => alarms.ask(student),
);

/** What stands beside the counts; it is loaded once they stand, and each fails alone. */
const beside = {
  before: new Refresh(
    () => load("/api/v1/attendance/day/previous"),
    (previous) => figures.before(day.date, previous),
  ),
  missing: new Refresh(
    () => load(missing.path()),
    (list) => missing.show(list),
    () => missing.fail(),
  ),
  kiosks: new Refresh(() => load("/api/v1/devices"), (devices) => foot.kiosks(devices)),
  discrepancies: new Refresh(
    () => load("/api/v1/attendance/discrepancies?limit=20"),
    (list) => discrepancies.show(list),
  ),
  arrivals: new Refresh(() => load("/api/v1/attendance/arrivals"), (view) => arrivals.show(view)),
};

let day = null;
let drawing = false;
let begun = false;

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
      search.add(fresh);
    }
    search.day(latest.date);
    if (begun && fresh === null) {
      allBeside((each) => each.soon());
    } else if (begun && fresh.length > 0) {
      beside.missing.soon();
      beside.discrepancies.soon();
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
      beside.missing.soon();
      beside.discrepancies.soon();
      beside.kiosks.soon();
    } else if (frame.type === "sending") {
      sending.show(frame.sending);
      foot.sending(frame.sending);
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
      search.refresh();
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
    foot.sending(state);
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
  figures.show(day);
  arrivals.entered(day.date, day.totals.present + day.totals.left);
  board.show(day.courses);
  if (!begun) {
    begun = true;
    allBeside((each) => each.now());
  }
}

function allBeside(act) {
  Object.values(beside).forEach(act);
}

function announce() {
  if (day !== null) {
    const { present, late, absent, excused } = day.totals;
    setText(element("announcer"), text("live.announce", { present, late, absent, excused }));
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
setInterval(() => {
  feed.reload();
  allBeside((each) => each.soon());
}, REFRESH_MS);
setInterval(announce, ANNOUNCE_MS);
setInterval(() => setText(element("clock"), clock(new Date())), 1_000);
setText(element("clock"), clock(new Date()));
connection.connect();
