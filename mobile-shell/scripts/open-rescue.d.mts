/** Parts of a rescue file. */
export function openRescue(file: ArrayBuffer | Uint8Array, passphrase: string): Promise<{ name: string; type: string; bytes: Uint8Array }[]>;
