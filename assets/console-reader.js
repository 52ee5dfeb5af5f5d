// Reads PDFs in the console: in a dialog over the page, or in the page itself where it has a frame for one. Without
// this script the links open the file.
import { Reader } from "/reader/view.js";

const dialog = document.getElementById("lezer");

/** Fetches a file and shows it in a frame. Returns the reader. */
async function show(frame, href, name) {
  const state = frame.querySelector("[data-part=state]");
  state.textContent = frame.dataset.opening;
  const response = await fetch(href).catch(() => undefined);
  if (!response?.ok) {
    state.textContent = frame.dataset.away;
    return undefined;
  }
  return new Reader(frame, new Uint8Array(await response.arrayBuffer()), name);
}

/** Opens the dialog with the file behind a link. */
export async function read(link) {
  const title = link.dataset.reads || link.textContent.trim();
  document.getElementById("lezer-titel").textContent = title;
  dialog.showModal();
  let isOpen = true;
  let reader;
  const close = () => {
    isOpen = false;
    reader?.close();
    link.focus();
  };
  dialog.addEventListener("close", close, { once: true });
  reader = await show(document.getElementById("lezer-document"), link.href, title);
  if (!isOpen) reader?.close();
}

/** Shows the file that a frame of the page is for. */
export async function readHere(place) {
  await show(place.querySelector(".reader"), place.dataset.href, place.dataset.name);
}
