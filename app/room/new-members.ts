import type { Broadcast } from "./ports/broadcast.ts";
import type { Cluster } from "./ports/cluster.ts";

type NewMembersDeps = {
	broadcast: Pick<Broadcast, "connections" | "toConnection">;
	cluster: Pick<Cluster, "publishToAll">;
};

/** Informs users on all their connections that they have become members of a private room (rule R8). */
export class NewMembers {
	readonly #deps: NewMembersDeps;

	constructor(deps: NewMembersDeps) {
		this.#deps = deps;
	}

	/** Call this after the commit. */
	inform(room: string, users: string[]): void {
		this.receive(room, users);
		this.#deps.cluster.publishToAll({ kind: "room_added", room, users });
	}

	/** Applies what another process published. */
	receive(room: string, users: readonly string[]): void {
		const { broadcast } = this.#deps;
		for (const { connection } of broadcast.connections())
			if (users.includes(connection.user.id)) broadcast.toConnection(connection.id, "room:added", { room });
	}
}
