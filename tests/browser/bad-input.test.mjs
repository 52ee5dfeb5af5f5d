// Tests of bad input and bad luck: each gets a clear sentence, and nothing is lost or changed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { person, startServer } from "./harness.mjs";
import { MARIEKE, THOMAS, invitationLink, inviteHousehold, newFirm, register } from "./firm.mjs";
import { taxReturn } from "./paper.mjs";

const DOSSIER = "/kantoor/klanten/10417/2025";
const TOO_LARGE = 25_000_001;

/** Makes a file of this size that starts like a PDF; it would be too large for the test's own connection. */
const chooseLarge = (field, name) =>
  field.evaluate(
    (input, [fileName, size]) => {
      const bytes = new Uint8Array(size);
      bytes.set(new TextEncoder().encode("%PDF-1.7\n"));
      const chosen = new DataTransfer();
      chosen.items.add(new File([bytes], fileName, { type: "application/pdf" }));
      input.files = chosen.files;
      input.dispatchEvent(new Event("input", { bubbles: true }));
      input.dispatchEvent(new Event("change", { bubbles: true }));
    },
    [name, TOO_LARGE],
  );

const pdf = (name, text) => ({ name, mimeType: "application/pdf", buffer: Buffer.from(text) });

test("links that lead nowhere say so, and a cancelled passkey can be tried again", { timeout: 180_000 }, async (t) => {
  const server = await startServer(t);
  const sanne = await newFirm(t, server);
  await inviteHousehold(sanne);
  const link = await invitationLink(server, MARIEKE.email);

  // A newer invitation voids Thomas' first.
  const replaced = await invitationLink(server, THOMAS.email);
  const known = new Set((await server.mailbox(THOMAS.email)).map((mail) => mail.id));
  await sanne.page.getByRole("button", { name: `Nodig opnieuw uit ${THOMAS.name}` }).click();
  await server.mail({ to: THOMAS.email, after: known });

  const marieke = await person(t, server, { name: "marieke" });
  const { page } = marieke;
  await page.goto(`/welkom#${"A".repeat(43)}`);
  await page.getByRole("heading", { name: "Deze link klopt niet" }).waitFor();
  await page.goto("about:blank");
  await page.goto("/welkom");
  await page.getByRole("heading", { name: "Deze link klopt niet" }).waitFor();

  // She looks away when the phone asks for her face.
  await page.goto(link);
  await marieke.running();
  await page.getByLabel("Uw gebruikersnaam").fill("marieke");
  await marieke.recognised(false);
  await page.getByRole("button", { name: "Maak mijn passkey" }).click();
  await page.getByText("U heeft nog geen passkey gemaakt.").waitFor();
  assert.equal(await page.getByLabel("Uw gebruikersnaam").inputValue(), "marieke", "what was typed stays");
  await marieke.recognised(true);
  await page.getByRole("button", { name: "Maak mijn passkey" }).click();
  await page.getByRole("heading", { level: 1, name: /^Goede/ }).waitFor();

  // The link works once, and somebody else who finds it learns nothing.
  const finder = await person(t, server, { name: "finder" });
  await finder.page.goto(link);
  await finder.page.getByRole("heading", { name: "Deze uitnodiging is al gebruikt" }).waitFor();
  assert.equal(await finder.page.getByText("Marieke").count(), 0);

  // Somebody has this user name already.
  const thomas = await person(t, server, { name: "thomas" });
  await thomas.page.goto(replaced);
  await thomas.page.getByText("Er is een nieuwere link naar u gestuurd").waitFor();
  await thomas.page.goto(await invitationLink(server, THOMAS.email));
  await thomas.running();
  await thomas.page.getByLabel("Uw gebruikersnaam").fill("Marieke");
  await thomas.page.getByRole("button", { name: "Maak mijn passkey" }).click();
  await thomas.page.getByRole("alert").first().waitFor();

  // The login is cancelled first, and then succeeds.
  await page.goto("/gegevens");
  await page.getByRole("button", { name: "Log uit" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Log uit" }).click();
  const login = page.getByRole("button", { name: "Log in met passkey" });
  await login.waitFor();
  await marieke.recognised(false);
  await login.click();
  await page.getByText("U bent nog niet ingelogd.").waitFor();
  await marieke.recognised(true);
  await login.click();
  await page.getByRole("heading", { level: 1, name: /^Goede/ }).waitFor();

  // The same in the console: a cancelled login, then one that works.
  await sanne.page.context().clearCookies();
  await sanne.page.goto("/kantoor");
  const enter = sanne.page.getByRole("button", { name: "Log in met passkey" });
  await sanne.recognised(false);
  await enter.click();
  await sanne.page.getByText("U heeft de passkey niet afgemaakt.").waitFor();
  await sanne.recognised(true);
  await enter.click();
  await sanne.page.getByRole("heading", { level: 1, name: /^Goede/ }).waitFor();
});

test("files that are none and amounts that are none change nothing", { timeout: 180_000 }, async (t) => {
  const server = await startServer(t);
  const sanne = await newFirm(t, server);
  await inviteHousehold(sanne);
  const marieke = await person(t, server, { name: "marieke" });
  await register(marieke, await invitationLink(server, MARIEKE.email), "marieke");

  // Three files on the phone are of a wrong type, empty and too large; the good one beside them is accepted.
  const { page } = marieke;
  await marieke.visit("/sturen");
  const field = page.getByLabel("Kies een bestand");
  await field.setInputFiles([pdf("brief.pdf", "Dit is een brief"), pdf("leeg.pdf", ""), { ...pdf("woz.pdf", ""), buffer: taxReturn(1) }]);
  await page.getByText("leeg.pdf is leeg").waitFor();
  await page.getByText("brief.pdf kunnen we niet lezen").waitFor();
  await chooseLarge(field, "scan.pdf");
  await page.getByText(/scan\.pdf is .* maximum is 25 MB/).waitFor();
  await page.getByRole("button", { name: "Verstuur 1 document" }).click();
  await page.getByText(/1 document is bewaard/).waitFor();

  // In the console what was typed stays in the form.
  const desk = sanne.page;
  await desk.goto(`${DOSSIER}/akkoord`);
  const ask = async () => desk.getByRole("button", { name: "Vraag akkoord en mail" }).click();
  const amount = desk.getByLabel("€", { exact: true }).first();
  const file = desk.getByLabel("PDF van de aangifte");
  await amount.fill("1.842");
  await desk.getByLabel("€", { exact: true }).nth(1).fill("558");
  await file.setInputFiles(pdf("aangifte.pdf", "%PDF-1.7 en dan niets"));
  await ask();
  await desk.getByText(/geen pdf|kan niet worden geopend/i).first().waitFor();
  assert.equal(await amount.inputValue(), "1.842");
  await chooseLarge(file, "aangifte.pdf");
  await ask();
  await desk.getByText("te groot").first().waitFor();
  assert.equal(await amount.inputValue(), "1.842");
  // A good file is kept while an amount is mended.
  await desk.getByLabel("€", { exact: true }).nth(1).fill("veel");
  await file.setInputFiles({ ...pdf("aangifte.pdf", ""), buffer: taxReturn(1) });
  await ask();
  await desk.getByText("Dit is geen bedrag.").first().waitFor();
  assert.equal(await amount.inputValue(), "1.842");
  await desk.getByText("al ontvangen").waitFor();
  assert.deepEqual((await server.mailbox(MARIEKE.email)).filter((mail) => /aangifte/i.test(mail.subject)), []);
  await page.goto("/");
  await marieke.running();
  assert.equal(await page.getByRole("link", { name: "Bekijk uw aangifte" }).count(), 0, "nobody was asked");
});

test("a killed browser and a second start lose nothing that was saved", { timeout: 180_000 }, async (t) => {
  const server = await startServer(t);
  const sanne = await newFirm(t, server);
  await inviteHousehold(sanne);
  await sanne.page.getByRole("button", { name: "Zet klaar en mail" }).click();
  await sanne.page.getByText("Checklist IB 2025").first().waitFor();
  const marieke = await person(t, server, { name: "marieke" });
  await register(marieke, await invitationLink(server, MARIEKE.email), "marieke");
  await marieke.keptOffline();
  await marieke.page.getByRole("link", { name: /invullen|Ga verder|Checklist/ }).first().click();
  await marieke.page.getByText(/onderdeel 1 van \d+/).waitFor();
  await marieke.offline();
  const radio = marieke.page.getByRole("radio").first();
  await radio.check();
  await marieke.page.getByRole("status").filter({ hasText: "Offline" }).first().waitFor();
  await marieke.crash();
  await marieke.running();
  assert.equal(await marieke.page.getByRole("radio").first().isChecked(), true, "kept over a killed browser");
  await marieke.offline(false);
  await marieke.page.getByRole("status").filter({ hasText: "Bewaard" }).first().waitFor();

  await server.restart();
  assert.equal((await server.fetch("/healthz")).status, 200);
  assert.equal(server.lines.filter((line) => line.startsWith("setup: ")).length, 1, "it is set up once");
  await marieke.page.reload();
  await marieke.running();
  assert.equal(await marieke.page.getByRole("radio").first().isChecked(), true);
  await sanne.page.goto(DOSSIER);
  await sanne.page.getByText("Checklist IB 2025").first().waitFor();
});
