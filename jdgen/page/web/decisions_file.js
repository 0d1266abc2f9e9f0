// The file of decisions: read, and written with what is decided here. It is people's: what else they have written in it,
// comments too, stays as it is.

const WORDS = ["take", "keep", "ask"];
const ENTRY = /^(\s*)- /;
const DECISION = /^(\s*(?:- )?)decision:(\s+)(["']?)(take|keep|ask)\3(\s*(?:#.*)?)$/;
const REASON = /^\s*reason:/;
// How the id of an entry is written by `jdgen release`: what it is needs no reading of the entry.
const ID = /^\s*- id: ([A-Za-z][\w.-]*)$/;

const plain = (words) => (words || "").replace(/\s+/g, " ").trim();
const isSame = (one, other) => plain(one) === plain(other);

// The values of a YAML file; a text is a text, whatever it looks like.
function yamlOf(written) {
  return window.jsyaml.load(written, { schema: window.jsyaml.FAILSAFE_SCHEMA });
}

// The decisions in a file on the release of `review`: those that hold here, by the ids of their changes, the file's text
// to go on from, and what is to be said of it. Throws one error with all that is wrong, its `problems`.
function readDecisions(written, review) {
  const values = valuesOf(written, review);
  const parts = partsOf(written, values);
  const known = new Map(review.changes.map((change) => [change.id, change]));
  const decided = new Map();
  const notes = [];
  const outdated = new Set();
  for (const entry of values.changes) {
    const change = known.get(entry.id);
    if (!change) {
      notes.push(`“${entry.id}” is no change of this release: its entry ${parts ? "stays in the file as it is" : "is left out"}`);
    } else if (!isSame(entry.was, change.was) || !isSame(entry.is, change.now)) {
      outdated.add(entry.id);
      notes.push(`“${entry.id}” was decided on in other words than the release has now: decide on it again`);
    } else if (entry.decision !== "ask" || entry.reason) {
      // Where nobody has decided stands `ask`, too.
      decided.set(entry.id, { word: entry.decision, reason: entry.reason || "" });
    }
  }
  if (parts) return { decided, notes, text: withChanges(parts, outdated, review) };
  notes.push("It is not written as `jdgen release` writes it, so that comments in it are not kept");
  return { decided, notes, text: review.decisions };
}

function valuesOf(written, review) {
  let values;
  try {
    values = yamlOf(written);
  } catch (error) {
    throw new Error(`it cannot be read: ${error.reason || error.message}${error.mark ? ` (line ${error.mark.line + 1})` : ""}`);
  }
  if (!values || !Array.isArray(values.versions) || !Array.isArray(values.changes)) {
    throw new Error("it is no file of decisions: open one that `jdgen release --decisions` wrote, or that came from here");
  }
  const isText = (value) => value === undefined || typeof value === "string";
  const areTexts = (one, names) => Boolean(one) && typeof one === "object" && names.every((name) => isText(one[name]));
  const entriesAre = values.changes.every((one) => areTexts(one, ["id", "decision", "reason", "was", "is"]));
  if (!entriesAre || !values.versions.every((one) => areTexts(one, ["specialism", "old", "new"]))) {
    throw new Error("it is not written as a file of decisions is: each value in it is a text");
  }
  const named = (one) => JSON.stringify([String(one.framework), one.versions.map(({ specialism, old, new: now }) => [specialism, old, now])]);
  if (named(values) !== named(review)) throw new Error("it is about another release: open the one for these versions");
  const wrong = values.changes.filter((one) => !one.id || !WORDS.includes(one.decision));
  const known = new Set();
  const twice = new Set();
  for (const { id } of values.changes) {
    if (id && known.has(id)) twice.add(id);
    known.add(id);
  }
  const problems = [
    ...wrong.map((one) => `“${one.id || "an entry without id"}” has no decision that is known: write take, keep or ask`),
    ...[...twice].map((id) => `“${id}” is decided on more than once: keep one of them`),
  ];
  if (problems.length) throw Object.assign(new Error(problems.join("; ")), { problems });
  return values;
}

// The text in parts: what comes before the entries, the lines of each, and what comes after them. Nothing where it is not
// written line by line.
function partsOf(written, values) {
  const lines = written.split(/\r?\n/);
  const start = lines.findIndex((line) => /^changes:\s*(#.*)?$/.test(line));
  const first = start < 0 ? -1 : lines.findIndex((line, at) => at > start && ENTRY.test(line));
  if (first < 0) return null;
  const indent = ENTRY.exec(lines[first])[1];
  const entries = [];
  let at = first;
  for (; at < lines.length; at += 1) {
    const found = ENTRY.exec(lines[at]);
    if (found && found[1] === indent) entries.push([]);
    else if (/^[^\s#-]/.test(lines[at])) break;
    entries.at(-1).push(lines[at]);
  }
  const parts = { before: lines.slice(0, first), entries: entries.map(entryOf), after: lines.slice(at), end: /\r\n/.test(written) ? "\r\n" : "\n", indent };
  const isWhole = (one, place) => one && one.id === values.changes[place]?.id;
  return parts.entries.length === values.changes.length && parts.entries.every(isWhole) ? parts : null;
}

function entryOf(lines) {
  try {
    const [, plainId] = ID.exec(lines[0]) || [];
    const id = plainId || yamlOf(lines.join("\n"))[0].id;
    return lines.filter((line) => DECISION.test(line)).length === 1 ? { id, lines } : null;
  } catch {
    return null;
  }
}

// The text with an entry for each change of the release: our own where the file has none, or one in other words.
function withChanges(parts, outdated, review) {
  const ours = partsOf(review.decisions, yamlOf(review.decisions));
  const own = new Map(ours.entries.map((one) => [one.id, shifted(one.lines, ours.indent, parts.indent)]));
  const kept = parts.entries.map((one) => (outdated.has(one.id) ? own.get(one.id) : one.lines));
  const there = new Set(parts.entries.map((one) => one.id));
  const added = review.changes.filter((one) => !there.has(one.id) && own.has(one.id)).map((one) => own.get(one.id));
  const entries = [...kept, ...added].flatMap((lines) => trimmed(lines));
  return [...parts.before, ...entries, ...parts.after.filter((line, at, all) => at < all.length - 1 || line), ""].join(parts.end);
}

const shifted = (lines, from, to) => lines.map((line) => (line.startsWith(from) ? to + line.slice(from.length) : line));

// Lines without the empty ones at their end.
function trimmed(lines) {
  let end = lines.length;
  while (end && !lines[end - 1].trim()) end -= 1;
  return lines.slice(0, end);
}

// The text with what is decided on the changes of `review`; what it says of others is not ours to change. Throws where
// that could not be read back as it was meant.
function writtenDecisions(text, decided, review) {
  const parts = partsOf(text, yamlOf(text));
  const known = new Set(review.changes.map(({ id }) => id));
  const entries = parts.entries.map(({ id, lines }) => (known.has(id) ? withDecision(lines, decided.get(id)) : lines));
  const written = [...parts.before, ...entries.flat(), ...parts.after].join(parts.end);
  for (const entry of yamlOf(written).changes) {
    const meant = decided.get(entry.id);
    if (meant && (entry.decision !== (meant.word || "ask") || plain(entry.reason) !== plain(meant.reason))) {
      throw new Error(`“${entry.id}” could not be written: say its reason in plain words`);
    }
  }
  return written;
}

// An entry with a decision. One on which nobody has decided says `ask`, and has no reason.
function withDecision(lines, { word, reason } = { word: "", reason: "" }) {
  const before = lines.some((line) => line.includes("reason")) ? yamlOf(lines.join("\n"))[0].reason : undefined;
  const keepsReason = isSame(before, reason);
  const kept = keepsReason ? lines : withoutReason(lines);
  return kept.flatMap((line) => {
    const found = DECISION.exec(line);
    if (!found) return [line];
    const [, start, space, , , comment] = found;
    const decision = `${start}decision:${space}${word || "ask"}${comment}`;
    const indent = start.replace("- ", "  ");
    return keepsReason || !plain(reason) ? [decision] : [decision, `${indent}reason: ${quoted(plain(reason))}`];
  });
}

function withoutReason(lines) {
  const at = lines.findIndex((line) => REASON.test(line));
  if (at < 0) return lines;
  const depth = (line) => line.search(/\S|$/);
  let next = at + 1;
  while (next < lines.length && lines[next].trim() && depth(lines[next]) > depth(lines[at])) next += 1;
  return [...lines.slice(0, at), ...lines.slice(next)];
}

// A text in quotes that JSON and YAML have in common.
const escaped = (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`;
const quoted = (words) => JSON.stringify(words).replace(/[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g, escaped);
