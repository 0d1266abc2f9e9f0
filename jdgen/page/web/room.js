// The reading room: which view is shown, and where the focus goes.

const VIEWS = [["changes", "Changes"], ["documents", "Documents"], ["file", "Your decisions"]];
const pathOf = (at) => review.documents[at].path;
const nameOf = (at) => pathOf(at).split(/[\\/]/).at(-1);
const documentLink = (at, words = pathOf(at)) => linkTo(`document-${at}`, words);

// The document that the address names, if it does.
function documentHere() {
  const [, at] = /^document-(\d+)$/.exec(fragment()) || [];
  return at !== undefined && review.documents[Number(at)] ? Number(at) : null;
}

// The place of the change that the address names, or -1.
function changeHere() {
  const [, at] = /^change-(\d+)$/.exec(fragment()) || [];
  return at === undefined ? -1 : Number(at);
}

function viewHere() {
  if (documentHere() !== null) return "documents";
  return VIEWS.some(([view]) => view === fragment()) ? fragment() : "changes";
}

function show(title, ...inside) {
  showView({ title, owner: review.title, steps: VIEWS, current: viewHere() }, inside);
}

function render() {
  if (documentHere() !== null) documentView(documentHere());
  else ({ changes: changesView, documents: documentsView, file: fileView })[viewHere()]();
}

// Where somebody went to by a link: the top of the view, or the change that it named.
function focusView() {
  const named = changeHere() >= 0 && byId(fragment());
  if (!named) return focusTop();
  named.focus();
  return named.scrollIntoView({ block: "start" });
}

async function open() {
  review = JSON.parse(await unpackText("review.json"));
  placeOf = new Map(review.changes.map((change, at) => [change.id, at]));
  followSkipLink();
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
