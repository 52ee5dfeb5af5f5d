// Reading: the pages of a PDF are drawn by the app and the console themselves, with and without a network, in a browser
// that has no viewer for PDFs of its own.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { LAPTOP } from "./harness.mjs";
import { advisor, client, demo } from "./demo.mjs";
import { kept, readReturn, shown } from "./reader.mjs";

const within = { timeout: 180_000 };
const approve = (page) => page.getByRole("button", { name: "Geef akkoord" });

async function openReturn({ page }) {
  // It is a card, or a row when something waits for a network.
  await page.locator('#main a[href$="/akkoord"]').first().click();
  await page.getByRole("heading", { name: "Klopt uw aangifte?" }).waitFor();
}

test("a return is read and approved without a network, in a browser without a viewer for PDFs", within, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm, "marieke", { viewer: false });
  const { page } = marieke;
  assert.equal(await page.evaluate(() => navigator.pdfViewerEnabled), false);
  await marieke.keptOffline();
  await kept(page);
  await marieke.offline();
  await page.reload();
  await marieke.running();
  await openReturn(marieke);
  await page.locator(".paper__sheet--drawn canvas").waitFor();

  // What was not on the screen cannot be agreed to, and the press says what comes first.
  assert.equal(await approve(page).getAttribute("aria-disabled"), "true");
  await approve(page).click({ force: true });
  await page.waitForFunction(() => document.activeElement.textContent.includes("Lees de aangifte"));
  assert.equal(await page.getByRole("dialog").count(), 0);
  await readReturn(page);
  await page.locator(".actionbar .btn--primary:not([aria-disabled])").waitFor();
  await approve(page).click();
  await page.getByRole("button", { name: "Ik ga akkoord" }).click();
  await page.getByText("Ondertekend op dit apparaat").first().waitFor();

  // The other device knows that it was opened, and when.
  await marieke.offline(false);
  const sanne = await advisor(t, firm);
  await page.getByText("Gecontroleerd: de ondertekening klopt").waitFor();
  await sanne.page.goto("/kantoor/klanten");
});

for (const [device, options] of [["a phone", {}], ["a laptop", { device: LAPTOP }]]) {
  test(`every page is there, larger and smaller, to be searched, printed and saved on ${device}`, within, async (t) => {
    const marieke = await client(t, await demo(t), "marieke", options);
    const { page } = marieke;
    await openReturn(marieke);
    await page.getByRole("button", { name: "Lees de aangifte" }).click();
    await shown(page);
    const reader = page.locator(".reader");
    const place = (words) => reader.locator("[data-part=place]", { hasText: words }).waitFor();
    await place("Pagina 1 van 2");
    await marieke.accessible("the reader");

    // The text of a page is there for those who listen, in the order in which it is read.
    const first = reader.getByRole("region", { name: "Pagina 1 van 2" });
    await first.getByText("Aangifte inkomstenbelasting").waitFor();
    assert.match(await first.innerText(), /Klantnummer\s+10417/);

    const width = async () => (await reader.locator("canvas").first().boundingBox()).width;
    const before = await width();
    await reader.getByRole("button", { name: "Groter" }).click();
    await reader.getByText("125%").waitFor({ state: "attached" });
    assert.ok((await width()) > before * 1.2, "larger");
    await reader.getByRole("button", { name: "Kleiner" }).click();
    await reader.getByText("100%").waitFor({ state: "attached" });

    await reader.getByRole("button", { name: "Zoek in het document" }).click();
    await reader.getByRole("searchbox", { name: "Zoekwoorden" }).fill("samenvatting van");
    await reader.getByText("1 van 1", { exact: true }).waitFor();
    await reader.locator(".reader__hit--now").waitFor();
    await place("Pagina 2 van 2");
    await reader.locator('.reader__sheet:nth-child(2)[data-drawn="whole"]').waitFor();
    await marieke.accessible("the reader with a search");
    await reader.getByRole("searchbox", { name: "Zoekwoorden" }).fill("eenhoorn");
    await reader.getByText("Niet gevonden").waitFor();

    const saving = page.waitForEvent("download");
    await reader.getByRole("button", { name: "Download" }).click();
    const saved = await saving;
    assert.match(saved.suggestedFilename(), /\.pdf$/);
    assert.equal((await readFile(await saved.path())).subarray(0, 5).toString(), "%PDF-");

    await page.evaluate(() => {
      window.print = () => {
        window.printed = [...document.querySelectorAll(".print-sheets img")].map((picture) => picture.naturalWidth);
        dispatchEvent(new Event("afterprint"));
      };
    });
    await reader.getByRole("button", { name: "Print" }).click();
    await page.waitForFunction(() => window.printed);
    assert.deepEqual(await page.evaluate(() => window.printed), [1240, 1240]);
    await page.waitForFunction(() => !document.querySelector(".print-sheets"));
  });
}

test("a document that cannot be shown is said to be so, in a sentence", within, async (t) => {
  const marieke = await client(t, await demo(t));
  const { page } = marieke;
  await openReturn(marieke);
  await page.getByRole("button", { name: "Lees de aangifte" }).click();
  await shown(page);
  const readInstead = (pdf) =>
    page.evaluate(async (text) => {
      const { Reader } = await import("/reader/view.js");
      const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
      const told = await new Promise((resolve) => new Reader(document.querySelector(".reader"), bytes, "a.pdf", resolve));
      return [told, document.querySelector("[data-part=state]").textContent];
    }, pdf);
  const kids = Array.from({ length: 2000 }, (_, at) => `${at + 3} 0 R`).join(" ");
  const pages = Array.from({ length: 2000 }, (_, at) => `${at + 3} 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n`).join("");
  const long = `%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 2000 /Kids [${kids}] >>\nendobj\n${pages}trailer << /Root 1 0 R >>\n`;
  const locked = `%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Count 0 /Kids [] >>\nendobj\n` +
    `3 0 obj\n<< /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O (${"o".repeat(32)}) /U (${"u".repeat(32)}) >>\nendobj\n` +
    `xref\n0 1\n0000000000 65535 f \ntrailer << /Root 1 0 R /Encrypt 3 0 R /ID [(a) (a)] >>\n`;
  for (const [pdf, sentence] of [["no PDF", /beschadigd of geen PDF/], [long, /te veel pagina’s/], [locked, /beschadigd|wachtwoord/]]) {
    const [told, said] = await readInstead(pdf);
    assert.equal(told, "refused");
    assert.match(said, sentence);
  }
});

test("the advisor reads a return and a document in the console", within, async (t) => {
  const firm = await demo(t);
  const sanne = await advisor(t, firm);
  const { page } = sanne;
  await page.goto("/kantoor/klanten");
  await page.getByRole("link", { name: /Jansen/ }).first().click();
  await page.getByRole("link", { name: "Akkoord en tijdlijn" }).first().click();
  await page.getByRole("link", { name: "Bekijk PDF" }).first().click();
  await shown(page);
  await page.getByRole("dialog").getByRole("region", { name: "Pagina 2 van 2" }).waitFor();
  await sanne.accessible("the reader in the console");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await page.waitForFunction(() => document.activeElement.textContent.includes("Bekijk PDF"));
});
