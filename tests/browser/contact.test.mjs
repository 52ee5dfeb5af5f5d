// Tests of what client and firm tell each other apart from the tax return: changes of details, messages with documents,
// and one login for dossiers at two firms.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, startServer, person } from "./harness.mjs";
import { newFirm, inviteHousehold, invitationLink, register, MARIEKE } from "./firm.mjs";
import { taxReturn } from "./paper.mjs";

const within = { timeout: 240_000 };
const CONTACT = "/kantoor/klanten/10417/2025/berichten";

/** Sets up a firm with a household, and Marieke on her phone. */
async function household(t) {
  const server = await startServer(t);
  const sanne = await newFirm(t, server);
  await inviteHousehold(sanne);
  const marieke = await person(t, server, { name: "marieke", device: PHONE });
  await register(marieke, await invitationLink(server, MARIEKE.email), "marieke");
  await marieke.page.getByRole("region", { name: "Uw adviseur" }).getByText("Sanne de Wit").waitFor(); // the dossier is on the phone
  await marieke.keptOffline();
  return { server, sanne, marieke };
}

/** Reloads a page of the console until `there` is on it. */
async function until(page, address, there) {
  for (;;) {
    await page.goto(address);
    if (await there.count()) return;
  }
}

async function forEverybody(someone, name) {
  for (const colorScheme of ["light", "dark"]) {
    await someone.page.emulateMedia({ colorScheme });
    await someone.accessible(`${name}, ${colorScheme}`);
  }
  await someone.page.emulateMedia({ colorScheme: "light" });
  const wide = await someone.page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${name} scrolls sideways`);
}

test("what a client does appears on the advisor's open page without a reload", within, async (t) => {
  const { sanne, marieke } = await household(t);
  await sanne.page.goto(CONTACT);
  await marieke.visit("/berichten");
  await marieke.page.getByLabel("Uw vraag").fill("Is de aangifte al klaar?");
  await marieke.page.getByRole("button", { name: "Stuur bericht" }).click();
  await sanne.page.getByText("Is de aangifte al klaar?").waitFor();
});

test("what the advisor is typing stays when the page renews itself around it", within, async (t) => {
  const { sanne, marieke } = await household(t);
  const { page } = sanne;
  await page.goto(CONTACT);
  const answer = page.getByLabel("Bericht aan de klant");
  await answer.fill("Ik kijk er morgen naar");
  const ask = async (words) => {
    await marieke.visit("/berichten");
    await marieke.page.getByLabel(/^(Uw vraag|Antwoord)$/).fill(words);
    await marieke.page.getByRole("button", { name: "Stuur bericht" }).click();
    await page.getByText(words).waitFor();
  };
  await ask("Is de aangifte al klaar?");
  assert.ok(await answer.evaluate((field) => field === document.activeElement), "the cursor is where it was");
  await answer.press("End");
  await answer.pressSequentially(", dag");
  // This works even while the advisor uses another part of the page.
  await page.getByRole("heading", { level: 1 }).click();
  await ask("Of duurt het nog even?");
  assert.equal(await answer.inputValue(), "Ik kijk er morgen naar, dag");
  await page.getByRole("button", { name: "Stuur", exact: true }).click();
  await marieke.page.getByText("Ik kijk er morgen naar, dag").waitFor();
});

test("an open dashboard counts what comes in without a reload", within, async (t) => {
  const { sanne, marieke } = await household(t);
  const { page } = sanne;
  await page.goto("/kantoor");
  const questions = page.getByRole("link", { name: /Vragen/ }).first();
  const before = await questions.textContent();
  await marieke.visit("/berichten");
  await marieke.page.getByLabel("Uw vraag").fill("Is de aangifte al klaar?");
  await marieke.page.getByRole("button", { name: "Stuur bericht" }).click();
  await page.waitForFunction((before) => [...document.querySelectorAll("a")].some((link) => /Vragen/.test(link.textContent) && link.textContent !== before), before);
  await page.getByRole("link", { name: /Vraag gesteld/ }).or(page.getByText("Vraag gesteld")).first().waitFor();
});

test("an account number is changed without network, taken over by the advisor and done for the client", within, async (t) => {
  const { server, sanne, marieke } = await household(t);
  const { page } = marieke;
  await marieke.visit("/gegevens");
  const mine = page.getByRole("region", { name: "Over u" });
  await mine.getByText(MARIEKE.email).waitFor();
  await marieke.shot("contact-details");
  await forEverybody(marieke, "details");
  await marieke.offline();
  await mine.getByRole("button", { name: "Vul aan Rekeningnummer" }).click();
  await mine.getByLabel("Rekeningnummer").fill("NL92ABNA0417164300");
  await mine.getByRole("button", { name: "Klaar" }).click();
  await mine.getByText("Dit rekeningnummer klopt niet").waitFor();
  await forEverybody(marieke, "details with an error");
  await mine.getByLabel("Rekeningnummer").fill("nl91 abna 0417 1643 00");
  await mine.getByRole("button", { name: "Klaar" }).click();
  const changes = page.getByRole("region", { name: "1 wijziging" });
  await changes.getByText("NL91 ABNA 0417 1643 00").waitFor();
  await page.getByRole("status").filter({ hasText: "Offline" }).first().waitFor();
  await page.reload(); // what is not sent yet is kept all the same
  await marieke.running();
  await changes.getByText("Nog niet verstuurd").waitFor();
  await marieke.shot("contact-changes");
  await forEverybody(marieke, "details with a change");
  await changes.getByRole("button", { name: "Stuur naar Sanne" }).click();
  const reported = page.getByRole("region", { name: "Door u doorgegeven" });
  await reported.getByText("Nog niet verstuurd").waitFor();
  await marieke.offline(false);
  await reported.getByText("Ontvangen door Wilgenhof Belastingadvies").waitFor();
  await server.mail({ to: "sanne@", subject: /wijziging doorgegeven/ });

  await sanne.page.goto(CONTACT);
  await sanne.page.getByText("NL91 ABNA 0417 1643 00").first().waitFor();
  await sanne.shot("contact-console");
  await forEverybody(sanne, "messages and details in the console");
  await sanne.page.getByRole("button", { name: "Neem over" }).click();
  await sanne.page.getByText("Overgenomen door Sanne de Wit").waitFor();
  await reported.getByText("Overgenomen door Sanne de Wit").waitFor();
  await mine.getByText("NL91 ABNA 0417 1643 00").waitFor();
  await server.mail({ to: MARIEKE.email, subject: /uw wijziging bekeken/ });

  await page.getByRole("button", { name: "Verhuisd" }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("button", { name: "Stuur naar Sanne" }).click();
  await form.getByText("Vul de dag in").waitFor();
  await form.getByRole("textbox", { name: "Dag", exact: true }).fill("1");
  await form.getByRole("textbox", { name: "Maand", exact: true }).fill("3");
  await form.getByRole("textbox", { name: "Jaar", exact: true }).fill("2026");
  await form.getByLabel("Straat en huisnummer").fill("Wilgenlaan 21");
  await form.getByLabel("Plaats").fill("De Bilt");
  await marieke.shot("contact-move");
  await forEverybody(marieke, "moving house");
  await form.getByRole("button", { name: "Stuur naar Sanne" }).click();
  const moved = page.getByRole("article", { name: "Verhuisd" });
  await moved.getByText("Wilgenlaan 21").waitFor();
  await moved.getByRole("button", { name: "Trek Verhuisd in" }).click();
  await moved.getByText("Ingetrokken").waitFor();
});

test("a message with a document written without network is answered, and each side sees that it was read", within, async (t) => {
  const { server, sanne, marieke } = await household(t);
  const { page } = marieke;
  await marieke.offline();
  await marieke.visit("/berichten");
  const question = page.getByLabel("Uw vraag");
  await question.fill("Moet deze brief mee?");
  await page.getByText("nog niet verstuurd").waitFor();
  await page.reload();
  await marieke.running();
  assert.equal(await question.inputValue(), "Moet deze brief mee?", "a draft outlives a reload");
  await page.getByLabel("Voeg een document toe").setInputFiles({ name: "brief.pdf", mimeType: "application/pdf", buffer: taxReturn(1) });
  await page.getByText("Gaat mee: brief.pdf").waitFor();
  await page.getByRole("button", { name: "Stuur bericht" }).click();
  await page.getByText("Bewaard op dit apparaat").waitFor();
  await marieke.offline(false);
  await server.mail({ to: "sanne@", subject: /bericht gestuurd/ });

  await until(sanne.page, CONTACT, sanne.page.getByRole("link", { name: "brief.pdf" }));
  await sanne.page.getByText("1 nieuw").first().waitFor();
  await sanne.page.getByLabel("Bericht aan de klant").fill("Nee, die heb ik al. Dank u wel.");
  await page.goto("/");
  await sanne.page.getByRole("button", { name: "Stuur", exact: true }).click();
  await sanne.page.getByText("Nee, die heb ik al.").waitFor();
  await server.mail({ to: MARIEKE.email, subject: /bericht gestuurd/ });

  await page.getByRole("img", { name: "1 nieuw bericht" }).waitFor();
  await marieke.shot("contact-overview");
  await forEverybody(marieke, "overview with a message");
  await page.getByRole("link", { name: "Alle berichten" }).click();
  await page.getByText("Nee, die heb ik al.").waitFor();
  await page.getByText("Gelezen door uw adviseur").waitFor();
  await marieke.shot("contact-messages");
  await forEverybody(marieke, "messages");
  await until(sanne.page, CONTACT, sanne.page.getByText("Gelezen door Marieke"));
  await page.getByRole("link", { name: "Terug" }).click();
  await page.getByRole("heading", { name: "Berichten" }).waitFor();
  assert.equal(await page.getByRole("img", { name: /nieuw/ }).count(), 0);
});
