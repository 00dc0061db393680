// Fails when a symbol that a package exports has no docstring.
import { Node, Project } from "ts-morph";

const rooms = ["core/src", "nets/src", "node/src", "node/src/lab", "browser/src", "lab/src"];
const roomEntries = rooms.map((room) => `packages/${room}/index.ts`);
const project = new Project({ tsConfigFilePath: "tsconfig.base.json", skipAddingFilesFromTsConfig: true });
const missing: string[] = [];
let checked = 0;

for (const entry of project.addSourceFilesAtPaths(roomEntries)) {
  project.resolveSourceFileDependencies();
  for (const [name, declarations] of entry.getExportedDeclarations()) {
    for (const declaration of declarations) {
      checked++;
      const carrier = Node.isVariableDeclaration(declaration) ? declaration.getVariableStatement() : declaration;
      const isDocumented = Node.isJSDocable(carrier) && carrier.getJsDocs().some((doc) => doc.getDescription().trim());
      const file = declaration.getSourceFile().getFilePath().replace(`${process.cwd()}/`, "");
      // A re-export of another room is documented where it is declared.
      if (!isDocumented && !file.includes("node_modules") && !file.includes("/dist/")) {
        missing.push(`${file}:${declaration.getStartLineNumber()} ${name}`);
      }
    }
  }
}

if (checked === 0 || missing.length > 0) {
  console.error(`Public symbols without a docstring (${missing.length} of ${checked}):\n${missing.join("\n")}`);
  process.exitCode = 1;
} else {
  console.log(`All ${checked} public symbols have a docstring.`);
}
