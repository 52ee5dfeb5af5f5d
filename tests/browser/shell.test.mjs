// Tests of the app's start: painted at once, stored for offline use, honest if it cannot run.
import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { APP, person, startServer } from "./harness.mjs";

const within = { timeout: 120_000 };

async function filesOfTheBuild(folder = APP, under = "/") {
  const found = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) found.push(...(await filesOfTheBuild(path.join(folder, entry.name), `${under}${entry.name}/`)));
    else if (entry.name !== "sw.js" && !entry.name.endsWith(".br")) found.push(under + entry.name);
  }
  return found;
}

/** Makes the page believe that the app was used here before. A stranger would come to the login without the app. */
const usedBefore = (page, language) =>
  page.addInitScript((shell) => localStorage.setItem("akkoord.shell", shell), JSON.stringify({ firm: "Akkoord", language }));

const kept = (page) =>
  page.evaluate(async () => {
    const cache = await caches.open("akkoord-files");
    return (await cache.keys()).map((request) => decodeURIComponent(new URL(request.url).pathname)).sort();
  });

test("the server says that it is well", within, async (t) => {
  const server = await startServer(t);
  assert.equal((await server.fetch("/healthz")).status, 200);
});

test("the shell is painted before the app has been downloaded", within, async (t) => {
  const server = await startServer(t);
  const someone = await person(t, server);
  await usedBefore(someone.page, "nl");
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await someone.page.route("**/app_bg.wasm", async (route) => {
    await held;
    await route.continue();
  });
  await someone.page.goto("/");
  await someone.page.locator("#shell .topbar").getByText("Akkoord").waitFor();
  await someone.page.getByText("De eerste keer duurt het openen iets langer").waitFor();
  const painted = await someone.page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length);
  assert.equal(painted, 1);
  assert.equal(await someone.page.evaluate(() => document.getElementById("main").childElementCount), 0);
  release();
  await someone.running();
  assert.equal(await someone.page.locator("#shell .topbar").count(), 0, "the shell makes room for the login");
});

test("who never used the app here comes to the login before the app has been downloaded", within, async (t) => {
  const server = await startServer(t);
  const someone = await person(t, server);
  await someone.page.route("**/app_bg.wasm", () => {}); // It never comes.
  for (const address of ["/", "/archief"]) {
    await someone.page.goto(address, { waitUntil: "commit" });
    await someone.page.waitForURL("**/inloggen");
    await someone.running();
    await someone.page.getByRole("heading", { level: 1 }).waitFor();
  }
});

test("every file of the build is kept, and an offline reload starts the app", within, async (t) => {
  const server = await startServer(t);
  const someone = await person(t, server);
  await someone.visit("/");
  await someone.keptOffline();
  // The reader of PDFs comes once there is something to read.
  const files = (await filesOfTheBuild()).filter((file) => !file.startsWith("/reader/"));
  const expected = files.map((file) => (file === "/index.html" ? "/" : file)).sort();
  assert.deepEqual(await kept(someone.page), expected);

  await someone.offline();
  await someone.page.reload();
  assert.equal(await someone.page.getByText("De eerste keer").isVisible(), false, "it is not the first time any more");
  await someone.running();
  // A deep address has no file of its own: the shell is served, and leads a stranger to the kept login.
  await someone.visit("/archief");
  assert.equal(new URL(someone.page.url()).pathname, "/inloggen");
  await server.kill();
  await someone.reopen();
  await someone.running();
});

test("the server's own pages are not answered from the device", within, async (t) => {
  const server = await startServer(t);
  const someone = await person(t, server);
  await someone.visit("/");
  await someone.keptOffline();
  const reply = await someone.page.goto("/healthz");
  assert.equal(reply.status(), 200);
  assert.equal(reply.fromServiceWorker(), false);
  await someone.offline();
  await assert.rejects(someone.page.goto("/healthz"), /net::ERR_/);
});

test("an app that cannot be downloaded says so and offers to try again", within, async (t) => {
  const server = await startServer(t);
  const someone = await person(t, server);
  await usedBefore(someone.page, "nl");
  await someone.page.route("**/app_bg.wasm", (route) => route.abort());
  await someone.page.goto("/");
  await someone.page.getByRole("alert").getByText("Voor de eerste keer heeft u internet nodig").waitFor();
  await someone.page.unroute("**/app_bg.wasm");
  await someone.page.getByRole("button", { name: "Probeer opnieuw" }).click();
  await someone.running();
});

test("a browser that cannot run the app says what to do", within, async (t) => {
  const server = await startServer(t);
  const someone = await person(t, server, { locale: "en-GB" });
  await usedBefore(someone.page, "en");
  await someone.page.route("**/app_bg.wasm", (route) => route.fulfill({ body: "no wasm", contentType: "application/wasm" }));
  await someone.page.goto("/");
  await someone.page.getByRole("alert").getByText("Akkoord does not start in this browser.").waitFor();
  await someone.accessible("the start that failed");
});
