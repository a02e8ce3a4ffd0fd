import { initAll } from "./govuk/govuk-frontend.min.js";

initAll();

// A browser that cannot show what a closed part holds gets the menu opened where there is room.
if (!CSS.supports("selector(::details-content)")) {
  const wide = matchMedia("(min-width: 60rem)");
  const fit = () => document.getElementById("navigation")?.toggleAttribute("open", wide.matches);
  wide.addEventListener("change", fit);
  fit();
}

// What htmx has brought in must be as alive, and as audible, as the rest of the page.
document.body.addEventListener("htmx:afterSwap", (event) => {
  initAll({ scope: event.target });
});
