// Tests of the pages before the app: made by the server, in the firm's looks, and the way from them into the app.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LAPTOP, PHONE, person } from "./harness.mjs";
import { client, demo } from "./demo.mjs";
import { choose, openSection } from "./season.mjs";

const within = { timeout: 240_000 };
const home = ({ page }) => page.getByRole("heading", { level: 1, name: /^Goede/ }).waitFor();
const inEnglish = (link) => link.replace("/nl#", "/en#");

/** Whether the vault of the only login on this device also opens with a passkey's secret. */
const opensWithSecret = (page) =>
  page.evaluate(async () => {
    const done = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const database = await done(indexedDB.open("akkoord"));
    const [record] = await done(database.transaction("keys").objectStore("keys").getAll());
    database.close();
    return Boolean(record.main.secret);
  });

test("nothing has to be typed: one press and a finger, and the passkey has the name", within, async (t) => {
  const world = await demo(t);
  const marieke = await person(t, world.server, { name: "marieke" });
  const { page } = marieke;
  await page.goto(world.links.marieke);
  await page.getByRole("heading", { level: 1, name: "Welkom bij Wilgenhof Belastingadvies" }).waitFor();
  const name = page.getByLabel("Uw gebruikersnaam");
  await name.waitFor();
  assert.equal(await name.inputValue(), "marieke");
  assert.match(await page.getByLabel("Uw e-mailadres").inputValue(), /@/);
  await page.getByRole("button", { name: "Maak mijn passkey" }).click();
  await home(marieke);
  const [credential] = await marieke.credentials();
  assert.equal(credential.userName, "marieke");
  assert.equal(new URL(page.url()).pathname, "/", "the secret of the link is not in the address any more");
  assert.equal(await opensWithSecret(page), true);
});

test("a name of any letters is taken, one that somebody has is not", within, async (t) => {
  const world = await demo(t);
  const marieke = await person(t, world.server, { name: "marieke" });
  await marieke.page.goto(world.links.marieke);
  await marieke.page.getByLabel("Uw gebruikersnaam").fill("Μαρία.Łucja");
  await marieke.page.getByRole("button", { name: "Maak mijn passkey" }).click();
  await home(marieke);
  const thomas = await person(t, world.server, { name: "thomas" });
  await thomas.page.goto(world.links.thomas);
  await thomas.page.getByLabel("Uw gebruikersnaam").fill("Μαρία.Łucja");
  await thomas.page.getByRole("button", { name: "Maak mijn passkey" }).click();
  await thomas.page.getByRole("alert").waitFor();
  assert.equal(await thomas.page.evaluate(() => document.activeElement.id), "gebruikersnaam");
});

test("a passkey without a secret gets in as well, and the lock is then a question", within, async (t) => {
  const world = await demo(t);
  const thomas = await client(t, world, "thomas", { prf: false });
  assert.equal(await opensWithSecret(thomas.page), false);
  await thomas.page.goto("/inloggen");
  await thomas.page.getByRole("button", { name: "Log in met passkey" }).click();
  await home(thomas);
  assert.equal(await opensWithSecret(thomas.page), false);
});

test("the secret of a login reaches the vault too", within, async (t) => {
  const marieke = await client(t, await demo(t));
  const { page } = marieke;
  await page.getByRole("link", { name: "Gegevens", exact: true }).click();
  await page.getByRole("button", { name: "Log uit" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Log uit" }).click();
  const login = page.getByRole("button", { name: "Log in met passkey" });
  await login.waitFor();
  // The device is one that knows nobody yet.
  await page.evaluate(() => new Promise((resolve) => (indexedDB.deleteDatabase("akkoord").onsuccess = resolve)));
  await login.click();
  await home(marieke);
  assert.equal(await opensWithSecret(page), true);
});

test("the app is fetched while somebody reads, and kept before there is a login", within, async (t) => {
  const world = await demo(t);
  const marieke = await person(t, world.server, { name: "marieke" });
  await marieke.page.goto(world.links.marieke);
  await marieke.page.getByRole("button", { name: "Maak mijn passkey" }).waitFor();
  await marieke.keptOffline();
  const kept = await marieke.page.evaluate(async () => {
    const keys = await (await caches.open("akkoord-files")).keys();
    return keys.map((request) => new URL(request.url).pathname);
  });
  assert.ok(kept.includes("/app_bg.wasm"));
  const asked = [];
  marieke.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await marieke.page.getByRole("button", { name: "Maak mijn passkey" }).click();
  await home(marieke);
  assert.deepEqual(asked.filter((path) => path.endsWith(".wasm")), [], "nothing of the app's code is fetched after the passkey");
});

test("the login page opens without a network and says what waits on the device", within, async (t) => {
  const world = await demo(t);
  const marieke = await client(t, world);
  const { page } = marieke;
  await marieke.keptOffline();
  await openSection(page, "Eigen woning");
  await marieke.offline();
  await choose(page, /koopwoning/, "Ja");
  await page.getByRole("status").filter({ hasText: "Offline" }).first().waitFor();
  const login = await page.evaluate(() => JSON.parse(localStorage.getItem("akkoord.shell")).login);
  assert.equal(login, "/inloggen/wilgenhof/nl");
  await page.goto(login);
  await page.getByText("Er wacht 1 wijziging op dit apparaat.").waitFor();
  await page.getByText("Wilgenhof Belastingadvies").first().waitFor();
  await marieke.accessible("the login without a network");
  await page.getByRole("button", { name: "Log in met passkey" }).click();
  await page.getByRole("alert").filter({ hasText: "Om in te loggen heeft u internet nodig." }).waitFor();
  await page.getByRole("link", { name: "Open Akkoord" }).click();
  await home(marieke);
  // Any other address of the login is answered with the stored page.
  await page.goto("/inloggen");
  await page.getByText("Er wacht 1 wijziging op dit apparaat.").waitFor();
});

test("who has no link any more asks for one at the login, and learns nothing of others", within, async (t) => {
  const world = await demo(t);
  const { page } = await person(t, world.server, { name: "somebody" });
  await page.goto("/inloggen");
  await page.getByText("Stuur mij een nieuwe link").click();
  await page.getByLabel("Uw e-mailadres").fill("niemand@voorbeeld");
  await page.getByRole("button", { name: "Stuur de link" }).click();
  await page.getByRole("alert").filter({ hasText: "Dit is geen e-mailadres." }).waitFor();
  await page.getByLabel("Uw e-mailadres").fill("niemand@voorbeeld.nl");
  await page.getByRole("button", { name: "Stuur de link" }).click();
  await page.getByText("Kennen wij dit adres en heeft u nog geen passkey").waitFor();
});

test("a passkey that did not reach the server is sent again, and no second one is made", within, async (t) => {
  const world = await demo(t);
  const marieke = await person(t, world.server, { name: "marieke" });
  const { page } = marieke;
  await page.goto(world.links.marieke);
  const make = page.getByRole("button", { name: "Maak mijn passkey" });
  await page.route("**/api/registration/finish", (route) => route.abort());
  await make.click();
  await page.getByRole("alert").filter({ hasText: "De verbinding viel weg." }).waitFor();
  await page.unroute("**/api/registration/finish");
  await make.click();
  await home(marieke);
  assert.equal((await marieke.credentials()).length, 1);
});

test("a passkey whose answer was lost is there, and the login takes it", within, async (t) => {
  const world = await demo(t);
  const thomas = await person(t, world.server, { name: "thomas" });
  const { page } = thomas;
  await page.goto(world.links.thomas);
  const make = page.getByRole("button", { name: "Maak mijn passkey" });
  await page.route("**/api/registration/finish", async (route) => {
    await route.fetch();
    await route.abort();
  });
  await make.click();
  await page.getByRole("alert").filter({ hasText: "De verbinding viel weg." }).waitFor();
  await page.unroute("**/api/registration/finish");
  await make.click();
  await page.getByRole("heading", { level: 1, name: "Deze uitnodiging is al gebruikt" }).waitFor();
  await page.getByRole("link", { name: "Log in" }).click();
  await page.getByRole("button", { name: "Log in met passkey" }).click();
  await home(thomas);
  assert.equal((await thomas.credentials()).length, 1);
});

test("without a script nothing is said to be on its way", within, async (t) => {
  const world = await demo(t);
  const { page } = await person(t, world.server, { name: "plain", passkey: false, javaScriptEnabled: false });
  await page.goto(world.links.marieke);
  await page.locator(".notice--bad").waitFor();
  assert.equal(await page.getByText("Uw uitnodiging wordt opgehaald…").isVisible(), false);
});

/** The fields, labels included, of which something else covers a part, on a page that stands at its top or at the field itself. */
const covered = (page) =>
  page.evaluate(() => {
    const fields = [...document.querySelectorAll("input")].filter((field) => field.checkVisibility());
    const isCovered = (field) => {
      const { left, width, top, bottom } = field.getBoundingClientRect();
      const seen = [top + 2, (top + bottom) / 2, bottom - 2].filter((y) => y >= 0 && y < innerHeight);
      return seen.some((y) => document.elementFromPoint(left + width / 2, y) !== field);
    };
    const isOutside = (field) => {
      const label = document.querySelector(`label[for="${field.id}"]`);
      return label.getBoundingClientRect().top < 0 || field.getBoundingClientRect().bottom > innerHeight;
    };
    scrollTo(0, 0);
    const atTop = fields.filter(isCovered);
    const atField = fields.filter((field) => (field.focus(), isCovered(field) || isOutside(field)));
    return [...atTop, ...atField].map((field) => field.id);
  });

test("no button covers a field, also where a keyboard leaves little of the window", within, async (t) => {
  const world = await demo(t);
  const { page } = await person(t, world.server, { name: "typist" });
  for (const address of [world.links.marieke, "/inloggen/wilgenhof/nl", world.links.advisor, "/kantoor/inloggen"]) {
    await page.goto(address);
    await page.locator("button.btn--primary:visible").first().waitFor();
    for (const [width, height] of [[390, 844], [390, 500], [1280, 800], [1280, 600]]) {
      await page.setViewportSize({ width, height });
      assert.deepEqual(await covered(page), [], `${new URL(page.url()).pathname} at ${width} x ${height}`);
    }
  }
});

test("the pages are for everybody, in both languages, light and dark, on a phone and a laptop", within, async (t) => {
  const world = await demo(t);
  const someone = await person(t, world.server, { name: "reader" });
  const { page } = someone;
  const pages = [
    ["welkom", (language) => (language === "nl" ? world.links.marieke : inEnglish(world.links.marieke))],
    ["inloggen", (language) => `/inloggen/wilgenhof/${language}`],
  ];
  for (const [name, address] of pages) {
    for (const language of ["nl", "en"]) {
      await page.goto("about:blank");
      await page.goto(address(language));
      await page.locator("button.btn--primary:visible").first().waitFor();
      assert.equal(await page.evaluate(() => document.documentElement.lang), language);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        for (const [device, { viewport }] of [["telefoon", PHONE], ["laptop", LAPTOP]]) {
          await page.setViewportSize(viewport);
          await someone.accessible(`${name}, ${language}, ${colorScheme}, ${device}`);
          await someone.shot(`${name}-${language}-${colorScheme}-${device}`);
        }
      }
      await page.emulateMedia({ colorScheme: "light", forcedColors: "active" });
      await someone.accessible(`${name}, ${language}, forced colours`);
      await page.emulateMedia({ forcedColors: "none" });
      await page.setViewportSize({ width: 320, height: 256 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${name} scrolls sideways by ${wide} px at 400% zoom`);
      await page.setViewportSize(PHONE.viewport);
    }
  }
});
