// The changes of a release: their words, whom they reach, and what becomes of them.

// Which of them are shown, by what is decided of them.
const SHOWN = { all: "All changes", open: "Not decided yet", ...Object.fromEntries(WORDS.map((word) => [word, MEANINGS[word][0]])) };

function changesView() {
  const named = changeHere();
  if (named >= 0) room.shown = "all"; // the one that a link leads to is there
  const place = el("div", {});
  const isShown = (change) => shownNow(change, room.shown);
  const draw = (first) => {
    const wanted = review.changes.map((change, at) => [change, at]).filter(([change]) => isShown(change));
    if (wanted.length) drawPieces(place, wanted, ([change, at]) => changeCard(change, at), first);
    else drawPieces(place, ["There is none."], (words) => el("p", {}, words));
  };
  draw(Math.max(named, 0));
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
    decidedLine(),
    el("div", { class: "nhsuk-form-group" }, labelOf("shown", "Show"), el("select", { class: "nhsuk-select", id: "shown", onchange: choose }, options)),
    place,
    el("p", {}, button("Save your decisions", () => {
      window.location.hash = "file";
    })),
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
  const heading = el("h2", { class: "nhsuk-heading-m", id, tabindex: "-1" }, titleOf(change));
  const rows = [
    ["Before", change.was, changedWords(change, "del")],
    ["Now", change.now, changedWords(change, "ins")],
  ];
  return el(
    "section",
    { class: "entry change", "aria-labelledby": id },
    heading,
    el("p", { class: "nhsuk-hint" }, change.heading ? `${sentence(change.what)}. ${change.id}` : change.id),
    change.was || change.now ? summaryList(rows.map(([key, text, words]) => [key, text ? words : "Nothing"])) : null,
    reachOf(change),
    decisionFields(change, at),
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

function decisionFields(change, at) {
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
      labelOf(`reason-${at}`, "Why (optional)", spoken(fullTitle(change))),
      el("input", { class: "nhsuk-input", type: "text", id: `reason-${at}`, value, oninput: write }),
    ),
  ];
}
