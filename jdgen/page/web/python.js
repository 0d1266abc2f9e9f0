// Python in the background: asked for drafts and documents, and started anew where it has stopped.

const PYTHON_FILES = [
  "pyodide.asm.wasm",
  "pyodide.asm.mjs",
  "pyodide.mjs",
  "python_stdlib.zip",
  "pyodide-lock.json",
  "jdgen.zip",
  "material.json",
];
// How long an answer may take before Python is taken for dead, in milliseconds: a draft takes well under one second.
const PATIENCE = 120_000;

const python = {
  waiting: new Map(),
  number: 0,
  ready: null,
  isStopped: false,

  start() {
    this.isStopped = false;
    this.ready = this.begin();
    this.ready.then(
      () => tell(""),
      (error) => this.tellNotStarted(error),
    );
  },

  async begin() {
    this.worker?.terminate();
    const [source, ...files] = await Promise.all([unpackText("worker.js"), ...PYTHON_FILES.map(unpack)]);
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    this.worker = new Worker(address);
    this.worker.onmessage = ({ data }) => this.hear(data);
    this.worker.onerror = (event) => this.stop(event.message || "it could not be started");
    const named = Object.fromEntries(PYTHON_FILES.map((name, at) => [name, files[at]]));
    named["pyodide-lock.json"] = new TextDecoder().decode(named["pyodide-lock.json"]);
    const moved = [...new Set(files.map((file) => file.buffer))];
    try {
      return await this.post({ call: "begin", files: named, today: today() }, moved);
    } finally {
      URL.revokeObjectURL(address);
    }
  },

  post(message, moved = []) {
    return new Promise((resolve, reject) => {
      const id = (this.number += 1);
      const timer = window.setTimeout(() => this.stop("it gave no answer"), PATIENCE);
      this.waiting.set(id, { resolve, reject, timer });
      this.worker.postMessage({ id, ...message }, moved);
    });
  },

  hear(data) {
    if (data.step) return tell(`${data.step} …`);
    const { resolve, reject, timer } = this.waiting.get(data.id);
    window.clearTimeout(timer);
    this.waiting.delete(data.id);
    if (!data.failed) return resolve(data.answer);
    if (data.fatal) this.stop(data.failed);
    return reject(new Error(data.failed));
  },

  // Asks `call` of Python, which is started anew where it has stopped, or stops meanwhile.
  async ask(call, ...args) {
    for (const isLast of [false, true]) {
      if (this.isStopped) this.startAgain();
      try {
        await this.ready;
        return await this.post({ call, args });
      } catch (error) {
        if (isLast || !error.isStop) throw error;
      }
    }
    return null;
  },

  startAgain() {
    tell("The part of this page that makes documents had stopped, and is started again …");
    this.start();
  },

  stop(why) {
    this.isStopped = true;
    this.worker.terminate();
    for (const { reject, timer } of this.waiting.values()) {
      window.clearTimeout(timer);
      reject(Object.assign(new Error(why), { isStop: true }));
    }
    this.waiting.clear();
  },

  tellNotStarted(error) {
    const again = button("Start it again", () => {
      this.start();
      drafts.now();
    }, { secondary: true });
    tell(`The part of this page that makes documents did not start (${error.message}). What you typed is kept. `, again);
    // Whoever asked for something meanwhile has nothing to add.
    error.isTold = true;
  },
};

function today() {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}
