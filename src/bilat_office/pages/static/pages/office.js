import { initAll } from "./govuk/govuk-frontend.min.js";

initAll();

// What htmx has brought in must be as alive, and as audible, as the rest of the page.
document.body.addEventListener("htmx:afterSwap", (event) => {
  initAll({ scope: event.target });
});
document.body.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
