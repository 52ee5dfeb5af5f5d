// Tests the whole first path with two partners: set-up, invitation, checklist at the same time, documents, approval,
// with cut networks, a reload without network and a killed server in between.
import assert from "node:assert/strict";
import { test } from "node:test";
import { person, startServer } from "./harness.mjs";
import { MARIEKE, THOMAS, invitationLink, inviteHousehold, newFirm, register, setOutReturn } from "./firm.mjs";
import { photograph, taxReturn } from "./paper.mjs";
import { readReturn, shown } from "./reader.mjs";

const DOSSIER = "/kantoor/klanten/10417/2025";

/** Answers a yes/no question. */
const choose = (page, question, answer) =>
  page.getByRole("group", { name: question }).getByRole("radio", { name: answer, exact: true }).check();

/** Opens the checklist and goes to the section `title`. */
async function openSection(page, title) {
  await page.goto("/");
  await page.getByRole("link", { name: /invullen|Ga verder|Checklist/ }).first().click();
  for (let part = 0; part < 10; part += 1) {
    const steps = page.getByText(/onderdeel \d+ van \d+/);
    await steps.waitFor();
    if ((await steps.innerText()).startsWith(title)) return;
    const before = await steps.innerText();
    await page.getByRole("link", { name: "Volgende" }).or(page.getByRole("button", { name: "Volgende" })).click();
    await page.waitForFunction((text) => !document.body.innerText.includes(text), before);
  }
  throw new Error(`no section ${title}`);
}

const pill = (page, words) => page.getByRole("status").filter({ hasText: words }).first().waitFor();

test("two partners and their advisor go the whole path, with the network and the server failing", { timeout: 300_000 }, async (t) => {
  const server = await startServer(t);
  const sanne = await newFirm(t, server);
  await inviteHousehold(sanne);
  await sanne.page.getByRole("button", { name: "Zet klaar en mail" }).click();
  await sanne.page.getByText("Checklist IB 2025").first().waitFor();

  // Each of them opens their own link, on a phone.
  const marieke = await person(t, server, { name: "marieke" });
  const thomas = await person(t, server, { name: "thomas" });
  await register(marieke, await invitationLink(server, MARIEKE.email), "marieke");
  await register(thomas, await invitationLink(server, THOMAS.email), "thomas");
  await server.mail({ to: MARIEKE.email, subject: /Checklist|vragen/i });
  await marieke.keptOffline();
  await thomas.keptOffline();

  // Thomas is online; Marieke's network is cut, and her page is reloaded without it.
  await marieke.offline();
  await openSection(marieke.page, "Sparen en beleggen");
  await marieke.page.getByRole("textbox", { name: /spaarrekening/ }).fill("18.400");
  await choose(marieke.page, /beleggingen of crypto/, "Nee");
  await pill(marieke.page, "Offline"); // and no longer "Bewaren…": all of it is on her phone
  await marieke.page.reload();
  await marieke.running();
  assert.equal(await marieke.page.getByRole("textbox", { name: /spaarrekening/ }).inputValue(), "18.400", "kept over a reload without network");
  await openSection(thomas.page, "Sparen en beleggen");
  await thomas.page.getByRole("textbox", { name: /spaarrekening/ }).fill("twaalf");
  await thomas.page.getByRole("textbox", { name: /spaarrekening/ }).blur();
  await thomas.page.getByText("Dit is geen bedrag").waitFor();
  await thomas.page.getByRole("textbox", { name: /spaarrekening/ }).fill("21150");
  await thomas.page.getByRole("textbox", { name: /spaarrekening/ }).blur();
  await pill(thomas.page, "Bewaard");

  // She attaches a photograph and a PDF, still without network.
  const photo = await photograph(sanne.page);
  await marieke.page.goto("/sturen");
  await marieke.page.getByLabel("Kies een bestand").setInputFiles([
    { name: "jaaropgave.jpg", mimeType: "image/jpeg", buffer: photo },
    { name: "woz.pdf", mimeType: "application/pdf", buffer: taxReturn(1) },
  ]);
  await marieke.page.getByRole("button", { name: /Zet 2 documenten klaar/ }).click();
  await marieke.page.getByText("2 documenten zijn bewaard").waitFor();

  // The server dies while her work is on its way, and comes back.
  await server.kill();
  await marieke.offline(false);
  await server.start();
  await sanne.page.goto(DOSSIER);
  const documents = sanne.page.getByRole("region", { name: /Documenten/ }).or(sanne.page.locator("body"));
  await assert.doesNotReject(async () => {
    for (;;) {
      if ((await documents.first().getByText(/Ontvangen \d/).count()) >= 2) return;
      await sanne.page.reload();
    }
  });
  await sanne.page.getByText("jaaropgave.jpg").first().waitFor();
  await sanne.page.getByText("woz.pdf").first().waitFor();
  await server.mail({ to: "sanne@", subject: /document/i });

  // Both answers are shown, on both sides; answering anew resolves the difference.
  await sanne.page.getByText("Verschil").first().waitFor();
  await openSection(thomas.page, "Sparen en beleggen");
  await thomas.page.getByText("Marieke vulde iets anders in").first().waitFor();
  await thomas.shot("conflict");
  await thomas.page.getByRole("button", { name: /Kies welk antwoord klopt/ }).click();
  await thomas.page.getByRole("radio", { name: /18\.400/ }).check();
  await thomas.page.getByRole("button", { name: "Bewaar deze keuze" }).click();
  await openSection(marieke.page, "Sparen en beleggen");
  assert.equal(await marieke.page.getByRole("textbox", { name: /spaarrekening/ }).inputValue(), "18.400");

  // Both are asked about the return; Marieke approves without a network, Thomas declines.
  await setOutReturn(sanne, taxReturn(1));
  await server.mail({ to: MARIEKE.email, subject: /aangifte/i });
  await server.mail({ to: THOMAS.email, subject: /aangifte/i });
  await marieke.page.goto("/");
  await marieke.page.getByRole("link", { name: "Bekijk uw aangifte" }).click();
  await marieke.page.getByRole("heading", { name: "Klopt uw aangifte?" }).waitFor();
  await marieke.page.getByRole("button", { name: "Lees de aangifte" }).click();
  await shown(marieke.page);
  await marieke.offline();
  await marieke.page.reload();
  await marieke.running();
  await marieke.page.getByRole("button", { name: "Geef akkoord" }).click();
  await marieke.recognised(false);
  await marieke.page.getByRole("button", { name: "Ik ga akkoord" }).click();
  await marieke.page.getByText("U heeft nog niet getekend").waitFor();
  await marieke.recognised(true);
  await marieke.page.getByRole("button", { name: "Ik ga akkoord" }).click();
  await marieke.page.getByText("Ondertekend op dit apparaat").first().waitFor();
  await marieke.shot("bewijs-offline");
  await marieke.offline(false);
  await marieke.page.getByText("Gecontroleerd: de ondertekening klopt").waitFor();
  await server.mail({ to: "sanne@", subject: /akkoord/i });
  await sanne.page.goto(`${DOSSIER}/akkoord`);
  await sanne.page.getByText("Gecontroleerd en geldig").waitFor();
  await sanne.page.getByText("Marieke opende de aangifte").waitFor();
  await sanne.shot("evidence");

  await thomas.page.goto("/");
  await thomas.page.getByRole("link", { name: "Bekijk uw aangifte" }).click();
  await thomas.page.getByRole("button", { name: "Er klopt iets niet" }).click();
  await thomas.page.getByLabel("Uw uitleg").fill("De WOZ-waarde klopt niet.");
  await thomas.page.getByRole("button", { name: "Stuur naar uw adviseur" }).click();
  await thomas.page.getByText("U heeft gemeld dat er iets niet klopt").waitFor();
  await server.mail({ to: "sanne@", subject: /niet akkoord|klopt/i });

  // A new revision voids the approval, visibly, on both sides.
  await setOutReturn(sanne, taxReturn(2));
  await sanne.page.goto(`${DOSSIER}/akkoord`);
  await sanne.page.getByText("Vervallen").first().waitFor();
  await sanne.page.getByText("De WOZ-waarde klopt niet.").first().waitFor();
  await marieke.page.goto("/");
  await marieke.page.getByRole("link", { name: "Bekijk uw aangifte" }).click();
  await marieke.page.getByText("Uw akkoord gold voor versie 1").waitFor();
  for (const someone of [marieke, thomas]) {
    await someone.page.goto("/");
    await someone.page.getByRole("link", { name: "Bekijk uw aangifte" }).click();
    await readReturn(someone.page);
    await someone.page.getByRole("button", { name: "Geef akkoord" }).click();
    await someone.page.getByRole("button", { name: "Ik ga akkoord" }).click();
    await someone.page.getByText("Gecontroleerd: de ondertekening klopt").waitFor();
  }
  await sanne.page.goto(`${DOSSIER}/akkoord`);
  await sanne.page.getByRole("button", { name: "Markeer als verstuurd" }).click();
  await sanne.page.getByText(/Verstuurd aan de Belastingdienst/).first().waitFor();

  // Everything that is done is in the archive; a login needs no name.
  await marieke.page.goto("/archief");
  await marieke.page.getByText("Aangifte IB 2025").first().waitFor();
  await marieke.page.getByText(/Verstuurd op/).first().waitFor();
  await marieke.page.goto("/gegevens");
  await marieke.page.getByRole("button", { name: "Log uit" }).click();
  await marieke.page.getByRole("dialog").getByRole("button", { name: "Log uit" }).click();
  await marieke.page.getByRole("button", { name: "Log in met passkey" }).click();
  await marieke.page.getByRole("heading", { level: 1, name: /^Goede.*Marieke/ }).waitFor();
});
