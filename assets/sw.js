// Makes the app start without a network: it caches every file of one build by its content. It never holds a person's
// data, which are in IndexedDB. It leaves the server's own routes alone, except for a firm's logo and colour, whose
// addresses name their content, and for the pages before the app when there is no network.

// Map from path to the file's SHA-256, written by the build from everything in dist.
const FILES = {/* FILES */};
const CACHE = "akkoord-files";
/** Paths below which the server answers itself, written by the build. */
const SERVER = [/* SERVER */];
/** Those of these paths where the pages before the app are. */
const ENTRANCE = ["/welkom", "/inloggen"];

// The hash is part of the key, so several versions can be cached: an update downloads only what changed, and the
// version in use keeps its files until the new one takes over.
const keyOf = (path) => `${path}?h=${encodeURIComponent(FILES[path])}`;

async function download(cache, path) {
  // The browser compares the bytes with the hash, so files of two releases are never mixed.
  const request = new Request(path, { cache: "no-cache", integrity: `sha256-${FILES[path]}`, credentials: "omit" });
  const response = await fetch(request);
  if (!response.ok || response.redirected) throw new Error(`${path}: ${response.status}`);
  await cache.put(keyOf(path), response);
}

/** The reader of PDFs: it is cached once there is something to read. */
const ofReader = (path) => path.startsWith("/reader/");

/** Files of the reader that are being downloaded: whoever reads meanwhile waits for the same bytes. */
const underWay = new Map();

async function partOfReader(path) {
  const cache = await caches.open(CACHE);
  const kept = await cache.match(keyOf(path));
  if (kept) return kept;
  if (!underWay.has(path)) underWay.set(path, download(cache, path).finally(() => underWay.delete(path)));
  await underWay.get(path);
  return cache.match(keyOf(path));
}

async function keepReader() {
  // What every document needs comes first, and the tables of East Asian scripts last.
  const rank = (path) => ["core_bg.wasm", ".js", "Helvetica", ".pfb"].findIndex((part) => path.includes(part));
  const order = (path) => (rank(path) < 0 ? 9 : rank(path));
  for (const path of Object.keys(FILES).filter(ofReader).sort((a, b) => order(a) - order(b))) await partOfReader(path);
}

async function precache() {
  const cache = await caches.open(CACHE);
  const have = new Set((await cache.keys()).map((request) => new URL(request.url)).map((url) => url.pathname + url.search));
  // A device that has the reader keeps it, in the version of this build.
  const reads = [...have].some(ofReader);
  const missing = Object.keys(FILES).filter((path) => !have.has(keyOf(path)) && (reads || !ofReader(path)));
  // One after the other: on a slow line they would delay somebody who logs in meanwhile.
  for (const path of missing) await download(cache, path);
}

async function sweep() {
  const cache = await caches.open(CACHE);
  const wanted = new Set(Object.keys(FILES).map(keyOf));
  for (const request of await cache.keys()) {
    const url = new URL(request.url);
    if (!wanted.has(url.pathname + url.search)) await cache.delete(request);
  }
}

// There is no skipWaiting here: the page asks for it (see boot.js), or every tab has been closed.
self.addEventListener("install", (event) => event.waitUntil(precache()));

self.addEventListener("activate", (event) => event.waitUntil(sweep().then(() => self.clients.claim())));

self.addEventListener("message", (event) => {
  if (event.data?.type === "activate") event.waitUntil(self.skipWaiting());
  if (event.data?.type === "keep-reader") event.waitUntil(keepReader());
  if (event.data?.type === "keep-page") event.waitUntil(keepPage(event.data.path));
});

const isBelow = (paths, path) => paths.some((own) => path === own || path.startsWith(`${own}/`));
const ofServer = (path) => isBelow(SERVER, path);

async function answer(event, path) {
  const cache = await caches.open(CACHE);
  // A page of the server takes its style from the server, which may be newer than the cached app.
  const client = event.clientId ? await self.clients.get(event.clientId) : undefined;
  if (client && ofServer(new URL(client.url).pathname)) {
    return fetch(event.request).catch(async () => (await cache.match(keyOf(path))) ?? Response.error());
  }
  if (ofReader(path)) return partOfReader(path).catch(() => fetch(event.request));
  return (await cache.match(keyOf(path))) ?? fetch(event.request);
}

// ---- The pages before the app ----

const PAGES = "akkoord-pages";

/** Caches a page, so that it opens without a network. */
async function keepPage(path) {
  const response = await fetch(path, { headers: { accept: "text/html" }, cache: "no-cache" }).catch(() => undefined);
  if (response?.ok && !response.redirected) await (await caches.open(PAGES)).put(path, response);
}

async function entrance(request, path) {
  const cache = await caches.open(PAGES);
  const response = await fetch(request).catch(() => undefined);
  if (response?.ok) await cache.put(path, response.clone());
  if (response) return response;
  const exact = await cache.match(path);
  if (exact) return exact;
  // Another firm's login page is better than none, but a page with another purpose is not.
  const [same] = (await cache.keys()).filter((kept) => isBelow(["/inloggen"], path) && isBelow(["/inloggen"], new URL(kept.url).pathname));
  return same ? cache.match(same) : Response.error();
}

// ---- Logos and colours of firms ----

const BRAND = "akkoord-brand";
const KEPT = 8;
const ofBrand = (path) => path.startsWith("/api/logos/") || path.startsWith("/api/accents/");

async function brand(request) {
  const cache = await caches.open(BRAND);
  const kept = await cache.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) {
    await cache.put(request, response.clone());
    for (const old of (await cache.keys()).slice(0, -KEPT)) await cache.delete(old);
  }
  return response;
}

// ---- Files that another app shares (see share_target in the manifest) ----

// They wait in this cache, even without a network, until the page for sending takes them and empties it.
const SHARED = "akkoord-shared";

async function takeShared(request) {
  const files = (await request.formData()).getAll("bestanden").filter((file) => file instanceof File && file.size > 0);
  const cache = await caches.open(SHARED);
  for (const [at, file] of files.entries()) {
    const headers = { "content-type": file.type || "application/octet-stream", "x-file-name": encodeURIComponent(file.name) };
    await cache.put(`/delen/${Date.now()}-${at}`, new Response(file, { headers }));
  }
  return Response.redirect("/sturen", 303);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method === "POST" && url.origin === self.location.origin && url.pathname === "/delen") {
    event.respondWith(takeShared(request));
    return;
  }
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (ofBrand(url.pathname)) event.respondWith(brand(request));
  if (request.mode === "navigate" && isBelow(ENTRANCE, url.pathname)) event.respondWith(entrance(request, url.pathname));
  if (ofServer(url.pathname)) return;
  if (Object.hasOwn(FILES, url.pathname)) event.respondWith(answer(event, url.pathname));
  else if (request.mode === "navigate") event.respondWith(answer(event, "/"));
});
