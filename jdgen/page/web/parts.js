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
  show(title, controls, next(view));
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

// On to the next part; where an answer of this one is wrong, the errors come first.
function next(view) {
  const order = ["start", ...PARTS.map(([name]) => name), "check"];
  const after = order[order.indexOf(view) + 1];
  const go = (event) => {
    const problems = (drafts.current?.problems || []).filter((problem) => problem.field && partOf(problem.field) === view);
    if (!problems.length) return;
    event.preventDefault();
    main.querySelector(".nhsuk-error-summary")?.remove();
    const summary = errorSummary(problems);
    main.prepend(summary);
    summary.focus();
  };
  return el("p", {}, linkTo(after, "Save and continue", { class: "nhsuk-button", role: "button", onclick: go }));
}

function person() {
  const place = el("div", {});
  const fill = keeper(place);
  const lists = new Map();
  const section = (title) => {
    const list = el("ul", { class: "nhsuk-list duties" });
    lists.set(title, keeper(list));
    return el("section", {}, el("h2", { class: "nhsuk-heading-m" }, title), list);
  };
  let current = null;
  show("Person specification", place, entries("criteria.add", "Criteria of your own", ""), next("person"));
  drafts.follow((draft) => {
    if (!draft.problems.length) current = draft;
    const groups = current ? current.criteria : [];
    fill([
      ...(draft.problems.length ? [["problems", draft.problems, errorSummary]] : []),
      ["omitted", copyOf("criteria.omit", []), (all) => leftOut("criteria.omit", "criterion", all)],
      ...groups.map(({ title }) => [`group ${title}`, title, section]),
    ]);
    for (const { title, criteria } of groups) lists.get(title)(criteria.map((one) => [one.id, one, criterion]));
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
