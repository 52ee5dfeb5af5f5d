// Tests of many clients at once: a file of them, actions for all that are ticked, and the numbers of the dashboard;
// each
// with script and without.
import assert from "node:assert/strict";
import { test } from "node:test";
import { startServer } from "./harness.mjs";
import { newFirm, withoutScript } from "./firm.mjs";

const within = { timeout: 240_000 };
const HEADINGS = "Klantnummer;Voornaam;Achternaam;E-mail;BSN;Fiscaal partner;E-mail partner;Labels\r\n";
const file = (rows) => ({ name: "klanten-maart.csv", mimeType: "text/csv", buffer: Buffer.from(HEADINGS + rows) });
const ROWS =
  "10402;Ayşe;Yılmaz;ayse@example.nl;111222333;;;ondernemer\r\n" +
  "10431;Bram;Jansma;bram@@example.nl;;;;\r\n" +
  "10319;Daan;Vermeer;daan@example.nl;;Lisa Smit;lisa@example.nl;\r\n";

/** Checks a page as everybody may see it: in light and dark, and no wider than the window. */
async function forEverybody(someone, name) {
  for (const colorScheme of ["light", "dark"]) {
    await someone.page.emulateMedia({ colorScheme });
    await someone.shot(`console-clients-${name}-${colorScheme}`);
    await someone.accessible(`${name}, ${colorScheme}`);
  }
  await someone.page.emulateMedia({ colorScheme: "light" });
  const wide = await someone.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${name} scrolls sideways`);
}

async function chooseFile(page, rows) {
  await page.goto("/kantoor/importeren");
  await page.getByLabel("CSV-bestand").setInputFiles(file(rows));
  await page.getByRole("button", { name: "Lees het bestand" }).click();
  await page.getByRole("heading", { name: "Wat staat er in elke kolom?" }).waitFor();
}

/** Follows running work with the link, as people do without script. */
async function refreshUntil(page, there) {
  while (!(await there.count())) {
    const refresh = page.getByRole("link", { name: "Ververs" });
    if (await refresh.count()) await refresh.click();
    else await page.reload();
  }
}

test("a file of clients is repaired in the cell, comes in and its people are invited", within, async (t) => {
  const server = await startServer(t);
  const sanne = await newFirm(t, server);
  const { page } = sanne;
  await page.getByRole("link", { name: "Uitnodigen en import" }).click();
  await forEverybody(sanne, "file");
  await page.getByLabel("CSV-bestand").setInputFiles({ name: "foto.csv", mimeType: "text/csv", buffer: Buffer.from([0, 1, 2, 3]) });
  await page.getByRole("button", { name: "Lees het bestand" }).click();
  await page.getByText("Dit is geen CSV-bestand").waitFor();
  await forEverybody(sanne, "refused");
  await chooseFile(page, ROWS);
  assert.equal(await page.getByLabel("Kolom Fiscaal partner is").inputValue(), "full_name_2");
  await forEverybody(sanne, "columns");
  await page.getByRole("button", { name: "Controleer" }).click();
  const cell = page.getByLabel("E-mail, regel 3");
  await page.getByText("Er staan twee apenstaartjes in").waitFor();
  await forEverybody(sanne, "check");
  await cell.fill("bram@example.nl");
  await cell.press("Tab"); // checked at once
  await page.getByRole("button", { name: "Importeer 3 klanten" }).waitFor();
  await page.getByRole("button", { name: "Importeer 3 klanten" }).click();
  await page.getByRole("heading", { name: "Import klaar" }).waitFor();
  await forEverybody(sanne, "done");
  await page.getByRole("button", { name: "Nodig 3 klanten uit" }).click();
  await page.getByText("3 klanten, belastingjaar").waitFor();
  await forEverybody(sanne, "invite");
  await page.getByRole("button", { name: "Nodig 3 klanten uit" }).click();
  await page.getByText("Gedaan").waitFor();
  for (const email of ["ayse@example.nl", "bram@example.nl", "daan@example.nl", "lisa@example.nl"]) {
    await server.mail({ to: email, subject: /./ });
  }
});

test("without script a file comes in, a client that exists is shown old and new, and many get a checklist", within, async (t) => {
  const server = await startServer(t);
  const sanne = await newFirm(t, server);
  const { page } = await withoutScript(t, server, sanne);
  await chooseFile(page, ROWS);
  await page.getByRole("button", { name: "Controleer" }).click();
  await page.getByLabel("E-mail, regel 3").fill("bram@example.nl");
  await page.getByRole("button", { name: "Bewaar en controleer opnieuw" }).click();
  await page.getByRole("button", { name: "Importeer 3 klanten" }).click();
  await refreshUntil(page, page.getByRole("heading", { name: "Import klaar" }));
  await chooseFile(page, "10402;Ayşe;Yılmaz;ayse@nieuw.example;111222333;;;\r\n");
  await page.getByRole("button", { name: "Controleer" }).click();
  await page.getByText("ayse@example.nl").waitFor();
  await page.getByText("ayse@nieuw.example").waitFor();
  await page.getByRole("button", { name: "Importeer 1 klant" }).click();
  await refreshUntil(page, page.getByRole("heading", { name: "Import klaar" }));
  await page.goto("/kantoor/klanten?jaar=2025");
  await page.getByText("3 klanten", { exact: true }).waitFor();
  await page.getByLabel("alle 3 klanten die passen").check();
  await page.getByRole("button", { name: "Checklist klaarzetten" }).click();
  await page.getByRole("button", { name: "Zet klaar voor 3 klanten" }).click();
  await refreshUntil(page, page.getByText("Gedaan"));
  while (await page.getByRole("link", { name: "Ververs" }).count()) await page.reload();
  await page.goto("/kantoor/klanten?jaar=2025&fase=checklist");
  await page.getByText("3 klanten", { exact: true }).waitFor();
});

test("the table is narrowed, a client is changed, blocked and put aside, and each number has its clients", within, async (t) => {
  const server = await startServer(t);
  const sanne = await newFirm(t, server);
  const { page } = sanne;
  await chooseFile(page, ROWS.replace("@@", "@"));
  await page.getByRole("button", { name: "Controleer" }).click();
  await page.getByRole("button", { name: "Importeer 3 klanten" }).click();
  await page.getByRole("link", { name: "Naar de klanten" }).click();
  await page.getByLabel("Kies Bram Jansma").check();
  await page.getByText("1 gekozen").waitFor();
  await forEverybody(sanne, "table");
  await page.getByLabel("Kies Bram Jansma").uncheck();
  await page.getByText("Meer filters").click();
  await page.getByRole("combobox", { name: "Label" }).selectOption("ondernemer");
  await page.getByRole("button", { name: "Pas toe" }).click();
  await page.getByText("1 klant", { exact: true }).waitFor();
  await forEverybody(sanne, "narrowed");
  await page.goto("/kantoor/klanten/10402/bewerken");
  await page.getByLabel("Labels").fill("starter");
  await forEverybody(sanne, "edit");
  await page.getByRole("button", { name: "Bewaar" }).click();
  await page.getByRole("heading", { name: "Ayşe Yılmaz" }).waitFor();
  await page.goto("/kantoor/klanten/10402/bewerken");
  await page.getByRole("button", { name: "Blokkeer deze klant" }).click();
  await page.getByText("Geblokkeerd sinds").waitFor();
  await page.getByRole("button", { name: "Zet in het archief" }).click();
  await page.getByText("In het archief sinds").waitFor();
  await forEverybody(sanne, "aside");
  await page.goto("/kantoor");
  await page.getByRole("link", { name: /^Te laat/ }).waitFor();
  await forEverybody(sanne, "dashboard");
  await page.getByRole("link", { name: "2 klanten" }).click();
  await page.getByRole("heading", { name: "Klanten" }).waitFor();
  await page.goto("/kantoor/seizoen");
  await forEverybody(sanne, "season");
});
