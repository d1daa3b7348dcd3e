import { runChecks } from "./check/checks.ts";

const HELP = `npm run check

Types, lint and format, who imports whom, how long files are, what the page weighs, and whether the README lists
every setting. To let Biome put right what it can: npx biome check --write
`;

if (process.argv.includes("--help")) console.log(HELP);
else if ((await runChecks()).failed > 0) process.exitCode = 1;
