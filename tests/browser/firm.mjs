// The actions of an advisor in the console, for tests that need a firm with clients.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { BINARY, LAPTOP, person } from "./harness.mjs";

const WILGENHOF = { firm: "Wilgenhof Belastingadvies", name: "Sanne de Wit", given: "Sanne", email: "sanne@wilgenhof.example" };

/** Sets up a firm and returns its administrator in the console. `link` is a one-time link, by default that of the first firm. */
export async function newFirm(t, server, link, { firm, name, given, email } = WILGENHOF) {
  const [, first] = await server.line(/^setup: (\S+)/);
  const advisor = await person(t, server, { name: given.toLowerCase(), device: LAPTOP });
  const { page } = advisor;
  await page.goto(link ?? first);
  await page.getByLabel("Naam van uw kantoor").fill(firm);
  await page.getByLabel("Telefoon voor klanten").fill("030 234 56 78");
  await page.getByLabel("E-mail van uw kantoor").fill(email.replace(/^[^@]+/, "post"));
  await page.getByLabel("Uw naam").fill(name);
  await page.getByLabel("Uw voornaam").fill(given);
  await page.getByLabel("Uw e-mailadres").fill(email);
  await page.getByLabel("Gebruikersnaam").fill(given.toLowerCase());
  await page.getByRole("button", { name: "Maak mijn passkey" }).click();
  await page.getByRole("heading", { level: 1, name: /^Goede/ }).waitFor();
  return advisor;
}

/** Returns the one-time link for a further firm on the same server, as its operator makes it. */
export const furtherFirm = async (server) =>
  (await promisify(execFile)(BINARY, ["firm", "add", "--data", server.data, "--origin", server.url])).stdout.trim();

/** Opens a browser without script, in which the same advisor is logged in. */
export async function withoutScript(t, server, advisor) {
  const plain = await person(t, server, { name: `${advisor.name}-plain`, device: LAPTOP, javaScriptEnabled: false, passkey: false });
  await plain.context.addCookies(await advisor.context.cookies());
  return plain;
}

export const MARIEKE = { name: "Marieke Jansen", given: "Marieke", email: "marieke@example.nl" };
export const THOMAS = { name: "Thomas Bakker", given: "Thomas", email: "thomas@example.nl" };

/** Adds a client with two partners and invites both; ends in the dossier of 2025. */
export async function inviteHousehold(advisor, number = "10417", partners = [MARIEKE, THOMAS]) {
  const { page } = advisor;
  await page.goto("/kantoor/klanten/nieuw");
  await page.getByLabel("Klantnummer").fill(number);
  await page.getByLabel("Naam van het dossier").fill(partners.map((p) => p.name).join(" en "));
  for (const [place, partner] of ["Persoon", "Fiscale partner"].map((label, i) => [page.getByRole("group", { name: label }), partners[i]])) {
    await place.getByLabel("Volledige naam").fill(partner.name);
    await place.getByLabel("Voornaam").fill(partner.given);
    await place.getByLabel("E-mailadres").fill(partner.email);
  }
  await page.getByRole("button", { name: "Toevoegen en uitnodigen" }).click();
  await page.waitForURL(`**/kantoor/klanten/${number}/2025**`);
}

/** Returns the link in a person's newest invitation; `after` are mails to ignore. */
export async function invitationLink(server, email, after) {
  const { text } = await server.mail({ to: email, subject: /nodigt u uit|uitgenodigd|uitnodiging|invite|nieuwe passkey voor|new passkey for/i, after });
  const [link] = text.match(/http:\/\/localhost:\d+\/welkom\/\S+#\S+/) ?? [];
  if (!link) throw new Error(`no link in the invitation:\n${text}`);
  return link;
}

/** Follows an invitation to the overview. */
export async function register(someone, link, userName) {
  const { page } = someone;
  await page.goto(link);
  await someone.running();
  await page.getByLabel("Uw gebruikersnaam").fill(userName);
  await page.getByRole("button", { name: "Maak mijn passkey" }).click();
  await page.getByRole("heading", { level: 1, name: /^Goede/ }).waitFor();
}

/** Logs in on another device of somebody, which knows the passkeys of the first. */
export async function logIn(again, first) {
  await again.syncedFrom(first);
  await again.visit("/inloggen");
  await again.page.getByRole("button", { name: "Log in met passkey" }).click();
  await again.page.getByRole("heading", { level: 1, name: /^Goede/ }).waitFor();
}

/** Opens the passkeys and devices under *Mijn gegevens*. */
export async function keyring({ page }) {
  await page.goto("/gegevens");
  await page.getByRole("button", { name: "Laat zien waar ik ben ingelogd" }).click();
  const region = page.getByRole("region", { name: "Passkeys en apparaten" });
  await region.getByRole("listitem").first().waitFor();
  return region;
}

/** Asks both partners to approve a tax return; `turns` is the order of signing in the words of the form. */
export async function setOutReturn({ page }, pdf, turns, dossier = "/kantoor/klanten/10417/2025") {
  await page.goto(`${dossier}/akkoord`);
  const next = page.locator("summary", { hasText: /Versie \d+ klaarzetten/ });
  if (await next.count()) await next.click();
  const form = page.locator("form", { has: page.getByLabel("PDF van de aangifte"), visible: true }).first();
  await form.getByLabel("PDF van de aangifte").setInputFiles({ name: "aangifte-2025.pdf", mimeType: "application/pdf", buffer: pdf });
  for (const [i, [name, way, amount]] of [["Marieke", "Krijgt terug", "1.842"], ["Thomas", "Moet betalen", "558"]].entries()) {
    await form.getByLabel(`Uitkomst voor ${name}`, { exact: true }).selectOption({ label: way });
    await form.getByLabel("€", { exact: true }).nth(i).fill(amount);
  }
  if (turns) await form.getByLabel("Wie geeft wanneer akkoord").selectOption({ label: turns });
  await form.getByRole("button", { name: "Vraag akkoord en mail" }).click();
  await page.getByRole("heading", { name: /Aangifte IB 2025, versie/ }).first().waitFor();
}
