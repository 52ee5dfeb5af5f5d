// Tests of signing when the passkey fails and there is no network: the device's own key, prepared beforehand, and the
// passkey's confirmation when the network is back.
import { test } from "node:test";
import { client, demo } from "./demo.mjs";
import { readReturn } from "./reader.mjs";

test("an approval is signed offline by the device when the passkey fails, and confirmed online with one press", { timeout: 180_000 }, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm);
  const { page } = marieke;
  await marieke.keptOffline();

  // The key is prepared while online, with one press.
  await page.getByRole("link", { name: "Gegevens", exact: true }).click();
  await page.getByRole("button", { name: "Maak dit apparaat klaar" }).click();
  await page.getByText("Dit apparaat kan voor u tekenen").waitFor();
  await page.getByRole("button", { name: "Laat zien waar ik ben ingelogd" }).click();
  await page.getByText("Tekent ook zonder passkey").waitFor();
  await marieke.shot("apparaat-klaar");
  const told = await firm.server.mail({ to: "marieke", subject: /Een apparaat kan nu voor u tekenen/ });
  if (!/dit-was-ik-niet#/.test(told.text)) throw new Error(`no way to say that it was somebody else:\n${told.text}`);

  // The passkey comes first, and the device only if it fails or there is no network.
  await page.getByRole("link", { name: "Overzicht", exact: true }).click();
  await page.getByRole("link", { name: "Bekijk uw aangifte" }).click();
  await page.waitForURL("**/akkoord");
  const approve = page.url();
  await readReturn(page);
  await page.getByRole("button", { name: "Geef akkoord" }).click();
  const second = page.getByRole("button", { name: "Onderteken met dit apparaat" });
  await page.getByRole("button", { name: "Ik ga akkoord" }).waitFor();
  if (await second.count()) throw new Error("online and before anything failed the passkey is the only way");

  await marieke.offline();
  await page.goto(approve);
  await marieke.running();
  await page.getByRole("button", { name: "Geef akkoord" }).click();
  await marieke.recognised(false);
  await page.getByRole("button", { name: "Ik ga akkoord" }).click();
  await page.getByText("U heeft nog niet getekend").waitFor();
  await marieke.shot("tekenen-met-apparaat");
  await marieke.accessible();
  await second.click();
  await page.getByText("Ondertekend op dit apparaat").first().waitFor();
  await page.getByText("Dit apparaat, nog niet bevestigd met passkey").waitFor();

  // Online, the approval is received and checked, and the passkey is asked for once.
  await marieke.offline(false);
  await page.getByText("Gecontroleerd: de ondertekening klopt").waitFor();
  await page.goto("/");
  await marieke.running();
  const confirm = page.getByRole("button", { name: "Bevestig met passkey" });
  await confirm.waitFor();
  await marieke.shot("akkoord-bevestigen");
  await marieke.accessible();
  await confirm.click();
  await page.getByText("U heeft nog niet getekend").waitFor();
  await marieke.recognised(true);
  await confirm.click();
  await confirm.waitFor({ state: "detached" });
  await page.goto(approve.replace(/akkoord$/, "bewijs"));
  await marieke.running();
  await page.getByText("Dit apparaat, bevestigd met passkey").waitFor();
});
