// Tests of the device's lock: encrypted at rest, opened by the passkey without a network, and never at the cost of
// unsent work.
import assert from "node:assert/strict";
import { test } from "node:test";
import { client, demo } from "./demo.mjs";
import { choose, openSection } from "./season.mjs";

/** Returns all contents of IndexedDB as text, as somebody with the disk could read it. */
const onDisk = (page) =>
  page.evaluate(async () => {
    const database = await new Promise((resolve, reject) => {
      const request = indexedDB.open("akkoord");
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const entries = database.transaction("entries").objectStore("entries");
    const all = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const [keys, values] = await Promise.all([all(entries.getAllKeys()), all(entries.getAll())]);
    database.close();
    const decoder = new TextDecoder();
    return keys.map((key, at) => [key, decoder.decode(values[at])]);
  });

async function lockNow({ page }) {
  await page.getByRole("link", { name: "Gegevens", exact: true }).click();
  await page.getByRole("button", { name: "Vergrendel nu" }).click();
  await page.getByRole("heading", { level: 1, name: "Akkoord is vergrendeld" }).waitFor();
}

const unlock = ({ page }) => page.getByRole("button", { name: "Ontgrendel met passkey" }).click();
const home = ({ page }) => page.getByRole("link", { name: "Overzicht", exact: true }).waitFor();

async function answerOffline(someone) {
  await openSection(someone.page, "Eigen woning");
  await someone.offline();
  await choose(someone.page, /koopwoning/, "Ja");
  await someone.page.getByRole("status").filter({ hasText: "Offline" }).first().waitFor();
}

test("a locked device shows nothing, also on its disk, and opens offline with the passkey", { timeout: 180_000 }, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm);
  await marieke.keptOffline();
  await answerOffline(marieke);
  await marieke.visit("/");
  await lockNow(marieke);
  await marieke.accessible();
  await marieke.shot("client-vergrendeld");

  for (const [key, text] of await onDisk(marieke.page)) {
    if (key === "holder" || key === "language") continue;
    assert.match(text, /^akk\u0001/, `${key} is encrypted`);
  }
  const disk = JSON.stringify(await onDisk(marieke.page));
  assert.doesNotMatch(disk, /Marieke|Jansen|Wilgenhof|koopwoning/i);

  await marieke.page.reload();
  await marieke.page.getByRole("heading", { level: 1, name: "Akkoord is vergrendeld" }).waitFor();
  await unlock(marieke);
  await home(marieke);
  await openSection(marieke.page, "Eigen woning");
  await marieke.page.getByRole("group", { name: /koopwoning/ }).getByRole("radio", { name: "Ja", checked: true }).waitFor();
});

test("a passkey that lost its secret costs no unsent work", { timeout: 180_000 }, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm);
  await marieke.keptOffline();
  await answerOffline(marieke);
  await marieke.visit("/");
  await lockNow(marieke);
  await marieke.withoutPrf();
  await unlock(marieke);
  await marieke.page.getByRole("alert").filter({ hasText: "opent dit apparaat niet meer" }).waitFor();

  await marieke.offline(false);
  await marieke.page.getByRole("link", { name: "Log opnieuw in" }).click();
  await marieke.page.getByRole("button", { name: "Log in met passkey" }).click();
  await home(marieke);
  await openSection(marieke.page, "Eigen woning");
  await marieke.page.getByRole("group", { name: /koopwoning/ }).getByRole("radio", { name: "Ja", checked: true }).waitFor();
  const thomas = await client(t, firm, "thomas");
  await openSection(thomas.page, "Eigen woning");
  await thomas.page.getByRole("group", { name: /koopwoning/ }).getByRole("radio", { name: "Ja", checked: true }).waitFor();
});

test("without the secret of a passkey the device locks and opens all the same", { timeout: 180_000 }, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm, "marieke", { prf: false });
  await marieke.keptOffline();
  await marieke.offline();
  await lockNow(marieke);
  await marieke.page.reload();
  await marieke.recognised(false);
  await unlock(marieke);
  await marieke.page.getByRole("alert").filter({ hasText: "Het slot zit er nog op" }).waitFor();
  await marieke.recognised(true);
  await unlock(marieke);
  await home(marieke);
});

test("a device that nobody uses locks by itself", { timeout: 180_000 }, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm);
  await marieke.keptOffline();
  const soon = new Date(Date.now() + 16 * 60_000);
  await marieke.page.clock.install({ time: soon });
  await marieke.page.reload();
  await marieke.page.getByRole("heading", { level: 1, name: "Akkoord is vergrendeld" }).waitFor();
  await unlock(marieke);
  await home(marieke);
});
