// Opens one PDF and draws its pages, apart from the page that shows them. It ends with the document, and its memory with
// it. Files that a document needs and does not bring along are fetched here, and only when it asks for them.
import start, { Document } from "/reader/core.js";

let opened;

/** Fetches files of this folder, and tells the document of those that are not to be had. */
async function supply(names) {
  const fetched = names.map(async (name) => {
    const response = await fetch(`/reader/${name}`).catch(() => undefined);
    return [name, response?.ok ? new Uint8Array(await response.arrayBuffer()) : undefined];
  });
  for (const [name, bytes] of await Promise.all(fetched)) opened.give(name, bytes);
}

const names = ({ wanted }) => wanted.split("\n").filter(Boolean);

const answers = {
  async open({ code, bytes }) {
    await start({ module_or_path: code });
    try {
      opened = Document.open(new Uint8Array(bytes));
    } catch (why) {
      if (typeof why !== "string") throw why;
      return [{ refused: why }];
    }
    return [{ sizes: opened.sizes() }];
  },

  async draw({ page, scale }) {
    for (;;) {
      const drawn = opened.draw(page, scale);
      const wanted = names(drawn);
      if (wanted.length === 0) {
        const { width, height, missing } = drawn;
        const pixels = drawn.take();
        drawn.free();
        return [{ width, height, missing, pixels }, [pixels.buffer]];
      }
      drawn.free();
      await supply(wanted);
    }
  },

  async text({ page }) {
    let text = opened.text(page);
    for (let wanted = names(text); wanted.length > 0; wanted = names(text)) {
      text.free();
      await supply(wanted);
      text = opened.text(page);
    }
    const words = text.words.split("\n").slice(0, -1);
    const places = text.places;
    text.free();
    const lines = words.map((of, at) => {
      const [x, y, width, size, angle, isLast] = places.subarray(6 * at, 6 * at + 6);
      return { text: of, x, y, width, size, angle, isLast: isLast === 1 };
    });
    return [{ lines }];
  },
};

// One request after the other, because a page waits while its fonts are fetched.
let last = Promise.resolve();

addEventListener("message", ({ data }) => {
  last = last.then(async () => {
    try {
      const [answer, moved] = await answers[data.what](data);
      postMessage({ number: data.number, answer }, moved ?? []);
    } catch (error) {
      postMessage({ number: data.number, failed: String(error) });
    }
  });
});
