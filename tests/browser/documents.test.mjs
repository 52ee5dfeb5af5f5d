// Tests of a request for three documents: two are sent and one does not exist, all without a network; one is accepted,
// one
// sent back and replaced. Then an assessment is added to the archive.
import assert from "node:assert/strict";
import { test } from "node:test";
import { person, startServer } from "./harness.mjs";
import { MARIEKE, invitationLink, inviteHousehold, newFirm, register } from "./firm.mjs";
import { photograph, taxReturn } from "./paper.mjs";
import { shown } from "./reader.mjs";

const DOSSIER = "/kantoor/klanten/10417/2025";
const pdf = (name, n) => ({ name, mimeType: "application/pdf", buffer: taxReturn(n) });

/** Reloads the advisor's page until it has this link. */
async function until(page, path, name) {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    await page.goto(path);
    if (await page.getByRole("link", { name }).first().isVisible()) return;
  }
  throw new Error(`never: ${name}`);
}

test("a request is answered offline, sent back, replaced and done; an assessment follows", { timeout: 300_000 }, async (t) => {
  const server = await startServer(t);
  const sanne = await newFirm(t, server);
  await inviteHousehold(sanne);
  const desk = sanne.page;
  for (const [i, title] of ["Jaaropgave", "WOZ-beschikking", "Nota van afrekening"].entries()) {
    await desk.getByLabel(`Document ${i + 1}`, { exact: true }).fill(title);
  }
  await desk.getByLabel("Over jaar 1").fill("2025");
  await desk.getByRole("button", { name: "Vraag en mail" }).click();
  await desk.getByText("Jaaropgave, 2025").waitFor();

  const marieke = await person(t, server, { name: "marieke" });
  await register(marieke, await invitationLink(server, MARIEKE.email), "marieke");
  const { page } = marieke;
  await page.getByRole("link", { name: "Stuur documenten" }).waitFor();
  await marieke.keptOffline();
  await marieke.offline();
  await page.getByRole("status").filter({ hasText: "Offline" }).first().waitFor();
  await page.getByRole("link", { name: /Stuur 3 documenten|Stuur documenten/ }).first().click();
  const item = (name) => page.getByRole("region", { name, exact: true });
  const photo = await photograph(desk);
  await item("Jaaropgave").getByLabel("Kies een bestand voor Jaaropgave").setInputFiles({ name: "jaaropgave.jpg", mimeType: "image/jpeg", buffer: photo });
  await item("Jaaropgave").getByText("Op dit apparaat", { exact: true }).waitFor();
  await item("WOZ-beschikking").getByLabel("Kies een bestand voor WOZ-beschikking").setInputFiles(pdf("woz.pdf", 1));
  await item("WOZ-beschikking").getByText("Op dit apparaat", { exact: true }).waitFor();
  await item("Nota van afrekening").getByRole("button", { name: /^Heb ik niet/ }).click();
  await item("Nota van afrekening").getByRole("button", { name: "Bewaar", exact: true }).click();
  await page.getByText("Schrijf kort waarom").waitFor();
  await item("Nota van afrekening").getByLabel(/Waarom heeft u/).fill("De notaris stuurt hem nog.");
  await item("Nota van afrekening").getByRole("button", { name: "Bewaar", exact: true }).click();
  await page.getByText("U heeft alles gedaan").waitFor();
  await marieke.shot("gevraagd-offline");
  await marieke.offline(false);
  await item("WOZ-beschikking").getByText(/^Ontvangen door/).waitFor();

  await until(desk, DOSSIER, "Bekijk jaaropgave.jpg");
  await desk.getByText("Bekijk wat er binnen is").waitFor();
  await desk.getByText("De notaris stuurt hem nog.").waitFor();
  await desk.getByRole("link", { name: "Bekijk jaaropgave.jpg" }).click();
  await desk.getByRole("img", { name: "Voorbeeld van jaaropgave.jpg" }).waitFor();
  await sanne.shot("stuk");
  await desk.getByRole("button", { name: "Boek in" }).click();
  await desk.getByRole("link", { name: "Bekijk woz.pdf" }).click();
  await desk.getByLabel(/Wat is er mee/).fill("Pagina 2 ontbreekt");
  await desk.getByRole("button", { name: "Stuur terug en mail" }).click();
  await desk.getByText("Teruggestuurd: Pagina 2 ontbreekt").first().waitFor();
  await server.mail({ to: MARIEKE.email, subject: /document opnieuw/ });

  await item("Jaaropgave").getByText("Verwerkt", { exact: true }).waitFor();
  await item("WOZ-beschikking").getByText("Teruggestuurd: Pagina 2 ontbreekt").waitFor();
  await marieke.shot("teruggestuurd");
  await page.getByLabel("Stuur een ander document in plaats van woz.pdf").setInputFiles(pdf("woz-compleet.pdf", 2));
  await item("WOZ-beschikking").getByText(/^Ontvangen door/).waitFor();
  await until(desk, DOSSIER, "Bekijk woz-compleet.pdf");
  await desk.getByRole("link", { name: "Bekijk woz-compleet.pdf" }).click();
  await desk.getByRole("button", { name: "Boek in" }).click();
  await desk.getByText("Alles binnen").waitFor();
  await page.getByText("Deze vraag is afgerond").waitFor();

  await desk.goto(`${DOSSIER}/archief`);
  await desk.getByLabel(/^Naam/).fill("Definitieve aanslag 2025");
  await desk.getByLabel("PDF").setInputFiles(pdf("aanslag.pdf", 3));
  await desk.getByLabel("Bedrag").fill("558,05");
  await desk.getByLabel(/IBAN/).fill("NL86 INGB 0002 4455 88");
  await desk.getByLabel(/Betalingskenmerk/).fill("1000 0000 0000 0013");
  await desk.getByRole("button", { name: "Zet in archief en mail" }).click();
  await desk.getByText("€ 558,05 te betalen").waitFor();
  await server.mail({ to: MARIEKE.email, subject: /archief/ });
  await page.goto("/archief/2025");
  await page.getByText("Definitieve aanslag 2025").waitFor();
  await page.getByText("Betalen", { exact: true }).click();
  await page.getByRole("img", { name: /QR-code voor uw bank: € 558,05/ }).waitFor();
  await marieke.shot("aanslag");
  // A document that was opened once opens without a network.
  await page.getByRole("button", { name: "Open Definitieve aanslag 2025" }).click();
  await shown(page);
  await page.getByRole("dialog").getByRole("button", { name: "Sluit" }).click();
  await marieke.offline();
  await page.reload();
  await marieke.running();
  await page.getByRole("button", { name: "Open Definitieve aanslag 2025" }).click();
  await shown(page);
  assert.equal(await page.getByText("Downloaden lukte niet").count(), 0);
});
