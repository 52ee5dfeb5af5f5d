// Tax returns as an office knows them: several of a year side by side, each with its taxpayer, kind and period.
import test from "node:test";
import assert from "node:assert/strict";
import { advisor, client, demo } from "./demo.mjs";
import { look } from "./look.mjs";
import { LAPTOP, PHONE } from "./harness.mjs";
import { paperOf, taxReturn } from "./paper.mjs";
import { readReturn } from "./reader.mjs";

const within = { timeout: 240_000 };
const DOSSIER = "/kantoor/klanten/10417/2025";

/** Sets out a return of the company by the form for another one. */
async function setOut({ page }, { kind, period, amount, further }) {
  await page.goto(`${DOSSIER}/akkoord`);
  const section = page.locator("#klaarzetten");
  if (!(await section.getByLabel("PDF van de aangifte").isVisible())) {
    await section.locator("summary", { hasText: "Aangifte klaarzetten" }).click();
  }
  await section.getByLabel("PDF van de aangifte").setInputFiles({ name: "aangifte.pdf", mimeType: "application/pdf", buffer: taxReturn(1) });
  await section.locator("select[name=kind]").selectOption(kind);
  await section.locator("select[name=taxpayer]").selectOption("company");
  await section.locator("select[name=period]").selectOption(period);
  if (further) {
    await section.locator("summary", { hasText: "Tijdvak met eigen dagen" }).click();
    await section.locator("select[name=further]").selectOption("yes");
  }
  await section.locator("summary", { hasText: "Bijdrage Zvw" }).click();
  await section.locator("select[name=way_outcome_company]").selectOption("pay");
  await section.locator("input[name=outcome_company]").fill(amount);
  await section.getByRole("button", { name: "Vraag akkoord en mail" }).click();
}

/** Looks at a page on the phone and on a laptop. */
async function looks(someone, name) {
  await look(someone, `${name}-phone`);
  await someone.page.setViewportSize(LAPTOP.viewport);
  await look(someone, `${name}-laptop`);
  await someone.page.setViewportSize(PHONE.viewport);
}

test("the returns of a company's year stand side by side, and each is approved as what it is", within, async (t) => {
  const firm = await demo(t);
  const sanne = await advisor(t, firm);
  const { page } = sanne;
  for (const quarter of [1, 2, 3, 4]) {
    await setOut(sanne, { kind: "ob", period: `2025-Q${quarter}`, amount: "1.284" });
    await page.getByRole("heading", { name: `Aangifte OB ${quarter}e kwartaal 2025, versie 1` }).waitFor();
  }
  await setOut(sanne, { kind: "suppletie_ob", period: "2025-Q2", amount: "312" });
  await page.getByRole("heading", { name: "Suppletie OB 2e kwartaal 2025, versie 1" }).waitFor();
  await setOut(sanne, { kind: "suppletie_ob", period: "2025-Q2", amount: "55", further: true });
  await page.getByRole("heading", { name: "Suppletie OB 2e kwartaal 2025 (2), versie 1" }).waitFor();
  await setOut(sanne, { kind: "ob", period: "2025-02", amount: "1" });
  await page.getByText("Er is al een aangifte over een tijdvak dat hiermee overlapt.").waitFor();
  await look(sanne, "aangiften-klaarzetten");
  await page.goto(`${DOSSIER}/akkoord`);
  assert.equal(await page.getByText("Vervallen").count(), 0, "none of them took the place of another");
  await look(sanne, "aangiften-kantoor");

  const marieke = await client(t, firm);
  await look(marieke, "aangiften-overzicht");
  await marieke.page.getByText(/Aangifte OB 3e kwartaal 2025/).first().waitFor();
  await marieke.page.getByRole("link", { name: /6 stukken om goed te keuren/ }).click();
  await marieke.page.getByText(/^1 van 6/).waitFor();
  await look(marieke, "aangiften-lezen");
});

test("a return is set out from its PDF with at most four presses, and asks where it is there already", within, async (t) => {
  const firm = await demo(t);
  const sanne = await advisor(t, firm);
  const { page } = sanne;
  let presses = 0;
  const press = (what) => {
    presses += 1;
    return what.click();
  };
  const drop = async (lines) => {
    const chooser = page.waitForEvent("filechooser");
    await press(page.getByLabel("Zet PDF's klaar"));
    await (await chooser).setFiles({ name: "Aangifte.pdf", mimeType: "application/pdf", buffer: paperOf(lines) });
    await page.getByText("Dit is gelezen in de PDF").waitFor();
  };
  await page.goto(DOSSIER);
  await press(page.getByRole("link", { name: "Akkoord en tijdlijn" }));
  await drop(["Aangifte omzetbelasting", "2e kwartaal 2025", "OB-nummer 111222333B01", "5g Totaal te betalen 1.231"]);
  await look(sanne, "aangifte-gelezen");
  await press(page.getByRole("button", { name: "Vraag akkoord en mail" }));
  await page.getByRole("heading", { name: "Aangifte OB 2e kwartaal 2025, versie 1" }).waitFor();
  assert.ok(presses <= 4, `${presses} presses`);
  await page.getByText("€ 1.231 te betalen").first().waitFor();

  await drop(["Aangifte omzetbelasting", "2e kwartaal 2025", "OB-nummer 111222333B01", "5g Totaal te betalen 1.300"]);
  await page.getByText("staat er al").waitFor();
  await page.getByLabel("Is dit dezelfde aangifte als er al staat?").selectOption("yes");
  await look(sanne, "aangifte-staat-er-al");
  await page.getByRole("button", { name: "Vraag akkoord en mail" }).click();
  await page.getByRole("heading", { name: "Aangifte OB 2e kwartaal 2025 (2), versie 1" }).waitFor();
});

test("small returns are read one after the other, and one press without a network signs them all", within, async (t) => {
  const firm = await demo(t);
  const sanne = await advisor(t, firm);
  for (const quarter of [1, 2, 3]) {
    await setOut(sanne, { kind: "ob", period: `2025-Q${quarter}`, amount: "1.284" });
    await sanne.page.getByRole("heading", { name: `Aangifte OB ${quarter}e kwartaal 2025, versie 1` }).waitFor();
  }
  const marieke = await client(t, firm);
  await marieke.keptOffline();
  const { page } = marieke;
  await page.getByRole("link", { name: /3 aangiften om goed te keuren/ }).click();
  for (const [at, next] of [[1, "Volgende"], [2, "Volgende"], [3, "Naar akkoord geven"]]) {
    await page.getByText(new RegExp(`^${at} van 3`)).waitFor();
    assert.equal(await page.getByRole("button", { name: next }).getAttribute("aria-disabled"), "true", "it was not on the screen yet");
    await readReturn(page);
    if (at === 2) await looks(marieke, "samen-lezen");
    await page.getByRole("button", { name: next }).click();
  }
  await page.getByRole("heading", { name: "Geef akkoord met 3 aangiften" }).waitFor();
  assert.equal(await page.locator(".statement").count(), 3);
  await looks(marieke, "samen-tekenen");

  await marieke.offline();
  await page.getByRole("button", { name: "Ik ga akkoord" }).click();
  await page.getByText("Ondertekend op dit apparaat").waitFor();
  await looks(marieke, "samen-getekend");
  // Meanwhile the firm sets out another version of one of them.
  await setOut(sanne, { kind: "ob", period: "2025-Q2", amount: "1.300" });
  await sanne.page.getByRole("heading", { name: "Aangifte OB 2e kwartaal 2025, versie 2" }).waitFor();
  await marieke.offline(false);
  await page.getByText("Dit telde niet mee: Aangifte OB 2e kwartaal 2025.").waitFor();
  await page.getByText("U heeft met één handtekening akkoord gegeven met 2 aangiften.").waitFor();
  await looks(marieke, "samen-deels");
  await page.getByRole("link", { name: /Aangifte OB 1e kwartaal 2025/ }).click();
  await page.getByText("Gecontroleerd: de ondertekening klopt").waitFor();
});

test("what is to be paid comes to the client once the return is filed, and is reported as paid without a network", within, async (t) => {
  const firm = await demo(t);
  const sanne = await advisor(t, firm);
  const { page } = sanne;
  await setOut(sanne, { kind: "ob", period: "2025-Q2", amount: "1.284" });
  const own = page.locator("section", { has: page.getByRole("heading", { name: "Aangifte OB 2e kwartaal 2025, versie 1" }) }).last();
  await own.locator("summary", { hasText: "Toch markeren als verstuurd" }).click();
  await own.getByLabel("Waarom zonder akkoord").fill("Telefonisch akkoord");
  await own.getByRole("button", { name: "Toch markeren als verstuurd" }).click();
  assert.equal(await own.getByLabel("Te betalen").inputValue(), "1.284", "the result is proposed");
  await own.getByLabel("Betalingskenmerk").fill("1999 9900 2160 1211");
  await own.getByRole("button", { name: "Geef door aan de klant" }).click();
  await own.getByText("Dit betalingskenmerk klopt niet").waitFor();
  await own.getByLabel("Betalingskenmerk").fill("1999 9900 2160 1210");
  await look(sanne, "betaling-doorgeven");
  await own.getByRole("button", { name: "Geef door aan de klant" }).click();
  await own.getByText("€ 1.284 te betalen voor").waitFor();

  const marieke = await client(t, firm);
  await marieke.page.getByRole("link", { name: /Betaal € 1\.284: Aangifte OB 2e kwartaal 2025/ }).click();
  await marieke.page.getByRole("img", { name: /^QR-code voor uw bank: € 1\.284/ }).waitFor();
  await look(marieke, "betalen");
  await marieke.offline();
  await marieke.page.getByRole("button", { name: "Ik heb betaald" }).click();
  await marieke.page.getByText("Betaald, volgens Marieke").waitFor();
  await marieke.offline(false);
  await page.goto(`${DOSSIER}/akkoord`);
  await page.getByText("Betaald, volgens Marieke").first().waitFor();

  await page.goto("/kantoor/aangiften?jaar=2025");
  assert.equal(await page.getByRole("row", { name: /Kuiper Bouw/ }).count(), 5, "four quarters and the corporation tax");
  await look(sanne, "aangiften-tabel");
  await page.getByLabel("Soort").selectOption("vpb");
  await page.getByRole("button", { name: "Pas toe" }).click();
  assert.equal(await page.locator("tbody tr").count(), 1);
});
