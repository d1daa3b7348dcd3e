import { socketIo, uwebsockets, ws } from "./others.ts";
import { ours, oursAgain } from "./ours.ts";
import type { Peer } from "./peer.ts";
import { shared } from "./shared.ts";

/** In the order of the tables. */
export const PEERS: readonly Peer[] = [ours, oursAgain, shared, uwebsockets, ws, socketIo];
