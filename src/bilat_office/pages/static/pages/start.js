// Before anything is drawn: what needs a script may show itself. (A file: the page allows no inline script.)
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
