// The reading room: the changes of a release, the documents that they reach, and the file of decisions.

const PREFIX = `jdgen.${document.body.dataset.digest}`;
const SHARED = `${PREFIX}.shared`;
const KEPT = `${PREFIX}.decided`;
const MEANINGS = {
  take: ["Take", "The change is made in every document, as if its manager had accepted it."],
  keep: ["Keep", "Every document keeps its words, as if its manager had rejected the change. It is not offered again."],
  ask: ["Ask", "Each manager is asked, by a tracked change."],
};
const SHOWN = { all: "All changes", open: "Not decided yet", take: "Take", keep: "Keep", ask: "Ask" };
// Bytes; a file of decisions has some hundred thousand of them at most.
const MOST = 5_000_000;

let review = null;
const room = { decided: new Map(), text: "", shown: "all", sought: "", keeps: true, canKeep: true };

// What is decided, and where it is kept.

function stored(use) {
  try {
    return use(window.localStorage);
  } catch {
    room.canKeep = false;
    return null;
  }
}

function keep() {
  if (!room.keeps) return;
  const written = JSON.stringify({ decided: [...room.decided], text: room.text });
  stored((place) => place.setItem(KEPT, written));
}

// Begins with what this browser has kept, else with what the file of decisions said when the room was made.
function recall() {
  const begun = readDecisions(review.begun || review.decisions, review);
  Object.assign(room, { decided: begun.decided, text: begun.text });
  if (begun.notes.length) progress(`Of ${review.name}: `, bullets(begun.notes));
  room.keeps = stored((place) => place.getItem(SHARED)) !== "yes";
  if (room.keeps) takeOver(stored((place) => place.getItem(KEPT)));
  // What is decided in another tab is decided here.
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key !== KEPT || !room.keeps) return;
    takeOver(newValue);
    render();
  });
}

function takeOver(written) {
  if (!written) return;
  try {
    const { decided, text: base } = JSON.parse(written);
    writtenDecisions(base, new Map(decided));
    Object.assign(room, { decided: new Map(decided), text: base });
  } catch {
    stored((place) => place.removeItem(KEPT));
  }
}

function keepNothing(isShared) {
  room.keeps = !isShared;
  stored((place) => {
    if (!isShared) return place.removeItem(SHARED);
    place.removeItem(KEPT);
    return place.setItem(SHARED, "yes");
  });
  keep();
}

const wordOf = (id) => room.decided.get(id)?.word || "";

function decide(id, change) {
  room.decided.set(id, { word: "", reason: "", ...room.decided.get(id), ...change });
  keep();
  tellProgress();
}

const countDecided = () => review.changes.filter((change) => wordOf(change.id)).length;
const plural = (count, one) => `${count.toLocaleString("en-GB")} ${one}${count === 1 ? "" : "s"}`;
const progressWords = () => `${countDecided()} of ${review.changes.length} decided`;

function tellProgress() {
  for (const place of main.querySelectorAll(".decided")) place.textContent = progressWords();
}

// Views.

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

// The changes.

function changesView() {
  const shownHere = viewHere().startsWith("change-") ? "all" : room.shown;
  room.shown = shownHere;
  const place = el("div", {});
  const isShown = (change) => shownNow(change, room.shown);
  const draw = () => {
    const wanted = review.changes.map((change, at) => [change, at]).filter(([change]) => isShown(change));
    place.replaceChildren(...wanted.map(([change, at]) => changeCard(change, at)));
    if (!wanted.length) place.append(el("p", {}, "There is none."));
  };
  draw();
  const choose = ({ target }) => {
    room.shown = target.value;
    draw();
  };
  const options = Object.entries(SHOWN).map(([key, words]) => el("option", { value: key, selected: key === room.shown }, words));
  show(
    `What changes in ${review.title}`,
    el("p", { class: "nhsuk-body-l" }, versionsInWords()),
    whoMaySee(),
    el("p", {}, "Decide on each change once, for all documents:"),
    summaryList(WORDS.map((word) => MEANINGS[word])),
    el("p", {}, "What somebody has edited in a document stays theirs in any case: where you take the change, they are asked. To decide for one document only, settle its redline in Word."),
    el("p", { class: "nhsuk-heading-s decided", role: "status" }, progressWords()),
    el("div", { class: "nhsuk-form-group" }, el("label", { class: "nhsuk-label", for: "shown" }, "Show"), el("select", { class: "nhsuk-select", id: "shown", onchange: choose }, options)),
    place,
    el("p", {}, linkTo("file", "Save your decisions", { class: "nhsuk-button", role: "button" })),
  );
}

function shownNow(change, which) {
  const word = wordOf(change.id);
  return which === "all" || (which === "open" ? !word : word === which);
}

function versionsInWords() {
  const named = review.versions.length > 1;
  const one = ({ specialism, old, new: now }) => `${named ? `${specialism} from` : "from"} “${old}” to “${now}”`;
  const shown = review.documents.filter((each) => each.changes.length).length;
  return `${sentence(review.versions.map(one).join("; "))}. ${plural(review.changes.length, "change")}, which ${review.changes.length === 1 ? "reaches" : "reach"} ${plural(shown, "document")}.`;
}

function whoMaySee() {
  const shown = review.documents.filter((each) => each.redline.length).length;
  return el(
    "div",
    { class: "nhsuk-warning-callout" },
    el("h2", { class: "nhsuk-warning-callout__label" }, "Who may see this file"),
    el("p", {}, `It holds the whole text of ${plural(shown, "document")}, with what people have written in them, their comments, and the names of the files. Give it only to those who may read all of them. Everything is in the file, and it sends nothing anywhere.`),
  );
}

const titleOf = (change) => change.heading || sentence(change.what);
const fullTitle = (change) => (change.heading ? `${change.heading}: ${change.what}` : sentence(change.what));

function changeCard(change, at) {
  const id = `change-${at}`;
  const heading = el("h2", { class: "nhsuk-heading-m", id }, titleOf(change));
  const rows = [
    ["Before", change.was, changedWords(change, "del")],
    ["Now", change.now, changedWords(change, "ins")],
  ];
  return el(
    "section",
    { class: "entry", "aria-labelledby": id },
    heading,
    el("p", { class: "nhsuk-hint" }, change.heading ? `${sentence(change.what)}. ${change.id}` : change.id),
    change.was || change.now ? summaryList(rows.map(([key, text, words]) => [key, text ? words : "Nothing"])) : null,
    reachOf(change),
    choices(change, at),
  );
}

// The words of one side, with what the other has not marked by more than colour.
function changedWords(change, mark) {
  const side = mark === "del" ? 0 : 1;
  const whole = side ? change.now : change.was;
  if (!change.words.length) return whole;
  return change.words.map((both) => {
    const words = both[side];
    if (!words) return null;
    return both[0] === both[1] ? words : el(mark, {}, words);
  });
}

function summaryList(rows) {
  const row = ([key, inside]) =>
    el(
      "div",
      { class: "nhsuk-summary-list__row" },
      el("dt", { class: "nhsuk-summary-list__key" }, key),
      el("dd", { class: "nhsuk-summary-list__value" }, inside),
    );
  return el("dl", { class: "nhsuk-summary-list" }, rows.map(row));
}

// How many documents are listed under a change; all of them are under Documents.
const LISTED = 50;

function reachOf(change) {
  if (!change.documents.length) return el("p", {}, "It reaches no document: nothing follows from a decision on it.");
  const edited = new Set(change.edited);
  const ordered = [...change.edited, ...change.documents.filter((at) => !edited.has(at))];
  const line = (at) => el("li", {}, documentLink(at), edited.has(at) ? ": edited there" : "");
  const more = ordered.length - LISTED;
  const words = `It reaches ${plural(change.documents.length, "document")}${edited.size ? `; in ${edited.size} somebody has edited what it is about` : ""}`;
  const list = () => [
    el("ul", { class: "nhsuk-list nhsuk-list--bullet" }, ordered.slice(0, LISTED).map(line)),
    more > 0 ? el("p", {}, `And ${plural(more, "more document")}.`) : "",
  ];
  const place = el("div", {});
  const ontoggle = ({ target }) => {
    if (target.open && !place.firstChild) place.append(...list());
  };
  return details(words, { ontoggle }, place);
}

function choices(change, at) {
  const name = `decision-${at}`;
  const spoken = (words) => el("span", { class: "nhsuk-u-visually-hidden" }, `: ${words}`);
  const item = (word) => {
    const id = `${name}-${word}`;
    const choose = () => decide(change.id, { word });
    return el(
      "div",
      { class: "nhsuk-radios__item" },
      el("input", { class: "nhsuk-radios__input", type: "radio", id, name, value: word, checked: wordOf(change.id) === word, onchange: choose }),
      el("label", { class: "nhsuk-label nhsuk-radios__label", for: id }, MEANINGS[word][0]),
    );
  };
  const write = ({ target }) => decide(change.id, { reason: target.value });
  const value = room.decided.get(change.id)?.reason || "";
  return [
    el(
      "div",
      { class: "nhsuk-form-group" },
      el(
        "fieldset",
        { class: "nhsuk-fieldset" },
        el("legend", { class: "nhsuk-fieldset__legend nhsuk-fieldset__legend--s" }, "What becomes of it", spoken(fullTitle(change))),
        el("div", { class: "nhsuk-radios nhsuk-radios--small nhsuk-radios--inline" }, WORDS.map(item)),
      ),
    ),
    el(
      "div",
      { class: "nhsuk-form-group" },
      el("label", { class: "nhsuk-label", for: `reason-${at}` }, "Why (optional)", spoken(fullTitle(change))),
      el("input", { class: "nhsuk-input", type: "text", id: `reason-${at}`, value, oninput: write }),
    ),
  ];
}

// The documents.

function documentsView() {
  const place = el("div", {});
  const all = review.documents.map((one, at) => [one, at]);
  const list = (title, some) =>
    some.length ? [el("h2", { class: "nhsuk-heading-m" }, `${title} (${some.length})`), el("ul", { class: "nhsuk-list duties" }, some.map(([one, at]) => documentLine(one, at)))] : [];
  const draw = () => {
    const sought = room.sought.toLowerCase();
    const some = all.filter(([one]) => one.path.toLowerCase().includes(sought));
    place.replaceChildren(
      ...list("Somebody has edited what changes", some.filter(([one]) => one.edited.length)),
      ...list("Nobody has edited what changes", some.filter(([one]) => one.changes.length && !one.edited.length)),
      ...list("Nothing can be told of these", some.filter(([one]) => !one.changes.length)),
    );
    if (!some.length) place.append(el("p", {}, "No document has this in its name."));
  };
  draw();
  const oninput = ({ target }) => {
    room.sought = target.value;
    draw();
  };
  show(
    "Documents",
    el("div", { class: "nhsuk-form-group" }, el("label", { class: "nhsuk-label", for: "sought" }, "Find a document by its name"), el("input", { class: "nhsuk-input", type: "search", id: "sought", value: room.sought, oninput })),
    place,
  );
}

function documentLine(one, at) {
  if (!one.changes.length) return el("li", {}, el("p", {}, one.path), el("p", { class: "nhsuk-hint" }, sentence(one.why)));
  const words = [plural(one.changes.length, "change"), one.edited.length ? `${one.edited.length} of them where somebody has edited` : "", one.redline.length ? "" : "no redline here"];
  return el("li", {}, documentLink(at), el("div", { class: "nhsuk-hint" }, words.filter(Boolean).join(", ")));
}

function documentView(at) {
  const one = review.documents[at];
  const texts = one.texts.map((text) => changedText(text));
  show(
    nameOf(at),
    el("p", { class: "nhsuk-hint" }, one.path),
    el("p", {}, at ? [documentLink(at - 1, "Document before"), " "] : null, at < review.documents.length - 1 ? documentLink(at + 1, "Next document") : null),
    one.why ? el("div", { class: "nhsuk-inset-text" }, el("p", {}, `No redline is shown. ${sentence(one.why)}.`)) : null,
    texts.length ? [el("h2", { class: "nhsuk-heading-m" }, "What changes in it, if its manager accepts everything"), ...texts] : null,
    one.redline.length ? redline(one, at) : null,
  );
}

function changedText(text) {
  const here = text.changes.map((id) => review.changes.findIndex((change) => change.id === id)).filter((place) => place >= 0);
  const link = (place) => el("li", {}, linkTo(`change-${place}`, fullTitle(review.changes[place])), `: ${decisionInWords(review.changes[place])}`);
  const rows = [
    ["Before", text.before],
    ["In the document", text.there === text.before ? "" : text.there],
    ["Now", text.now === text.before ? "" : text.now],
  ];
  return el(
    "section",
    { class: "entry" },
    el("h3", { class: "nhsuk-heading-s" }, sentence(text.about || text.what)),
    text.about ? el("p", { class: "nhsuk-hint" }, sentence(text.what)) : null,
    summaryList(rows.filter(([, words]) => words)),
    here.length ? [el("p", {}, "It comes from:"), el("ul", { class: "nhsuk-list nhsuk-list--bullet" }, here.map(link))] : null,
  );
}

const decisionInWords = (change) => (wordOf(change.id) ? `decided: ${MEANINGS[wordOf(change.id)][0].toLowerCase()}` : "not decided yet");

function redline(one, at) {
  const frame = pictureFrame(nameOf(at), () => redlineFile(one.redline));
  return [
    el("h2", { class: "nhsuk-heading-m" }, "Its redline"),
    el("p", {}, "This is a picture of the Word file with its tracked changes, for the eyes only: Word ends lines elsewhere, and divides it into more pages. What changes is said above in the same words."),
    button("Show the next change in the picture", () => nextMark(frame), { secondary: true }),
    frame,
  ];
}

// The Word file of which the room holds the parts, each once for all documents that have it.
async function redlineFile(parts) {
  await picturing.load();
  const zip = new window.JSZip();
  for (const [name, file] of parts) zip.file(name, await content(file));
  return zip.generateAsync({ type: "uint8array", compression: "STORE" });
}

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
  const words = !room.canKeep
    ? "This browser keeps nothing for this page: download the file before you close it."
    : room.keeps
      ? "What you decide is kept in this browser, on this computer, and is sent nowhere."
      : "Nothing is kept in this browser: download the file before you close this page.";
  const onchange = ({ target }) => {
    keepNothing(target.checked);
    render();
    byId("shared").focus();
  };
  const clear = () => {
    Object.assign(room, { decided: new Map(), text: review.decisions });
    keep();
    render();
    progress("Nothing is decided any more.");
    main.querySelector("h1").focus();
  };
  return [
    el("h2", { class: "nhsuk-heading-m" }, "Your decisions on this computer"),
    el("p", {}, words),
    el(
      "div",
      { class: "nhsuk-checkboxes nhsuk-form-group" },
      el(
        "div",
        { class: "nhsuk-checkboxes__item" },
        el("input", { class: "nhsuk-checkboxes__input", type: "checkbox", id: "shared", checked: !room.keeps, onchange }),
        el("label", { class: "nhsuk-label nhsuk-checkboxes__label", for: "shared" }, "This is a shared computer: keep nothing"),
      ),
    ),
    button("Clear all decisions", clear, { secondary: true }),
  ];
}

async function open() {
  document.documentElement.className = "js-enabled";
  review = JSON.parse(await text("review.json"));
  await runFile("js-yaml.js");
  recall();
  window.addEventListener("hashchange", () => {
    render();
    focusView();
  });
  render();
}

open();
