// Tests of the firm's audit log: what an administrator sees of it, exports, and checks without the server.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { BINARY, LAPTOP, PHONE, startServer } from "./harness.mjs";
import { inviteHousehold, newFirm } from "./firm.mjs";

/** Runs `akkoord audit verify`. Returns its exit code and its output. */
const verify = (...files) =>
  new Promise((resolve) => execFile(BINARY, ["audit", "verify", ...files], (error, said) => resolve({ code: error?.code ?? 0, said })));

test("an administrator downloads the log, and a cut or changed one is found", { timeout: 180_000 }, async (t) => {
  const server = await startServer(t);
  const sanne = await newFirm(t, server);
  const { page } = sanne;
  await inviteHousehold(sanne);
  await page.goto("/kantoor/portaal");
  await page.getByRole("link", { name: "Auditlog", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "Auditlog" }).waitFor();
  const download = async () => {
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Download het auditlog" }).click()]);
    assert.match(file.suggestedFilename(), /^auditlog-\d{4}-\d{2}-\d{2}\.jsonl$/);
    return file.path();
  };
  const first = await download();
  await page.reload();
  await page.getByRole("listitem").filter({ hasText: /gebeurtenis/ }).first().waitFor();

  for (const [device, { viewport }] of [["phone", PHONE], ["laptop", LAPTOP]]) {
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize(viewport);
      await sanne.shot(`console-auditlog-${device}-${colorScheme}`, { fullPage: true });
      await sanne.accessible(`the audit log, ${device}, ${colorScheme}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${device} scrolls sideways`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(LAPTOP.viewport);

  const [point] = await Promise.all([page.waitForEvent("download"), page.getByRole("listitem").getByRole("link", { name: /^Download/ }).first().click()]);
  assert.match(point.suggestedFilename(), /^controlepunt-\d{4}-\d{2}-\d{2}\.json$/);
  const checkpoint = await point.path();
  const second = await download();
  for (const kept of [checkpoint, first]) {
    const checked = await verify(second, "--checkpoint", kept);
    assert.equal(checked.code, 0, checked.said);
    assert.match(checked.said, /^KLOPT: \d+ gebeurtenissen/);
  }
  const text = await readFile(second, "utf8");
  const forged = path.join(server.data, "forged.jsonl");
  for (const other of [text.split("\n").toSpliced(2, 1).join("\n"), text.slice(0, -200), text.replace("person_invited", "person_invitee")]) {
    await writeFile(forged, other);
    const checked = await verify(forged);
    assert.equal(checked.code, 1, checked.said);
    assert.match(checked.said, /^KLOPT NIET/);
  }
});
