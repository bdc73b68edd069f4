import { readFileSync } from "node:fs";
import { extname, join, sep } from "node:path";

type Loader = (module: NodeJS.Module & { _compile(code: string, file: string): void }, file: string) => void;

const loaders = require.extensions as unknown as Record<".js", Loader>;

/**
 * Has `require` load CDKTF's packages as they are from now on: tsx would look through each of their files for what it
 * could compile. Where we are compiled ourselves, there is no tsx.
 */
export function loadPackagesAsTheyAre(): void {
  if (extname(__filename) !== ".ts") return;
  const others = loaders[".js"];
  const folders = ["cdktf", "constructs", join("@cdktf", "provider-aws")].map((name) =>
    join(sep, "node_modules", name, sep),
  );
  loaders[".js"] = (module, file) => {
    if (folders.some((folder) => file.includes(folder))) module._compile(readFileSync(file, "utf8"), file);
    else others(module, file);
  };
}
