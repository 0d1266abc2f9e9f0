// A Word file as it looks, by docx-preview: a picture for the eyes. It has no headings that a screen reader could follow,
// so whatever stands in it stands somewhere else on the page, too, and neither focus nor speech goes into it.

const picturing = {
  // Loaded when a picture is first asked for: most people never do.
  viewer: null,

  load() {
    this.viewer ??= runFile("jszip.js").then(() => runFile("docx-preview.js")).then(() => window.docx);
    this.viewer.catch(() => {
      this.viewer = null;
    });
    return this.viewer;
  },
};

// Runs a script that the file holds.
async function runFile(name) {
  const address = URL.createObjectURL(new Blob([await unpackText(name)], { type: "text/javascript" }));
  try {
    await new Promise((resolve, reject) => {
      const script = el("script", { src: address, onload: resolve, onerror: () => reject(new Error(`${name} did not run`)) });
      document.head.append(script);
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}

const VIEWING = {
  className: "docx",
  inWrapper: true,
  ignoreFonts: true, // those in a file would be asked for by an address
  renderChanges: true,
  renderComments: true,
  renderAltChunks: false, // HTML inside a Word file
};
// Tracked changes are told by more than colour, and comments stand where they are about something. What lies outside a page
// does not cover anything else. A number is as far from its text as it is in Word: the tab behind it leads to where the
// lines begin. Colours are those of the page.
const PICTURE_STYLE = `
:host { display: block; width: max-content; min-width: 100%; background: var(--desk); }
.docx-wrapper { background: var(--desk); padding: 20px; }
.docx-wrapper > section.docx { box-shadow: none; border: 1px solid var(--edge); margin-bottom: 20px; overflow: hidden; }
p::before { white-space: pre; tab-size: 60pt; }
ins { color: var(--in); background: var(--in-page); text-decoration: underline; }
del { color: var(--out); background: var(--out-page); text-decoration: line-through; }
.docx-comment-ref, .docx-comment-date { display: none; }
div.docx-comment-popover { display: inline-block; position: static; width: auto; max-width: 100%; box-sizing: border-box;
  margin: 4px; padding: 4px 8px; border: 1px solid var(--edge); box-shadow: none; background: var(--note); color: #212b32;
  text-indent: 0; font-size: 10pt; vertical-align: top; }
.no-picture { box-sizing: border-box; border: 1px dashed #4c6272; padding: 8px; max-width: 100%; overflow: hidden; }
.docx-comment-author { color: #425563; }
`;

// The picture of the Word file with these bytes. The page's policy allows no style inside an element and no further
// style sheet that is written as text: what docx-preview writes so is put in by the ways that scripts have for it.
async function picture(bytes) {
  const { parseAsync, renderDocument } = await picturing.load();
  const options = { ...VIEWING, h: draw };
  const nodes = await renderDocument(await parseAsync(bytes, options), options);
  const host = el("div", { "aria-hidden": "true", inert: true, lang: "en-GB" });
  const root = host.attachShadow({ mode: "open" });
  const isStyle = (node) => node.nodeName === "STYLE";
  root.adoptedStyleSheets = [...nodes.filter(isStyle).map((node) => node.textContent), PICTURE_STYLE].map(sheet);
  root.append(...nodes.filter((node) => !isStyle(node)));
  markFirsts(root);
  return host;
}

// The look of the first row and the first column is that of cells that are marked so, which Word files need not do.
function markFirsts(root) {
  for (const table of root.querySelectorAll("table.first-row")) table.rows[0]?.classList.add("first-row");
  for (const table of root.querySelectorAll("table.first-col")) {
    for (const row of table.rows) row.cells[0]?.classList.add("first-col");
  }
}

// An address outside the file, as a browser writes it back. The policy of the page refuses it, too; here nothing is asked.
const OUTSIDE = /url\("(?!blob:|data:)(?:[^"\\]|\\.)*"\)/g;
// What a paragraph's style says of its words, which its number has, too.
const OF_STYLE = /^(p\.docx_[\w-]+) span \{/gm;
const isInside = (address) => /^(?:blob|data):/.test(String(address));

function sheet(written) {
  const made = new CSSStyleSheet();
  made.replaceSync(written);
  const rules = Array.from(made.cssRules, (rule) => rule.cssText).join("\n");
  made.replaceSync(rules.replace(OUTSIDE, "none").replace(OF_STYLE, "$1 span, $1::before {"));
  return made;
}

// The style of an element, without addresses outside the file.
function dress(element, style) {
  if (typeof style === "string") element.style.cssText = style;
  else Object.assign(element.style, style);
  const inside = element.style.cssText.replace(OUTSIDE, "none");
  if (inside !== element.style.cssText) element.style.cssText = inside;
}

// Where a picture is, is set when it has been read. In the place of one that browsers do not know, such as a metafile, it
// is said what is there.
function showPicture(element) {
  Object.defineProperty(element, "src", { set: (to) => isInside(to) && element.setAttribute("src", to) });
  element.addEventListener("error", () => {
    const box = el("div", { class: "no-picture" }, "A drawing is here. Word shows it, and browsers cannot.");
    box.style.cssText = element.style.cssText;
    element.replaceWith(box);
  });
}

const NOT_DRAWN = new Set(["iframe", "script", "object", "embed", "form"]);

// How docx-preview makes an element: as it does itself, but for a style that is text, and what leads out of the page.
function draw(one) {
  if (typeof one === "string") return document.createTextNode(one);
  if (one instanceof Node) return one;
  const { ns, tagName, className, style, children = [], ...properties } = one;
  const inside = (children || []).filter((each) => each !== null && each !== undefined).map(draw);
  if (tagName === "#comment") return document.createComment("");
  if (tagName === "#fragment" || NOT_DRAWN.has(tagName)) {
    const fragment = document.createDocumentFragment();
    fragment.append(...inside);
    return fragment;
  }
  const element = ns ? document.createElementNS(ns, tagName) : document.createElement(tagName);
  if (className) element.setAttribute("class", className);
  if (tagName === "img") showPicture(element);
  if (style) dress(element, style);
  for (const [key, value] of Object.entries(properties)) {
    if (value !== undefined && key !== "href") element[key] = value;
  }
  element.append(...inside);
  return element;
}

// How far from the top of its frame a mark is shown.
const MARGIN = 80;

// A picture in a frame that is no wider than its place, and that the keyboard can scroll; or why there is none.
function pictureFrame(name, make) {
  const frame = el("div", { class: "picture", role: "region", "aria-label": `Picture of ${name}`, tabindex: "0" });
  frame.append(el("p", { role: "status" }, "The Word file is being drawn …"));
  const fill = async () => {
    try {
      const host = await picture(await make());
      frame.replaceChildren(host);
      fit(frame, host);
    } catch (error) {
      const words = `The Word file cannot be shown here (${error.message}). Open it in Word to see it.`;
      frame.replaceChildren(el("p", { role: "status" }, words));
    }
  };
  fill();
  return frame;
}

// Scrolls a frame to the next tracked change or comment in it, after the last the first again.
function nextMark(frame) {
  const root = frame.firstElementChild?.shadowRoot;
  const marks = root ? [...root.querySelectorAll("ins, del, .docx-comment-popover")] : [];
  const top = frame.getBoundingClientRect().top;
  const isBelow = (mark) => mark.getBoundingClientRect().top - top > MARGIN + 1;
  const next = marks.find(isBelow) || marks[0];
  if (next) frame.scrollTop += next.getBoundingClientRect().top - top - MARGIN;
}

// As large as the frame is wide, down to half the size; from there on it is scrolled.
function fit(frame, host) {
  const whole = host.offsetWidth;
  const scale = () => {
    host.style.zoom = Math.max(0.5, Math.min(1, frame.clientWidth / whole));
  };
  scale();
  new ResizeObserver(scale).observe(frame);
}
