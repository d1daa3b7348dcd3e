/**
 * Preloaded by Artillery's process and its threads. Half of the modules that Artillery imports serve what a local run does not
 * do: other platforms, captures from HTML, watching files. They are loaded at their first call. A version of Artillery with
 * other names for them loads them at once, as it does without this file.
 */
import { registerHooks } from "node:module";

/** What Artillery 2.0.34 imports, by importing file and specifier. `later()` loads the module. */
const LAZY: Record<string, string> = {
	"launch-platform.js ./platform/aws-lambda/index.js":
		"export default function (...args) { return new (later().default)(...args); }",
	"launch-platform.js ./platform/az/aci.js":
		"export default function (...args) { return new (later().default)(...args); }",
	"engine_util.js cheerio": "export const load = (...args) => later().load(...args);",
	"cloud.js chokidar": "export default { watch: (...args) => later().watch(...args) };",
	"prepare-test-execution-plan.js ./validate-script.js": "export default (...args) => later().default(...args);",
};
const ARTILLERY = new URL("dist/lib/", import.meta.resolve("artillery/package.json")).href;

registerHooks({
	resolve(specifier, context, next) {
		const { parentURL = "", conditions } = context;
		const exported = LAZY[`${parentURL.slice(parentURL.lastIndexOf("/") + 1)} ${specifier}`];
		// `later()` is a require().
		const isImport = conditions.includes("import");
		if (exported === undefined || !isImport || !parentURL.startsWith(ARTILLERY)) return next(specifier, context);
		const later = `const later = () => createRequire("${parentURL}")("${specifier}");`;
		const source = `import { createRequire } from "node:module"; ${later} ${exported}`;
		return { url: `data:text/javascript,${encodeURIComponent(source)}`, shortCircuit: true };
	},
});
