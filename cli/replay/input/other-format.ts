/** How files begin that are no log files as they lie there, and what to do with them. */
const FORMATS: readonly (readonly [beginning: string, how: string])[] = [
  ["\xff\xfe", "it is UTF-16, as PowerShell's > writes it: convert it to UTF-8 (iconv -f UTF-16 -t UTF-8)"],
  ["\xfe\xff", "it is UTF-16: convert it to UTF-8 (iconv -f UTF-16 -t UTF-8)"],
  ["PK\x03\x04", "it is a zip archive: unpack it first"],
  ["\x28\xb5\x2f\xfd", "it is compressed with zstd: decompress it, and give that to - (zstd -dc FILE)"],
  ["BZh", "it is compressed with bzip2: decompress it, and give that to - (bzcat FILE)"],
  ["\xfd7zXZ\0", "it is compressed with xz: decompress it, and give that to - (xzcat FILE)"],
  ["-----BEGIN PGP MESSAGE", "it is encrypted with PGP: decrypt it first"],
  ["age-encryption.org/", "it is encrypted with age: decrypt it first"],
  ["PAR1", "it is Parquet, as Security Lake writes it: replay reads CloudTrail's own files"],
];

/**
 * What a file is instead of a log file, and how to mend that.
 *
 * @param first its first bytes, some tens of them
 * @returns undefined where they tell nothing
 */
export function otherFormat(first: Uint8Array): string | undefined {
  const text = Buffer.from(first.subarray(0, 32)).toString("latin1");
  return FORMATS.find(([beginning]) => text.startsWith(beginning))?.[1];
}
