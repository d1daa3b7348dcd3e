/* Preloaded by a test: makes Artillery, which counts the processors itself, start three threads on any machine. */
import { syncBuiltinESMExports } from "node:module";
import os from "node:os";

const [cpu] = os.cpus();
os.cpus = () => (cpu ? [cpu, cpu, cpu, cpu] : []);
syncBuiltinESMExports();
