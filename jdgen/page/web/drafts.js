// The draft of what was typed, made anew a moment after somebody has stopped typing, and shown as it will be.

const drafts = {
  current: null,
  timer: 0,
  // The answers of which a draft is still to come, and those of which one is being made: Python makes one at a time, and
  // whatever is typed meanwhile waits for it, and is one draft.
  wanted: null,
  asked: null,
  listeners: new Set(),

  later() {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.now(), 250);
  },

  async now() {
    window.clearTimeout(this.timer);
    this.wanted = JSON.stringify([state.values, state.template]);
    if (this.asked !== null) return;
    while (this.wanted !== null) {
      this.asked = this.wanted;
      await this.make(this.asked);
    }
    this.asked = null;
  },

  async make(asked) {
    const isWanted = () => this.wanted === asked;
    try {
      const draft = await python.ask("draft", ...JSON.parse(asked));
      if (!isWanted()) return;
      this.wanted = null;
      this.current = draft;
      for (const listener of this.listeners) listener(draft);
    } catch (error) {
      if (!isWanted()) return;
      this.wanted = null;
      if (!error.isTold) tell(`The draft could not be made: ${error.message}. What you typed is still here.`);
    }
  },

  // Shows each draft with `show` for as long as the view is there, beginning with the one that there is.
  follow(show) {
    this.listeners.add(show);
    if (this.current) show(this.current);
    else this.now();
  },
};

// `isToldAbove` says that the view has what is wrong already.
function draftPanel(isToldAbove = false) {
  const heading = el("h2", { id: "draft-heading", class: "nhsuk-heading-l" }, "Your draft");
  const inside = el("div", {}, el("p", {}, "It is being made."));
  const show = keeper(inside);
  drafts.follow((draft) => {
    if (draft.problems.length && isToldAbove) return show([["wait", "", () => el("p", {}, "It is made once what is wrong above is mended.")]]);
    if (draft.problems.length) return show([["problems", draft.problems, errorSummary]]);
    return show([
      ["count", [draft.counts.complete || 0, draft.counts.decide || 0], openThings],
      ["paper", draft.html, paper],
    ]);
  });
  return el("section", { "aria-labelledby": "draft-heading", class: "draft" }, heading, inside);
}

function openThings([open, decide]) {
  const known = open ? `${open} ${open === 1 ? "thing" : "things"} only you know` : "Nothing that only you know is open";
  const words = `${known}, ${decide || "nothing"} to decide on. Each prompt in the draft leads to its field.`;
  return el("p", { class: "nhsuk-body-l" }, words);
}

// The draft as HTML. A new one takes the focus of the prompt that somebody had reached in the one before.
function paper(html) {
  const focused = document.activeElement?.dataset?.field;
  const place = el("div", { class: "paper", lang: "en-GB" });
  place.innerHTML = html; // jdgen's Python has escaped every text in it
  place.addEventListener("click", (event) => {
    const prompt = event.target.closest("a.prompt");
    if (!prompt) return;
    event.preventDefault();
    goTo(prompt.dataset.field);
  });
  if (focused && document.activeElement.closest(".paper")) {
    window.queueMicrotask(() => place.querySelector(`[data-field="${CSS.escape(focused)}"]`)?.focus());
  }
  return place;
}

// What is wrong with the answers, each with a link to its field.
function errorSummary(problems) {
  const line = (problem) => {
    const words = `${problem.what}: ${problem.right}`;
    if (!problem.field) return words;
    const open = (event) => {
      event.preventDefault();
      goTo(problem.field);
    };
    return el("a", { href: `#field-${problem.field}`, onclick: open }, words);
  };
  return errorBox("There is a problem", problems.map(line));
}
