// Makes git run the hooks of `.githooks`, where this is a checkout of its own and no other hooks were chosen.
import { spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";

function git(...words: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync("git", words, { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

const top = git("rev-parse", "--show-toplevel");
if (top !== undefined && realpathSync(top) === realpathSync(".") && git("config", "core.hooksPath") === undefined) {
  git("config", "core.hooksPath", ".githooks");
}
