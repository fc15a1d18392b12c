import { createHash } from 'node:crypto';
import { type HTMLElement, parse } from 'node-html-parser';
import { describe, expect, test } from 'vitest';
import { cspListStyle, cspQuietStyle, cspStyle } from '../../web/pages/render.ts';
import { samplePages } from '../support/pages.ts';

const isList = (page: string) => parse(page).querySelector('main.h-feed .h-entry, main > .motto') !== null;
const cspOf = (page: string) => {
  if (isList(page)) return cspListStyle;
  return parse(page).querySelector('.h-entry #talk') && !parse(page).querySelector('.talk') ? cspQuietStyle : cspStyle;
};
const elements = (page: string): HTMLElement[] => parse(page, { comment: true }).querySelectorAll('*');

describe.each([...samplePages()])('%s', (path, page) => {
  test('is a whole document in the site’s language', () => {
    expect(page.startsWith('<!doctype html><html lang="en"')).toBe(true);
    expect(parse(page).querySelectorAll('main#main')).toHaveLength(1);
    expect(parse(page).querySelector('title')?.text).toMatch(/Stoa$/);
  });

  test('is the same bytes each time it is made', () => {
    expect(samplePages().get(path)).toBe(page);
  });

  test('inlines exactly the stylesheet whose hash the policy allows, or links it', () => {
    const styles = parse(page, { blockTextElements: { style: true } }).querySelectorAll('style');

    if (styles.length === 0) expect(page).toMatch(/<link rel="stylesheet" href="\/assets\/page\.\w+\.css"\/>/);
    else expect(styles.map(({ rawText }) => hash(rawText))).toEqual([cspOf(page)]);
  });

  test('has nothing inline that the policy forbids', () => {
    for (const element of elements(page)) {
      expect(Object.keys(element.attributes).filter((name) => name === 'style' || name.startsWith('on'))).toEqual([]);
      if (element.tagName === 'SCRIPT') {
        expect(element.text).toBe('');
        expect(element.getAttribute('src')).toMatch(/^\/assets\/client\.\w+\.js$/);
      }
    }
  });

  test('asks nobody else for anything', () => {
    for (const element of elements(page)) {
      for (const source of [element.getAttribute('src'), element.tagName === 'LINK' && element.getAttribute('href')]) {
        if (source && element.getAttribute('rel') !== 'canonical') expect(source).toMatch(/^\/[^/]/);
      }
    }
  });

  test('has one first heading, and skips no level below it', () => {
    const levels = elements(page)
      .filter(({ tagName }) => /^H[1-6]$/.test(tagName))
      .map(({ tagName }) => Number(tagName[1]));

    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels[0]).toBe(1);
    levels.forEach((level, i) => {
      expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
    });
  });

  test('names no element twice', () => {
    const ids = elements(page).flatMap(({ id }) => (id ? [id] : []));

    expect(new Set(ids).size).toBe(ids.length);
  });
});

const hash = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`;
