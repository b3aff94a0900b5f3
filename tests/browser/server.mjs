// A small server for pages that a test has built: folders below one address, with the policy a portal should have.

import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8", ".json": "application/json", ".wasm": "application/wasm", ".svg": "image/svg+xml",
};
export const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'";

/** Serves `{ "/path/": folder URL }`; the longest fitting path counts. A policy may differ by the path of the file. */
export async function serve(folders, policy = POLICY) {
  const paths = Object.keys(folders).sort((a, b) => b.length - a.length);
  const policyOf = typeof policy === "function" ? policy : () => policy;
  const server = createServer(({ url }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    const path = paths.find((known) => pathname.startsWith(known));
    const file = path && new URL(pathname.slice(path.length) || "index.html", folders[path]);
    if (!file || !file.href.startsWith(folders[path].href) || !statSync(file, { throwIfNoEntry: false })?.isFile()) {
      return response.writeHead(404).end();
    }
    response.writeHead(200, { "content-type": TYPES[extname(pathname)] ?? TYPES[".html"], "content-security-policy": policyOf(pathname), "cache-control": "no-store" });
    createReadStream(fileURLToPath(file)).pipe(response);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => new Promise((done) => server.close(done)) };
}
