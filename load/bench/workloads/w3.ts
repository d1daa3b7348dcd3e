import { type Load, steadyLoad } from "./steady-load.ts";

export const W3_LOAD: Load = { rooms: 1, membersPerRoom: 1_000, messagesPerS: 1_000 };

export const w3 = steadyLoad("W3", "One room of 1,000, 1,000 messages a second", W3_LOAD);
