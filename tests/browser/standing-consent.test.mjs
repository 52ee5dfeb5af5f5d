// A standing consent for VAT: asked in the console, signed in the app, and used for returns that nobody approves.
import test from "node:test";
import assert from "node:assert/strict";
import { advisor, client, demo } from "./demo.mjs";
import { look } from "./look.mjs";
import { paperOf } from "./paper.mjs";
import { readReturn } from "./reader.mjs";

const within = { timeout: 240_000 };
const DOSSIER = "/kantoor/klanten/10417/2025";

test("a return is filed by a standing consent that the client signed and can withdraw", within, async (t) => {
  const firm = await demo(t);
  const sanne = await advisor(t, firm);
  const desk = sanne.page;
  await desk.goto(`${DOSSIER}/akkoord`);
  const form = desk.locator("#toestemming");
  await form.locator("summary", { hasText: "Vaste toestemming vragen" }).click();
  await form.getByLabel("Van", { exact: true }).selectOption({ label: "Marieke Jansen" });
  await form.getByRole("button", { name: "Vraag toestemming en mail" }).click();
  await desk.getByText("Kies ten minste één soort.").waitFor();
  await look(sanne, "toestemming-vragen");
  await form.getByLabel("aangifte omzetbelasting", { exact: true }).check();
  await form.getByRole("button", { name: "Vraag toestemming en mail" }).click();
  await desk.getByRole("heading", { name: "Vaste toestemming 2025, versie 1" }).waitFor();

  const marieke = await client(t, firm);
  const { page } = marieke;
  await page.getByRole("link", { name: /Vaste toestemming 2025/ }).first().click();
  await page.getByRole("heading", { name: "Geeft u vaste toestemming?" }).waitFor();
  await readReturn(page, "Lees de toestemming");
  await look(marieke, "toestemming-lezen");
  await page.getByRole("button", { name: "Geef akkoord" }).click();
  await page.getByRole("heading", { name: "Geef akkoord met uw toestemming" }).waitFor();
  await look(marieke, "toestemming-tekenen");
  await page.getByRole("button", { name: "Ik ga akkoord" }).click();
  await page.getByText("Gecontroleerd: de ondertekening klopt").waitFor();
  await page.getByText("Dat kan altijd. Wat al is verstuurd, blijft verstuurd.").waitFor();
  await look(marieke, "toestemming-getekend");

  await desk.goto(`${DOSSIER}/akkoord`);
  await desk.getByLabel("Zet PDF's klaar").setInputFiles({
    name: "Aangifte.pdf",
    mimeType: "application/pdf",
    buffer: paperOf(["Aangifte omzetbelasting", "2e kwartaal 2025", "Marieke Jansen", "5g Totaal te betalen 1.231"]),
  });
  await desk.getByText("Dit is gelezen in de PDF").waitFor();
  const proposed = desk.locator("#klaarzetten");
  await proposed.getByLabel("Van", { exact: true }).selectOption({ label: "Marieke Jansen" });
  await proposed.getByLabel("Wie geeft wanneer akkoord").selectOption("standing_consent");
  await proposed.getByRole("button", { name: "Vraag akkoord en mail" }).click();
  const heading = desk.getByRole("heading", { name: "Aangifte OB 2e kwartaal 2025, versie 1" });
  await heading.waitFor();
  await look(sanne, "toestemming-gebruikt");

  await page.goto("/");
  await page.getByRole("link", { name: /Aangifte OB 2e kwartaal 2025/ }).first().click();
  await page.getByRole("heading", { name: "Ter informatie: uw aangifte" }).waitFor();
  await page.getByText("Op grond van uw vaste toestemming").waitFor();
  await look(marieke, "op-grond-van-toestemming");
  assert.equal(await page.getByRole("button", { name: "Geef akkoord" }).count(), 0);

  const section = desk.locator("section", { has: heading });
  await section.getByRole("button", { name: "Markeer als verstuurd" }).click();
  await desk.getByText("Verstuurd op grond van vaste toestemming").waitFor();
  await page.goto("/archief/2025");
  await page.getByText(/op grond van uw vaste toestemming/).waitFor();
  await look(marieke, "toestemming-archief");
});
