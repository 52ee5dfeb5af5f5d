// One person's connection: a forward proxy that can really be cut.
// The browser's own offline switch leaves open WebSockets alone; cutting this proxy does not.
import http from "node:http";
import net from "node:net";
import { EventEmitter, once } from "node:events";

/** A proxy that emits `refused` for each attempt to connect while the network is cut. */
export class Network extends EventEmitter {
  #sockets = new Set();
  #down = false;
  #budget = Infinity; // bytes a browser may still send before the line breaks
  #onCut = () => {};

  static async open() {
    const network = new Network();
    network.server = http.createServer((request, answer) => network.#forward(request, answer));
    // The real server keeps a silent connection open for this long.
    network.server.keepAliveTimeout = 75_000;
    network.server.on("connect", (request, socket, head) => network.#tunnel(request, socket, head));
    network.server.on("connection", (socket) => network.#watch(socket));
    network.server.on("clientError", (_, socket) => socket.destroy());
    network.server.listen(0, "127.0.0.1");
    await once(network.server, "listening");
    return network;
  }

  get address() {
    return `http://127.0.0.1:${this.server.address().port}`;
  }

  /** Cuts the network: everything on its way is lost, and nothing new gets through. */
  cut() {
    this.#down = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  restore() {
    this.#down = false;
    this.#budget = Infinity;
  }

  /** Cuts the network while the browser sends something. Resolves when that happened. */
  cutAfterSending(bytes) {
    this.#budget = bytes;
    return new Promise((resolve) => (this.#onCut = resolve));
  }

  async close() {
    this.cut();
    this.server.close();
    await once(this.server, "close");
  }

  #watch(socket) {
    if (this.#down) {
      socket.destroy();
      this.emit("refused");
      return;
    }
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  }

  #spend(bytes) {
    this.#budget -= bytes;
    if (this.#budget >= 0 || this.#down) return;
    this.cut();
    this.#onCut();
  }

  #forward(request, answer) {
    const url = new URL(request.url);
    const onward = http.request(
      { host: "127.0.0.1", port: url.port, method: request.method, path: url.pathname + url.search, headers: request.headers },
      (reply) => {
        answer.writeHead(reply.statusCode, reply.rawHeaders);
        answer.flushHeaders();
        reply.pipe(answer);
        reply.on("error", () => answer.destroy());
      },
    );
    // A dead server has to look like a dead connection to the browser, not like a polite page of this proxy.
    onward.on("error", () => request.socket.destroy());
    answer.on("close", () => onward.destroy());
    request.on("data", (bytes) => this.#spend(bytes.length));
    request.pipe(onward);
  }

  #tunnel(request, socket, head) {
    const onward = net.connect(Number(request.url.split(":").at(-1)), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connected\r\n\r\n");
      onward.write(head);
      onward.pipe(socket);
      socket.pipe(onward);
    });
    this.#watch(onward);
    onward.on("close", () => socket.destroy());
    socket.on("close", () => onward.destroy());
    socket.on("data", (bytes) => this.#spend(bytes.length));
  }
}
