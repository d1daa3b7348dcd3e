import { FILE_ID, type FileInfo } from "../../../../app/protocol/file.ts";
import { localFiles } from "../../../model/files/local-files.ts";

const EMPTY = "data:,";

/** Returns the address of the content. That of a file that waits for its upload is empty until it is loaded. */
export function urlOf({ id }: FileInfo): string {
	return localFiles.value.get(id)?.url ?? (FILE_ID.test(id) ? `/api/files/${id}` : EMPTY);
}
