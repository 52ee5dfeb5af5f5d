// Tests of the app as it is built for release.
import assert from "node:assert/strict";
import { test } from "node:test";
import { client, demo } from "./demo.mjs";
import { openSection } from "./season.mjs";

const within = { timeout: 120_000 };

test("a start on a device that keeps the app takes its code from the store, and asks nobody for it", within, async (t) => {
  const someone = await client(t, await demo(t));
  const { page } = someone;
  await someone.keptOffline();
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto("/");
  await page.locator('#main a[href$="/akkoord"]').first().waitFor();
  assert.ok(asked.includes("/app.js"));
  assert.deepEqual(asked.filter((path) => path.endsWith(".wasm")), []);
});

test("once kept, all of it works without a network", within, async (t) => {
  const someone = await client(t, await demo(t));
  const { page } = someone;
  await page.locator('#main a[href*="/checklist/"]').first().waitFor();
  await someone.keptOffline();
  await someone.offline();
  await openSection(page, "Eigen woning");
  await page.getByRole("radio", { name: "Ja", exact: true }).first().check();
  for (const [name, address] of [["Archief", "**/archief"], ["Gegevens", "**/gegevens"], ["Sturen", "**/sturen?*"]]) {
    await page.goto("/");
    await page.getByRole("link", { name }).first().click();
    await page.waitForURL(address);
    await page.getByRole("heading", { level: 1 }).waitFor();
  }
});
