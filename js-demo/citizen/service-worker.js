// Keeps the page usable without a network. The network comes first, so that a new table or a new version is used as soon
// as there is one; what it gave last is the answer when there is none. Answers of people never come here.

const KEPT = "huisuan-1";
const PARTS = [
  "./", "main.js", "style.css", "icon.svg", "manifest.webmanifest", "examples/laizhou.json", "examples/xihaian.json", "examples/synthetic.json",
  "/pkg/element.js", "/pkg/index.js", "/pkg/policy.wasm", "/pkg/messages/zh-CN.json", "/pkg/messages/en.json", "/packs/areas.txt",
];

self.addEventListener("install", (event) => event.waitUntil(store().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(clean().then(() => self.clients.claim())));
self.addEventListener("fetch", (event) => {
  const { method, url } = event.request;
  if (method === "GET" && new URL(url).origin === location.origin) event.respondWith(answer(event.request));
});

async function store() {
  const cache = await caches.open(KEPT);
  await cache.addAll(PARTS);
}

async function clean() {
  for (const name of await caches.keys()) if (name.startsWith("huisuan-") && name !== KEPT) await caches.delete(name);
}

async function answer(request) {
  const cache = await caches.open(KEPT);
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await cache.put(request, fresh.clone());
    return fresh;
  } catch (offline) {
    const kept = await cache.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw offline;
  }
}
