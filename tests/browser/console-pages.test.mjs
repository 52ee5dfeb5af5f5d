// Tests of every page of the console, in both languages, light and dark, and without any script. A page in console.rs
// without a row here fails: add the row.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { advisor, demo } from "./demo.mjs";
import { withoutScript } from "./firm.mjs";
import { LAPTOP, person } from "./harness.mjs";

const SOURCE = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "../../sync-server/console/src/routes.rs");
const within = { timeout: 900_000 };

/** The routes that answer a GET and are no page: files, parts of a page, news, frames. */
const NO_PAGES = [
  "/kantoor/zoek", "/kantoor/nieuws", "/kantoor/klanten/klanten.csv", "/kantoor/aangiften/aangiften.csv", "/kantoor/klanten/{number}/{year}/nieuws", "/kantoor/seizoen/seizoen.csv",
  "/kantoor/klanten/{number}/{year}/checklist/{checklist}/antwoorden/{form}", "/kantoor/klanten/{number}/{year}/akkoord/bewijs/{file}",
  "/kantoor/klanten/{number}/{year}/akkoord/{revision}/verklaring/{person}",
  "/api/clients/{client}/years/{year}/evidence/{approval}", "/kantoor/logboek/auditlog.jsonl", "/kantoor/logboek/controlepunt/{id}",
  "/kantoor/sjablonen/{kind}/{language}/voorbeeld", "/kantoor/importeren/voorbeeld.csv", "/kantoor/importeren/klanten.csv", "/kantoor/importeren/{import}/regels.csv",
  "/kantoor/portaal/voorbeeld/{screen}", "/kantoor/klanten/{number}/{year}/documenten.zip",
];

/** From an address in console.rs to an address to open, and words that are on the page in Dutch and in English. */
const PAGES = {
  "/kantoor": [() => "/kantoor", "Binnengekomen sinds gisteren", "Came in since yesterday"],
  "/kantoor/begin": [() => "/kantoor/begin", "Uw kantoor in Akkoord", "Your firm in Akkoord"],
  "/kantoor/welkom": [() => "/kantoor/welkom", "Inloggen zonder wachtwoord", "Log in without a password"],
  "/kantoor/inloggen": [() => "/kantoor/inloggen", "Welkom terug", "Welcome back"],
  "/dit-was-ik-niet": [() => "/dit-was-ik-niet", "Was u dit niet?", "Was this not you?"],
  "/kantoor/klanten": [() => "/kantoor/klanten", "Klant toevoegen", "Add client"],
  "/kantoor/aangiften": [() => "/kantoor/aangiften", "Belastingplichtige", "Taxpayer"],
  "/kantoor/klanten/nieuw": [() => "/kantoor/klanten/nieuw", "Naam van het dossier", "Name of the dossier"],
  "/kantoor/klanten/{number}/{year}": [({ dossier }) => dossier, "Antwoorden en documenten", "Answers and documents"],
  "/kantoor/klanten/{number}/{year}/personen/nieuw": [({ dossier }) => `${dossier}/personen/nieuw`, "Iemand toevoegen aan dit dossier", "Add somebody to this dossier"],
  "/kantoor/klanten/{number}/{year}/personen/{person}": [({ person }) => person, "Mailadres", "Mail address"],
  "/kantoor/klanten/{number}/{year}/berichten": [({ dossier }) => `${dossier}/berichten`, "Bericht aan de klant", "Message to the client"],
  "/kantoor/klanten/{number}/{year}/archief": [({ dossier }) => `${dossier}/archief`, "In het archief van de klant", "In the client’s archive"],
  "/kantoor/klanten/{number}/{year}/akkoord": [({ dossier }) => `${dossier}/akkoord`, "Akkoord en tijdlijn", "Approval and time line"],
  "/kantoor/klanten/{number}/{year}/akkoord/klaarzetten": [({ dossier }) => `${dossier}/akkoord/klaarzetten`, "Akkoord en tijdlijn", "Approval and time line"],
  "/kantoor/klanten/{number}/{year}/terughalen/{kind}/{target}": [({ recall }) => recall, "Wie heeft het gezien", "Who has seen it"],
  "/kantoor/logboek": [() => "/kantoor/logboek", "Controlepunten", "Checkpoints"],
  "/kantoor/vragenlijsten": [() => "/kantoor/vragenlijsten", "Wat u klanten vraagt.", "What you ask clients."],
  "/kantoor/vragenlijsten/{template}": [() => "/kantoor/vragenlijsten/ib-2025", "Naam van de lijst", "Name of the checklist"],
  "/kantoor/sjablonen": [() => "/kantoor/sjablonen", "Onderwerp", "Subject"],
  "/kantoor/sjablonen/{kind}/{language}": [() => "/kantoor/sjablonen/reminder/en", "Onderwerp", "Subject"],
  "/kantoor/uitgaand": [() => "/kantoor/uitgaand", "Uitgaande mails", "Outgoing mails"],
  "/kantoor/mailtijden": [() => "/kantoor/mailtijden", "Wanneer mails gaan", "When mails leave"],
  "/kantoor/mailserver": [() => "/kantoor/mailserver", "Zonder eigen mailserver", "Without a mail server of your own"],
  "/kantoor/seizoen": [() => "/kantoor/seizoen", "Hoeveel klanten per week", "How many clients were that far"],
  "/kantoor/klanten/{number}/bewerken": [({ number }) => `/kantoor/klanten/${number}/bewerken`, "Klant bewerken", "Edit client"],
  "/kantoor/acties/{bulk}": [({ bulk }) => bulk, "1 klant", "1 client"],
  "/kantoor/importeren": [() => "/kantoor/importeren", "CSV-bestand", "CSV file"],
  "/kantoor/importeren/{import}": [({ rows }) => rows, "Wat staat er in elke kolom?", "What is in each column?"],
  "/kantoor/portaal": [() => "/kantoor/portaal", "Welkomstzin in het Nederlands", "Welcome sentence in Dutch"],
  "/kantoor/adviseurs": [() => "/kantoor/adviseurs", "Nodig een collega uit", "Invite a colleague"],
  "/kantoor/adviseurs/{advisor}": [({ colleague }) => colleague, "Terug naar adviseurs", "Back to advisors"],
};

/** Sets up the demo's firm with one of everything that has a page. */
async function everything(page) {
  const dossier = "/kantoor/klanten/10417/2025";
  await page.goto(`${dossier}`);
  const person = (await page.locator('a[href*="/personen/"]:not([href$="/nieuw"])').first().getAttribute("href")).split("#")[0];
  await page.goto(`${dossier}/akkoord`);
  const recall = await page.locator('a[href*="/terughalen/"]').first().getAttribute("href");
  await page.goto("/kantoor/adviseurs");
  const colleague = await page.locator('tbody a[href^="/kantoor/adviseurs/"]').first().getAttribute("href");
  await page.goto("/kantoor/klanten?jaar=2025");
  await page.locator('input[name="kies"]').first().check();
  await page.getByRole("button", { name: "Herinner", exact: false }).click();
  await page.waitForURL("**/kantoor/acties/*");
  const bulk = new URL(page.url()).pathname;
  await page.goto("/kantoor/importeren");
  const file = { name: "klanten.csv", mimeType: "text/csv", buffer: Buffer.from("Klantnummer;Naam;E-mail\r\n30001;Anna Smit;anna@example.nl\r\n") };
  await page.getByLabel("CSV-bestand").setInputFiles(file);
  await page.getByRole("button", { name: "Lees het bestand" }).click();
  await page.waitForURL(/importeren\/\w+/);
  return { dossier, number: "10417", person, recall, colleague, bulk, rows: new URL(page.url()).pathname };
}

/** The pages for visitors without a login, which use the language that the browser asks for. */
const AT_THE_DOOR = ["/kantoor/begin", "/kantoor/welkom", "/kantoor/inloggen", "/dit-was-ik-niet"];

async function speak(someone, language) {
  await someone.page.goto("/kantoor/mailtijden");
  await someone.page.locator("select[name=language]").selectOption(language);
  await someone.page.locator('form[action="/kantoor/mailtijden/mijn"] button').first().click();
  await someone.page.waitForURL("**/kantoor/mailtijden?opgeslagen");
}

test("every page of the console has a row in the table", async () => {
  const source = await readFile(SOURCE, "utf8");
  const routes = [...source.matchAll(/\.route\(\s*"([^"]+)",\s*[A-Z]\w*(?:\([^)]*\))?,\s*get\(/g)].map(([, address]) => address);
  assert.ok(routes.length > 30, `only ${routes.length} routes were found`);
  const known = [...Object.keys(PAGES), ...NO_PAGES];
  assert.deepEqual(routes.filter((address) => !known.includes(address)), []);
  assert.deepEqual(known.filter((address) => !routes.includes(address)), []);
});

test("every page of the console is for everybody, in Dutch and in English, light and dark", within, async (t) => {
  const { server, links } = await demo(t);
  const sanne = await advisor(t, { server, links });
  const ids = await everything(sanne.page);
  for (const [at, language] of ["nl", "en"].entries()) {
    await speak(sanne, language);
    const stranger = await person(t, server, { name: `stranger-${language}`, device: LAPTOP, locale: language === "nl" ? "nl-NL" : "en-GB" });
    for (const [address, ...words] of Object.values(PAGES)) {
      const where = address(ids);
      const someone = AT_THE_DOOR.includes(where) ? stranger : sanne;
      const { page } = someone;
      await page.goto(where);
      assert.equal(await page.evaluate(() => document.documentElement.lang), language, `${where} has another language`);
      await page.getByRole("main").getByText(words[at]).or(page.getByLabel(words[at])).first().waitFor({ state: "attached" });
      assert.equal(await page.getByRole("main").getByText(words[1 - at], { exact: true }).count(), words[0] === words[1] ? 1 : 0, `${where} says ${words[1 - at]} in ${language}`);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await someone.accessible(`${where}, ${language}, ${colorScheme}`);
      }
      await page.emulateMedia({ colorScheme: "light" });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${where} scrolls sideways by ${wide} px`);
    }
  }
});

test("every page of the console says all it has to say without script", within, async (t) => {
  const { server, links } = await demo(t);
  const sanne = await advisor(t, { server, links });
  const ids = await everything(sanne.page);
  const { page } = await withoutScript(t, server, sanne);
  for (const [address, word] of Object.values(PAGES)) {
    const where = address(ids);
    await page.goto(where);
    assert.equal(await page.getByRole("heading", { level: 1 }).count(), 1, `${where} has no heading`);
    await page.getByRole("main").getByText(word).or(page.getByLabel(word)).first().waitFor({ state: "attached" });
    // Nothing that needs script is offered: there is no button without a function.
    const idle = page.locator('main button[type="button"]:visible');
    assert.deepEqual(await idle.allTextContents(), [], `${where} has a button that does nothing`);
  }
});
