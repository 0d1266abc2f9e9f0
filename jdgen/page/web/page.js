// The page: which view is shown, and at which field somebody goes on in it.

let wanted = null;
let isOpen = false;
let shown = null;

const STEPS = [["start", "Start"], ...PARTS, ["check", "Check and download"]];
const viewHere = () => (STEPS.some(([view]) => view === fragment()) ? fragment() : "start");

function show(title, ...inside) {
  showView({ title, owner: choices.organisation || "Job descriptions", steps: STEPS, current: viewHere() }, inside);
  drafts.follow(tellErrors);
}

function partOf(key) {
  if (ON_START.has(key)) return "start";
  if (key.startsWith("duties") || key === "duty_headings") return "duties";
  if (key.startsWith("criteria") || key === "person_specification") return "person";
  const one = choices.fields.find((each) => each.key === key.split(".")[0]);
  const [view] = (one && PARTS.find(([, , groups]) => groups.includes(one.group))) || ["check"];
  return view;
}

// To the view that has the field, and to the field in it.
function goTo(key) {
  wanted = key;
  const view = partOf(key);
  if (viewHere() === view) render();
  else window.location.hash = view;
}

function focusWanted() {
  const near = wanted && [`field-${wanted}`, `field-${wanted.split(".")[0]}`, `add-${wanted}`].map(byId).find(Boolean);
  const place = near || (wanted && main.querySelector(`[id^="field-${CSS.escape(wanted)}."]`));
  wanted = null;
  if (!place) return focusTop();
  place.focus({ preventScroll: true });
  const { top, bottom } = place.getBoundingClientRect();
  if (top < 0 || bottom > window.innerHeight) place.scrollIntoView({ block: "center" });
  return null;
}

// What somebody is saying in other words, or leaving out, and has not saved.
const ASKING = ".asking[data-changed]";

// It holds whoever leaves the view by one of its links.
function stayWhileAsking(event) {
  const open = main.querySelector(ASKING);
  if (!open || !event.target.closest("nav a, [data-leaves]")) return;
  event.preventDefault();
  event.stopPropagation();
  askToEnd(open);
}

// And whoever leaves it by the browser's own buttons, which ask nobody: the address is that of the view again.
function isHeld() {
  const open = main.querySelector(ASKING);
  if (!open) return false;
  wanted = null;
  window.history.pushState(null, "", `#${shown}`);
  askToEnd(open);
  return true;
}

function askToEnd(open) {
  tell("A change is still open here: save it, or press Cancel.");
  open.querySelector("textarea, input").focus();
}

function render() {
  drafts.listeners.clear();
  beginAnswers();
  const view = (shown = viewHere());
  const fields = PARTS.find(([name]) => name === view);
  if (view === "duties") duties();
  else if (view === "person") person();
  else if (fields) part(fields);
  else if (view === "check") check();
  else start();
  if (isOpen) focusWanted();
  isOpen = true;
}

// The view with other answers than it had: the draft that there was is of none of them.
function renderAnew() {
  drafts.current = null;
  render();
}

async function open() {
  choices = JSON.parse(await unpackText("choices.json"));
  followSkipLink();
  recall();
  python.start();
  holdWhile(() => main.querySelector(ASKING) || isUnsaved());
  document.addEventListener("click", stayWhileAsking, true);
  window.addEventListener("hashchange", () => {
    if (isHeld()) return;
    if (!python.isStopped) tell("");
    render();
  });
  render();
}

open();
