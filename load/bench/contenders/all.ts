import type { Contender } from "./contender.ts";
import { ours, oursAgain } from "./ours.ts";
import { shared } from "./shared.ts";
import { tutorial } from "./tutorial.ts";
import { uwebsockets } from "./uwebsockets.ts";
import { ws } from "./ws.ts";

/** In the order of the tables. */
export const CONTENDERS: readonly Contender[] = [ours, oursAgain, shared, uwebsockets, ws, tutorial];
