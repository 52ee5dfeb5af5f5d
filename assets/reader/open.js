// The reader as the app opens it: one for each frame, by the identifier of the frame.
import { prepare, thumbnail as drawn } from "/reader/paper.js";
import { Reader } from "/reader/view.js";

export { prepare };

const readers = new Map();

/** Shows a PDF in a frame. What it tells is described at `Reader`. */
export function open(root, bytes, name, told) {
  readers.get(root.id)?.close();
  readers.set(root.id, new Reader(root, bytes, name, told));
}

export function close(id) {
  readers.get(id)?.close();
  readers.delete(id);
}

/** Draws the first page small. Returns false if that is impossible. */
export async function thumbnail(canvas, bytes) {
  // What somebody reads comes first.
  while (readers.size > 0) await new Promise((later) => setTimeout(later, 500));
  return drawn(bytes, canvas);
}
