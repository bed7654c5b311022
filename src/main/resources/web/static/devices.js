/** Keeps the list of kiosks up to date while somebody looks at it. */

const EVERY_MS = 30_000;
const kiosks = document.getElementById("kiosks");
const stale = document.getElementById("kiosks-stale");

/** Whoever is about to do something with a kiosk is not disturbed. */
function inUse() {
  return kiosks.querySelector("details[open]") !== null || kiosks.contains(document.activeElement);
}

async function refresh() {
  if (document.hidden || inUse()) {
    return;
  }
  const response = await fetch(kiosks.dataset.shows).catch(() => null);
  const good = response?.ok && !response.redirected;
  stale.hidden = good;
  if (!good) {
    return;
  }
  const answer = new DOMParser().parseFromString(await response.text(), "text/html");
  if (inUse()) {
    return;
  }
  // The forms of the page stay good, and so do those that come anew.
  const token = document.querySelector("input[name='X-XSRF-TOKEN']").value;
  answer.querySelectorAll("input[name='X-XSRF-TOKEN']").forEach((input) => {
    input.value = token;
  });
  kiosks.replaceChildren(...answer.body.children);
}

setInterval(refresh, EVERY_MS);
document.addEventListener("visibilitychange", refresh);
