// Elements: how they are written, and how they are put in their place.
//
// Text becomes text nodes, never HTML. The only HTML is the draft, which jdgen's Python has escaped.

const PROPERTIES = new Set(["value", "checked", "selected", "open"]);

function el(name, attributes = {}, ...inside) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (PROPERTIES.has(key)) element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...inside.flat().filter((each) => each !== null && each !== undefined && each !== false));
  return element;
}

const byId = (id) => document.getElementById(id);
const main = byId("main");

let idCount = 0;
// An id that nothing else on the page has.
const newElementId = () => `element-${(idCount += 1)}`;

const sentence = (words) => (words ? words[0].toUpperCase() + words.slice(1) : "");

function linkTo(view, text, attributes = {}) {
  return el("a", { href: `#${view}`, ...attributes }, text);
}

function button(text, action, { secondary, small, ...attributes } = {}) {
  const kind = `${secondary ? " nhsuk-button--secondary" : ""}${small ? " nhsuk-button--small" : ""}`;
  return el("button", { type: "button", class: `nhsuk-button${kind}`, onclick: action, ...attributes }, text);
}

function bullets(items) {
  return el("ul", { class: "nhsuk-list nhsuk-list--bullet" }, items.map((item) => el("li", {}, item)));
}

// How many lines a list of what was found has: a file of thousands of faults would be as many lines to draw.
const MOST_LINES = 100;

// The first of `lines`, and how many more there are.
function firstOf(lines) {
  const more = lines.length - MOST_LINES;
  return more > 0 ? [...lines.slice(0, MOST_LINES), `And ${more.toLocaleString("en-GB")} more.`] : lines;
}

// How many of many things are drawn at once. Between two pieces the browser does what somebody asks of it.
const PIECE = 50;
const drawings = new WeakMap();

// Puts what `draw` makes of each of `items` into `place`: a piece of them from the one at `first` now, the others piece by
// piece, those behind it before those above it, until the place is left or drawn anew.
function drawPieces(place, items, draw, first = 0) {
  const drawing = {};
  drawings.set(place, drawing);
  const piece = (from, to) => items.slice(from, to).map(draw);
  let [from, to] = [first, first + PIECE];
  place.replaceChildren(...piece(from, to));
  const next = () => {
    if (drawings.get(place) !== drawing || !place.isConnected) return;
    if (to < items.length) {
      place.append(...piece(to, to + PIECE));
      to += PIECE;
    } else if (from > 0) {
      const above = piece(Math.max(from - PIECE, 0), from);
      holdStill(place.firstElementChild, () => place.prepend(...above));
      from -= PIECE;
    } else return;
    window.setTimeout(next);
  };
  window.setTimeout(next);
}

// Does what `change` does above `element`, which stays where it is in the window. Browsers do so by themselves, but not all,
// and not at the top.
function holdStill(element, change) {
  const topOf = () => element.getBoundingClientRect().top;
  const top = topOf();
  change();
  window.scrollBy(0, topOf() - top);
}

function details(summary, attributes, ...inside) {
  return el(
    "details",
    { class: "nhsuk-details", ...attributes },
    el("summary", { class: "nhsuk-details__summary" }, el("span", { class: "nhsuk-details__summary-text" }, summary)),
    el("div", { class: "nhsuk-details__text" }, ...inside),
  );
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

// What is wrong, under a heading of its own.
function errorBox(title, lines) {
  const id = newElementId();
  return el(
    "div",
    { class: "nhsuk-error-summary", tabindex: "-1", role: "alert", "aria-labelledby": id },
    el("h2", { class: "nhsuk-error-summary__title", id }, title),
    el(
      "div",
      { class: "nhsuk-error-summary__body" },
      el("ul", { class: "nhsuk-list nhsuk-error-summary__list" }, firstOf(lines).map((line) => el("li", {}, line))),
    ),
  );
}

const labelOf = (id, ...words) => el("label", { class: "nhsuk-label", for: id }, ...words);

// Takes one file, which `open` is given. A file that was mended meanwhile is the same name to a browser, which would say
// nothing of it: so the last one is forgotten first.
function fileInput(attributes, open) {
  const forget = ({ target }) => {
    target.value = "";
  };
  const take = ({ target }) => target.files.length && open(target.files[0]);
  return el("input", { type: "file", class: "nhsuk-file-upload", ...attributes, onclick: forget, onchange: take });
}

// Puts `wanted` into `place`, in order, and takes the rest out. What is there already is not touched, and what has to
// be moved keeps the keyboard's focus: somebody may be typing in it.
function arrange(place, wanted) {
  const focused = document.activeElement;
  let next = place.firstChild;
  for (const node of wanted) {
    if (node === next) next = next.nextSibling;
    else place.insertBefore(node, next);
  }
  while (next) {
    const gone = next;
    next = next.nextSibling;
    gone.remove();
  }
  if (focused !== document.activeElement && place.contains(focused)) focused.focus();
}

// A place whose parts are drawn anew only where what they show is other than before: what somebody types in one, or is
// about to press, outlives the next draft. Each item is a key, what it shows, and how that is drawn.
function keeper(place) {
  let kept = new Map();
  return (items) => {
    const next = new Map();
    for (const [key, content, draw] of items) {
      const shown = JSON.stringify(content);
      const before = kept.get(key);
      next.set(key, before && before.shown === shown ? before : { shown, node: draw(content) });
    }
    kept = next;
    arrange(place, [...next.values()].map(({ node }) => node));
  };
}

// Says something at the foot of the window, and to whoever listens to the page.
function tell(words, ...more) {
  const place = byId("progress");
  place.replaceChildren(words, ...more);
  // The keyboard scrolls it where it has more to say than there is room for.
  place.removeAttribute("tabindex");
  if (place.scrollHeight > place.clientHeight + 1) place.tabIndex = 0;
}

// Gives `content` to the browser to save, under `name`.
function saveAs(name, content, kind) {
  const address = URL.createObjectURL(new Blob([content], { type: kind }));
  const anchor = el("a", { href: address, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
  tell(`${name} was given to your browser to save.`);
}

// What the file holds, deflated.

async function unpack(name) {
  const letters = document.querySelector(`script[data-file="${name}"]`).textContent;
  const packed = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const unpackText = async (name) => new TextDecoder().decode(await unpack(name));
