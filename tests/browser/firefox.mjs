// Drives Firefox by its own protocol (Marionette): one TCP connection, JSON messages with their length in front.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, watch, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import net from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

const FIREFOX = process.env.TEST_FIREFOX ?? "/usr/bin/firefox-esr";
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const PREFERENCES = {
  "marionette.port": 0, // a free one; it says which in the profile
  "intl.accept_languages": "nl-NL",
  "security.webauth.webauthn_enable_softtoken": true,
  "security.webauth.webauthn_enable_usbtoken": false,
  "datareporting.policy.dataSubmissionEnabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "ui.prefersReducedMotion": 1,
};

class Firefox {
  #buffer = Buffer.alloc(0);
  #waiting = new Map();
  #last = 0;

  async open(profile) {
    const lines = Object.entries(PREFERENCES).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
    await writeFile(path.join(profile, "user.js"), lines.join("\n"));
    this.process = spawn(FIREFOX, ["--headless", "--marionette", "--remote-allow-system-access", "--no-remote", "--profile", profile], { stdio: "ignore" });
    this.socket = net.connect(await this.#port(profile), "127.0.0.1");
    this.socket.on("data", (data) => this.#hear(data));
    await once(this.socket, "connect");
    await this.command("WebDriver:NewSession", { capabilities: { alwaysMatch: { unhandledPromptBehavior: "ignore" } } });
    await this.command("WebDriver:SetTimeouts", { script: 20_000, implicit: 0, pageLoad: 60_000 });
    return this;
  }

  async #port(profile) {
    const known = async () => Number(await readFile(path.join(profile, "MarionetteActivePort"), "utf8").catch(() => ""));
    const ended = new AbortController();
    this.process.once("exit", () => ended.abort(new Error(`${FIREFOX} ended`)));
    this.process.once("error", (error) => ended.abort(error));
    for await (const _ of watch(profile, { signal: ended.signal })) {
      const port = await known();
      if (port) return port;
    }
  }

  #hear(data) {
    this.#buffer = Buffer.concat([this.#buffer, data]);
    for (;;) {
      const colon = this.#buffer.indexOf(":");
      if (colon < 0) return;
      const end = colon + 1 + Number(this.#buffer.subarray(0, colon));
      if (this.#buffer.length < end) return;
      const message = JSON.parse(this.#buffer.subarray(colon + 1, end).toString());
      this.#buffer = this.#buffer.subarray(end);
      // The first message is a greeting, and no list.
      if (!Array.isArray(message)) continue;
      const [, id, error, result] = message;
      const { resolve, reject } = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) reject(new Error(`${error.error}: ${error.message}`));
      else resolve(result);
    }
  }

  command(name, parameters = {}) {
    const id = ++this.#last;
    const message = JSON.stringify([0, id, name, parameters]);
    this.socket.write(`${Buffer.byteLength(message)}:${message}`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /** Adds a passkey of this device, as a phone has one. */
  async addAuthenticator() {
    const options = {
      protocol: "ctap2_1", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserConsenting: true, isUserVerified: true,
    };
    await this.command("WebAuthn:AddVirtualAuthenticator", options);
  }

  visit(url) {
    return this.command("WebDriver:Navigate", { url });
  }

  /** Reloads the page as a person does, because the driver's own refresh bypasses the service worker. */
  async reload() {
    await this.evaluate(() => {
      window.before = true;
      location.reload();
    });
    await this.until(() => window.before === undefined && document.readyState === "complete");
  }

  /** Runs a function in the page. */
  async evaluate(act, ...args) {
    const script = `return (${act}).apply(null, arguments)`;
    return (await this.command("WebDriver:ExecuteScript", { script, args, sandbox: null })).value;
  }

  /** Waits for the element with this role and name in the accessibility tree, and returns it. */
  async find(role, name, milliseconds = 20_000) {
    const tags = { button: "button", link: "a", heading: "h1, h2, h3", textbox: "input, textarea", radio: "input", status: "[role=status]" }[role];
    const deadline = Date.now() + milliseconds;
    for (;;) {
      const elements = await this.command("WebDriver:FindElements", { using: "css selector", value: tags });
      for (const element of elements) {
        const id = element[ELEMENT];
        try {
          const is = async (what) => (await this.command(`WebDriver:${what}`, { id })).value;
          if ((await is("GetComputedRole")) === role && name.test(role === "status" ? await is("GetElementText") : await is("GetComputedLabel"))) return id;
        } catch (error) {
          if (!/stale element|no such element/.test(error.message)) throw error;
        }
      }
      if (Date.now() > deadline) throw new Error(`no ${role} ${name} at ${await this.evaluate(() => location.href + "\n" + document.body.innerText)}`);
    }
  }

  async click(role, name) {
    await this.command("WebDriver:ElementClick", { id: await this.find(role, name) });
  }

  async fill(name, text) {
    const id = await this.find("textbox", name);
    await this.command("WebDriver:ElementClear", { id });
    await this.command("WebDriver:ElementSendKeys", { id, text });
  }

  /** Waits until `holds` is true in the page. */
  async until(holds, ...args) {
    const deadline = Date.now() + 30_000;
    // While one page replaces another nothing can be evaluated.
    while (!(await this.evaluate(holds, ...args).catch(() => false))) {
      if (Date.now() > deadline) throw new Error(`never: ${holds}\n${await this.evaluate(() => document.body.innerText)}`);
    }
  }

  /** Returns what axe finds (WCAG 2.2 AA), as sentences. */
  async violations() {
    const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const script = `${axe};
      const done = arguments[arguments.length - 1];
      axe.run(document, { runOnly: { type: "tag", values: ${JSON.stringify(tags)} } })
        .then(({ violations }) => done(violations.map((v) => v.id + ": " + v.help + " (" + v.nodes.map((n) => n.target.join(" ")).join(", ") + ")")));`;
    return (await this.command("WebDriver:ExecuteAsyncScript", { script, args: [], sandbox: null })).value;
  }

  async screenshot(file) {
    const { value } = await this.command("WebDriver:TakeScreenshot", { full: false });
    await writeFile(file, Buffer.from(value, "base64"));
  }

  async end() {
    this.socket?.destroy();
    if (this.process.exitCode !== null) return;
    const ended = once(this.process, "exit");
    this.process.kill("SIGKILL");
    await ended;
  }
}

/** Starts a Firefox with a profile of its own, which ends with the test `t`. */
export async function firefox(t) {
  const profile = await mkdtemp(path.join(tmpdir(), "akkoord-firefox-"));
  const browser = new Firefox();
  t.after(async () => {
    await browser.end();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  await browser.open(profile);
  return browser;
}
