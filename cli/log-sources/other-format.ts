const DECOMPRESSED = "decompress it, and give that to -";
const UTF_8 = "convert it to UTF-8 (iconv -f UTF-16 -t UTF-8)";

/** How files begin that are no log files as they lie there, and what to do with them. */
const FORMATS: readonly (readonly [beginning: string | RegExp, how: string])[] = [
  ["\xff\xfe", `it is UTF-16, as PowerShell's > writes it: ${UTF_8}`],
  ["\xfe\xff", `it is UTF-16: ${UTF_8}`],
  ["PK\x03\x04", "it is a zip archive: unpack it first"],
  [/^.{257}ustar/s, "it is a tar archive: unpack it first"],
  ["\x28\xb5\x2f\xfd", `it is compressed with zstd: ${DECOMPRESSED} (zstd -dc FILE)`],
  ["BZh", `it is compressed with bzip2: ${DECOMPRESSED} (bzcat FILE)`],
  ["\xfd7zXZ\0", `it is compressed with xz: ${DECOMPRESSED} (xzcat FILE)`],
  ["\x1f\x8b", `it is compressed twice, as Firehose can do: ${DECOMPRESSED} (gzip -dc FILE)`],
  ["-----BEGIN PGP MESSAGE", "it is encrypted with PGP: decrypt it first"],
  ["age-encryption.org/", "it is encrypted with age: decrypt it first"],
  ["PAR1", "it is Parquet, as Security Lake writes it: replay reads CloudTrail's own files"],
  [
    /^\d{4}-\d\d-\d\dT\S+ .*\{/,
    "each line begins with a time, as CloudWatch Logs exports it: cut off what comes before the record, and give that to - (sed 's/^[^{]*//' FILE)",
  ],
  [
    /^EVENTS\t|^Events:|^-{20}/,
    "it is a table, text or YAML of the AWS CLI's: ask it for JSON (aws cloudtrail lookup-events --output json)",
  ],
  [
    /^"?[A-Za-z][\w ]*"?,"?[A-Za-z][\w ]*"?,/,
    "it is CSV, as Athena and CloudTrail's console write it, which lacks parts of the records: download JSON, or replay the log files",
  ],
];

/**
 * What a file is instead of a log file, and how to fix that.
 *
 * @param first its first bytes, decompressed where it is gzip, some hundreds of them
 * @returns undefined where they say nothing
 */
export function otherFormat(first: Uint8Array): string | undefined {
  const text = Buffer.from(first.subarray(0, 512)).toString("latin1");
  return FORMATS.find(([beginning]) =>
    typeof beginning === "string" ? text.startsWith(beginning) : beginning.test(text),
  )?.[1];
}
