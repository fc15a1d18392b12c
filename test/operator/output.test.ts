import { afterEach, expect, test, vi } from 'vitest';
import { print } from '../../infra/operator/output.ts';

afterEach(() => vi.restoreAllMocks());

function printed(value: string, json: boolean): string[] {
  const lines: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  print([value], json, () => [[value, 'end']]);
  return lines;
}

const HOSTILE = 'a\u001b]0;owned\u0007b\u009b2Jc\rd';

test('what a stranger wrote cannot steer the terminal it is listed in', () => {
  expect(printed(HOSTILE, false)).toEqual(['a�]0;owned�b�2Jc�d  end']);
});

test('as JSON it cannot either, and loses nothing', () => {
  const [line = ''] = printed(HOSTILE, true);

  expect(line).toMatch(/^[\x20-\x7e]+$/);
  expect(JSON.parse(line)).toEqual([HOSTILE]);
});
