// The reading room: what is decided in it, and where that is kept.

const KEPT = `${PREFIX}.decided`;
const MEANINGS = {
  take: ["Take", "The change is made in every document, as if its manager had accepted it."],
  keep: ["Keep", "Every document keeps its words, as if its manager had rejected the change. It is not offered again."],
  ask: ["Ask", "Each manager is asked, by a tracked change."],
};

let review = null;
// Where each change stands in the release, by its id.
let placeOf = new Map();
// `isOpen` says that something is decided which is in no file yet.
const room = { decided: new Map(), text: "", shown: "all", sought: "", isOpen: false };

function keep() {
  if (!storage.keeps) return;
  const written = JSON.stringify({ decided: [...room.decided], text: room.text, isOpen: room.isOpen });
  stored((place) => place.setItem(KEPT, written));
}

// Begins with what this browser has kept, else with what the file of decisions said when the room was made.
function recall() {
  const begun = readDecisions(review.begun || review.decisions, review);
  Object.assign(room, { decided: begun.decided, text: begun.text });
  recallSharing();
  tell(
    storage.canKeep ? "" : "This browser keeps nothing for this page: download the file before you close it. ",
    ...(begun.notes.length ? [`Of ${review.name}: `, bullets(firstOf(begun.notes))] : []),
  );
  if (storage.keeps) takeOver(stored((place) => place.getItem(KEPT)));
  // What is decided in another tab is decided here.
  window.addEventListener("storage", ({ key, newValue }) => {
    if (key !== KEPT || !storage.keeps) return;
    takeOver(newValue);
    render();
  });
}

function takeOver(written) {
  if (!written) return;
  try {
    const { decided, text, isOpen } = JSON.parse(written);
    writtenDecisions(text, new Map(decided), review);
    Object.assign(room, { decided: new Map(decided), text, isOpen: Boolean(isOpen) });
  } catch {
    stored((place) => place.removeItem(KEPT));
  }
}

const wordOf = (id) => room.decided.get(id)?.word || "";

function decide(id, change) {
  room.decided.set(id, { word: "", reason: "", ...room.decided.get(id), ...change });
  room.isOpen = true;
  keep();
  tellCount();
}

// Takes over what a file says, in place of what is decided here.
function takeFile({ decided, text }) {
  Object.assign(room, { decided, text, isOpen: false });
  keep();
  render();
}

const countDecided = () => review.changes.filter((change) => wordOf(change.id)).length;
const plural = (count, one) => `${count.toLocaleString("en-GB")} ${one}${count === 1 ? "" : "s"}`;
const countWords = () => `${countDecided()} of ${review.changes.length} decided`;

// How many are decided, wherever that stands.
function decidedLine() {
  return el("p", { class: "nhsuk-heading-s decided", role: "status" }, countWords());
}

function tellCount() {
  for (const place of main.querySelectorAll(".decided")) place.textContent = countWords();
}
