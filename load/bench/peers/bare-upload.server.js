// What an upload costs at least: a bare HTTP server that writes the body to a file, as `cat` would.
import { createWriteStream } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";

const folder = process.env.FOLDER ?? ".";
let files = 0;
const server = createServer(async (request, response) => {
	await pipeline(request, createWriteStream(join(folder, String(files++))));
	response.writeHead(201).end();
});
server.listen(Number(process.env.PORT), "127.0.0.1");
