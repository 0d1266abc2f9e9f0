// Firefox opens the page from its file, a post file in the page, and saves the Word document, without a network.
//
//     node firefox.mjs PUPPETEER FIREFOX PAGE POST DOCUMENT
//
// Prints as JSON what was asked for and what the browser complained of.
import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , puppeteer, firefox, file, post, document_] = process.argv;
const { default: driver } = await import(pathToFileURL(puppeteer).href);
const patience = { timeout: 180_000, polling: 200 };
const browser = await driver.launch({ browser: "firefox", executablePath: firefox, headless: true });
try {
  const page = await browser.newPage();
  const asked = [];
  const complaints = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.goto(pathToFileURL(file).href);
  // What is given to the browser to save is looked at before it is.
  await page.evaluate(() => {
    const address = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => {
      window.lastBlob = blob;
      return address(blob);
    };
  });
  await page.waitForSelector(".paper", patience);
  await page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));
  await (await page.$("#field-open")).uploadFile(post);
  await page.waitForFunction(() => document.querySelector("#progress").textContent.includes("was opened"), patience);
  await page.evaluate(() => { window.location.hash = "check"; });
  const press = () => [...document.querySelectorAll("button")].find((one) => one.textContent === "Download the Word document")?.click() ?? true;
  await page.waitForFunction(() => [...document.querySelectorAll("button")].some((one) => one.textContent === "Download the Word document"), patience);
  await page.evaluate(press);
  await page.waitForFunction(() => window.lastBlob?.type.includes("wordprocessing"), patience);
  const letters = await page.evaluate(async () => {
    const bytes = new Uint8Array(await window.lastBlob.arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  });
  writeFileSync(document_, Buffer.from(letters, "base64"));
  process.stdout.write(JSON.stringify({ asked, complaints }));
} finally {
  await browser.close();
}
