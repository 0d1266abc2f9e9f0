// Runs jdgen's Python in the background, so that the page never waits for it. Nothing is asked of any network: what
// Pyodide would fetch is handed over by the page.
"use strict";

const HOME = "https://page.invalid/";
let session = null;

self.onmessage = async ({ data }) => {
  try {
    const answer = data.call === "begin" ? await begin(data.files, data.today) : ask(data.call, data.args);
    const moved = answer && answer.content instanceof Uint8Array ? [answer.content.buffer] : [];
    self.postMessage({ id: data.id, answer }, moved);
  } catch (error) {
    // After these Python cannot go on.
    const fatal = Boolean(error.pyodide_fatal_error) || error instanceof WebAssembly.RuntimeError;
    self.postMessage({ id: data.id, failed: words(error), fatal });
  }
};

// What Python says of an error, without the lines of its programs.
function words(error) {
  const said = String(error.message || error).split(/^[\w.]+(?:Error|Exception): /m);
  return said[said.length - 1].trim().slice(0, 2000);
}

function step(text) {
  self.postMessage({ step: text });
}

async function begin(files, today) {
  const kinds = { "pyodide.asm.wasm": "application/wasm", "python_stdlib.zip": "application/zip" };
  self.fetch = async (address) => {
    const name = String(address.url || address).replace(HOME, "");
    if (!(name in kinds)) throw new Error(`nothing is fetched here: ${name}`);
    return new Response(files[name], { headers: { "Content-Type": kinds[name] } });
  };
  step("Starting Python");
  const [{ loadPyodide }, core] = await Promise.all([module(files["pyodide.mjs"]), module(files["pyodide.asm.mjs"])]);
  const python = await loadPyodide({
    indexURL: HOME,
    createPyodideModule: core.default,
    lockFileContents: files["pyodide-lock.json"],
    packageBaseUrl: HOME,
  });
  step("Reading the framework");
  python.FS.writeFile("/jdgen.zip", files["jdgen.zip"]);
  python.FS.writeFile("/material.json", files["material.json"]);
  python.runPython(`
import sys, zipfile
zipfile.ZipFile("/jdgen.zip").extractall("/jdgen")
sys.path.insert(0, "/jdgen")
`);
  session = python.pyimport("jdgen.page.session").begin("/material.json", today);
  return null;
}

async function module(source) {
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    return await import(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

function ask(call, args) {
  if (call === "document") {
    const made = session.document_for(JSON.stringify(args[0]), args[1]);
    const [name, content] = [made.get(0), made.get(1).toJs()];
    made.destroy();
    return { name, content };
  }
  if (call === "opened") {
    return JSON.parse(session.open_file_as_json(args[0], args[1]));
  }
  return JSON.parse(session.answer(call, JSON.stringify(args)));
}
