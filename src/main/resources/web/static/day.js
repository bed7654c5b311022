/**
 * The school day as a dashboard holds it: a snapshot, moved on by live frames in the order of
 * their numbers. Pure: every function returns a new day and changes nothing it was given.
 *
 * A day is {date, timezone, seq, totals, courses, recent}; recent is newest first.
 */

/** As many changes as a page ever shows. */
export const RECENT_LIMIT = 60;

/** The day a snapshot of /api/v1/attendance/day describes. */
export function dayOf(snapshot) {
  const { date, timezone, seq, totals, courses, recent } = snapshot;
  return { date, timezone, seq, totals, courses, recent: remember([], [...recent].reverse()) };
}

/**
 * What a frame makes of a day: {verdict, day, fresh}.
 * - "ignored": the day already has it.
 * - "applied": fresh holds the changes that were new, oldest first.
 * - "gap": changes before it were missed; the day is unchanged and must be loaded again.
 *
 * Numbers run on across days. A frame about an earlier day (a kiosk that was offline) is counted
 * and not shown; one about a later day means that this day is over.
 */
export function applyFrame(day, frame) {
  if (frame.to_seq <= day.seq) {
    return { verdict: "ignored", day, fresh: [] };
  }
  if (frame.from_seq > day.seq + 1 || frame.date > day.date) {
    return { verdict: "gap", day, fresh: [] };
  }
  if (frame.date < day.date) {
    return { verdict: "applied", day: { ...day, seq: frame.to_seq }, fresh: [] };
  }
  const fresh = frame.changes.filter((change) => change.seq > day.seq);
  const moved = {
    ...day,
    seq: frame.to_seq,
    totals: frame.totals,
    courses: frame.courses,
    recent: remember(day.recent, fresh),
  };
  return { verdict: "applied", day: moved, fresh };
}

/**
 * Names a change: a list that was loaded does not number its changes, and an event and its
 * annulment are two changes with one id.
 */
export function keyOf(change) {
  return `${change.kind} ${change.event_id}`;
}

/** The changes that a day remembers and an earlier view of it did not, oldest first. */
export function changesSince(day, before) {
  const known = new Set(before.recent.map(keyOf));
  return day.recent.filter((change) => !known.has(keyOf(change))).reverse();
}

/** Courses with the largest share missing first, then the largest share late, then by name. */
export function worstFirst(courses, language) {
  const names = new Intl.Collator(language, { numeric: true });
  const share = (part, course) => (course.expected > 0 ? part / course.expected : 0);
  return [...courses].sort(
    (a, b) =>
      share(b.absent, b) - share(a.absent, a) ||
      share(b.late, b) - share(a.late, a) ||
      names.compare(a.name, b.name),
  );
}

/** Whether an inspector should look at a change: refused, taken back, or noticed as odd. */
export function isException(change) {
  return change.kind !== "EVENT" || change.flags.length > 0;
}

/** Adds changes (oldest first) on top of those remembered and marks events that they took back. */
function remember(recent, changes) {
  const added = changes.slice(-RECENT_LIMIT).reverse();
  const annulled = new Set(
    changes.filter((change) => change.kind === "ANNULLED").map((change) => change.event_id),
  );
  const all = added.concat(recent).slice(0, RECENT_LIMIT);
  if (annulled.size === 0) {
    return all;
  }
  return all.map((change) =>
    change.kind === "EVENT" && annulled.has(change.event_id) ? { ...change, annulled: true } : change,
  );
}
