// What a browser keeps for a page: whether it does, and whether it should.

// Pages opened from files may share what a browser keeps: each key carries the digest of its page.
const PREFIX = `jdgen.${document.body.dataset.digest}`;
const SHARED = `${PREFIX}.shared`;

const storage = { canKeep: true, keeps: true };

// What `use` makes of what the browser keeps, and of what it keeps for this tab alone; null where it refuses.
function stored(use) {
  try {
    return use(window.localStorage, window.sessionStorage);
  } catch {
    storage.canKeep = false;
    return null;
  }
}

function recallSharing() {
  storage.keeps = stored((place) => place.getItem(SHARED)) !== "yes";
}

// On a shared computer nothing of this page is kept.
function setSharing(isShared) {
  storage.keeps = !isShared;
  stored((place) => {
    if (!isShared) return place.removeItem(SHARED);
    for (const key of Object.keys(place)) if (key.startsWith(PREFIX)) place.removeItem(key);
    return place.setItem(SHARED, "yes");
  });
}

const isKept = () => storage.canKeep && storage.keeps;

// The browser asks whoever leaves the page whether they mean it, while `isOpen` says that something would be lost.
function holdWhile(isOpen) {
  window.addEventListener("beforeunload", (event) => {
    if (isOpen()) event.preventDefault();
  });
}

// Says what is kept of `things` ("answers"), with the switch for a shared computer, which is `change`d by it, and a button
// that clears them.
function keepingPanel({ things, verb, rescue }, change, clear) {
  const words = !storage.canKeep
    ? `This browser keeps nothing for this page: ${rescue} before you close it.`
    : storage.keeps
      ? `What you ${verb} is kept in this browser, on this computer, and is sent nowhere.`
      : `Nothing is kept in this browser: ${rescue} before you close this page.`;
  const onchange = ({ target }) => {
    setSharing(target.checked);
    change();
    byId("field-shared").focus();
  };
  const label = el("label", { class: "nhsuk-label nhsuk-checkboxes__label", for: "field-shared" }, "This is a shared computer: keep nothing");
  const box = el("input", { class: "nhsuk-checkboxes__input", type: "checkbox", id: "field-shared", checked: !storage.keeps, onchange });
  return el(
    "section",
    {},
    el("h2", { class: "nhsuk-heading-m" }, `Your ${things} on this computer`),
    el("p", {}, words),
    el("div", { class: "nhsuk-checkboxes nhsuk-form-group" }, el("div", { class: "nhsuk-checkboxes__item" }, box, label)),
    button(`Clear all ${things}`, () => window.confirm(`Clear all ${things}? They cannot be brought back.`) && clear(), { secondary: true }),
  );
}
