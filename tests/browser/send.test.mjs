// Tests of sending: photographs become one document, are checked, turned and put in order; the app says why a file
// cannot
// be sent; an upload waits and continues; and all of it works without a network and after a reload.
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { advisor, client, demo } from "./demo.mjs";
import { taxReturn } from "./paper.mjs";

const within = { timeout: 240_000 };
const file = (name, mimeType, buffer) => ({ name, mimeType, buffer });
const jpeg = (name, buffer) => file(name, "image/jpeg", buffer);
const choose = (page, ...files) => page.getByLabel("Kies een bestand").setInputFiles(files);

/** Makes a photograph of a document, blurred by `blur` pixels; it is wider than high if it lies on its side. */
async function paper({ page }, title, { blur = 0, lying = false } = {}) {
  const url = await page.evaluate(
    ([title, blur, lying]) => {
      const [width, height] = lying ? [1600, 1200] : [1200, 1600];
      const sheet = Object.assign(document.createElement("canvas"), { width, height });
      const draw = sheet.getContext("2d");
      draw.fillStyle = "#f7f5f0";
      draw.fillRect(0, 0, width, height);
      draw.fillStyle = "#1f2a44";
      draw.font = "bold 60px sans-serif";
      draw.fillText(title, 90, 150);
      draw.font = "28px sans-serif";
      for (let line = 0; line < 24; line += 1) draw.fillText(`Loon voor de loonbelasting ${line} € 41.260 heffing € 10.655`, 90, 240 + line * 44);
      const photo = Object.assign(document.createElement("canvas"), { width, height });
      const seen = photo.getContext("2d");
      seen.filter = blur ? `blur(${blur}px)` : "none";
      seen.drawImage(sheet, 0, 0);
      return photo.toDataURL("image/jpeg", 0.9);
    },
    [title, blur, lying],
  );
  return Buffer.from(url.split(",")[1], "base64");
}

/** Reads a PDF strictly: every entry of its table must point at its object. */
function readPdf(bytes) {
  const text = bytes.toString("latin1");
  assert.match(text, /^%PDF-1\.\d\n/);
  const start = Number(text.match(/startxref\n(\d+)\n%%EOF\n$/)[1]);
  const [, count] = text.slice(start).match(/^xref\n0 (\d+)\n0000000000 65535 f \n/);
  const entries = [...text.slice(start).matchAll(/(\d{10}) 00000 n \n/g)].map(([, offset]) => Number(offset));
  assert.equal(entries.length, Number(count) - 1);
  entries.forEach((offset, i) => assert.ok(text.startsWith(`${i + 1} 0 obj\n`, offset), `object ${i + 1} is not at ${offset}`));
  for (const [, length, at] of [...text.matchAll(/\/DCTDecode \/Length (\d+) >>\nstream\n/g)].map((m) => [0, Number(m[1]), m.index + m[0].length])) {
    assert.ok(text.startsWith("\nendstream", at + length), "a picture is as long as it says");
    assert.ok(text.startsWith("\u00ff\u00d8", at) && text.startsWith("\u00ff\u00d9", at + length - 2), "and a whole JPEG");
  }
  return [...text.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, w, h]) => (Number(w) > Number(h) ? "landscape" : "portrait"));
}

/** Returns the bytes of the newest document that the firm received. */
async function received(server) {
  const { readdir, readFile, stat } = await import("node:fs/promises");
  const found = [];
  for (const entry of await readdir(server.data, { recursive: true, withFileTypes: true })) {
    const name = path.join(entry.parentPath ?? entry.path, entry.name);
    // A copy that browsers show is another file.
    if (!entry.isFile() || name.includes("/copies/")) continue;
    const bytes = await readFile(name);
    if (bytes.subarray(0, 5).toString() === "%PDF-") found.push({ bytes, at: (await stat(name)).mtimeMs });
  }
  return found.sort((a, b) => b.at - a.at)[0].bytes;
}

const pages = (page) => page.getByRole("group", { name: "Pagina’s" }).getByRole("button", { name: /^Pagina \d+$/ });
const tool = (page, name) => page.getByRole("toolbar").getByRole("button", { name, exact: true });
const large = (page, n, name) => page.getByRole("img", { name: `Pagina ${n}, van ${name}` });

test("photographs become one PDF: turned, in order, one taken away; over a closed browser, and without a network", within, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm);
  const { page } = marieke;
  await marieke.keptOffline();
  await marieke.offline();
  await page.getByRole("link", { name: "Sturen", exact: true }).click();
  await choose(
    page,
    jpeg("IMG_1.jpg", await paper(marieke, "Eerste", { lying: true })),
    jpeg("IMG_2.jpg", await paper(marieke, "Tweede")),
    jpeg("IMG_3.jpg", await paper(marieke, "Derde")),
    jpeg("IMG_4.jpg", await paper(marieke, "Vierde", { lying: true })),
  );
  await page.getByRole("button", { name: "Zet 4 pagina’s klaar" }).waitFor();
  await large(page, 1, "IMG_1.jpg").waitFor();
  assert.equal(await tool(page, "Eerder").getAttribute("aria-disabled"), "true", "the first page cannot be earlier");
  assert.equal(await page.getByText("lijkt onscherp").count(), 0);
  await marieke.accessible("sending pages");
  await marieke.shot("sturen-paginas", { fullPage: true });

  // The first photograph, which lies on its side, is turned upright and becomes the second.
  await tool(page, "Draai").click();
  await page.waitForFunction(() => {
    const image = document.querySelector("figure img");
    return image?.complete && image.naturalHeight > image.naturalWidth;
  });
  await tool(page, "Later").click();
  await large(page, 2, "IMG_1.jpg").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.textContent.trim()), "Later", "the hand stays where it is");

  // Nothing of it is lost when the phone closes the app.
  await marieke.reopen();
  await marieke.running();
  const again = marieke.page;
  await again.getByRole("button", { name: "Zet 4 pagina’s klaar" }).waitFor();
  await large(again, 1, "IMG_2.jpg").waitFor();
  await again.getByRole("button", { name: "Pagina 3", exact: true }).click();
  await large(again, 3, "IMG_3.jpg").waitFor();
  await tool(again, "Verwijder").click();
  await large(again, 3, "IMG_4.jpg").waitFor();
  assert.equal(await pages(again).count(), 3);
  await again.getByLabel("Wat voor document is het?").selectOption({ label: "WOZ-beschikking" });
  await again.getByRole("radio", { name: "Ander jaar" }).check();
  await again.getByRole("button", { name: "Zet 3 pagina’s klaar" }).click();
  await again.getByText("Vul het jaar in met vier cijfers").waitFor();
  await again.getByLabel("Welk jaar?").fill("2023");
  await again.getByLabel(/Wilt u er iets bij zeggen/).fill("Dit was ons vorige huis.");
  await again.getByRole("button", { name: "Zet 3 pagina’s klaar" }).click();
  await again.getByText("1 document is bewaard").waitFor();
  await again.reload();
  await marieke.running();
  const sent = again.getByRole("region", { name: "Door u gestuurd" });
  await sent.getByText("WOZ-beschikking 2023.pdf").waitFor();
  assert.equal(await pages(again).count(), 0, "the pile is given");
  await marieke.offline(false);
  await sent.getByText(/Ontvangen door/).waitFor();
  assert.deepEqual(readPdf(await received(firm.server)), ["portrait", "portrait", "landscape"]);

  const sanne = await advisor(t, firm);
  await sanne.page.goto("/kantoor/klanten/10417/2025");
  await sanne.page.getByText("WOZ-beschikking, over 2023").waitFor();
  await sanne.page.getByText("Dit was ons vorige huis.").waitFor();
});

test("what cannot be sent well says which page, and what to do", within, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm);
  const { page } = marieke;
  await page.goto("/sturen");
  const sharp = await paper(marieke, "Scherp");
  await choose(page, jpeg("scherp.jpg", sharp), jpeg("onscherp.jpg", await paper(marieke, "Onscherp", { blur: 7 })));
  await page.getByText("Pagina 2 lijkt onscherp").waitFor();
  assert.equal(await page.getByText("Pagina 1 lijkt onscherp").count(), 0);
  await marieke.shot("sturen-onscherp", { fullPage: true });
  await page.getByRole("button", { name: "Pagina 2", exact: true }).click();
  await tool(page, "Verwijder").click();
  await page.getByText("Pagina 2 lijkt onscherp").waitFor({ state: "detached" });

  // The same photograph is recognised, first among those to be sent, then among those that were sent.
  await choose(page, jpeg("zelfde.jpg", sharp));
  await page.getByText("zelfde.jpg staat er al bij").waitFor();
  await page.getByRole("button", { name: "Verstuur 1 document" }).click();
  await page.getByText("1 document is bewaard").waitFor();
  await choose(page, jpeg("nog-eens.jpg", sharp));
  await page.getByText(/nog-eens\.jpg heeft u al gestuurd/).waitFor();

  // A photograph that this browser cannot read is sent unchanged, and the app says so.
  const heic = Buffer.concat([Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"), Buffer.alloc(64)]);
  await choose(page, file("IMG_9.HEIC", "image/heic", heic), file("brief.docx", "application/msword", Buffer.from("PK")));
  await page.getByText("IMG_9.HEIC is een HEIC-foto").waitFor();
  await page.getByText("brief.docx kunnen we niet lezen").waitFor();
  await page.getByRole("button", { name: "Verstuur 1 document" }).click();
  await page.getByRole("region", { name: "Door u gestuurd" }).getByText("IMG_9.HEIC").waitFor();
});

test("an upload waits when it is told to, also over a reload, and goes on where it was", within, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm);
  const { page } = marieke;
  await marieke.keptOffline();
  await marieke.offline();
  await page.goto("/sturen");
  const big = taxReturn("x".repeat(2 * 1024 * 1024));
  await choose(page, file("groot.pdf", "application/pdf", big));
  await page.getByRole("button", { name: "Zet 1 document klaar" }).click();
  const sent = page.getByRole("region", { name: "Door u gestuurd" });
  await sent.getByRole("button", { name: "Pauzeer versturen van groot.pdf" }).click();
  await sent.getByText(/Gepauzeerd/).waitFor();
  await marieke.offline(false);
  await page.reload();
  await marieke.running();
  await page.getByRole("status").filter({ hasText: "Versturen" }).or(page.getByRole("status").filter({ hasText: "Bewaard" })).first().waitFor();
  await sent.getByText(/Gepauzeerd/).waitFor();
  await page.goto("/");
  await page.getByText(/Gepauzeerd/).waitFor();
  assert.equal(await page.getByText(/Ontvangen door/).count(), 0);
  await page.getByRole("button", { name: "Ga verder met versturen van groot.pdf" }).click();
  await page.getByText(/Ontvangen door/).first().waitFor();
});
