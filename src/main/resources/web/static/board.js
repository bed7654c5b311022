import { worstFirst } from "./day.js";
import { counted, language, number, text } from "./texts.js";
import { motionIsWelcome } from "./motion.js";

/** Courses keep their places at least this long, so that nobody loses the one being read. */
const KEEP_ORDER_MS = 15_000;

/** The courses as bars, worst first. Numbers change in place; places change seldom. */
export class Board {
  #list;
  #empty;
  #template;
  #items = new Map();
  #orderedAt = -KEEP_ORDER_MS;

  constructor(list, empty, template) {
    this.#list = list;
    this.#empty = empty;
    this.#template = template;
  }

  /** Shows the courses as they are now. */
  show(courses) {
    const known = courses.every((course) => this.#items.has(course.course_id));
    if (!known || courses.length !== this.#items.size) {
      this.#rebuild(courses);
    }
    for (const course of courses) {
      this.#items.get(course.course_id).update(course);
    }
    this.#order(courses, !known);
    this.#empty.hidden = courses.length > 0;
    this.#list.hidden = courses.length === 0;
  }

  #rebuild(courses) {
    this.#items = new Map(courses.map((course) => [course.course_id, new CourseItem(this.#template)]));
    this.#list.replaceChildren(...[...this.#items.values()].map((item) => item.element));
  }

  #order(courses, atOnce) {
    const now = performance.now();
    const settled = now - this.#orderedAt < KEEP_ORDER_MS || this.#list.matches(":hover");
    if (settled && !atOnce) {
      return;
    }
    this.#orderedAt = now;
    const wanted = worstFirst(courses, language).map((c) => this.#items.get(c.course_id).element);
    if (wanted.every((element, place) => this.#list.children[place] === element)) {
      return;
    }
    if (atOnce || !motionIsWelcome()) {
      this.#list.append(...wanted);
      return;
    }
    glide(wanted, () => this.#list.append(...wanted));
  }
}

/** Rearranges elements and lets each glide from its old place to the new one. */
function glide(elements, rearrange) {
  const before = elements.map((element) => element.getBoundingClientRect());
  rearrange();
  elements.forEach((element, n) => {
    const after = element.getBoundingClientRect();
    const x = before[n].left - after.left;
    const y = before[n].top - after.top;
    if (x !== 0 || y !== 0) {
      element.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }], {
        duration: 400,
        easing: "ease-out",
      });
    }
  });
}

class CourseItem {
  #name;
  #present;
  #of;
  #shortOf;
  #bars;
  #notes;
  #shown = "";

  constructor(template) {
    this.element = template.content.firstElementChild.cloneNode(true);
    const find = (selector) => this.element.querySelector(selector);
    this.#name = find(".course-name");
    this.#present = find(".course-present");
    this.#of = find(".course-count .words");
    this.#shortOf = find(".course-count .short");
    this.#bars = ["in", "late", "missing"].map((name) => find(`.share .${name}`));
    this.#notes = {
      complete: find(".all-in"),
      late: find(".course-notes .late"),
      missing: find(".course-notes .missing"),
      left: find(".course-notes .left"),
    };
  }

  update(course) {
    const { name, expected, present, late, absent, left } = course;
    const shown = [name, expected, present, late, absent, left].join("\n");
    if (shown === this.#shown) {
      return;
    }
    this.#shown = shown;
    this.#name.textContent = name;
    this.#present.textContent = number(present);
    this.#of.textContent = text("live.course.of", { count: number(expected) });
    this.#shortOf.textContent = text("live.course.of.short", { count: number(expected) });
    // Late pupils are also counted as inside or gone; the bar shows each pupil once.
    const onTime = Math.max(present + left - late, 0);
    [onTime, late, absent].forEach((part, n) => {
      this.#bars[n].hidden = part === 0;
      this.#bars[n].style.flexGrow = part;
    });
    this.#notes.complete.hidden = expected === 0 || late > 0 || absent > 0;
    this.#note("late", late);
    this.#note("missing", absent);
    this.#note("left", left);
  }

  #note(name, count) {
    const note = this.#notes[name];
    note.hidden = count === 0;
    note.querySelector(".words").textContent = counted(`live.course.${name}`, count);
    note.querySelector(".short").textContent = number(count);
  }
}
