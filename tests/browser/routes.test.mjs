// Tests of every address of the app, in light and dark, at 320 px (which is also 400% zoom on a laptop), and
// with forced colours. An address in route.rs without a row here fails: add the row.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { NIGHTLY, PHONE } from "./harness.mjs";
import { client, demo } from "./demo.mjs";

const ROUTES = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "../../app/src/route.rs");

/** From an address in route.rs to an address to open, made of the demo's household. */
const PAGES = {
  "/": () => "/",
  "/taken/:task/checklist/nalezen": ({ checklist }) => `/taken/${checklist}/checklist/nalezen`,
  "/taken/:task/checklist/:section": ({ checklist }) => `/taken/${checklist}/checklist/persoonlijk`,
  "/taken/:task/documenten": ({ request }) => `/taken/${request}/documenten`,
  "/taken/:task/betalen": ({ payment }) => `/taken/${payment}/betalen`,
  "/taken/:task/akkoord": ({ approval }) => `/taken/${approval}/akkoord`,
  "/akkoord/:year": () => "/akkoord/2025",
  "/taken/:task/bewijs": ({ approval }) => `/taken/${approval}/bewijs`,
  "/sturen?:taak&:vraag&:stuk": () => "/sturen",
  "/archief": () => "/archief",
  "/archief/:year": () => "/archief/2025",
  "/berichten?:taak&:vraag": () => "/berichten",
  "/gegevens": () => "/gegevens",
  "/:..path": () => "/zomaar/iets",
};

test("every address of the app has a row in the table", async () => {
  const source = await readFile(ROUTES, "utf8");
  const addresses = [...source.matchAll(/#\[route\("([^"]+)"/g)].map(([, address]) => address);
  assert.deepEqual(addresses.filter((address) => !(address in PAGES)), []);
  assert.deepEqual(Object.keys(PAGES).filter((address) => !addresses.includes(address)), []);
});

test("every address is for everybody in every colour", { timeout: 900_000 }, async (t) => {
  const someone = await client(t, await demo(t));
  const { page } = someone;
  const taskIn = async (part) => (await page.locator(`a[href*="${part}"]`).first().getAttribute("href")).split("/")[2];
  const request = page.locator('a[href$="/documenten"]').first();
  // A household without such a request has another kind of task here, and the page says so.
  const ids = { request: (await request.count()) ? await taskIn("/documenten") : await taskIn("/akkoord"), checklist: await taskIn("/checklist/"), approval: await taskIn("/akkoord") };
  // The household of the demo has nothing to pay, and the page says that it does not know the task.
  ids.payment = ids.approval;
  for (const language of NIGHTLY ? ["nl", "en"] : ["nl"]) {
    await someone.visit("/gegevens");
    await page.getByRole("radio", { name: language === "nl" ? /Nederlands|Dutch/ : /English|Engels/ }).check();
    await page.waitForFunction((language) => document.documentElement.lang === language, language);
    for (const address of Object.values(PAGES).map((of) => of(ids))) {
      await someone.visit(address);
      await page.getByRole("heading", { level: 1 }).first().waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.lang), language, `${address} has another language`);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await someone.accessible(`${address}, ${language}, ${colorScheme}`);
      }
      await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
      await someone.accessible(`${address}, ${language}, forced colours`);
      await page.emulateMedia({ colorScheme: "light", forcedColors: "none" });
      await page.setViewportSize({ width: 320, height: 256 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${address} scrolls sideways by ${wide} px at 400% zoom`);
      await page.setViewportSize(PHONE.viewport);
    }
  }
});
