// Tests of the archive: what was stored on the device by choice opens without a network; all years are searched; and
// everything of a client can be exported as one file that is read without this app.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { LAPTOP } from "./harness.mjs";
import { client, demo } from "./demo.mjs";
import { taxReturn } from "./paper.mjs";
import { openSection, paperOnTable } from "./season.mjs";
import { readReturn, shown } from "./reader.mjs";

const within = { timeout: 240_000 };

/** Gives a PDF and a photograph, and waits until the firm has both. */
async function send(someone) {
  const { page } = someone;
  await page.goto("/sturen");
  await page.getByLabel("Kies een bestand").setInputFiles([
    { name: "hypotheek <2025>.pdf", mimeType: "application/pdf", buffer: taxReturn(7) },
    { name: "jaaropgave.jpg", mimeType: "image/jpeg", buffer: await paperOnTable(someone) },
  ]);
  await page.getByRole("button", { name: "Verstuur 2 documenten" }).click();
  await page.getByText("2 documenten zijn bewaard").waitFor();
  await page.goto("/archief");
  await page.getByText(/Ontvangen door/).nth(1).waitFor();
}

test("a document is kept on the device, or not, and the archive is searched without a network", within, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm, "marieke", { device: LAPTOP });
  const { page } = marieke;
  await marieke.keptOffline();
  await send(marieke);
  const row = (name) => page.getByRole("listitem").filter({ hasText: name });
  await row("jaaropgave.jpg").getByText(/Staat op dit apparaat/).waitFor();
  await page.getByRole("button", { name: "Haal jaaropgave.jpg van dit apparaat" }).click();
  await row("jaaropgave.jpg").getByText(/Nog niet op dit apparaat/).waitFor();
  await page.getByRole("button", { name: /^Haal hypotheek .* van dit apparaat$/ }).click();
  await row("hypotheek").getByText(/Nog niet op dit apparaat/).waitFor();
  await page.getByText(/^Akkoord gebruikt nu/).waitFor();
  await marieke.accessible();
  await marieke.shot("archief", { fullPage: true });

  // Choosing all of the year brings both back, and they open without a network.
  await page.getByRole("checkbox", { name: /^Bewaar alles van 2025/ }).check();
  await row("jaaropgave.jpg").getByText(/Staat op dit apparaat/).waitFor();
  await row("hypotheek").getByText(/Staat op dit apparaat/).waitFor();
  await page.getByRole("button", { name: "Haal jaaropgave.jpg van dit apparaat" }).click();
  await row("jaaropgave.jpg").getByText(/Nog niet op dit apparaat/).waitFor();
  await marieke.offline();
  await page.reload();
  await marieke.running();
  assert.ok(await page.getByRole("checkbox", { name: /^Bewaar alles van 2025/ }).isChecked(), "the choice is kept");
  await page.getByRole("button", { name: /^Open hypotheek/ }).click();
  await shown(page);
  await page.getByRole("dialog").getByRole("button", { name: "Sluit" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Open jaaropgave.jpg" }).click();
  await page.getByText("Downloaden lukte niet").waitFor();

  const search = page.getByRole("searchbox", { name: "Zoek in alle jaren" });
  await search.fill("HYPO");
  await page.getByRole("status").filter({ hasText: "1 gevonden" }).waitFor();
  assert.equal(await row("jaaropgave.jpg").count(), 0);
  await search.fill("bestaat niet");
  await page.getByText("Niets gevonden met “bestaat niet”").waitFor();
  await page.getByRole("button", { name: "Wis zoekopdracht" }).click();
  assert.ok(await search.evaluate((field) => document.activeElement === field), "the field has the focus again");
});

/** Returns true if a program that others made can read all of a ZIP. */
function whole(zip) {
  assert.equal(execFileSync("python3", ["-m", "zipfile", "-t", zip], { encoding: "utf8" }).trim(), "Done testing");
}

test("everything of a client comes as one file with a page, in both languages, also without a network", within, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm, "marieke", { acceptDownloads: true });
  const { page } = marieke;
  await marieke.keptOffline();
  await openSection(page, "Sparen en beleggen");
  await page.getByRole("textbox", { name: /spaarrekening/ }).fill("18400");
  await page.getByRole("textbox", { name: /spaarrekening/ }).blur();
  await page.getByRole("status").filter({ hasText: "Bewaard" }).first().waitFor();
  await page.goto("/");
  await page.getByRole("link", { name: "Bekijk uw aangifte" }).click();
  await readReturn(page);
  await page.getByRole("button", { name: "Geef akkoord" }).click();
  await page.getByRole("button", { name: "Ik ga akkoord" }).click();
  await page.getByText("Gecontroleerd: de ondertekening klopt").waitFor();
  await send(marieke);

  const folder = await mkdtemp(path.join(tmpdir(), "akkoord-export-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const take = async (name, button) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()]);
    const zip = path.join(folder, `${name}.zip`);
    await download.saveAs(zip);
    whole(zip);
    execFileSync("python3", ["-m", "zipfile", "-e", zip, path.join(folder, name)]);
    return path.join(folder, name);
  };
  const there = await take("nl", "Maak het bestand");
  await page.getByText(/staat bij uw downloads/).waitFor();
  assert.equal(await page.getByText(/ontbreken|ontbreekt/).count(), 0, "all of it could be had");

  // This opens the page of the export with nothing but a browser.
  const reader = await marieke.context.newPage();
  await reader.goto(pathToFileURL(path.join(there, "index.html")).href);
  await reader.getByRole("heading", { level: 2, name: "Aangifte 2025" }).waitFor();
  await reader.getByRole("row").filter({ hasText: /spaarrekening/ }).getByText("€ 18.400").waitFor();
  await reader.getByText("Akkoord van Marieke").waitFor();
  await reader.screenshot({ path: await marieke.shot("meenemen").then((file) => file.replace("meenemen", "meegenomen")), fullPage: true });
  const files = await reader.getByRole("link").evaluateAll((links) => links.map((link) => link.href));
  assert.ok(files.length >= 4, `the return, its evidence and both documents: ${files}`);
  for (const file of files) await readFile(new URL(file));
  const evidence = files.find((file) => file.endsWith(".zip"));
  whole(new URL(evidence).pathname.replaceAll("%20", " "));

  // Without a network the app names what is not on the device, and in English too.
  await page.getByRole("button", { name: "Haal jaaropgave.jpg van dit apparaat" }).click();
  await page.getByRole("listitem").filter({ hasText: "jaaropgave.jpg" }).getByText(/Nog niet op dit apparaat/).waitFor();
  await page.goto("/gegevens");
  await page.getByRole("radio", { name: "English" }).check();
  await page.goto("/archief");
  await marieke.offline();
  const english = await take("en", "Make the file");
  // The evidence came with the first export and was stored.
  await page.getByText(/1 document is missing/).waitFor();
  const html = await readFile(path.join(english, "index.html"), "utf8");
  assert.match(html, /<html lang="en">/);
  assert.match(html, /jaaropgave\.jpg<\/th><td>[^<]*not in this file: it was not on the device/);
  assert.ok(!/<script|http:|https:/.test(html), "it needs nothing else");
});
