// The real server binary with a data folder of its own. A test waits for a line on the server's
// standard output, or for an answer to a request, and never for some time.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";

const ROOT = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), "../..");
export const APP = process.env.TEST_APP ?? path.join(ROOT, "dist");
export const BINARY = process.env.TEST_SERVER ?? path.join(ROOT, "target/debug/sync-server");

class Server {
  #process = null;
  #waiting = [];
  #failed = null;
  /** The lines on standard output, of all its processes. */
  lines = [];
  #errors = [];

  /** The first process takes a free port; the next ones take the same. */
  port = 0;

  constructor(data, options) {
    this.data = data;
    this.options = options;
  }

  async start() {
    const flags = ["--mails-at-once", "--app", this.options.app ?? APP, "--data", this.data, "--port", String(this.port), ...(this.options.flags ?? [])];
    // The settings of the person who runs the tests are not the settings of the test.
    const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("AKKOORD_")));
    const child = spawn(BINARY, flags, { stdio: ["ignore", "pipe", "pipe"], env: { ...own, ...this.options.env } });
    this.#process = child;
    this.#failed = null;
    const before = this.lines.length;
    createInterface({ input: child.stdout }).on("line", (line) => this.#hear(line));
    createInterface({ input: child.stderr }).on("line", (line) => this.#errors.push(line));
    const fail = (why) => {
      this.#failed = new Error(`the server ${why}\n${this.log()}`);
      for (const { reject } of this.#waiting.splice(0)) reject(this.#failed);
    };
    child.on("error", (error) => fail(`could not be started: ${error.message}`));
    child.on("exit", (code, signal) => this.#process === child && fail(`stopped (${signal ?? code})`));
    const [, url, port] = await this.line(/listening on (http:\/\/localhost:(\d+))/, before);
    this.url = url;
    this.port = Number(port);
    return this;
  }

  #hear(line) {
    this.lines.push(line);
    this.#waiting = this.#waiting.filter(({ pattern, resolve }) => {
      const match = line.match(pattern);
      if (match) resolve(match);
      return !match;
    });
  }

  /** Waits for a line that matches, from line number `from` on, and returns it. */
  line(pattern, from = 0) {
    for (const line of this.lines.slice(from)) {
      const match = line.match(pattern);
      if (match) return Promise.resolve(match);
    }
    if (this.#failed) return Promise.reject(this.#failed);
    return new Promise((resolve, reject) => this.#waiting.push({ pattern, resolve, reject }));
  }

  /** Returns the end of its standard error, for a report. */
  log() {
    return this.#errors.slice(-40).join("\n");
  }

  async #end(signal) {
    const child = this.#process;
    if (!child) return;
    this.#process = null;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    const impatience = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await ended;
    clearTimeout(impatience);
  }

  /** Kills the process (kill -9), so that nothing is flushed. */
  kill() {
    return this.#end("SIGKILL");
  }

  stop() {
    return this.#end("SIGTERM");
  }

  /** Starts another process on the same data and address. */
  async restart() {
    await this.stop();
    return this.start();
  }

  fetch(route, options) {
    return fetch(this.url + route, options);
  }

  /** Returns the development mailbox, newest first: {id, to, subject, text, html, at}. */
  async mailbox(to) {
    const reply = await this.fetch("/dev/mailbox.json");
    if (!reply.ok) throw new Error(`the mailbox answered ${reply.status}`);
    const mails = await reply.json();
    return to === undefined ? mails : mails.filter((mail) => mail.to.includes(to));
  }

  /** Waits until the outbox has delivered a mail that matches, and returns the newest one. */
  async mail({ to, subject = /(?:)/, after = new Set() }, milliseconds = 15_000) {
    const deadline = Date.now() + milliseconds;
    while (Date.now() < deadline) {
      const found = (await this.mailbox(to)).find((mail) => subject.test(mail.subject) && !after.has(mail.id));
      if (found) return found;
      await new Promise((again) => setTimeout(again, 100));
    }
    const there = (await this.mailbox()).map((mail) => `${mail.to}: ${mail.subject}`);
    throw new Error(`no mail to ${to} with ${subject}; there are:\n${there.join("\n")}`);
  }
}

/** Starts a server that ends with the test `t`. Options: flags (such as ["--demo"]), env, app (another build). */
export async function startServer(t, options = {}) {
  const data = await mkdtemp(path.join(tmpdir(), "akkoord-data-"));
  const server = new Server(data, options);
  t.after(async () => {
    await server.stop();
    await rm(data, { recursive: true, force: true });
  });
  return server.start();
}
