import { type Load, steadyLoad } from "./steady-load.ts";

export const W4_LOAD: Load = { rooms: 1, membersPerRoom: 10_000, messagesPerS: 70 };

export const w4 = steadyLoad("W4", "One room of 10,000, 70 messages a second", W4_LOAD);
