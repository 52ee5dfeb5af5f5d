// Finds the functions of the app that run until its first screen can be used. Run by `cargo xtask profile` on a build
// that
// records them; the release build then starts with these (xtask/src/split.rs).
import { writeFileSync } from "node:fs";
import { scope, person } from "./harness.mjs";
import { client, demo } from "./demo.mjs";
import { answerSome, openSection, settled } from "./season.mjs";

const HEAD = `# Functions that run until the first screen of the app can be used, by the start of a hash of their names.
# Made by \`cargo xtask profile\`; a function that is missing here is fetched after that screen.
`;
const WORLDS = 4;
const found = new Set();

/** Returns what ran in this page once nothing new has run for some time, because an answer of the server may follow. */
async function take(page, what) {
  const ran = await page.evaluate(async () => {
    const { default: init } = await import("/app.js");
    const { ran: memory } = await init();
    const ran = new Uint8Array(memory.buffer);
    for (let calm = 0, before = 0; calm < 120; calm++) {
      await new Promise(requestAnimationFrame);
      const now = ran.reduce((sum, one) => sum + one, 0);
      if (now !== before) calm = 0;
      before = now;
    }
    const functions = (await (await fetch("/functions.txt")).text()).split("\n");
    return functions.filter((_, at) => ran[at]);
  });
  const before = found.size;
  ran.forEach((name) => found.add(name));
  console.error(`${what}: ${ran.length} functions, ${found.size - before} of them new`);
}

const overview = (page) => page.locator('#main a[href$="/akkoord"]').first().waitFor();

/** Leaves out what only follows the first screen (xtask/src/web.rs). */
const keepBack = () => localStorage.setItem("keepBack", "yes");

/** Does something with all of the app, and waits until nothing of that is left to do. */
async function withAll(page, act) {
  await page.evaluate(() => localStorage.removeItem("keepBack"));
  await act();
  await settled(page);
  await page.evaluate(keepBack);
}

const speak = (page, language) =>
  withAll(page, async () => {
    await page.goto("/gegevens");
    await page.getByRole("radio", { name: language }).check();
  });

/** Gives one more round of answers, each of which makes a document of another shape. */
const giveMore = (page) =>
  withAll(page, async () => {
    await openSection(page, "Eigen woning");
    await answerSome(page);
  });

async function train(t, givesAtOnce) {
  const world = await demo(t);
  const someone = await client(t, world);
  const { page } = someone;
  await someone.keptOffline();
  // Something has been given, and is read at the start.
  await openSection(page, "Eigen woning");
  await page.getByRole("radio", { name: "Ja", exact: true }).first().check();
  if (givesAtOnce) await answerSome(page);
  await settled(page);
  await page.evaluate(keepBack);
  // Hash tables have another order at each start, and so other functions find things in them.
  for (let start = 1; start <= 5; start++) {
    await page.goto("/");
    await overview(page);
    await take(page, `a known device, start ${start}`);
  }
  for (let round = 1; round <= 3; round++) {
    await giveMore(page);
    await page.goto("/");
    await overview(page);
    await take(page, `after more was given, round ${round}`);
  }
  await speak(page, "English");
  await page.goto("/");
  await overview(page);
  await take(page, "in English");
  await speak(page, "Nederlands");
  // A slow phone far away waits for other things. It has nothing stored but who the person is.
  const slow = await someone.context.newCDPSession(page);
  await slow.send("Storage.clearDataForOrigin", { origin: world.server.url, storageTypes: "service_workers,cache_storage" });
  await slow.send("Network.clearBrowserCache");
  await slow.send("Network.enable");
  await slow.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await slow.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: -1, uploadThroughput: -1 });
  await page.goto("/");
  await overview(page);
  await take(page, "a slow phone");
  await slow.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await slow.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
  await someone.keptOffline();
  // The list is part of what the service worker stores.
  await someone.offline();
  await page.goto("/");
  await overview(page);
  await take(page, "without a network");
  await page.goto("/gegevens");
  await page.getByRole("button", { name: "Vergrendel nu" }).click();
  const locked = page.getByRole("heading", { level: 1, name: "Akkoord is vergrendeld" });
  await locked.waitFor();
  await page.goto("/");
  await locked.waitFor();
  await take(page, "a locked device");

  const other = await person(t, world.server, { name: "unknown" });
  await other.context.addInitScript(keepBack);
  await other.page.goto("/");
  await other.page.getByRole("heading", { level: 1 }).waitFor();
  await take(other.page, "an unknown device");
  // This is an unmodified browser, which offers passkeys of its own.
  const plain = await (await other.context.browser().newContext({ locale: "en-US" })).newPage();
  await plain.goto(world.server.url);
  await plain.getByRole("heading", { level: 1 }).waitFor();
  await take(plain, "an unknown device without passkeys");
  await other.page.goto(world.links.thomas);
  await other.page.getByRole("heading", { level: 1 }).waitFor();
  await other.page.getByLabel("Uw gebruikersnaam").fill("thomas");
  await other.page.keyboard.press("Tab");
  await take(other.page, "an invitation");
}

// The way in which a document is stored depends on its random names, which differ in each world.
for (let world = 1; world <= WORLDS; world++) await scope((t) => train(t, world % 2 === 0));
writeFileSync(process.env.PROFILE, `${HEAD}${[...found].sort().join("\n")}\n`);
