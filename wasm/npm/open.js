// How Node reads a URL: a file from the disk, everything else from where it is.

import { readFile } from "node:fs/promises";

export const open = (url) => (url.protocol === "file:" ? readFile(url) : fetch(url));
