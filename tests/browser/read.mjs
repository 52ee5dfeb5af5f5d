// Measures reading a return of 40 pages on a slow phone: a quarter of this processor for everything of the browser,
// workers too, and a line of 1.6 Mbit/s with a round trip of 150 ms. Run by `cargo xtask bench read`; prints one line of
// medians.
import { advisor, client, demo } from "./demo.mjs";
import { setOutReturn } from "./firm.mjs";
import { scope } from "./harness.mjs";
import { longReturn } from "./paper.mjs";
import { kept } from "./reader.mjs";
import { Quarter } from "./quarter.mjs";

const RUNS = Number(process.env.BENCH_RUNS ?? 3);
const LINE = { down: 200_000, up: 94_000, roundTrip: 150 };
const PAGES = 40;

const median = (values) => Math.round([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]);

/** Opens the screen on which the return is approved. */
async function openReturn({ page }) {
  await page.locator('#main a[href$="/akkoord"]').first().click();
  await page.getByRole("button", { name: "Lees de aangifte" }).waitFor();
}

/** Presses the button, and gives the milliseconds until the first page is on the screen. */
const press = (page) =>
  page.evaluate(async () => {
    const start = performance.now();
    document.getElementById("lees-aangifte").click();
    while (document.querySelector(".reader")?.dataset.state !== "shown") await new Promise(requestAnimationFrame);
    return performance.now() - start;
  });

/** Reads on to the last page, and gives the milliseconds until all pages were drawn. */
const readOn = (page) =>
  page.evaluate(async () => {
    const start = performance.now();
    for (const sheet of document.querySelectorAll(".reader__sheet")) {
      sheet.scrollIntoView();
      while (!sheet.dataset.drawn) await new Promise(requestAnimationFrame);
    }
    return performance.now() - start;
  });

/** Gives the bytes of these files of the server, as a browser is given them. */
async function bytesOf(server, paths) {
  let bytes = 0;
  for (const path of paths) {
    const response = await fetch(`${server.url}${path}`, { headers: { "accept-encoding": "br" } });
    bytes += Number(response.headers.get("content-length"));
    await response.body.cancel();
  }
  return bytes;
}

async function run() {
  return scope(async (t) => {
    const firm = await demo(t);
    const sanne = await advisor(t, firm);
    await setOutReturn(sanne, longReturn(PAGES));
    await sanne.context.close();
    const marieke = await client(t, firm, "marieke", { line: LINE });
    const { page } = marieke;

    // The return is kept away from the device, and the reader with it, until somebody wants to read.
    await page.route("**/api/clients/*/files/*", (route) => route.abort());
    await page.reload();
    await marieke.keptOffline();
    await openReturn(marieke);
    await page.unroute("**/api/clients/*/files/*");
    const loaded = new Set();
    const note = (request) => {
      const { pathname } = new URL(request.url());
      // What the service worker keeps for later is not what reading waits for.
      if (pathname.startsWith("/reader/") && !request.serviceWorker()) loaded.add(pathname);
    };
    marieke.context.on("request", note);
    const slow = Quarter.of(marieke);
    const cold = await press(page);
    marieke.context.off("request", note);
    slow.end();
    const size = await bytesOf(firm.server, loaded);

    await kept(page);
    await marieke.offline();
    await page.goto("/");
    await openReturn(marieke);
    await page.locator(".paper__sheet--drawn canvas").waitFor();
    const again = Quarter.of(marieke);
    const cached = await press(page);
    const rest = await readOn(page);
    again.end();
    return { cold, cached, whole: cached + rest, size };
  });
}

const runs = [];
for (let i = 0; i < RUNS; i += 1) {
  runs.push(await run());
  console.error(JSON.stringify(runs.at(-1)));
}
const of = (what) => median(runs.map((one) => one[what]));
console.log(
  `read: first_page_cold_ms=${of("cold")} first_page_cached_ms=${of("cached")} pages${PAGES}_s=${(of("whole") / 1000).toFixed(1)} ` +
    `viewer_br_kb=${Math.round(of("size") / 1000)}`,
);
