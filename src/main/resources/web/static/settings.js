/** Shows how the school's color looks, and whether it can be read, while it is chosen. */

const WAIT_MS = 200;
const color = document.getElementById("color");
const look = document.getElementById("color-look");
let timer = null;
let asked = 0;

async function show() {
  const turn = ++asked;
  const address = `${color.dataset.shows}?${new URLSearchParams({ color: color.value })}`;
  const response = await fetch(address).catch(() => null);
  // Of answers that overtake one another the last question's is shown.
  if (turn !== asked || !response?.ok || response.redirected) {
    return;
  }
  const answer = new DOMParser().parseFromString(await response.text(), "text/html");
  if (turn === asked) {
    look.replaceChildren(...answer.body.children);
  }
}

color.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(show, WAIT_MS);
});
