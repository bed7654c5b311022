/** Opens a guardian's link: the token is in the fragment, which no server and no log has seen. */

const form = document.getElementById("link");

function takeToken() {
  const token = location.hash.slice(1);
  if (!/^[\w-]{43}$/.test(token)) {
    return;
  }
  // Out of the address bar and the history, so that it is neither shared nor kept.
  history.replaceState(null, "", location.pathname);
  form.elements.token.value = token;
  form.hidden = false;
  for (const other of document.querySelectorAll("[data-without-link]")) {
    other.hidden = true;
  }
}

takeToken();
// A link that is opened where the page already stands loads nothing anew.
window.addEventListener("hashchange", takeToken);
