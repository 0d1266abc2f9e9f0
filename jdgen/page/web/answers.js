// What was typed, and where it is kept.

const LAST = `${PREFIX}.last`;
// Which of the kept posts a tab has open, for as long as the tab is there.
const OPEN_HERE = `${PREFIX}.open`;

// `saved` are the answers that are in a file, too.
const state = { id: "", values: {}, template: 0, saved: "" };

const keyOf = (id) => `${PREFIX}.post.${id}`;

function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A tab goes on with the post that it had open, and a new tab with the one that was typed in last.
function recall() {
  recallSharing();
  const id = stored((place, tab) => tab.getItem(OPEN_HERE) || place.getItem(LAST));
  openKept((storage.keeps && id) || newId());
  window.addEventListener("storage", ({ key }) => {
    if (key === keyOf(state.id) && storage.keeps) partFromOtherTab();
  });
}

function openKept(id) {
  const { values, template } = kept(id) || { values: {}, template: 0 };
  Object.assign(state, { id, values, template });
  stored((_, tab) => tab.setItem(OPEN_HERE, id));
}

function kept(id) {
  const written = stored((place) => place.getItem(keyOf(id)));
  try {
    return JSON.parse(written);
  } catch {
    stored((place) => place.removeItem(keyOf(id)));
    return null;
  }
}

// Another tab has typed in the same post: what is typed here from now on is a post of its own, so that neither tab
// takes anything from the other.
function partFromOtherTab() {
  state.id = newId();
  stored((_, tab) => tab.setItem(OPEN_HERE, state.id));
  keep();
  tell("This post is open in another tab, too. What you type here is kept as a second post.");
}

function keep() {
  if (!storage.keeps) return;
  const written = JSON.stringify({ values: state.values, template: state.template, at: Date.now() });
  stored((place) => {
    place.setItem(keyOf(state.id), written);
    place.setItem(LAST, state.id);
  });
}

// The posts that are kept beside the open one, the last first.
function otherPosts() {
  const ids = stored((place) => Object.keys(place).filter((key) => key.startsWith(keyOf(""))).map((key) => key.slice(keyOf("").length)));
  return (storage.keeps ? ids || [] : [])
    .filter((id) => id !== state.id)
    .map((id) => ({ id, ...kept(id) }))
    .filter((one) => one.values && Object.keys(one.values).length)
    .sort((one, other) => other.at - one.at);
}

function forget(id) {
  stored((place) => place.removeItem(keyOf(id)));
}

function clear() {
  forget(state.id);
  Object.assign(state, { id: newId(), values: {}, template: 0 });
  stored((place, tab) => {
    place.removeItem(LAST);
    tab.setItem(OPEN_HERE, state.id);
  });
}

// Values by their keys: duties.add is add in duties.

function valueOf(key) {
  return key.split(".").reduce((inside, part) => (inside === undefined ? undefined : inside[part]), state.values);
}

const copyOf = (key, otherwise) => structuredClone(valueOf(key) || otherwise);

// White space alone is nothing: nobody sees it.
const isNothing = (value) =>
  value === undefined ||
  (typeof value === "string" && !value.trim()) ||
  (Array.isArray(value) && !value.length) ||
  (typeof value === "object" && value !== null && !Array.isArray(value) && !Object.keys(value).length);

function setValue(key, value) {
  const parts = key.split(".");
  const last = parts.pop();
  let inside = state.values;
  for (const part of parts) inside = inside[part] ??= {};
  if (isNothing(value)) delete inside[last];
  else inside[last] = value;
  if (parts.length && isNothing(state.values[parts[0]])) delete state.values[parts[0]];
  keep();
  drafts.later();
}

// What a draft has before anybody has typed an answer.
const hasAnswers = () => Object.keys(state.values).some((key) => !ON_START.has(key));

const areInFile = () => JSON.stringify(state.values) === state.saved;
const isUnsaved = () => hasAnswers() && !isKept() && !areInFile();

function noteSaved() {
  state.saved = JSON.stringify(state.values);
}

// Takes over all the answers of a post at once, as a post of its own: what was typed before stays, where anything is kept.
// Says whether it did.
function setAll(values) {
  if (isUnsaved() && !window.confirm("The answers on this page are not kept. Go on without them?")) return false;
  if (hasAnswers() && isKept()) state.id = newId();
  state.values = values;
  noteSaved();
  stored((_, tab) => tab.setItem(OPEN_HERE, state.id));
  keep();
  renderAnew();
  return true;
}
