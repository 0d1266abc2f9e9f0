// The page: which view is shown, and where the focus goes.

let wanted = null;
let isOpen = false;
let shown = null;

const viewHere = () => window.location.hash.slice(1) || "start";

function show(title, ...inside) {
  document.title = `${title} – ${choices.organisation || "Job descriptions"}`;
  main.replaceChildren(el("h1", { class: "nhsuk-heading-l" }, title), ...inside.flat().filter(Boolean));
  steps();
  drafts.follow(tellErrors);
}

function steps() {
  const all = [["start", "Start"], ...PARTS, ["check", "Check and download"]];
  const link = ([view, words]) => el("li", {}, linkTo(view, words, { "aria-current": view === viewHere() ? "page" : null }));
  byId("steps").replaceChildren(el("ul", { class: "steps" }, all.map(link)));
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
  const exact = near || (wanted && main.querySelector(`[id^="field-${CSS.escape(wanted)}."]`));
  wanted = null;
  const place = exact || main.querySelector("h1");
  if (!exact) place.setAttribute("tabindex", "-1");
  place.focus();
  place.scrollIntoView({ block: exact ? "center" : "start" });
}

// What somebody is saying in other words, or leaving out, and has not saved.
const ASKING = ".asking[data-changed]";

// It holds whoever leaves the view by one of its links.
function stayWhileAsking(event) {
  const open = main.querySelector(ASKING);
  if (!open || !event.target.closest("nav a, a.nhsuk-button")) return;
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
  progress("A change is still open here: save it, or press Cancel.");
  open.querySelector("textarea, input").focus();
}

function render() {
  drafts.listeners.clear();
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

async function open() {
  document.documentElement.className = "js-enabled";
  choices = JSON.parse(await text("choices.json"));
  recall();
  python.start();
  holdWhile(() => main.querySelector(ASKING) || isUnsaved());
  document.addEventListener("click", stayWhileAsking, true);
  window.addEventListener("hashchange", () => {
    if (isHeld()) return;
    if (!python.isStopped) progress("");
    render();
  });
  render();
  drafts.now();
}

open();
