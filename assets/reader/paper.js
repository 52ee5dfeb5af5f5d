// A PDF that is open in a worker of its own: its pages as pixels and as text. It knows no screen.

/** The longest time that a page may take, in milliseconds. What takes longer never ends on a phone. */
const PATIENCE = 60_000;

/** The resolution of the first page as a small picture: its longest side in pixels. */
const SMALL = 480;

/** The code of the reader, compiled once for all documents. */
let code;

/** Fetches and compiles the reader. */
export function prepare() {
  code ??= WebAssembly.compileStreaming(fetch("/reader/core_bg.wasm"));
  // After a failure the next document tries again.
  code.catch(() => (code = undefined));
  return code;
}

/** Fails with one of the words `password`, `broken` and `pages`. */
export class Unreadable extends Error {}

export class Paper {
  #worker = new Worker("/reader/worker.js", { type: "module" });
  #waiting = new Map();
  #number = 0;
  #ended = false;

  constructor() {
    this.#worker.addEventListener("message", ({ data: { number, answer, failed } }) => {
      const one = this.#waiting.get(number);
      this.#waiting.delete(number);
      if (failed === undefined) one?.resolve(answer);
      else this.#fail(one, failed);
    });
    // A worker that could not be loaded, or whose memory is full.
    this.#worker.addEventListener("error", (event) => {
      const all = [...this.#waiting.values()];
      this.#waiting.clear();
      all.forEach((one) => this.#fail(one, event.message));
    });
  }

  #fail(one, why) {
    console.warn(`the PDF: ${why}`);
    this.close();
    one?.reject(new Unreadable("broken"));
  }

  #ask(what, values = {}, moved = []) {
    if (this.#ended) return Promise.reject(new Unreadable("broken"));
    return new Promise((resolve, reject) => {
      this.#number += 1;
      const number = this.#number;
      const clock = setTimeout(() => this.#fail(this.#waiting.get(number), "took too long"), PATIENCE);
      const done = (end) => (value) => (clearTimeout(clock), end(value));
      this.#waiting.set(number, { resolve: done(resolve), reject: done(reject) });
      this.#worker.postMessage({ number, what, ...values }, moved);
    });
  }

  /** Opens the document, and returns the paper with the width and height of each page in points in `sizes`. */
  static async open(bytes) {
    const paper = new Paper();
    const copy = new Uint8Array(bytes).buffer;
    try {
      const { sizes, refused } = await paper.#ask("open", { code: await prepare(), bytes: copy }, [copy]);
      if (refused) throw new Unreadable(refused);
      paper.sizes = Array.from({ length: sizes.length / 2 }, (_, at) => ({ width: sizes[2 * at], height: sizes[2 * at + 1] }));
      return paper;
    } catch (error) {
      paper.close();
      throw error;
    }
  }

  /** Draws a page on a canvas, at a number of pixels for each point. Returns the bits of what is missing. */
  async draw(page, scale, canvas) {
    const { width, height, missing, pixels } = await this.#ask("draw", { page, scale });
    Object.assign(canvas, { width, height });
    canvas.getContext("2d", { alpha: false }).putImageData(new ImageData(new Uint8ClampedArray(pixels.buffer), width, height), 0, 0);
    return missing;
  }

  /** Returns what stands on a page: lines with text, x, y, width, size, angle and isLast. */
  async lines(page) {
    return (await this.#ask("text", { page })).lines;
  }

  close() {
    this.#ended = true;
    this.#worker.terminate();
  }
}

/** Draws the first page small. Returns false if that is impossible. */
export async function thumbnail(bytes, canvas) {
  let paper;
  try {
    paper = await Paper.open(bytes);
    const { width, height } = paper.sizes[0];
    await paper.draw(0, SMALL / Math.max(width, height), canvas);
    return true;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return false;
  } finally {
    paper?.close();
  }
}
