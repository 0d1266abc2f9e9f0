// The documents that a release reaches: what changes in each, and its redline.

function documentsView() {
  const place = el("div", {});
  const count = el("p", { class: "nhsuk-hint", role: "status" });
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
    count.textContent = some.length ? plural(some.length, "document") : "No document has this in its name.";
  };
  draw();
  const oninput = ({ target }) => {
    room.sought = target.value;
    draw();
  };
  show(
    "Documents",
    el("div", { class: "nhsuk-form-group" }, labelOf("sought", "Find a document by its name"), el("input", { class: "nhsuk-input", type: "search", id: "sought", value: room.sought, oninput })),
    count,
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
  const texts = one.texts.map(changedText);
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
  const here = text.changes.map((id) => placeOf.get(id)).filter((place) => place !== undefined);
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
  for (const [name, file] of parts) zip.file(name, await unpack(file));
  return zip.generateAsync({ type: "uint8array", compression: "STORE" });
}
