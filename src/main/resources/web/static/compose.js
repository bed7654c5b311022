/** Shows what a form will do while it is filled in: its data-shows answers a part of the page. */

const WAIT_MS = 400;
const form = document.getElementById("compose");
const samples = document.getElementById("samples");
let timer = null;
let asked = 0;

async function show() {
  const turn = ++asked;
  const response = await fetch(form.dataset.shows, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
  }).catch(() => null);
  // Of answers that overtake one another the last question's is shown.
  if (turn !== asked || !response?.ok || response.redirected) {
    return;
  }
  const answer = new DOMParser().parseFromString(await response.text(), "text/html");
  if (turn === asked) {
    samples.replaceChildren(...answer.body.children);
  }
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(show, WAIT_MS);
});
