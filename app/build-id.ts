import process from "node:process";

/** Replaced by the bundler. */
declare const BUNDLED_AS: string | undefined;

/** Identifies the build. `/readyz` returns it, so that a deployment knows whether its own version responds. */
export const BUILD_ID: string = process.env.BUILD_ID || (typeof BUNDLED_AS === "string" ? BUNDLED_AS : "source");
