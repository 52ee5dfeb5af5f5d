// Tests of mails in the console: the editor with and without script, the outbox, and the settings of when mails are
// sent.
import assert from "node:assert/strict";
import net from "node:net";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { startServer } from "./harness.mjs";
import { inviteHousehold, newFirm, withoutScript, MARIEKE } from "./firm.mjs";

const within = { timeout: 240_000 };
const TASK = "/kantoor/sjablonen/task/nl";

async function firm(t) {
  const server = await startServer(t);
  const sanne = await newFirm(t, server);
  await inviteHousehold(sanne);
  return { server, sanne, page: sanne.page };
}

test("a mail is written with its variables standing out, tried, saved, and gone back on", within, async (t) => {
  const { server, sanne, page } = await firm(t);
  await page.goto("/kantoor");
  await page.getByRole("link", { name: "E-mailsjablonen" }).click();
  await page.getByRole("link", { name: "Nieuwe taak", exact: true }).click();
  const subject = page.getByLabel("Onderwerp");
  const preview = page.frameLocator(".mailbox__frame:not([hidden])");
  await preview.getByText("Beste Marieke,").first().waitFor();
  assert.ok((await page.locator(".marked__known").count()) > 5, "variables stand out");
  assert.equal(await page.locator(".marked__unknown").count(), 0);

  await subject.fill("Voor u: {taken} ");
  await page.locator(".marked__unknown").waitFor();
  await preview.getByText("de variabele {taken} bestaat niet").waitFor();
  await page.getByRole("button", { name: "Opslaan" }).first().click();
  await page.getByText("Er is nog niets opgeslagen").waitFor();
  await page.getByText("Regel 1, teken 9: de variabele {taken} bestaat niet in deze mail.").waitFor();
  assert.equal(await subject.inputValue(), "Voor u: {taken}");

  await subject.fill("Klaar voor ");
  await page.getByRole("button", { name: "Voeg voornaam in" }).click();
  assert.equal(await subject.inputValue(), "Klaar voor {voornaam}");
  await preview.getByText("Klaar voor Marieke").first().waitFor();
  await sanne.shot("console-mail-editor");
  await page.getByRole("button", { name: "Stuur test naar mij" }).click();
  await page.getByText("De test is onderweg naar sanne@wilgenhof.example").waitFor();
  const test = await server.mail({ to: "sanne@", subject: /^Klaar voor Marieke/ });
  assert.match(test.text, /Beste Marieke,/);
  await page.getByRole("button", { name: "Opslaan" }).first().click();
  await page.getByText("Opgeslagen. Mails die vanaf nu").waitFor();
  await page.getByRole("region", { name: "Versies" }).getByText("Sanne de Wit").waitFor();

  // Two windows have the same mail: the second is told about it, and loses nothing.
  const other = await sanne.context.newPage();
  await other.goto(TASK);
  await subject.fill("Eerste");
  await page.getByRole("button", { name: "Opslaan" }).first().click();
  await page.getByText("Opgeslagen. Mails die vanaf nu").waitFor();
  await other.getByLabel("Onderwerp").fill("Tweede");
  await other.getByRole("button", { name: "Opslaan" }).first().click();
  await other.getByText("Sanne de Wit heeft deze mail net opgeslagen").waitFor();
  assert.equal(await other.getByLabel("Onderwerp").inputValue(), "Tweede");
  await other.close();

  await page.goto(TASK);
  await page.getByRole("link", { name: "Bekijk en zet terug" }).click();
  await page.getByText("Sla op om haar terug te zetten").waitFor();
  assert.equal(await subject.inputValue(), "Klaar voor {voornaam}");
  await page.getByRole("button", { name: "Terug naar standaard" }).click();
  await page.getByText("Opgeslagen. Mails die vanaf nu").waitFor();
  assert.match(await subject.inputValue(), /vraagt u iets/);
});

test("without script a mail is written, seen and saved all the same", within, async (t) => {
  const { server, sanne } = await firm(t);
  const plain = await withoutScript(t, server, sanne);
  const { page } = plain;
  await page.goto(TASK);
  await page.getByText("{voornaam}", { exact: true }).waitFor();
  await page.getByLabel("Onderwerp").fill("Zonder script voor {voornaam}");
  await page.getByRole("button", { name: "Toon voorbeeld" }).click();
  await page.frameLocator(".mailbox__frame:not([hidden])").getByText("Zonder script voor Marieke").first().waitFor();
  assert.equal(await page.getByLabel("Onderwerp").inputValue(), "Zonder script voor {voornaam}", "the page stays");
  await plain.shot("console-mail-without-script");
  await page.getByRole("button", { name: "Opslaan" }).first().click();
  await page.getByText("Opgeslagen. Mails die vanaf nu").waitFor();
  await page.getByRole("link", { name: "Wanneer" }).click();
  await page.getByRole("group", { name: "Klant heeft akkoord gegeven" }).getByText("Nooit").click();
  await page.getByRole("button", { name: "Opslaan" }).first().click();
  await page.getByText("Opgeslagen.").waitFor();
  assert.ok(await page.getByRole("group", { name: "Klant heeft akkoord gegeven" }).getByLabel("Nooit").isChecked());
  await page.getByRole("link", { name: "Uitgaand" }).click();
  await page.getByRole("rowheader", { name: MARIEKE.email }).first().waitFor();
});

/** Starts a mail server that accepts every mail but those to addresses that contain `refused`. */
async function smtpServer(t, refused) {
  const taken = [];
  const office = net.createServer((socket) => {
    let to = "";
    let inLetter = false;
    socket.on("error", () => undefined);
    socket.write("220 post\r\n");
    createInterface({ input: socket }).on("line", (line) => {
      if (inLetter) {
        if (line !== ".") return;
        inLetter = false;
        taken.push(to);
        socket.write("250 taken\r\n");
      } else if (/^RCPT/i.test(line)) {
        to = line.match(/<(.*)>/)[1];
        socket.write(to.includes(refused.part) ? "550 5.1.1 no such mailbox here\r\n" : "250 ok\r\n");
      } else if (/^DATA/i.test(line)) {
        inLetter = true;
        socket.write("354 go on\r\n");
      } else if (/^QUIT/i.test(line)) socket.end("221 bye\r\n");
      else socket.write("250 ok\r\n");
    });
  });
  await new Promise((ready) => office.listen(0, "127.0.0.1", ready));
  t.after(() => office.close());
  return { port: String(office.address().port), taken };
}

test("a mail that a mail server refuses shows at the client and on the dashboard, and leaves once that is mended", within, async (t) => {
  const refused = { part: "thomas@" };
  const office = await smtpServer(t, refused);
  const server = await startServer(t);
  const sanne = await newFirm(t, server);
  const { page } = await withoutScript(t, server, sanne);
  await page.goto("/kantoor/mailserver");
  await page.getByLabel("Adres", { exact: false }).first().fill("127.0.0.1");
  await page.getByLabel("Poort").fill(office.port);
  await page.getByLabel("Beveiliging").selectOption({ label: "Geen" });
  await page.getByRole("button", { name: "Stuur een test naar mij" }).click();
  await page.getByText("De mailserver nam de test aan en zei:").waitFor();
  assert.deepEqual(office.taken, ["sanne@wilgenhof.example"]);
  await page.getByRole("button", { name: "Opslaan" }).first().click();
  await page.getByText("Opgeslagen. De volgende mail gaat zo.").waitFor();
  await inviteHousehold({ page });
  const failed = page.getByText("Een mail aan thomas@example.nl kon niet worden bezorgd.");
  while (!(await failed.count())) await page.reload();
  await page.goto("/kantoor");
  await page.getByText("1 mail kon niet worden bezorgd.").waitFor();
  await page.getByRole("link", { name: "Bekijk welke en wat u kunt doen" }).click();
  await page.getByText("Uw mailserver weigert deze mail.").waitFor();
  await page.getByText("Controleer het adres bij de klant").waitFor();
  await sanne.page.goto("/kantoor/uitgaand");
  for (const colorScheme of ["light", "dark"]) {
    await sanne.page.emulateMedia({ colorScheme });
    await sanne.accessible(`a refused mail, ${colorScheme}`);
    await sanne.shot(`console-mail-refused-${colorScheme}`);
  }
  // Opening another page at once would cancel the form.
  const seen = page.getByRole("button", { name: "Gezien: thomas@example.nl" });
  await seen.click();
  await seen.waitFor({ state: "detached" });
  await page.goto("/kantoor");
  assert.equal(await page.getByText("kon niet worden bezorgd").count(), 0);
  refused.part = "nobody@";
  await page.goto("/kantoor/uitgaand?staat=mislukt");
  const again = page.getByRole("button", { name: "Stuur opnieuw: thomas@example.nl" });
  await again.click();
  await again.waitFor({ state: "detached" });
  await page.goto("/kantoor/uitgaand?staat=verstuurd&q=thomas");
  while (!(await page.getByRole("rowheader", { name: "thomas@example.nl" }).count())) await page.reload();
  assert.ok(office.taken.includes("thomas@example.nl"));
});

test("the pages about mails are for everybody, in both languages, light and dark", within, async (t) => {
  const { server, sanne, page } = await firm(t);
  await server.mail({ to: MARIEKE.email });
  const pages = { editor: "/kantoor/sjablonen", outgoing: "/kantoor/uitgaand", timing: "/kantoor/mailtijden", server: "/kantoor/mailserver", portal: "/kantoor/portaal" };
  for (const language of ["nl", "en"]) {
    await page.goto("/kantoor/mailtijden");
    await page.locator("select[name=language]").selectOption(language);
    await page.getByRole("button", { name: "Opslaan" }).first().click();
    await page.waitForURL("**/kantoor/mailtijden?opgeslagen");
    for (const [name, address] of Object.entries(pages)) {
      await page.goto(address);
      assert.equal(await page.locator("html").getAttribute("lang"), language);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await sanne.accessible(`${name}, ${language}, ${colorScheme}`);
        await sanne.shot(`console-mail-${name}-${language}-${colorScheme}`);
      }
    }
  }
});
