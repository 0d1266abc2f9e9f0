// Fields: labels, hints, errors, counts, and lists of entries with parts.

let choices = null;

const specialism = () =>
  choices.specialisms.find((each) => each.id === state.values.specialism) || choices.specialisms[0];

function group(id, label, hint, control, after = null) {
  return el(
    "div",
    { class: "nhsuk-form-group", id: `group-${id}` },
    el("label", { class: "nhsuk-label", for: `field-${id}` }, label),
    hint ? el("div", { class: "nhsuk-hint", id: `hint-${id}` }, hint) : null,
    el("span", { class: "nhsuk-error-message", id: `error-${id}`, hidden: true }),
    control,
    after,
  );
}

function naming(id, hint) {
  return { id: `field-${id}`, name: id, "aria-describedby": `${hint ? `hint-${id} ` : ""}error-${id}` };
}

function counter(id, most) {
  return el("div", { class: "nhsuk-hint counter", id: `count-${id}`, "data-most": most, "aria-live": "polite" });
}

function count(id, written) {
  const place = byId(`count-${id}`);
  if (!place) return;
  const most = Number(place.dataset.most);
  const over = [...written].length - most;
  place.textContent = over > 0 ? `${over} characters too many: NHS Jobs takes ${most}` : `${-over} characters left`;
  place.classList.toggle("over", over > 0);
}

const LISTS = new Set(["texts", "words"]);

function field(one) {
  const id = one.key;
  const isList = LISTS.has(one.kind);
  const hint = isList ? `${sentence(one.help)}. One on each line` : sentence(one.help);
  const oninput = ({ target }) => {
    const lines = target.value.split("\n").map((line) => line.trim()).filter(Boolean);
    setValue(id, isList ? lines : target.value);
    count(id, target.value);
  };
  const value = isList ? (valueOf(id) || []).join("\n") : valueOf(id) || "";
  const isLong = isList || one.kind === "prose";
  const control = isLong
    ? el("textarea", { ...naming(id, hint), class: "nhsuk-textarea", rows: isList ? 4 : 5, value, oninput })
    : el("input", { ...naming(id, hint), class: "nhsuk-input", type: "text", value, oninput });
  if (one.limit) window.queueMicrotask(() => count(id, valueOf(id) || ""));
  return group(id, one.heading, hint, control, one.limit ? counter(id, one.limit) : null);
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
  dimensions: { one: "measure", parts: [["measure"], ["text"]] },
  relationships: { one: "relationship", parts: [["who"], ["setting", ["internal", "external"]], ["purpose"]] },
  demands: {
    one: "effort or condition",
    parts: [["kind", ["physical", "mental", "emotional", "environment"]], ["text"], ["frequency"], ["duration"]],
  },
  "duties.add": { one: "duty of your own", parts: [["heading"], ["text"]] },
  "criteria.add": {
    one: "criterion of your own",
    parts: [
      ["text"],
      ["importance", ["essential", "desirable"]],
      ["group", () => specialism().groups.map((each) => each.id)],
      ["assessed_by"],
    ],
  },
};
// Parts that are a sentence or more.
const SENTENCES = new Set(["text", "purpose"]);
const CODES = new Set(["assessed_by"]);

// `isTitled` says that the heading of the view has the same words already.
function entries(key, heading, hint, isTitled = false) {
  const { one, parts } = ENTRIES[key];
  const place = el("div", {});
  const entriesNow = () => copyOf(key, []);

  function change(at, part, written) {
    const all = entriesNow();
    all[at][part] = CODES.has(part) ? written.toUpperCase().split(/[\s,;/]+/).filter(Boolean) : written;
    if (isNothing(all[at][part])) delete all[at][part];
    setValue(key, all);
  }

  function control(entry, at, [part, offer]) {
    const id = `${key}.${at}.${part}`;
    const label = choices.parts[`${key}.${part}`];
    const codes = CODES.has(part) ? "Codes, such as A, I" : "";
    const value = Array.isArray(entry[part]) ? entry[part].join(", ") : entry[part] || "";
    const options = typeof offer === "function" ? offer() : offer;
    if (options) return select(id, label, "", options.map((each) => [each, sentence(each)]), value, (to) => change(at, part, to));
    const oninput = ({ target }) => change(at, part, target.value);
    if (SENTENCES.has(part)) return group(id, label, "", el("textarea", { ...naming(id, ""), class: "nhsuk-textarea", rows: 2, value, oninput }));
    return group(id, label, codes, el("input", { ...naming(id, codes), class: "nhsuk-input", type: "text", value, oninput }));
  }

  function add() {
    const fresh = {};
    for (const [part, offer] of parts) {
      if (offer) [fresh[part]] = typeof offer === "function" ? offer() : offer;
    }
    setValue(key, [...entriesNow(), fresh]);
    draw();
    byId(`field-${key}.${entriesNow().length - 1}.${parts[0][0]}`)?.focus();
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
