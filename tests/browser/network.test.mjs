// Tests of the harness itself: a network that is cut must be cut, or the offline tests prove nothing.
import assert from "node:assert/strict";
import { once } from "node:events";
import http from "node:http";
import net from "node:net";
import { test } from "node:test";
import { Network } from "./network.mjs";

async function setUp(t) {
  const server = http.createServer((request, answer) => {
    let received = 0;
    request.on("data", (bytes) => (received += bytes.length));
    request.on("end", () => answer.end(String(received)));
  });
  server.on("upgrade", (request, socket) => {
    socket.on("error", () => socket.destroy());
    socket.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const network = await Network.open();
  t.after(async () => {
    await network.close();
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address();
  const send = (bytes) =>
    new Promise((resolve, reject) => {
      const proxy = new URL(network.address);
      const target = `http://localhost:${port}/`;
      const request = http.request({ host: proxy.hostname, port: proxy.port, path: target, method: "POST" }, (answer) => {
        answer.setEncoding("utf8");
        answer.on("data", resolve);
      });
      request.on("error", reject);
      request.end(Buffer.alloc(bytes));
    });
  return { network, port, send };
}

test("what is sent arrives whole, until the line breaks halfway, and again when it is restored", async (t) => {
  const { network, send } = await setUp(t);
  assert.equal(await send(500_000), "500000");
  const cut = network.cutAfterSending(200_000);
  await assert.rejects(send(2_000_000));
  await cut;
  await assert.rejects(send(10));
  network.restore();
  assert.equal(await send(10), "10");
});

test("an open tunnel ends when the line is cut", async (t) => {
  const { network, port } = await setUp(t);
  const socket = net.connect(Number(new URL(network.address).port), "127.0.0.1");
  socket.on("error", () => socket.destroy());
  socket.write(`CONNECT localhost:${port} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
  assert.match(String((await once(socket, "data"))[0]), /200/);
  socket.write(`GET /sync HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`);
  assert.match(String((await once(socket, "data"))[0]), /101/);
  const closed = once(socket, "close");
  network.cut();
  await closed;
});
