/** Saves each switch of what a family is told at once, and takes the last change back. */

const form = document.getElementById("messages");
const toast = document.getElementById("toast");
const said = document.getElementById("said");
const undo = toast.querySelector("button");

let waiting = Promise.resolve();
let last = null;

function say(text, undoable) {
  said.textContent = text;
  toast.querySelector("span").textContent = text;
  undo.hidden = !undoable;
  toast.hidden = false;
}

async function send() {
  // A form that is too old is answered with another page: that is no success either.
  const response = await fetch(form.action, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams(new FormData(form)),
    redirect: "error",
  });
  if (!response.ok) {
    throw new Error(String(response.status));
  }
}

/** One after the other, so that the last choice is the one that is kept. */
function save(control, done, undoable) {
  waiting = waiting.then(send).then(
    () => {
      last = control;
      say(done, undoable);
    },
    () => {
      control.checked = !control.checked;
      say(toast.dataset.failed, false);
    },
  );
}

form.addEventListener("change", (event) => {
  save(event.target, toast.dataset.saved, true);
});

undo.addEventListener("click", () => {
  const control = last;
  control.checked = !control.checked;
  control.focus();
  save(control, toast.dataset.undone, false);
});

for (const button of form.querySelectorAll("[data-without-script]")) {
  button.hidden = true;
}
