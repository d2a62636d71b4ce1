import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorFacts, jsonLogger } from '../../src/receiver/logger.js';

const PERSON = 'zqANNqz';

describe('what is logged of an error', () => {
  it.each([
    `Conversion Error: Could not convert string '${PERSON}' to INT32`,
    `Could not convert string '${PERSON}\nsecond line' to INT`,
    `Could not convert string 'O'${PERSON}' to INT`,
    `Can't convert '${PERSON}' here`,
    `Unexpected token 'a', "{"email":"${PERSON}"... is not valid JSON`,
    `Unterminated string "${PERSON}`,
    `Constraint Error: Duplicate key "id: ${PERSON}" violates`,
    `\`${PERSON}\` is no column`,
    `connect ECONNREFUSED ann@${PERSON}.example, 203.0.113.9:443`,
    `${'x'.repeat(200)}${PERSON}`,
    `line one\r\n{"level":"error","who":"${PERSON}"}`,
  ])('%j names no value', (message) => {
    expect(JSON.stringify(errorFacts(new Error(message)))).not.toContain(PERSON);
  });

  it('says still what went wrong', () => {
    expect(errorFacts(new Error('Could not set lock on file "/data/x": held'))).toMatchObject({
      error: 'Error',
      message: 'Could not set lock on file …',
    });
    expect(errorFacts(Object.assign(new Error('no such file'), { code: 'ENOENT' }))).toMatchObject({ code: 'ENOENT' });
    expect(errorFacts('text')).toEqual({ error: 'string' });
  });

  it('is short and quick, whatever the message', () => {
    for (const part of ['a', "'", '@', '1-', '\n', ' '])
      expect(`${errorFacts(new Error(part.repeat(1_000_000))).message}`.length).toBeLessThan(200);
  });
});

describe('a log line', () => {
  it('is one line of JSON, whatever stands in it', () => {
    const lines: string[] = [];
    const logger = jsonLogger((line) => lines.push(line));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (event, text) => {
        logger.warn(event, { text });
        const line = lines.pop() ?? '';
        expect(line.trimEnd().split(/[\r\n]/)).toHaveLength(1);
        // No control character reaches a terminal.
        for (const one of line.slice(0, -1)) expect(one >= ' ').toBe(true);
        expect(JSON.parse(line)).toMatchObject({ level: 'warn' });
      }),
    );
  });
});
