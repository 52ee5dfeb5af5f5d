// Tests of the most important things in Firefox too: a passkey, the questions, and all of it without a server.
import assert from "node:assert/strict";
import { test } from "node:test";
import { demo } from "./demo.mjs";
import { firefox } from "./firefox.mjs";

test("Firefox makes a passkey, works without the server, and sends what was kept", { timeout: 240_000 }, async (t) => {
  const { server, links } = await demo(t);
  const browser = await firefox(t);
  await browser.addAuthenticator();
  await browser.visit(links.marieke);
  await browser.fill(/Uw gebruikersnaam/, "marieke");
  await browser.click("button", /Maak mijn passkey/);
  await browser.find("link", /Bekijk uw aangifte/);
  await browser.until(() => navigator.serviceWorker.controller !== null);

  for (const address of ["/", "/sturen", "/archief", "/gegevens"]) {
    await browser.visit(server.url + address);
    await browser.until(() => document.documentElement.dataset.app === "running");
    const wide = await browser.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${address} scrolls sideways by ${wide} px`);
    assert.deepEqual(await browser.violations(), [], `accessibility of ${address}`);
  }

  await server.stop();
  await browser.visit(server.url + "/");
  await browser.click("link", /checklist|vragen|Ga verder|Begin/i);
  await browser.find("status", /Offline/);
  await browser.click("radio", /^Nee$/);
  await browser.reload();
  await browser.until(() => document.documentElement.dataset.app === "running");
  await browser.until(() => document.querySelector("input[type=radio]:checked") !== null);
  await server.start();
  await browser.find("status", /Bewaard/, 60_000);
});
