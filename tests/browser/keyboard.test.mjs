// Tests with nothing but a keyboard: the questions, sending and approving. Dialogs return the focus; targets are large
// enough; text may be spaced wider; and nothing moves for somebody who does not want that.
import assert from "node:assert/strict";
import { test } from "node:test";
import { LAPTOP, PHONE } from "./harness.mjs";
import { client, demo } from "./demo.mjs";
import { taxReturn } from "./paper.mjs";
import { openSection } from "./season.mjs";
import { shown } from "./reader.mjs";

const within = { timeout: 240_000 };
const NARROW = { width: 320, height: 640 };

/** Presses Tab until `target` has the focus, and checks on the way that the focus is visible. */
async function tabTo(page, target, key = "Tab") {
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press(key);
    if (await target.evaluate((element) => element === document.activeElement)) {
      const seen = await target.evaluate((element) => {
        const around = [element, element.closest("label")].filter(Boolean);
        const ring = around.some((place) => getComputedStyle(place).outlineStyle !== "none");
        const box = (element.closest("label") ?? element).getBoundingClientRect();
        return { ring, visible: box.bottom > 0 && box.top < innerHeight };
      });
      assert.ok(seen.ring, `no ring around ${target}`);
      assert.ok(seen.visible, `${target} has the focus and is not seen`);
      return;
    }
  }
  throw new Error(`not reached by keyboard: ${target}`);
}

const focused = (target) => target.evaluate((element) => element === document.activeElement);

test("the questions, sending and approving go by keyboard alone", within, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm, "marieke", { device: LAPTOP });
  const { page } = marieke;
  const press = (key) => page.keyboard.press(key);

  // This goes to the questions, gives an answer, and asks a question about it.
  await tabTo(page, page.locator('a[href*="/checklist/"]').first());
  await press("Enter");
  await page.getByText(/onderdeel \d+ van \d+/).waitFor();
  await openSection(page, "Eigen woning");
  const home = page.getByRole("group", { name: /koopwoning/ });
  const first = home.getByRole("radio").first();
  await tabTo(page, first);
  await press("Space");
  assert.ok(await first.isChecked());
  const value = page.getByRole("textbox", { name: /WOZ-waarde/ });
  await value.waitFor();
  await tabTo(page, value);
  await page.keyboard.type("465000");
  await press("Tab");
  await page.getByRole("status").filter({ hasText: "Bewaard" }).first().waitFor();
  const ask = page.getByRole("button", { name: /^Stel een vraag over: .*koopwoning/ });
  await tabTo(page, ask, "Shift+Tab");
  await press("Enter");
  const dialog = page.getByRole("dialog");
  const field = dialog.getByLabel("Uw vraag");
  await field.waitFor();
  await marieke.accessible("asking about an answer");
  await tabTo(page, field);
  await page.keyboard.type("Telt de garage mee?");
  await tabTo(page, dialog.getByRole("button", { name: "Stuur bericht" }));
  await press("Enter");
  await dialog.getByText("Telt de garage mee?").waitFor();
  await press("Escape");
  await dialog.waitFor({ state: "detached" });
  const written = page.getByRole("button", { name: /^Berichten over: .*koopwoning/ });
  await written.waitFor();
  assert.ok(await focused(written), "the button has the focus again");
  await tabTo(page, page.getByRole("link", { name: "Volgende" }));
  await press("Enter");
  await page.getByText(/onderdeel \d+ van \d+/).waitFor();

  // This sends a file of some kind.
  await page.goto("/sturen");
  await page.getByLabel("Kies een bestand").setInputFiles([{ name: "woz.pdf", mimeType: "application/pdf", buffer: taxReturn(1) }]);
  await page.getByRole("button", { name: "Verstuur 1 document" }).waitFor();
  const kind = page.getByLabel("Wat voor document is het?");
  await tabTo(page, kind);
  await page.keyboard.type("WOZ");
  await tabTo(page, page.getByRole("button", { name: "Verstuur 1 document" }));
  await press("Enter");
  await page.getByText("1 document is bewaard").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1", "what became of it is read from the top");
  await page.getByText(/Ontvangen door/).first().waitFor();
  await page.getByRole("region", { name: "Door u gestuurd" }).getByText("WOZ-beschikking").waitFor();

  // The return has to be read before the passkey is asked for.
  await page.goto("/");
  await tabTo(page, page.getByRole("link", { name: "Bekijk uw aangifte" }));
  await press("Enter");
  const read = page.getByRole("button", { name: "Lees de aangifte" });
  await read.waitFor();
  await tabTo(page, read);
  await press("Enter");
  await shown(page);
  await tabTo(page, dialog.getByRole("button", { name: "Sluit" }), "Shift+Tab");
  await press("Enter");
  await dialog.waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement.textContent.includes("Lees de aangifte"));
  await tabTo(page, page.getByRole("button", { name: "Geef akkoord" }));
  await press("Enter");
  await tabTo(page, dialog.getByRole("button", { name: "Ik ga akkoord" }));
  await press("Enter");
  await page.getByText("Gecontroleerd: de ondertekening klopt").waitFor();
});

test("what is touched is large enough, text may be wide, and nothing moves for who wants it still", within, async (t) => {
  const firm = await demo(t);
  const marieke = await client(t, firm);
  const { page } = marieke;
  await page.goto("/sturen");
  await page.getByLabel("Kies een bestand").setInputFiles([{ name: "woz.pdf", mimeType: "application/pdf", buffer: taxReturn(1) }]);
  await page.getByRole("button", { name: "Verstuur 1 document" }).waitFor();
  await openSection(page, "Eigen woning");
  const questions = new URL(page.url()).pathname;
  for (const address of ["/", "/sturen", "/archief", "/gegevens", "/berichten", questions]) {
    await page.setViewportSize(PHONE.viewport);
    await marieke.visit(address);
    await page.getByRole("heading", { level: 1 }).waitFor();
    const small = await page.evaluate(() => {
      const touched = document.querySelectorAll("button, select, textarea, summary, a:not(p a), label:has(input), input:not(label input)");
      return [...touched]
        .filter((element) => element.checkVisibility() && !element.classList.contains("skip"))
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 1 && (box.width < 43.5 || box.height < 43.5))
        .filter(({ element }) => {
          // An element that looks smaller may still react over a larger area.
          element.scrollIntoView({ block: "center" });
          const { left, top, width, height } = element.getBoundingClientRect();
          const [x, y] = [left + width / 2, top + height / 2];
          const reaches = ([dx, dy]) => element.contains(document.elementFromPoint(x + dx, y + dy));
          return ![[0, -21], [0, 21], [-21, 0], [21, 0]].every(reaches);
        })
        .map(({ element, box }) => `${element.tagName} ${element.textContent.trim().slice(0, 40)} ${Math.round(box.width)}×${Math.round(box.height)}`);
    });
    assert.deepEqual(small, [], `too small on ${address}`);

    // This is WCAG 1.4.12, at the narrowest width.
    await page.setViewportSize(NARROW);
    const wide = await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }");
      document.adoptedStyleSheets = [sheet];
      const cut = [...document.querySelectorAll("main *")].filter((element) => {
        const style = getComputedStyle(element);
        return style.overflowX === "hidden" && style.clipPath === "none" && element.scrollWidth > element.clientWidth + 1 && element.textContent.trim();
      });
      const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
      document.adoptedStyleSheets = [];
      return { over, cut: cut.map((element) => element.className) };
    });
    assert.deepEqual(wide, { over: 0, cut: [] }, `wider text on ${address}`);
    const moving = await page.evaluate(() => document.getAnimations().filter((a) => a.effect.getComputedTiming().duration > 1).length);
    assert.equal(moving, 0, `something moves on ${address}`);
  }
});
