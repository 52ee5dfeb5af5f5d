// Tests of what each page says if there is nothing yet, if two people differ, and if nothing can be sent.
import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { client, demo } from "./demo.mjs";
import { MARIEKE, invitationLink, inviteHousehold, newFirm, register } from "./firm.mjs";
import { PHONE, person, startServer } from "./harness.mjs";
import { choose, openSection } from "./season.mjs";

const within = { timeout: 240_000 };

test("a firm without clients and a client without tasks read what comes next", within, async (t) => {
  const server = await startServer(t);
  const sanne = await newFirm(t, server);
  await sanne.page.goto("/kantoor/klanten");
  await sanne.page.getByText("Nog geen klanten").waitFor();
  await sanne.accessible();
  await inviteHousehold(sanne);
  const marieke = await person(t, server, { name: "marieke", device: PHONE });
  await register(marieke, await invitationLink(server, MARIEKE.email), "marieke");
  await marieke.page.getByText("U bent helemaal bij. Sanne laat het weten als er iets is.").waitFor();
  await marieke.accessible();
  await marieke.page.getByRole("link", { name: "Archief", exact: true }).click();
  await marieke.page.getByText("Hier komt uw aangifte als hij klaar is.").waitFor();
  await marieke.accessible();
});

test("a detail that both sides changed shows the old one, one's own and theirs", within, async (t) => {
  const server = await startServer(t);
  const sanne = await newFirm(t, server);
  await inviteHousehold(sanne);
  const marieke = await person(t, server, { name: "marieke", device: PHONE });
  await register(marieke, await invitationLink(server, MARIEKE.email), "marieke");
  await marieke.visit("/gegevens");
  const mine = marieke.page.getByRole("region", { name: "Over u" });
  await mine.getByRole("button", { name: "Vul aan Telefoon" }).click();
  await mine.getByLabel("Telefoon").fill("06 1111 1111");
  await mine.getByRole("button", { name: "Klaar" }).click();
  const staged = marieke.page.getByRole("region", { name: "1 wijziging" });
  await staged.getByText("Nog niet verstuurd").waitFor();

  await sanne.page.goto("/kantoor/klanten/10417/2025/berichten");
  const hers = sanne.page.getByRole("region", { name: "Gegevens van Marieke Jansen" });
  await hers.getByText("Pas aan").click();
  await hers.getByLabel("Telefoon").fill("06 2222 2222");
  await hers.getByRole("button", { name: "Opslaan" }).click();
  await hers.getByText("06 2222 2222").waitFor();
  await staged.getByText("heeft dit intussen ook gewijzigd: 06 2222 2222").waitFor();
  await staged.getByText("06 1111 1111").waitFor();
  await marieke.accessible();
});

test("differing answers stand on the overview, and a checklist is handed in without a network", within, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm);
  const thomas = await client(t, firm, "thomas");
  await marieke.keptOffline();
  await marieke.offline();
  await openSection(marieke.page, "Eigen woning");
  await choose(marieke.page, /koopwoning/, "Ja");
  await marieke.page.getByRole("status").filter({ hasText: "Offline" }).waitFor();
  await openSection(thomas.page, "Eigen woning");
  await choose(thomas.page, /koopwoning/, "Nee");
  await thomas.page.getByRole("status").filter({ hasText: "Bewaard" }).waitFor();
  await marieke.offline(false);
  await marieke.visit("/");
  await marieke.page.getByText("Twee antwoorden").waitFor();
  await marieke.accessible();

  await marieke.offline();
  await marieke.page.locator('a[href*="/checklist/"]').first().click();
  await marieke.page.waitForURL("**/checklist/*");
  await marieke.visit(marieke.page.url().replace(/[^/]+$/, "nalezen"));
  await marieke.page.getByRole("button", { name: /^Stuur toch, met/ }).click();
  await marieke.page.getByText("Wacht op verbinding").first().waitFor();
  await marieke.accessible();
  await marieke.offline(false);
  await marieke.page.getByText(/Ontvangen door/).first().waitFor();
});

test("with a network and no way to the server it says so, and is tried at once on request", within, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm);
  await marieke.keptOffline();
  await openSection(marieke.page, "Eigen woning");
  marieke.network.cut(); // the browser still believes that it is online
  await choose(marieke.page, /koopwoning/, "Ja");
  await marieke.page.getByRole("status").filter({ hasText: /Offline|Niet verbonden/ }).first().waitFor();
  await marieke.visit("/");
  await marieke.page.getByText("Versturen lukt nog niet.").waitFor();
  await marieke.accessible();
  assert.equal(await marieke.page.getByText("1 antwoord in uw checklist").count(), 1);
  // The app itself tries less and less often: by now the next attempt is seconds away.
  for (let tries = 0; tries < 5; tries += 1) await once(marieke.network, "refused");
  const tried = once(marieke.network, "refused", { signal: AbortSignal.timeout(5000) });
  await marieke.page.getByRole("button", { name: "Nu proberen" }).click();
  await tried;
  marieke.network.restore();
  await marieke.page.getByText("1 antwoord in uw checklist").waitFor({ state: "hidden" });
});
