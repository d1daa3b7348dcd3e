/**
 * Artillery's command `run --quiet SCRIPT`, in a process of its own. Artillery's command line would first load every one of its
 * commands, which takes a second of a core.
 */
const LIB = new URL("dist/lib/", import.meta.resolve("artillery/package.json"));
const load = (file: string) => import(new URL(file, LIB).href);

const { createGlobalObject } = await load("artillery-global.js");
const { default: captureConsole } = await load("console-capture.js");
const { default: RunCommand } = await load("cmds/run.js");
await createGlobalObject();
await captureConsole();
const [script] = process.argv.slice(2);
// The defaults of its flags `--platform` and `--count` (artillery 2.0.34, lib/cmds/run.ts).
await RunCommand.runCommandImplementation({ quiet: true, platform: "local", count: "1" }, [script], { script });
