// Fails when a package that can be published would not work for those who install it.
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { readWorkspaces } from "./workspaces.ts";

const published = readWorkspaces().filter(({ manifest }) => !manifest.private);
const problems = await Promise.all(
  published.map(async ({ folder, manifest }) => {
    const { messages } = await publint({ pkgDir: folder, strict: true });
    return messages.map((message) => `${folder}: ${formatMessage(message, manifest as never, { color: false })}`);
  }),
);
const lines = problems.flat();
if (lines.length > 0) {
  console.error(lines.join("\n"));
  process.exitCode = 1;
} else {
  console.log(`${published.length} packages are as npm needs them.`);
}
