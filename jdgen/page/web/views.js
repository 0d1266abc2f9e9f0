// Views: what is shown at a time, by the fragment of the address, and where the keyboard goes on in it.

const fragment = () => window.location.hash.slice(1);

// Shows a view called `title`; `steps` are those that the page has, each its name and its words, and `current` the name of
// the one that it belongs to. `owner` is whose page it is, for the window's title.
function showView({ title, owner, steps, current }, inside) {
  document.title = `${title} – ${owner}`;
  main.replaceChildren(el("h1", { class: "nhsuk-heading-l", tabindex: "-1" }, title), ...inside.flat().filter(Boolean));
  const link = ([view, words]) => el("li", {}, linkTo(view, words, { "aria-current": view === current ? "page" : null }));
  byId("steps").replaceChildren(el("ul", { class: "steps" }, steps.map(link)));
}

// The keyboard goes on at the top of a view, as on a page that was just opened.
function focusTop() {
  main.querySelector("h1").focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

// A browser would go to the place of the link in the address, which is that of a view here.
function followSkipLink() {
  document.querySelector(".nhsuk-skip-link").addEventListener("click", (event) => {
    event.preventDefault();
    main.focus();
    main.scrollIntoView();
  });
}
