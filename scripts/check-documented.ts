// Fails when a symbol that users of a package can import has no docstring. `/internal` entries are no promise to users.
import { Node, Project } from "ts-morph";
import { readWorkspaces } from "./workspaces.ts";

const entries = readWorkspaces().flatMap(({ folder, manifest }) =>
  Object.entries(manifest.exports ?? {}).flatMap(([entry, target]) => {
    const types = (target as { readonly types?: string }).types;
    if (types === undefined || entry === "./internal") return [];
    return [`${folder}/${types.replace("./dist/", "src/").replace(/\.d\.ts$/, ".ts")}`];
  }),
);
const project = new Project({ tsConfigFilePath: "tsconfig.base.json", skipAddingFilesFromTsConfig: true });
const missing: string[] = [];
let checked = 0;

for (const path of entries) {
  // Throws where the manifest names an entry that has no source.
  const entry = project.addSourceFileAtPath(path);
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
  console.log(`All ${checked} public symbols of ${entries.length} entries have a docstring.`);
}
