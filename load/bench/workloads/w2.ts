import { type Load, steadyLoad } from "./steady-load.ts";

export const W2_LOAD: Load = { rooms: 20, membersPerRoom: 50, messagesPerS: 400 };

export const w2 = steadyLoad("W2", "20 rooms of 50, 20 messages a second in each", W2_LOAD);
