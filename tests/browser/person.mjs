// A person with a device: an own browser profile, an own passkey, an own connection.
// Every problem in a page that is not expected fails the test at its end.
import assert from "node:assert/strict";
import { readFile, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { Network } from "./network.mjs";
import { SlowLine } from "./slow-line.mjs";

const CHROMIUM = process.env.TEST_CHROMIUM ?? "/usr/bin/chromium";
const HERE = path.dirname(new URL(import.meta.url).pathname);
export const SHOTS = process.env.TEST_SHOTS ?? path.join(HERE, "out");
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
export const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
export const LAPTOP = { viewport: { width: 1440, height: 900 }, deviceScaleFactor: 1 };

const AUTHENTICATOR = {
  protocol: "ctap2", ctap2Version: "ctap2_1", transport: "internal", hasResidentKey: true, hasUserVerification: true,
  isUserVerified: true, automaticPresenceSimulation: true, hasPrf: true,
};

class Person {
  /** The problems of any page, as sentences. */
  problems = [];
  #expected = [];
  #offline = false;
  #authenticator = null;
  #credentials = [];

  constructor(server, options, profile, network, line) {
    this.server = server;
    this.options = options;
    this.name = options.name ?? "person";
    this.profile = profile;
    this.network = network;
    /** The slow line before that, where there is one. */
    this.line = line;
  }

  async open() {
    const { name, device = PHONE, passkey, prf, offers, line, viewer, ...context } = this.options;
    this.context = await chromium.launchPersistentContext(this.profile, {
      executablePath: CHROMIUM, headless: true, args: FLAGS, locale: "nl-NL", timezoneId: "Europe/Amsterdam",
      reducedMotion: "reduce", baseURL: this.server.url, proxy: { server: (this.line ?? this.network).address }, ...device, ...context,
    });
    this.context.setDefaultTimeout(20_000);
    // A virtual authenticator answers a request that waits in a field at once, whereas people would choose.
    if (!offers) {
      await this.context.addInitScript(() => {
        if (window.PublicKeyCredential) PublicKeyCredential.isConditionalMediationAvailable = async () => false;
      });
    }
    this.context.on("page", (page) => this.#watch(page));
    this.page = this.context.pages()[0] ?? (await this.context.newPage());
    this.#watch(this.page);
    if (passkey !== false) await this.#addAuthenticator();
    if (this.#offline) await this.context.setOffline(true);
    return this;
  }

  #watch(page) {
    if (page.watched) return;
    page.watched = true;
    page.on("pageerror", (error) => this.#report(`error: ${error.message}`));
    page.on("console", (message) => {
      // Chromium also reports here what the Content-Security-Policy refused.
      // A request that fails without a network, or is refused with 4xx, is shown by the app, which is tested and not
      // logged.
      // The script of the service worker may still be on its way when the page is closed.
      // A manifest that is still on its way when the page is left counts as malformed.
      const network = /^Failed to load resource|^WebSocket connection to|^WebSocket is already in CLOSING|net::ERR_|^An unknown error occurred when fetching the script|^Manifest: Line: 1, column: 1, Syntax error/;
      if (message.type() === "error" && !network.test(message.text())) this.#report(`console: ${message.text()}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 500) this.#report(`${response.status()} for ${new URL(response.url()).pathname}`);
    });
    page.on("crash", () => this.#report("the page crashed"));
  }

  #report(problem) {
    if (!this.#expected.some((pattern) => pattern.test(problem))) this.problems.push(problem);
  }

  /** Expects a problem like this from now on. */
  expect(pattern) {
    this.#expected.push(pattern);
  }

  // ---- Passkeys: one virtual authenticator, in the page it was made for ----

  async #addAuthenticator() {
    const session = await this.context.newCDPSession(this.page);
    await session.send("WebAuthn.enable", { enableUI: false });
    const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
      options: { ...AUTHENTICATOR, hasPrf: this.options.prf !== false },
    });
    this.#authenticator = { session, authenticatorId };
    for (const credential of this.#credentials) {
      await session.send("WebAuthn.addCredential", { authenticatorId, credential });
    }
  }

  async credentials() {
    if (!this.#authenticator) return [];
    const { session, authenticatorId } = this.#authenticator;
    return (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
  }

  /** Makes the next ceremony fail as if the finger was not recognised; with true, it works. */
  async recognised(yes) {
    const { session, authenticatorId } = this.#authenticator;
    if (yes) {
      // After a failed verification an authenticator stays blocked, so this makes a new one with the same credentials.
      this.#credentials = await this.credentials();
      await session.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId });
      await session.detach();
      await this.#addAuthenticator();
    } else {
      await session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
    }
  }

  /** Copies the passkeys of another device with their counters, as a synced keychain does. */
  async syncedFrom(other) {
    const { session, authenticatorId } = this.#authenticator;
    const own = new Set((await this.credentials()).map((credential) => credential.credentialId));
    for (const credential of await other.credentials()) {
      if (own.has(credential.credentialId)) await session.send("WebAuthn.removeCredential", { authenticatorId, credentialId: credential.credentialId });
      await session.send("WebAuthn.addCredential", { authenticatorId, credential });
    }
  }

  /** Replaces the authenticator by one without passkeys. */
  async newAuthenticator() {
    const { session, authenticatorId } = this.#authenticator;
    await session.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId });
    await session.detach();
    this.#credentials = [];
    await this.#addAuthenticator();
  }

  /** Makes the passkeys give no secret from now on (without the PRF extension). */
  async withoutPrf() {
    this.options.prf = false;
    await this.recognised(true);
  }

  // ---- Network ----

  /** Cuts the network for the browser and for every open connection, or restores it. */
  async offline(yes = true) {
    this.#offline = yes;
    if (yes) this.network.cut();
    else this.network.restore();
    await this.context.setOffline(yes);
  }

  // ---- Browser lives ----

  /** Closes the browser and reopens it on the same profile, at the same address. */
  async reopen() {
    const url = this.page.url();
    this.#credentials = await this.credentials();
    await this.context.close();
    await this.open();
    await this.page.goto(url);
  }

  /** Kills the browser (kill -9) and reopens it on the same profile. */
  async crash() {
    const url = this.page.url();
    this.#credentials = await this.credentials();
    const closed = new Promise((resolve) => this.context.once("close", resolve));
    process.kill(await this.#processId(), "SIGKILL");
    await closed;
    await this.open();
    await this.page.goto(url);
  }

  async #processId() {
    for (const id of await readdir("/proc")) {
      if (!/^\d+$/.test(id)) continue;
      const words = (await readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "")).split("\0");
      if (words.includes(`--user-data-dir=${this.profile}`) && !words.some((word) => word.startsWith("--type="))) return Number(id);
    }
    throw new Error(`the browser of ${this.name} does not run`);
  }

  // ---- The app ----

  /** Opens a path and waits until the app itself, not its shell, is on the screen. */
  async visit(route) {
    await this.page.goto(route);
    await this.running();
  }

  /** Or a page before the app, for who is not known yet. */
  async running() {
    await this.page.waitForFunction(() => ["running", "entrance"].includes(document.documentElement.dataset.app));
  }

  /** Waits until a reload without network would work: a worker takes control only when it has every file. */
  async keptOffline() {
    await this.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    const needsPage = () => this.page.evaluate(async () => document.documentElement.dataset.app === "entrance" && !(await caches.has("akkoord-pages")));
    while (await needsPage());
  }

  // ---- Looking ----

  async shot(name, options = {}) {
    await mkdir(SHOTS, { recursive: true });
    await this.page.evaluate(() => document.fonts.ready);
    const file = path.join(SHOTS, `${name}.png`);
    await this.page.screenshot({ path: file, ...options });
    return file;
  }

  /** Fails on anything that axe finds (WCAG 2.2 AA). */
  async accessible(where = this.page.url()) {
    const source = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    await this.page.evaluate(source);
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const { violations } = await this.page.evaluate((values) => axe.run(document, { runOnly: { type: "tag", values } }), tags);
    const found = violations.map((v) => `${v.id}: ${v.help} (${v.nodes.map((node) => node.target.join(" ")).join(", ")})`);
    assert.deepEqual(found, [], `accessibility of ${where}`);
  }

  /** Throws the problems so far. This also runs at the end of the test. */
  check() {
    assert.deepEqual(this.problems.splice(0), [], `problems in the browser of ${this.name}`);
  }

  async end() {
    await this.context?.close().catch(() => undefined); // it may have been killed by the test, or never opened
    await this.line?.close();
    await this.network.close();
    await rm(this.profile, { recursive: true, force: true, maxRetries: 5 });
    this.check();
  }
}

/** Everybody in a test. All of them end, even if one of them fails to. */
const companies = new WeakMap();

function companyOf(t) {
  if (!companies.has(t)) {
    const company = [];
    companies.set(t, company);
    t.after(async () => {
      const ends = await Promise.allSettled(company.map((someone) => someone.end()));
      const bad = ends.find((end) => end.status === "rejected");
      if (bad) throw bad.reason;
    });
  }
  return companies.get(t);
}

/** A person who ends with the test `t`. Options: name, device (PHONE or LAPTOP), passkey: false, prf: false, offers: true (passkeys in a field), line (how slow, see slow-line.mjs), and any of playwright's context. */
export async function person(t, server, options = {}) {
  const profile = await mkdtemp(path.join(tmpdir(), "akkoord-browser-"));
  if (options.viewer === false) {
    await mkdir(path.join(profile, "Default"));
    await writeFile(path.join(profile, "Default/Preferences"), JSON.stringify({ plugins: { always_open_pdf_externally: true } }));
  }
  const network = await Network.open();
  const line = options.line && (await SlowLine.open(new URL(network.address).port, options.line));
  const someone = new Person(server, options, profile, network, line);
  companyOf(t).push(someone);
  return someone.open();
}
