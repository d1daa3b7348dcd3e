import { deleteRoom, type Target } from "./preflight.ts";

const AT_ONCE = 8;

/** Removes the rooms of a run. Gives those that could not be removed; a server that does not answer is asked once. */
export async function removeRooms(target: Pick<Target, "url" | "loadToken">, rooms: string[]): Promise<string[]> {
	const left = [...rooms];
	const failed: string[] = [];
	const worker = async () => {
		for (let room = left.pop(); room !== undefined; room = left.pop()) {
			try {
				const response = await deleteRoom(target.url, target.loadToken, room);
				await response.body?.cancel();
				if (!response.ok && response.status !== 404) failed.push(room);
			} catch {
				failed.push(room, ...left.splice(0));
			}
		}
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
	return failed;
}
