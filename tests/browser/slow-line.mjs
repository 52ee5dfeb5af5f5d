// A slow network: everything that goes through it is delayed and throttled as on a mobile network, in both directions.
// It
// is in front of a person's own proxy, so that it also affects what a service worker fetches, which the browser's own
// throttling does not.
import net from "node:net";
import { once } from "node:events";

const PACKET = 1_400; // bytes
const TICK = 4; // milliseconds
/** Bytes of one connection that may wait here, as in the buffers of a network; the sender waits with the rest. */
const BUFFER = 64 * 1024;

/** One direction: the connections take turns, packet by packet. */
class Direction {
  #flows = [];
  #credit = 0;
  #last = performance.now();

  constructor(bytesPerSecond, delay) {
    this.bytesPerSecond = bytesPerSecond;
    this.delay = delay;
    this.bytes = 0;
    this.timer = setInterval(() => this.#send(), TICK);
  }

  /** Carries what `from` says to `to`; nothing arrives before `start`. */
  connect(from, to, start) {
    const flow = { waiting: [], size: 0, from, to, start, ends: false };
    this.#flows.push(flow);
    from.on("data", (bytes) => {
      for (let at = 0; at < bytes.length; at += PACKET) flow.waiting.push(bytes.subarray(at, at + PACKET));
      flow.size += bytes.length;
      if (flow.size > BUFFER) from.pause();
    });
    from.on("end", () => (flow.ends = true));
    from.on("close", () => (flow.ends = true));
  }

  #send() {
    const now = performance.now();
    this.#credit = Math.min(this.#credit + ((now - this.#last) / 1000) * this.bytesPerSecond, 4 * PACKET);
    this.#last = now;
    for (let idle = 0; this.#credit > 0 && idle < this.#flows.length; ) {
      const flow = this.#flows.shift();
      const packet = now >= flow.start && flow.waiting.shift();
      if (packet) {
        idle = 0;
        flow.size -= packet.length;
        if (flow.size <= BUFFER) flow.from.resume();
        this.#credit -= packet.length;
        this.bytes += packet.length;
        setTimeout(() => flow.to.writable && flow.to.write(packet), this.delay);
      } else {
        idle += 1;
      }
      if (flow.ends && flow.waiting.length === 0) setTimeout(() => flow.to.end(), this.delay);
      else this.#flows.push(flow);
    }
  }

  close() {
    clearInterval(this.timer);
  }
}

export class SlowLine {
  #sockets = new Set();

  /**
   * Opens a line to `port` on this machine. `down` and `up` are bytes a second, `roundTrip` is in milliseconds: a new
   * connection costs one, as the network's handshake does.
   */
  static async open(port, { down, up, roundTrip }) {
    const line = new SlowLine();
    line.down = new Direction(down, roundTrip / 2);
    line.up = new Direction(up, roundTrip / 2);
    line.server = net.createServer((near) => {
      near.setNoDelay(true);
      const far = net.connect(port, "127.0.0.1");
      far.setNoDelay(true);
      const start = performance.now() + roundTrip;
      line.up.connect(near, far, start);
      line.down.connect(far, near, start);
      for (const socket of [near, far]) {
        line.#sockets.add(socket);
        socket.on("close", () => line.#sockets.delete(socket));
        socket.on("error", () => socket.destroy());
      }
    });
    line.server.listen(0, "127.0.0.1");
    await once(line.server, "listening");
    return line;
  }

  get address() {
    return `http://127.0.0.1:${this.server.address().port}`;
  }

  /** Bytes that came to this side so far, headers and all. */
  get received() {
    return this.down.bytes;
  }

  async close() {
    this.down.close();
    this.up.close();
    for (const socket of this.#sockets) socket.destroy();
    this.server.close();
    await once(this.server, "close");
  }
}
