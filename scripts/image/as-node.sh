#!/bin/sh
# Starts as root, because root owns a new volume. Makes the user node the owner, and runs the command as that user.
# exec replaces the shell, so that the command receives signals directly.
set -eu
database=${DATABASE_PATH:-/data/hubbub.db}
if [ "$(id -u)" = 0 ]; then
	folder=$(dirname "$database")
	mkdir -p "$folder"
	# Only the folder and the database's own files: the folder may hold what is not ours, or be the root.
	[ "$folder" = / ] || chown 1000:1000 "$folder"
	for file in "$database" "$database"-* "$database".*; do
		[ ! -f "$file" ] || [ -L "$file" ] || chown 1000:1000 "$file"
	done
	exec setpriv --reuid=1000 --regid=1000 --clear-groups --no-new-privs --inh-caps=-all -- "$0" "$@"
fi
# `npm run restore -- --app NAME FILE` uploads the backup to this path and restarts the machine. An invalid backup is renamed,
# and the server starts with the existing database.
if [ "${2:-}" = /app/main.mjs ] && [ -f "$database.restore" ]; then
	if node /app/restore.mjs "$database.restore" --force; then
		rm -f "$database.restore"
	else
		mv "$database.restore" "$database.restore.refused"
	fi
fi
exec "$@"
