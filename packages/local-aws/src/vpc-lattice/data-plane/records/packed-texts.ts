/** A text as bytes among others. */
export interface PackedText {
  readonly block: Buffer;
  readonly start: number;
  readonly end: number;
}

/** Large enough that a block is rarely begun, small enough that the last text of it to be kept keeps little else. */
const blockSize = 64 * 1024;

/**
 * Puts texts one after another into blocks of bytes. A hundred thousand of them are a few hundred objects that the garbage collector
 * neither moves nor looks into.
 */
export function textPacker(): (text: string) => PackedText {
  let block = Buffer.allocUnsafeSlow(blockSize);
  let used = 0;
  return (text) => {
    const most = text.length * 3;
    if (used + most > block.length) {
      block = Buffer.allocUnsafeSlow(Math.max(blockSize, most));
      used = 0;
    }
    const start = used;
    used += block.write(text, start);
    return { block, start, end: used };
  };
}
