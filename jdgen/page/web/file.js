// The view of the file of decisions: what is in it, taken away, opened again.

// Bytes; a file of decisions has some hundred thousand of them at most.
const MOST = 5_000_000;

function fileView() {
  const counts = [...WORDS.map((word) => [MEANINGS[word][0], review.changes.filter((change) => wordOf(change.id) === word).length]), ["Not decided yet", review.changes.length - countDecided()]];
  const open = review.changes.map((change, at) => [change, at]).filter(([change]) => !wordOf(change.id));
  show(
    "Your decisions",
    decidedLine(),
    summaryList(counts.map(([words, count]) => [words, String(count)])),
    open.length ? openChanges(open) : null,
    button("Download the file of decisions", downloadDecisions),
    el("h2", { class: "nhsuk-heading-m" }, "To carry it out"),
    el("p", {}, "Whoever has jdgen puts the file beside the documents and gives this command, in which FOLDER is where the documents are, and NEW the new version of the framework:"),
    el("p", {}, el("code", {}, `jdgen regenerate FOLDER --framework NEW --decisions ${review.name} --output BROUGHT-UP-TO-DATE`)),
    openAgain(),
    keptDecisions(),
  );
}

function openChanges(open) {
  const place = bullets([]);
  const ontoggle = ({ target }) => {
    if (target.open) drawPieces(place, open, ([change, at]) => el("li", {}, linkTo(`change-${at}`, fullTitle(change))));
  };
  return details(`Not decided yet (${open.length}): the file says ask for these`, { ontoggle }, place);
}

function downloadDecisions() {
  try {
    saveAs(review.name, writtenDecisions(room.text, room.decided, review), "application/yaml");
    room.isOpen = false;
    keep();
  } catch (error) {
    tell(`The file could not be written: ${error.message}. What you decided is still here.`);
  }
}

function openAgain() {
  const place = el("div", { role: "status" });
  const open = async (file) => {
    try {
      if (file.size > MOST) throw new Error("it is too large for a file of decisions");
      const opened = readDecisions((await file.text()).replace(/^\ufeff/, ""), review);
      if (room.isOpen && !window.confirm("What is decided here is in no file yet. Go on without it?")) return;
      takeFile(opened);
      const count = plural(opened.decided.size, "decision");
      tell(`${file.name} was opened: ${count} taken from it. Where it says ask without a reason, decide here. `, opened.notes.length ? bullets(firstOf(opened.notes)) : "");
    } catch (error) {
      const summary = errorBox(`${file.name} cannot be opened`, (error.problems || [error.message]).map(sentence));
      place.replaceChildren(summary);
      summary.focus();
    }
  };
  return [
    el("h2", { class: "nhsuk-heading-m" }, "Go on with a file of decisions"),
    el(
      "div",
      { class: "nhsuk-form-group" },
      labelOf("open", "Open a file of decisions"),
      el("div", { class: "nhsuk-hint", id: "open-hint" }, "One that was downloaded here, or that jdgen release wrote. It takes the place of what is decided here, and stays on this computer."),
      fileInput({ id: "open", accept: ".yaml,.yml,.txt", "aria-describedby": "open-hint" }, open),
    ),
    place,
  ];
}

function keptDecisions() {
  const change = () => {
    keep();
    render();
  };
  const clear = () => {
    takeFile({ decided: new Map(), text: review.decisions });
    tell("Nothing is decided any more.");
    focusTop();
  };
  return keepingPanel({ things: "decisions", verb: "decide", rescue: "download the file" }, change, clear);
}
