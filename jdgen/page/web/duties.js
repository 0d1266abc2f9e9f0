// Duties: kept, said in other words, left out with a reason, moved, added.

function duties() {
  const place = el("div", {});
  const fill = keeper(place);
  const lists = new Map();
  let current = null;
  const section = ([id, title]) => {
    const list = el("ul", { class: "nhsuk-list duties" });
    lists.set(id, keeper(list));
    return el("section", {}, el("h2", { class: "nhsuk-heading-m" }, title), list);
  };
  show(
    "Duties",
    el("p", {}, "These are the framework's duties, word for word. Say in your own words what is different here, or leave out what this post does not do, with the reason."),
    place,
    entries("duties.add", "Duties of your own", ""),
    next("duties"),
  );
  drafts.follow((draft) => {
    // While an answer is wrong there is no new draft: the duties of the last one stay, and what is typed in them.
    if (!draft.problems.length) current = draft;
    fill([
      ...(draft.problems.length ? [["problems", draft.problems, errorSummary]] : []),
      ["omitted", copyOf("duties.omit", []), (all) => leftOut("duties.omit", "duty", all)],
      ...(current ? current.duties : []).map(({ id, title }) => [`heading ${id}`, [id, title], section]),
    ]);
    for (const heading of current ? current.duties : []) {
      lists.get(heading.id)(
        heading.duties.map((one) => {
          const isAlone = heading.duties.length === 1;
          return [one.id, [one, isAlone], () => duty(one, heading.id, isAlone)];
        }),
      );
    }
  });
}

function duty(one, heading, isAlone) {
  const place = el("li", { id: `duty-${one.id}` });
  const isReworded = copyOf("duties.reword", []).some((each) => each.duty === one.id);
  const isAdded = one.origin === "post" && !isReworded;
  const here = () => byId(`duty-${one.id}`);
  const others = () => copyOf("duties.reword", []).filter((each) => each.duty !== one.id);
  const changes = isAdded ? [] : [["Reword", reword], isReworded ? ["Undo", () => change("duties.reword", others(), here)] : ["Leave out", omit]];
  const moves = isAlone ? [] : [["Move up", () => move(one.id, heading, -1)], ["Move down", () => move(one.id, heading, 1)]];

  function plain() {
    place.replaceChildren(
      el("p", {}, one.text, one.origin === "post" ? el("strong", { class: "nhsuk-tag" }, isAdded ? "Your own" : "In your words") : ""),
      el("div", { class: "actions" }, [...changes, ...moves].map(([words, action]) => smallButton(words, one.text, action))),
    );
  }

  function reword() {
    askReason(place, { shown: one.text, title: "Save the wording", written: one.text }, plain, (reason, text) =>
      change("duties.reword", [...others(), { duty: one.id, text, reason }], here),
    );
  }

  function omit() {
    askReason(place, { shown: one.text, title: "Leave it out" }, plain, (reason) =>
      change("duties.omit", [...copyOf("duties.omit", []), { duty: one.id, reason }], lastLeftOut),
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
  const id = newId();
  const text = written && el("textarea", { class: "nhsuk-textarea", id: `text-${id}`, rows: 3, value: written });
  const reason = el("input", { class: "nhsuk-input", id: `reason-${id}`, type: "text" });
  const error = el("p", { role: "alert", class: "nhsuk-error-message" });
  const submit = () => {
    if (!reason.value.trim()) {
      error.textContent = "Write the reason: a panel will ask for it";
      reason.focus();
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
    ...(text ? [el("label", { class: "nhsuk-label", for: text.id }, "Your words"), text] : []),
    el("label", { class: "nhsuk-label", for: reason.id }, "Why"),
    reason,
    error,
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
  if (to < 0 || to >= ids.length) return progress(`It is the ${by < 0 ? "first" : "last"} under its heading.`);
  ids.splice(to, 0, ...ids.splice(at, 1));
  const elsewhere = copyOf("duties.order", []).filter((each) => !ids.includes(each));
  change("duties.order", [...elsewhere, ...ids]);
  return progress(`It is number ${to + 1} of ${ids.length} under its heading now.`);
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
