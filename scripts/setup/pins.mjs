/** The oldest Node that the server runs on: `node:sqlite` is a release candidate from here. */
export const NODE_FLOOR = "24.15.0";

/** The Node that is fetched where the machine's own is older than the floor: the current LTS. */
export const NODE_LTS = "26.10.0";

/** The Deno that the server's suites run under. */
export const DENO = "2.9.6";
