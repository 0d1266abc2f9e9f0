// The reading room: which view is shown, and where the focus goes.

const VIEWS = [["changes", "Changes"], ["documents", "Documents"], ["file", "Your decisions"]];
const viewHere = () => window.location.hash.slice(1) || "changes";
const pathOf = (at) => review.documents[at].path;
const nameOf = (at) => pathOf(at).split(/[\\/]/).at(-1);
const documentLink = (at, words = pathOf(at)) => linkTo(`document-${at}`, words);

function show(title, ...inside) {
  document.title = `${title} – ${review.title}`;
  main.replaceChildren(el("h1", { class: "nhsuk-heading-l" }, title), ...inside.flat().filter(Boolean));
  const view = viewHere().replace(/^document-.*/, "documents").replace(/^change-.*/, "changes");
  const link = ([name, words]) => el("li", {}, linkTo(name, words, { "aria-current": name === view ? "page" : null }));
  byId("steps").replaceChildren(el("ul", { class: "steps" }, VIEWS.map(link)));
}

function render() {
  const view = viewHere();
  const [, at] = /^document-(\d+)$/.exec(view) || [];
  if (at !== undefined && review.documents[Number(at)]) documentView(Number(at));
  else if (view === "documents") documentsView();
  else if (view === "file") fileView();
  else changesView();
}

// Where somebody went to by a link: the top of the view, or the change that it named.
function focusView() {
  const named = viewHere().startsWith("change-") ? byId(viewHere()) : null;
  const place = named || main.querySelector("h1");
  place.setAttribute("tabindex", "-1");
  place.focus();
  place.scrollIntoView({ block: "start" });
}

async function open() {
  document.documentElement.className = "js-enabled";
  review = JSON.parse(await text("review.json"));
  await runFile("js-yaml.js");
  recall();
  holdWhile(() => room.isOpen && !isKept());
  window.addEventListener("hashchange", () => {
    render();
    focusView();
  });
  render();
}

open();
