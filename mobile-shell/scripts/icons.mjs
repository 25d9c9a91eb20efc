/**
 * Draws the app's icons: an open book whose lines are a voice. Our own drawing, from one list of
 * shapes, as SVG and as PNG in every size that phones ask for. Run it after a change and commit
 * what it writes: `npm run icons`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';

const OUT = new URL('../public/icons/', import.meta.url);
const GROUND = '#0b3d5c';
const PAPER = '#ffffff';
const VOICE = '#f7b733';

/** Shapes on a square of 100: polygons, later ones over earlier ones. */
const left = [[20, 30], [48, 36], [48, 78], [20, 72]];
const right = [[80, 30], [52, 36], [52, 78], [80, 72]];
const bar = (x, y, height) => [[x - 2.2, y - height / 2], [x + 2.2, y - height / 2], [x + 2.2, y + height / 2], [x - 2.2, y + height / 2]];
const shapes = [
  { points: left, colour: PAPER },
  { points: right, colour: PAPER },
  ...[[27, 50, 8], [34, 52, 20], [41, 54, 12]].map(([x, y, h]) => ({ points: bar(x, y, h), colour: VOICE })),
  ...[[59, 54, 12], [66, 52, 20], [73, 50, 8]].map(([x, y, h]) => ({ points: bar(x, y, h), colour: VOICE })),
];

const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" rx="18" fill="${GROUND}"/>${shapes
  .map(({ points, colour }) => `<path d="M${points.map((p) => p.join(' ')).join('L')}Z" fill="${colour}"/>`)
  .join('')}</svg>\n`;

const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const inside = (points, x, y) => {
  let is = false;
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const [xi, yi] = points[i];
    const [xj, yj] = points[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) is = !is;
  }
  return is;
};
/** Whether a point lies in the ground: a square with round corners, or all of it. */
const grounded = (x, y, radius) => {
  const dx = Math.max(radius - x, x - (100 - radius), 0);
  const dy = Math.max(radius - y, y - (100 - radius), 0);
  return dx * dx + dy * dy <= radius * radius || radius === 0;
};

/** `radius` of the corners; `scale` of the drawing within (phones cut up to 20% off maskable icons). */
function pixels(size, { radius, scale }) {
  const fine = 4;
  const out = Buffer.alloc((size * 4 + 1) * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const sum = [0, 0, 0, 0];
      for (let sub = 0; sub < fine * fine; sub++) {
        const x = ((column + ((sub % fine) + 0.5) / fine) * 100) / size;
        const y = ((row + (Math.floor(sub / fine) + 0.5) / fine) * 100) / size;
        if (!grounded(x, y, radius)) continue;
        const [u, v] = [(x - 50) / scale + 50, (y - 50) / scale + 50];
        const top = shapes.findLast(({ points }) => inside(points, u, v));
        const [r, g, b] = rgb(top?.colour ?? GROUND);
        sum[0] += r;
        sum[1] += g;
        sum[2] += b;
        sum[3] += 1;
      }
      const at = row * (size * 4 + 1) + 1 + column * 4;
      const covered = sum[3];
      for (let channel = 0; channel < 3; channel++) out[at + channel] = covered ? Math.round(sum[channel] / covered) : 0;
      out[at + 3] = Math.round((covered * 255) / (fine * fine));
    }
  }
  return out;
}

const table = Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});
const crc = (bytes) => (bytes.reduce((c, byte) => table[(c ^ byte) & 255] ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;
function chunk(kind, body) {
  const out = Buffer.alloc(body.length + 12);
  out.writeUInt32BE(body.length, 0);
  out.write(kind, 4, 'latin1');
  body.copy(out, 8);
  out.writeUInt32BE(crc(out.subarray(4, body.length + 8)), body.length + 8);
  return out;
}
function png(size, how) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(pixels(size, how), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

mkdirSync(OUT, { recursive: true });
const write = (name, content) => writeFileSync(new URL(name, OUT), content);
write('icon.svg', svg);
write('icon-192.png', png(192, { radius: 18, scale: 1 }));
write('icon-512.png', png(512, { radius: 18, scale: 1 }));
write('icon-maskable-512.png', png(512, { radius: 0, scale: 0.8 }));
// iOS rounds the corners itself and shows transparency as black.
write('apple-touch-icon.png', png(180, { radius: 0, scale: 0.95 }));
