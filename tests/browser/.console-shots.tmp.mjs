import { chromium } from "playwright-core";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const axePath = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const log = readFileSync("/tmp/console-demo.log", "utf8");
const link = log.match(/demo advisor: (\S+)/)[1];
const base = "http://localhost:8191";
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 });
const page = await context.newPage();
page.on("console", (m) => { if (m.type() === "error" || m.type() === "warning") console.log("console:", m.text()); });
page.on("pageerror", (e) => console.log("pageerror", e.message));
const cdp = await context.newCDPSession(page);
await cdp.send("WebAuthn.enable", { enableUI: false });
await cdp.send("WebAuthn.addVirtualAuthenticator", { options: { protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
if (link.includes("#")) {
  await page.goto(link);
  await page.waitForTimeout(500);
  await page.screenshot({ path: "/tmp/shots/welkom.png" });
  await page.fill("[name=user_name]", "sanne");
  await page.click("button");
  await page.waitForURL(base + "/kantoor");
  await context.storageState({ path: "/tmp/console-state.json" });
}
const pages = { dashboard: "/kantoor", klanten: "/kantoor/klanten", nieuw: "/kantoor/klanten/nieuw", dossier: "/kantoor/klanten/10388/2025", verschil: "/kantoor/klanten/10319/2025", jansen: "/kantoor/klanten/10417/2025", akkoord: "/kantoor/klanten/10365/2025/akkoord", jansenakkoord: "/kantoor/klanten/10417/2025/akkoord", niet: "/kantoor/klanten/10307/2025/akkoord", portaal: "/kantoor/portaal" };
for (const [name, path] of Object.entries(pages)) {
  await page.goto(base + path);
  await page.waitForTimeout(150);
  await page.screenshot({ path: `/tmp/shots/${name}.png` });
  await page.addScriptTag({ path: axePath }).catch(() => {});
  const r = await page.evaluate(async () => typeof axe === "undefined" ? null : (await axe.run()).violations.map(v => v.id + ": " + v.nodes.slice(0,3).map(n => n.html.slice(0,160)).join(" | ")));
  if (r === null || r.length) console.log(name, r);
}
// log out and in again, and cancel
await page.goto(base + "/kantoor"); await page.click("form[action='/kantoor/uitloggen'] button"); await page.waitForURL(base + "/kantoor/inloggen");
await page.screenshot({ path: "/tmp/shots/inloggen.png" });
await page.click("button"); await page.waitForURL(base + "/kantoor"); console.log("logged in again");
await page.goto(base + "/kantoor/welkom"); await page.waitForTimeout(300); await page.screenshot({ path: "/tmp/shots/geenlink.png" });
await browser.close();
