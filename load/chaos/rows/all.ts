import { badNetwork } from "./bad-network.ts";
import { clockStep } from "./clock-step.ts";
import { earlyAckControl } from "./control.ts";
import { diskFull, ioError } from "./disk.ts";
import { everything } from "./everything.ts";
import { filesDiskFull, filesKill9 } from "./files.ts";
import { kill9 } from "./kill9.ts";
import { partition } from "./partition.ts";
import { postgres } from "./postgres.ts";
import { redis } from "./redis.ts";
import { restart, rollingDeploy } from "./restart.ts";
import type { ChaosRow } from "./row.ts";
import { slowReader } from "./slow-reader.ts";
import { reconnectStorm } from "./storm.ts";
import { suspend } from "./suspend.ts";
import { upgradeRace } from "./upgrade-race.ts";

/** All rows in the order in which they run. The control comes first: without it the others prove nothing. */
export const ROWS: readonly ChaosRow[] = [
	earlyAckControl,
	kill9,
	restart,
	diskFull,
	ioError,
	filesKill9,
	filesDiskFull,
	partition,
	slowReader,
	badNetwork,
	reconnectStorm,
	clockStep,
	suspend,
	upgradeRace,
	rollingDeploy,
	redis,
	postgres,
	everything,
];
