import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Where runs leave what they found; git does not see it. Also the disk that the server under test stores on. */
export const REPORTS_DIR = fileURLToPath(new URL("../../../reports/", import.meta.url));

mkdirSync(REPORTS_DIR, { recursive: true });
