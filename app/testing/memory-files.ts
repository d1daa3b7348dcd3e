import type { FileInfo } from "../protocol/file.ts";
import type { FileBounds, FileRecord, FileStore, NewFile, Reservation } from "../room/ports/files.ts";
import { MemoryPeople } from "./memory-people.ts";

type MemoryFile = Omit<NewFile, "id" | "bytes"> & {
	state: "uploading" | "stored" | "bound" | "removed";
	info: FileInfo;
};

/** What a store in memory knows about people and files. */
export abstract class MemoryFiles extends MemoryPeople implements FileStore {
	readonly files = new Map<string, MemoryFile>();

	/** Whether a room exists. Throws when the store fails. */
	protected abstract hasRoom(room: string): boolean;

	async reserveFile({ id, bytes, ...file }: NewFile, { allBytes, dayBytes }: FileBounds): Promise<Reservation> {
		const files = [...this.files.values()];
		const sum = (some: MemoryFile[]) => some.reduce((total, { info }) => total + info.bytes, bytes);
		if (!this.hasRoom(file.room)) return "missing";
		if (allBytes > 0 && sum(files) > allBytes) return "full";
		if (dayBytes > 0 && sum(files.filter(({ userId }) => userId === file.userId)) > dayBytes) return "spent";
		this.files.set(id, { ...file, state: "uploading", info: { id, bytes, name: "", type: "" } });
		return "reserved";
	}

	async storeFile(info: FileInfo): Promise<boolean> {
		const file = this.files.get(info.id);
		if (file?.state !== "uploading" || !this.hasRoom(file.room)) return false;
		this.files.set(info.id, { ...file, state: "stored", info });
		return true;
	}

	async releaseFile(id: string): Promise<void> {
		this.files.get(id)!.state = "removed";
	}

	async file(id: string): Promise<FileRecord | undefined> {
		const { state, ...file } = this.files.get(id) ?? {};
		if (state !== "stored" && state !== "bound") return undefined;
		return { ...(file as MemoryFile), isBound: state === "bound" };
	}

	async expireFiles(storedBefore: number): Promise<void> {
		for (const file of this.files.values())
			if (!this.hasRoom(file.room) || (file.state === "stored" && file.createdAt < storedBefore))
				file.state = "removed";
	}

	async removedFiles(): Promise<string[]> {
		return [...this.files].filter(([, { state }]) => state === "removed").map(([id]) => id);
	}

	async forgetFiles(ids: readonly string[]): Promise<void> {
		for (const id of ids) this.files.delete(id);
	}

	async knownFiles(ids: readonly string[]): Promise<string[]> {
		return ids.filter((id) => this.files.get(id)?.state !== "removed" && this.files.has(id));
	}

	async storedFiles(after: string): Promise<string[]> {
		return [...this.files.keys()].filter((id) => id > after).sort();
	}
}
