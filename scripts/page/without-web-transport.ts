import type { Plugin } from "esbuild";

/** Leaves out the transport of engine.io-client that the page never uses: about 0.8 KB of the first load. */
export const withoutWebTransport: Plugin = {
	name: "without-web-transport",
	setup(build) {
		build.onLoad({ filter: /engine\.io-client\/build\/esm\/transports\/webtransport\.js$/ }, () => ({
			contents: "export class WT {}",
		}));
	},
};
