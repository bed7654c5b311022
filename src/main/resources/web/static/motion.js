const reduced = matchMedia("(prefers-reduced-motion: reduce)");

/** Whether the reader lets things move. */
export function motionIsWelcome() {
  return !reduced.matches;
}
