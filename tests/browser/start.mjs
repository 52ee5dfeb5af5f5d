// How long a start takes, on a phone-sized screen with a processor four times slower than this one.
// Run by `cargo xtask bench start`; prints one line with medians in milliseconds.
import { person, scope, startServer } from "./harness.mjs";

const RUNS = 5;
const median = (values) => Math.round(values.sort((a, b) => a - b)[Math.floor(values.length / 2)]);

async function times(someone) {
  await someone.running();
  return someone.page.evaluate(() => ({
    shell: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? NaN,
    app: performance.getEntriesByName("app-rendered")[0].startTime,
  }));
}

const cold = [];
const offline = [];
for (let run = 0; run < RUNS; run++) {
  await scope(async (t) => {
    const server = await startServer(t);
    const someone = await person(t, server, { passkey: false });
    const session = await someone.context.newCDPSession(someone.page);
    await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await someone.page.goto("/");
    cold.push(await times(someone));
    await someone.keptOffline();
    await someone.offline();
    await someone.page.reload();
    offline.push(await times(someone));
  });
}
const of = (list, what) => median(list.map((entry) => entry[what]));
console.log(
  `start: shell_ms=${of(cold, "shell")} app_ms=${of(cold, "app")} ` +
    `offline_shell_ms=${of(offline, "shell")} offline_app_ms=${of(offline, "app")} runs=${RUNS} cpu=1/4`,
);
