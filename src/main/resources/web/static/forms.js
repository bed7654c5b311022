/** The next tap waits no longer for this one's answer. */
const PATIENCE_MILLIS = 15_000;

let last = Promise.resolve();

/**
 * Sends a form and stays on the page; one after the other, in the order of the taps.
 *
 * @param form whose fields are sent
 * @param more fields beside them
 * @param action where it goes
 * @return the response, or null when there was none
 */
export function send(form, more = {}, action = form.action) {
  last = last.then(() => sendNow(form, more, action));
  return last;
}

async function sendNow(form, more, action) {
  const body = new URLSearchParams(new FormData(form));
  Object.entries(more).forEach(([name, value]) => body.set(name, value));
  const headers = { accept: "application/json" };
  const signal = AbortSignal.timeout(PATIENCE_MILLIS);
  const response = await fetch(action, { method: "POST", headers, body, signal }).catch(() => null);
  if (response?.status === 403) {
    // The form is from before the last sign-in, or has stood open for long: the page brings another.
    location.reload();
  }
  return response;
}
