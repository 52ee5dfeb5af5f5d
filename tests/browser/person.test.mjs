// Tests of the harness itself: a person has the same device and passkey whatever a test does to the browser.
import assert from "node:assert/strict";
import { test } from "node:test";
import { person, startServer } from "./harness.mjs";

const make = (page) =>
  page.evaluate(async () => {
    const credential = await navigator.credentials.create({
      publicKey: {
        challenge: new Uint8Array(32),
        rp: { id: "localhost", name: "Akkoord" },
        user: { id: new Uint8Array(16).fill(7), name: "marieke", displayName: "Marieke" },
        pubKeyCredParams: [{ type: "public-key", alg: -7 }],
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
      },
    });
    return credential.id;
  });

const use = (page) =>
  page.evaluate(async () => {
    const publicKey = { challenge: new Uint8Array(32), userVerification: "required" };
    return (await navigator.credentials.get({ publicKey })).id;
  });

test("a passkey works offline, after a closed and after a killed browser", { timeout: 120_000 }, async (t) => {
  const server = await startServer(t);
  const someone = await person(t, server);
  await someone.visit("/");
  const made = await make(someone.page);
  await someone.recognised(false);
  await assert.rejects(use(someone.page), /NotAllowedError/);
  await someone.recognised(true);
  assert.equal(await use(someone.page), made);

  await someone.keptOffline();
  await someone.offline();
  for (const again of [() => someone.page.reload(), () => someone.reopen(), () => someone.crash()]) {
    await again();
    await someone.running();
    assert.equal(await use(someone.page), made);
  }
});

test("what goes wrong in a page fails the test", { timeout: 120_000 }, async (t) => {
  const server = await startServer(t);
  const someone = await person(t, server);
  await someone.visit("/");
  const refused = someone.page.waitForEvent("console", (message) => message.text().includes("style-src"));
  const thrown = someone.page.waitForEvent("pageerror");
  await someone.page.evaluate(() => {
    const style = document.createElement("style"); // refused by the Content-Security-Policy
    style.textContent = "p { color: red }";
    document.head.append(style);
    queueMicrotask(() => {
      throw new Error("nobody caught this");
    });
  });
  await Promise.all([refused, thrown]);
  assert.throws(() => someone.check(), (error) => /nobody caught this/.test(error.message) && /style-src/.test(error.message));
});
