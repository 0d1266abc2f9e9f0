// Fields: labels, hints, errors, counts, and lists of entries with parts.

let choices = null;

const specialism = () =>
  choices.specialisms.find((each) => each.id === state.values.specialism) || choices.specialisms[0];

function group(id, label, hint, control, after = null) {
  return el(
    "div",
    { class: "nhsuk-form-group", id: `group-${id}` },
    labelOf(`field-${id}`, label),
    hint ? el("div", { class: "nhsuk-hint", id: `hint-${id}` }, hint) : null,
    el("span", { class: "nhsuk-error-message", id: `error-${id}`, hidden: true }),
    control,
    after,
  );
}

function naming(id, hint) {
  return { id: `field-${id}`, name: id, "aria-describedby": `${hint ? `hint-${id} ` : ""}error-${id}` };
}

// How much of the `most` that NHS Jobs takes is left of a text: for the eyes at once, for the ears when somebody has
// stopped typing.
function counter(most) {
  const seen = el("div", { class: "nhsuk-hint counter", "aria-hidden": "true" });
  const heard = el("div", { class: "nhsuk-u-visually-hidden", "aria-live": "polite" });
  let timer = 0;
  const count = (written) => {
    const over = [...written].length - most;
    const words = over > 0 ? `${over} characters too many: NHS Jobs takes ${most}` : `${-over} characters left`;
    seen.textContent = words;
    seen.classList.toggle("over", over > 0);
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      heard.textContent = words;
    }, 1000);
  };
  return { place: el("div", {}, seen, heard), count };
}

const LISTS = new Set(["texts", "words"]);

function field(one) {
  const id = one.key;
  const isList = LISTS.has(one.kind);
  const hint = isList ? `${sentence(one.help)}. One on each line` : sentence(one.help);
  const counting = one.limit ? counter(one.limit) : null;
  const oninput = ({ target }) => {
    const lines = target.value.split("\n").map((line) => line.trim()).filter(Boolean);
    setValue(id, isList ? lines : target.value);
    counting?.count(target.value);
  };
  const value = isList ? (valueOf(id) || []).join("\n") : valueOf(id) || "";
  const isLong = isList || one.kind === "prose";
  const control = isLong
    ? el("textarea", { ...naming(id, hint), class: "nhsuk-textarea", rows: isList ? 4 : 5, value, oninput })
    : el("input", { ...naming(id, hint), class: "nhsuk-input", type: "text", value, oninput });
  counting?.count(value);
  return group(id, one.heading, hint, control, counting?.place);
}

function select(id, label, hint, options, value, onchoice) {
  const control = el(
    "select",
    { ...naming(id, hint), class: "nhsuk-select", onchange: ({ target }) => onchoice(target.value) },
    options.map(([key, words]) => el("option", { value: key, selected: key === value }, words)),
  );
  return group(id, label, hint, control);
}

// Several of what the framework has, each a box to tick.
function boxes(id, legend, hint, options) {
  const chosen = new Set(valueOf(id) || []);
  const tick = (key, isOn) => {
    if (isOn) chosen.add(key);
    else chosen.delete(key);
    setValue(id, options.map(([each]) => each).filter((each) => chosen.has(each)));
  };
  const box = ([key, words]) => {
    const name = `field-${id}.${key}`;
    const onchange = ({ target }) => tick(key, target.checked);
    return el(
      "div",
      { class: "nhsuk-checkboxes__item" },
      el("input", { type: "checkbox", class: "nhsuk-checkboxes__input", id: name, checked: chosen.has(key), onchange }),
      el("label", { class: "nhsuk-label nhsuk-checkboxes__label", for: name }, words),
    );
  };
  return el(
    "fieldset",
    { class: "nhsuk-fieldset nhsuk-form-group", id: `field-${id}`, tabindex: "-1", "aria-describedby": `hint-${id} error-${id}` },
    el("legend", { class: "nhsuk-fieldset__legend nhsuk-fieldset__legend--s" }, legend),
    el("div", { class: "nhsuk-hint", id: `hint-${id}` }, hint),
    el("span", { class: "nhsuk-error-message", id: `error-${id}`, hidden: true }),
    el("div", { class: "nhsuk-checkboxes nhsuk-checkboxes--small" }, options.map(box)),
  );
}

// What is wrong with an answer stands beside its field, too.
function tellErrors(draft) {
  for (const place of main.querySelectorAll('[id^="error-"]')) {
    const id = place.id.slice("error-".length);
    const problem = draft.problems.find((each) => each.field === id);
    place.textContent = problem ? `${problem.what}: ${problem.right}` : "";
    place.hidden = !problem;
    byId(`group-${id}`)?.classList.toggle("nhsuk-form-group--error", Boolean(problem));
    if (problem) byId(`field-${id}`)?.setAttribute("aria-invalid", "true");
    else byId(`field-${id}`)?.removeAttribute("aria-invalid");
  }
}

// Lists of entries with parts.

const ENTRIES = {
  dimensions: "measure",
  relationships: "relationship",
  demands: "effort or condition",
  "duties.add": "duty of your own",
  "criteria.add": "criterion of your own",
};
// Parts that are a sentence or more.
const SENTENCES = new Set(["text", "purpose"]);
const CODES = new Set(["assessed_by"]);

// `isTitled` says that the heading of the view has the same words already.
function entries(key, heading, hint, isTitled = false) {
  const one = ENTRIES[key];
  const parts = choices.parts.filter((part) => part.of === key);
  const place = el("div", {});
  const entriesNow = () => copyOf(key, []);
  const offeredFor = ({ of, name, offered }) =>
    of === "criteria.add" && name === "group" ? specialism().groups.map(({ id, title }) => [id, title]) : offered.map((each) => [each, sentence(each)]);

  function change(at, part, written) {
    const all = entriesNow();
    all[at][part] = CODES.has(part) ? written.toUpperCase().split(/[\s,;/]+/).filter(Boolean) : written;
    if (isNothing(all[at][part])) delete all[at][part];
    setValue(key, all);
  }

  function control(entry, at, part) {
    const { name, title } = part;
    const id = `${key}.${at}.${name}`;
    const codes = CODES.has(name) ? "Codes, such as A, I" : "";
    const value = Array.isArray(entry[name]) ? entry[name].join(", ") : entry[name] || "";
    const options = offeredFor(part);
    if (options.length) return select(id, title, "", options, value, (to) => change(at, name, to));
    const oninput = ({ target }) => change(at, name, target.value);
    if (SENTENCES.has(name)) return group(id, title, "", el("textarea", { ...naming(id, ""), class: "nhsuk-textarea", rows: 2, value, oninput }));
    return group(id, title, codes, el("input", { ...naming(id, codes), class: "nhsuk-input", type: "text", value, oninput }));
  }

  function add() {
    const fresh = {};
    for (const part of parts) {
      const [first] = offeredFor(part);
      if (first) [fresh[part.name]] = first;
    }
    setValue(key, [...entriesNow(), fresh]);
    draw();
    byId(`field-${key}.${entriesNow().length - 1}.${parts[0].name}`)?.focus();
  }

  function remove(at) {
    setValue(key, entriesNow().filter((_, each) => each !== at));
    if (key === "duties.add") forgetPlace(at + 1);
    draw();
    byId(`add-${key}`).focus();
  }

  function draw() {
    const sets = entriesNow().map((entry, at) =>
      el(
        "fieldset",
        { class: "nhsuk-fieldset entry" },
        el("legend", { class: "nhsuk-fieldset__legend nhsuk-fieldset__legend--s" }, `${sentence(one)} ${at + 1}`),
        parts.map((part) => control(entry, at, part)),
        button(`Remove ${one} ${at + 1}`, () => remove(at), { secondary: true }),
      ),
    );
    place.replaceChildren(
      el("h2", { class: isTitled ? "nhsuk-u-visually-hidden" : "nhsuk-heading-m", id: `field-${key}`, tabindex: "-1" }, heading),
      hint ? el("p", { class: "nhsuk-hint" }, sentence(hint)) : "",
      ...sets,
      button(`Add ${/^[aeiou]/.test(one) ? "an" : "a"} ${one}`, add, { secondary: true, id: `add-${key}` }),
    );
  }

  draw();
  return place;
}
