import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { CommandError } from "./command-error";
import { writeFiles } from "./write-files";

/** A folder that a command writes whole, and may write again. */
export interface WrittenFolder {
  /** As it was given. */
  readonly folder: string;
  /** The file that stands in it as a sign of who has written it. */
  readonly marker: string;
  /** The command, as typed. */
  readonly command: string;
}

/** @throws CommandError when there is something that the command has not written */
export function refuseForeign({ folder, marker }: WrittenFolder): void {
  const target = resolve(folder);
  if (!existsSync(target)) return;
  let entries: readonly string[];
  try {
    entries = readdirSync(target);
  } catch {
    throw new CommandError(
      `${folder} is not a folder: name one that does not exist yet, or one that this command wrote`,
    );
  }
  if (entries.length > 0 && !entries.includes(marker)) {
    throw new CommandError(
      `${folder} holds other things (${entries.slice(0, 3).join(", ")}${entries.length > 3 ? ", …" : ""}): name a folder that does not exist yet, or one that this command wrote`,
    );
  }
}

/**
 * Replaces the folder by what the files come to, whole or not at all.
 *
 * @returns the folder from the working folder
 * @throws CommandError when it can't be written
 */
export function writeFolder(
  { folder, marker, command }: WrittenFolder,
  filesOf: () => Readonly<Record<string, string | Uint8Array>>,
): { readonly path: string; readonly files: readonly string[] } {
  const target = resolve(folder);
  let staging = "";
  try {
    mkdirSync(dirname(target), { recursive: true });
    staging = mkdtempSync(`${target}.`);
    const files = filesOf();
    writeFiles(staging, { ...files, [marker]: `Written by ${command}; it may be written again.\n` });
    rmSync(target, { recursive: true, force: true });
    renameSync(staging, target);
    return { path: relative(process.cwd(), target) || ".", files: Object.keys(files).sort() };
  } catch (error) {
    throw unwritable(folder, error);
  } finally {
    if (staging !== "") rmSync(staging, { recursive: true, force: true });
  }
}

/** What to say of an error of the file system; any other as it is. */
export function unwritable(path: string, error: unknown, what = "folder"): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  return new CommandError(`${path} can't be written: ${message}; name a ${what} that you may write to`);
}
