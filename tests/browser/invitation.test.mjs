// Tests from an invitation to a login: links that do not work any more, another mail address, a spoken code, a helper,
// and
// a login of one firm that another firm invites.
import assert from "node:assert/strict";
import { test } from "node:test";
import { person, startServer } from "./harness.mjs";
import { MARIEKE, THOMAS, furtherFirm, invitationLink, inviteHousehold, newFirm, register, setOutReturn } from "./firm.mjs";
import { taxReturn } from "./paper.mjs";

const within = { timeout: 300_000 };
const DOSSIER = "/kantoor/klanten/10417/2025";

async function household(t) {
  const server = await startServer(t);
  const sanne = await newFirm(t, server);
  await inviteHousehold(sanne);
  return { server, sanne };
}

/** Opens the advisor's page about somebody's access. */
async function accessOf({ page }, { name }) {
  await page.goto(DOSSIER);
  await page.getByRole("link", { name, exact: true }).click();
  await page.getByRole("heading", { level: 1, name: `Toegang van ${name}` }).waitFor();
}

/** Returns all mails, for `invitationLink` to ignore. */
const seen = async (server) => new Set((await server.mailbox()).map((mail) => mail.id));

/** Follows a link as far as the screen behind it. */
async function follow(someone, link) {
  await someone.page.goto(link);
  await someone.running();
}

const title = ({ page }, name) => page.getByRole("heading", { level: 1, name }).waitFor();
const home = (someone) => title(someone, /^Goede/);
const make = ({ page }) => page.getByRole("button", { name: "Maak mijn passkey" }).click();

test("a link that was replaced, withdrawn or used says so, and how to go on", within, async (t) => {
  const { server, sanne } = await household(t);
  const first = await invitationLink(server, MARIEKE.email);
  await accessOf(sanne, MARIEKE);
  await sanne.page.getByText(/^Uitgenodigd op/).waitFor();
  const before = await seen(server);
  await sanne.page.getByRole("button", { name: "Stuur een nieuwe link" }).click();
  const second = await invitationLink(server, MARIEKE.email, before);
  assert.notEqual(second, first);

  const marieke = await person(t, server, { name: "marieke" });
  await follow(marieke, first);
  await title(marieke, "Er is een nieuwere uitnodiging");
  await marieke.page.getByText("Gebruik de link uit de nieuwste mail.").waitFor();
  await marieke.accessible("a replaced link");
  await marieke.shot("welkom-vervangen");
  await marieke.page.getByRole("button", { name: "Vraag een nieuwe link" }).click();
  await marieke.page.getByText("Er is een nieuwe link naar uw mailadres gestuurd.").waitFor();
  await register(marieke, second, "marieke");
  const curious = await person(t, server, { name: "curious" });
  await follow(curious, second);
  await title(curious, "Deze uitnodiging is al gebruikt");
  await curious.page.getByRole("link", { name: "Log in" }).waitFor();

  // The firm sees that the link was opened, which uses nothing up, and withdraws it.
  const his = await invitationLink(server, THOMAS.email);
  const thomas = await person(t, server, { name: "thomas" });
  await follow(thomas, his);
  await thomas.page.getByLabel("Uw gebruikersnaam").waitFor();
  await accessOf(sanne, THOMAS);
  await sanne.page.getByText(/^Link geopend op/).waitFor();
  await sanne.page.getByRole("button", { name: "Trek de uitnodiging in" }).click();
  await sanne.page.getByText(/^Uitnodiging ingetrokken op/).waitFor();
  await sanne.accessible("a withdrawn invitation");
  await thomas.page.reload();
  await title(thomas, "Deze link werkt niet meer");
  await thomas.page.getByText("Deze uitnodiging is ingetrokken.").waitFor();
  assert.equal(await thomas.page.getByRole("button", { name: "Vraag een nieuwe link" }).count(), 0, "only the firm sends one");
  await thomas.shot("welkom-ingetrokken");
  const withdrawn = await seen(server);
  await sanne.page.getByRole("button", { name: "Stuur een nieuwe link" }).click();
  await register(thomas, await invitationLink(server, THOMAS.email, withdrawn), "thomas");
  await accessOf(sanne, THOMAS);
  await sanne.page.getByText("Heeft toegang", { exact: true }).waitFor();

  // When access is blocked the open app says so at once, and afterwards gets access anew.
  await sanne.page.getByRole("button", { name: "Blokkeer" }).click();
  await sanne.page.getByText("Geblokkeerd", { exact: true }).waitFor();
  await title(thomas, "U heeft nu geen toegang");
  await thomas.accessible("no access");
  await thomas.shot("geen-toegang");
  await sanne.page.getByRole("button", { name: "Geef weer toegang" }).click();
  await sanne.page.getByText("Heeft toegang", { exact: true }).waitFor();
  await home(thomas);
});

test("another mail address counts with the code that was sent there, and no finger makes no login", within, async (t) => {
  const { server } = await household(t);
  const marieke = await person(t, server, { name: "marieke", prf: false });
  const { page } = marieke;
  await follow(marieke, await invitationLink(server, MARIEKE.email));
  await page.getByLabel("Uw gebruikersnaam").fill("marieke");
  await page.getByLabel("Uw e-mailadres").fill("nieuw@example.nl");
  await make(marieke);
  const { subject, text } = await server.mail({ to: "nieuw@example.nl" });
  const [code] = `${subject} ${text}`.match(/\b\d{6}\b/);
  await page.waitForFunction(() => document.activeElement?.id === "mailcode");
  const seenWhole = await page.evaluate(() => {
    const { left, right, top, bottom } = document.activeElement.getBoundingClientRect();
    return [top + 2, bottom - 2].every((y) => document.elementFromPoint((left + right) / 2, y)?.id === "mailcode");
  });
  assert.ok(seenWhole, "nothing lies over the field");
  await page.getByLabel("Code uit de mail").fill(code === "000000" ? "111111" : "000000");
  await make(marieke);
  await page.getByRole("alert").filter({ hasText: "Deze code klopt niet." }).waitFor();
  await marieke.accessible("a code from the mail");
  await marieke.shot("welkom-code-uit-mail");
  await page.getByLabel("Code uit de mail").fill(code);
  await marieke.recognised(false);
  await make(marieke);
  await page.getByRole("alert").filter({ hasText: "U heeft nog geen passkey gemaakt." }).waitFor();
  assert.equal((await server.mailbox(MARIEKE.email)).filter((mail) => /adres|passkey/i.test(mail.subject)).length, 0);
  await marieke.recognised(true);
  await make(marieke);
  await home(marieke);
  await server.mail({ to: MARIEKE.email, subject: /adres/i }); // the address that was left is told
  await server.mail({ to: "nieuw@example.nl", subject: /passkey/i });
  await page.goto("/gegevens");
  await page.getByText("nieuw@example.nl").first().waitFor();
});

test("an invitation with a spoken code opens with the code only", within, async (t) => {
  const { server, sanne } = await household(t);
  await accessOf(sanne, THOMAS);
  const before = await seen(server);
  await sanne.page.getByRole("button", { name: "Nodig uit met een code" }).click();
  await sanne.page.getByText("Vertel deze code aan Thomas").waitFor();
  const code = (await sanne.page.locator(".notice--ok .lead").innerText()).trim();
  const thomas = await person(t, server, { name: "thomas" });
  await follow(thomas, await invitationLink(server, THOMAS.email, before));
  assert.ok((await server.mailbox()).every((mail) => !mail.text.includes(code)), "the code is told, never mailed");
  await thomas.page.getByLabel("Uw gebruikersnaam").fill("thomas");
  await make(thomas);
  await thomas.page.getByRole("alert").filter({ hasText: "Deze code klopt niet." }).waitFor();
  await thomas.page.getByLabel("Code van uw adviseur").fill(code);
  await make(thomas);
  await home(thomas);
});

test("a helper is added by the firm, fills in and reads, and does not approve", within, async (t) => {
  const { server, sanne } = await household(t);
  const desk = sanne.page;
  await desk.getByRole("button", { name: "Zet klaar en mail" }).click();
  await desk.getByText("Checklist IB 2025").first().waitFor();
  await desk.goto(`${DOSSIER}/personen/nieuw`);
  await desk.getByLabel("Volledige naam").fill("Anna Jansen");
  await desk.getByLabel("Voornaam").fill("Anna");
  await desk.getByLabel("E-mailadres").fill("anna@example.nl");
  await desk.getByLabel("Rol").selectOption({ label: "Vult in, geeft geen akkoord" });
  await desk.getByRole("button", { name: "Toevoegen en uitnodigen" }).click();
  await desk.getByText("Anna Jansen").first().waitFor();
  await setOutReturn(sanne, taxReturn(1));
  const anna = await person(t, server, { name: "anna" });
  await register(anna, await invitationLink(server, "anna@example.nl"), "anna");
  await anna.page.getByRole("link", { name: /invullen|Ga verder|Checklist/ }).first().waitFor();
  await setOutReturn(sanne, taxReturn(2));
  const task = await anna.page.evaluate(() => [...document.querySelectorAll("a[href$='/akkoord']")].map((a) => a.pathname));
  const address = task[0] ?? (await approvalAddress(t, server));
  await anna.page.goto(address);
  await anna.page.getByText("Akkoord geven hoeft u niet.").waitFor();
  assert.equal(await anna.page.getByRole("button", { name: "Geef akkoord" }).count(), 0);
  await anna.shot("helper-leest");
});

/** Returns the address at which Marieke reads the return; a helper is not asked, but may open it. */
async function approvalAddress(t, server) {
  const marieke = await person(t, server, { name: "marieke" });
  await register(marieke, await invitationLink(server, MARIEKE.email), "marieke");
  await marieke.page.getByRole("link", { name: "Bekijk uw aangifte" }).click();
  await marieke.page.getByRole("heading", { level: 1, name: "Klopt uw aangifte?" }).waitFor();
  return new URL(marieke.page.url()).pathname;
}

test("a second firm invites a login that is there: one passkey, two firms that do not see each other", within, async (t) => {
  const { server, sanne } = await household(t);
  const thomas = await person(t, server, { name: "thomas", prf: false });
  await register(thomas, await invitationLink(server, THOMAS.email), "thomas");
  const before = await seen(server);
  const zuid = { firm: "Zuid Advies", name: "Pieter Zuid", given: "Pieter", email: "pieter@zuid.example" };
  const pieter = await newFirm(t, server, await furtherFirm(server), zuid);
  await inviteHousehold(pieter, "10417", [{ name: "Bakkerij Bakker", given: "Bakkerij", email: "post@example.nl" }, THOMAS]);
  const { page } = thomas;
  await follow(thomas, await invitationLink(server, THOMAS.email, before));
  await page.getByRole("heading", { level: 1, name: "Welkom bij Zuid Advies" }).waitFor();
  const join = page.getByRole("button", { name: "Ik heb al een passkey voor dit portaal" });
  await thomas.recognised(false);
  await join.click();
  await page.getByRole("alert").waitFor();
  await thomas.recognised(true);
  await join.click();
  await home(thomas);
  await page.getByRole("button", { name: /^Kies een dossier/ }).click();
  const dossiers = page.getByRole("dialog");
  await dossiers.getByText("Zuid Advies").waitFor();
  await dossiers.getByText("Wilgenhof Belastingadvies").waitFor();
  await thomas.shot("twee-kantoren");

  // Both firms have a client with this number, and each sees its own.
  await sanne.page.goto("/kantoor/klanten");
  await sanne.page.getByText("Marieke Jansen").first().waitFor();
  assert.equal(await sanne.page.getByText("Bakkerij Bakker").count(), 0);
  await pieter.page.goto(DOSSIER);
  await pieter.page.getByText("Bakkerij Bakker").first().waitFor();
  assert.equal(await pieter.page.getByText("Marieke Jansen").count(), 0);
});
