import process from "node:process";

/** Written in by the bundler. */
declare const BUNDLED_AS: string | undefined;

/** Which build this is: told by `/readyz`, so that a deployment can see that it is its own that answers. */
export const BUILD_ID: string = process.env.BUILD_ID || (typeof BUNDLED_AS === "string" ? BUNDLED_AS : "source");
