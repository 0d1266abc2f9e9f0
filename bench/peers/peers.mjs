// Makes documents with docxtemplater and easy-template-x, as bench/peer_speed.py asks for them.
//
// node peers.mjs FOLDER: reads FOLDER/{docxtemplater,easy-template-x}.docx and data.json once. Then each line of
// standard input, "<peer> <turns>", is answered with the seconds that one document took on average; before that,
// each peer's documents are written once into FOLDER, to be compared.
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import Docxtemplater from "docxtemplater";
import { TemplateHandler } from "easy-template-x";
import PizZip from "pizzip";

const folder = process.argv[2];
const data = JSON.parse(fs.readFileSync(path.join(folder, "data.json"), "utf8"));
const template = (peer) => fs.readFileSync(path.join(folder, `${peer}.docx`));

// A Docxtemplater object is good for one document, so the package is opened and compiled for each.
const opened = template("docxtemplater");
function byDocxtemplater(fields) {
  const document = new Docxtemplater(new PizZip(opened));
  document.render(fields);
  return document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
}

const handler = new TemplateHandler();
const content = template("easy-template-x");
const byEasyTemplateX = (fields) => handler.process(content, fields);

const peers = { docxtemplater: byDocxtemplater, "easy-template-x": byEasyTemplateX };

for (const [name, make] of Object.entries(peers)) {
  for (const [number, fields] of data.entries()) {
    fs.writeFileSync(path.join(folder, `${name}-${number}.docx`), await make(fields));
  }
}
console.log("ready");

for await (const line of readline.createInterface({ input: process.stdin })) {
  const [name, turns] = line.split(" ");
  const make = peers[name];
  const started = process.hrtime.bigint();
  for (let turn = 0; turn < Number(turns); turn++) {
    for (const fields of data) await make(fields);
  }
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  console.log(seconds / (Number(turns) * data.length));
}
