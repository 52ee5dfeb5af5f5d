// Tests of an approval in every state that needs a human: recovered and awaiting a ruling, withdrawn without a network,
// in a
// set order, on paper. And of its evidence, stored on the phone and checked by the program that the firm provides.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { BINARY, LAPTOP, PHONE, person, startServer } from "./harness.mjs";
import { MARIEKE, THOMAS, invitationLink, inviteHousehold, keyring, logIn, newFirm, register, setOutReturn } from "./firm.mjs";
import { taxReturn } from "./paper.mjs";
import { readReturn, shown } from "./reader.mjs";

const DOSSIER = "/kantoor/klanten/10417/2025";
const within = { timeout: 300_000 };

/** Sets up a firm with Marieke on her phone, and a return that both are asked to approve. */
async function asked(t, turns) {
  const server = await startServer(t);
  const sanne = await newFirm(t, server);
  await inviteHousehold(sanne);
  const marieke = await person(t, server, { name: "marieke" });
  await register(marieke, await invitationLink(server, MARIEKE.email), "marieke");
  await marieke.keptOffline();
  await setOutReturn(sanne, taxReturn(1), turns);
  return { server, sanne, marieke };
}

/** Signs the return that is open. */
async function signHere({ page }) {
  const approve = page.getByRole("button", { name: "Geef akkoord" });
  await approve.waitFor();
  if ((await approve.getAttribute("aria-disabled")) === "true") await readReturn(page);
  await page.getByRole("button", { name: "Geef akkoord" }).click();
  await page.getByRole("button", { name: "Ik ga akkoord" }).click();
}

async function sign(someone) {
  await someone.page.goto("/");
  await someone.page.getByRole("link", { name: "Bekijk uw aangifte" }).click();
  await signHere(someone);
}

/** Runs `akkoord verify`. Returns its exit code and its output. */
const verify = (pack) =>
  new Promise((resolve) => execFile(BINARY, ["verify", pack], (error, said) => resolve({ code: error?.code ?? 0, said })));

async function download(page, button) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()]);
  assert.match(file.suggestedFilename(), /^bewijs-aangifte-ib-2025-versie-1\.zip$/);
  return file.path();
}

/** Takes a picture on phone and laptop, in light and dark. */
async function shots(someone, name) {
  for (const colorScheme of ["light", "dark"]) {
    await someone.page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    for (const [device, { viewport }] of [["phone", PHONE], ["laptop", LAPTOP]]) {
      await someone.page.setViewportSize(viewport);
      await someone.shot(`${name}-${device}-${colorScheme}`, { fullPage: device === "phone" });
    }
    await someone.accessible(`${name}, ${colorScheme}`);
  }
  await someone.page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await someone.page.setViewportSize(PHONE.viewport);
}

test("who lost the phone comes back with a spoken code, and the approval waits for the advisor", within, async (t) => {
  const { server, sanne, marieke } = await asked(t);
  const desk = sanne.page;
  await desk.goto(DOSSIER);
  await desk.getByRole("link", { name: MARIEKE.name }).click();
  await desk.getByRole("button", { name: "Vernieuw de toegang" }).click();
  await desk.getByText("Vertel deze code aan Marieke").waitFor();
  const code = (await desk.locator(".notice--ok .lead").innerText()).trim();
  const page = desk.url();

  const again = await person(t, server, { name: "marieke-again" });
  const { text } = await server.mail({ to: MARIEKE.email, subject: /nieuwe passkey voor/ });
  await again.page.goto(text.match(/http:\/\/localhost:\d+\/welkom\/\S+#\S+/)[0]);
  await again.page.getByText("Welkom terug, marieke").waitFor();
  await again.page.getByLabel("Code van uw adviseur").fill(code === "000000" ? "111111" : "000000");
  await again.page.getByRole("button", { name: "Maak mijn passkey" }).click();
  await again.page.getByRole("alert").waitFor();
  await again.page.getByLabel("Code van uw adviseur").fill(code);
  await again.page.getByRole("button", { name: "Maak mijn passkey" }).click();
  await again.page.getByRole("heading", { level: 1, name: /^Goede/ }).waitFor();

  // The old phone is logged out at once, and says so without losing anything.
  await marieke.page.getByText("Log opnieuw in om te versturen").waitFor();

  await sign(again);
  await again.page.getByText("Uw akkoord wacht op Wilgenhof Belastingadvies").first().waitFor();
  await shots(again, "bewijs-wacht-op-kantoor");
  await again.page.goto("/");
  await again.page.getByText("Sanne gaat na of u het was").first().waitFor();
  await desk.goto(page);
  await desk.getByText(/Een akkoord van deze persoon wacht tot .* op u\./).waitFor();

  await desk.goto(`${DOSSIER}/akkoord`);
  await desk.getByLabel("Hoe u dat heeft nagegaan").fill("Gebeld op het bekende nummer.");
  await desk.getByRole("button", { name: "Neem het akkoord over" }).click();
  await again.page.goto("/archief");
  await again.page.getByRole("link", { name: /Bewijs van uw akkoord/ }).click();
  await again.page.getByText("Gecontroleerd: de ondertekening klopt").waitFor();
});

test("an approval has its evidence on the phone, and can be taken back until the return is sent", within, async (t) => {
  const { server, sanne, marieke } = await asked(t);
  const { page } = marieke;
  await sign(marieke);
  await page.getByText("Gecontroleerd: de ondertekening klopt").waitFor();
  const pack = await download(page, "Download het bewijspakket");
  const checked = await verify(pack);
  assert.equal(checked.code, 0, checked.said);
  await page.getByText("Staat ook op dit apparaat").waitFor();

  await marieke.offline();
  await page.goto("/archief");
  await marieke.running();
  const again = await download(page, "Bewaar het bewijspakket nog eens");
  assert.deepEqual(await readFile(again), await readFile(pack), "the same pack, without a network");

  await page.getByRole("link", { name: /Bewijs van uw akkoord/ }).click();
  await page.getByRole("button", { name: "Trek uw akkoord in" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Trek uw akkoord in" }).click();
  await page.getByText("Schrijf kort op waarom.").waitFor();
  await shots(marieke, "akkoord-intrekken");
  await page.getByLabel("Waarom?").fill("Er mist een bankrekening.");
  await page.getByRole("dialog").getByRole("button", { name: "Trek uw akkoord in" }).click();
  await page.getByText("U heeft uw akkoord ingetrokken").waitFor();
  await page.getByText("Wacht op verbinding").first().waitFor();
  await marieke.offline(false);
  await page.getByText("Sanne kijkt ernaar", { exact: true }).waitFor();
  await shots(marieke, "bewijs-ingetrokken");
  await server.mail({ to: "sanne@", subject: /niet akkoord|klopt/i });
  await sanne.page.goto(`${DOSSIER}/akkoord`);
  await sanne.page.getByText("Er mist een bankrekening.").first().waitFor();
  assert.equal(await sanne.page.getByRole("button", { name: "Markeer als verstuurd" }).count(), 0);

  const withdrawn = await verify(await download(page, "Bewaar het bewijspakket nog eens"));
  assert.equal(withdrawn.code, 0, withdrawn.said);
  assert.match(withdrawn.said, /heeft het akkoord daarna ingetrokken/, "fetched again, since there is more to tell");
});

test("in a set order the second reads and waits, and paper is marked as paper", within, async (t) => {
  const { server, sanne, marieke } = await asked(t, "Op volgorde: de eerste eerst");
  const thomas = await person(t, server, { name: "thomas" });
  await register(thomas, await invitationLink(server, THOMAS.email), "thomas");
  await thomas.page.getByText("Eerst geeft Marieke akkoord").first().waitFor();
  assert.deepEqual((await server.mailbox(THOMAS.email)).filter((mail) => /aangifte/i.test(mail.subject)), []);
  await thomas.page.getByRole("link", { name: /Eerst geeft Marieke akkoord/ }).click();
  await thomas.page.getByText("U krijgt een mail als u aan de beurt bent.").waitFor();
  await shots(thomas, "akkoord-op-volgorde");

  const desk = sanne.page;
  await desk.goto(`${DOSSIER}/akkoord`);
  await desk.locator("summary", { hasText: "Leg een akkoord op papier vast" }).first().click();
  await desk.getByLabel("Scan (PDF)").first().setInputFiles({ name: "scan.pdf", mimeType: "application/pdf", buffer: taxReturn(9) });
  await desk.getByLabel("Datum bij de handtekening").first().fill("2026-03-03");
  await desk.getByRole("button", { name: "Leg vast" }).first().click();
  await marieke.page.goto("/archief");
  await marieke.page.getByRole("link", { name: /Bewijs van uw akkoord/ }).click();
  await marieke.page.getByRole("heading", { name: "U gaf akkoord op papier" }).waitFor();
  await marieke.page.getByText("Pen en papier").waitFor();
  await shots(marieke, "bewijs-op-papier");
  await marieke.page.getByRole("button", { name: "Bekijk wat u tekende" }).click();
  await shown(marieke.page);

  await server.mail({ to: THOMAS.email, subject: /aangifte/i });
  await thomas.page.goto("/");
  await thomas.page.getByRole("link", { name: "Bekijk uw aangifte" }).click();
  await thomas.page.getByRole("button", { name: "Geef akkoord" }).waitFor();

  await setOutReturn(sanne, taxReturn(2), "Niemand: alleen ter informatie");
  await thomas.page.goto("/");
  await thomas.page.getByText("Ter informatie").first().waitFor();
  await thomas.page.getByRole("link", { name: "Bekijk uw aangifte" }).click();
  await thomas.page.getByText("Akkoord geven is niet nodig.").waitFor();
  await shots(thomas, "akkoord-ter-informatie");
  await thomas.page.getByRole("button", { name: "Lees de aangifte" }).click();
  await shown(thomas.page);
  await thomas.page.getByRole("dialog").getByRole("button", { name: "Sluit" }).click();
  await thomas.page.getByText(/^U las het op/).waitFor();
});

/** Opens Marieke's laptop, whose passkeys give no secret, with the passkeys of her phone. */
async function herLaptop(t, server, phone) {
  const laptop = await person(t, server, { name: "laptop", device: LAPTOP, prf: false });
  await logIn(laptop, phone);
  await laptop.page.getByRole("link", { name: "Bekijk uw aangifte" }).waitFor();
  await laptop.keptOffline();
  return laptop;
}

/** Opens the return, so that it can be signed without a network. */
async function open({ page }) {
  await page.goto("/");
  await page.getByRole("link", { name: "Bekijk uw aangifte" }).click();
  await page.getByRole("heading", { level: 1, name: "Klopt uw aangifte?" }).waitFor();
}

test("signed offline on two devices, one approval counts and both say so", within, async (t) => {
  const { server, sanne, marieke } = await asked(t);
  const laptop = await herLaptop(t, server, marieke);
  for (const device of [marieke, laptop]) {
    await open(device);
    await device.offline();
    await signHere(device);
    await device.page.getByText("Ondertekend op dit apparaat").first().waitFor();
  }
  for (const device of [laptop, marieke]) {
    await device.offline(false);
    await device.page.getByText("Gecontroleerd: de ondertekening klopt").waitFor();
  }
  await sanne.page.goto(`${DOSSIER}/akkoord`);
  await sanne.page.getByText("Gecontroleerd en geldig").first().waitFor();
  assert.equal(await sanne.page.getByText("Gecontroleerd en geldig").count(), 1, "once");
});

test("a refusal that arrives after an approval makes the firm look before it files", within, async (t) => {
  const { server, sanne, marieke } = await asked(t);
  const laptop = await herLaptop(t, server, marieke);
  await open(laptop);
  await laptop.offline();
  await sign(marieke);
  await marieke.page.getByText("Gecontroleerd: de ondertekening klopt").waitFor();
  await laptop.page.getByRole("button", { name: "Er klopt iets niet" }).click();
  await laptop.page.getByLabel("Uw uitleg").fill("Toch niet: er mist een bankrekening.");
  await laptop.page.getByRole("button", { name: "Stuur naar uw adviseur" }).click();
  await laptop.page.getByText("U heeft gemeld dat er iets niet klopt").waitFor();
  await laptop.offline(false);
  await server.mail({ to: "sanne@", subject: /niet akkoord|klopt/i });
  await sanne.page.goto(`${DOSSIER}/akkoord`);
  await sanne.page.getByText("Van Marieke is er een akkoord en ook een weigering.").waitFor();
  assert.equal(await sanne.page.getByRole("button", { name: "Markeer als verstuurd" }).count(), 0);
  await shots(sanne, "weigering-na-akkoord");
});

test("an approval by a passkey that was removed before it arrived waits for the firm", within, async (t) => {
  const { server, sanne, marieke } = await asked(t);
  const laptop = await herLaptop(t, server, marieke);
  await open(marieke);
  await marieke.offline();
  await signHere(marieke);
  await marieke.page.getByText("Ondertekend op dit apparaat").first().waitFor();

  // On the laptop a passkey of its own replaces the first.
  await laptop.newAuthenticator();
  const ring = await keyring(laptop);
  await ring.getByRole("button", { name: "Maak nog een passkey" }).click();
  await ring.getByText("U heeft één passkey.").waitFor({ state: "detached" });
  await ring.getByRole("button", { name: /^Verwijder/ }).first().click();
  await ring.getByRole("button", { name: /^Verwijder/ }).first().click();
  await ring.getByText("U heeft één passkey.").waitFor();
  const removed = await server.mail({ to: MARIEKE.email, subject: /verwijderd/ });
  assert.match(removed.text, /dit-was-ik-niet#/);

  await marieke.offline(false);
  await marieke.page.getByText("Uw akkoord wacht op Wilgenhof Belastingadvies").first().waitFor();
  await sanne.page.goto(`${DOSSIER}/akkoord`);
  await sanne.page.getByText("Besluit nodig").first().waitFor();
  assert.equal(await sanne.page.getByRole("button", { name: "Markeer als verstuurd" }).count(), 0);
});

test("a question instead of an answer leaves the return open, and its answer is seen there", within, async (t) => {
  const { server, sanne, marieke } = await asked(t);
  await open(marieke);
  const { page } = marieke;
  await page.getByRole("link", { name: "Stel een vraag aan Sanne" }).click();
  await page.getByRole("textbox").first().fill("Waarom is de WOZ zo hoog?");
  await page.getByRole("button", { name: /^Verstuur|^Stuur/ }).first().click();
  await server.mail({ to: "sanne@", subject: /bericht/i });
  await open(marieke);
  await page.getByText("U heeft een vraag gesteld").waitFor();
  await page.getByRole("button", { name: "Geef akkoord" }).waitFor();
  await sanne.page.goto(`${DOSSIER}/berichten`);
  await sanne.page.getByText("Waarom is de WOZ zo hoog?").first().waitFor();
});
