// A plain static server, as a department has it: files below a folder of the host, no rewriting, nothing else.

import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";

/** The folder of the host that the site lies in: a site must work from any. */
const BASE = "/some/department/accounts/";

const TYPES = {
  ".css": "text/css",
  ".csv": "text/csv; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
};

/** Serves a folder; resolves to its address and a way to end. */
export function serve(folder) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const name = decodeURIComponent(pathname);
    const file = path.join(folder, name.slice(BASE.length) || "index.html");
    const inside = name.startsWith(BASE) && !path.relative(folder, file).startsWith("..");
    const size = inside ? statSync(file, { throwIfNoEntry: false }) : undefined;
    if (!size?.isFile()) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, {
      "Content-Length": size.size,
      "Content-Type": TYPES[path.extname(file)] ?? "application/octet-stream",
    });
    createReadStream(file).pipe(response);
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      const end = () => new Promise((closed) => (server.closeAllConnections(), server.close(closed)));
      resolve({ address: `http://127.0.0.1:${port}${BASE}`, end });
    });
  });
}
