// A reporter for Node's test runner: tells at the end which files took longest.
import path from "node:path";

export default async function* slowest(events) {
  const seconds = new Map();
  for await (const { type, data } of events) {
    if ((type !== "test:pass" && type !== "test:fail") || data.nesting > 0 || !data.file) continue;
    const file = path.basename(data.file);
    seconds.set(file, (seconds.get(file) ?? 0) + data.details.duration_ms / 1000);
  }
  const longest = [...seconds].sort(([, a], [, b]) => b - a).slice(0, 8);
  yield `\nslowest files:\n${longest.map(([file, took]) => `${took.toFixed(0).padStart(5)} s  ${file}\n`).join("")}`;
}
