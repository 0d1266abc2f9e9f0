// The reading room: what is decided in it, and where that is kept.

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
// `isOpen` says that something is decided which is in no file yet.
const room = { decided: new Map(), text: "", shown: "all", sought: "", isOpen: false };

function keep() {
  if (!storage.keeps) return;
  const written = JSON.stringify({ decided: [...room.decided], text: room.text });
  stored((place) => place.setItem(KEPT, written));
}

// Begins with what this browser has kept, else with what the file of decisions said when the room was made.
function recall() {
  const begun = readDecisions(review.begun || review.decisions, review);
  Object.assign(room, { decided: begun.decided, text: begun.text });
  if (begun.notes.length) progress(`Of ${review.name}: `, bullets(begun.notes));
  recallSharing();
  if (!storage.canKeep) progress("This browser keeps nothing for this page: download the file before you close it.");
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
    const { decided, text: base } = JSON.parse(written);
    writtenDecisions(base, new Map(decided));
    Object.assign(room, { decided: new Map(decided), text: base });
  } catch {
    stored((place) => place.removeItem(KEPT));
  }
}

const wordOf = (id) => room.decided.get(id)?.word || "";

function decide(id, change) {
  room.decided.set(id, { word: "", reason: "", ...room.decided.get(id), ...change });
  room.isOpen = true;
  keep();
  tellProgress();
}

const countDecided = () => review.changes.filter((change) => wordOf(change.id)).length;
const plural = (count, one) => `${count.toLocaleString("en-GB")} ${one}${count === 1 ? "" : "s"}`;
const progressWords = () => `${countDecided()} of ${review.changes.length} decided`;

function tellProgress() {
  for (const place of main.querySelectorAll(".decided")) place.textContent = progressWords();
}
