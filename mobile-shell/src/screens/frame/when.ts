/** Days and times in words, as people in England write them. For showing only: no rule counts days here. */

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const SHORT_DAY = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const LOCAL_DAY = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' });

/** An ISO date as "20 November 2026". */
export function longDay(date: string): string {
  return DAY.format(new Date(`${date.slice(0, 10)}T00:00:00Z`));
}

/** An ISO date as "Fri 20 Nov". */
export function shortDay(date: string): string {
  return SHORT_DAY.format(new Date(`${date.slice(0, 10)}T00:00:00Z`));
}

/** Milliseconds since 1970 as "10:42", or "20 November 2026, 10:42" when it is another day. */
export function moment(millis: number, now: number = Date.now()): string {
  const clock = CLOCK.format(millis);
  const day = LOCAL_DAY.format(millis);
  return day === LOCAL_DAY.format(now) ? clock : `${longDay(day)}, ${clock}`;
}

/** Today's ISO date where the phone is. */
export function today(now: number = Date.now()): string {
  return LOCAL_DAY.format(now);
}

/** Seconds as "2:05". */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** Seconds in words: "2 minutes 5 seconds". */
export function spokenClock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  const parts = [];
  if (minutes > 0) parts.push(many(minutes, 'minute'));
  if (rest > 0 || minutes === 0) parts.push(many(rest, 'second'));
  return parts.join(' ');
}

/** "1 entry", "3 entries". */
export function many(count: number, one: string, more: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : more}`;
}

/** Bytes as "48 MB". */
export function megabytes(bytes: number): string {
  return `${Math.max(1, Math.round(bytes / 1e6))} MB`;
}
