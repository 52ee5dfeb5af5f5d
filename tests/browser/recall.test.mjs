// What the firm takes back leaves a device that was away, and both sides say so.
import test from "node:test";
import assert from "node:assert/strict";
import { advisor, client, demo } from "./demo.mjs";
import { look } from "./look.mjs";
import { drawn } from "./season.mjs";

const within = { timeout: 240_000 };
const DOSSIER = "/kantoor/klanten/10417/2025";

/** The names of the files in the device's store. */
function files({ page }) {
  return page.evaluate(async () => {
    const done = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const database = await done(indexedDB.open("akkoord"));
    const stores = [...database.objectStoreNames];
    const keys = await Promise.all(stores.map((name) => done(database.transaction(name).objectStore(name).getAllKeys())));
    database.close();
    return keys.flat().map(String).filter((key) => /^file\//.test(key));
  });
}

async function until(someone, isSo) {
  while (!(await isSo())) await drawn(someone.page);
}

test("a return that is taken back leaves a device that was away", within, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm);
  await until(marieke, async () => (await files(marieke)).length > 0);
  const before = await files(marieke);
  await marieke.offline();

  const sanne = await advisor(t, firm);
  await sanne.page.goto(`${DOSSIER}/akkoord`);
  await sanne.page.getByRole("link", { name: /^Terughalen Aangifte IB 2025/ }).first().click();
  await sanne.page.getByRole("heading", { name: /^Terughalen: Aangifte IB 2025/ }).waitFor();
  await sanne.page.getByText("Kreeg het bestand op een apparaat").first().waitFor();
  await look(sanne, "terughalen");
  await sanne.page.getByLabel("Reden").fill("Deze aangifte was van een andere klant.");
  await sanne.page.getByRole("button", { name: "Haal terug" }).click();
  await sanne.page.getByText("Teruggehaald door Sanne").first().waitFor();
  await sanne.page.getByText("nog geen contact na het terughalen").first().waitFor();
  assert.deepEqual(await files(marieke), before, "the device does not know of it yet");

  await marieke.offline(false);
  await marieke.page.getByRole("heading", { name: "Teruggehaald" }).waitFor();
  await marieke.page.getByText("Deze aangifte was van een andere klant.").waitFor();
  await until(marieke, async () => (await files(marieke)).length < before.length);
  await look(marieke, "teruggehaald");
  await sanne.page.goto(`${DOSSIER}/akkoord`);
  await look(sanne, "teruggehaald-kantoor");
});
