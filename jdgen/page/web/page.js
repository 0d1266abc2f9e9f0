// The page: what is on the screen, what was typed, and what Python in the background makes of it.
//
// Typed text becomes text nodes, never HTML. The only HTML is the draft, which jdgen's Python has escaped.
"use strict";

(() => {
  // Elements.

  function el(name, given = {}, ...inside) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(given)) {
      if (value === null || value === undefined || value === false) continue;
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (key in { value: 1, checked: 1, selected: 1 }) made[key] = value;
      else made.setAttribute(key, value === true ? "" : value);
    }
    made.append(...inside.flat().filter((each) => each !== null && each !== undefined));
    return made;
  }

  const byId = (id) => document.getElementById(id);
  const main = byId("main");

  function linkTo(view, text, given = {}) {
    return el("a", { href: `#${view}`, ...given }, text);
  }

  function button(text, does, given = {}) {
    const kind = given.secondary ? " nhsuk-button--secondary" : "";
    delete given.secondary;
    return el("button", { type: "button", class: `nhsuk-button${kind}`, onclick: does, ...given }, text);
  }

  // What the file holds.

  const held = (name) => document.querySelector(`script[data-file="${name}"]`);

  async function content(name) {
    const packed = Uint8Array.from(atob(held(name).textContent), (letter) => letter.charCodeAt(0));
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  const text = async (name) => new TextDecoder().decode(await content(name));

  // Python in the background.

  const python = {
    waiting: new Map(),
    number: 0,
    ready: null,

    async begin() {
      const names = ["pyodide.asm.wasm", "pyodide.asm.mjs", "pyodide.mjs", "python_stdlib.zip", "pyodide-lock.json"];
      names.push("jdgen.zip", "material.json");
      const [source, ...files] = await Promise.all([text("worker.js"), ...names.map(content)]);
      const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
      this.worker = new Worker(address);
      this.worker.onmessage = ({ data }) => this.hear(data);
      this.worker.onerror = (event) => this.stopped(event.message || "it could not be started");
      const handed = Object.fromEntries(names.map((name, at) => [name, files[at]]));
      handed["pyodide-lock.json"] = new TextDecoder().decode(handed["pyodide-lock.json"]);
      const today = new Date();
      const day = [today.getFullYear(), today.getMonth() + 1, today.getDate()].map((n) => String(n).padStart(2, "0"));
      const moved = [...new Set(files.map((file) => file.buffer))];
      return this.post({ call: "begin", files: handed, today: day.join("-") }, moved);
    },

    post(message, moved = []) {
      return new Promise((resolve, reject) => {
        const id = (this.number += 1);
        this.waiting.set(id, { resolve, reject });
        this.worker.postMessage({ id, ...message }, moved);
      });
    },

    hear(data) {
      if (data.step) return progress(`${data.step} …`);
      const { resolve, reject } = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      return data.failed ? reject(new Error(data.failed)) : resolve(data.answer);
    },

    async ask(call, ...args) {
      await this.ready;
      return this.post({ call, args });
    },

    stopped(why) {
      for (const { reject } of this.waiting.values()) reject(new Error(why));
      this.waiting.clear();
    },

    start() {
      this.ready = this.begin();
      this.ready.then(
        () => progress(""),
        (error) => progress(`The part of this page that makes documents did not start (${error.message}).`),
      );
    },

    restart() {
      this.worker.terminate();
      this.stopped("it was started anew");
      this.start();
    },
  };

  function progress(said) {
    byId("progress").textContent = said;
  }

  // What was typed.

  const digest = document.body.dataset.digest;
  const PLACE = `jdgen.${digest}.answers`;
  const SHARED = "jdgen.shared";
  const state = { values: {}, template: 0, canKeep: true, keeps: true };

  function stored(does) {
    try {
      return does(window.localStorage);
    } catch {
      state.canKeep = false;
      return null;
    }
  }

  function recall() {
    state.keeps = stored((place) => place.getItem(SHARED)) !== "yes";
    const written = state.keeps ? stored((place) => place.getItem(PLACE)) : null;
    if (!written) return;
    try {
      const { values, template } = JSON.parse(written);
      Object.assign(state, { values, template });
    } catch {
      stored((place) => place.removeItem(PLACE));
    }
  }

  function keep() {
    if (!state.keeps) return;
    stored((place) => place.setItem(PLACE, JSON.stringify({ values: state.values, template: state.template })));
  }

  function clear() {
    state.values = {};
    state.template = 0;
    stored((place) => place.removeItem(PLACE));
  }

  // Values by their keys: duties.add is add in duties.

  function valueOf(key) {
    return key.split(".").reduce((inside, part) => (inside === undefined ? undefined : inside[part]), state.values);
  }

  const isNothing = (value) =>
    value === undefined ||
    value === "" ||
    (Array.isArray(value) && !value.length) ||
    (typeof value === "object" && value !== null && !Array.isArray(value) && !Object.keys(value).length);

  function setValue(key, value) {
    const parts = key.split(".");
    const last = parts.pop();
    let inside = state.values;
    for (const part of parts) inside = inside[part] ??= {};
    if (isNothing(value)) delete inside[last];
    else inside[last] = value;
    if (parts.length && isNothing(state.values[parts[0]])) delete state.values[parts[0]];
    keep();
    drafts.later();
  }

  // The draft of what was typed, made anew a moment after somebody has stopped typing.

  const drafts = {
    current: null,
    timer: 0,
    listeners: new Set(),

    later() {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.now(), 250);
    },

    async now() {
      const asked = JSON.stringify([state.values, state.template]);
      this.asked = asked;
      if (!state.values.specialism || !state.values.band) return;
      try {
        const draft = await python.ask("draft", state.values, state.template);
        if (this.asked !== asked) return;
        this.current = draft;
        for (const listener of this.listeners) listener(draft);
      } catch (error) {
        progress(`The draft could not be made: ${error.message}. What you typed is still here.`);
      }
    },
  };

  // Fields.

  let choices = null;

  const specialism = () =>
    choices.specialisms.find((each) => each.id === state.values.specialism) || choices.specialisms[0];

  function group(id, label, hint, control, given = {}) {
    return el(
      "div",
      { class: "nhsuk-form-group", id: `group-${id}` },
      el("label", { class: "nhsuk-label", for: `field-${id}` }, label),
      hint ? el("div", { class: "nhsuk-hint", id: `hint-${id}` }, hint) : null,
      el("span", { class: "nhsuk-error-message", id: `error-${id}`, hidden: true }),
      control,
      given.after || null,
    );
  }

  function described(id, hint) {
    return { id: `field-${id}`, name: id, "aria-describedby": `${hint ? `hint-${id} ` : ""}error-${id}` };
  }

  const sentence = (words) => (words ? words[0].toUpperCase() + words.slice(1) : "");

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

  function field(one) {
    const id = one.key;
    const hint = sentence(one.help);
    const given = described(id, hint);
    const kind = one.kind;
    if (kind === "texts" || kind === "prose" || kind === "words") {
      const asList = kind !== "prose";
      const value = valueOf(id);
      const written = asList ? (value || []).join("\n") : value || "";
      const rows = kind === "prose" ? 5 : 4;
      const area = el("textarea", {
        ...given,
        class: "nhsuk-textarea",
        rows,
        value: written,
        oninput: ({ target }) => {
          const lines = target.value.split("\n").map((line) => line.trim()).filter(Boolean);
          setValue(id, asList ? lines : target.value);
        },
      });
      return group(id, one.heading, asList ? `${hint}. One on each line` : hint, area);
    }
    const input = el("input", {
      ...given,
      class: "nhsuk-input",
      type: "text",
      value: valueOf(id) || "",
      oninput: ({ target }) => {
        setValue(id, target.value);
        count(id, target.value);
      },
    });
    const made = group(id, one.heading, hint, input, { after: one.limit ? counter(id, one.limit) : null });
    if (one.limit) window.queueMicrotask(() => count(id, valueOf(id) || ""));
    return made;
  }

  function select(id, label, hint, options, value, does) {
    const control = el(
      "select",
      { ...described(id, hint), class: "nhsuk-select", onchange: ({ target }) => does(target.value) },
      options.map(([key, words]) => el("option", { value: key, selected: key === value }, words)),
    );
    return group(id, label, hint, control);
  }

  // Lists of entries with parts.

  const ENTRIES = {
    dimensions: { one: "measure", parts: [["measure", "What is measured"], ["text", "Its size in this job"]] },
    relationships: {
      one: "relationship",
      parts: [
        ["who", "Who"],
        ["setting", "Internal or external", ["internal", "external"]],
        ["purpose", "What the contact is for"],
      ],
    },
    demands: {
      one: "effort or condition",
      parts: [
        ["kind", "Kind", ["physical", "mental", "emotional", "environment"]],
        ["text", "What the job involves"],
        ["frequency", "How often"],
        ["duration", "For how long"],
      ],
    },
    "duties.add": { one: "duty of your own", parts: [["heading", "Heading"], ["text", "The duty"]] },
    "criteria.add": {
      one: "criterion of your own",
      parts: [
        ["text", "The criterion"],
        ["importance", "Essential or desirable", ["essential", "desirable"]],
        ["group", "Group", () => specialism().groups.map((each) => each.id)],
        ["assessed_by", "Assessed by (codes, such as A, I)"],
      ],
    },
  };
  const LISTED = new Set(["assessed_by"]);

  function entries(key, heading, hint) {
    const { one, parts } = ENTRIES[key];
    const place = el("div", {});
    const read = () => JSON.parse(JSON.stringify(valueOf(key) || []));

    function change(at, part, written) {
      const all = read();
      all[at][part] = LISTED.has(part) ? written.toUpperCase().split(/[\s,;/]+/).filter(Boolean) : written;
      if (isNothing(all[at][part])) delete all[at][part];
      setValue(key, all);
    }

    function control(entry, at, [part, label, offered]) {
      const id = `${key}.${at}.${part}`;
      const value = Array.isArray(entry[part]) ? entry[part].join(", ") : entry[part] || "";
      const options = typeof offered === "function" ? offered() : offered;
      if (options) return select(id, label, "", options.map((each) => [each, sentence(each)]), value, (to) => change(at, part, to));
      const input = el("input", {
        ...described(id, ""),
        class: "nhsuk-input",
        type: "text",
        value,
        oninput: ({ target }) => change(at, part, target.value),
      });
      return group(id, label, "", input);
    }

    function add() {
      const fresh = {};
      for (const [part, , offered] of parts) {
        if (offered) [fresh[part]] = typeof offered === "function" ? offered() : offered;
      }
      setValue(key, [...read(), fresh]);
      draw();
      const [first] = parts;
      byId(`field-${key}.${read().length - 1}.${first[0]}`)?.focus();
    }

    function remove(at) {
      setValue(key, read().filter((_, each) => each !== at));
      draw();
      byId(`add-${key}`).focus();
    }

    function draw() {
      const sets = read().map((entry, at) =>
        el(
          "fieldset",
          { class: "nhsuk-fieldset entry" },
          el("legend", { class: "nhsuk-fieldset__legend nhsuk-fieldset__legend--s" }, `${sentence(one)} ${at + 1}`),
          parts.map((part) => control(entry, at, part)),
          button(`Remove ${one} ${at + 1}`, () => remove(at), { secondary: true }),
        ),
      );
      place.replaceChildren(
        el("h2", { class: "nhsuk-heading-m", id: `field-${key}`, tabindex: "-1" }, heading),
        hint ? el("p", { class: "nhsuk-hint" }, sentence(hint)) : "",
        ...sets,
        button(`Add ${/^[aeiou]/.test(one) ? "an" : "a"} ${one}`, add, { secondary: true, id: `add-${key}` }),
      );
    }

    draw();
    return place;
  }

  // Views.

  const PARTS = [
    ["details", "Job details", ["job", "terms", "organisation", "own"]],
    ["purpose", "Purpose and size", ["content", "work"]],
    ["duties", "Duties", []],
    ["demand", "Effort and working conditions", ["effort"]],
    ["person", "Person specification", []],
  ];
  const ON_START = new Set(["title", "specialism", "band", "level", "role_category"]);
  const NOT_HERE = new Set(["picture", "organisation_chart", "readings", "specialist_competences", "skills", "own"]);

  function show(title, ...inside) {
    document.title = `${title} – ${choices.organisation || "Job descriptions"}`;
    main.replaceChildren(el("h1", { class: "nhsuk-heading-l" }, title), ...inside.flat().filter(Boolean));
    steps();
  }

  function steps() {
    const here = window.location.hash.slice(1) || "start";
    const all = [["start", "Start"], ...PARTS, ["check", "Check and download"]];
    byId("steps").replaceChildren(
      el(
        "ul",
        { class: "steps" },
        all.map(([view, words]) =>
          el("li", {}, linkTo(view, words, { "aria-current": view === here ? "page" : null })),
        ),
      ),
    );
  }

  // The draft, as it will be, with what is still to be answered.

  function draftPanel() {
    const place = el("section", { "aria-labelledby": "draft-heading", class: "draft" });
    const fill = (draft) => place.replaceChildren(...drawn(draft));
    drafts.listeners.add(fill);
    if (drafts.current) fill(drafts.current);
    else place.replaceChildren(el("h2", { id: "draft-heading", class: "nhsuk-heading-m" }, "Your draft"), el("p", {}, "It is being made."));
    return place;
  }

  function drawn(draft) {
    const heading = el("h2", { id: "draft-heading", class: "nhsuk-heading-l" }, "Your draft");
    if (draft.problems.length) return [heading, errorSummary(draft.problems)];
    const open = draft.counts.complete || 0;
    const decide = draft.counts.decide || 0;
    const said = `${open} things only you know, ${decide} to decide on. Each prompt in the draft leads to its field.`;
    const shown = el("div", { class: "paper", lang: "en-GB" });
    shown.innerHTML = draft.html; // jdgen's Python has escaped every text in it
    shown.addEventListener("click", (event) => {
      const prompt = event.target.closest("a.prompt");
      if (!prompt) return;
      event.preventDefault();
      goTo(prompt.dataset.field);
    });
    return [heading, el("p", { class: "nhsuk-body-l" }, said), shown];
  }

  function partOf(fieldKey) {
    if (ON_START.has(fieldKey)) return "start";
    if (fieldKey.startsWith("duties")) return "duties";
    if (fieldKey.startsWith("criteria")) return "person";
    const one = choices.fields.find((each) => each.key === fieldKey.split(".")[0]);
    const found = one && PARTS.find(([, , groups]) => groups.includes(one.group));
    return found ? found[0] : "check";
  }

  let wanted = null;
  let isOpen = false;

  function goTo(fieldKey) {
    wanted = fieldKey;
    const view = partOf(fieldKey);
    if (window.location.hash === `#${view}`) render();
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

  function errorSummary(problems) {
    const lines = problems.map((one) => {
      const words = `${one.what}: ${one.right}`;
      return el(
        "li",
        {},
        one.field
          ? el("a", { href: `#field-${one.field}`, onclick: (event) => { event.preventDefault(); goTo(one.field); } }, words)
          : words,
      );
    });
    return el(
      "div",
      { class: "nhsuk-error-summary", tabindex: "-1", role: "alert", "aria-labelledby": "errors" },
      el("h2", { class: "nhsuk-error-summary__title", id: "errors" }, "There is a problem"),
      el("div", { class: "nhsuk-error-summary__body" }, el("ul", { class: "nhsuk-list nhsuk-error-summary__list" }, lines)),
    );
  }

  // Start: the choices that decide the draft, what is new at the level, and the draft.

  function start() {
    const chosen = specialism();
    state.values.specialism ??= chosen.id;
    const isBanded = chosen.word === "band";
    const level = isBanded ? "band" : "level";
    if (hasLevels(chosen)) state.values[level] ??= chosen.levels[0];
    state.values.band ??= BANDS[5];
    state.values.title ??= chosen.categories[0]?.title || chosen.title;
    const again = (key) => (value) => {
      setValue(key, value);
      if (key === "specialism") for (const gone of ["band", "level", "role_category", "title"]) delete state.values[gone];
      drafts.current = null;
      render();
      drafts.now();
    };
    const title = choices.fields.find((one) => one.key === "title");
    show(
      "Make a job description",
      el("p", { class: "nhsuk-body-l" }, "Choose what the job is. The draft below is made while you read; each later step is optional."),
      el(
        "div",
        { class: "choices" },
        choices.specialisms.length > 1
          ? select("specialism", "Specialism", "", choices.specialisms.map((one) => [one.id, one.title]), chosen.id, again("specialism"))
          : null,
        hasLevels(chosen) ? select(level, sentence(chosen.word), "", chosen.levels.map((one) => [one, one]), state.values[level], again(level)) : bands(again("band")),
        chosen.categories.length
          ? select(
              "role_category",
              "Role category",
              "",
              [["", "Not chosen yet"], ...chosen.categories.map((one) => [one.id, one.title])],
              state.values.role_category || "",
              again("role_category"),
            )
          : null,
        field(title),
      ),
      isBanded || !hasLevels(chosen) ? null : bands(again("band")),
      ladder(chosen, state.values[level]),
      opener(),
      draftPanel(),
      el("p", { class: "nhsuk-hint" }, `Duties are taken word for word from: ${chosen.source}.`),
    );
  }

  const hasLevels = (chosen) => chosen.levels.some(Boolean);
  const BANDS = ["1", "2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9"];

  // A framework with levels of its own, or with none, says nothing of the pay band.
  function bands(does) {
    return select("band", "Agenda for Change band", "", BANDS.map((one) => [one, one]), state.values.band, does);
  }

  function ladder(chosen, level) {
    const all = chosen.ladder.filter((step) => step.upper === level);
    if (!all.length) return null;
    const lower = all[0].lower;
    const rows = all.map((step) =>
      el(
        "div",
        { class: "nhsuk-summary-list__row" },
        el("dt", { class: "nhsuk-summary-list__key" }, step.heading),
        el(
          "dd",
          { class: "nhsuk-summary-list__value" },
          sentence(step.likeness),
          step.changed.length
            ? el("ul", { class: "nhsuk-list nhsuk-list--bullet" }, step.changed.map(([out, put]) => el("li", {}, `“${out}” is “${put}”`)))
            : null,
        ),
      ),
    );
    return el(
      "details",
      { class: "nhsuk-details" },
      el("summary", { class: "nhsuk-details__summary" }, el("span", { class: "nhsuk-details__summary-text" }, `What is new at ${level} compared with ${lower}`)),
      el("div", { class: "nhsuk-details__text" }, el("dl", { class: "nhsuk-summary-list" }, rows)),
    );
  }

  function opener() {
    const said = el("div", { role: "status" });
    const input = el("input", {
      ...described("open", "hint"),
      type: "file",
      class: "nhsuk-file-upload",
      accept: ".yaml,.yml,.docx",
      onchange: async ({ target }) => {
        const [file] = target.files;
        if (!file) return;
        try {
          const opened = await python.ask("opened", file.name, new Uint8Array(await file.arrayBuffer()));
          if (opened.problems.length) return said.replaceChildren(errorSummary(opened.problems));
          state.values = opened.values;
          keep();
          drafts.current = null;
          render();
          drafts.now();
          progress(`${file.name} was opened. Its answers are in the fields.`);
        } catch (error) {
          said.textContent = `${file.name} could not be opened: ${error.message}`;
        }
        return null;
      },
    });
    return el(
      "details",
      { class: "nhsuk-details" },
      el("summary", { class: "nhsuk-details__summary" }, el("span", { class: "nhsuk-details__summary-text" }, "Start from a file that you have")),
      el("div", { class: "nhsuk-details__text" }, group("open", "Open a file", "A post file, or a document that jdgen made. It stays on this computer.", input), said),
    );
  }

  // A page of fields.

  function part([view, title, groups]) {
    const here = choices.fields.filter(
      (one) => groups.includes(one.group) && !ON_START.has(one.key) && !NOT_HERE.has(one.key) && !one.key.includes("."),
    );
    const controls = here.map((one) => (ENTRIES[one.key] ? entries(one.key, one.heading || title, one.help) : field(one)));
    if (view === "details") controls.push(...skillFields(), ...ownFields());
    show(title, controls, next(view));
  }

  // Skills of which the framework leaves the level to the post.
  function skillFields() {
    return specialism().skills.map((skill) => {
      const key = `skills.${skill.id}`;
      const offered = [["", "Not chosen yet"], ...skill.levels.map((one) => [one, one])];
      return select(key, `${skill.title}: ${skill.word}`, "", offered, valueOf(key) || "", (level) => setValue(key, level));
    });
  }

  function ownFields() {
    return Object.entries(choices.own).map(([name, heading]) => field({ key: `own.${name}`, heading, kind: "prose", help: "" }));
  }

  function next(view) {
    const order = ["start", ...PARTS.map(([name]) => name), "check"];
    const after = order[order.indexOf(view) + 1];
    return el("p", {}, linkTo(after, "Save and continue", { class: "nhsuk-button", role: "button" }));
  }

  // Duties: keep, say in other words, leave out with a reason, add.

  function changesOf(kind) {
    return JSON.parse(JSON.stringify(valueOf(`duties.${kind}`) || []));
  }

  function duties() {
    const place = el("div", {});
    const fill = (draft) => {
      if (draft.problems.length) return place.replaceChildren(errorSummary(draft.problems));
      return place.replaceChildren(
        ...omitted(),
        ...draft.duties.map((heading) =>
          el(
            "section",
            {},
            el("h2", { class: "nhsuk-heading-m" }, heading.title),
            el("ul", { class: "nhsuk-list duties" }, heading.duties.map(duty)),
          ),
        ),
      );
    };
    show(
      "Duties",
      el("p", {}, "These are the framework's duties, word for word. Say in your own words what is different here, or leave out what this post does not do, with the reason."),
      place,
      entries("duties.add", "Duties of your own", ""),
      next("duties"),
    );
    drafts.listeners.add(fill);
    if (drafts.current) fill(drafts.current);
    else drafts.now();
  }

  function duty(one) {
    const place = el("li", {});
    const own = one.origin === "post";
    const plain = () =>
      place.replaceChildren(
        el("p", {}, one.text, own ? el("strong", { class: "nhsuk-tag" }, "In your words") : ""),
        el(
          "div",
          { class: "actions" },
          button("Reword", reword, { secondary: true, "aria-label": `Reword: ${one.text}` }),
          own
            ? button("Undo", () => changed("reword", changesOf("reword").filter((each) => each.duty !== one.id)), { secondary: true, "aria-label": `Undo the rewording of: ${one.text}` })
            : button("Leave out", omit, { secondary: true, "aria-label": `Leave out: ${one.text}` }),
        ),
      );

    function form(title, label, value, needsReason, save) {
      const text = el("textarea", { class: "nhsuk-textarea", id: `text-${one.id}`, rows: 3, value });
      const reason = el("input", { class: "nhsuk-input", id: `reason-${one.id}`, type: "text" });
      const said = el("p", { role: "alert", class: "nhsuk-error-message" });
      place.replaceChildren(
        el("p", {}, one.text),
        label ? el("label", { class: "nhsuk-label", for: `text-${one.id}` }, label) : "",
        label ? text : "",
        el("label", { class: "nhsuk-label", for: `reason-${one.id}` }, "Why"),
        reason,
        said,
        el(
          "div",
          { class: "actions" },
          button(title, () => {
            if (!reason.value.trim()) {
              said.textContent = "Write the reason: a panel will ask for it";
              reason.focus();
              return;
            }
            save(text.value.trim(), reason.value.trim());
          }),
          button("Cancel", plain, { secondary: true }),
        ),
      );
      (label ? text : reason).focus();
    }

    function reword() {
      form("Save the wording", "Your words", one.text, true, (text, reason) => {
        const others = changesOf("reword").filter((each) => each.duty !== one.id);
        changed("reword", [...others, { duty: one.id, text, reason }]);
      });
    }

    function omit() {
      form("Leave it out", "", "", true, (_, reason) => changed("omit", [...changesOf("omit"), { duty: one.id, text: undefined, reason }]));
    }

    plain();
    return place;
  }

  function changed(kind, all) {
    setValue(`duties.${kind}`, all.map(({ text: words, ...rest }) => (words === undefined ? rest : { ...rest, text: words })));
    drafts.now();
  }

  function omitted() {
    const all = changesOf("omit");
    if (!all.length) return [];
    return [
      el("h2", { class: "nhsuk-heading-m" }, "Left out"),
      el(
        "ul",
        { class: "nhsuk-list" },
        all.map((one) =>
          el(
            "li",
            {},
            `${one.duty}: ${one.reason} `,
            button("Put it back", () => changed("omit", all.filter((each) => each.duty !== one.duty)), { secondary: true, "aria-label": `Put back ${one.duty}` }),
          ),
        ),
      ),
    ];
  }

  function person() {
    const place = el("div", {});
    const fill = (draft) => {
      if (draft.problems.length) return place.replaceChildren(errorSummary(draft.problems));
      return place.replaceChildren(
        ...draft.criteria.map((one) =>
          el(
            "section",
            {},
            el("h2", { class: "nhsuk-heading-m" }, one.title),
            el("ul", { class: "nhsuk-list duties" }, one.criteria.map((each) => el("li", {}, el("p", {}, `${each.text} (${each.importance}; ${each.assessed_by})`)))),
          ),
        ),
      );
    };
    show("Person specification", place, entries("criteria.add", "Criteria of your own", ""), next("person"));
    drafts.listeners.add(fill);
    if (drafts.current) fill(drafts.current);
    else drafts.now();
  }

  // Check answers, and download.

  function check() {
    const place = el("div", {});
    const fill = (draft) => place.replaceChildren(...checked(draft));
    show(
      "Check and download",
      choices.templates.length > 1
        ? select("template", "Template", "", choices.templates.map((title, at) => [String(at), title]), String(state.template), (at) => {
            state.template = Number(at);
            keep();
            drafts.now();
          })
        : null,
      place,
      draftPanel(),
      keeping(),
    );
    drafts.listeners.add(fill);
    if (drafts.current) fill(drafts.current);
    drafts.now();
  }

  const RANKS = { decide: "To decide", complete: "Only you know", know: "To know" };

  function checked(draft) {
    if (draft.problems.length) return [errorSummary(draft.problems)];
    const lists = Object.entries(RANKS).map(([rank, heading]) => {
      const notes = draft.notes.filter((note) => note.rank === rank);
      if (!notes.length) return "";
      return el(
        "details",
        { class: "nhsuk-details", open: rank === "decide" },
        el("summary", { class: "nhsuk-details__summary" }, el("span", { class: "nhsuk-details__summary-text" }, `${heading} (${notes.length})`)),
        el(
          "div",
          { class: "nhsuk-details__text" },
          el("ul", { class: "nhsuk-list nhsuk-list--bullet" }, notes.map((note) => el("li", {}, el("strong", {}, `${note.about}: `), note.text))),
        ),
      );
    });
    const title = state.values.title || "";
    const counts = [`Job title: ${[...title].length} of 70 characters`, `Job purpose: ${[...(state.values.purpose || "")].length} of 1,500 characters`];
    return [
      ...lists,
      el("h2", { class: "nhsuk-heading-m" }, "Download"),
      el("p", { class: "nhsuk-hint" }, counts.join(". ")),
      el(
        "div",
        { class: "actions" },
        button("Download the Word document", () => download("document")),
        button("Download your answers as a post file", () => download("post"), { secondary: true }),
      ),
    ];
  }

  async function download(what) {
    try {
      const made =
        what === "document"
          ? await python.ask("document", state.values, state.template)
          : { name: `${safe(state.values.title)}.yaml`, content: await python.ask("post_file", state.values) };
      const kind = what === "document" ? "application/vnd.openxmlformats-officedocument.wordprocessingml.document" : "application/yaml";
      const address = URL.createObjectURL(new Blob([made.content], { type: kind }));
      const anchor = el("a", { href: address, download: made.name });
      document.body.append(anchor);
      anchor.click();
      anchor.remove();
      window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
      progress(`${made.name} was given to your browser to save.`);
    } catch (error) {
      progress(`It could not be made: ${error.message}. What you typed is still here.`);
    }
  }

  const safe = (name) => (name || "post").replace(/[^\p{L}\p{N} _-]+/gu, " ").trim().slice(0, 80) || "post";

  function keeping() {
    const said = !state.canKeep
      ? "This browser keeps nothing for this page: download your answers before you close it."
      : state.keeps
        ? "What you type is kept in this browser, on this computer, and is sent nowhere."
        : "Nothing is kept in this browser: download your answers before you close this page.";
    const box = el("input", {
      class: "nhsuk-checkboxes__input",
      type: "checkbox",
      id: "field-shared",
      checked: !state.keeps,
      onchange: ({ target }) => {
        state.keeps = !target.checked;
        stored((place) => (target.checked ? place.setItem(SHARED, "yes") : place.removeItem(SHARED)));
        if (target.checked) stored((place) => place.removeItem(PLACE));
        keep();
        render();
      },
    });
    return el(
      "section",
      {},
      el("h2", { class: "nhsuk-heading-m" }, "Your answers on this computer"),
      el("p", {}, said),
      el("div", { class: "nhsuk-checkboxes" }, el("div", { class: "nhsuk-checkboxes__item" }, box, el("label", { class: "nhsuk-label nhsuk-checkboxes__label", for: "field-shared" }, "This is a shared computer: keep nothing"))),
      button("Clear all answers", () => {
        clear();
        drafts.current = null;
        window.location.hash = "start";
        render();
      }, { secondary: true }),
    );
  }

  function render() {
    drafts.listeners.clear();
    const view = window.location.hash.slice(1) || "start";
    const known = PARTS.find(([name]) => name === view);
    if (view === "duties") duties();
    else if (view === "person") person();
    else if (known) part(known);
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
    window.addEventListener("hashchange", render);
    render();
    drafts.now();
  }

  open();
})();
