// Check answers, and download.

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const RANKS = { decide: "To decide", complete: "Only you know", know: "To know" };

function check() {
  const place = el("div", {});
  const fill = keeper(place);
  const beneath = el("div", {});
  const fillBeneath = keeper(beneath);
  show("Check and download", templateChoice(), place, draftPanel(true), beneath, keptAnswers());
  drafts.follow((draft) => {
    fillBeneath(draft.problems.length ? [] : [["picture", [state.values, state.template], wordFile]]);
    if (draft.problems.length) return fill([["problems", draft.problems, errorSummary]]);
    const ranks = Object.keys(RANKS).map((rank) => [rank, draft.notes.filter((note) => note.rank === rank)]);
    return fill([
      ...ranks.filter(([, notes]) => notes.length).map(([rank, notes]) => [rank, notes, () => notesOf(rank, notes)]),
      ["download", "", downloads],
      ["listing", draft.listing, listing],
    ]);
  });
}

function templateChoice() {
  if (choices.templates.length < 2) return null;
  const options = choices.templates.map((title, at) => [String(at), title]);
  return select("template", "Template", "", options, String(state.template), (at) => {
    state.template = Number(at);
    keep();
    drafts.now();
  });
}

// What a note says, with the words that it offers in place of published ones.
const noteText = (note) => `${note.text}${note.other_words ? ` In other words, if they are true of this job: “${note.other_words}”` : ""}`;

function notesOf(rank, notes) {
  const lines = notes.map((note) => [el("strong", {}, `${note.about}: `), noteText(note)]);
  const list = el("ul", { class: "nhsuk-list nhsuk-list--bullet" }, lines.map((line) => el("li", {}, ...line)));
  return details(`${RANKS[rank]} (${notes.length})`, { open: rank === "decide" }, list);
}

function downloads() {
  return el(
    "section",
    {},
    el("h2", { class: "nhsuk-heading-m" }, "Download"),
    el(
      "div",
      { class: "actions" },
      button("Download the Word document", downloadDocument),
      button("Download your answers as a post file", () => download("post_file", [], ".yaml", "application/yaml"), { secondary: true }),
      button("Download the text of a job advert", () => download("listing", [state.template], ".txt", "text/plain"), { secondary: true }),
    ),
  );
}

// The Word file as it will be, for those who want to see it: drawn when it is asked for, and again with each draft.
let isPictureOpen = false;

function wordFile() {
  const place = el("div", {});
  const ontoggle = ({ target }) => {
    isPictureOpen = target.open;
    if (!isPictureOpen || place.firstChild) return;
    const bytes = async () => (await python.ask("document", state.values, state.template)).content;
    place.append(pictureFrame("the Word file", bytes));
  };
  const words =
    "This is a picture of the Word file, for the eyes only: Word ends lines elsewhere, and divides it into more pages. " +
    "The draft above has the same words, with headings that a screen reader can follow.";
  return details("See the Word file as it will be", { open: isPictureOpen, ontoggle }, el("p", {}, words), place);
}

// How long each text of an advert is, of what a job board takes.
function listing(texts) {
  const line = ({ heading, length, is_empty: isEmpty, fits }) => {
    if (isEmpty) return `${heading}: still to be written`;
    return fits ? `${heading}: ${length}` : el("strong", {}, `${heading}: ${length}`);
  };
  return el("section", {}, el("h3", { class: "nhsuk-heading-s" }, "The text of a job advert"), bullets(texts.map(line)));
}

async function downloadDocument() {
  try {
    const { name, content: bytes } = await python.ask("document", state.values, state.template);
    saveAs(name, bytes, WORD);
    noteSaved();
  } catch (error) {
    tellFailure(error);
  }
}

async function download(call, args, ending, kind) {
  try {
    saveAs(`${safe(state.values.title)}${ending}`, await python.ask(call, state.values, ...args), kind);
    if (call === "post_file") noteSaved();
  } catch (error) {
    tellFailure(error);
  }
}

function tellFailure(error) {
  if (!error.isTold) tell(`It could not be made: ${error.message}. What you typed is still here.`);
}

const safe = (name) => (name || "post").replace(/[^\p{L}\p{N} _-]+/gu, " ").trim().slice(0, 80) || "post";

function keptAnswers() {
  const change = () => {
    keep();
    render();
  };
  const clearAll = () => {
    clear();
    window.history.pushState(null, "", "#start");
    renderAnew();
  };
  return keepingPanel({ things: "answers", verb: "type", rescue: "download your answers" }, change, clearAll);
}
