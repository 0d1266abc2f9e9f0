// Start: the choices that decide the draft, what is new at the level, what else one may start from, and the draft.

const hasLevels = (one) => one.levels.some(Boolean);

function start() {
  const current = specialism();
  const isBanded = current.word === "band";
  const level = levelKey(current);
  show(
    "Make a job description",
    el("p", { class: "nhsuk-body-l" }, "Choose what the job is. The draft below is made while you read; each later step is optional."),
    el(
      "div",
      { class: "choices" },
      choices.specialisms.length > 1
        ? select("specialism", "Specialism", "", choices.specialisms.map((one) => [one.id, one.title]), current.id, choose("specialism"))
        : null,
      hasLevels(current)
        ? select(level, sentence(current.word), "", current.levels.map((one) => [one, one]), state.values[level], choose(level))
        : bands(),
      roleCategory(current),
      field(choices.fields.find((one) => one.key === "title")),
    ),
    isBanded || !hasLevels(current) ? null : bands(),
    ladder(current, state.values[level]),
    otherBeginnings(),
    taskList(),
    draftPanel(),
    el("p", { class: "nhsuk-hint" }, `The duties are drawn from: ${current.source}.`),
  );
}

const levelKey = (one) => (one.word === "band" ? "band" : "level");
// What a post has that no framework gives a band.
const USUAL_BAND = "6";

// A draft is there before anything is chosen, whichever view is opened first.
function beginAnswers() {
  const current = specialism();
  state.values.specialism ??= current.id;
  if (hasLevels(current)) state.values[levelKey(current)] ??= current.levels[0];
  state.values.band ??= USUAL_BAND;
  state.values.title ??= usualTitle(current);
}

const usualTitle = (one) => one.categories[0]?.title || one.title;

// What is chosen of what a choice offers goes with it, and so does a title that nobody typed.
const FOLLOWING = {
  specialism: ["band", "level", "role_category", "specialist_competences", "title", "skills", "readings"],
  role_category: ["specialist_competences"],
};

const choose = (key) => (value) => {
  const isTyped = state.values.title !== usualTitle(specialism());
  setValue(key, value);
  for (const gone of FOLLOWING[key] || []) if (gone !== "title" || !isTyped) delete state.values[gone];
  keep();
  wanted = key;
  renderAnew();
};

// A framework with levels of its own, or with none, says nothing of the pay band.
function bands() {
  return select("band", "Agenda for Change band", "", choices.bands.map((one) => [one, one]), state.values.band, choose("band"));
}

function roleCategory(current) {
  if (!current.categories.length) return null;
  const options = [["", "Not chosen yet"], ...current.categories.map((one) => [one.id, one.title])];
  return select("role_category", "Role category", "", options, state.values.role_category || "", choose("role_category"));
}

function ladder(current, level) {
  const steps = current.ladder.filter((step) => step.upper === level);
  if (!steps.length) return null;
  const row = ({ heading, likeness, changed }) => [
    heading,
    [sentence(likeness), changed.length ? bullets(changed.map(([before, after]) => `“${before}” is “${after}”`)) : null],
  ];
  return details(`What is new at ${level} compared with ${steps[0].lower}`, {}, summaryList(steps.map(row)));
}

// What else one may start from: a file, a post that HR put into the page, a post typed earlier.

function otherBeginnings() {
  return [opener(), similarPosts(), earlierPosts()];
}

function opener() {
  const place = el("div", { role: "status" });
  const open = async (file) => {
    try {
      place.textContent = "";
      const answer = await python.ask("opened", file.name, new Uint8Array(await file.arrayBuffer()));
      const problems = answer.problems.map((one) => ({ ...one, what: `${one.where}: ${one.what}` }));
      if (problems.length) place.replaceChildren(errorSummary(problems));
      else if (setAll(answer.values)) tell(`${file.name} was opened. Its answers are in the fields.`);
    } catch (error) {
      place.textContent = `${file.name} could not be opened: ${error.message}`;
    }
  };
  const hint = "A post file, or a document that jdgen made. It stays on this computer.";
  const input = fileInput({ ...naming("open", hint), accept: ".yaml,.yml,.docx" }, open);
  return details("Start from a file that you have", {}, group("open", "Open a file", hint, input), place);
}

function similarPosts() {
  if (!choices.posts.length) return null;
  const take = (post) => {
    if (setAll(structuredClone(post.values))) tell(`The answers of ${post.title} are in the fields.`);
  };
  const line = (post) => el("li", {}, `${post.title} `, button("Start from it", () => take(post), { secondary: true, "aria-label": `Start from ${post.title}` }));
  return details("Start from a similar post", {}, el("ul", { class: "nhsuk-list posts" }, choices.posts.map(line)));
}

function earlierPosts() {
  const others = otherPosts();
  if (!others.length) return null;
  const name = ({ values, at }) => `${values.title || "No title"}, ${new Date(at).toLocaleDateString("en-GB")}`;
  const open = (one) => {
    openKept(one.id);
    renderAnew();
  };
  const remove = (one) => {
    forget(one.id);
    render();
  };
  const line = (one) =>
    el(
      "li",
      {},
      `${name(one)} `,
      button("Go on with it", () => open(one), { secondary: true, "aria-label": `Go on with ${name(one)}` }),
      button("Remove it", () => remove(one), { secondary: true, "aria-label": `Remove ${name(one)}` }),
    );
  return details(`Other posts kept in this browser (${others.length})`, {}, el("ul", { class: "nhsuk-list posts" }, others.map(line)));
}

// The parts, with what is open in each.

function taskList() {
  const place = el("ul", { class: "nhsuk-task-list" });
  const fill = keeper(place);
  const line = ([view, title, open]) =>
    el(
      "li",
      { class: "nhsuk-task-list__item nhsuk-task-list__item--with-link" },
      el("div", { class: "nhsuk-task-list__name-and-hint" }, linkTo(view, title, { class: "nhsuk-link nhsuk-task-list__link", "aria-describedby": `open-${view}` })),
      el("div", { class: "nhsuk-task-list__status", id: `open-${view}` }, open),
    );
  fill(PARTS.map(([view, title]) => [view, [view, title, ""], line]));
  drafts.follow((draft) => {
    if (draft.problems.length) return;
    fill(PARTS.map(([view, title]) => [view, [view, title, openIn(view, draft)], line]));
  });
  return el("section", { "aria-labelledby": "parts" }, el("h2", { id: "parts", class: "nhsuk-heading-m" }, "What you may add"), place);
}

function openIn(view, draft) {
  const open = draft.notes.filter((note) => note.rank !== "know" && note.fields.some((key) => partOf(key) === view));
  return open.length ? `${open.length} open` : "Nothing open";
}
