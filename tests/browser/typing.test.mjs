// Tests that typed text is never lost, neither when the page is left in the middle of a word nor when the browser is
// killed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { client, demo } from "./demo.mjs";
import { choose, hasChanges, openSection, settled } from "./season.mjs";

const within = { timeout: 180_000 };
const savings = (page) => page.getByRole("textbox", { name: /spaarrekening/ });
const unsaved = (page) => page.getByText("Nog niet bewaard");

test("what is typed is there again after the page was put away, and after the browser was killed", within, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm);
  const { page } = marieke;
  await marieke.keptOffline();
  await openSection(page, "Sparen en beleggen");

  // The page is left at once: typed text is an answer, without a pause and with the focus still in the field.
  await savings(page).pressSequentially("18400");
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { get: () => true, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
    delete document.hidden;
  });
  await unsaved(page).waitFor({ state: "detached" });
  await page.getByRole("status").filter({ hasText: "Bewaard" }).first().waitFor();
  await page.reload();
  await marieke.running();
  assert.equal(await savings(page).inputValue(), "18.400");
  assert.equal(await unsaved(page).count(), 0);

  // Half an amount is no answer yet. The app says so, and the text is still there.
  await savings(page).fill("19,3,");
  await unsaved(page).waitFor();
  await marieke.crash();
  await marieke.running();
  assert.equal(await savings(marieke.page).inputValue(), "19,3,", "kept letter by letter");
  await unsaved(marieke.page).waitFor();
  await savings(marieke.page).fill("19.300");
  await savings(marieke.page).blur();
  await unsaved(marieke.page).waitFor({ state: "detached" });
  await marieke.page.reload();
  await marieke.running();
  assert.equal(await savings(marieke.page).inputValue(), "19.300");
  assert.equal(await unsaved(marieke.page).count(), 0);
});

test("half a date is there again after the browser was killed, and a whole one is an answer without being left", within, async (t) => {
  const marieke = await client(t, await demo(t));
  await marieke.keptOffline();
  await openSection(marieke.page, "Persoonlijk");
  await choose(marieke.page, /verhuisd/, "Ja");
  const part = (label) => marieke.page.getByRole("group", { name: /sleutel/ }).getByLabel(label).last();
  await part("Dag").pressSequentially("14");
  await part("Maand").pressSequentially("6");
  await unsaved(marieke.page).waitFor();
  await marieke.crash();
  await marieke.running();
  assert.deepEqual([await part("Dag").inputValue(), await part("Maand").inputValue()], ["14", "6"]);
  await unsaved(marieke.page).waitFor();
  await part("Jaar").pressSequentially("2025");
  await unsaved(marieke.page).waitFor({ state: "detached" });
  await marieke.page.reload();
  await marieke.running();
  assert.equal(await part("Jaar").inputValue(), "2025");
  assert.equal(await unsaved(marieke.page).count(), 0);
});

test("a choice is kept when the page is put away before anything was painted", within, async (t) => {
  const marieke = await client(t, await demo(t));
  const { page } = marieke;
  const no = page.getByRole("group", { name: /koopwoning/ }).getByRole("radio", { name: "Nee", exact: true }).first();
  await openSection(page, "Eigen woning");
  await choose(page, /koopwoning/, "Ja");
  await settled(page);
  // A page that nobody sees gets no frames, and one that is left gets no time either.
  await no.evaluate((choice) => {
    window.requestAnimationFrame = () => 0;
    window.setTimeout = () => 0;
    choice.click();
    dispatchEvent(new Event("pagehide"));
  });
  while (!(await hasChanges(page)));
  await page.reload();
  await marieke.running();
  assert.ok(await no.isChecked());
});

test("a page that is put away tells the field that is typed in, and no choice that was made before", within, async (t) => {
  const { page } = await client(t, await demo(t));
  /** Returns the events that the field in use gets when the page is left. */
  const told = () =>
    page.evaluate(() => {
      const events = [];
      const note = ({ target }) => events.push(target.type);
      addEventListener("change", note, true);
      dispatchEvent(new Event("pagehide"));
      removeEventListener("change", note, true);
      return events;
    });
  await openSection(page, "Sparen en beleggen");
  await savings(page).focus();
  assert.deepEqual(await told(), ["text"]);
  await page.goto("/gegevens");
  await page.getByRole("radio", { name: "English" }).check();
  assert.deepEqual(await told(), []);
});
