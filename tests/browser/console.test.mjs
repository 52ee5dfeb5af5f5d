// Tests of what every page of the console has: finding a client while somebody types.
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

test("a firm adds a question to a checklist of its own and publishes it", { timeout: 180_000 }, async (t) => {
  const sanne = await advisor(t, await demo(t));
  const { page } = sanne;
  const forEverybody = async (name) => {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await sanne.accessible(`console: ${name}, ${colorScheme}`);
    }
    await page.emulateMedia({ colorScheme: "light" });
  };
  await page.getByRole("link", { name: "Vragenlijsten" }).click();
  await forEverybody("checklists");
  await page.getByRole("link", { name: /Checklist IB 2025/ }).click();
  await page.getByRole("link", { name: "Eigen woning", exact: true }).click();
  await page.getByRole("link", { name: "Nieuwe vraag hieronder" }).click();
  await page.getByLabel("Nieuwe vraag, Nederlands").fill("Heeft u zonnepanelen?");
  await page.getByRole("button", { name: "Bewaar" }).click();
  await page.getByRole("alert").getByText("Vul beide talen in").waitFor();
  await page.getByLabel("Nieuwe vraag, Engels").fill("Do you have solar panels?");
  await forEverybody("a question with a mistake");
  await page.getByRole("button", { name: "Bewaar" }).click();
  await page.getByText("Bewaard als concept").waitFor();
  await page.getByRole("region", { name: "Zo ziet de klant het" }).getByText("Heeft u zonnepanelen?").waitFor();
  await sanne.shot("console-checklist");
  await page.getByRole("button", { name: "Publiceer" }).click();
  await page.getByText("Gepubliceerd.").waitFor();
  await page.getByRole("region", { name: "Versies" }).getByText(/Versie 4/).waitFor();
  await forEverybody("a checklist");
});
