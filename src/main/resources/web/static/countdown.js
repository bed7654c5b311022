/* How long something is still good; without this the page says until when. */
for (const place of document.querySelectorAll("[data-seconds]")) {
  const end = performance.now() + Number(place.dataset.seconds) * 1000;
  const show = () => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    place.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    if (left === 0) {
      clearInterval(timer);
      place.closest("[data-expired]").dataset.expired = "true";
    }
  };
  const timer = setInterval(show, 1000);
  place.closest(".countdown").hidden = false;
  show();
}
