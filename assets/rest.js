// Brings the part of the app that its first screen does not need (xtask/src/split.rs), after that screen. Where it is
// kept on this device, boot.js has it at hand before. A build for development is in one piece and has no rest.
import { initSync } from "/app.js";

/** Milliseconds before the next attempt. */
const PAUSE = 5_000;

/** The rest, compiled. */
let rest;
let told;
const whole = new Promise((resolve) => (told = resolve));
let isHere = false;

const exportsOfFirst = () => initSync();

// The first part exports a name that is the file of its rest, and of no other build's.
function address() {
  const file = Object.keys(exportsOfFirst()).find((name) => name.startsWith("rest-"));
  return file && `/${file}.wasm`;
}

function arrive({ exports }) {
  if (isHere) return;
  isHere = true;
  exports.arrive();
}

/** Waits until all of the app is here, or cannot be had. */
export const complete = () => whole;

/** Has the rest at hand, compiled, so that nothing has to be waited for later. */
export function prepare(compiled) {
  rest = compiled;
}

// A press may need what is not here yet. It is made again when it is; meanwhile the page stays alive, as it would not
// if the app itself waited.
function holdPresses() {
  const root = document.documentElement;
  let pressed;
  const hold = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed = event.target;
    root.dataset.app = "waiting";
  };
  addEventListener("click", hold, true);
  return () => {
    removeEventListener("click", hold, true);
    if (!pressed) return;
    root.dataset.app = "running";
    if (pressed.isConnected) pressed.click();
  };
}

const online = () =>
  new Promise((resolve) => {
    setTimeout(resolve, PAUSE);
    addEventListener("online", resolve, { once: true });
  });

/** Brings it, and is done when it is here. */
export async function bring() {
  const file = address();
  if (!file || isHere) return told();
  const release = holdPresses();
  while (!rest && !isHere) {
    const response = await fetch(file).catch(() => undefined);
    // The server has another version by now: opening the app again takes that.
    if (response?.ok === false) break;
    rest = response && (await WebAssembly.compileStreaming(response).catch(() => undefined));
    if (!rest) await online();
  }
  if (rest) arrive(await WebAssembly.instantiate(rest, { first: exportsOfFirst() }));
  release();
  told();
}

function compileNow() {
  const request = new XMLHttpRequest();
  const file = address();
  request.open("GET", file, false);
  // The only way to bytes without waiting for an event: each character is one.
  request.overrideMimeType("text/plain; charset=x-user-defined");
  request.send();
  if (request.status !== 200) throw new Error(`${file}: ${request.status}`);
  return new WebAssembly.Module(Uint8Array.from(request.responseText, (character) => character.charCodeAt(0)));
}

/** Holds everything up until it is here: for what happens before it by itself. */
export function bringNow() {
  try {
    rest ??= compileNow();
    arrive(new WebAssembly.Instance(rest, { first: exportsOfFirst() }));
  } catch (error) {
    // The app stands still in the middle of something, as after a trap; boot.js says so.
    throw new WebAssembly.RuntimeError("the rest of the app did not come", { cause: error });
  }
}
