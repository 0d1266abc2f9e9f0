// The file of decisions: what is in it, taken away, opened again.

function fileView() {
  const counts = [...WORDS.map((word) => [MEANINGS[word][0], review.changes.filter((change) => wordOf(change.id) === word).length]), ["Not decided yet", review.changes.length - countDecided()]];
  const open = review.changes.map((change, at) => [change, at]).filter(([change]) => !wordOf(change.id));
  show(
    "Your decisions",
    el("p", { class: "nhsuk-heading-s decided", role: "status" }, progressWords()),
    summaryList(counts.map(([words, count]) => [words, String(count)])),
    open.length ? details(`Not decided yet (${open.length}): the file says ask for these`, {}, bullets(open.map(([change, at]) => linkTo(`change-${at}`, fullTitle(change))))) : null,
    button("Download the file of decisions", downloadDecisions),
    el("h2", { class: "nhsuk-heading-m" }, "To carry it out"),
    el("p", {}, "Whoever has jdgen puts the file beside the documents and gives this command, in which FOLDER is where the documents are, and NEW the new version of the framework:"),
    el("p", {}, el("code", {}, `jdgen regenerate FOLDER --framework NEW --decisions ${review.name} --output BROUGHT-UP-TO-DATE`)),
    openAgain(),
    keeping(),
  );
}

function downloadDecisions() {
  try {
    saveAs(review.name, writtenDecisions(room.text, room.decided), "application/yaml");
    room.isOpen = false;
  } catch (error) {
    progress(`The file could not be written: ${error.message}. What you decided is still here.`);
  }
}

function openAgain() {
  const place = el("div", { role: "status" });
  const onchange = async ({ target }) => {
    const [file] = target.files;
    if (!file) return;
    try {
      if (file.size > MOST) throw new Error("it is too large for a file of decisions");
      const opened = readDecisions((await file.text()).replace(/^\ufeff/, ""), review);
      Object.assign(room, { decided: opened.decided, text: opened.text });
      keep();
      render();
      const count = plural(opened.decided.size, "decision");
      progress(`${file.name} was opened: ${count} taken from it. Where it says ask without a reason, decide here. `, opened.notes.length ? bullets(opened.notes) : "");
    } catch (error) {
      const lines = error.message.split("; ").map((words) => el("li", {}, sentence(words)));
      const summary = el(
        "div",
        { class: "nhsuk-error-summary", tabindex: "-1", role: "alert", "aria-labelledby": "errors" },
        el("h3", { class: "nhsuk-error-summary__title", id: "errors" }, `${file.name} cannot be opened`),
        el("div", { class: "nhsuk-error-summary__body" }, el("ul", { class: "nhsuk-list nhsuk-error-summary__list" }, lines)),
      );
      place.replaceChildren(summary);
      summary.focus();
    }
  };
  return [
    el("h2", { class: "nhsuk-heading-m" }, "Go on with a file of decisions"),
    el(
      "div",
      { class: "nhsuk-form-group" },
      el("label", { class: "nhsuk-label", for: "open" }, "Open a file of decisions"),
      el("div", { class: "nhsuk-hint", id: "open-hint" }, "One that was downloaded here, or that jdgen release wrote. It takes the place of what is decided here, and stays on this computer."),
      el("input", { class: "nhsuk-file-upload", type: "file", id: "open", accept: ".yaml,.yml,.txt", "aria-describedby": "open-hint", onchange }),
    ),
    place,
  ];
}

function keeping() {
  const clear = () => {
    Object.assign(room, { decided: new Map(), text: review.decisions });
    keep();
    render();
    progress("Nothing is decided any more.");
    main.querySelector("h1").focus();
  };
  return keepingPanel({ things: "decisions", verb: "decide", rescue: "download the file" }, clear);
}
