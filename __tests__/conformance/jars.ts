import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

/** A file of a Maven repository, by its path and checksum. */
export interface Jar {
  readonly path: string;
  readonly sha256: string;
}

/** event-ruler 2.1.0 and what its pom asks for at run time; jackson-databind's own pom settles the annotations' version. */
export const JARS: readonly Jar[] = [
  {
    path: "software/amazon/event/ruler/event-ruler/2.1.0/event-ruler-2.1.0.jar",
    sha256: "0de916a30048f996f129d05eb3dc6871c89a462f1377c876fd2d34f2e04152fe",
  },
  {
    path: "com/fasterxml/jackson/core/jackson-databind/2.22.2/jackson-databind-2.22.2.jar",
    sha256: "d0da14c12b16b5d54719aa172d83b542ff4abeb8b0fb7db476fde8ceece760ca",
  },
  {
    path: "com/fasterxml/jackson/core/jackson-core/2.22.2/jackson-core-2.22.2.jar",
    sha256: "ff167a6317be15895706c26668f45b898efe40ab8780970658210fe1393d52a6",
  },
  {
    path: "com/fasterxml/jackson/core/jackson-annotations/2.22/jackson-annotations-2.22.jar",
    sha256: "21ddb598807d3a51a876704eb979d9296e1c6a6f47ab1826ff88c6d6a127a2d0",
  },
  {
    path: "ch/randelshofer/fastdoubleparser/2.0.1/fastdoubleparser-2.0.1.jar",
    sha256: "4242e2335299026524d331355a6cd75abdc38c8fed4402f25b5c7ce9d7668cc1",
  },
  {
    path: "com/google/code/findbugs/jsr305/3.0.2/jsr305-3.0.2.jar",
    sha256: "766ad2a0783f2687962c8ad74ceecc38a28b9f72a2d085ee438b7813e928d0c7",
  },
];

export const MAVEN_CENTRAL = "https://repo.maven.apache.org/maven2";

/** Where the jars come from and where they are kept. */
export interface JarSource {
  /** A Maven repository's address. */
  readonly repository: string;
  /** A folder that is made where it is missing. */
  readonly cache: string;
}

/**
 * Fetches what is not in the cache yet.
 *
 * @returns the jars' files, in order
 * @throws Error when a jar can't be fetched, or isn't the one that it should be
 */
export async function fetchJars({ repository, cache }: JarSource, jars = JARS): Promise<readonly string[]> {
  mkdirSync(cache, { recursive: true });
  return Promise.all(
    jars.map(async (jar) => {
      const file = join(cache, basename(jar.path));
      if (checksumOfFile(file) !== jar.sha256) await fetchJar(jar, repository, file);
      return file;
    }),
  );
}

async function fetchJar(jar: Jar, repository: string, file: string): Promise<void> {
  const address = `${repository.replace(/\/+$/, "")}/${jar.path}`;
  const bytes = await download(address);
  const found = checksum(bytes);
  if (found !== jar.sha256) throw new Error(`${address}: SHA-256 is ${found}, expected ${jar.sha256}`);
  // Under another name first: who stops half-way, or fetches at the same time, leaves no broken jar.
  const unfinished = `${file}.${randomUUID()}`;
  writeFileSync(unfinished, bytes);
  renameSync(unfinished, file);
}

async function download(address: string): Promise<Buffer> {
  let response: Response;
  try {
    response = await fetch(address);
  } catch (error) {
    const { cause } = error as { readonly cause?: unknown };
    throw new Error(
      `${address}: ${cause instanceof Error ? cause.message : String(error)}. ` +
        "A mirror of Maven Central can stand in CONFORMANCE_MAVEN_REPOSITORY.",
    );
  }
  if (!response.ok) throw new Error(`${address}: answers ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

function checksumOfFile(file: string): string | undefined {
  try {
    return checksum(readFileSync(file));
  } catch {
    return undefined;
  }
}

function checksum(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
