// Tests of a whole season in the console without any script: every action is a form. Only making a passkey needs
// script, so
// the advisor logs in with it and continues without.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { PHONE, person, startServer } from "./harness.mjs";
import { inviteHousehold, invitationLink, newFirm, register, setOutReturn, withoutScript, MARIEKE } from "./firm.mjs";
import { taxReturn } from "./paper.mjs";

const within = { timeout: 300_000 };
const DOSSIER = "/kantoor/klanten/10417/2025";
const pdf = (name) => ({ name, mimeType: "application/pdf", buffer: taxReturn(1) });

/** Sets up a firm whose advisor continues without script. */
async function firm(t) {
  const server = await startServer(t);
  const sanne = await newFirm(t, server);
  return { server, plain: await withoutScript(t, server, sanne) };
}

/** Presses something that takes documents out. Returns the names in the file that arrives. */
async function taken(page, button, name) {
  const [file] = await Promise.all([page.waitForEvent("download"), button.click()]);
  assert.equal(file.suggestedFilename(), name);
  const list = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); z.testzip() is None or sys.exit(1); print(*z.namelist(), sep=chr(10))";
  return execFileSync("python3", ["-c", list, await file.path()], { encoding: "utf8" }).trim().split("\n");
}

test("without script a client is added, asked for everything, written to, and has it in the archive", within, async (t) => {
  const { server, plain } = await firm(t);
  const { page } = plain;
  await inviteHousehold(plain);
  const invitation = page.getByRole("region", { name: "Verstuurde mails" }).or(page.locator("#mails"));
  await invitation.getByText("Uitnodiging").first().waitFor();
  await server.mail({ to: MARIEKE.email });
  await page.reload();
  await invitation.getByText(/Verstuurd/).first().waitFor();

  await page.getByLabel("Checklist", { exact: true }).selectOption("ib-2025");
  await page.locator("#checklist-due").fill("2026-04-01");
  await page.locator(`form[action="${DOSSIER}/checklist"] button[type=submit]`).click();
  const tasks = page.locator("#taken");
  await tasks.getByText(/Checklist IB 2025/).first().waitFor();
  await page.locator('input[name="title_0"]').fill("Jaaropgave");
  await page.getByRole("button", { name: "Vraag en mail" }).click();
  await tasks.getByText("Jaaropgave").first().waitFor();
  await page.getByRole("button", { name: "Rond af" }).first().click();
  await tasks.getByText("Afgerond").first().waitFor();

  await page.getByRole("link", { name: "Berichten en gegevens" }).click();
  await page.getByLabel("Bericht aan de klant").fill("Welkom bij ons kantoor.");
  await page.getByRole("button", { name: "Stuur", exact: true }).click();
  await page.getByText("Welkom bij ons kantoor.").waitFor();
  await page.locator("summary", { hasText: "Pas aan" }).first().click();
  await page.getByLabel("Telefoon").first().fill("06 1234 5678");
  await page.getByRole("button", { name: "Opslaan" }).first().click();
  await page.locator("dl").getByText(/6 ?1234 ?5678/).first().waitFor();

  await page.getByRole("link", { name: "Archief" }).click();
  await page.getByLabel("Soort").selectOption("letter");
  await page.getByLabel("Naam", { exact: false }).first().fill("Brief van de Belastingdienst");
  await page.getByRole("button", { name: "Zet in archief en mail" }).click();
  await page.getByText("Kies de PDF.").waitFor();
  assert.equal(await page.getByLabel("Naam", { exact: false }).first().inputValue(), "Brief van de Belastingdienst", "what was typed stays");
  await page.getByLabel("PDF").setInputFiles(pdf("brief.pdf"));
  await page.getByRole("button", { name: "Zet in archief en mail" }).click();
  await page.getByRole("link", { name: "Open Brief van de Belastingdienst" }).waitFor();

  await setOutReturn(plain, taxReturn(1));
  await page.getByText("Sanne de Wit").first().waitFor();
  await page.goto("/kantoor/klanten?q=jansen&jaar=2025");
  await page.getByRole("link", { name: /Marieke Jansen/ }).click();
  const one = await taken(page, page.getByRole("link", { name: /^Alles \(zip\)/ }), "documenten-10417-2025.zip");
  assert.ok(one.includes("Archief/Brief van de Belastingdienst.pdf") && one.includes("Inhoud.html"), one.join("\n"));
  await page.goto("/kantoor/klanten?q=jansen&jaar=2025");
  await page.getByLabel(/^Kies Marieke Jansen/).check();
  const many = await taken(page, page.getByRole("button", { name: "Download documenten" }), "documenten-2025.zip");
  assert.ok(many.some((name) => /^10417 Marieke Jansen[^/]*\/Archief\//.test(name)) && many.includes("Overzicht.html"), many.join("\n"));
});

test("without script somebody is added to a household, let in with a code, given a role and kept out", within, async (t) => {
  const { plain } = await firm(t);
  const { page } = plain;
  await inviteHousehold(plain);
  await page.getByRole("link", { name: "Voeg iemand toe" }).click();
  await page.getByLabel("Volledige naam").fill("Lisa Jansen");
  await page.getByLabel("Voornaam").fill("Lisa");
  await page.getByLabel("E-mailadres").fill("lisa@example.nl");
  await page.getByRole("button", { name: "Toevoegen", exact: true }).click();
  await page.locator('a[href*="/personen/"]').filter({ hasText: "Lisa" }).first().click();
  await page.getByText("Nog niet uitgenodigd").waitFor();
  await page.getByRole("button", { name: "Nodig uit met een code" }).click();
  await page.getByText("Vertel deze code aan Lisa").waitFor();
  assert.match(await page.locator(".notice .num strong").textContent(), /^\d{6}$/);
  await page.getByRole("button", { name: "Trek de uitnodiging in" }).click();
  await page.getByText("Uitnodiging ingetrokken").waitFor();
  await page.getByLabel("Rol").selectOption("reader");
  await page.getByRole("button", { name: "Wijzig de rol" }).click();
  await page.locator("dl").getByText("Leest mee").waitFor();
  await page.getByRole("button", { name: "Blokkeer" }).click();
  await page.getByText("Geblokkeerd").waitFor();
  await page.getByRole("button", { name: "Geef weer toegang" }).click();
  await page.getByText("Geblokkeerd").waitFor({ state: "detached" });
});

test("without script a change that a client reports is answered, and hers is the answer", within, async (t) => {
  const { server, plain } = await firm(t);
  const { page } = plain;
  await inviteHousehold(plain);
  const marieke = await person(t, server, { name: "marieke", device: PHONE });
  await register(marieke, await invitationLink(server, MARIEKE.email), "marieke");
  await marieke.page.getByRole("region", { name: "Uw adviseur" }).getByText("Sanne de Wit").waitFor();
  await marieke.visit("/gegevens");
  const mine = marieke.page.getByRole("region", { name: "Over u" });
  await mine.getByRole("button", { name: "Vul aan Telefoon" }).click();
  await mine.getByLabel("Telefoon").fill("06 1234 5678");
  await mine.getByRole("button", { name: "Klaar" }).click();
  await marieke.page.getByRole("button", { name: "Stuur naar Sanne" }).click();
  await server.mail({ to: "sanne@", subject: /wijziging doorgegeven/ });

  await page.goto("/kantoor");
  await page.getByRole("link", { name: /Wijziging doorgegeven/ }).or(page.getByText("Wijziging doorgegeven")).first().waitFor();
  await page.goto(`${DOSSIER}/berichten`);
  await page.getByRole("button", { name: "Beantwoord" }).click();
  await page.getByText("Schrijf waarom u de wijziging niet overneemt").waitFor();
  await page.getByLabel("Antwoord aan de klant", { exact: false }).fill("Is dit uw nummer of dat van Thomas?");
  await page.getByRole("button", { name: "Beantwoord" }).click();
  await page.getByText("Beantwoord door Sanne de Wit").waitFor();
  await marieke.page.getByText("Is dit uw nummer of dat van Thomas?").waitFor();
  await server.mail({ to: MARIEKE.email, subject: /uw wijziging bekeken/ });
  await page.goto(DOSSIER);
  await page.locator("#mails").getByText("Wijziging beantwoord").waitFor();
});

test("without script a firm makes a checklist its own, sets when its mails leave, and by which server", within, async (t) => {
  const { plain } = await firm(t);
  const { page } = plain;
  await page.goto("/kantoor/vragenlijsten");
  await page.getByRole("link", { name: /Checklist IB 2025/ }).click();
  await page.getByRole("link", { name: "Nieuw onderdeel" }).click();
  await page.getByLabel(/Nieuw onderdeel|Onderdeel/).first().fill("Zonnepanelen");
  await page.getByRole("button", { name: "Bewaar" }).click();
  await page.getByText("Vul beide talen in").first().waitFor();
  await page.getByLabel(/Engels/).first().fill("Solar panels");
  await page.getByRole("button", { name: "Bewaar" }).click();
  await page.getByText("Bewaard als concept").waitFor();
  await page.getByRole("button", { name: "Gooi de wijzigingen weg" }).click();
  await page.getByText("Bewaard als concept").waitFor({ state: "detached" });

  await page.goto("/kantoor/mailtijden");
  await page.locator('select[name="quiet_from"], input[name="quiet_from"]').first().waitFor();
  await page.locator('form[action="/kantoor/mailtijden/kantoor"] button[type=submit]').first().click();
  await page.waitForURL("**/kantoor/mailtijden?opgeslagen");
  await page.goto("/kantoor/mailserver");
  await page.locator('input[name="host"]').fill("localhost");
  await page.locator('input[name="port"]').fill("1");
  await page.locator('button[name="action"][value="test"]').click();
  await page.getByRole("alert").first().waitFor();
  assert.equal(await page.locator('input[name="host"]').inputValue(), "localhost", "what was typed stays");
  await page.goto("/kantoor/seizoen");
  await page.getByRole("heading", { level: 1 }).waitFor();
  const saved = page.waitForEvent("download");
  await page.getByRole("link", { name: /CSV/ }).click();
  assert.match((await saved).suggestedFilename(), /^seizoen-\d{4}\.csv$/);
});
