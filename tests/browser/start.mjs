// Measures the first visit, a start and a press on a slow phone: a quarter of this processor, and a line of 1.6 Mbit/s
// with a round trip of 150 ms, which also affects what the service worker fetches (slow-line.mjs). Run by `cargo xtask
// bench start`; prints one line of medians.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { person, scope } from "./harness.mjs";
import { demo } from "./demo.mjs";
import { openSection, settled } from "./season.mjs";

const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const SERIES = Number(process.env.BENCH_SERIES ?? 3);
const LINE = { down: 200_000, up: 94_000, roundTrip: 150 };
const SLOWER = 4;

const median = (values) => Math.round([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]);
/** What is to be approved is a card or, when something waits for a network, a row. */
const TO_APPROVE = '#main a[href$="/akkoord"]';
const overview = (page) => page.locator(TO_APPROVE).first().waitFor({ timeout: 60_000 });

/** Runs in every page before anything else: what the browser itself says of presses, and when what can be used. */
function watch(toApprove) {
  window.seen = { link: 0, passkey: 0, usable: 0, presses: {} };
  new PerformanceObserver((list) => {
    for (const { interactionId, duration } of list.getEntries()) {
      if (interactionId) window.seen.presses[interactionId] = Math.max(window.seen.presses[interactionId] ?? 0, duration);
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
  const note = (name) => {
    window.seen[name] = -1;
    requestAnimationFrame(() => (window.seen[name] = performance.now()));
  };
  const canRegister = () => document.getElementById("maak")?.checkVisibility() && document.getElementById("gebruikersnaam").value !== "";
  new MutationObserver(() => {
    if (window.seen.link === 0 && canRegister()) note("link");
    if (window.seen.usable === 0 && document.querySelector(toApprove)) note("usable");
  }).observe(document, { childList: true, subtree: true, attributes: true });
  const create = navigator.credentials?.create.bind(navigator.credentials);
  if (create) {
    navigator.credentials.create = async (options) => {
      const credential = await create(options);
      window.seen.passkey = performance.now();
      return credential;
    };
  }
}

/** What the browser said so far; entries of the last press come with a frame after it. */
const seen = (page) =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    return window.seen;
  });

/** A finger on the middle of something; nothing else is asked of the page until it was painted. */
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

/** Presses and keys on the overview, the screen for sending and the checklist; the slowest counts, as INP has it. */
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
  // What took less than 16 ms is not reported at all.
  return Math.max(16, ...all);
}

/** A person on a slow phone with nothing kept, at the page behind the invitation's link. */
async function invited(t, { server, links }, name) {
  const someone = await person(t, server, { name, line: LINE });
  const { page, context } = someone;
  // A slow phone may take longer than a test waits.
  context.setDefaultTimeout(60_000);
  await context.addInitScript(watch, TO_APPROVE);
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.goto(links[name]);
  await page.waitForFunction(() => window.seen.link > 0, null, { timeout: 60_000 });
  return someone;
}

/** Makes the passkey so many milliseconds after the link was followed; gives what that took until the overview. */
async function enter({ page }, milliseconds) {
  await page.waitForFunction((at) => performance.now() >= at, milliseconds, { polling: 100 });
  await page.getByRole("button", { name: "Maak mijn passkey" }).click();
  await overview(page);
  const { passkey, usable } = await seen(page);
  return usable - passkey;
}

/** Opens the app again; gives what that took until the overview. */
async function restart({ page }) {
  await page.goto("/");
  await overview(page);
  return (await seen(page)).usable;
}

async function run() {
  return scope(async (t) => {
    const world = await demo(t);
    const hasty = await invited(t, world, "thomas");
    const hurried = await enter(hasty, 2_000);
    await hasty.context.close();
    const someone = await invited(t, world, "marieke");
    const link = (await seen(someone.page)).link;
    const entered = await enter(someone, 8_000);
    const total = someone.line.received / 1000;
    await someone.keptOffline();
    await settledOnce(someone);
    const online = await restart(someone);
    const inp = await slowestPress(someone.page);
    await settled(someone.page);
    await someone.offline();
    const offline = await restart(someone);
    return { link, entered, hurried, online, offline, inp, total };
  });
}

/** Uses the app for as long as a login takes: a document with answers has another shape than a new one. */
async function settledOnce({ page }) {
  await openSection(page, "Eigen woning");
  await page.getByRole("radio", { name: "Ja", exact: true }).first().check();
  await settled(page);
}

/** Performance and accessibility of the pages before the app, as Lighthouse sees a phone; the least of both pages. */
async function lighthouse() {
  const program = process.env.BENCH_LIGHTHOUSE;
  if (!program) return { performance: "n/a", accessibility: "n/a" };
  return scope(async (t) => {
    const { server, links } = await demo(t);
    const pages = [];
    for (const address of [links.marieke, `${server.url}/inloggen/wilgenhof/nl`]) {
      const scores = [];
      for (let i = 0; i < SERIES; i++) {
        const flags = ["--quiet", "--output=json", "--only-categories=performance,accessibility", "--chrome-flags=--headless=new --no-sandbox --disable-gpu"];
        const { stdout } = await promisify(execFile)(process.execPath, [program, address, ...flags], {
          env: { ...process.env, CHROME_PATH: process.env.TEST_CHROMIUM ?? "/usr/bin/chromium" },
          maxBuffer: 64 * 1024 * 1024,
        });
        const { categories } = JSON.parse(stdout);
        scores.push({ performance: categories.performance.score * 100, accessibility: categories.accessibility.score * 100 });
      }
      console.error(`lighthouse ${new URL(address).pathname} ${JSON.stringify(scores)}`);
      pages.push({ performance: median(scores.map((s) => s.performance)), accessibility: median(scores.map((s) => s.accessibility)) });
    }
    return { performance: Math.min(...pages.map((p) => p.performance)), accessibility: Math.min(...pages.map((p) => p.accessibility)) };
  });
}

const series = [];
for (let i = 0; i < SERIES; i++) {
  const runs = [];
  for (let j = 0; j < RUNS; j++) runs.push(await run());
  const of = (what) => median(runs.map((run) => run[what]));
  series.push(Object.fromEntries(Object.keys(runs[0]).map((what) => [what, of(what)])));
  console.error(`series ${i + 1}: ${JSON.stringify(series.at(-1))} of ${JSON.stringify(runs)}`);
}
const of = (what) => median(series.map((one) => one[what]));
const { performance: speed, accessibility } = await lighthouse();
console.log(
  `start: link_ms=${of("link")} overview_after_passkey_ms=${of("entered")} overview_after_2s_ms=${of("hurried")} ` +
    `online_restart_ms=${of("online")} offline_restart_ms=${of("offline")} inp_ms=${of("inp")} total_br_kb=${of("total")} ` +
    `lighthouse_perf_min=${speed} lighthouse_a11y_min=${accessibility}`,
);
