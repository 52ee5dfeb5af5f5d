// Tests of every screen for everybody: in light and dark, on the narrowest phone, by keyboard and screen reader; and of
// a screen with a second tab, a file of a wrong type, a row too many and a day that does not exist.
import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE } from "./harness.mjs";
import { advisor, client, demo, enter, follow } from "./demo.mjs";
import { person } from "./harness.mjs";
import { drawn, openSection, paperOnTable } from "./season.mjs";
import { taxReturn } from "./paper.mjs";
import { kept, readReturn, shown } from "./reader.mjs";

const within = { timeout: 240_000 };
const NARROW = { width: 320, height: 640 };

/** Checks the screen against WCAG in both colours, and on the narrowest phone. */
async function forEverybody(someone, name) {
  const { page } = someone;
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    for (const size of [PHONE.viewport, NARROW]) {
      await page.setViewportSize(size);
      await someone.accessible(`${name}, ${colorScheme}, ${size.width} px`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${name} scrolls sideways by ${wide} px at ${size.width} px`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(PHONE.viewport);
}

const heading = (page, name) => page.getByRole("heading", { level: 1, name }).waitFor();
const saved = async (page) => {
  await drawn(page);
  await page.getByRole("status").filter({ hasText: "Bewaard" }).first().waitFor();
};

test("every screen of the app is for everybody, in light and dark and at 320 px", within, async (t) => {
  const firm = await demo(t);
  const marieke = await person(t, firm.server, { name: "marieke" });
  const { page } = marieke;
  await follow(marieke, firm.links.marieke, "ma");
  await forEverybody(marieke, "welcome");
  await page.getByRole("button", { name: "Maak mijn passkey" }).click();
  await page.getByRole("alert").first().waitFor();
  await forEverybody(marieke, "welcome with an error");
  await page.getByLabel("Uw gebruikersnaam").fill("marieke");
  await enter(marieke);
  await forEverybody(marieke, "overview");

  for (const section of ["Persoonlijk", "Loon en uitkering", "Eigen woning", "Sparen en beleggen", "Aftrekposten"]) {
    await openSection(page, section);
    for (const yes of await page.getByRole("radio", { name: "Ja", exact: true }).all()) await yes.check();
    await drawn(page);
    while (await page.getByRole("button", { name: "Voeg toe" }).count()) {
      await page.getByRole("button", { name: "Voeg toe" }).first().click();
      await drawn(page);
    }
    await forEverybody(marieke, `questions: ${section}`);
  }

  // Two people answer one question.
  const thomas = await client(t, firm, "thomas");
  const savings = (of) => of.getByRole("textbox", { name: /spaarrekening/ });
  await marieke.keptOffline();
  await openSection(page, "Sparen en beleggen");
  await marieke.offline();
  await savings(page).fill("18400");
  await savings(page).blur();
  await page.getByRole("status").filter({ hasText: "Offline" }).first().waitFor();
  await page.goto("/");
  await page.getByText("Wacht op verbinding").waitFor();
  await forEverybody(marieke, "overview without network");
  await openSection(thomas.page, "Sparen en beleggen");
  await savings(thomas.page).fill("21150");
  await savings(thomas.page).blur();
  await saved(thomas.page);
  await marieke.offline(false);
  await openSection(page, "Sparen en beleggen");
  await page.getByText("Thomas vulde iets anders in").first().waitFor();
  await forEverybody(marieke, "two answers");
  await page.getByRole("button", { name: /Kies welk antwoord klopt/ }).click();
  await page.getByRole("dialog").waitFor();
  await forEverybody(marieke, "the choice between two answers");
  await page.keyboard.press("Escape");

  await page.goto(page.url().replace(/[^/]+$/, "nalezen"));
  await heading(page, "Klopt alles?");
  await forEverybody(marieke, "review");
  await page.getByRole("button", { name: /^Stuur toch, met/ }).click();
  await page.getByText("Ontvangen door").first().waitFor();
  await forEverybody(marieke, "review, handed in");

  await page.goto("/sturen");
  await page.getByLabel("Kies een bestand").setInputFiles([
    { name: "jaaropgave.jpg", mimeType: "image/jpeg", buffer: await paperOnTable(marieke) },
    { name: "leeg.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(0) },
  ]);
  await page.getByText("leeg.pdf is leeg").waitFor();
  await forEverybody(marieke, "sending");

  await page.goto("/");
  await page.getByRole("link", { name: "Bekijk uw aangifte" }).click();
  await heading(page, "Klopt uw aangifte?");
  await forEverybody(marieke, "approval");
  await page.getByRole("button", { name: "Er klopt iets niet" }).click();
  await page.getByRole("dialog").waitFor();
  await forEverybody(marieke, "declining");
  await page.keyboard.press("Escape");
  await readReturn(page);
  await page.getByRole("button", { name: "Geef akkoord" }).click();
  await page.getByRole("dialog").waitFor();
  await forEverybody(marieke, "signing");
  await page.getByRole("button", { name: "Ik ga akkoord" }).click();
  await page.getByText("Gecontroleerd: de ondertekening klopt").waitFor();
  await forEverybody(marieke, "proof");

  for (const [address, title] of [["/archief", "Archief"], ["/gegevens", "Mijn gegevens"], ["/nergens", /bestaat niet/]]) {
    await page.goto(address);
    await heading(page, title);
    await forEverybody(marieke, address);
  }
  await page.goto("/gegevens");
  await page.getByRole("button", { name: "Log uit" }).click();
  await page.getByRole("dialog").waitFor();
  await forEverybody(marieke, "logging out");
  await page.getByRole("dialog").getByRole("button", { name: "Log uit" }).click();
  await page.getByRole("button", { name: "Log in met passkey" }).waitFor();
  await forEverybody(marieke, "login");
});

test("every page of the console is for everybody, in light and dark", within, async (t) => {
  const firm = await demo(t);
  const sanne = await advisor(t, firm);
  const { page } = sanne;
  const pages = [
    "/kantoor", "/kantoor/klanten", "/kantoor/klanten/nieuw", "/kantoor/portaal", "/kantoor/klanten/10417/2025",
    "/kantoor/klanten/10388/2025", "/kantoor/klanten/10319/2025", "/kantoor/klanten/10417/2025/akkoord",
    "/kantoor/klanten/10307/2025/akkoord", "/kantoor/klanten/10371/2025/akkoord", "/dev/mailbox",
  ];
  for (const address of pages) {
    await page.goto(address);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      await sanne.accessible(`${address}, ${colorScheme}`);
    }
  }
});

test("a second tab takes the app over, and the first gets it back with nothing lost", within, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm);
  const first = marieke.page;
  await openSection(first, "Sparen en beleggen");
  const savings = (page) => page.getByRole("textbox", { name: /spaarrekening/ });
  await savings(first).fill("18400"); // and the hand still on the keyboard
  const second = await marieke.context.newPage();
  await second.goto("/");
  await heading(second, /^Goede/);
  await heading(first, "Akkoord is open in een ander tabblad");
  await marieke.accessible("taken over");
  await openSection(second, "Sparen en beleggen");
  assert.equal(await savings(second).inputValue(), "18.400", "what was typed in the first tab");
  await savings(second).fill("18500");
  await savings(second).blur();
  await saved(second);
  await first.getByRole("button", { name: "Gebruik de app hier" }).click();
  await first.getByText(/onderdeel \d+ van \d+/).waitFor();
  await heading(second, "Akkoord is open in een ander tabblad");
  assert.equal(await savings(first).inputValue(), "18.500", "what was typed in the second tab");
});

test("the tax return opens without a network, once it is on the device", within, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm);
  const { page } = marieke;
  await marieke.keptOffline();
  await page.getByRole("link", { name: "Bekijk uw aangifte" }).click();
  await heading(page, "Klopt uw aangifte?");
  const read = page.getByRole("button", { name: "Lees de aangifte" });
  await kept(page);
  await marieke.offline();
  await page.reload();
  await marieke.running();
  await read.click();
  await shown(page);
});

test("a file that nobody could open is refused with a sentence, and the others are kept", within, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm);
  const { page } = marieke;
  await page.goto("/sturen");
  const choose = (...files) => page.getByLabel("Kies een bestand").setInputFiles(files);
  const file = (name, mimeType, buffer) => ({ name, mimeType, buffer });
  await choose(
    file("brief.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", Buffer.from("PK")),
    file("foto.heic", "image/heic", Buffer.from("ftypheic")),
    file("leeg.pdf", "application/pdf", Buffer.alloc(0)),
    file("groot.pdf", "application/pdf", Buffer.concat([taxReturn(1), Buffer.alloc(26 * 1024 * 1024)])),
    file("goed.pdf", "application/pdf", taxReturn(1)),
    file("foto.jpg", "image/jpeg", await paperOnTable(marieke)),
  );
  await page.getByText("brief.docx kunnen we niet lezen").waitFor();
  await page.getByText("foto.heic kunnen we niet lezen").waitFor();
  await page.getByText("leeg.pdf is leeg").waitFor();
  await page.getByText(/groot\.pdf is 2\d.*MB\. Het maximum is 25 MB/).waitFor();
  const chosen = page.getByRole("region", { name: "Gekozen" });
  await page.getByRole("img", { name: "Pagina 1, van foto.jpg" }).waitFor();
  assert.equal(await chosen.getByRole("listitem").count(), 1, "the good file");
  await chosen.getByRole("button", { name: "Verwijder goed.pdf" }).click();
  await page.getByRole("button", { name: "Verstuur 1 document" }).click();
  await page.getByText("1 document is bewaard").waitFor();
  const sent = page.getByRole("region", { name: "Door u gestuurd" });
  await sent.getByText(/Ontvangen door/).waitFor();
  await sent.locator("img.thumb").waitFor();

  // Its name and type say PDF, but its bytes do not.
  await choose(file("namaak.pdf", "application/pdf", Buffer.from("Geachte heer, mevrouw")));
  await page.getByText("namaak.pdf kunnen we niet lezen").waitFor();
  // The same file is chosen once more.
  await choose(file("nog-eens.jpg", "image/jpeg", await paperOnTable(marieke)));
  await page.getByText(/nog-eens\.jpg heeft u al gestuurd/).waitFor();
  assert.equal(await sent.getByRole("listitem").count(), 1, "nothing else was kept");
});

test("rows come and go, and a day that does not exist is said at the field", within, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm);
  const { page } = marieke;
  await openSection(page, "Loon en uitkering");
  const rows = page.getByRole("region", { name: /^Nummer \d+$/ });
  await page.getByRole("button", { name: "Voeg toe" }).first().click();
  await rows.first().getByRole("textbox", { name: "Naam" }).fill("Gemeente Utrecht");
  await page.getByRole("button", { name: "Voeg er nog een toe" }).click();
  await rows.nth(1).getByRole("textbox", { name: "Naam" }).fill("UWV");
  await page.getByRole("button", { name: "Verwijder nummer 1" }).click();
  await rows.nth(1).waitFor({ state: "detached" });
  await saved(page);
  await page.reload();
  await marieke.running();
  assert.equal(await rows.count(), 1);
  assert.equal(await rows.first().getByRole("textbox", { name: "Naam" }).inputValue(), "UWV");

  await openSection(page, "Persoonlijk");
  await page.getByRole("group", { name: /verhuisd/ }).getByRole("radio", { name: "Ja", exact: true }).check();
  const day = page.getByRole("group", { name: /sleutel/ }).filter({ has: page.getByLabel("Dag") }).last();
  for (const [label, value] of [["Dag", "29"], ["Maand", "2"], ["Jaar", "2025"]]) await day.getByLabel(label).fill(value);
  await day.getByLabel("Jaar").blur();
  await page.getByText("Deze datum bestaat niet").waitFor();
  assert.equal(await day.getByLabel("Dag").inputValue(), "29", "what was typed stays");
  await day.getByLabel("Dag").fill("28");
  await day.getByLabel("Dag").blur();
  await page.getByText("Deze datum bestaat niet").waitFor({ state: "detached" });
  await saved(page);
  await page.reload();
  await marieke.running();
  assert.equal(await day.getByLabel("Dag").inputValue(), "28");
});
