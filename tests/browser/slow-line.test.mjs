// Tests that the slow network of the measurements is as slow as it says.
import assert from "node:assert/strict";
import { once } from "node:events";
import net from "node:net";
import { test } from "node:test";
import { SlowLine } from "./slow-line.mjs";

/** A server that answers each word with so many bytes. */
async function answering(t, bytes) {
  const server = net.createServer((socket) => {
    socket.on("data", () => socket.write(Buffer.alloc(bytes)));
    socket.on("error", () => socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => server.close());
  return server.address().port;
}

async function line(t, bytes) {
  const slow = await SlowLine.open(await answering(t, bytes), { down: 100_000, up: 100_000, roundTrip: 100 });
  t.after(() => slow.close());
  const connect = async () => {
    const socket = net.connect(new URL(slow.address).port, "127.0.0.1");
    await once(socket, "connect");
    t.after(() => socket.destroy());
    return socket;
  };
  return { slow, connect };
}

/** Milliseconds until so many bytes are here after a word was said. */
async function ask(socket, bytes) {
  const begun = performance.now();
  socket.write("?");
  for (let here = 0; here < bytes; ) here += (await once(socket, "data"))[0].length;
  return performance.now() - begun;
}

test("a word costs a round trip, the first one of a connection two", async (t) => {
  const { connect } = await line(t, 10);
  const socket = await connect();
  const [first, second] = [await ask(socket, 10), await ask(socket, 10)];
  assert.ok(first >= 195 && first < 400, `${first}`);
  assert.ok(second >= 95 && second < 300, `${second}`);
});

test("what is large takes its time, and two share the line", async (t) => {
  const { slow, connect } = await line(t, 50_000);
  const [one, other] = [await connect(), await connect()];
  const took = await Promise.all([ask(one, 50_000), ask(other, 50_000)]);
  assert.ok(Math.max(...took) >= 1_000, `${took}`);
  assert.ok(Math.abs(took[0] - took[1]) < 400, `one waits no longer than the other: ${took}`);
  assert.equal(slow.received, 100_000);
});
