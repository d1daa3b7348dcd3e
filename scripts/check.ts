import { fixWhatCanBe, runChecks } from "./check/checks.ts";

const HELP = `npm run check [-- --fix]

Types, lint and format, who imports whom, how long files are, whether the README lists every setting and every link leads
somewhere, whether anything is known against the packages that the server ships, and what the page weighs.

  --fix  first put right what a program can
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
