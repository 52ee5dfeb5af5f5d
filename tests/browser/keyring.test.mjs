// Tests of several passkeys and dossiers: two devices of one person, a second passkey, a second dossier with the same
// passkey, a household that is split, and a link that is opened inside a mail program.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { LAPTOP, person, startServer } from "./harness.mjs";
import { MARIEKE, THOMAS, invitationLink, inviteHousehold, keyring, logIn, newFirm, register } from "./firm.mjs";
import { choose, openSection } from "./season.mjs";

const within = { timeout: 240_000 };

async function household(t) {
  const server = await startServer(t);
  const sanne = await newFirm(t, server);
  await inviteHousehold(sanne);
  return { server, sanne };
}

/** Waits until a device has this number of offline documents, and returns their names. */
async function documentsOf({ page }, count) {
  const names = async (wanted) => {
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open("akkoord");
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const keys = database.transaction("entries").objectStore("entries").getAllKeys();
    const all = await new Promise((resolve) => (keys.onsuccess = () => resolve(keys.result)));
    database.close();
    const found = all.filter((key) => /^account\/[^/]+\/document\//.test(key));
    return found.length === wanted && found;
  };
  return (await page.waitForFunction(names, count)).jsonValue();
}

test("a device that is removed from another one is out at once and says so", within, async (t) => {
  const { server } = await household(t);
  const phone = await person(t, server, { name: "phone" });
  await register(phone, await invitationLink(server, MARIEKE.email), "marieke");
  const laptop = await person(t, server, { name: "laptop", device: LAPTOP });
  await logIn(laptop, phone);
  await laptop.page.getByRole("status").filter({ hasText: "Bewaard" }).or(laptop.page.getByText("Alles bewaard")).first().waitFor();
  const told = await server.mail({ to: MARIEKE.email, subject: /apparaat/i });
  assert.match(told.text, /dit-was-ik-niet#/);

  const ring = await keyring(phone);
  const remove = ring.getByRole("button", { name: /^Verwijder/ });
  assert.equal(await remove.count(), 1, "only the other device: neither this one nor the last passkey");
  await remove.click();
  await ring.getByRole("button", { name: /^Verwijder/ }).click();
  await laptop.page.getByText("Log opnieuw in om te versturen").waitFor();
  await laptop.shot("apparaat-verwijderd");
});

test("what a removed device did not send survives logging out, and is sent after the next login", within, async (t) => {
  const { server, sanne } = await household(t);
  await sanne.page.getByRole("button", { name: "Zet klaar en mail" }).click();
  await sanne.page.getByText("Checklist IB 2025").first().waitFor();
  const phone = await person(t, server, { name: "phone" });
  await register(phone, await invitationLink(server, MARIEKE.email), "marieke");
  await phone.keptOffline();
  const laptop = await person(t, server, { name: "laptop", device: LAPTOP });
  await logIn(laptop, phone);
  await openSection(phone.page, "Eigen woning");
  await phone.offline();
  await choose(phone.page, /koopwoning/, "Ja");
  await phone.page.getByRole("status").filter({ hasText: "Offline" }).first().waitFor();

  const ring = await keyring(laptop);
  await ring.getByRole("button", { name: /^Verwijder/ }).click();
  await ring.getByRole("button", { name: /^Verwijder/ }).click();
  await ring.getByRole("button", { name: /^Verwijder/ }).waitFor({ state: "detached" });
  await phone.offline(false);
  await phone.page.getByText("Log opnieuw in om te versturen").waitFor();
  await phone.visit("/gegevens");
  await phone.page.getByRole("button", { name: "Log uit" }).click();
  await phone.page.getByRole("dialog").getByText("1 ding staat alleen op dit apparaat").waitFor();
  await phone.shot("uitloggen-met-werk");
  await phone.page.getByRole("dialog").getByRole("button", { name: "Log uit" }).click();
  await phone.syncedFrom(laptop);
  await phone.page.getByRole("button", { name: "Log in met passkey" }).click();
  await phone.page.getByRole("heading", { level: 1, name: /^Goede/ }).waitFor();
  await openSection(laptop.page, "Eigen woning");
  await laptop.page.getByRole("group", { name: /koopwoning/ }).getByRole("radio", { name: "Ja", checked: true }).waitFor();
});

test("this was not me, in the mail of a login, throws the stranger out and tells the advisor", within, async (t) => {
  const { server } = await household(t);
  const phone = await person(t, server, { name: "phone" });
  await register(phone, await invitationLink(server, MARIEKE.email), "marieke");
  await phone.keptOffline();
  const stranger = await person(t, server, { name: "stranger", device: LAPTOP });
  await stranger.syncedFrom(phone);
  await stranger.visit("/inloggen");
  await stranger.recognised(false);
  await stranger.page.getByRole("button", { name: "Log in met passkey" }).click();
  await stranger.page.getByRole("alert").filter({ hasText: "U bent nog niet ingelogd." }).waitFor();
  assert.deepEqual((await server.mailbox(MARIEKE.email)).filter((mail) => /apparaat/i.test(mail.subject)), []);
  await stranger.recognised(true);
  await stranger.page.getByRole("button", { name: "Log in met passkey" }).click();
  await stranger.page.getByRole("heading", { level: 1, name: /^Goede/ }).waitFor();

  // The mail is read on a device without login and passkey.
  const { text } = await server.mail({ to: MARIEKE.email, subject: /apparaat/i });
  const elsewhere = await person(t, server, { name: "elsewhere", passkey: false });
  await elsewhere.page.goto(text.match(/http:\/\/localhost:\d+\/dit-was-ik-niet#\S+/)[0]);
  await elsewhere.accessible("this was not me");
  await elsewhere.page.getByRole("button", { name: "Dit was ik niet" }).click();
  await elsewhere.page.getByRole("status").filter({ hasText: "Gedaan. Uw adviseur weet ervan en belt u." }).waitFor();
  assert.equal(await elsewhere.page.getByRole("button", { name: "Dit was ik niet" }).count(), 0, "once is enough");
  await elsewhere.shot("dit-was-ik-niet");
  await stranger.page.getByText("Log opnieuw in om te versturen").waitFor();
  await phone.page.getByText("Log opnieuw in om te versturen").waitFor();
  await server.mail({ to: "sanne@", subject: /Marieke|niet/i });

  // The owner's own phone logs in with the passkey.
  await phone.syncedFrom(stranger);
  await phone.page.goto("/inloggen");
  await phone.page.getByRole("button", { name: "Log in met passkey" }).click();
  await phone.page.getByRole("heading", { level: 1, name: /^Goede/ }).waitFor();
});

test("a second passkey is proposed, and the last one cannot be removed", within, async (t) => {
  const { server } = await household(t);
  const phone = await person(t, server, { name: "phone" });
  await register(phone, await invitationLink(server, MARIEKE.email), "marieke");
  const ring = await keyring(phone);
  await ring.getByText("U heeft één passkey. Maak een tweede").waitFor();
  assert.equal(await ring.getByRole("button", { name: /^Verwijder/ }).count(), 0);
  await phone.newAuthenticator();
  await ring.getByRole("button", { name: "Maak nog een passkey" }).click();
  await ring.getByText("U heeft één passkey.").waitFor({ state: "detached" });
  await phone.shot("passkeys", { fullPage: true });
  await server.mail({ to: MARIEKE.email, subject: /passkey/i });

  // Either of the two may be removed, and then the other is the last one.
  await ring.getByRole("button", { name: /^Verwijder/ }).first().click();
  await ring.getByText("Met deze passkey kan dan niemand meer inloggen of akkoord geven.").waitFor();
  await ring.getByRole("button", { name: /^Verwijder/ }).first().click();
  await ring.getByText("U heeft één passkey. Maak een tweede").waitFor();
  assert.equal(await ring.getByRole("button", { name: /^Verwijder/ }).count(), 0);
});

test("a second dossier is joined with the passkey there is, and a household comes apart", within, async (t) => {
  const { server, sanne } = await household(t);
  const thomas = await person(t, server, { name: "thomas" });
  await register(thomas, await invitationLink(server, THOMAS.email), "thomas");
  const seen = new Set((await server.mailbox(THOMAS.email)).map((mail) => mail.id));
  await inviteHousehold(sanne, "10418", [{ name: "Bakkerij Bakker", given: "Bakkerij", email: "post@example.nl" }, THOMAS]);
  const { text } = await server.mail({ to: THOMAS.email, subject: /nodigt u uit|uitnodiging/i, after: seen });
  await thomas.page.goto(text.match(/http:\/\/localhost:\d+\/welkom\/\S+#\S+/)[0]);
  await thomas.page.getByRole("button", { name: "Ik heb al een passkey voor dit portaal" }).click();
  await thomas.page.getByRole("heading", { level: 1, name: /^Goede/ }).waitFor();
  const choose = thomas.page.getByRole("button", { name: /^Kies een dossier/ });
  await choose.click();
  await thomas.page.getByRole("dialog").getByText("Bakkerij Bakker").waitFor();
  await thomas.page.keyboard.press("Escape");

  // A later year of the shared dossier is on his phone before they part.
  const desk = sanne.page;
  await desk.goto("/kantoor/klanten/10417/2026");
  await desk.getByRole("button", { name: "Open 2026" }).click();
  const before = await documentsOf(thomas, 6);
  // Without a network he writes something about it, which will arrive too late.
  await thomas.offline();
  await thomas.page.getByRole("button", { name: "Stel een vraag aan Sanne" }).click();
  await thomas.page.getByRole("dialog").getByLabel("Uw bericht").fill("Dit gaat over 2026.");
  await thomas.page.getByRole("dialog").getByRole("button", { name: "Stuur bericht" }).click();
  await thomas.page.getByRole("dialog").waitFor({ state: "detached" });

  await desk.goto("/kantoor/klanten/10417/2025");
  await desk.getByRole("link", { name: THOMAS.name }).click();
  await desk.getByLabel("Nummer van het nieuwe dossier").fill("10417");
  await desk.getByRole("button", { name: "Maak een eigen dossier" }).click();
  await desk.getByText("Er is nog niets veranderd.").waitFor();
  await sanne.accessible();
  await desk.getByLabel("Nummer van het nieuwe dossier").fill("20555");
  await desk.getByRole("button", { name: "Maak een eigen dossier" }).click();
  await desk.waitForURL("**/kantoor/klanten/20555/2026");
  await thomas.offline(false);
  await thomas.page.goto("/");
  await thomas.running();
  await choose.click();
  const dossiers = thomas.page.getByRole("dialog").getByRole("listitem");
  await dossiers.nth(2).waitFor();
  assert.equal(await dossiers.count(), 3, "the shared years, the bakery, and the own dossier");
  await thomas.shot("na-scheiding");
  const after = await documentsOf(thomas, 6);
  const gone = before.filter((name) => !after.includes(name));
  assert.equal(gone.length, 2, "both documents of the later year are off his phone");
  assert.equal(before.length - gone.length, 4, "the years before are not");
  await thomas.page.keyboard.press("Escape");
  await thomas.visit("/gegevens");
  await thomas.page.getByText("1 ding kon niet naar uw kantoor").waitFor();
  await thomas.accessible("what the firm could not take");
  await thomas.shot("niet-aangenomen");
  const [file] = await Promise.all([thomas.page.waitForEvent("download"), thomas.page.getByRole("button", { name: "Bewaar als bestand" }).click()]);
  assert.match(await readFile(await file.path(), "utf8"), /Dit gaat over 2026\./);
});

test("inside a mail program the link shows the way to a browser and stays unused", within, async (t) => {
  const { server } = await household(t);
  const link = await invitationLink(server, MARIEKE.email);
  const userAgent = "Mozilla/5.0 (Linux; Android 15; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36";
  const inside = await person(t, server, { name: "inside", userAgent, passkey: false, permissions: ["clipboard-read", "clipboard-write"] });
  await inside.page.goto(link);
  await inside.page.getByText("U bent hier in uw mailprogramma.").waitFor();
  await inside.accessible("/welkom inside a mail program");
  await inside.shot("welkom-in-mailprogramma");
  await inside.page.getByRole("button", { name: "Kopieer de link" }).click();
  await inside.page.getByRole("button", { name: "De link is gekopieerd" }).waitFor();
  const copied = await inside.page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, link);
  const phone = await person(t, server, { name: "phone" });
  await register(phone, copied, "marieke");
});

test("a passkey is chosen in the field of the login, where the browser offers that", within, async (t) => {
  const { server } = await household(t);
  const phone = await person(t, server, { name: "phone" });
  await register(phone, await invitationLink(server, MARIEKE.email), "marieke");
  const again = await person(t, server, { name: "again", offers: true });
  await again.visit("/inloggen");
  await again.page.getByLabel("Of kies uw passkey uit een lijst").waitFor();
  await again.accessible("/inloggen with a field");
  await again.shot("inloggen-met-veld");
  await again.syncedFrom(phone);
  await again.page.reload();
  await again.page.getByRole("heading", { level: 1, name: /^Goede.*Marieke/ }).waitFor();
});
