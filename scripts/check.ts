import { fixWhatCanBe, runChecks } from "./check/checks.ts";

const HELP = `npm run check [-- --fix]

Checks types, lint and format, imports, private fields of packages, file lengths, retired words, the page of settings, the
links in the documents, advisories on the installed packages, and the size of the page.

  --fix  first fix the format, the order of imports and the page of settings
`;

const flags = process.argv.slice(2);
const unknown = flags.find((flag) => flag !== "--fix" && flag !== "--help");

if (unknown || flags.includes("--help")) {
	console.log(unknown ? `Unknown option ${unknown}.\n\n${HELP}` : HELP);
	process.exitCode = unknown ? 1 : 0;
} else {
	if (flags.includes("--fix")) await fixWhatCanBe();
	if ((await runChecks()).failed > 0) process.exitCode = 1;
}
