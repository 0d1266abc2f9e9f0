// Pages of fields, in the order in which people fill them in.

const PARTS = [
  ["details", "Job details", ["job", "terms", "organisation", "own"]],
  ["purpose", "Purpose and size", ["content", "work"]],
  ["duties", "Duties", []],
  ["demand", "Effort and working conditions", ["effort"]],
  ["person", "Person specification", []],
];
const ON_START = new Set(["title", "specialism", "band", "level", "role_category"]);
// What has a control of its own, or needs a file that is no answer.
const NOT_FIELDS = new Set(["picture", "organisation_chart", "readings", "specialist_competences", "skills", "own"]);

function part([view, title, groups]) {
  const here = choices.fields.filter(
    (one) => groups.includes(one.group) && !ON_START.has(one.key) && !NOT_FIELDS.has(one.key) && !one.key.includes("."),
  );
  const controls = here.map((one) => (ENTRIES[one.key] ? entries(one.key, one.heading || title, one.help, !one.heading) : field(one)));
  if (view === "details") controls.push(...frameworkFields(), ...ownFields());
  showPart(view, title, controls);
}

// Shows a part, and the button to the next one; where an answer of this one is wrong, the errors come first.
function showPart(view, title, ...inside) {
  const order = ["start", ...PARTS.map(([name]) => name), "check"];
  const after = order[order.indexOf(view) + 1];
  const above = el("div", {});
  const fill = keeper(above);
  let isTold = false;
  const problemsHere = () => (drafts.current?.problems || []).filter((problem) => problem.field && partOf(problem.field) === view);
  const tellProblems = () => fill(isTold && problemsHere().length ? [["problems", problemsHere(), errorSummary]] : []);
  const goOn = () => {
    if (!problemsHere().length) {
      window.location.hash = after;
      return;
    }
    if (!main.querySelector(".nhsuk-error-summary")) {
      isTold = true;
      tellProblems();
    }
    main.querySelector(".nhsuk-error-summary").focus();
  };
  show(title, above, ...inside, el("p", {}, button("Save and continue", goOn, { "data-leaves": true })));
  drafts.follow(tellProblems);
}

// What the framework leaves to the post: competences of a specialist, levels of skills, and which of several readings
// of a heading is meant.
function frameworkFields() {
  const current = specialism();
  const category = current.categories.find((one) => one.id === state.values.role_category);
  const competences = (category?.competences || []).map((one) => [one.id, one.name]);
  const helpOf = (key) => sentence(choices.fields.find((one) => one.key === key).help);
  return [
    competences.length ? boxes("specialist_competences", "Specialist competences", helpOf("specialist_competences"), competences) : null,
    ...current.skills.map((skill) => choice(`skills.${skill.id}`, `${skill.title}: ${skill.word}`, skill.levels.map((one) => [one, one]))),
    ...current.readings.map((heading) => choice(`readings.${heading.id}`, `${heading.title}: which reading is meant`, heading.readings.map((one) => [one.id, one.text]))),
  ];
}

function choice(key, label, options) {
  return select(key, label, "", [["", "Not chosen yet"], ...options], valueOf(key) || "", (value) => setValue(key, value));
}

function ownFields() {
  return Object.entries(choices.own).map(([name, heading]) => field({ key: `own.${name}`, heading, kind: "prose", help: "" }));
}

// The lists of a draft under their headings, with what the post leaves out above them: `key` has it, each entry with what is
// left out under `name`. While an answer is wrong there is no new draft: the lists of the last one stay, and what is typed
// in them.
function draftLists({ key, name }, sectionsOf) {
  const place = el("div", {});
  const fill = keeper(place);
  const lists = new Map();
  const section = ([id, title]) => {
    const list = el("ul", { class: "nhsuk-list duties" });
    lists.set(id, keeper(list));
    return el("section", {}, el("h2", { class: "nhsuk-heading-m" }, title), list);
  };
  let sections = [];
  const draw = (draft) => {
    if (!draft.problems.length) sections = sectionsOf(draft);
    fill([
      ...(draft.problems.length ? [["problems", draft.problems, errorSummary]] : []),
      ["omitted", copyOf(key, []), (all) => leftOut(key, name, all)],
      ...sections.map(({ id, title }) => [`section ${id}`, [id, title], section]),
    ]);
    for (const { id, lines } of sections) lists.get(id)(lines);
  };
  return { place, draw };
}

function person() {
  const { place, draw } = draftLists({ key: "criteria.omit", name: "criterion" }, ({ criteria: groups }) =>
    groups.map(({ title, criteria }) => ({ id: title, title, lines: criteria.map((one) => [one.id, one, criterion]) })),
  );
  const key = el("p", { class: "nhsuk-hint" });
  showPart("person", "Person specification", key, place, entries("criteria.add", "Criteria of your own", ""));
  drafts.follow((draft) => {
    draw(draft);
    if (!draft.problems.length) key.textContent = draft.assessment;
  });
}

// A criterion, which may be left out with a reason, if it is not the post's own.
function criterion(one) {
  const place = el("li", { id: `criterion-${one.id}` });
  const words = `${one.text} (${one.importance}; ${one.assessed_by})`;
  const plain = () => place.replaceChildren(el("p", {}, words), one.origin === "post" ? "" : el("div", { class: "actions" }, smallButton("Leave out", one.text, omit)));
  const omit = () =>
    askReason(place, { shown: words, title: "Leave it out" }, plain, (reason) =>
      change("criteria.omit", [...copyOf("criteria.omit", []), { criterion: one.id, reason }], lastLeftOut),
    );
  plain();
  return place;
}
