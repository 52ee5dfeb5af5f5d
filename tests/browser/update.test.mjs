// Tests of a newer build: nothing is replaced until the app says that it is a good moment.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { APP } from "./harness.mjs";
import { client, demo } from "./demo.mjs";
import { kept } from "./reader.mjs";

const within = { timeout: 120_000 };

async function copyOfTheBuild(t) {
  const folder = await mkdtemp(path.join(tmpdir(), "akkoord-app-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await cp(APP, folder, { recursive: true });
  return folder;
}

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("base64");

/** Changes one file as a new build would: the file and its line in the worker's list. */
async function publish(folder, file, extra, { list = true } = {}) {
  const at = path.join(folder, file);
  const before = sha256(await readFile(at));
  await appendFile(at, extra);
  await rm(`${at}.br`, { force: true });
  const worker = path.join(folder, "sw.js");
  const source = await readFile(worker, "utf8");
  assert.ok(source.includes(before), `${file} stands in the worker's list`);
  await writeFile(worker, source.replace(before, list ? sha256(await readFile(at)) : sha256("something else")));
  await rm(`${worker}.br`, { force: true });
}

const lookForUpdate = (page) => page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
const updateReady = (page) => page.waitForFunction(() => document.documentElement.dataset.update === "ready");
const marker = (page) => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--update-test").trim());

test("a new version waits for a good moment, downloads only what changed, and keeps what was typed", within, async (t) => {
  const app = await copyOfTheBuild(t);
  const firm = await demo(t, { app });
  const { server } = firm;
  const someone = await client(t, firm);
  // The app may agree by itself as soon as nothing is being typed: here it has to wait for the test.
  await someone.context.addInitScript(() => {
    addEventListener("akkoord-activate", (event) => window.agreed || event.stopImmediatePropagation());
  });
  await someone.visit("/");
  await someone.keptOffline();
  await kept(someone.page);
  await someone.page.evaluate(() => (window.typed = "halverwege"));

  await publish(app, "app.css", "\n:root { --update-test: new; }\n");
  await server.restart();
  const downloaded = [];
  someone.context.on("request", (request) => request.serviceWorker() && downloaded.push(new URL(request.url()).pathname));
  await lookForUpdate(someone.page);
  await updateReady(someone.page);
  assert.deepEqual(downloaded.filter((file) => file !== "/sw.js"), ["/app.css"]);
  assert.equal(await someone.page.evaluate(() => window.typed), "halverwege", "the page was left alone");
  // A page of the server has the server's style, because nobody there could agree to an update.
  const console = await someone.context.newPage();
  await console.goto("/healthz");
  const style = () => fetch("/app.css").then((reply) => reply.text());
  assert.match(await console.evaluate(style), /--update-test: new/);
  assert.doesNotMatch(await someone.page.evaluate(style), /--update-test: new/);
  await console.close();

  // A reload before the app agrees still shows the old version, even without network.
  await someone.offline();
  await someone.page.reload();
  await someone.running();
  assert.equal(await marker(someone.page), "");

  await updateReady(someone.page);
  const reloaded = someone.page.waitForEvent("load");
  await someone.page.evaluate(() => {
    window.agreed = true;
    dispatchEvent(new CustomEvent("akkoord-activate"));
  });
  await reloaded;
  await someone.running();
  assert.equal(await marker(someone.page), "new");
  const styles = await someone.page.evaluate(async () => {
    const keys = await (await caches.open("akkoord-files")).keys();
    return keys.filter((request) => new URL(request.url).pathname === "/app.css").length;
  });
  assert.equal(styles, 1, "the old file is swept away");
});

test("the app takes the new version where nothing is being typed", within, async (t) => {
  const app = await copyOfTheBuild(t);
  const firm = await demo(t, { app });
  const { server } = firm;
  const someone = await client(t, firm);
  await someone.visit("/");
  await someone.keptOffline();
  await publish(app, "app.css", "\n:root { --update-test: taken; }\n");
  await server.restart();
  // The page may be reloaded while it is still asking.
  await lookForUpdate(someone.page).catch(() => undefined);
  await someone.page.waitForFunction(
    () => getComputedStyle(document.documentElement).getPropertyValue("--update-test").trim() === "taken",
  );
});

test("a half deployed build is never kept", within, async (t) => {
  const app = await copyOfTheBuild(t);
  const firm = await demo(t, { app });
  const { server } = firm;
  const someone = await client(t, firm);
  someone.expect(/integrity|digest/i);
  await someone.visit("/");
  await someone.keptOffline();
  await publish(app, "app.css", "\n:root { --update-test: half; }\n", { list: false });
  await server.restart();
  const outcome = await someone.page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const found = new Promise((resolve) => registration.addEventListener("updatefound", () => resolve(registration.installing)));
    await registration.update().catch(() => undefined);
    const worker = await found;
    if (worker.state !== "redundant") {
      await new Promise((resolve) => worker.addEventListener("statechange", () => worker.state !== "installing" && resolve()));
    }
    return worker.state;
  });
  assert.equal(outcome, "redundant");
  await someone.offline();
  await someone.page.reload();
  await someone.running();
  assert.equal(await marker(someone.page), "");
});

test("an app that stops says so, and opens again", within, async (t) => {
  const someone = await client(t, await demo(t));
  await someone.visit("/");
  await someone.page.evaluate(() => {
    dispatchEvent(new ErrorEvent("error", { error: new WebAssembly.RuntimeError("unreachable") }));
  });
  await someone.page.getByRole("alert").getByText("Wat al bewaard was, staat nog op dit apparaat.").waitFor();
  await someone.page.getByRole("button", { name: "Open opnieuw" }).click();
  await someone.running();
});
