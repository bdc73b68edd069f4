import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { UserError } from "../../config/user-error";

const OLDEST = 17;

/** Java is missing, or isn't one that can run the referee. */
export class NoJava extends UserError {
  override readonly name = "NoJava";

  constructor(problem: string) {
    super(
      `${problem}. The referee, AWS's event-ruler, needs a JDK ${OLDEST} or later (its compiler too, not only a runtime)`,
      {
        detail: [
          "  Debian, Ubuntu   apt-get install openjdk-17-jdk-headless",
          "  Amazon Linux     dnf install java-17-amazon-corretto-headless",
          "  macOS            brew install openjdk",
          "  any              https://adoptium.net, then JAVA_HOME=/where/it/is",
        ].join("\n"),
      },
    );
  }
}

/**
 * @returns the `java` command that the environment names, or `java` from the path
 * @throws NoJava with what to install
 */
export function findJava(env: NodeJS.ProcessEnv): string {
  const java = env.JAVA_HOME ? join(env.JAVA_HOME, "bin", "java") : "java";
  const { error, stderr, stdout, status } = spawnSync(java, ["--list-modules"], { encoding: "utf8", env });
  if (error) throw new NoJava(`${java} can't be started (${error.message})`);
  // Java 8 doesn't know the option, and says so.
  const [, version] = /^java\.base@(\d+)/m.exec(stdout) ?? [];
  if (status !== 0 || version === undefined) {
    throw new NoJava(`${java} is too old, or no Java: ${stderr.trim().split("\n")[0]}`);
  }
  if (Number(version) < OLDEST) throw new NoJava(`${java} is Java ${version}`);
  if (!/^jdk\.compiler@/m.test(stdout)) throw new NoJava(`${java} is Java ${version} without its compiler`);
  return java;
}
