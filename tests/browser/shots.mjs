// Takes a picture of every screen, from the real server with the demo's firm. Run by `cargo xtask shots [name…]`:
// plays one short season with two partners and their advisor, and takes the pictures on the way.
import { readFile } from "node:fs/promises";
import { LAPTOP, PHONE, person, scope } from "./harness.mjs";
import { advisor, client, demo, enter, follow } from "./demo.mjs";
import { choose, openSection, paperOnTable } from "./season.mjs";
import { taxReturn } from "./paper.mjs";
import { readReturn, shown } from "./reader.mjs";

const WANTED = process.argv.slice(2);
const DOSSIER = "/kantoor/klanten/10417/2025";
// This is sharp enough for a page of text and small enough for a repository.
const HAND = { ...PHONE, deviceScaleFactor: 1.5 };

/** The names of the pictures in README.md, if only those are wanted. */
const README = process.env.SHOTS_README
  ? [...(await readFile(process.env.SHOTS_README, "utf8")).matchAll(/screenshots\/([^.]+)\.png/g)].map(([, name]) => name)
  : null;
const FORMS = { telefoon: PHONE.viewport, laptop: LAPTOP.viewport };

/** Takes pictures of somebody's screen once nothing moves in it: on both devices and in both colours. */
async function look(someone, name) {
  const { page } = someone;
  if (WANTED.length && !WANTED.some((part) => name.includes(part))) return;
  await page.evaluate(() => document.activeElement?.closest("dialog") || document.activeElement?.blur());
  await page.mouse.move(0, 0);
  if (README) {
    if (README.includes(name)) await someone.shot(name);
    return;
  }
  const own = page.viewportSize();
  for (const [form, size] of Object.entries(FORMS)) {
    await page.setViewportSize(size);
    for (const [colour, colorScheme] of [["licht", "light"], ["donker", "dark"]]) {
      await page.emulateMedia({ colorScheme });
      await someone.shot(`${name}-${form}-${colour}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(own);
}

await scope(async (t) => {
  const firm = await demo(t);
  const marieke = await person(t, firm.server, { name: "marieke", device: HAND });
  await follow(marieke, firm.links.marieke, "marieke");
  await look(marieke, "client-welkom");
  await enter(marieke);
  await marieke.keptOffline();
  const thomas = await client(t, firm, "thomas", { device: LAPTOP });
  await look(marieke, "client-overzicht");
  await look(thomas, "client-overzicht-laptop");

  // These are the questions, one of them answered by both.
  const { page } = marieke;
  for (const section of ["Persoonlijk", "Loon en uitkering", "Aftrekposten"]) {
    await openSection(page, section);
    for (const no of await page.getByRole("radio", { name: "Nee", exact: true }).all()) await no.check();
  }
  await openSection(page, "Eigen woning");
  await choose(page, /koopwoning/, "Ja");
  const value = page.getByRole("textbox", { name: /WOZ-waarde/ });
  await value.fill("465.000");
  await value.blur();
  await choose(page, /hypotheek of andere lening/, "Ja");
  await page.getByRole("status").filter({ hasText: "Bewaard" }).waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  await look(marieke, "client-checklist");
  await openSection(thomas.page, "Eigen woning");
  await thomas.page.getByText("Marieke heeft dit ingevuld").first().waitFor();
  await look(thomas, "client-checklist-laptop");

  // Without a network an answer is given, and two documents.
  await marieke.offline();
  await openSection(page, "Sparen en beleggen");
  const savings = (of) => of.getByRole("textbox", { name: /spaarrekening/ });
  await savings(page).fill("18.400");
  await savings(page).blur();
  await page.getByRole("status").filter({ hasText: "Offline" }).waitFor();
  await openSection(thomas.page, "Sparen en beleggen");
  await savings(thomas.page).fill("21.150");
  await savings(thomas.page).blur();
  await thomas.page.getByRole("status").filter({ hasText: "Bewaard" }).waitFor();
  const photo = await paperOnTable(thomas);
  await page.goto("/sturen");
  await page.getByLabel("Kies een bestand").setInputFiles([
    { name: "Jaaropgave Utrecht.jpg", mimeType: "image/jpeg", buffer: photo },
    { name: "WOZ-beschikking 2025.pdf", mimeType: "application/pdf", buffer: taxReturn(1) },
  ]);
  await page.getByRole("button", { name: /Zet 2 documenten klaar/ }).waitFor();
  await look(marieke, "client-sturen");
  await page.getByRole("button", { name: /Zet 2 documenten klaar/ }).click();
  await page.getByText("2 documenten zijn bewaard").waitFor();
  await page.goto("/");
  await page.getByText("Wacht op verbinding").waitFor();
  await look(marieke, "client-overzicht-offline");
  await marieke.offline(false);
  await page.getByText(/Ontvangen door/).nth(1).waitFor();

  await openSection(page, "Sparen en beleggen");
  await page.getByRole("button", { name: /Kies welk antwoord klopt/ }).click();
  await page.getByRole("dialog").waitFor();
  await look(marieke, "client-checklist-conflict");
  await page.getByRole("radio", { name: /18\.400/ }).check();
  await page.getByRole("button", { name: "Bewaar deze keuze" }).click();
  await page.goto(page.url().replace(/[^/]+$/, "nalezen"));
  await page.getByRole("heading", { level: 1 }).waitFor();
  await look(marieke, "client-nalezen");

  // These are the other screens with something to read or to tell.
  for (const [name, address, there] of [
    ["client-berichten", "/berichten", page.getByRole("heading", { level: 1 })],
    ["client-archief-jaar", "/archief/2025", page.getByRole("heading", { level: 1 })],
    ["client-weg", "/zomaar/iets", page.getByRole("heading", { level: 1 })],
  ]) {
    await marieke.visit(address);
    await there.first().waitFor();
    await look(marieke, name);
  }
  await marieke.visit("/");
  const request = page.locator('a[href$="/documenten"]').first();
  if (await request.count()) {
    await request.click();
    await page.getByRole("heading", { level: 1 }).waitFor();
    await look(marieke, "client-documenten");
  }
  await marieke.visit("/gegevens");
  await page.getByRole("button", { name: "Verhuisd" }).click();
  await page.getByRole("dialog").waitFor();
  await look(marieke, "client-verhuisd");
  await page.keyboard.press("Escape");
  await page.getByRole("heading", { name: /passkeys|apparaten/i }).first().scrollIntoViewIfNeeded();
  await look(marieke, "client-apparaten");

  // The tax return is signed without a network.
  await page.goto("/");
  await page.getByRole("link", { name: "Bekijk uw aangifte" }).click();
  await page.getByRole("button", { name: "Lees de aangifte" }).waitFor();
  await look(marieke, "client-akkoord");
  await page.getByRole("button", { name: "Lees de aangifte" }).click();
  await shown(page);
  await look(marieke, "client-lezen");
  await page.getByRole("dialog").getByRole("button", { name: "Sluit" }).click();
  await page.getByRole("button", { name: "Er klopt iets niet" }).click();
  await page.getByRole("dialog").waitFor();
  await look(marieke, "client-niet-akkoord");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Geef akkoord" }).click();
  await page.getByRole("dialog").waitFor();
  await look(marieke, "client-akkoord-tekenen");
  await marieke.offline();
  await page.getByRole("button", { name: "Ik ga akkoord" }).click();
  await page.getByText("Ondertekend op dit apparaat").first().waitFor();
  await look(marieke, "client-bewijs-offline");
  await marieke.offline(false);
  await page.getByText("Gecontroleerd: de ondertekening klopt").waitFor();
  await look(marieke, "client-bewijs");

  await thomas.page.goto("/");
  await thomas.page.getByRole("link", { name: "Bekijk uw aangifte" }).click();
  await thomas.page.getByRole("button", { name: "Geef akkoord" }).waitFor();
  await look(thomas, "client-akkoord-laptop");

  const sanne = await advisor(t, firm);
  const contact = `${DOSSIER}/berichten`;
  for (const [name, address] of [
    ["console-dashboard", "/kantoor"], ["console-klanten", "/kantoor/klanten"], ["console-klant-bewerken", "/kantoor/klanten/10417/bewerken"],
    ["console-dossier", "/kantoor/klanten/10388/2025"], ["console-dossier-akkoord", `${DOSSIER}/akkoord`], ["console-dossier-berichten", contact],
    ["console-persoon-nieuw", `${DOSSIER}/personen/nieuw`], ["console-nieuw", "/kantoor/klanten/nieuw"],
    ["console-importeren", "/kantoor/importeren"], ["console-vragenlijsten", "/kantoor/vragenlijsten"], ["console-sjablonen", "/kantoor/sjablonen"],
    ["console-uitgaand", "/kantoor/uitgaand"], ["console-mailtijden", "/kantoor/mailtijden"], ["console-mailserver", "/kantoor/mailserver"],
    ["console-seizoen", "/kantoor/seizoen"], ["console-adviseurs", "/kantoor/adviseurs"], ["console-logboek", "/kantoor/logboek"], ["console-portaal", "/kantoor/portaal"],
    ["console-mailbox", "/dev/mailbox"],
  ]) {
    await sanne.page.goto(address);
    await sanne.page.getByRole("heading", { level: 1 }).first().waitFor();
    await look(sanne, name);
  }
  await sanne.page.goto("/kantoor/vragenlijsten");
  await sanne.page.getByRole("main").getByRole("link").first().click();
  await sanne.page.getByRole("heading", { level: 1 }).waitFor();
  await look(sanne, "console-vragenlijst");
  await sanne.page.goto(DOSSIER);
  await sanne.page.locator('a[href*="/personen/"]').first().click();
  await sanne.page.getByRole("heading", { level: 1 }).waitFor();
  await look(sanne, "console-persoon");
  await sanne.page.goto("/kantoor/klanten");
  await sanne.page.getByLabel(/^Kies /).first().check();
  await sanne.page.getByRole("button", { name: "Checklist klaarzetten" }).click();
  await sanne.page.getByRole("heading", { level: 1 }).waitFor();
  await look(sanne, "console-actie");
  await sanne.page.goto("/kantoor/klanten");
  await sanne.page.keyboard.press("Control+k");
  await sanne.page.getByRole("dialog").waitFor();
  await sanne.page.keyboard.type("jansen");
  await sanne.page.getByRole("dialog").getByText(/Jansen/).first().waitFor();
  await look(sanne, "console-zoek");

  // These are the finished tasks, and logging out and in.
  await readReturn(thomas.page);
  await thomas.page.getByRole("button", { name: "Geef akkoord" }).click();
  await thomas.page.getByRole("button", { name: "Ik ga akkoord" }).click();
  await thomas.page.getByText("Gecontroleerd: de ondertekening klopt").waitFor();
  await sanne.page.goto(`${DOSSIER}/akkoord`);
  await sanne.page.getByRole("button", { name: "Markeer als verstuurd" }).click();
  await sanne.page.getByText(/Verstuurd aan de Belastingdienst/).first().waitFor();
  await page.goto("/archief");
  await page.getByText(/Verstuurd op/).first().waitFor();
  await look(marieke, "client-archief");
  await page.goto("/gegevens");
  await page.getByText("Alles is ontvangen").waitFor();
  await look(marieke, "client-gegevens");
  await page.getByRole("button", { name: "Vergrendel nu" }).click();
  await page.getByRole("heading", { level: 1, name: "Akkoord is vergrendeld" }).waitFor();
  await look(marieke, "client-vergrendeld");
  await page.getByRole("button", { name: "Ontgrendel met passkey" }).click();
  await page.getByRole("link", { name: "Gegevens", exact: true }).click();
  await page.getByRole("button", { name: "Log uit" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Log uit" }).click();
  await page.getByRole("button", { name: "Log in met passkey" }).waitFor();
  await look(marieke, "client-inloggen");
});
