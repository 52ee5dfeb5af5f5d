// Who signs for whom: two directors of a company, a legal representative; and a household with many returns.
import test from "node:test";
import assert from "node:assert/strict";
import { advisor, client, demo } from "./demo.mjs";
import { look } from "./look.mjs";
import { LAPTOP, PHONE } from "./harness.mjs";
import { taxReturn } from "./paper.mjs";
import { readReturn } from "./reader.mjs";

const within = { timeout: 240_000 };
const DOSSIER = "/kantoor/klanten/10417/2025";

/** Sets out a return by the form: its kind, whose it is, its period, and who approves as what by the person's name. */
async function setOut({ page }, { kind, taxpayer, period, capacities = {} }) {
  await page.goto(`${DOSSIER}/akkoord`);
  const section = page.locator("#klaarzetten");
  const pdf = section.getByLabel("PDF van de aangifte");
  if (!(await pdf.isVisible())) await section.locator("summary", { hasText: "Aangifte klaarzetten" }).click();
  await pdf.setInputFiles({ name: "aangifte.pdf", mimeType: "application/pdf", buffer: taxReturn(1) });
  await section.locator("select[name=kind]").selectOption(kind);
  await section.locator("select[name=taxpayer]").selectOption(taxpayer);
  await section.locator("select[name=period]").selectOption(period);
  for (const [name, capacity] of Object.entries(capacities)) {
    await section.getByLabel(`${name} geeft akkoord als`).selectOption(capacity);
  }
  await section.getByRole("button", { name: "Vraag akkoord en mail" }).click();
}

/** Reads and approves a return of the overview; `statement` is what the signed statement has to say. */
async function approve({ page }, name, statement) {
  await page.goto("/");
  await page.getByRole("link", { name }).first().click();
  await readReturn(page);
  await page.getByRole("button", { name: "Geef akkoord" }).click();
  await page.locator(".statement", { hasText: statement }).waitFor();
  await page.getByRole("button", { name: "Ik ga akkoord" }).click();
  await page.getByText("Gecontroleerd: de ondertekening klopt").waitFor();
}

const sectionOf = (page, title) => page.locator("section", { has: page.getByRole("heading", { name: title }) }).last();

test("both directors of a company have to sign, and the mark that it was filed can be undone", within, async (t) => {
  const firm = await demo(t);
  const sanne = await advisor(t, firm);
  await setOut(sanne, { kind: "vpb", taxpayer: "company", period: "2025" });
  const own = sectionOf(sanne.page, "Aangifte VPB 2025, versie 1");
  await own.getByText("0 van 2 akkoord").waitFor();
  const filing = own.getByRole("button", { name: "Markeer als verstuurd", exact: true });
  for (const [name, given, state] of [["marieke", 1, "one is not enough"], ["thomas", 2, "both have signed"]]) {
    const someone = await client(t, firm, name);
    await approve(someone, /Aangifte VPB 2025/, "als bestuurder");
    await sanne.page.goto(`${DOSSIER}/akkoord`);
    await own.getByText(`${given} van 2 akkoord`).waitFor();
    assert.equal(await filing.count(), given === 2 ? 1 : 0, state);
  }
  await filing.click();
  await own.getByText("Verstuurd aan de Belastingdienst").first().waitFor();
  if (!(await own.getByRole("button", { name: "Maak ‘verstuurd’ ongedaan" }).isVisible())) await own.getByText("2 van 2 akkoord").click();
  await own.getByRole("button", { name: "Maak ‘verstuurd’ ongedaan" }).click();
  await filing.waitFor();
});

test("a legal representative signs for somebody who is not asked, and the statement says so", within, async (t) => {
  const firm = await demo(t);
  const sanne = await advisor(t, firm);
  const capacities = { Marieke: "legal_representative", Thomas: "no" };
  await setOut(sanne, { kind: "ib_migration", taxpayer: { label: "Thomas Bakker" }, period: "2025", capacities });
  const own = sectionOf(sanne.page, "Aangifte IB (M) 2025, versie 1");
  await own.getByText("0 van 1 akkoord").waitFor();
  const thomas = await client(t, firm, "thomas");
  assert.equal(await thomas.page.getByText("Aangifte IB (M) 2025").count(), 0, "he is not asked");
  const marieke = await client(t, firm);
  await approve(marieke, /Aangifte IB \(M\) 2025/, /van Thomas Bakker\. .*Ik, Marieke Jansen, ga akkoord als wettelijk vertegenwoordiger\./s);
  await sanne.page.goto(`${DOSSIER}/akkoord`);
  await own.getByText("1 van 1 akkoord").waitFor();
  await own.getByRole("button", { name: "Markeer als verstuurd", exact: true }).waitFor();
});

test("nineteen returns of a household stand side by side, on the phone and on the laptop", within, async (t) => {
  const firm = await demo(t);
  const sanne = await advisor(t, firm);
  await sanne.page.goto(`${DOSSIER}/akkoord`);
  const quarters = [1, 2, 3, 4].map((n) => ["ob", `2025-Q${n}`]);
  const months = Array.from({ length: 12 }, (_, n) => ["lh", `2025-${String(n + 1).padStart(2, "0")}`]);
  const returns = [...quarters, ...months, ["vpb", "2025"]];
  const refused = await sanne.page.evaluate(async ({ returns, pdf }) => {
    const refused = [];
    for (const [kind, period] of returns) {
      const form = new FormData();
      for (const [name, value] of Object.entries({ kind, period, taxpayer: "company" })) form.set(name, value);
      form.set("file", new File([Uint8Array.from(pdf)], `${kind}.pdf`, { type: "application/pdf" }));
      const answer = await fetch(location.pathname, { method: "POST", body: form, redirect: "manual" });
      if (answer.type !== "opaqueredirect") refused.push(`${kind} ${period}: ${answer.status}`);
    }
    return refused;
  }, { returns, pdf: [...taxReturn(1)] });
  assert.deepEqual(refused, []);
  await sanne.page.goto(`${DOSSIER}/akkoord`);
  assert.equal(await sanne.page.getByRole("heading", { name: /versie 1$/ }).count(), 18, "with the joint income tax");
  await look(sanne, "huishouden-kantoor");
  const marieke = await client(t, firm);
  await marieke.page.getByRole("link", { name: /16 aangiften om goed te keuren.*en nog 13/s }).waitFor();
  for (const [name, { viewport }] of [["phone", PHONE], ["laptop", LAPTOP]]) {
    await marieke.page.setViewportSize(viewport);
    await look(marieke, `huishouden-overzicht-${name}`);
    const wide = await marieke.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    assert.equal(wide, false, `nothing scrolls sideways: ${name}`);
  }
});
