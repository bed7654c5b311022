import { counted, dayInWords, language, number, text } from "./texts.js";

/** Where so many of all have come, the picture ends: stragglers do not stretch it. */
const NEARLY_ALL = 0.98;
/** Minutes that the axis begins and ends on. */
const STEP = 10;
const FAINT = "1f";

const dark = matchMedia("(prefers-color-scheme: dark)");

/** How pupils came in today, over a usual day; drawn by a library that is loaded when first needed. */
export class Arrivals {
  #canvas = document.getElementById("arrivals-chart");
  #empty = document.getElementById("arrivals-empty");
  #words = document.getElementById("arrivals-words");
  #usual = document.getElementById("arrivals-usual");
  #clock;
  #view = null;
  #entered = null;
  #chart = null;

  /** @param clock formats instants in the school's time zone */
  constructor(clock) {
    this.#clock = clock;
    dark.addEventListener("change", () => this.#redraw());
  }

  /** Shows what /api/v1/attendance/arrivals describes. */
  async show(view) {
    this.#view = view;
    const nothing = view.arrivals.length === 0 && view.usual === undefined;
    this.#canvas.hidden = nothing;
    this.#empty.hidden = !nothing;
    this.#usual.hidden = view.usual === undefined;
    if (view.usual !== undefined) {
      const weekday = this.#weekday();
      this.#usual.lastElementChild.textContent = counted("live.arrivals.usual", view.usual.days, { weekday });
    }
    this.#say();
    if (!nothing) {
      await load(this.#canvas.dataset.library);
      this.#draw();
    }
  }

  /** Moves the curve on: so many of the date's pupils have come in by now. */
  entered(date, count) {
    if (this.#view?.date === date && this.#entered !== count) {
      this.#entered = count;
      this.#say();
      this.#draw();
    }
  }

  #redraw() {
    this.#chart?.destroy();
    this.#chart = null;
    this.#draw();
  }

  #draw() {
    if (globalThis.Chart === undefined || this.#canvas.hidden) {
      return;
    }
    const today = this.#today();
    const usual = points(this.#view.usual?.arrivals ?? []);
    const [min, max] = span(today, usual);
    this.#chart ??= new globalThis.Chart(this.#canvas, settings());
    const [now, before] = this.#chart.data.datasets;
    now.data = today;
    before.data = usual;
    Object.assign(this.#chart.options.scales.x, { min, max });
    this.#chart.update("none");
  }

  /** The curve of today up to now, which live counts may have moved beyond what was loaded. */
  #today() {
    const today = points(this.#view.arrivals);
    const last = today.at(-1);
    if (last !== undefined) {
      const now = Math.max(minuteOf(this.#clock(new Date())), last.x);
      today.push({ x: now, y: Math.max(this.#entered ?? 0, last.y) });
    }
    return today;
  }

  /** The same in a sentence, for all who do not see the picture. */
  #say() {
    const { arrivals, usual } = this.#view;
    const total = Math.max(this.#entered ?? 0, arrivals.at(-1)?.total ?? 0);
    const said = [counted("live.arrivals.total", total)];
    if (usual === undefined) {
      said.push(text("live.arrivals.unknown"));
    } else {
      const now = this.#clock(new Date());
      const by = usual.arrivals.findLast((minute) => minute.at <= now)?.total ?? 0;
      const weekday = this.#weekday();
      said.push(text("live.arrivals.then", { weekday, time: now, count: number(by) }));
    }
    const words = said.join(" ");
    if (this.#words.textContent !== words) {
      this.#words.textContent = words;
    }
  }

  #weekday() {
    return dayInWords(this.#view.date).weekday;
  }
}

function points(minutes) {
  const all = minutes.map(({ at, total }) => ({ x: minuteOf(at), y: total }));
  return all.length === 0 ? all : [{ x: all[0].x - 1, y: 0 }, ...all];
}

function minuteOf(time) {
  const [hours, minutes] = time.split(":");
  return 60 * Number(hours) + Number(minutes);
}

/** From before the first to when nearly all have come, on any of the days. */
function span(...curves) {
  const drawn = curves.filter((curve) => curve.length > 0);
  const first = Math.min(...drawn.map((curve) => curve[0].x));
  const last = Math.max(
    ...drawn.map((curve) => curve.find(({ y }) => y >= NEARLY_ALL * curve.at(-1).y).x),
  );
  return [STEP * Math.floor(first / STEP), STEP * Math.ceil((last + 1) / STEP)];
}

function settings() {
  const style = getComputedStyle(document.documentElement);
  const color = (name) => style.getPropertyValue(name).trim();
  const brand = color("--brand");
  const font = { family: style.fontFamily, size: 0.8 * parseFloat(style.fontSize) };
  const ticks = { color: color("--muted"), font, maxRotation: 0 };
  const grid = { color: color("--line") };
  const line = { pointRadius: 0, borderWidth: 2.5, stepped: true };
  return {
    type: "line",
    data: {
      datasets: [
        { ...line, borderColor: brand, backgroundColor: brand + FAINT, fill: true, data: [] },
        { ...line, borderColor: color("--muted"), borderDash: [5, 4], borderWidth: 2, data: [] },
      ],
    },
    options: {
      animation: false,
      events: [],
      locale: language,
      maintainAspectRatio: false,
      parsing: false,
      normalized: true,
      plugins: { legend: { display: false }, tooltip: { enabled: false } },
      scales: {
        x: {
          type: "linear",
          border: { color: color("--line") },
          grid: { display: false },
          ticks: { ...ticks, callback: timeOf, precision: 0, stepSize: STEP, maxTicksLimit: 7 },
        },
        y: { beginAtZero: true, border: { display: false }, grid, ticks: { ...ticks, precision: 0, maxTicksLimit: 5 } },
      },
    },
  };
}

function timeOf(minute) {
  const two = (part) => String(part).padStart(2, "0");
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

const loads = new Map();

/** Loads a script once; one that failed is tried again by the next who needs it. */
function load(source) {
  if (!loads.has(source)) {
    const script = document.createElement("script");
    loads.set(
      source,
      new Promise((resolve, reject) => {
        script.onload = resolve;
        script.onerror = () => {
          loads.delete(source);
          script.remove();
          reject(new Error(`${source} was not loaded`));
        };
      }),
    );
    script.src = source;
    document.head.append(script);
  }
  return loads.get(source);
}
