// Measures a start and a press on a slow phone: a quarter of this processor, 1.6 Mbit/s, a round trip of 150 ms.
// Run by `cargo xtask bench start`; prints one line of medians. The person is known on the device (a passkey was
// made before), and first nothing of the app is stored; then everything is stored and there is no network.
import { scope } from "./harness.mjs";
import { client, demo } from "./demo.mjs";
import { openSection, settled } from "./season.mjs";

const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const median = (values) => Math.round(values.sort((a, b) => a - b)[Math.floor(values.length / 2)]);
/** The link to what has to be approved is in a card or, if something waits for a network, in a row. */
const TO_APPROVE = '#main a[href$="/akkoord"]';
const overview = (page) => page.locator(TO_APPROVE).first().waitFor({ timeout: 60_000 });

/** Runs in every page before anything else, and records what the browser says about paints and presses. */
function watch(toApprove) {
  window.seen = { lcp: 0, usable: 0, presses: {} };
  new PerformanceObserver((list) => (window.seen.lcp = list.getEntries().at(-1).startTime)).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) {
      if (interactionId) window.seen.presses[interactionId] = Math.max(window.seen.presses[interactionId] ?? 0, duration);
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
  new MutationObserver((_, observer) => {
    if (!document.querySelector(toApprove)) return;
    observer.disconnect();
    requestAnimationFrame(() => (window.seen.usable = performance.now()));
  }).observe(document, { childList: true, subtree: true });
}

/** Returns what the browser said so far; the entries of the last press come a frame after it. */
const seen = (page) =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    return window.seen;
  });

/** Taps the middle of something; nothing else is asked of the page until that was painted. */
async function press(page, what) {
  await what.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await what.boundingBox();
  await seen(page);
  await page.touchscreen.tap(x + width / 2, y + height / 2);
  await seen(page);
}

async function type(page) {
  await page.getByRole("textbox").first().focus();
  for (const digit of "465000") {
    await page.keyboard.press(digit);
    await seen(page);
  }
}

/** Measures presses and keys on the overview, the screen for sending and the checklist; returns the slowest, as INP does. */
async function slowestPress(page) {
  const all = [];
  const take = async () => all.push(...Object.values((await seen(page)).presses));
  await press(page, page.getByRole("link", { name: "Sturen" }).first());
  await page.getByRole("heading", { level: 1, name: /./ }).waitFor();
  await press(page, page.getByRole("link", { name: /Terug|Overzicht/ }).first());
  await overview(page);
  await take();
  await openSection(page, "Eigen woning");
  await press(page, page.getByRole("radio", { name: "Ja", exact: true }).first());
  await type(page);
  await press(page, page.getByRole("radio", { name: "Nee", exact: true }).last());
  await take();
  // The browser does not report anything that took less than 16 ms.
  return Math.max(16, ...all);
}

/** Measures as many presses on an otherwise empty page, which is what the browser itself needs on this machine. */
async function slowestBarePress(page) {
  await page.goto("about:blank");
  await page.setContent('<label><input type="radio" name="a"> Ja</label> <label><input type="radio" name="a"> Nee</label> <input>');
  for (const name of ["Ja", "Nee", "Ja"]) await press(page, page.getByLabel(name));
  await type(page);
  await press(page, page.getByLabel("Nee"));
  return Math.max(16, ...Object.values((await seen(page)).presses));
}

const runs = [];
for (let run = 0; run < RUNS; run++) {
  await scope(async (t) => {
    const someone = await client(t, await demo(t));
    const { page, context } = someone;
    await someone.keptOffline();
    // The app was used before, and for longer than a login takes.
    await openSection(page, "Eigen woning");
    await page.getByRole("radio", { name: "Ja", exact: true }).first().check();
    await settled(page);
    await context.addInitScript(watch, TO_APPROVE);
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Storage.clearDataForOrigin", { origin: someone.server.url, storageTypes: "service_workers,cache_storage" });
    await session.send("Network.clearBrowserCache");
    await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await session.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 94_000 });
    let bytes = 0;
    const count = ({ encodedDataLength }) => (bytes += encodedDataLength);
    session.on("Network.loadingFinished", count);
    await page.goto("/");
    await overview(page);
    session.off("Network.loadingFinished", count);
    const { lcp, usable } = await seen(page);
    await session.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 });
    await someone.keptOffline();
    const inp = await slowestPress(page);
    await settled(page);
    await someone.offline();
    await page.goto("/");
    await overview(page);
    const offline = (await seen(page)).usable;
    runs.push({ total: bytes / 1000, lcp, usable, inp, offline, bare: await slowestBarePress(page) });
  });
}
const of = (what) => median(runs.map((run) => run[what]));
console.error(`runs=${RUNS} overview_ms=${of("usable")} bare_press_ms=${of("bare")} ${JSON.stringify(runs)}`);
console.log(
  `start: shell_kb=${process.env.BENCH_SHELL_KB ?? "?"} total_br_kb=${of("total")} lcp_ms=${of("lcp")} ` +
    `inp_ms=${of("inp")} offline_restart_ms=${of("offline")}`,
);
