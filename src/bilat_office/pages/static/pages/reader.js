// Where the reader is among the proposals, there the text is: its words are marked and brought into
// view. Without this script each number is a link to its quote and back.
const text = document.getElementById("text");

function bring(mark) {
  const box = text.getBoundingClientRect();
  const place = mark.getBoundingClientRect();
  if (place.top < box.top || place.bottom > box.bottom) {
    text.scrollTop += place.top - box.top - box.height / 3;
  }
}

function focusOn(number) {
  for (const each of document.querySelectorAll(".is-focused")) each.classList.remove("is-focused");
  const marks = [...text.querySelectorAll("[data-of]")].filter((mark) =>
    mark.dataset.of.split(" ").includes(number),
  );
  for (const mark of marks) mark.classList.add("is-focused");
  document.getElementById(`p${number}`)?.classList.add("is-focused");
  if (marks.length) bring(marks[0]);
}

for (const card of document.querySelectorAll("[data-number]")) {
  card.addEventListener("focusin", () => focusOn(card.dataset.number));
  card.addEventListener("pointerenter", () => focusOn(card.dataset.number));
}

function fromAddress() {
  const found = /^#[pq](\d+)$/.exec(location.hash);
  if (found) focusOn(found[1]);
}
addEventListener("hashchange", fromAddress);
fromAddress();
