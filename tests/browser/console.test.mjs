// What every page of the console has: finding a client while one types.
import assert from "node:assert/strict";
import { test } from "node:test";
import { advisor, demo } from "./demo.mjs";

test("Ctrl K finds a client from any page, with the keyboard alone", { timeout: 120_000 }, async (t) => {
  const sanne = await advisor(t, await demo(t));
  const { page } = sanne;
  await page.goto("/kantoor/portaal");
  await page.keyboard.press("Control+k");
  const finder = page.getByRole("dialog", { name: "Zoek een klant" });
  await finder.getByRole("searchbox").pressSequentially("marieke jan");
  const found = finder.getByRole("link", { name: /Marieke Jansen/ });
  await found.waitFor();
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await sanne.accessible(`console: finding a client, ${colorScheme}`);
  }
  await sanne.shot("console-find");
  await page.keyboard.press("ArrowDown");
  assert.ok(await found.evaluate((link) => link === document.activeElement));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: /Marieke Jansen/ }).waitFor();

  await page.keyboard.press("Control+k");
  await finder.getByRole("searchbox").fill("niemand heet zo");
  await finder.getByText("Geen klant past bij deze keuze.").waitFor();
  await page.keyboard.press("Escape");
  await finder.waitFor({ state: "hidden" });
});

test("without script the way to a client is the table", { timeout: 120_000 }, async (t) => {
  const sanne = await advisor(t, await demo(t));
  const { page } = sanne;
  await page.route("**/console.js", (route) => route.abort());
  await page.goto("/kantoor");
  await page.getByRole("link", { name: "Zoek een klant" }).click();
  await page.getByRole("searchbox").first().fill("jansen");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: /Marieke Jansen/ }).waitFor();
});
