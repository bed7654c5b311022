/** The field of every form, and the header of every answer, that carries the token. */
const TOKEN = "X-XSRF-TOKEN";

let last = Promise.resolve();

/**
 * Sends a form and stays on the page. Each token is good once: forms go one after the other, and an
 * answer brings the next token for all of them.
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
  const response = await fetch(action, { method: "POST", headers, body }).catch(() => null);
  const next = response?.headers.get(TOKEN) ?? null;
  if (next !== null) {
    renew(next);
  } else if (response?.status === 403) {
    // The form is from before the last sign-in, or of another tab: the page brings a new one.
    location.reload();
  }
  return response;
}

function renew(token) {
  const templates = [...document.querySelectorAll("template")].map((each) => each.content);
  for (const part of [document, ...templates]) {
    part.querySelectorAll(`input[name="${TOKEN}"]`).forEach((field) => field.setAttribute("value", token));
  }
}
