// What tests do with the reader of PDFs.

/** Waits until the first page is on the screen, with all that is on it. */
export const shown = (page) => page.locator('.reader[data-state="shown"]').waitFor({ timeout: 60_000 });

/** Waits until the service worker has all of the reader. */
export const kept = (page) =>
  page.evaluate(async () => {
    const wanted = ["core_bg.wasm", "core.js", "view.js", "worker.js", "Helvetica.pfb", "cmaps.bin"].map((name) => `/reader/${name}`);
    const cache = await caches.open("akkoord-files");
    for (let files = new Set(); !wanted.every((name) => files.has(name)); await new Promise(requestAnimationFrame)) {
      files = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
    }
  });

/** Opens the return, waits until its first page is shown, and closes it again. */
export async function readReturn(page, button = "Lees de aangifte") {
  await page.getByRole("button", { name: button }).click();
  await shown(page);
  await page.getByRole("dialog").getByRole("button", { name: "Sluit" }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
}
