// Tests of the app as it is built for release: its first screen comes alone, and the rest after it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { person, startServer } from "./harness.mjs";
import { client, demo, follow } from "./demo.mjs";
import { answerSome, drawn, openSection, settled } from "./season.mjs";

const within = { timeout: 120_000 };
const REST = "**/rest-*.wasm";
/** The link to what has to be approved is in a card or, if something waits for a network, in a row. */
const overview = (page) => page.locator('#main a[href$="/akkoord"]').first();
const isWaiting = (page) => page.locator('html[data-app="waiting"]').waitFor();

/** Whether the rest has come. */
const isWhole = (page) =>
  page.evaluate(async () => {
    const { default: init } = await import("/app.js");
    const first = await init();
    return first[Object.keys(first).find((name) => name.startsWith("rest-"))].value === 1;
  });

/** Gives the rest only after this is called. */
async function holdRest(page) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(REST, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

test("a press that comes before the rest of the app is made when it is there", within, async (t) => {
  const world = await demo(t);
  const someone = await person(t, world.server, { name: "thomas" });
  const release = await holdRest(someone.page);
  await follow(someone, world.links.thomas, "thomas");
  await someone.page.getByRole("button", { name: "Maak mijn passkey" }).click();
  await isWaiting(someone.page);
  release();
  await someone.page.getByRole("heading", { level: 1, name: /^Goede/ }).waitFor();
  assert.equal(await someone.page.locator("html").getAttribute("data-app"), "running");
});

test("the rest is asked for again when the network is back", within, async (t) => {
  const server = await startServer(t);
  const someone = await person(t, server);
  await someone.page.route(REST, (route) => route.abort());
  const failed = someone.page.waitForEvent("requestfailed");
  await someone.page.goto("/");
  await failed;
  await someone.page.unroute(REST);
  const arrived = someone.page.waitForResponse(REST);
  await someone.page.evaluate(() => dispatchEvent(new Event("online")));
  await arrived;
  await someone.keptOffline();
});

test("what happens by itself before the rest waits for it, or says that it stopped", within, async (t) => {
  const server = await startServer(t);
  const someone = await person(t, server);
  await someone.page.route(REST, (route) => route.abort());
  await someone.page.goto("/");
  await someone.page.getByRole("heading", { level: 1 }).waitFor();
  someone.expect(/the rest of the app did not come/);
  const need = () => someone.page.evaluate(() => void import("/rest.js").then(({ bringNow }) => queueMicrotask(bringNow)));
  await need();
  await someone.page.getByRole("alert").getByText("Wat al bewaard was, staat nog op dit apparaat.").waitFor();
  await someone.page.unroute(REST);
  await need();
  while (!(await isWhole(someone.page)));
});

/** Opens a known device, with all of the app and nothing to send. */
async function calmDevice(t) {
  const someone = await client(t, await demo(t));
  const { page } = someone;
  await someone.keptOffline();
  await openSection(page, "Eigen woning");
  await page.getByRole("radio", { name: "Ja", exact: true }).first().check();
  await answerSome(page);
  await settled(page);
  return someone;
}

// This fails if code that runs at a start is missing in the profile; `cargo xtask profile` makes a new one.
test("a known device that keeps nothing of the app needs only the first part for its overview", within, async (t) => {
  const someone = await calmDevice(t);
  const { page, context } = someone;
  const session = await context.newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin: someone.server.url, storageTypes: "service_workers,cache_storage" });
  await session.send("Network.clearBrowserCache");
  const release = await holdRest(page);
  await page.goto("/");
  await overview(page).waitFor();
  release();
  await someone.keptOffline();
});

// The second browser has no passkeys, but would offer to log in with another device.
for (const options of [{}, { locale: "en-US", passkey: false, offers: true }]) {
  test(`an unknown device (${options.locale ?? "nl-NL"}) needs only the first part to log in`, within, async (t) => {
    const { page } = await person(t, await startServer(t), options);
    const release = await holdRest(page);
    await page.goto("/");
    await page.getByRole("heading", { level: 1 }).waitFor();
    await drawn(page);
    assert.equal(await isWhole(page), false);
    release();
  });
}

test("once kept, all of it works without a network", within, async (t) => {
  const someone = await client(t, await demo(t));
  const { page } = someone;
  await someone.keptOffline();
  await someone.offline();
  await openSection(page, "Eigen woning");
  await page.getByRole("radio", { name: "Ja", exact: true }).first().check();
  for (const name of ["Archief", "Gegevens", "Sturen"]) {
    await page.goto("/");
    await page.getByRole("link", { name }).first().click();
    await page.getByRole("heading", { level: 1 }).waitFor();
  }
});
