// Duties: kept, said in other words, left out with a reason, moved, added.

function duties() {
  const { place, draw } = draftLists({ key: "duties.omit", name: "duty" }, ({ duties: headings, notes }) => {
    const idsIn = (key) => new Set(copyOf(key, []).map((each) => each.duty));
    const [reworded, kept] = [idsIn("duties.reword"), idsIn("duties.keep")];
    return headings.map(({ id, title, duties: all }) => ({
      id,
      title,
      lines: all.map((one) => {
        const open = notes.filter((note) => note.rank !== "know" && isAbout(note, one.id));
        const shown = { ...one, isReworded: reworded.has(one.id), isKept: kept.has(one.id), isAlone: all.length === 1, open };
        return [one.id, shown, () => duty(shown, id)];
      }),
    }));
  });
  showPart(
    "duties",
    "Duties",
    el("p", {}, "These are the framework's duties. Say in your own words what is different here, or leave out what this post does not do, with the reason."),
    place,
    entries("duties.add", "Duties of your own", ""),
  );
  drafts.follow(draw);
}

// Whether a note is about a duty: by its id, or by that of the statement that it is a sentence of.
const isAbout = ({ subject }, id) => subject === id || id.startsWith(`${subject}.`);
// What a duty may be in doubt about and yet be right, as it is, for a post.
const IN_DOUBT = new Set(["unclear duty", "duty and role category"]);

function duty(one, heading) {
  const { isReworded, isKept, isAlone, open } = one;
  const place = el("li", { id: `duty-${one.id}` });
  const isAdded = one.origin === "post" && !isReworded;
  const here = () => byId(`duty-${one.id}`);
  const others = (key = "duties.reword") => copyOf(key, []).filter((each) => each.duty !== one.id);
  const undo = (key) => ["Undo", () => change(key, others(key), here)];
  const changes = isAdded ? [] : [["Reword", reword], isReworded ? undo("duties.reword") : ["Leave out", omit]];
  if (isKept) changes.push(undo("duties.keep"));
  else if (open.some(({ topic }) => IN_DOUBT.has(topic))) changes.push(["Keep as it is", keepAsItIs]);
  const moves = isAlone ? [] : [["Move up", () => move(one.id, heading, -1)], ["Move down", () => move(one.id, heading, 1)]];

  function plain() {
    place.replaceChildren(
      el("p", {}, one.text, one.origin === "post" ? el("strong", { class: "nhsuk-tag" }, isAdded ? "Your own" : "In your words") : "", isKept ? el("strong", { class: "nhsuk-tag" }, "Kept as it is") : ""),
      ...open.map((note) => el("p", { class: "open" }, noteText(note))),
      el("div", { class: "actions" }, [...changes, ...moves].map(([words, action]) => smallButton(words, one.text, action))),
    );
  }

  function reword() {
    const offered = open.map((note) => note.other_words).find(Boolean);
    askReason(place, { shown: one.text, title: "Save the wording", written: offered || one.text }, plain, (reason, text) =>
      change("duties.reword", [...others(), { duty: one.id, text, reason }], here),
    );
  }

  function omit() {
    askReason(place, { shown: one.text, title: "Leave it out" }, plain, (reason) =>
      change("duties.omit", [...copyOf("duties.omit", []), { duty: one.id, reason }], lastLeftOut),
    );
  }

  function keepAsItIs() {
    askReason(place, { shown: one.text, title: "Keep it" }, plain, (reason) =>
      change("duties.keep", [...others("duties.keep"), { duty: one.id, reason }], here),
    );
  }

  plain();
  return place;
}

// One of several buttons that say the same, each of a text of its own.
function smallButton(words, about, action) {
  return button(words, action, { secondary: true, small: true, "aria-label": `${words}: ${about}` });
}

// Asks, in the place of a text, why the post is other than it; and where it is `written` otherwise, in which words.
function askReason(place, { shown, title, written }, close, save) {
  const id = newElementId();
  const naming = (name) => ({ id: `${name}-${id}`, "aria-describedby": `error-${name}-${id}` });
  const text = written && el("textarea", { ...naming("text"), class: "nhsuk-textarea", rows: 3, value: written });
  const reason = el("input", { ...naming("reason"), class: "nhsuk-input", type: "text" });
  const errorOf = (control) => el("p", { role: "alert", class: "nhsuk-error-message", id: `error-${control.id}` });
  const missing = new Map([[reason, "Write the reason: a panel will ask for it"]]);
  if (text) missing.set(text, "Write your words, or leave the duty out");
  const submit = () => {
    for (const [control, words] of missing) {
      const isMissing = !control.value.trim();
      byId(`error-${control.id}`).textContent = isMissing ? words : "";
      control.setAttribute("aria-invalid", String(isMissing));
    }
    const empty = [text, reason].find((control) => control && !control.value.trim());
    if (empty) {
      empty.focus();
      return;
    }
    save(reason.value.trim(), text && text.value.trim());
    close();
  };
  const cancel = () => {
    close();
    place.querySelector("button").focus();
  };
  const asking = el(
    "div",
    { class: "asking", oninput: () => asking.setAttribute("data-changed", "") },
    el("p", {}, shown),
    ...(text ? [labelOf(text.id, "Your words"), errorOf(text), text] : []),
    labelOf(reason.id, "Why"),
    errorOf(reason),
    reason,
    el("div", { class: "actions" }, button(title, submit), button("Cancel", cancel, { secondary: true })),
  );
  place.replaceChildren(asking);
  (text || reason).focus();
}

// The button that made a change is gone then: the keyboard goes on in the `place` that the next draft has for it.
function change(key, all, place) {
  const goOn = () => {
    drafts.listeners.delete(goOn);
    if (document.activeElement === document.body) place()?.querySelector("button")?.focus();
  };
  setValue(key, all);
  drafts.listeners.add(goOn);
  drafts.now();
}

const lastLeftOut = () => main.querySelector(".left-out li:last-child");

// What is left out, each with its reason and a way back.
function leftOut(key, name, all) {
  if (!all.length) return el("div", {});
  const back = (one) => change(key, copyOf(key, []).filter((each) => each[name] !== one[name]), () => byId(`${name}-${one[name]}`));
  const words = (one) => drafts.current?.omitted?.[one[name]] || one[name];
  const line = (one) => el("li", {}, el("p", {}, el("s", {}, words(one)), ` ${one.reason}`), smallButton("Put it back", words(one), () => back(one)));
  return el("section", { class: "left-out" }, el("h2", { class: "nhsuk-heading-m" }, "Left out"), el("ul", { class: "nhsuk-list posts" }, all.map(line)));
}

// Moves a duty among those of its heading. The post's order names them all.
function move(id, heading, by) {
  const ids = idsInOrder(drafts.current.duties.find((each) => each.id === heading).duties);
  const at = ids.indexOf(id);
  const to = at + by;
  if (to < 0 || to >= ids.length) return tell(`It is the ${by < 0 ? "first" : "last"} under its heading.`);
  ids.splice(to, 0, ...ids.splice(at, 1));
  const elsewhere = copyOf("duties.order", []).filter((each) => !ids.includes(each));
  change("duties.order", [...elsewhere, ...ids]);
  return tell(`It is number ${to + 1} of ${ids.length} under its heading now.`);
}

// As the post has them in order by now: somebody who presses twice is faster than the draft.
function idsInOrder(all) {
  const ids = all.map((each) => each.id);
  const order = copyOf("duties.order", []);
  const isWhole = ids.every((id) => order.includes(id));
  return isWhole ? ids.sort((one, other) => order.indexOf(one) - order.indexOf(other)) : ids;
}

// Duties of the post's own are called by their number: without number `gone`, those behind it move up.
function forgetPlace(gone) {
  const renumber = (id) => {
    const [, number] = /^post\.duty\.(\d+)$/.exec(id) || [];
    if (!number) return id;
    if (Number(number) === gone) return null;
    return Number(number) > gone ? `post.duty.${number - 1}` : id;
  };
  setValue("duties.order", copyOf("duties.order", []).map(renumber).filter(Boolean));
}
