import { badNetwork } from "./bad-network.ts";
import { clockStep } from "./clock-step.ts";
import { control } from "./control.ts";
import { diskFull } from "./disk-full.ts";
import { everything } from "./everything.ts";
import { ioError } from "./io-error.ts";
import { kill9 } from "./kill9.ts";
import { partition } from "./partition.ts";
import { postgres } from "./postgres.ts";
import { redis } from "./redis.ts";
import { restart } from "./restart.ts";
import { rollingDeploy } from "./rolling-deploy.ts";
import type { Row } from "./row.ts";
import { slowReader } from "./slow-reader.ts";
import { storm } from "./storm.ts";
import { suspend } from "./suspend.ts";
import { upgradeRace } from "./upgrade-race.ts";

/** Every row, in the order in which they run. The control first: without it the others say nothing. */
export const ROWS: readonly Row[] = [
	control,
	kill9,
	restart,
	diskFull,
	ioError,
	partition,
	slowReader,
	badNetwork,
	storm,
	clockStep,
	suspend,
	upgradeRace,
	rollingDeploy,
	redis,
	postgres,
	everything,
];
