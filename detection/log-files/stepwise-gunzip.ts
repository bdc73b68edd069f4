import { constants, createGunzip } from "node:zlib";

/** What `node:zlib`'s streams stand on. Not documented, and the same from Node 12 to 24. */
interface Inside {
  readonly _handle: Handle | null;
  /** What the last step left: room in the output, bytes of the input. */
  readonly _writeState: Uint32Array;
}

interface Handle {
  onerror: (message: string, errno: number, code: string) => void;
  writeSync(
    flush: number,
    input: Uint8Array,
    inputAt: number,
    inputLength: number,
    output: Uint8Array,
    outputAt: number,
    outputLength: number,
  ): void;
}

/** Bytes made in one step: they stay in the processor's cache until they have been read. */
const STEP = 128 * 1024;
const NOTHING = new Uint8Array(0);

/** Where so many bytes may be made. */
export type Place = (bytes: number) => Uint8Array;

let output: Uint8Array | undefined;

function samePlace(): Uint8Array {
  output ??= new Uint8Array(STEP);
  return output;
}

/**
 * Decompresses gzip data as it comes, always into the same place, or where it is wanted.
 *
 * Streams make each piece anew: collecting those of a large file takes longer than decompressing it, and so does making
 * a stream for each small one.
 */
export class StepwiseGunzip {
  /** Whether a member is at its end, and zeros follow. */
  #padding = false;
  #failure: Error | undefined;

  private constructor(
    private readonly gunzip: ReturnType<typeof createGunzip> & { reset(): void },
    private readonly handle: Handle,
    private readonly state: Uint32Array,
  ) {
    handle.onerror = (message, errno, code) => {
      this.#failure = Object.assign(new Error(message), { errno, code });
    };
  }

  /** @returns undefined where `node:zlib` is not as it was: streams do then */
  static create(): StepwiseGunzip | undefined {
    const gunzip = createGunzip() as ReturnType<typeof createGunzip> & { reset(): void };
    const { _handle: handle, _writeState: state } = gunzip as unknown as Partial<Inside>;
    if (typeof handle?.writeSync === "function" && state?.BYTES_PER_ELEMENT === 4 && state.length === 2) {
      return new StepwiseGunzip(gunzip, handle, state);
    }
    gunzip.close();
    return undefined;
  }

  /**
   * What follows the zeros behind a member is the next one, or damage: nothing is left out.
   *
   * @param write is given each piece, which is overwritten once it returns
   * @param place where to make the next piece
   * @throws Error with zlib's code, such as `Z_DATA_ERROR`; whatever `write` throws
   */
  feed(bytes: Uint8Array, write: (piece: Uint8Array) => void, place: Place = samePlace): void {
    this.#step(constants.Z_SYNC_FLUSH, bytes, write, place);
  }

  /** @throws Error with code `Z_BUF_ERROR` when something is missing */
  end(write: (piece: Uint8Array) => void): void {
    this.#step(constants.Z_FINISH, NOTHING, write, samePlace);
  }

  /** Makes it ready for other data. */
  reset(): void {
    this.gunzip.reset();
    this.#padding = false;
  }

  close(): void {
    this.gunzip.close();
  }

  #step(flush: number, bytes: Uint8Array, write: (piece: Uint8Array) => void, place: Place): void {
    let at = 0;
    for (let room = 0; room === 0; ) {
      if (this.#padding) {
        while (bytes[at] === 0) at++;
        if (at >= bytes.length) return;
        this.reset();
      }
      const output = place(STEP);
      this.handle.writeSync(flush, bytes, at, bytes.length - at, output, 0, STEP);
      if (this.#failure) throw this.#failure;
      const left = this.state[1] as number;
      room = this.state[0] as number;
      at = bytes.length - left;
      if (room < STEP) write(output.subarray(0, STEP - room));
      // There is room for more, and zlib takes no more: behind the last member it stops at a zero.
      this.#padding = room > 0 && left > 0;
      if (this.#padding) room = 0;
    }
  }
}
