/** The oldest supported Node: the first one in which `node:sqlite` is a release candidate. */
export const NODE_FLOOR = "24.15.0";

/** The Node that is downloaded if the installed one is older: the current LTS. */
export const NODE_LTS = "26.10.0";

/** The Deno of the server's test suites. */
export const DENO = "2.9.6";
