// Tests of what the installed app does apart from its pages: files shared by another app, the offer to install, space
// on the
// device.
import assert from "node:assert/strict";
import { test } from "node:test";
import { client, demo } from "./demo.mjs";
import { paperOnTable } from "./season.mjs";
import { taxReturn } from "./paper.mjs";

/** Shares files with the installed app as the system does: posts a form to the share target. */
async function share({ page }, files) {
  await page.evaluate(() => {
    const form = Object.assign(document.createElement("form"), { method: "post", action: "/delen", enctype: "multipart/form-data" });
    const input = Object.assign(document.createElement("input"), { type: "file", name: "bestanden", multiple: true, id: "gedeeld" });
    form.append(input);
    document.body.append(form);
  });
  await page.locator("#gedeeld").setInputFiles(files);
  await page.locator("#gedeeld").evaluate((input) => input.form.submit());
}

test("files that another app shares wait on the page for sending, also without network", { timeout: 180_000 }, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm);
  await marieke.keptOffline();
  await marieke.offline();
  const { page } = marieke;
  await share(marieke, [
    { name: "Jaaropgave München.jpg", mimeType: "image/jpeg", buffer: await paperOnTable(marieke) },
    { name: "WOZ.pdf", mimeType: "application/pdf", buffer: taxReturn(1) },
  ]);
  await page.getByRole("img", { name: "Pagina 1, van Jaaropgave München.jpg" }).waitFor();
  await page.getByRole("button", { name: /Zet 2 documenten klaar/ }).click();
  await page.getByText("2 documenten zijn bewaard").waitFor();
  await page.reload();
  await page.getByRole("heading", { level: 1 }).waitFor();
  assert.equal(await page.getByRole("button", { name: /Zet .* klaar/ }).count(), 0, "they are given once");
  await marieke.offline(false);
  await page.goto("/");
  await page.getByText(/Ontvangen door/).nth(1).waitFor();

  // The app is offered for the home screen only after something was sent.
  await page.evaluate(() => {
    globalThis.asked = 0;
    const event = new Event("beforeinstallprompt", { cancelable: true });
    event.prompt = () => (globalThis.asked += 1);
    dispatchEvent(event);
  });
  await page.getByRole("link", { name: "Archief", exact: true }).click();
  await page.getByRole("link", { name: "Overzicht", exact: true }).click();
  const offer = page.getByRole("heading", { name: "Zet Akkoord op uw beginscherm" });
  await offer.waitFor();
  await marieke.accessible();
  await marieke.shot("client-installeren", { fullPage: true });
  await page.getByRole("button", { name: "Installeer", exact: true }).click();
  await offer.waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => globalThis.asked), 1);
});

test("somebody who does not want the app on the home screen is asked once", { timeout: 180_000 }, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm, "marieke", { userAgent: "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1" });
  const { page } = marieke;
  await page.getByRole("heading", { level: 1, name: /^Goede/ }).waitFor();
  assert.equal(await page.getByRole("heading", { name: "Zet Akkoord op uw beginscherm" }).count(), 0, "not before it was of use");
  await page.goto("/sturen");
  await page.getByLabel("Kies een bestand").setInputFiles([{ name: "WOZ.pdf", mimeType: "application/pdf", buffer: taxReturn(1) }]);
  await page.getByRole("button", { name: "Verstuur 1 document" }).click();
  await page.getByText(/WOZ\.pdf/).first().waitFor();
  await page.getByRole("button", { name: "Verstuur 1 document" }).waitFor({ state: "hidden" });
  await page.goto("/");
  await page.getByText(/Ontvangen door/).first().waitFor();
  await page.reload();
  await page.getByText(/deelknop/).waitFor();
  await page.getByRole("button", { name: "Niet nu" }).click();
  await page.reload();
  await page.getByRole("heading", { level: 1, name: /^Goede/ }).waitFor();
  assert.equal(await page.getByText(/deelknop/).count(), 0);
});

test("Mijn gegevens says how much room the app uses", { timeout: 180_000 }, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm);
  await marieke.page.getByRole("link", { name: "Gegevens", exact: true }).click();
  await marieke.page.getByRole("heading", { name: "Ruimte op dit apparaat" }).waitFor();
  await marieke.page.getByText(/van .* in gebruik/).waitFor();
  await marieke.accessible();
  await marieke.shot("client-gegevens-apparaat", { fullPage: true });
});
