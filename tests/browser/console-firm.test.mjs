// Tests of the firm itself: how it presents itself to clients, who works there, and its log; with script and without.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { LAPTOP, PHONE, person, startServer } from "./harness.mjs";
import { inviteHousehold, invitationLink, newFirm, register, withoutScript, MARIEKE } from "./firm.mjs";

const within = { timeout: 300_000 };

/** Makes a square picture in one colour with the browser. */
async function picture({ page }, colour, type = "image/png") {
  const url = await page.evaluate(
    ([colour, type]) => {
      const canvas = Object.assign(document.createElement("canvas"), { width: 400, height: 400 });
      const draw = canvas.getContext("2d");
      draw.fillStyle = colour;
      draw.fillRect(0, 0, 400, 400);
      return canvas.toDataURL(type);
    },
    [colour, type],
  );
  return { name: `logo.${type.slice(6)}`, mimeType: type, buffer: Buffer.from(url.split(",")[1], "base64") };
}

const SVG = { name: "logo.svg", mimeType: "image/svg+xml", buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>') };

/** Returns the computed value of a property. */
const style = (locator, property) => locator.evaluate((element, property) => getComputedStyle(element).getPropertyValue(property).trim(), property);

async function forEverybody(someone, name) {
  for (const colorScheme of ["light", "dark"]) {
    await someone.page.emulateMedia({ colorScheme });
    await someone.shot(`console-firm-${name}-${colorScheme}`);
    await someone.accessible(`${name}, ${colorScheme}`);
  }
  await someone.page.emulateMedia({ colorScheme: "light" });
}

test("a firm dresses its portal, sees it on the phone while it types, and its client gets it so", within, async (t) => {
  const server = await startServer(t);
  const sanne = await newFirm(t, server);
  await inviteHousehold(sanne);
  const { page } = sanne;
  await page.getByRole("link", { name: "Portaal inrichten" }).click();
  const overview = page.frameLocator('iframe[data-shows="overzicht"]');
  const welcome = page.frameLocator('iframe[data-shows="welkom"]');
  await overview.getByText("Er staan 3 dingen voor u klaar.").waitFor();

  // Everything that is typed is visible on the phone, and nothing of it is saved.
  await page.getByLabel("Naam van uw kantoor").fill("Elzenhof Advies");
  await overview.getByText("Elzenhof Advies").waitFor();
  await page.getByText("Niet opgeslagen").waitFor();
  await page.getByRole("radio", { name: "Petrol" }).check({ force: true });
  assert.equal(await page.getByLabel("Eigen kleur").inputValue(), "#0f5b66");
  const button = overview.getByText("Bekijk uw aangifte");
  const isNow = (colour) => page.waitForFunction(([one, colour]) => getComputedStyle(document.querySelector(one).contentDocument.querySelector(".btn--primary")).backgroundColor === colour, ['iframe[data-shows="overzicht"]', colour]);
  await isNow("rgb(15, 91, 102)");
  await page.getByLabel("Eigen kleur").fill("#f2b705");
  await isNow("rgb(242, 183, 5)");
  assert.equal(await style(button, "color"), "rgb(0, 0, 0)", "black letters on yellow");
  await page.getByText("Knop: 11,6 : 1").waitFor();
  assert.ok(await page.getByRole("radio", { name: "Zonnegeel" }).isChecked());
  await page.getByLabel("Kies een logo").setInputFiles(await picture(sanne, "#1b6b3a", "image/webp"));
  await page.waitForFunction(() => document.querySelector('iframe[data-shows="overzicht"]').contentDocument.querySelector('[data-part="logo"]').src.startsWith("blob:"));
  await page.getByText("Welkom", { exact: true }).click();
  await page.getByLabel("Welkomstzin in het Nederlands").fill("Fijn dat u er bent.");
  await welcome.getByText("Fijn dat u er bent.").waitFor();
  await forEverybody(sanne, "portal");
  // The phone is dark while the page around it is light; what a test emulates would apply to both.
  await page.emulateMedia({ colorScheme: null });
  const ground = () => page.locator('iframe[data-shows="welkom"]').evaluate((frame) => getComputedStyle(frame.contentDocument.body).backgroundColor);
  assert.equal(await ground(), "rgb(244, 245, 247)");
  await page.getByRole("radio", { name: "Donker" }).check({ force: true });
  assert.equal(await ground(), "rgb(15, 17, 21)");
  await page.getByText("Mail", { exact: true }).click();
  await page.frameLocator('iframe[data-shows="mail"]').getByText("Elzenhof Advies").first().waitFor();

  await page.getByRole("button", { name: "Ongedaan maken" }).click();
  await overview.getByText("Wilgenhof Belastingadvies").waitFor({ state: "attached" });
  await page.getByText("Niet opgeslagen").waitFor({ state: "hidden" });
  await page.reload();
  assert.equal(await page.getByLabel("Naam van uw kantoor").inputValue(), "Wilgenhof Belastingadvies");

  // A file that is no logo is refused, and what was typed stays.
  await page.getByLabel("Naam van uw kantoor").fill("Elzenhof Advies");
  await page.getByLabel("Eigen kleur").fill("#1b6b3a");
  await page.getByLabel("Welkomstzin in het Nederlands").fill("Fijn dat u er bent.");
  await page.getByLabel("Kies een logo").setInputFiles(SVG);
  await page.getByRole("button", { name: "Opslaan" }).click();
  await page.getByText("Dit is een SVG.").waitFor();
  await forEverybody(sanne, "portal with a mistake");
  assert.equal(await page.getByLabel("Naam van uw kantoor").inputValue(), "Elzenhof Advies");
  await page.getByLabel("Kies een logo").setInputFiles(await picture(sanne, "#1b6b3a", "image/jpeg"));
  await page.getByRole("button", { name: "Opslaan" }).click();
  await page.getByText(/^Opgeslagen\./).waitFor();
  const logo = await page.getByAltText("Uw logo op wit").getAttribute("src");
  assert.match(logo, /^\/api\/logos\/[0-9a-f]{64}$/);

  // Her client logs in through it, and has it offline too.
  const marieke = await person(t, server, { name: "marieke", device: PHONE });
  const link = await invitationLink(server, MARIEKE.email);
  await marieke.page.goto(link);
  await marieke.page.getByText("Fijn dat u er bent.").waitFor();
  await marieke.page.getByRole("heading", { name: "Welkom bij Elzenhof Advies" }).waitFor();
  assert.equal(await marieke.page.locator(".welcome__logo").filter({ visible: true }).getAttribute("src"), logo);
  await marieke.shot("console-firm-welcome");
  await register(marieke, link, "marieke");
  const mine = marieke.page.locator(".topbar .firm__logo");
  const isThere = () => marieke.page.waitForFunction((logo) => {
    const picture = document.querySelector("#main .topbar .firm__logo");
    return picture?.getAttribute("src") === logo && picture.complete && picture.naturalWidth === 256;
  }, logo);
  await isThere();
  // The server's formulas give the same as `tokens.css`, to the last step of a colour.
  const root = marieke.page.locator("html");
  assert.equal(await style(root, "--accent-strong"), "#1b6b3a");
  await marieke.page.emulateMedia({ colorScheme: "dark" });
  assert.match(await style(root, "--accent-fill"), /^#[0-9a-f]{6}$/);
  await marieke.accessible("the client's overview in the firm's colours, dark");
  await marieke.page.emulateMedia({ colorScheme: "light" });
  await marieke.keptOffline();
  await marieke.page.reload(); // the worker that is there now keeps the logo
  await isThere();
  await marieke.offline();
  await marieke.page.reload();
  await marieke.running();
  await isThere();
  await mine.waitFor();
});

test("without script the portal is dressed by its form, and seen after saving", within, async (t) => {
  const server = await startServer(t);
  const sanne = await newFirm(t, server);
  const logo = await picture(sanne, "#b3391f");
  const { page } = await withoutScript(t, server, sanne);
  await page.goto("/kantoor/portaal");
  await page.getByText("U ziet wat is opgeslagen.").waitFor();
  await page.getByRole("radio", { name: "Baksteen" }).check({ force: true });
  await page.getByLabel("Kies een logo").setInputFiles(logo);
  await page.getByLabel("Welkomstzin in het Nederlands").fill("Fijn dat u er bent.");
  await page.getByRole("button", { name: "Opslaan" }).click();
  await page.getByText(/^Opgeslagen\./).waitFor();
  assert.equal(await page.getByLabel("Eigen kleur").inputValue(), "#b3391f");
  await page.getByText("Welkom", { exact: true }).click();
  await page.frameLocator('iframe[data-shows="welkom"]').getByText("Fijn dat u er bent.").waitFor();
  await page.getByText("Haal het logo weg").click();
  await page.getByRole("button", { name: "Opslaan" }).click();
  await page.getByText("U heeft nog geen logo.").waitFor();
});

test("a colleague is invited, comes in, loses every passkey, comes back, and is kept out", within, async (t) => {
  const server = await startServer(t);
  const sanne = await newFirm(t, server);
  const { page } = sanne;
  await page.goto("/kantoor/portaal");
  await page.getByRole("link", { name: "Adviseurs" }).click();
  await page.getByLabel("Volledige naam").fill("Piet Visser");
  await page.getByRole("button", { name: "Uitnodigen" }).click();
  await page.getByText("Vul de voornaam in").waitFor();
  await forEverybody(sanne, "advisors with mistakes");
  await page.getByLabel("Voornaam", { exact: false }).fill("Piet");
  await page.getByLabel("E-mailadres").fill("piet@wilgenhof.example");
  await page.getByRole("button", { name: "Uitnodigen" }).click();
  await page.getByText("De uitnodiging is onderweg naar piet@wilgenhof.example").waitFor();
  await forEverybody(sanne, "advisors");
  const linkIn = async (subject) => (await server.mail({ to: "piet@", subject })).text.match(/http:\/\/localhost:\d+\/kantoor\/welkom#\S+/)[0];

  const piet = await person(t, server, { name: "piet", device: LAPTOP });
  const first = await linkIn(/toegang tot Akkoord/);
  const before = new Set((await server.mailbox("piet@")).map((mail) => mail.id));
  await page.getByRole("link", { name: "Piet Visser" }).click();
  await page.getByRole("button", { name: "Stuur een nieuwe link" }).click();
  await server.mail({ to: "piet@", after: before });
  // The first link is void now; the page says so, and that a newer one is on its way.
  await piet.page.goto(first);
  await piet.page.getByRole("button", { name: "Stuur mij een nieuwe link" }).click();
  await piet.page.getByText("Er is een nieuwe link onderweg naar uw e-mailadres.").waitFor();
  await piet.accessible("a link that is over");
  await piet.page.goto("about:blank");
  await piet.page.goto(await linkIn(/toegang tot Akkoord/));
  await piet.page.getByRole("heading", { name: "Welkom bij Wilgenhof Belastingadvies" }).waitFor();
  await piet.page.getByLabel("Gebruikersnaam").fill("piet");
  await piet.accessible("invitation of a colleague");
  await piet.page.getByRole("button", { name: "Maak mijn passkey" }).click();
  await piet.page.getByRole("heading", { level: 1, name: "Goede" }).waitFor();
  await piet.page.goto("/kantoor/adviseurs");
  await piet.page.getByText("Alleen een beheerder nodigt collega’s uit").waitFor();

  await page.goto("/kantoor/adviseurs");
  await page.getByRole("link", { name: "Piet Visser" }).click();
  await page.getByText("Heeft toegang").waitFor();
  await page.getByRole("combobox", { name: "Rol" }).selectOption("reader");
  await page.getByRole("button", { name: "Wijzig de rol" }).click();
  await forEverybody(sanne, "advisor");
  await piet.page.goto("/kantoor/klanten/nieuw");
  await piet.page.getByRole("alert").waitFor();
  await page.getByRole("combobox", { name: "Rol" }).selectOption("administrator");
  await page.getByRole("button", { name: "Wijzig de rol" }).click();
  await page.getByText("Beheerder", { exact: true }).waitFor();

  // He lost his passkey: the administrator tells a code, and the old passkey is revoked.
  await page.getByRole("button", { name: "Vernieuw de toegang" }).click();
  const code = await page.locator(".notice .num strong").textContent();
  await sanne.accessible("the code of a colleague");
  await piet.newAuthenticator();
  await piet.page.goto("about:blank");
  await piet.page.goto(await linkIn(/nieuwe passkey voor Akkoord/));
  await piet.page.getByLabel("Code van uw beheerder").fill(code);
  await piet.page.getByLabel("Gebruikersnaam").waitFor({ state: "hidden" });
  await piet.page.getByRole("button", { name: "Maak mijn passkey" }).click();
  await piet.page.getByRole("heading", { level: 1, name: "Goede" }).waitFor();

  // The other administrators can block each other, but not the last one.
  await page.goto("/kantoor/adviseurs");
  await page.getByRole("link", { name: "Piet Visser" }).click();
  await page.getByRole("button", { name: "Blokkeer" }).click();
  await page.getByText("Geblokkeerd").waitFor();
  piet.expect(/403/);
  await piet.page.goto("/kantoor");
  await piet.page.getByRole("alert").waitFor();
  await page.goto("/kantoor/adviseurs");
  await page.getByRole("link", { name: "Sanne de Wit" }).click();
  await page.getByRole("combobox", { name: "Rol" }).selectOption("reader");
  await page.getByRole("button", { name: "Wijzig de rol" }).click();
  await page.getByText("Dit is de laatste beheerder").waitFor();
});

test("without script a colleague is invited and withdrawn, and the log of the firm is taken out", within, async (t) => {
  const server = await startServer(t);
  const sanne = await newFirm(t, server);
  const { page } = await withoutScript(t, server, sanne);
  await page.goto("/kantoor/adviseurs");
  await page.getByLabel("Volledige naam").fill("Piet Visser");
  await page.getByLabel("Voornaam", { exact: false }).fill("Piet");
  await page.getByLabel("E-mailadres").fill("piet@wilgenhof.example");
  await page.getByRole("button", { name: "Uitnodigen" }).click();
  await page.getByText("De uitnodiging is onderweg").waitFor();
  await page.getByRole("link", { name: "Piet Visser" }).click();
  await page.getByLabel("Bereikbaar", { exact: false }).fill("ma en di");
  await page.getByRole("button", { name: "Opslaan" }).click();
  await page.getByText(/^Opgeslagen\./).waitFor();
  await page.getByRole("button", { name: "Trek de uitnodiging in" }).click();
  await page.getByText("Uitnodiging ingetrokken").first().waitFor();
  await page.getByRole("link", { name: "Terug naar adviseurs" }).click();
  await page.getByRole("link", { name: "Auditlog" }).click();
  const saved = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download het auditlog" }).click();
  const lines = (await readFile(await (await saved).path(), "utf8")).trim().split("\n");
  assert.ok(lines.some((line) => line.includes("advisor_invited")) && lines.some((line) => line.includes("audit_log_exported")));
});
