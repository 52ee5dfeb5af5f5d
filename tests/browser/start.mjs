// How a start and a press feel on a slow phone: a quarter of this processor, 1.6 Mbit/s, 150 ms to and fro.
// Run by `cargo xtask bench start`; prints one line of medians. The person is known on the device (a passkey was
// made before), and nothing of the app is kept yet; then everything is kept and there is no network.
import { scope } from "./harness.mjs";
import { client, demo } from "./demo.mjs";
import { openSection } from "./season.mjs";

const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const median = (values) => Math.round(values.sort((a, b) => a - b)[Math.floor(values.length / 2)]);
const overview = (page) => page.getByRole("link", { name: "Bekijk uw aangifte" }).waitFor({ timeout: 60_000 });

/** Runs in every page before anything else: what the browser itself says of paints and presses. */
function watch() {
  window.seen = { lcp: 0, usable: 0, presses: {} };
  new PerformanceObserver((list) => (window.seen.lcp = list.getEntries().at(-1).startTime)).observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) {
      if (interactionId) window.seen.presses[interactionId] = Math.max(window.seen.presses[interactionId] ?? 0, duration);
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
  new MutationObserver((_, observer) => {
    if (!document.querySelector('#main a[href$="/akkoord"]')) return;
    observer.disconnect();
    requestAnimationFrame(() => (window.seen.usable = performance.now()));
  }).observe(document, { childList: true, subtree: true });
}

const seen = async (page) => {
  // Entries of the last press come with a frame after it.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done)))));
  return page.evaluate(() => window.seen);
};
const presses = async (page) => Object.values((await seen(page)).presses);

/** Real presses and keys on the overview, the screen for sending and the checklist; the slowest counts, as INP has it. */
async function slowestPress(page) {
  const all = [];
  await page.getByRole("link", { name: "Sturen" }).first().click();
  await page.getByRole("heading", { level: 1, name: /./ }).waitFor();
  await page.getByRole("link", { name: /Terug|Overzicht/ }).first().click();
  await overview(page);
  all.push(...(await presses(page)));
  await openSection(page, "Eigen woning");
  const radio = page.getByRole("radio", { name: "Ja", exact: true }).first();
  await radio.check();
  await page.getByRole("textbox").first().pressSequentially("465000");
  await page.getByRole("radio", { name: "Nee", exact: true }).last().check();
  all.push(...(await presses(page)));
  // What took less than 16 ms is not reported at all.
  return Math.max(16, ...all);
}

const runs = [];
for (let run = 0; run < RUNS; run++) {
  await scope(async (t) => {
    const someone = await client(t, await demo(t));
    const { page, context } = someone;
    await someone.keptOffline();
    await context.addInitScript(watch);
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
    await someone.offline();
    await page.goto("/");
    await overview(page);
    runs.push({ total: bytes / 1000, lcp, usable, inp, offline: (await seen(page)).usable });
  });
}
const of = (what) => median(runs.map((run) => run[what]));
console.error(`runs=${RUNS} overview_ms=${of("usable")} ${JSON.stringify(runs)}`);
console.log(
  `start: shell_kb=${process.env.BENCH_SHELL_KB ?? "?"} total_br_kb=${of("total")} lcp_ms=${of("lcp")} ` +
    `inp_ms=${of("inp")} offline_restart_ms=${of("offline")}`,
);
