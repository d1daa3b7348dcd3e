import { type Load, steadyLoad } from "./steady-load.ts";

export const W1_LOAD: Load = { rooms: 1, membersPerRoom: 1_000, messagesPerS: 50 };

export const w1 = steadyLoad("W1", "One room of 1,000, 50 messages a second", W1_LOAD);
