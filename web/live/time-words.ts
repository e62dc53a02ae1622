// SPDX-License-Identifier: Apache-2.0
import { DAY, HOUR } from './rows.js';

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** "Wed 14 Feb, 06:00". */
export function clockText(time: number): string {
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${DAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
  return `${day}, ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

/** "2 days 6 h", "18 h", "40 min". */
export function spanText(ms: number): string {
  const hours = Math.round(ms / HOUR);
  if (hours < 1) return `${Math.max(1, Math.round(ms / 60_000))} min`;
  const days = Math.floor(hours / (DAY / HOUR));
  const rest = hours - days * (DAY / HOUR);
  const words = [days > 0 ? `${days} day${days > 1 ? 's' : ''}` : '', rest > 0 ? `${rest} h` : ''];
  return words.filter((word) => word !== '').join(' ');
}
