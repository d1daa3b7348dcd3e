import { dirname } from "node:path";
import type { Plugin } from "esbuild";

const ON_FIRST_USE = "on-first-use";

/**
 * What packages load at their start though this server never calls it, or not before somebody is here. CommonJS files,
 * as paths within node_modules; what imports one takes the whole of it, as the default.
 */
export const ON_FIRST_USE_FILES: readonly string[] = [
	// Content negotiation and CORS, for what Socket.IO serves and compresses by itself where it is asked to.
	"accepts/index.js",
	"cors/lib/index.js",
	// Socket.IO on µWebSockets.js.
	"engine.io/build/userver.js",
	"socket.io/dist/uws.js",
	// The log begins when the store's thread is on its way, and goes through no thread of its own.
	"pino/pino.js",
	"pino/lib/transport.js",
	// What prom-client measures by itself, pushes, and gathers from a cluster.
	"prom-client/lib/cluster.js",
	"prom-client/lib/defaultMetrics.js",
	"prom-client/lib/pushgateway.js",
	"prom-client/lib/summary.js",
	// The table of look-alikes: names are compared when somebody joins a room.
	"unicode-confusables/index.js",
];

/** Puts a stand-in in the place of each file: it loads the file when it is called, constructed or read from. */
export function onFirstUse(files: readonly string[]): Plugin {
	return {
		name: ON_FIRST_USE,
		setup({ onResolve, onLoad, resolve }) {
			onResolve({ filter: /./ }, async ({ path, importer, resolveDir, kind, namespace, pluginData }) => {
				if (importer === "" || namespace === ON_FIRST_USE || pluginData === ON_FIRST_USE) return undefined;
				const found = await resolve(path, { importer, resolveDir, kind, pluginData: ON_FIRST_USE });
				const isOne = files.some((file) => found.path.endsWith(`/node_modules/${file}`));
				return isOne ? { path: found.path, namespace: ON_FIRST_USE } : undefined;
			});
			onLoad({ filter: /./, namespace: ON_FIRST_USE }, ({ path }) => ({
				contents: standIn(path),
				resolveDir: dirname(path),
			}));
		},
	};
}

function standIn(file: string): string {
	return `
		const real = () => require(${JSON.stringify(file)});
		module.exports = new Proxy(function () {}, {
			// Asked by the bundle when it imports a CommonJS module, not by whoever uses it.
			get: (_, key) => (key === "__esModule" ? undefined : real()[key]),
			apply: (_, self, args) => Reflect.apply(real(), self, args),
			construct: (_, args) => Reflect.construct(real(), args),
		});
	`;
}
